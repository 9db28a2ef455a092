//! The test set, how it is measured, and its two yardsticks: plain substring search and plain BM25.
#![expect(
    clippy::expect_used,
    reason = "the test set is beside this file, and a bench or test that cannot read it ends"
)]

use std::collections::BTreeSet;
use std::path::Path;

use jiff::Timestamp;
use oqto_memory::{Duplicates, Store, Told};
use oqto_protocol::agent_context::AgentContext;
use oqto_store::rusqlite::Connection;
use serde_json::Value;

pub(crate) fn lines(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/retrieval").join(name);
    let text = std::fs::read_to_string(&path).expect("the test set");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

pub(crate) fn text(value: &Value, field: &str) -> String {
    value[field].as_str().expect("a text").to_owned()
}

/// Shares of questions whose answer is first and among the first five, and the mean of 1/place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quality {
    /// Share of questions whose answer is first.
    pub(crate) first: f64,
    /// Share of questions whose answer is among the first five.
    pub(crate) five: f64,
    /// Mean of one by the place of the answer.
    pub(crate) mrr: f64,
}

pub(crate) fn measure(questions: &[Value], mut find: impl FnMut(&str) -> Vec<String>) -> Quality {
    let (mut first, mut five, mut mrr) = (0, 0, 0.0);
    for question in questions {
        let answers: BTreeSet<&str> =
            question["answers"].as_array().expect("answers").iter().filter_map(Value::as_str).collect();
        let found = find(&text(question, "question"));
        let place = found.iter().position(|id| answers.contains(id.as_str()));
        first += usize::from(place == Some(0));
        five += usize::from(place.is_some_and(|place| place < 5));
        mrr += place.map_or(0.0, |place| 1.0 / (place as f64 + 1.0));
    }
    let share = |count: usize| count as f64 / questions.len() as f64;
    Quality { first: share(first), five: share(five), mrr: mrr / questions.len() as f64 }
}

/// Substring search as users have it: ten for each occurrence of a word, fifty for the whole question.
pub(crate) fn substring(memories: &[Value], question: &str) -> Vec<String> {
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

pub(crate) fn bm25(memories: &[Value]) -> Connection {
    let db = Connection::open_in_memory().expect("a database");
    db.execute_batch("CREATE VIRTUAL TABLE plain USING fts5 (id UNINDEXED, content, tokenize = 'porter unicode61')")
        .expect("a table");
    for memory in memories {
        db.execute("INSERT INTO plain VALUES (?1, ?2)", (text(memory, "id"), text(memory, "content"))).expect("a row");
    }
    db
}

pub(crate) fn plain_bm25(db: &Connection, question: &str) -> Vec<String> {
    let words = question.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let query = words.map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" OR ");
    let mut select = db.prepare("SELECT id FROM plain WHERE plain MATCH ?1 ORDER BY rank").expect("a query");
    let rows = select.query_map([query], |row| row.get(0)).expect("rows");
    rows.map(|row| row.expect("an id")).collect()
}

/// A store of the test set; `source` is the name that answers go by.
pub(crate) fn filled(folder: &Path, memories: &[Value]) -> Store {
    let mut store = Store::open(folder.join("mmry.jsonl"), AgentContext::default()).expect("a store");
    for memory in memories {
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
    store
}

/// What this search finds.
pub(crate) fn ours(store: &Store, question: &str) -> Vec<String> {
    let hits = store.search(question, 20, Timestamp::now()).expect("an answer");
    hits.into_iter().filter_map(|hit| hit.memory.source).collect()
}
