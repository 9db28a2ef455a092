//! Files that are named by their address: the provider would fetch them.

use serde_json::{Value, json};

use crate::wire::Api;
use crate::wire::document::Document;

/// What stands in the place of a file that was left out.
const LEFT_OUT: &str = "[a remote file was left out by the gateway's policy]";

/// Replaces every such file by a sentence.
pub(super) fn strip(document: &mut Document, api: Api, changes: &mut Vec<String>) {
    let (field, signs): (&str, &[&str]) = match api {
        Api::Chat => ("messages", &["\"image_url\"", "\"file_url\"", "\"video_url\""]),
        Api::Responses => ("input", &["\"image_url\"", "\"file_url\""]),
        Api::Messages => ("messages", &["\"url\""]),
        Api::Generate => ("contents", &["ileUri\"", "ile_uri\""]),
        Api::Embeddings => return,
    };
    if !signs.iter().any(|sign| document.mentions(sign)) {
        return;
    }
    let Some(mut value) = document.read::<Value>(field) else { return };
    let mut count = 0;
    walk(&mut value, api, &mut count);
    if count > 0 {
        document.set(field, &value);
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
    match api {
        Api::Chat => {
            let named = |name: &str| far(&part[name]) || far(&part[name]["url"]);
            ["image_url", "video_url"].into_iter().any(named) || far(&part["file"]["file_url"])
        }
        Api::Responses => far(&part["image_url"]) || far(&part["file_url"]),
        Api::Messages => part["source"]["type"] == "url",
        Api::Generate => {
            let file = part.get("fileData").or_else(|| part.get("file_data"));
            file.is_some_and(|file| file.get("fileUri").or_else(|| file.get("file_uri")).is_some_and(far))
        }
        Api::Embeddings => false,
    }
}
