//! OpenAI responses.

use serde_json::{Value, json};

use crate::conversation::Turn;
use crate::dialect::{AT_ONCE, content};
use crate::reply::{Block, Frame, Piece, Reply, halves, named};

pub(crate) fn turns(body: &Value) -> Vec<Turn> {
    let input = &body["input"];
    if let Some(text) = input.as_str() {
        return vec![Turn::User { texts: vec![text.into()], images: 0 }];
    }
    input.as_array().map(|items| items.iter().filter_map(turn).collect()).unwrap_or_default()
}

fn turn(item: &Value) -> Option<Turn> {
    if item["type"] == "function_call_output" {
        return Some(Turn::ToolResult(content(&item["output"]).0.join("\n")));
    }
    let (texts, images) = content(&item["content"]);
    (item["role"] == "user").then_some(Turn::User { texts, images })
}

pub(crate) fn stream(reply: &Reply, frame: &Frame) -> (Vec<Piece>, Vec<Piece>) {
    let mut opened = response(reply, frame, "in_progress");
    opened["output"] = json!([]);
    opened["usage"] = Value::Null;
    let mut pieces = vec![named(&json!({"type": "response.created", "response": opened}), AT_ONCE)];
    for (index, block) in reply.blocks.iter().enumerate() {
        pieces.push(named(&item_event("added", index, &opening(block, frame, index)), AT_ONCE));
        pieces.extend(block_events(block, frame, index));
        pieces.push(named(&item_event("done", index, &item(block, frame, index)), AT_ONCE));
    }
    let closing =
        vec![named(&json!({"type": "response.completed", "response": response(reply, frame, "completed")}), AT_ONCE)];
    (pieces, closing)
}

fn item_event(what: &str, index: usize, item: &Value) -> Value {
    json!({"type": format!("response.output_item.{what}"), "output_index": index, "item": item})
}

fn opening(block: &Block, frame: &Frame, index: usize) -> Value {
    let mut item = item(block, frame, index);
    match block {
        Block::Thinking(_) => item["summary"] = json!([]),
        Block::Text(_) => item["content"] = json!([]),
        Block::Call(_) => item["arguments"] = "".into(),
    }
    item["status"] = "in_progress".into();
    item
}

fn block_events(block: &Block, frame: &Frame, index: usize) -> Vec<Piece> {
    let id = item_id(block, frame, index);
    let event = |kind: &str, extra: Value, pause| {
        let mut event = json!({"type": format!("response.{kind}"), "item_id": id, "output_index": index});
        if let (Some(event), Value::Object(extra)) = (event.as_object_mut(), extra) {
            event.extend(extra);
        }
        named(&event, pause)
    };
    let mut pieces = Vec::new();
    match block {
        Block::Thinking(words) => {
            let part = |text: &str| json!({"summary_index": 0, "part": {"type": "summary_text", "text": text}});
            pieces.push(event("reasoning_summary_part.added", part(""), AT_ONCE));
            let delta =
                |word| event("reasoning_summary_text.delta", json!({"summary_index": 0, "delta": word}), words.gap);
            pieces.extend(words.chunks.iter().map(delta));
            pieces.push(event(
                "reasoning_summary_text.done",
                json!({"summary_index": 0, "text": words.text()}),
                AT_ONCE,
            ));
            pieces.push(event("reasoning_summary_part.done", part(&words.text()), AT_ONCE));
        }
        Block::Text(words) => {
            let part = |text: &str| json!({"content_index": 0, "part": output_text(text)});
            pieces.push(event("content_part.added", part(""), AT_ONCE));
            let delta = |word| event("output_text.delta", json!({"content_index": 0, "delta": word}), words.gap);
            pieces.extend(words.chunks.iter().map(delta));
            pieces.push(event("output_text.done", json!({"content_index": 0, "text": words.text()}), AT_ONCE));
            pieces.push(event("content_part.done", part(&words.text()), AT_ONCE));
        }
        Block::Call(call) => {
            let delta = |half| event("function_call_arguments.delta", json!({"delta": half}), AT_ONCE);
            pieces.extend(halves(&call.input).map(delta));
            let whole = json!({"arguments": call.input.to_string()});
            pieces.push(event("function_call_arguments.done", whole, AT_ONCE));
        }
    }
    pieces
}

pub(crate) fn whole(reply: &Reply, frame: &Frame) -> Value {
    response(reply, frame, "completed")
}

fn response(reply: &Reply, frame: &Frame, status: &str) -> Value {
    let output: Vec<Value> = reply.blocks.iter().enumerate().map(|(index, block)| item(block, frame, index)).collect();
    let tokens = reply.output_tokens();
    json!({"id": format!("resp_{}", frame.number), "object": "response", "created_at": frame.created, "status": status,
        "model": frame.model, "output": output, "error": null, "incomplete_details": null,
        "usage": {"input_tokens": frame.input_tokens, "output_tokens": tokens, "total_tokens": frame.input_tokens + tokens,
            "input_tokens_details": {"cached_tokens": 0}, "output_tokens_details": {"reasoning_tokens": 0}}})
}

fn item(block: &Block, frame: &Frame, index: usize) -> Value {
    let id = item_id(block, frame, index);
    match block {
        Block::Thinking(words) => json!({"type": "reasoning", "id": id, "status": "completed",
            "summary": [{"type": "summary_text", "text": words.text()}]}),
        Block::Text(words) => {
            json!({"type": "message", "id": id, "status": "completed", "role": "assistant",
            "content": [output_text(&words.text())]})
        }
        Block::Call(call) => json!({"type": "function_call", "id": id, "status": "completed",
            "call_id": format!("call_{}_{index}", frame.number), "name": call.name, "arguments": call.input.to_string()}),
    }
}

fn output_text(text: &str) -> Value {
    json!({"type": "output_text", "text": text, "annotations": []})
}

fn item_id(block: &Block, frame: &Frame, index: usize) -> String {
    let prefix = match block {
        Block::Thinking(_) => "rs",
        Block::Text(_) => "msg",
        Block::Call(_) => "fc",
    };
    format!("{prefix}_{}_{index}", frame.number)
}
