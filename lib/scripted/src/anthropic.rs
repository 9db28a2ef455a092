//! Anthropic messages.

use serde_json::{Value, json};

use crate::conversation::Turn;
use crate::dialect::{AT_ONCE, content};
use crate::reply::{Block, Frame, Piece, Reply, Words, halves, named};

/// A thinking block carries a signature that the harness sends back unread.
const SIGNATURE: &str = "c2NyaXB0ZWQ=";

pub(crate) fn turns(body: &Value) -> Vec<Turn> {
    let messages = body["messages"].as_array().map(Vec::as_slice).unwrap_or_default();
    messages.iter().filter(|message| message["role"] == "user").flat_map(user_turns).collect()
}

/// One message holds tool results, and then perhaps what the person said.
fn user_turns(message: &Value) -> Vec<Turn> {
    let blocks = message["content"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut turns: Vec<Turn> = blocks
        .iter()
        .filter(|block| block["type"] == "tool_result")
        .map(|block| Turn::ToolResult(content(&block["content"]).0.join("\n")))
        .collect();
    let (texts, images) = content(&message["content"]);
    if !texts.is_empty() || images > 0 {
        turns.push(Turn::User { texts, images });
    }
    turns
}

pub(crate) fn stream(reply: &Reply, frame: &Frame) -> (Vec<Piece>, Vec<Piece>) {
    let mut message = message(reply, frame, &json!([]));
    message["stop_reason"] = Value::Null;
    message["usage"]["output_tokens"] = 1.into();
    let mut pieces = vec![named(&json!({"type": "message_start", "message": message}), AT_ONCE)];
    for (index, block) in reply.blocks.iter().enumerate() {
        pieces.push(named(
            &json!({"type": "content_block_start", "index": index, "content_block": opening(block, frame, index)}),
            AT_ONCE,
        ));
        pieces.extend(deltas(block, index));
        pieces.push(named(&json!({"type": "content_block_stop", "index": index}), AT_ONCE));
    }
    let closing = vec![
        named(
            &json!({"type": "message_delta", "delta": {"stop_reason": stop_reason(reply), "stop_sequence": null},
                "usage": {"output_tokens": reply.output_tokens()}}),
            AT_ONCE,
        ),
        named(&json!({"type": "message_stop"}), AT_ONCE),
    ];
    (pieces, closing)
}

fn opening(block: &Block, frame: &Frame, index: usize) -> Value {
    match block {
        Block::Thinking(_) => json!({"type": "thinking", "thinking": "", "signature": ""}),
        Block::Text(_) => json!({"type": "text", "text": ""}),
        Block::Call(call) => {
            json!({"type": "tool_use", "id": call_id(frame, index), "name": call.name, "input": {}})
        }
    }
}

fn deltas(block: &Block, index: usize) -> Vec<Piece> {
    let delta =
        |delta: Value, pause| named(&json!({"type": "content_block_delta", "index": index, "delta": delta}), pause);
    let say = |words: &Words, kind: &str, field: &str| -> Vec<Piece> {
        words.chunks.iter().map(|word| delta(json!({"type": kind, field: word}), words.gap)).collect()
    };
    match block {
        Block::Text(words) => say(words, "text_delta", "text"),
        Block::Thinking(words) => {
            let mut pieces = say(words, "thinking_delta", "thinking");
            pieces.push(delta(json!({"type": "signature_delta", "signature": SIGNATURE}), AT_ONCE));
            pieces
        }
        Block::Call(call) => halves(&call.input)
            .map(|half| delta(json!({"type": "input_json_delta", "partial_json": half}), AT_ONCE))
            .into(),
    }
}

pub(crate) fn whole(reply: &Reply, frame: &Frame) -> Value {
    let block = |(index, block): (usize, &Block)| match block {
        Block::Thinking(words) => {
            json!({"type": "thinking", "thinking": words.text(), "signature": SIGNATURE})
        }
        Block::Text(words) => json!({"type": "text", "text": words.text()}),
        Block::Call(call) => {
            json!({"type": "tool_use", "id": call_id(frame, index), "name": call.name, "input": call.input})
        }
    };
    message(reply, frame, &reply.blocks.iter().enumerate().map(block).collect())
}

fn message(reply: &Reply, frame: &Frame, content: &Value) -> Value {
    json!({"id": format!("msg_{}", frame.number), "type": "message", "role": "assistant", "model": frame.model,
        "content": content, "stop_reason": stop_reason(reply), "stop_sequence": null,
        "usage": {"input_tokens": frame.input_tokens, "output_tokens": reply.output_tokens(),
            "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0}})
}

fn call_id(frame: &Frame, index: usize) -> String {
    format!("toolu_{}_{index}", frame.number)
}

fn stop_reason(reply: &Reply) -> &'static str {
    if reply.calls_tools() { "tool_use" } else { "end_turn" }
}
