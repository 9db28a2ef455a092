//! A messages request for a provider that speaks chat; a message for a client that does.

use serde_json::{Map, Value, json};

use super::parts::{chat_usage, copy, finish_reason, streamed, sum_of, text, url};

pub(super) fn request(messages: &Value) -> Result<Value, String> {
    let mut out = Map::new();
    copy(messages, &mut out, &["model", "top_p", "temperature", "max_tokens"]);
    streamed(messages, &mut out);
    if let Some(stops) = messages["stop_sequences"].as_array().filter(|stops| !stops.is_empty()) {
        out.insert("stop".into(), json!(stops));
    }
    if let Some(user) = messages["metadata"]["user_id"].as_str() {
        out.insert("user".into(), json!(user));
    }
    let said = messages["output_config"]["effort"].as_str();
    if let (true, Some(effort)) = (messages["thinking"]["type"] == "adaptive", said) {
        // It goes one further than chat.
        out.insert("reasoning_effort".into(), json!(if effort == "max" { "xhigh" } else { effort }));
    }
    if messages["thinking"]["type"] == "enabled" {
        let effort = match messages["thinking"]["budget_tokens"].as_u64().unwrap_or(0) {
            0..=2048 => "low",
            2049..=8192 => "medium",
            8193.. => "high",
        };
        out.insert("reasoning_effort".into(), json!(effort));
    }
    tools(messages, &mut out)?;
    let mut turns = Vec::new();
    let system = text(&messages["system"]);
    if !system.is_empty() {
        turns.push(json!({"role": "system", "content": system}));
    }
    for message in messages["messages"].as_array().ok_or("messages is not a list")? {
        match message["role"].as_str() {
            Some("user") => user(&message["content"], &mut turns)?,
            Some("assistant") => turns.extend(assistant(&message["content"])?),
            other => return Err(format!("a message has the role {:?}", other.unwrap_or_default())),
        }
    }
    out.insert("messages".into(), turns.into());
    Ok(Value::Object(out))
}

fn tools(messages: &Value, out: &mut Map<String, Value>) -> Result<(), String> {
    let Some(tools) = messages["tools"].as_array().filter(|tools| !tools.is_empty()) else { return Ok(()) };
    let tool = |tool: &Value| {
        if let Some(kind) = tool["type"].as_str().filter(|kind| *kind != "custom") {
            return Err(format!("this provider has no tool {kind:?} of its own"));
        }
        let mut function = Map::new();
        copy(tool, &mut function, &["name", "description"]);
        function.insert("parameters".into(), tool["input_schema"].clone());
        Ok(json!({"type": "function", "function": function}))
    };
    out.insert("tools".into(), tools.iter().map(tool).collect::<Result<_, String>>()?);
    let choice = &messages["tool_choice"];
    let said = match choice["type"].as_str() {
        Some("any") => Some(json!("required")),
        Some("none") => Some(json!("none")),
        Some("auto") => Some(json!("auto")),
        Some("tool") => Some(json!({"type": "function", "function": {"name": choice["name"]}})),
        _ => None,
    };
    if let Some(said) = said {
        out.insert("tool_choice".into(), said);
    }
    if choice["disable_parallel_tool_use"] == true {
        out.insert("parallel_tool_calls".into(), json!(false));
    }
    Ok(())
}

/// What a person said, and what tools answered: chat has a message for each answer, and wants them first.
fn user(content: &Value, turns: &mut Vec<Value>) -> Result<(), String> {
    let blocks = match content {
        Value::String(text) => {
            turns.push(json!({"role": "user", "content": text}));
            return Ok(());
        }
        Value::Array(blocks) => blocks,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {
            return Err("the content of a message is not a text or a list of blocks".to_owned());
        }
    };
    let mut parts = Vec::new();
    for block in blocks {
        if block["type"] == "tool_result" {
            let (said, pictures) = result(&block["content"])?;
            let said = if block["is_error"] == true { format!("Error: {said}") } else { said };
            turns.push(json!({"role": "tool", "tool_call_id": block["tool_use_id"], "content": said}));
            // Chat's tools answer with text alone: what they show follows as said by the person.
            parts.extend(pictures);
        } else {
            parts.push(part(block)?);
        }
    }
    match parts.as_slice() {
        [] => {}
        [only] if only["type"] == "text" => turns.push(json!({"role": "user", "content": only["text"]})),
        _ => turns.push(json!({"role": "user", "content": parts})),
    }
    Ok(())
}

fn result(content: &Value) -> Result<(String, Vec<Value>), String> {
    let blocks = content.as_array().map(Vec::as_slice).unwrap_or_default();
    let pictures = blocks.iter().filter(|block| block["type"] != "text").map(part).collect::<Result<_, _>>()?;
    Ok((text(content), pictures))
}

fn part(block: &Value) -> Result<Value, String> {
    let source = &block["source"];
    match block["type"].as_str() {
        Some("text") => Ok(json!({"type": "text", "text": block["text"]})),
        Some("image") => {
            let url = url(source).ok_or("an image has a source that this provider cannot be given")?;
            Ok(json!({"type": "image_url", "image_url": {"url": url}}))
        }
        Some("document") if source["type"] == "text" => Ok(json!({"type": "text", "text": source["data"]})),
        Some("document") if source["type"] == "base64" => {
            let data = url(source).ok_or("a document has no data")?;
            let name = block["title"].as_str().unwrap_or("document.pdf");
            Ok(json!({"type": "file", "file": {"filename": name, "file_data": data}}))
        }
        other => Err(format!("this provider cannot be given a block of the type {:?}", other.unwrap_or_default())),
    }
}

/// What the model said. Chat has a place for its thoughts with some providers alone, which want them back.
fn assistant(content: &Value) -> Result<Option<Value>, String> {
    let said = text(content);
    let mut calls = Vec::new();
    for block in content.as_array().into_iter().flatten() {
        match block["type"].as_str() {
            Some("text" | "thinking" | "redacted_thinking") => {}
            Some("tool_use") => calls.push(call(block)),
            other => {
                return Err(format!(
                    "this provider cannot be given a block of the type {:?}",
                    other.unwrap_or_default()
                ));
            }
        }
    }
    if said.is_empty() && calls.is_empty() {
        return Ok(None);
    }
    let mut message = json!({"role": "assistant", "content": if said.is_empty() { Value::Null } else { json!(said) }});
    let thoughts = content.as_array().into_iter().flatten().filter_map(|block| block["thinking"].as_str());
    let thoughts: String = thoughts.collect();
    if !thoughts.is_empty() {
        message["reasoning_content"] = json!(thoughts);
    }
    if !calls.is_empty() {
        message["tool_calls"] = calls.into();
    }
    Ok(Some(message))
}

fn call(block: &Value) -> Value {
    json!({"id": block["id"], "type": "function",
        "function": {"name": block["name"], "arguments": block["input"].to_string()}})
}

/// Takes the thoughts out of a request again, for a provider that refuses them.
pub(super) fn without_thoughts(chat: &mut Value) {
    for message in chat["messages"].as_array_mut().into_iter().flatten() {
        if let Some(fields) = message.as_object_mut() {
            fields.remove("reasoning_content");
        }
    }
}

/// Gives calls, and the answers to them, ids of nine letters and digits. One that is so already stays.
pub(super) fn with_short_ids(chat: &mut Value) {
    for message in chat["messages"].as_array_mut().into_iter().flatten() {
        for call in message.get_mut("tool_calls").and_then(Value::as_array_mut).into_iter().flatten() {
            shorten(call, "id");
        }
        shorten(message, "tool_call_id");
    }
}

fn shorten(holder: &mut Value, field: &str) {
    const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let Some(Value::String(id)) = holder.get_mut(field) else { return };
    if id.len() == 9 && id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return;
    }
    let mut sum = sum_of(id);
    let digits = std::iter::repeat_with(|| {
        let digit = LETTERS.get(usize::try_from(sum % 62).unwrap_or(0)).copied().unwrap_or(b'0');
        sum /= 62;
        char::from(digit)
    });
    *id = digits.take(9).collect();
}

/// A message as a chat answer.
pub(super) fn answer(message: &Value) -> Option<Value> {
    let blocks = message["content"].as_array()?;
    let of = |kind: &str, field: &str| -> String {
        blocks.iter().filter(|block| block["type"] == kind).filter_map(|block| block[field].as_str()).collect()
    };
    let (said, thought) = (of("text", "text"), of("thinking", "thinking"));
    let calls: Vec<_> = blocks.iter().filter(|block| block["type"] == "tool_use").map(call).collect();
    let mut told = json!({"role": "assistant", "content": if said.is_empty() { Value::Null } else { json!(said) }});
    if !thought.is_empty() {
        told["reasoning_content"] = json!(thought);
    }
    if !calls.is_empty() {
        told["tool_calls"] = calls.into();
    }
    let reason = message["stop_reason"].as_str().map(finish_reason);
    let created = jiff::Timestamp::now().as_second();
    Some(json!({"id": message["id"], "object": "chat.completion", "created": created, "model": message["model"],
        "choices": [{"index": 0, "message": told, "finish_reason": reason}], "usage": chat_usage(&message["usage"])}))
}
