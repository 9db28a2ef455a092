//! How fast the Pi adapter reads.
//!
//! `cargo run --release -p oqto-harness --example bench_pi`

use std::time::Instant;

use oqto_harness::adapter::{Adapter, Input, Output};
use oqto_harness::pi::{Generation, Pi};
use oqto_protocol::ids::{SessionId, TurnId};
use oqto_testkit::figure::Figure;
use serde_json::{Value, json};

/// What one read of the holder's pipe brings at most.
const CHUNK: usize = 64 * 1024;

fn main() {
    let answer = delta_answer(300_000);
    let (seconds, lines) = best(Generation::Delta, &answer);
    let yardstick = scan(&answer);
    Figure::new("lines a second of the Pi adapter (0.87)", lines as f64 / seconds, "1/s")
        .beside(lines as f64 / yardstick)
        .at_least(100_000.0);
    let answer = full_answer(1_500);
    let (seconds, _) = best(Generation::Full, &answer);
    Figure::new("answer of 1,500 chunks, 19 MB, in the Pi adapter (0.73)", seconds, "s")
        .beside(scan(&answer))
        .at_most(0.25);
}

/// The quickest of five readings in seconds, and the lines read.
fn best(generation: Generation, answer: &[u8]) -> (f64, usize) {
    let seconds = (0..5).map(|_| once(generation, answer)).fold(f64::INFINITY, f64::min);
    (seconds, memchr::memchr_iter(b'\n', answer).count())
}

/// What every reader must at least do: each line checked as JSON, and nothing made of it. Seconds.
fn scan(answer: &[u8]) -> f64 {
    let begin = Instant::now();
    for line in answer.split_inclusive(|byte| *byte == b'\n') {
        let checked: Result<serde::de::IgnoredAny, _> = serde_json::from_slice(line);
        std::hint::black_box(checked.is_ok());
    }
    begin.elapsed().as_secs_f64()
}

fn once(generation: Generation, answer: &[u8]) -> f64 {
    let mut pi = Pi::new(SessionId::mint(), generation);
    let mut out: Vec<Output> = Vec::new();
    let id = format!("prompt:{}", TurnId::mint());
    let begin = Instant::now();
    pi.read(0, 0, Input::Sent { id: &id, bytes: b"{}\n" }, &mut out);
    for (index, piece) in answer.chunks(CHUNK).enumerate() {
        pi.read(index as u64 + 1, index as u64, Input::Stdout(piece), &mut out);
        out.clear();
    }
    begin.elapsed().as_secs_f64()
}

fn line(text: &mut Vec<u8>, record: &Value) {
    text.extend_from_slice(record.to_string().as_bytes());
    text.push(b'\n');
}

fn message(content: &str) -> Value {
    json!({
        "role": "assistant", "content": [{"type": "text", "text": content}], "api": "openai-completions",
        "provider": "fake", "model": "fake-model", "stopReason": "stop", "timestamp": 1,
        "usage": usage(),
    })
}

fn usage() -> Value {
    json!({"input": 0, "output": 0, "cacheRead": 0, "cacheWrite": 0, "totalTokens": 0,
        "cost": {"input": 0, "output": 0, "cacheRead": 0, "cacheWrite": 0, "total": 0}})
}

fn delta_answer(chunks: usize) -> Vec<u8> {
    let mut text = Vec::new();
    line(&mut text, &json!({"type": "agent_start"}));
    line(&mut text, &json!({"type": "message_start", "message": message("")}));
    for _ in 0..chunks {
        let event = json!({"type": "text_delta", "contentIndex": 0, "delta": "word "});
        line(&mut text, &json!({"type": "message_update", "usage": usage(), "assistantMessageEvent": event}));
    }
    line(&mut text, &json!({"type": "message_end", "message": message(&"word ".repeat(chunks))}));
    text
}

fn full_answer(chunks: usize) -> Vec<u8> {
    let mut text = Vec::new();
    let mut so_far = String::new();
    line(&mut text, &json!({"type": "agent_start"}));
    line(&mut text, &json!({"type": "message_start", "message": message("")}));
    for chunk in 0..chunks {
        so_far.push_str(&format!("word{chunk} "));
        let partial = message(&so_far);
        let event =
            json!({"type": "text_delta", "contentIndex": 0, "delta": format!("word{chunk} "), "partial": partial});
        line(&mut text, &json!({"type": "message_update", "assistantMessageEvent": event, "message": partial}));
    }
    line(&mut text, &json!({"type": "message_end", "message": message(&so_far)}));
    text
}
