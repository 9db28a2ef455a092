//! A stream of a chat answer as one of a message.
//!
//! The blocks of a message come one after the other, the calls of a chat answer may come side by side: the first goes on
//! as it comes, further ones are held until the answer is whole.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::parts::{message_usage, stop_reason};
use crate::wire::sse::LARGEST_EVENT;

/// The most calls of one answer beside the first.
const MOST_CALLS: usize = 1024;

/// What is known of the stream so far.
#[derive(Debug, Default)]
pub(super) struct ToMessages {
    begun: bool,
    ended: bool,
    /// The block that is open.
    open: Option<Block>,
    /// The number of the next block.
    next: u64,
    /// The calls in their order; the first goes on as it comes.
    calls: Vec<Call>,
    /// The places of the calls that are written to, by the numbers that they have.
    places: BTreeMap<u64, usize>,
    /// Bytes of arguments that are held.
    held: usize,
    reason: Option<&'static str>,
    usage: Value,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    Thinking,
    Text,
    Call,
}

#[derive(Debug, Clone, Default)]
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
        for call in std::mem::take(&mut self.calls).into_iter().skip(1) {
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
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let (id, name) = (text(&call["id"]), text(&call["function"]["name"]));
        let arguments = text(&call["function"]["arguments"]);
        let place = self.place(call["index"].as_u64().unwrap_or(0), &id);
        let is_new = place == self.calls.len();
        if is_new {
            self.calls.push(Call { id, name, arguments: String::new() });
        }
        let Some(known) = self.calls.get_mut(place) else { return };
        if place > 0 {
            self.held += arguments.len();
            known.arguments.push_str(&arguments);
            if self.held > LARGEST_EVENT || place > MOST_CALLS {
                self.error("the provider calls more tools at once than can be held", out);
            }
            return;
        }
        if is_new {
            let first = known.clone();
            self.enter_call(&first, out);
        }
        if arguments.is_empty() {
            return;
        }
        if self.open != Some(Block::Call) {
            return self.error("the provider went on with a call after it had said something else", out);
        }
        self.delta(&json!({"type": "input_json_delta", "partial_json": arguments}), out);
    }

    /// The place of the call that has this number. Some give every call the number 0: another id is another call.
    fn place(&mut self, number: u64, id: &str) -> usize {
        let known = self.places.get(&number).copied();
        let same = |place: &usize| self.calls.get(*place).is_some_and(|call| id.is_empty() || call.id == id);
        let place = known.filter(same).unwrap_or(self.calls.len());
        self.places.insert(number, place);
        place
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
