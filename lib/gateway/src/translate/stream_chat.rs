//! A stream of a message as one of a chat answer.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::parts::{chat_usage, finish_reason};

/// What is known of the stream so far.
#[derive(Debug)]
pub(super) struct ToChat {
    wants_usage: bool,
    id: Value,
    model: Value,
    created: i64,
    usage: Value,
    /// The numbers of the blocks that are calls, and the calls.
    calls: BTreeMap<u64, Call>,
    ended: bool,
}

#[derive(Debug, Clone, Copy)]
struct Call {
    number: usize,
    /// Whether any of its arguments was said.
    has_arguments: bool,
}

impl ToChat {
    pub(super) fn new(wants_usage: bool) -> Self {
        Self {
            wants_usage,
            id: Value::Null,
            model: Value::Null,
            created: jiff::Timestamp::now().as_second(),
            usage: json!({}),
            calls: BTreeMap::new(),
            ended: false,
        }
    }

    pub(super) fn event(&mut self, event: &Value, out: &mut String) {
        match event["type"].as_str() {
            Some("message_start") => {
                let message = &event["message"];
                self.id = message["id"].clone();
                self.model = message["model"].clone();
                self.take_usage(&message["usage"]);
                self.delta(&json!({"role": "assistant", "content": ""}), None, out);
            }
            Some("content_block_start") => self.block(event, out),
            Some("content_block_delta") => self.block_delta(event, out),
            Some("content_block_stop") => self.block_stop(event, out),
            Some("message_delta") => {
                self.take_usage(&event["usage"]);
                if let Some(reason) = event["delta"]["stop_reason"].as_str() {
                    self.delta(&json!({}), Some(finish_reason(reason)), out);
                }
            }
            Some("message_stop") => self.stop(out),
            Some("error") => {
                self.ended = true;
                let error = &event["error"];
                said(
                    &json!({"error": {"message": error["message"], "type": error["type"], "code": error["type"]}}),
                    out,
                );
            }
            // `ping`, and what is not known yet.
            _ => {}
        }
    }

    /// After the last event. A message that did not say that it is over was cut, and says so: a chat stream that only ends
    /// is taken for whole by many.
    pub(super) fn finish(&mut self, out: &mut String) {
        if !std::mem::replace(&mut self.ended, true) {
            let message = "the answer of the provider broke off";
            said(&json!({"error": {"message": message, "type": "api_error", "code": "provider_broke_off"}}), out);
        }
    }

    fn take_usage(&mut self, later: &Value) {
        if let (Some(usage), Some(later)) = (self.usage.as_object_mut(), later.as_object()) {
            let told = later.iter().filter(|(_, value)| !value.is_null());
            usage.extend(told.map(|(name, value)| (name.clone(), value.clone())));
        }
    }

    fn block(&mut self, event: &Value, out: &mut String) {
        let block = &event["content_block"];
        match block["type"].as_str() {
            Some("tool_use") => {
                let number = self.calls.len();
                self.calls.insert(event["index"].as_u64().unwrap_or(0), Call { number, has_arguments: false });
                let call = json!({"index": number, "id": block["id"], "type": "function",
                    "function": {"name": block["name"], "arguments": ""}});
                self.delta(&json!({"tool_calls": [call]}), None, out);
            }
            Some("text") if block["text"].as_str().is_some_and(|text| !text.is_empty()) => {
                self.delta(&json!({"content": block["text"]}), None, out);
            }
            _ => {}
        }
    }

    fn block_delta(&mut self, event: &Value, out: &mut String) {
        let delta = &event["delta"];
        match delta["type"].as_str() {
            Some("text_delta") => self.delta(&json!({"content": delta["text"]}), None, out),
            Some("thinking_delta") => self.delta(&json!({"reasoning_content": delta["thinking"]}), None, out),
            Some("input_json_delta") => {
                let Some(call) = event["index"].as_u64().and_then(|index| self.calls.get_mut(&index)) else { return };
                call.has_arguments |= delta["partial_json"].as_str().is_some_and(|json| !json.is_empty());
                let number = call.number;
                self.arguments(number, &delta["partial_json"], out);
            }
            _ => {}
        }
    }

    /// A call without arguments says none in a message; in a chat answer they are a JSON text all the same.
    fn block_stop(&self, event: &Value, out: &mut String) {
        let call = event["index"].as_u64().and_then(|index| self.calls.get(&index));
        if let Some(call) = call.filter(|call| !call.has_arguments) {
            self.arguments(call.number, &json!("{}"), out);
        }
    }

    fn arguments(&self, number: usize, arguments: &Value, out: &mut String) {
        let more = json!({"index": number, "function": {"arguments": arguments}});
        self.delta(&json!({"tool_calls": [more]}), None, out);
    }

    fn stop(&mut self, out: &mut String) {
        if std::mem::replace(&mut self.ended, true) {
            return;
        }
        if self.wants_usage {
            let mut chunk = self.chunk();
            chunk["choices"] = json!([]);
            chunk["usage"] = chat_usage(&self.usage);
            said(&chunk, out);
        }
        out.push_str("data: [DONE]\n\n");
    }

    fn delta(&self, delta: &Value, finish: Option<&str>, out: &mut String) {
        let mut chunk = self.chunk();
        chunk["choices"] = json!([{"index": 0, "delta": delta, "finish_reason": finish}]);
        said(&chunk, out);
    }

    fn chunk(&self) -> Value {
        json!({"id": self.id, "object": "chat.completion.chunk", "created": self.created, "model": self.model})
    }
}

fn said(value: &Value, out: &mut String) {
    // Writing to a string does not fail.
    let _ = write!(out, "data: {value}\n\n");
}
