//! Is the right memory found? Beside plain substring search and plain BM25, over `retrieval/*.jsonl`.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::Timestamp;
use oqto_memory::{Duplicates, Store, Told};
use oqto_store::rusqlite::Connection;
use serde_json::Value;

fn lines(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/retrieval").join(name);
    let text = std::fs::read_to_string(&path).expect("the test set");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

fn text(value: &Value, field: &str) -> String {
    value[field].as_str().expect("a text").to_owned()
}

/// Shares of questions whose answer is first and among the first five, and the mean of 1/place.
#[derive(Debug, Clone, Copy)]
struct Quality {
    first: f64,
    five: f64,
    mrr: f64,
}

fn measure(questions: &[Value], mut find: impl FnMut(&str) -> Vec<String>) -> Quality {
    let (mut first, mut five, mut mrr) = (0, 0, 0.0);
    for question in questions {
        let answers: BTreeSet<&str> =
            question["answers"].as_array().expect("answers").iter().filter_map(Value::as_str).collect();
        let found = find(&text(question, "question"));
        let place = found.iter().position(|id| answers.contains(id.as_str()));
        first += usize::from(place == Some(0));
        five += usize::from(place.is_some_and(|place| place < 5));
        mrr += place.map_or(0.0, |place| 1.0 / (place as f64 + 1.0));
        if place != Some(0) && std::env::var_os("SHOW_MISSES").is_some() {
            eprintln!("{place:?} {question} {:?}", found.iter().take(3).collect::<Vec<_>>());
        }
    }
    let share = |count: usize| count as f64 / questions.len() as f64;
    Quality { first: share(first), five: share(five), mrr: mrr / questions.len() as f64 }
}

/// Substring search as users have it: ten for each occurrence of a word, fifty for the whole question.
fn substring(memories: &[Value], question: &str) -> Vec<String> {
    let question = question.to_lowercase();
    let score = |memory: &Value| {
        let content = text(memory, "content").to_lowercase();
        let words = question.split_whitespace().map(|word| 10 * content.matches(word).count()).sum::<usize>();
        words + if content.contains(&question) { 50 } else { 0 }
    };
    let mut scored: Vec<_> =
        memories.iter().map(|memory| (score(memory), text(memory, "id"))).filter(|(score, _)| *score > 0).collect();
    scored.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    scored.into_iter().map(|(_, id)| id).collect()
}

fn bm25(memories: &[Value]) -> Connection {
    let db = Connection::open_in_memory().expect("a database");
    db.execute_batch("CREATE VIRTUAL TABLE plain USING fts5 (id UNINDEXED, content, tokenize = 'porter unicode61')")
        .expect("a table");
    for memory in memories {
        db.execute("INSERT INTO plain VALUES (?1, ?2)", (text(memory, "id"), text(memory, "content"))).expect("a row");
    }
    db
}

fn plain_bm25(db: &Connection, question: &str) -> Vec<String> {
    let words = question.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let query = words.map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" OR ");
    let mut select = db.prepare("SELECT id FROM plain WHERE plain MATCH ?1 ORDER BY rank").expect("a query");
    let rows = select.query_map([query], |row| row.get(0)).expect("rows");
    rows.map(|row| row.expect("an id")).collect()
}

#[test]
fn the_right_memory_is_found_more_often_than_by_substring_and_by_bm25() {
    let memories = lines("memories.jsonl");
    let folder = tempfile::tempdir().expect("a folder");
    let mut store =
        Store::open(folder.path().join("mmry.jsonl"), oqto_protocol::agent_context::AgentContext::default())
            .expect("a store");
    for memory in &memories {
        let tags =
            memory["tags"].as_array().expect("tags").iter().filter_map(Value::as_str).map(str::to_owned).collect();
        let told = Told {
            content: Some(text(memory, "content")),
            category: Some(text(memory, "category")),
            importance: memory["importance"].as_u64().and_then(|number| u8::try_from(number).ok()),
            tags: Some(tags),
            source: Some(text(memory, "id")),
            ..Told::default()
        };
        store.add(told, Duplicates::Refuse).expect("no two of them say the same");
    }
    let db = bm25(&memories);
    for half in ["questions-tuned.jsonl", "questions-held-out.jsonl"] {
        let questions = lines(half);
        let now = Timestamp::now();
        let ours = measure(&questions, |question| {
            let hits = store.search(question, 20, now).expect("an answer");
            hits.into_iter().filter_map(|hit| hit.memory.source).collect()
        });
        let by_bm25 = measure(&questions, |question| plain_bm25(&db, question));
        let by_substring = measure(&questions, |question| substring(&memories, question));
        println!("{half}: ours {ours:.2?}, BM25 {by_bm25:.2?}, substring {by_substring:.2?}");
        for yardstick in [by_bm25, by_substring] {
            assert!(ours.first > yardstick.first + 0.05, "{half}: {ours:?} {yardstick:?}");
            assert!(ours.five > yardstick.five + 0.05, "{half}: {ours:?} {yardstick:?}");
            assert!(ours.mrr > yardstick.mrr + 0.05, "{half}: {ours:?} {yardstick:?}");
        }
    }
}
