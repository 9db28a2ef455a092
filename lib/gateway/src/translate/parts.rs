//! What both directions share: content, tools, reasons to stop, usage.

use serde_json::{Map, Value, json};

/// The text of a content that is a string or a list of parts with texts.
pub(super) fn text(content: &Value) -> String {
    match content {
        Value::String(text) => text.clone(),
        Value::Array(parts) => {
            let texts: Vec<_> = parts.iter().filter_map(|part| part["text"].as_str()).collect();
            texts.join("\n")
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => String::new(),
    }
}

/// Copies fields that both sides call the same.
pub(super) fn copy(from: &Value, into: &mut Map<String, Value>, names: &[&str]) {
    for name in names {
        if let Some(value) = from.get(*name).filter(|value| !value.is_null()) {
            into.insert((*name).to_owned(), value.clone());
        }
    }
}

/// A sum over a whole text (FNV-1a), for ids that have to become others.
pub(super) fn sum_of(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Whether the answer is to be a stream. Only what is clear goes on: an answer in a form that was not expected is lost.
pub(super) fn streamed(from: &Value, into: &mut Map<String, Value>) {
    if let Some(stream) = from["stream"].as_bool() {
        into.insert("stream".to_owned(), stream.into());
    }
}

/// An image or a document as Anthropic names its source, from an address.
pub(super) fn source(url: &str) -> Value {
    match url.strip_prefix("data:").and_then(|rest| rest.split_once(";base64,")) {
        Some((media_type, data)) => json!({"type": "base64", "media_type": media_type, "data": data}),
        None => json!({"type": "url", "url": url}),
    }
}

/// The address of a source.
pub(super) fn url(source: &Value) -> Option<String> {
    match source["type"].as_str()? {
        "base64" => Some(format!("data:{};base64,{}", source["media_type"].as_str()?, source["data"].as_str()?)),
        "url" => source["url"].as_str().map(str::to_owned),
        _ => None,
    }
}

/// Why a chat answer stopped, by why a message did.
pub(super) fn finish_reason(stop_reason: &str) -> &'static str {
    match stop_reason {
        "max_tokens" | "model_context_window_exceeded" => "length",
        "tool_use" => "tool_calls",
        "refusal" => "content_filter",
        // `end_turn`, `stop_sequence`, and what is not known yet.
        _ => "stop",
    }
}

/// Why a message stopped, by why a chat answer did.
pub(super) fn stop_reason(finish_reason: &str) -> &'static str {
    match finish_reason {
        "length" => "max_tokens",
        "tool_calls" | "function_call" => "tool_use",
        "content_filter" => "refusal",
        _ => "end_turn",
    }
}

fn count(value: &Value) -> u64 {
    value.as_u64().unwrap_or(0)
}

/// The usage of a message in the words of chat completions, which count what the cache had as a part of the prompt.
pub(super) fn chat_usage(usage: &Value) -> Value {
    let cached = count(&usage["cache_read_input_tokens"]);
    let prompt = count(&usage["input_tokens"])
        .saturating_add(cached)
        .saturating_add(count(&usage["cache_creation_input_tokens"]));
    let written = count(&usage["output_tokens"]);
    json!({"prompt_tokens": prompt, "completion_tokens": written, "total_tokens": prompt.saturating_add(written),
        "prompt_tokens_details": {"cached_tokens": cached,
            "cache_write_tokens": count(&usage["cache_creation_input_tokens"])}})
}

/// The usage of a chat answer in the words of messages, which count what the cache had apart.
pub(super) fn message_usage(usage: &Value) -> Value {
    let details = &usage["prompt_tokens_details"];
    // The second is DeepSeek's word for it.
    let cached = count(&details["cached_tokens"]).max(count(&usage["prompt_cache_hit_tokens"]));
    let written = count(&details["cache_write_tokens"]);
    json!({"input_tokens": count(&usage["prompt_tokens"]).saturating_sub(cached).saturating_sub(written),
        "cache_creation_input_tokens": written, "cache_read_input_tokens": cached,
        // Some have the thoughts in the sum alone.
        "output_tokens": count(&usage["completion_tokens"])
            .max(count(&usage["total_tokens"]).saturating_sub(count(&usage["prompt_tokens"])))})
}
