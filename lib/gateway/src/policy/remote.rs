//! Files that are named by their address: the provider would fetch them.

use serde_json::{Value, json};

use crate::wire::Api;
use crate::wire::document::Document;

/// What stands in the place of a file that was left out.
const LEFT_OUT: &str = "[a remote file was left out by the gateway's policy]";

/// Fields of chat parts that hold an address or an object with one; some are providers' own.
const CHAT: [&str; 4] = ["image_url", "video_url", "audio_url", "document_url"];

/// Replaces every such file by a sentence.
pub(super) fn strip(document: &mut Document, api: Api, changes: &mut Vec<String>) {
    let (fields, signs): (&[&str], &[&str]) = match api {
        Api::Chat => (&["messages"], &["_url\"", "\"file\""]),
        Api::Responses => (&["input", "prompt"], &["_url\"", "\"file_data\""]),
        Api::Messages => (&["messages", "system"], &["\"url\""]),
        Api::Generate => (
            &[
                "contents",
                "content",
                "requests",
                "systemInstruction",
                "system_instruction",
                "generateContentRequest",
                "generate_content_request",
            ],
            &["ileUri\"", "ile_uri\""],
        ),
        Api::Embeddings => return,
    };
    // Looking at the text saves reading a long conversation. A word that is written in escapes would not be seen by it.
    if !signs.iter().any(|sign| document.mentions(sign)) && !document.mentions("\\u") {
        return;
    }
    let mut count = 0;
    for field in fields {
        let before = count;
        let Some(mut value) = document.read::<Value>(field) else { continue };
        walk(&mut value, api, &mut count);
        if count > before {
            document.set(field, &value);
        }
    }
    if count > 0 {
        changes.push(format!("{count} remote files were left out"));
    }
}

/// Looks at every part of every list, however deep it lies: tools' answers have parts too.
fn walk(value: &mut Value, api: Api, count: &mut u64) {
    if is_remote(value, api) {
        *count += 1;
        *value = match api {
            Api::Responses => json!({"type": "input_text", "text": LEFT_OUT}),
            Api::Generate => json!({"text": LEFT_OUT}),
            Api::Chat | Api::Messages | Api::Embeddings => json!({"type": "text", "text": LEFT_OUT}),
        };
        return;
    }
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| walk(item, api, count)),
        // What a tool was called with is data, and no part.
        Value::Object(fields) => {
            let inner = fields.iter_mut().filter(|(name, _)| !matches!(name.as_str(), "input" | "args" | "arguments"));
            inner.for_each(|(_, item)| walk(item, api, count));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn is_remote(part: &Value, api: Api) -> bool {
    let far = |value: &Value| value.as_str().is_some_and(|url| !url.trim_start().starts_with("data:"));
    // Data is base64 there, with its beginning or without; some providers take an address in its place.
    let far_data = |value: &Value| far(value) && value.as_str().is_some_and(|data| data.contains("://"));
    match api {
        Api::Chat => {
            let file = &part["file"];
            let named = |name: &str| far(&part[name]) || far(&part[name]["url"]);
            CHAT.into_iter().any(named) || far(&file["file_url"]) || far_data(&file["file_data"])
        }
        Api::Responses => far(&part["image_url"]) || far(&part["file_url"]) || far_data(&part["file_data"]),
        Api::Messages => part["source"]["type"] == "url",
        Api::Generate => ["fileData", "file_data"].into_iter().any(|name| {
            let file = &part[name];
            far(&file["fileUri"]) || far(&file["file_uri"])
        }),
        Api::Embeddings => false,
    }
}
