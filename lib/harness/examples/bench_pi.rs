//! How fast the Pi adapter reads. Prints one JSON object a generation.
//!
//! `cargo run --release -p oqto-harness --example bench_pi`

use std::io::Write as _;
use std::time::Instant;

use oqto_harness::adapter::{Adapter, Input, Output};
use oqto_harness::pi::{Generation, Pi};
use oqto_protocol::ids::{SessionId, TurnId};
use serde_json::{Value, json};

/// What one read of the holder's pipe brings at most.
const CHUNK: usize = 64 * 1024;

fn main() -> std::io::Result<()> {
    let mut stdout = std::io::stdout().lock();
    for result in [
        measure("0.87", Generation::Delta, &delta_answer(300_000)),
        measure("0.73", Generation::Full, &full_answer(1_500)),
    ] {
        writeln!(stdout, "{result}")?;
    }
    Ok(())
}

fn measure(form: &str, generation: Generation, answer: &[u8]) -> Value {
    let lines = memchr::memchr_iter(b'\n', answer).count();
    let best = (0..5).map(|_| once(generation, answer)).min_by(|one, next| one.0.total_cmp(&next.0));
    let (seconds, outputs) = best.unwrap_or_default();
    json!({
        "form": form,
        "lines": lines,
        "bytes": answer.len(),
        "outputs": outputs,
        "seconds": seconds,
        "lines_per_second": (lines as f64 / seconds).round(),
        "megabytes_per_second": (answer.len() as f64 / seconds / 1e6).round(),
    })
}

fn once(generation: Generation, answer: &[u8]) -> (f64, usize) {
    let mut pi = Pi::new(SessionId::mint(), generation);
    let mut out: Vec<Output> = Vec::new();
    let id = format!("prompt:{}", TurnId::mint());
    let mut outputs = 0;
    let begin = Instant::now();
    pi.read(0, 0, Input::Sent { id: &id, bytes: b"{}\n" }, &mut out);
    for (index, piece) in answer.chunks(CHUNK).enumerate() {
        pi.read(index as u64 + 1, index as u64, Input::Stdout(piece), &mut out);
        outputs += out.len();
        out.clear();
    }
    (begin.elapsed().as_secs_f64(), outputs)
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
