//! Pictures and files: large ones are blobs in the history, durable before the entry that refers to them.

mod fitting;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use oqto_harness::adapter::Image;
use oqto_history::HistoryError;
use oqto_protocol::entry::LogEvent;
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::message::{Media, Part, Role, ToolResult};
use serde_json::Value;

use crate::history::History;

/// Larger ones, in bytes of base64, become blobs.
const INLINE_LIMIT: usize = 4096;
/// Longer texts and outputs of tools, in bytes, are blobs too; the entry keeps their beginning, so that it fits a frame.
const OUTPUT_LIMIT: usize = 1 << 20;
/// What of a long output the entry keeps, in bytes.
const OUTPUT_KEPT: usize = 256 << 10;
/// What of a long text in the input of a tool the entry keeps, in bytes.
const INPUT_KEPT: usize = 16 << 10;

/// Whether parts hold pictures for a model.
#[must_use]
pub fn has_pictures(parts: &[Part]) -> bool {
    parts.iter().any(|part| matches!(part, Part::Image { .. }))
}

/// Turns large media of an event into blobs. `true` when something changed.
///
/// # Errors
/// Those of the history; nothing has changed then that matters.
pub async fn externalize(history: &History, event: &mut LogEvent) -> Result<bool, HistoryError> {
    let from_harness = matches!(event, LogEvent::Message(entry) if entry.message.role != Role::User);
    let mut changed = false;
    if let Some(parts) = parts_of(event) {
        changed = from_harness && attach_long_texts(history, parts).await?;
        for part in parts.iter_mut() {
            if let Part::ToolResult(result) = part {
                changed |= shorten(history, result).await?;
            }
            for media in media_of(part) {
                changed |= store(history, media).await?;
            }
        }
    }
    // What a person says came in one frame, and the harness gets it as it is.
    if from_harness || !matches!(event, LogEvent::Message(_) | LogEvent::PromptQueued(_)) {
        changed |= fitting::fit(history, event).await?;
    }
    Ok(changed)
}

fn parts_of(event: &mut LogEvent) -> Option<&mut Vec<Part>> {
    match event {
        LogEvent::Message(entry) => Some(&mut entry.message.parts),
        LogEvent::PromptQueued(queued) => Some(&mut queued.parts),
        LogEvent::SessionCreated(_)
        | LogEvent::PromptCancelled(_)
        | LogEvent::TurnStarted(_)
        | LogEvent::TurnEnded(_)
        | LogEvent::InputRequested(_)
        | LogEvent::InputResolved(_)
        | LogEvent::SessionRenamed(_)
        | LogEvent::SessionRewound(_)
        | LogEvent::SessionResumed(_)
        | LogEvent::ConfigChanged(_)
        | LogEvent::BudgetChanged(_)
        | LogEvent::ContextCompacted(_)
        | LogEvent::SessionForked(_)
        | LogEvent::HarnessBound(_)
        | LogEvent::SessionClosed(_) => None,
    }
}

async fn shorten(history: &History, result: &mut ToolResult) -> Result<bool, HistoryError> {
    let whole = beginning(history, &mut result.output).await?;
    let changed = whole.is_some();
    result.media.extend(whole);
    Ok(changed)
}

/// Texts that would not fit a frame keep their beginning; the whole follows behind all parts, whose numbers stay.
async fn attach_long_texts(history: &History, parts: &mut Vec<Part>) -> Result<bool, HistoryError> {
    let mut wholes = Vec::new();
    for part in parts.iter_mut() {
        let whole = match part {
            Part::Text { text } | Part::Thinking { text } => beginning(history, text).await?,
            Part::ToolCall(call) => shorten_input(history, &mut call.input).await?,
            Part::Image { .. }
            | Part::Audio { .. }
            | Part::Video { .. }
            | Part::Attachment { .. }
            | Part::ToolResult(_)
            | Part::FileRef { .. }
            | Part::Citation { .. }
            | Part::A2ui { .. }
            | Part::Extension { .. } => None,
        };
        wholes.extend(whole.map(|media| Part::Attachment { media, filename: None }));
    }
    let changed = !wholes.is_empty();
    parts.extend(wholes);
    Ok(changed)
}

/// Leaves what is short of the input of a tool (a path, a flag) and the beginnings of what is long; gives the whole as
/// a blob.
async fn shorten_input(history: &History, input: &mut Value) -> Result<Option<Media>, HistoryError> {
    let whole = input.to_string();
    if whole.len() <= OUTPUT_LIMIT {
        return Ok(None);
    }
    shorten_strings(input);
    if input.to_string().len() > OUTPUT_LIMIT {
        // It is long because there is much of it; its beginning as text says more than nothing.
        *input = Value::String(format!("{}…", &whole[..whole.floor_char_boundary(OUTPUT_KEPT)]));
    }
    let blob = history.put_blob(whole.into()).await?;
    Ok(Some(Media::Blob { sha256: blob.sha256, mime_type: "application/json".to_owned(), bytes: blob.bytes }))
}

fn shorten_strings(value: &mut Value) {
    match value {
        Value::String(text) if text.len() > INPUT_KEPT => {
            let all = text.len();
            text.truncate(text.floor_char_boundary(INPUT_KEPT));
            text.push_str(&format!("… ({all} bytes in all; the whole input is attached)"));
        }
        Value::Array(items) => items.iter_mut().for_each(shorten_strings),
        Value::Object(fields) => fields.values_mut().for_each(shorten_strings),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Leaves the beginning of a long text and gives the whole as a blob.
async fn beginning(history: &History, text: &mut String) -> Result<Option<Media>, HistoryError> {
    if text.len() <= OUTPUT_LIMIT {
        return Ok(None);
    }
    let whole = std::mem::take(text);
    let kept = whole.floor_char_boundary(OUTPUT_KEPT);
    *text = format!("{}\n… ({} bytes in all; the whole is attached)", &whole[..kept], whole.len());
    let blob = history.put_blob(whole.into()).await?;
    let mime_type = "text/plain; charset=utf-8".to_owned();
    Ok(Some(Media::Blob { sha256: blob.sha256, mime_type, bytes: blob.bytes }))
}

fn media_of(part: &mut Part) -> Vec<&mut Media> {
    match part {
        Part::Image { media } | Part::Audio { media } | Part::Video { media } | Part::Attachment { media, .. } => {
            vec![media]
        }
        Part::ToolResult(result) => result.media.iter_mut().collect(),
        Part::Text { .. }
        | Part::Thinking { .. }
        | Part::ToolCall(_)
        | Part::FileRef { .. }
        | Part::Citation { .. }
        | Part::A2ui { .. }
        | Part::Extension { .. } => Vec::new(),
    }
}

async fn store(history: &History, media: &mut Media) -> Result<bool, HistoryError> {
    let Media::Base64 { data, mime_type } = media else { return Ok(false) };
    if data.len() <= INLINE_LIMIT {
        return Ok(false);
    }
    let Ok(bytes) = STANDARD.decode(data.as_bytes()) else { return Ok(false) };
    let blob = history.put_blob(bytes.into()).await?;
    *media = Media::Blob { sha256: blob.sha256, mime_type: mime_type.clone(), bytes: blob.bytes };
    Ok(true)
}

/// The pictures of a prompt, as a harness takes them.
///
/// # Errors
/// `not_found` for a blob that is not there, `unsupported` for a picture that lies elsewhere, `invalid_params` for
/// something that is not base64; those of the history.
pub async fn load(history: &History, parts: &[Part]) -> Result<Vec<Image>, WireError> {
    let mut images = Vec::new();
    for part in parts {
        let Part::Image { media } = part else { continue };
        images.push(picture(history, media).await?);
    }
    Ok(images)
}

async fn picture(history: &History, media: &Media) -> Result<Image, WireError> {
    match media {
        Media::Base64 { data, mime_type } => {
            STANDARD.decode(data.as_bytes()).map_err(|error| {
                WireError::new(ErrorKind::InvalidParams, format!("a picture is not base64: {error}"))
            })?;
            Ok(Image { data: data.clone(), mime_type: mime_type.clone() })
        }
        Media::Blob { sha256, mime_type, .. } => {
            let bytes = history.get_blob(sha256).await.map_err(|error| error.to_wire())?;
            Ok(Image { data: STANDARD.encode(bytes), mime_type: mime_type.clone() })
        }
        Media::Url { url, .. } => {
            Err(WireError::new(ErrorKind::Unsupported, format!("the picture at {url} is not fetched; send its bytes")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_input_the_short_parts_stay() {
        let mut input =
            serde_json::json!({"path": "märchen.txt", "content": "é".repeat(INPUT_KEPT), "more": [1, null, true]});
        shorten_strings(&mut input);
        assert_eq!(input["path"], "märchen.txt");
        assert_eq!(input["more"], serde_json::json!([1, null, true]));
        let content = input["content"].as_str().unwrap_or_default();
        assert!(content.starts_with("éé") && content.ends_with("(32768 bytes in all; the whole input is attached)"));
        assert!(content.len() < INPUT_KEPT + 100);
    }
}
