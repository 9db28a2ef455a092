//! A chat request for a provider that speaks messages; a chat answer for a client that does.

use serde_json::{Map, Value, json};

use super::parts::{copy, message_usage, source, stop_reason, streamed, sum_of, text};

/// Messages need a limit; this is taken where the client sets none.
const MAX_TOKENS: u64 = 8192;
/// Tokens of thought for each word of chat completions.
const EFFORTS: [(&str, u64); 5] =
    [("minimal", 1024), ("low", 1024), ("medium", 4096), ("high", 16_384), ("xhigh", 32_768)];
/// The fewest tokens that messages let a model think.
const FEWEST_THOUGHTS: u64 = 1024;

pub(super) fn request(chat: &Value) -> Result<Value, String> {
    refuse(chat)?;
    let mut out = Map::new();
    copy(chat, &mut out, &["model", "top_p"]);
    streamed(chat, &mut out);
    let limit = [&chat["max_completion_tokens"], &chat["max_tokens"]].into_iter().find_map(Value::as_u64);
    let mut limit = limit.unwrap_or(MAX_TOKENS).max(1);
    if let Some(temperature) = chat["temperature"].as_f64() {
        // Chat goes to 2, messages go to 1.
        out.insert("temperature".into(), json!(temperature.clamp(0.0, 1.0)));
    }
    let effort = EFFORTS.iter().find(|(name, _)| chat["reasoning_effort"] == *name && !amid_tools(chat));
    if let Some((_, budget)) = effort {
        // Thoughts are a part of what may be written, in both. They take half of it at the most, and where that would be
        // too little for them, they come on top.
        let budget = (*budget).min(limit / 2).max(FEWEST_THOUGHTS);
        if limit / 2 < budget {
            limit = limit.saturating_add(budget);
        }
        out.insert("thinking".into(), json!({"type": "enabled", "budget_tokens": budget}));
        // They bear no other temperature.
        out.remove("temperature");
        out.remove("top_p");
    }
    out.insert("max_tokens".into(), json!(limit));
    match &chat["stop"] {
        Value::String(stop) => out.insert("stop_sequences".into(), json!([stop])),
        Value::Array(stops) if !stops.is_empty() => out.insert("stop_sequences".into(), json!(stops)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => None,
    };
    if let Some(user) = chat["user"].as_str() {
        out.insert("metadata".into(), json!({"user_id": user}));
    }
    tools(chat, effort.is_some(), &mut out)?;
    messages(chat, &mut out)?;
    Ok(Value::Object(out))
}

/// Whether the model called tools and has said nothing since. It would have to be shown the signed thoughts before the call
/// to think on, and chat has no place for their signatures.
fn amid_tools(chat: &Value) -> bool {
    let last = chat["messages"].as_array().into_iter().flatten().rfind(|message| message["role"] == "assistant");
    last.is_some_and(|message| message["tool_calls"].as_array().is_some_and(|calls| !calls.is_empty()))
}

/// What messages have no word for, and would be another question without.
fn refuse(chat: &Value) -> Result<(), String> {
    if chat["n"].as_u64().is_some_and(|n| n > 1) {
        return Err("this model gives one answer at a time: n is 1".to_owned());
    }
    if chat["logprobs"] == true {
        return Err("this model tells no logprobs".to_owned());
    }
    match chat["response_format"]["type"].as_str() {
        None | Some("text") => {}
        Some(other) => return Err(format!("this model has no response_format {other:?}; let it call a tool instead")),
    }
    if chat["functions"].is_array() {
        return Err("functions are said as tools".to_owned());
    }
    Ok(())
}

fn tools(chat: &Value, thinks: bool, out: &mut Map<String, Value>) -> Result<(), String> {
    let Some(tools) = chat["tools"].as_array().filter(|tools| !tools.is_empty()) else { return Ok(()) };
    let tool = |tool: &Value| {
        let function = &tool["function"];
        let name = function["name"].as_str().filter(|_| tool["type"] == "function");
        let name = name.ok_or_else(|| "a tool is not a function with a name".to_owned())?;
        let mut said = Map::new();
        said.insert("name".into(), json!(name));
        copy(function, &mut said, &["description"]);
        let parameters = Some(&function["parameters"]).filter(|schema| schema.is_object());
        said.insert("input_schema".into(), parameters.cloned().unwrap_or_else(|| json!({"type": "object"})));
        Ok(Value::Object(said))
    };
    out.insert("tools".into(), tools.iter().map(tool).collect::<Result<_, String>>()?);
    let mut choice = match &chat["tool_choice"] {
        Value::String(choice) if choice == "required" => json!({"type": "any"}),
        Value::String(choice) if choice == "none" => json!({"type": "none"}),
        Value::Object(_) => json!({"type": "tool", "name": chat["tool_choice"]["function"]["name"]}),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => json!({"type": "auto"}),
    };
    // A model that thinks cannot be made to call a tool.
    if thinks && choice["type"] != "none" {
        choice = json!({"type": "auto"});
    }
    if chat["parallel_tool_calls"] == false && choice["type"] != "none" {
        choice["disable_parallel_tool_use"] = json!(true);
    }
    let says_something = !chat["tool_choice"].is_null() || choice.get("disable_parallel_tool_use").is_some();
    if says_something {
        out.insert("tool_choice".into(), choice);
    }
    Ok(())
}

fn messages(chat: &Value, out: &mut Map<String, Value>) -> Result<(), String> {
    let all = chat["messages"].as_array().ok_or("messages is not a list")?;
    let (mut system, mut turns): (Vec<String>, Vec<(&str, Vec<Value>)>) = (Vec::new(), Vec::new());
    for message in all {
        let (role, blocks) = match message["role"].as_str() {
            Some("system" | "developer") => {
                system.push(text(&message["content"]));
                continue;
            }
            Some("user") => ("user", user(&message["content"])?),
            Some("assistant") => ("assistant", assistant(message)?),
            Some("tool") => ("user", vec![result(message)?]),
            other => return Err(format!("a message has the role {:?}", other.unwrap_or_default())),
        };
        // Several messages of one side are one turn.
        match turns.last_mut() {
            Some((last, said)) if *last == role => said.extend(blocks),
            // Who says nothing has no turn.
            _ if blocks.is_empty() => {}
            _ => turns.push((role, blocks)),
        }
    }
    if !system.is_empty() {
        out.insert("system".into(), json!(system.join("\n\n")));
    }
    let turn = |(role, blocks): (&str, Vec<Value>)| json!({"role": role, "content": blocks});
    out.insert("messages".into(), turns.into_iter().map(turn).collect());
    Ok(())
}

fn user(content: &Value) -> Result<Vec<Value>, String> {
    match content {
        Value::String(text) if text.trim().is_empty() => Ok(Vec::new()),
        Value::String(text) => Ok(vec![json!({"type": "text", "text": text})]),
        Value::Array(parts) => parts.iter().filter(|part| !is_blank(part)).map(user_part).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {
            Err("the content of a message is not a text or a list of parts".to_owned())
        }
    }
}

/// Messages take no text without a word in it.
fn is_blank(part: &Value) -> bool {
    part["text"].as_str().is_some_and(|text| text.trim().is_empty())
}

/// The id of a call in the letters that messages take. Other models make other ids, and a conversation goes on with them;
/// one that has to be changed gets a sum of the whole, so that no two become the same.
fn call_id(id: &Value) -> Value {
    let Some(text) = id.as_str() else { return id.clone() };
    let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-';
    if !text.is_empty() && text.chars().all(fits) {
        return id.clone();
    }
    let sum = sum_of(text);
    let letters: String = text.chars().map(|letter| if fits(letter) { letter } else { '_' }).collect();
    json!(format!("{letters}_{sum:016x}"))
}

fn user_part(part: &Value) -> Result<Value, String> {
    match part["type"].as_str() {
        Some("text") => Ok(json!({"type": "text", "text": part["text"]})),
        Some("image_url") => {
            let url = part["image_url"]["url"].as_str().ok_or("an image has no address")?;
            Ok(json!({"type": "image", "source": source(url)}))
        }
        Some("file") if part["file"]["file_data"].is_string() => {
            let data = part["file"]["file_data"].as_str().unwrap_or_default();
            // Without its kind it is no address, whatever it looks like.
            let bare = json!({"type": "base64", "media_type": "application/pdf", "data": data});
            Ok(json!({"type": "document", "source": if data.starts_with("data:") { source(data) } else { bare }}))
        }
        other => Err(format!("this model cannot be given a part of the type {:?}", other.unwrap_or_default())),
    }
}

fn assistant(message: &Value) -> Result<Vec<Value>, String> {
    let said = text(&message["content"]);
    let mut blocks: Vec<_> =
        (!said.trim().is_empty()).then(|| json!({"type": "text", "text": said})).into_iter().collect();
    for call in message["tool_calls"].as_array().into_iter().flatten() {
        let mut block = tool_use(call)?;
        block["id"] = call_id(&block["id"]);
        blocks.push(block);
    }
    Ok(blocks)
}

/// A call of a tool: its arguments are a text in chat, and an object in messages.
fn tool_use(call: &Value) -> Result<Value, String> {
    let arguments = call["function"]["arguments"].as_str().unwrap_or_default();
    let input: Value = match arguments.trim() {
        "" => json!({}),
        text => serde_json::from_str(text).map_err(|error| format!("the arguments of a call are not JSON: {error}"))?,
    };
    Ok(json!({"type": "tool_use", "id": call["id"], "name": call["function"]["name"], "input": input}))
}

fn result(message: &Value) -> Result<Value, String> {
    let id = &message["tool_call_id"];
    if !id.is_string() {
        return Err("the answer of a tool does not say which call it is for".to_owned());
    }
    let id = call_id(id);
    let said = &message["content"];
    let content = if said.is_array() { Value::Array(user(said)?) } else { json!(text(said)) };
    Ok(json!({"type": "tool_result", "tool_use_id": id, "content": content}))
}

/// A chat answer as a message.
pub(super) fn answer(chat: &Value) -> Option<Value> {
    let choice = chat["choices"].get(0)?;
    let message = &choice["message"];
    let mut blocks = Vec::new();
    let thought = [&message["reasoning_content"], &message["reasoning"]].into_iter().find_map(Value::as_str);
    if let Some(thought) = thought.filter(|thought| !thought.is_empty()) {
        blocks.push(json!({"type": "thinking", "thinking": thought, "signature": ""}));
    }
    let said = text(&message["content"]);
    let said = if said.is_empty() { message["refusal"].as_str().unwrap_or_default().to_owned() } else { said };
    if !said.is_empty() {
        blocks.push(json!({"type": "text", "text": said}));
    }
    for call in message["tool_calls"].as_array().into_iter().flatten() {
        // A model that writes broken arguments is shown to the client as it is: as no object.
        blocks.push(tool_use(call).unwrap_or_else(
            |_| json!({"type": "tool_use", "id": call["id"], "name": call["function"]["name"], "input": {}}),
        ));
    }
    let reason = choice["finish_reason"].as_str().map(stop_reason);
    Some(json!({"id": chat["id"], "type": "message", "role": "assistant", "model": chat["model"], "content": blocks,
        "stop_reason": reason, "stop_sequence": null, "usage": message_usage(&chat["usage"])}))
}
