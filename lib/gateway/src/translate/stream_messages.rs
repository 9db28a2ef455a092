//! A stream of a chat answer as one of a message.
//!
//! The blocks of a message come one after the other, the calls of a chat answer may come side by side: the first goes on
//! as it comes, further ones are held until the answer is whole.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::parts::{message_usage, stop_reason};

/// What is known of the stream so far.
#[derive(Debug, Default)]
pub(super) struct ToMessages {
    begun: bool,
    ended: bool,
    /// The block that is open.
    open: Option<Block>,
    /// The number of the next block.
    next: u64,
    /// The number of the call that goes on as it comes.
    live: Option<u64>,
    held: BTreeMap<u64, Call>,
    reason: Option<&'static str>,
    usage: Value,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    Thinking,
    Text,
    Call,
}

#[derive(Debug, Default)]
struct Call {
    id: String,
    name: String,
    arguments: String,
}

impl ToMessages {
    pub(super) fn event(&mut self, chunk: &Value, out: &mut String) {
        if self.ended {
            return;
        }
        if let Some(error) = chunk.get("error").filter(|error| !error.is_null()) {
            return self.error(error["message"].as_str().unwrap_or("the provider failed"), out);
        }
        if !std::mem::replace(&mut self.begun, true) {
            self.start(chunk, out);
        }
        // Groq says it in a place of its own.
        let usage = [&chunk["usage"], &chunk["x_groq"]["usage"]].into_iter().find(|usage| usage.is_object());
        if let Some(usage) = usage {
            self.usage = usage.clone();
        }
        let Some(choice) = chunk["choices"].get(0) else { return };
        let delta = &choice["delta"];
        let thought = [&delta["reasoning_content"], &delta["reasoning"]].into_iter().find_map(Value::as_str);
        if let Some(thought) = thought.filter(|thought| !thought.is_empty()) {
            self.enter(Block::Thinking, &json!({"type": "thinking", "thinking": "", "signature": ""}), out);
            self.delta(&json!({"type": "thinking_delta", "thinking": thought}), out);
        }
        let text = [&delta["content"], &delta["refusal"]].into_iter().find_map(Value::as_str);
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.enter(Block::Text, &json!({"type": "text", "text": ""}), out);
            self.delta(&json!({"type": "text_delta", "text": text}), out);
        }
        for call in delta["tool_calls"].as_array().into_iter().flatten() {
            self.call(call, out);
        }
        if let Some(reason) = choice["finish_reason"].as_str() {
            self.reason = Some(stop_reason(reason));
        }
    }

    /// After the last event. A stream that never said why it stopped was cut, and says so.
    pub(super) fn finish(&mut self, out: &mut String) {
        if self.ended {
            return;
        }
        let Some(reason) = self.reason else {
            return self.error("the answer of the provider broke off", out);
        };
        self.ended = true;
        self.leave(out);
        for call in std::mem::take(&mut self.held).into_values() {
            self.enter_call(&call, out);
            self.delta(&json!({"type": "input_json_delta", "partial_json": call.arguments}), out);
            self.leave(out);
        }
        let usage = message_usage(&self.usage);
        let delta = json!({"stop_reason": reason, "stop_sequence": null});
        said(&json!({"type": "message_delta", "delta": delta, "usage": usage}), out);
        said(&json!({"type": "message_stop"}), out);
    }

    fn start(&self, chunk: &Value, out: &mut String) {
        let message = json!({"id": chunk["id"], "type": "message", "role": "assistant", "model": chunk["model"],
            "content": [], "stop_reason": null, "stop_sequence": null,
            "usage": {"input_tokens": 0, "output_tokens": 0}});
        said(&json!({"type": "message_start", "message": message}), out);
    }

    fn call(&mut self, call: &Value, out: &mut String) {
        let index = call["index"].as_u64().unwrap_or(0);
        let function = &call["function"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let arguments = text(&function["arguments"]);
        match self.live {
            None => {
                self.live = Some(index);
                let call = Call { id: text(&call["id"]), name: text(&function["name"]), arguments: String::new() };
                self.enter_call(&call, out);
            }
            Some(live) if live == index && self.open == Some(Block::Call) => {}
            Some(_) => {
                let held = self.held.entry(index).or_default();
                held.id.push_str(&text(&call["id"]));
                held.name.push_str(&text(&function["name"]));
                held.arguments.push_str(&arguments);
                return;
            }
        }
        if !arguments.is_empty() {
            self.delta(&json!({"type": "input_json_delta", "partial_json": arguments}), out);
        }
    }

    fn enter_call(&mut self, call: &Call, out: &mut String) {
        self.leave(out);
        self.open = Some(Block::Call);
        let block = json!({"type": "tool_use", "id": call.id, "name": call.name, "input": {}});
        said(&json!({"type": "content_block_start", "index": self.next, "content_block": block}), out);
    }

    fn enter(&mut self, kind: Block, block: &Value, out: &mut String) {
        if self.open == Some(kind) {
            return;
        }
        self.leave(out);
        self.open = Some(kind);
        said(&json!({"type": "content_block_start", "index": self.next, "content_block": block}), out);
    }

    fn leave(&mut self, out: &mut String) {
        if self.open.take().is_some() {
            said(&json!({"type": "content_block_stop", "index": self.next}), out);
            self.next += 1;
        }
    }

    fn delta(&self, delta: &Value, out: &mut String) {
        said(&json!({"type": "content_block_delta", "index": self.next, "delta": delta}), out);
    }

    fn error(&mut self, message: &str, out: &mut String) {
        self.ended = true;
        said(&json!({"type": "error", "error": {"type": "api_error", "message": message}}), out);
    }
}

fn said(value: &Value, out: &mut String) {
    let name = value["type"].as_str().unwrap_or_default();
    // Writing to a string does not fail.
    let _ = write!(out, "event: {name}\ndata: {value}\n\n");
}
