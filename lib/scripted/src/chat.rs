//! OpenAI chat completions.

use serde_json::{Value, json};

use crate::conversation::Turn;
use crate::dialect::{AT_ONCE, content};
use crate::reply::{Block, Call, Frame, Piece, Reply, Words, halves, unnamed};

pub(crate) fn turns(body: &Value) -> Vec<Turn> {
    body["messages"].as_array().map(|messages| messages.iter().filter_map(turn).collect()).unwrap_or_default()
}

fn turn(message: &Value) -> Option<Turn> {
    let (texts, images) = content(&message["content"]);
    match message["role"].as_str()? {
        "user" => Some(Turn::User { texts, images }),
        "tool" => Some(Turn::ToolResult(texts.join("\n"))),
        _ => None,
    }
}

pub(crate) fn stream(reply: &Reply, frame: &Frame) -> (Vec<Piece>, Vec<Piece>) {
    let chunk = |delta: &Value, finish: Option<&str>| {
        json!({"id": id(frame), "object": "chat.completion.chunk", "created": frame.created, "model": frame.model,
            "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})
    };
    let mut pieces = vec![unnamed(&chunk(&json!({"role": "assistant", "content": ""}), None), AT_ONCE)];
    let mut calls = 0;
    let say = |field: &str, words: &Words| -> Vec<Piece> {
        words.chunks.iter().map(|word| unnamed(&chunk(&json!({field: word}), None), words.gap)).collect()
    };
    for block in &reply.blocks {
        match block {
            Block::Thinking(words) => pieces.extend(say("reasoning_content", words)),
            Block::Text(words) => pieces.extend(say("content", words)),
            Block::Call(call) => {
                pieces
                    .extend(call_deltas(call, calls, frame).iter().map(|delta| unnamed(&chunk(delta, None), AT_ONCE)));
                calls += 1;
            }
        }
    }
    let mut usage_chunk = chunk(&json!({}), None);
    usage_chunk["choices"] = json!([]);
    usage_chunk["usage"] = usage(reply, frame);
    let closing = vec![
        unnamed(&chunk(&json!({}), Some(finish_reason(reply))), AT_ONCE),
        unnamed(&usage_chunk, AT_ONCE),
        Piece::Data { text: "data: [DONE]\n\n".into(), pause: AT_ONCE },
    ];
    (pieces, closing)
}

fn call_deltas(call: &Call, index: usize, frame: &Frame) -> [Value; 3] {
    let [head, tail] = halves(&call.input);
    let more = |text: String| json!({"tool_calls": [{"index": index, "function": {"arguments": text}}]});
    let first = json!({"tool_calls": [{"index": index, "id": call_id(frame, index), "type": "function",
        "function": {"name": call.name, "arguments": ""}}]});
    [first, more(head), more(tail)]
}

pub(crate) fn whole(reply: &Reply, frame: &Frame) -> Value {
    let mut message = json!({"role": "assistant", "content": Value::Null});
    let mut calls = Vec::new();
    for block in &reply.blocks {
        match block {
            Block::Thinking(words) => message["reasoning_content"] = words.text().into(),
            Block::Text(words) => message["content"] = words.text().into(),
            Block::Call(call) => calls.push(json!({"id": call_id(frame, calls.len()), "type": "function",
                "function": {"name": call.name, "arguments": call.input.to_string()}})),
        }
    }
    if !calls.is_empty() {
        message["tool_calls"] = calls.into();
    }
    json!({"id": id(frame), "object": "chat.completion", "created": frame.created, "model": frame.model,
        "choices": [{"index": 0, "message": message, "finish_reason": finish_reason(reply)}], "usage": usage(reply, frame)})
}

fn id(frame: &Frame) -> String {
    format!("chatcmpl-{}", frame.number)
}

fn call_id(frame: &Frame, index: usize) -> String {
    format!("call_{}_{index}", frame.number)
}

fn finish_reason(reply: &Reply) -> &'static str {
    if reply.calls_tools() { "tool_calls" } else { "stop" }
}

fn usage(reply: &Reply, frame: &Frame) -> Value {
    let output = reply.output_tokens();
    json!({"prompt_tokens": frame.input_tokens, "completion_tokens": output, "total_tokens": frame.input_tokens + output})
}
