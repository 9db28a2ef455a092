use bytes::Bytes;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::log::record::Recorder;

/// A stream in the words of one API.
#[derive(Debug, Clone, Copy)]
enum Dialect {
    Chat,
    Arguments,
    Responses,
    Messages,
    Json,
    Generate,
    List,
}

const DIALECTS: [Dialect; 7] = [
    Dialect::Chat,
    Dialect::Arguments,
    Dialect::Responses,
    Dialect::Messages,
    Dialect::Json,
    Dialect::Generate,
    Dialect::List,
];

impl Dialect {
    /// An event that says this in the place `which`.
    fn says(self, text: &str, which: u64) -> Value {
        match self {
            Self::Chat => {
                json!({"id": "x", "model": "xai-grok-4", "choices": [{"index": which, "delta": {"content": text}}]})
            }
            Self::Arguments => {
                json!({"choices": [{"index": 0, "delta": {"tool_calls": [{"index": which, "function": {"arguments": text}}]}}]})
            }
            Self::Responses => {
                json!({"type": "response.output_text.delta", "output_index": which, "delta": text, "logprobs": [{"token": text}]})
            }
            Self::Messages => {
                json!({"type": "content_block_delta", "index": which, "delta": {"type": "text_delta", "text": text}})
            }
            Self::Json => {
                json!({"type": "content_block_delta", "index": which, "delta": {"type": "input_json_delta", "partial_json": text}})
            }
            Self::Generate | Self::List => {
                json!({"candidates": [{"index": which, "content": {"parts": [{"text": text}]}}], "modelVersion": "xai-grok-4"})
            }
        }
    }

    /// What a client joins of an event, for the place `which`.
    fn heard(self, event: &Value, which: u64) -> Option<&str> {
        let text = match self {
            Self::Chat => {
                event["choices"].as_array()?.iter().find(|one| one["index"] == which)?["delta"]["content"].as_str()
            }
            Self::Arguments => {
                let call = &event["choices"][0]["delta"]["tool_calls"][0];
                call["function"]["arguments"].as_str().filter(|_| call["index"] == which)
            }
            Self::Responses => event["delta"].as_str().filter(|_| event["output_index"] == which),
            Self::Messages => event["delta"]["text"].as_str().filter(|_| event["index"] == which),
            Self::Json => event["delta"]["partial_json"].as_str().filter(|_| event["index"] == which),
            Self::Generate | Self::List => {
                let one = &event["candidates"][0];
                one["content"]["parts"][0]["text"].as_str().filter(|_| one["index"] == which)
            }
        };
        Some(text.unwrap_or_default())
    }

    fn framed(self, events: &[Value], end: &str) -> String {
        if matches!(self, Self::List) {
            return Value::from(events.to_vec()).to_string();
        }
        events.iter().map(|event| format!("event: e{end}data: {event}{end}{end}")).collect()
    }

    fn unframed(self, text: &str) -> Vec<Value> {
        if matches!(self, Self::List) {
            return serde_json::Deserializer::from_str(text.trim_start_matches('['))
                .into_iter()
                .next()
                .map(|first: Result<Value, _>| first.into_iter().collect())
                .filter(|_| serde_json::from_str::<Value>(text).is_err())
                .unwrap_or_else(|| serde_json::from_str(text).unwrap());
        }
        text.lines().filter_map(|line| serde_json::from_str(line.strip_prefix("data: ")?).ok()).collect()
    }
}

/// A text in parts that end where the cuts say.
fn parts(text: &str, cuts: &[usize]) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut ends: Vec<usize> = cuts.iter().map(|cut| cut % (letters.len() + 1)).collect();
    ends.sort_unstable();
    let mut from = 0;
    ends.into_iter()
        .chain([letters.len()])
        .map(|end| letters[std::mem::replace(&mut from, end)..end].iter().collect())
        .collect()
}

fn kept(stream: &str, most: usize) -> crate::log::record::Said {
    let recorder = Recorder::default();
    recorder.keep(most);
    let mut record = recorder.begin(&Bytes::new()).unwrap();
    stream.as_bytes().chunks(7).for_each(|chunk| record.hear(chunk));
    record.said()
}

/// Whether a text has any eight characters of a secret that follow each other, after what says that it is one.
fn tells(text: &str, secret: &str) -> bool {
    let begin = secret.find("KEY-----\n").map_or(5, |at| at + 9);
    let end = secret.find("\n-----END").unwrap_or(secret.len());
    (begin..end - 8).any(|at| text.contains(&secret[at..at + 8]))
}

const SECRETS: [&str; 4] = [
    "eavs_AbCdEf0123456789_-GhIjKl9876543210_-MnOpQr55",
    "sk-proj-A1b2C3d4E5f6G7h8I9j0K1l2",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.Q7w8E9r0T1y2",
    "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\n-----END PRIVATE KEY-----",
];

proptest! {
    #[test]
    fn a_secret_in_any_parts_is_never_kept(
        dialect in prop::sample::select(&DIALECTS[..]),
        secret in prop::sample::select(&SECRETS[..]),
        before in "[a-zé \"\\\\]{0,20} ",
        after in "[ ,;\"\n][a-zé ]{0,20}",
        cuts in prop::collection::vec(0_usize..200, 0..40),
        other in prop::collection::vec("[a-z😀]{0,4}", 0..6),
        end in prop::sample::select(&["\n", "\r\n", "\r"][..]),
        ends in prop::collection::vec(any::<prop::sample::Index>(), 6),
    ) {
        let said = format!("{before}{secret}{after}");
        let mut others = other.iter();
        let mut events = Vec::new();
        for part in parts(&said, &cuts) {
            events.push(dialect.says(&part, 0));
            // Another text is written at the same time.
            events.extend(others.next().map(|part| dialect.says(part, 1)));
        }
        let stream = dialect.framed(&events, end);
        let whole = kept(&stream, 1 << 20);
        prop_assert!(!tells(&whole.heard, secret), "{}", whole.heard);
        prop_assert!(!whole.cut);
        let events = dialect.unframed(&whole.heard.replace('\r', "\n"));
        let joined = |which: u64| events.iter().filter_map(|event| dialect.heard(event, which)).collect::<String>();
        let shown = format!("{before}[hidden]{after}");
        if other.is_empty() {
            prop_assert_eq!(joined(0), shown);
        } else {
            // What is written beside a secret is hidden with it, where one cannot know that it is another text.
            let is_part = |part: String, whole: &str| {
                let mut whole = whole.chars();
                part.chars().all(|c| whole.any(|other| other == c))
            };
            let all: String = other.concat();
            let begins = joined(0).starts_with(&(before + "[hidden]"));
            prop_assert!(begins && is_part(joined(0), &shown), "{}", joined(0));
            prop_assert!(is_part(joined(1).replace("[hidden]", ""), &all), "{}", joined(1));
        }
        // Cut anywhere, by what is kept of it or by what came of it.
        for most in ends.into_iter().map(|end| 1 + end.index(stream.len())) {
            prop_assert!(!tells(&kept(&stream, most).heard, secret));
            let cut = kept(stream.get(..most).unwrap_or_default(), 1 << 20).heard;
            prop_assert!(!tells(&cut, secret), "{}", cut);
            let joined: String = dialect_events(dialect, &cut);
            prop_assert!(!tells(&joined, secret), "{}", joined);
        }
    }

    #[test]
    fn any_text_is_looked_through(text in "(data: |event: |\\{|\\}|\\[|\"a\"|:|,|\n|\r|\\\\|é|1){0,60}") {
        let (out, cut) = without_joined_secrets(&text);
        prop_assert!(cut || out == text);
    }
}

/// What a client joins of a stream that may be cut.
fn dialect_events(dialect: Dialect, text: &str) -> String {
    let text = text.replace('\r', "\n");
    let events = match dialect {
        Dialect::List => {
            let text = text.trim_end_matches([',', ']']);
            serde_json::from_str::<Vec<Value>>(&format!("{text}]")).unwrap_or_default()
        }
        Dialect::Chat
        | Dialect::Arguments
        | Dialect::Responses
        | Dialect::Messages
        | Dialect::Json
        | Dialect::Generate => dialect.unframed(&text),
    };
    events.iter().filter_map(|event| dialect.heard(event, 0)).collect()
}

#[test]
fn texts_that_a_client_shows_one_after_the_other_are_joined_too() {
    let key = "sk-proj-A1b2C3d4E5f6G7h8";
    let (one, other) = key.split_at(11);
    let blocks = [Dialect::Messages.says(one, 0), Dialect::Messages.says(other, 1)];
    let heard = kept(&Dialect::Messages.framed(&blocks, "\n"), 1 << 20).heard;
    assert!(heard.contains("[hidden]") && !tells(&heard, key), "{heard}");
    let whole = json!({"content": [{"type": "text", "text": one}, {"type": "text", "text": other}]}).to_string();
    let heard = kept(&whole, 1 << 20).heard;
    assert_eq!(heard, whole.replace(one, "[hidden]").replace(other, ""));
}

#[test]
fn what_has_no_secret_stays_as_it_came() {
    let stream = "data: {\"model\": \"xai-grok-4\", \"choices\":[{\"delta\":{\"content\":\"sk\\u002dlearn \"}}]}\n\n\
        data: {\"model\": \"xai-grok-4\", \"choices\":[{\"delta\":{\"content\":\"is good\"}}]}\n\ndata: [DONE]\n\n";
    assert_eq!(kept(stream, 1 << 20).heard, stream);
    for (stream, shown) in [
        (
            "data: {\"a\":\"password: hun\"}\n\ndata: {\"a\":\"ter2\\nmore\"}\n\n",
            "data: {\"a\":\"password: [hidden]\"}\n\ndata: {\"a\":\"\\nmore\"}\n\n",
        ),
        (
            "data: {\"a\":\"Bearer ab\"}\n\ndata: {\"a\":\"cdefgh1 x\"}\n\n",
            "data: {\"a\":\"Bearer [hidden]\"}\n\ndata: {\"a\":\" x\"}\n\n",
        ),
        ("data: {\"a\":\"x\"}\n\ndata: {\"a\":\"y", "data: {\"a\":\"x\"}\n\n"),
    ] {
        assert_eq!(kept(stream, 1 << 20).heard, shown);
    }
}
