//! Files that are named by their address: the provider would fetch them.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use serde_json::{Map, Value, json};

use super::{Denied, strict};
use crate::wire::Api;
use crate::wire::document::Document;

/// What stands in the place of a file that was left out.
const LEFT_OUT: &str = "[a remote file was left out by the gateway's policy]";

/// Fields of chat parts that hold an address or an object with one; some are providers' own.
const CHAT: [&str; 4] = ["image_url", "video_url", "audio_url", "document_url"];

/// A text that a request with such a file has in it.
type Sign = LazyLock<Finder<'static>>;

static ADDRESS: Sign = LazyLock::new(|| Finder::new("_url\""));
static FILE: Sign = LazyLock::new(|| Finder::new("\"file\""));
static FILE_DATA: Sign = LazyLock::new(|| Finder::new("\"file_data\""));
static URL: Sign = LazyLock::new(|| Finder::new("\"url\""));
static FILE_URI: Sign = LazyLock::new(|| Finder::new("ileUri\""));
static OTHER_FILE_URI: Sign = LazyLock::new(|| Finder::new("ile_uri\""));
static ESCAPE: Sign = LazyLock::new(|| Finder::new("\\u"));

/// Replaces every such file by a sentence.
pub(super) fn strip(document: &mut Document, api: Api, changes: &mut Vec<String>) -> Result<(), Denied> {
    let (fields, signs): (&[&str], [&Sign; 2]) = match api {
        Api::Chat => (&["messages"], [&ADDRESS, &FILE]),
        Api::Responses => (&["input", "prompt"], [&ADDRESS, &FILE_DATA]),
        Api::Messages => (&["messages", "system"], [&URL, &URL]),
        Api::Generate => (
            &["contents", "content", "requests", "systemInstruction", "generateContentRequest"],
            [&FILE_URI, &OTHER_FILE_URI],
        ),
        Api::Embeddings => return Ok(()),
    };
    // Looking at the text saves reading a long conversation. A word that is written in escapes would not be seen by it.
    if !signs.into_iter().chain([&ESCAPE]).any(|sign| document.mentions(sign)) {
        return Ok(());
    }
    let mut count = 0;
    for field in fields {
        let before = count;
        let Some(mut value) = strict::read(document, field)? else { continue };
        walk(&mut value, api, &mut count);
        if count > before {
            document.set(field, &value);
        }
    }
    if count > 0 {
        changes.push(format!("{count} remote files were left out"));
    }
    Ok(())
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
        Value::Object(fields) => {
            let data = called_with(fields, api);
            let inner = fields.iter_mut().filter(|(name, _)| Some(name.as_str()) != data);
            inner.for_each(|(_, item)| walk(item, api, count));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The field of a call that has what a tool was called with, which is data and no part. In chat and responses that is a
/// text.
fn called_with(fields: &Map<String, Value>, api: Api) -> Option<&'static str> {
    let kind = fields.get("type").and_then(Value::as_str).unwrap_or_default();
    match api {
        Api::Messages => kind.ends_with("tool_use").then_some("input"),
        Api::Generate => fields.get("name").is_some_and(Value::is_string).then_some("args"),
        Api::Chat | Api::Responses | Api::Embeddings => None,
    }
}

fn is_remote(part: &Value, api: Api) -> bool {
    let far = |value: &Value| value.as_str().is_some_and(|url| !url.trim_start().starts_with("data:"));
    // Data is base64 there, with its beginning or without; some providers take an address in its place.
    let far_data = |value: &Value| far(value) && value.as_str().is_some_and(|data| data.contains([':', '.', '\\']));
    match api {
        Api::Chat => {
            let file = &part["file"];
            let named = |name: &str| far(&part[name]) || far(&part[name]["url"]);
            CHAT.into_iter().any(named) || far(&file["file_url"]) || far_data(&file["file_data"])
        }
        Api::Responses => {
            let named = |name: &str| far(&part[name]) || far(&part[name]["url"]);
            named("image_url") || named("file_url") || far_data(&part["file_data"])
        }
        Api::Messages => part["source"]["type"] == "url",
        Api::Generate => ["fileData", "file_data"].into_iter().any(|name| {
            let file = &part[name];
            far(&file["fileUri"]) || far(&file["file_uri"])
        }),
        Api::Embeddings => false,
    }
}
