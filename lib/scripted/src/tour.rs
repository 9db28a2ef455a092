//! The demo model: scripted answers to prompts without directives, with real tool calls.
//!
//! Like a real model it knows nothing but the conversation it is sent: what to do next follows from the prompt and from
//! what the tools answered. It writes one file, `hello.md`, and never touches one that it did not write.

use serde_json::{Value, json};

use crate::conversation::Conversation;
use crate::directive::Script;
use crate::reply::{Answer, Block, Call, Reply, Words};
use crate::scripted::{self, Refusals};
use crate::tour_texts as texts;

/// What a prompt is about, found by its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Topic {
    List,
    Write,
    Edit,
    Think,
    Long,
    Connect,
    Tour,
}

const WORDS: [(Topic, &[&str]); 6] = [
    (Topic::Connect, &["connect", "provider", "api key", "login", "log in"]),
    (Topic::Long, &["long", "markdown", "essay"]),
    (Topic::Think, &["think", "reason"]),
    (Topic::Edit, &["edit", "change", "update"]),
    (Topic::Write, &["write", "create"]),
    (Topic::List, &["list", "show me", "which files", "what files", "look around"]),
];

impl Topic {
    fn of(prompt: &str) -> Self {
        let prompt = prompt.to_lowercase();
        let mentioned = |words: &[&str]| words.iter().any(|word| prompt.contains(word));
        WORDS.iter().find(|(_, words)| mentioned(words)).map_or(Self::Tour, |(topic, _)| *topic)
    }
}

pub(crate) fn answer(conversation: &Conversation, refusals: &Refusals) -> Answer {
    if Script::parse(&conversation.prompt).is_some() || conversation.asks_for_summary() {
        return scripted::answer(conversation, refusals);
    }
    if conversation.asks_for_title() {
        return scripted::say("A tour with the demo model");
    }
    Answer::Reply(Reply::done(blocks(conversation)))
}

fn blocks(conversation: &Conversation) -> Vec<Block> {
    let results = conversation.results.as_slice();
    if !conversation.tools.iter().any(|tool| tool == "bash") {
        return vec![text(texts::WITHOUT_TOOLS)];
    }
    match Topic::of(&conversation.prompt) {
        Topic::Connect => vec![text(texts::CONNECT)],
        Topic::Long => vec![text(texts::LONG)],
        Topic::Think => vec![Block::Thinking(Words::spoken(texts::THOUGHTS)), text(texts::AFTER_THINKING)],
        Topic::List => list(results),
        Topic::Write => file_steps(results, texts::WRITE_FIRST, Until::Written),
        Topic::Edit => file_steps(results, texts::EDIT_FIRST, Until::Edited),
        Topic::Tour => file_steps(results, texts::WELCOME, Until::Edited),
    }
}

fn list(results: &[String]) -> Vec<Block> {
    match results {
        [] => vec![text(texts::LIST_FIRST), look_around()],
        [listing, ..] => vec![text(&texts::listed(listing.lines().count()))],
    }
}

/// How far the steps around `hello.md` go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Until {
    Written,
    Edited,
}

/// Look, then write (or read what is there), then edit, then say what happened.
fn file_steps(results: &[String], welcome: &str, until: Until) -> Vec<Block> {
    match results {
        [] => vec![text(welcome), look_around()],
        [listing] if listing.contains(texts::FILE) => {
            vec![text(texts::READ_FIRST), call("read", json!({"path": texts::FILE}))]
        }
        [_] => {
            vec![text(texts::NOW_WRITE), call("write", json!({"path": texts::FILE, "content": texts::first_content()}))]
        }
        [listing, found] => second_step(listing.contains(texts::FILE), found, until),
        [_, _, _, ..] => vec![text(texts::CLOSING)],
    }
}

/// `found` is what reading the file gave if it was there before, else what writing it gave.
fn second_step(was_there: bool, found: &str, until: Until) -> Vec<Block> {
    let visits = if was_there { texts::visits(found) } else { Some(1) };
    match (visits, was_there, until) {
        (None, _, _) => vec![text(texts::NOT_MINE)],
        (Some(_), false, Until::Written) => vec![text(texts::WRITTEN)],
        (Some(visits), _, _) => {
            let edit = json!({"oldText": texts::visit_line(visits), "newText": texts::visit_line(visits + 1)});
            vec![text(texts::NOW_EDIT), call("edit", json!({"path": texts::FILE, "edits": [edit]}))]
        }
    }
}

fn look_around() -> Block {
    call("bash", json!({"command": "ls -la"}))
}

fn text(text: &str) -> Block {
    Block::Text(Words::spoken(text))
}

fn call(name: &str, input: Value) -> Block {
    Block::Call(Call { name: name.into(), input })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(prompt: &str, results: &[&str]) -> Vec<Block> {
        let conversation = Conversation {
            prompt: prompt.into(),
            results: results.iter().map(ToString::to_string).collect(),
            tools: vec!["bash".into()],
            ..Conversation::default()
        };
        match answer(&conversation, &Refusals::default()) {
            Answer::Reply(reply) => reply.blocks,
            Answer::Refuse { status } => panic!("refused with {status}"),
        }
    }

    fn called(blocks: &[Block]) -> Option<(&str, &Value)> {
        blocks.iter().find_map(|block| match block {
            Block::Call(call) => Some((call.name.as_str(), &call.input)),
            Block::Text(_) | Block::Thinking(_) => None,
        })
    }

    fn said(blocks: &[Block]) -> String {
        blocks.iter().map(|block| if let Block::Text(words) = block { words.text() } else { String::new() }).collect()
    }

    #[test]
    fn the_tour_lists_writes_edits_and_tells_how_to_connect() {
        let first = next("hi", &[]);
        assert!(said(&first).contains("demo model: scripted answers"), "{}", said(&first));
        assert_eq!(called(&first), Some(("bash", &json!({"command": "ls -la"}))));
        let second = next("hi", &["README.md"]);
        assert_eq!(called(&second).map(|call| call.0), Some("write"));
        let third = next("hi", &["README.md", "wrote"]);
        let edit = called(&third).map(|(name, input)| (name, input["edits"][0]["oldText"].clone()));
        assert_eq!(edit, Some(("edit", json!(texts::visit_line(1)))));
        assert!(texts::first_content().contains(&texts::visit_line(1)));
        let last = next("hi", &["README.md", "wrote", "edited"]);
        assert_eq!(called(&last), None);
        assert!(said(&last).contains("ANTHROPIC_API_KEY") && said(&last).contains("/login"));
    }

    #[test]
    fn a_second_tour_reads_and_counts_on() {
        assert_eq!(called(&next("hi", &["hello.md"])), Some(("read", &json!({"path": "hello.md"}))));
        let content = texts::first_content().replace(&texts::visit_line(1), &texts::visit_line(7));
        let edit = next("hi", &["hello.md", &content]);
        assert_eq!(called(&edit).map(|call| call.1["edits"][0]["newText"].clone()), Some(json!(texts::visit_line(8))));
    }

    #[test]
    fn a_file_that_it_did_not_write_is_left_alone() {
        let blocks = next("hi", &["hello.md", "# my own file"]);
        assert_eq!((called(&blocks), said(&blocks)), (None, texts::NOT_MINE.to_owned()));
    }

    #[test]
    fn words_choose_the_answer() {
        assert_eq!(Topic::of("Please LIST the files"), Topic::List);
        assert_eq!(Topic::of("write something"), Topic::Write);
        assert_eq!(Topic::of("edit it"), Topic::Edit);
        assert_eq!(Topic::of("think about it"), Topic::Think);
        assert_eq!(Topic::of("how do I connect a provider?"), Topic::Connect);
        assert!(matches!(next("think", &[])[0], Block::Thinking(_)));
        assert!(texts::LONG.lines().count() >= 60, "{}", texts::LONG.lines().count());
        assert_eq!(called(&next("write a file", &["README.md", "wrote"])), None);
    }

    #[test]
    fn directives_win_over_the_tour() {
        assert_eq!(said(&next("list\nfake:text exactly this", &[])), "exactly this");
    }
}
