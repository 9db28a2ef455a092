//! Pictures and files: large ones are blobs in the history, durable before the entry that refers to them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use oqto_harness::adapter::Image;
use oqto_history::HistoryError;
use oqto_protocol::entry::LogEvent;
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::message::{Media, Part, ToolResult};

use crate::history::History;

/// Larger ones, in bytes of base64, become blobs.
const INLINE_LIMIT: usize = 4096;
/// Longer outputs of tools, in bytes, are blobs too; the entry keeps their beginning, so that it fits a frame.
const OUTPUT_LIMIT: usize = 1 << 20;
/// What of a long output the entry keeps, in bytes.
const OUTPUT_KEPT: usize = 256 << 10;

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
    let parts = match event {
        LogEvent::Message(entry) => &mut entry.message.parts,
        LogEvent::PromptQueued(queued) => &mut queued.parts,
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
        | LogEvent::ContextCompacted(_)
        | LogEvent::SessionForked(_)
        | LogEvent::HarnessBound(_)
        | LogEvent::SessionClosed(_) => return Ok(false),
    };
    let mut changed = false;
    for part in parts.iter_mut() {
        if let Part::ToolResult(result) = part {
            changed |= shorten(history, result).await?;
        }
        for media in media_of(part) {
            changed |= store(history, media).await?;
        }
    }
    Ok(changed)
}

async fn shorten(history: &History, result: &mut ToolResult) -> Result<bool, HistoryError> {
    if result.output.len() <= OUTPUT_LIMIT {
        return Ok(false);
    }
    let whole = std::mem::take(&mut result.output);
    let kept = whole.floor_char_boundary(OUTPUT_KEPT);
    result.output = format!("{}\n… ({} bytes in all; the whole is attached)", &whole[..kept], whole.len());
    let blob = history.put_blob(whole.into()).await?;
    let mime_type = "text/plain; charset=utf-8".to_owned();
    result.media.push(Media::Blob { sha256: blob.sha256, mime_type, bytes: blob.bytes });
    Ok(true)
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
