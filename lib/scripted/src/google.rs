//! Google generateContent and streamGenerateContent.

use serde_json::{Value, json};

use crate::conversation::Turn;
use crate::dialect::AT_ONCE;
use crate::reply::{Block, Frame, Piece, Reply, Words, unnamed};

/// A call carries a signature of the thoughts before it, which the client sends back unread.
const SIGNATURE: &str = "c2NyaXB0ZWQ=";

pub(crate) fn turns(body: &Value) -> Vec<Turn> {
    let contents = body["contents"].as_array().map(Vec::as_slice).unwrap_or_default();
    contents.iter().filter(|content| content["role"] != "model").flat_map(user_turns).collect()
}

/// One content holds what functions answered, and then perhaps what the person said.
fn user_turns(content: &Value) -> Vec<Turn> {
    let parts = content["parts"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut turns: Vec<Turn> = parts
        .iter()
        .filter_map(|part| part.get("functionResponse"))
        .map(|said| Turn::ToolResult(result(said)))
        .collect();
    let texts: Vec<String> = parts.iter().filter_map(|part| part["text"].as_str()).map(String::from).collect();
    let images = parts.iter().filter(|part| part.get("inlineData").is_some() || part.get("fileData").is_some()).count();
    if !texts.is_empty() || images > 0 {
        turns.push(Turn::User { texts, images });
    }
    turns
}

/// What a function answered: the text that clients usually wrap, else its JSON.
fn result(said: &Value) -> String {
    let response = &said["response"];
    let text = [&response["output"], &response["result"], &response["error"]].into_iter().find_map(Value::as_str);
    text.map_or_else(|| response.to_string(), String::from)
}

/// The names of the functions on offer.
pub(crate) fn tools(body: &Value) -> Vec<String> {
    let tools = body["tools"].as_array().map(Vec::as_slice).unwrap_or_default();
    let declared = tools.iter().filter_map(|tool| tool["functionDeclarations"].as_array()).flatten();
    declared.filter_map(|function| function["name"].as_str()).map(String::from).collect()
}

pub(crate) fn stream(reply: &Reply, frame: &Frame) -> (Vec<Piece>, Vec<Piece>) {
    let say = |words: &Words, thought: bool| -> Vec<Piece> {
        words.chunks.iter().map(|word| unnamed(&chunk(frame, &text(word, thought)), words.gap)).collect()
    };
    let mut pieces = Vec::new();
    for (index, block) in reply.blocks.iter().enumerate() {
        match block {
            Block::Thinking(words) => pieces.extend(say(words, true)),
            Block::Text(words) => pieces.extend(say(words, false)),
            Block::Call(_) => pieces.push(unnamed(&chunk(frame, &part(block, frame, index)), AT_ONCE)),
        }
    }
    let mut last = chunk(frame, &text("", false));
    last["candidates"][0]["finishReason"] = "STOP".into();
    last["usageMetadata"] = usage(reply, frame);
    (pieces, vec![unnamed(&last, AT_ONCE)])
}

/// A stream as clients get it that do not ask for events: one list of objects.
pub(crate) fn as_list(pieces: Vec<Piece>) -> Vec<Piece> {
    let (mut first, whole) = (true, !pieces.contains(&Piece::Hang));
    let mut list: Vec<Piece> = pieces.into_iter().map(|piece| listed(piece, std::mem::take(&mut first))).collect();
    if whole {
        list.push(Piece::Data { text: "]\n".into(), pause: AT_ONCE });
    }
    list
}

fn listed(piece: Piece, is_first: bool) -> Piece {
    match piece {
        Piece::Data { text, pause } => {
            let object = text.strip_prefix("data: ").unwrap_or(&text).trim_end();
            Piece::Data { text: format!("{}{object}", if is_first { "[" } else { ",\r\n" }), pause }
        }
        Piece::Hang => Piece::Hang,
    }
}

pub(crate) fn whole(reply: &Reply, frame: &Frame) -> Value {
    let parts: Vec<Value> = reply.blocks.iter().enumerate().map(|(index, block)| part(block, frame, index)).collect();
    let mut answer = chunk(frame, &Value::Null);
    answer["candidates"][0]["content"]["parts"] = parts.into();
    answer["candidates"][0]["finishReason"] = "STOP".into();
    answer["usageMetadata"] = usage(reply, frame);
    answer
}

fn part(block: &Block, frame: &Frame, index: usize) -> Value {
    match block {
        Block::Thinking(words) => text(&words.text(), true),
        Block::Text(words) => text(&words.text(), false),
        Block::Call(call) => json!({"functionCall": {"id": format!("call_{}_{index}", frame.number),
            "name": call.name, "args": call.input}, "thoughtSignature": SIGNATURE}),
    }
}

fn text(text: &str, thought: bool) -> Value {
    if thought { json!({"text": text, "thought": true}) } else { json!({"text": text}) }
}

fn chunk(frame: &Frame, part: &Value) -> Value {
    json!({"candidates": [{"content": {"parts": [part], "role": "model"}, "index": 0}],
        "modelVersion": frame.model, "responseId": format!("resp-{}", frame.number)})
}

fn usage(reply: &Reply, frame: &Frame) -> Value {
    let thoughts = reply.thought_tokens();
    let output = reply.output_tokens();
    let mut usage = json!({"promptTokenCount": frame.input_tokens, "candidatesTokenCount": output - thoughts,
        "totalTokenCount": frame.input_tokens + output});
    if thoughts > 0 {
        usage["thoughtsTokenCount"] = thoughts.into();
    }
    usage
}
