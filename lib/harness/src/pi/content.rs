//! Pi's messages in our words.

use oqto_protocol::message::{Media, Part, StopReason, ToolCall};
use serde_json::Value;
use serde_json::value::RawValue;

use super::wire::Block;

/// The most that a live event repeats of a tool's output, in bytes: its end. The durable result has all of it.
pub(super) const LIVE_OUTPUT_BYTES: usize = 64 * 1024;

/// The largest `details` of a tool that are kept whole, in bytes. Of larger ones the diff and the patch are kept.
const DETAILS_BYTES: usize = 256 * 1024;

/// The most levels of a value that is kept as one. Readers take 128 in all, and an entry or a snapshot around it has
/// some of its own.
const MOST_LEVELS: usize = 100;

/// The parts of a message: one a block, so that the index of a part is Pi's `contentIndex`.
pub(super) fn parts(content: Option<&RawValue>) -> Result<Vec<Part>, serde_json::Error> {
    blocks(content)?.into_iter().map(part).collect()
}

/// A tool's output as text, and its pictures.
pub(super) fn output(content: Option<&RawValue>) -> Result<(String, Vec<Media>), serde_json::Error> {
    let mut texts = Vec::new();
    let mut media = Vec::new();
    for block in blocks(content)? {
        match (block.text, picture(block.data, block.mime_type)) {
            (Some(text), _) => texts.push(text),
            (None, Some(picture)) => media.push(picture),
            (None, None) => {}
        }
    }
    Ok((texts.join("\n"), media))
}

/// What only this tool knows: nothing for an empty object.
pub(super) fn details(raw: Option<&RawValue>) -> Option<Value> {
    let raw = raw?;
    let value: Value = serde_json::from_str(raw.get()).ok().filter(|value| is_flat(value, MOST_LEVELS))?;
    let object = value.as_object()?;
    if object.is_empty() {
        return None;
    }
    if raw.get().len() <= DETAILS_BYTES {
        return Some(value);
    }
    let kept = object.iter().filter(|(key, _)| matches!(key.as_str(), "diff" | "patch" | "firstChangedLine"));
    let kept: serde_json::Map<_, _> = kept.map(|(key, value)| (key.clone(), value.clone())).collect();
    (!kept.is_empty()).then_some(Value::Object(kept))
}

/// Any JSON as a value; what cannot be one (nested too deep) stays text.
pub(super) fn value(raw: Option<&RawValue>) -> Value {
    raw.map_or(Value::Null, |raw| json_or_text(raw.get()))
}

/// JSON text as a value; text that is not JSON (cut arguments, say) stays text.
pub(super) fn json_or_text(text: &str) -> Value {
    let value = serde_json::from_str(text).ok().filter(|value| is_flat(value, MOST_LEVELS));
    value.unwrap_or_else(|| Value::String(text.to_owned()))
}

/// Whether a value nests no deeper than so many levels.
fn is_flat(value: &Value, levels: usize) -> bool {
    let below = levels.checked_sub(1);
    match value {
        Value::Array(items) => below.is_some_and(|below| items.iter().all(|item| is_flat(item, below))),
        Value::Object(fields) => below.is_some_and(|below| fields.values().all(|field| is_flat(field, below))),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

/// Pi's word for why a model stopped; `None` for placeholders and words of newer versions.
pub(super) fn stop_reason(word: &str) -> Option<StopReason> {
    match word {
        "stop" => Some(StopReason::Stop),
        "length" => Some(StopReason::Length),
        "toolUse" => Some(StopReason::ToolUse),
        "error" => Some(StopReason::Error),
        "aborted" => Some(StopReason::Aborted),
        _ => None,
    }
}

/// Whether there is nothing in the parts that a person could have seen.
pub(super) fn is_blank(parts: &[Part]) -> bool {
    parts.iter().all(|part| match part {
        Part::Text { text } | Part::Thinking { text } => text.trim().is_empty(),
        Part::ToolCall(_)
        | Part::ToolResult(_)
        | Part::Image { .. }
        | Part::Audio { .. }
        | Part::Video { .. }
        | Part::FileRef { .. }
        | Part::Attachment { .. }
        | Part::Citation { .. }
        | Part::A2ui { .. }
        | Part::Extension { .. } => false,
    })
}

/// The end of a text, at most so many bytes, cut between characters.
pub(super) fn tail(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    let mut start = text.len() - most;
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// A text without terminal control sequences: extensions colour what they show.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '\u{1b}' {
            plain.push(letter);
            continue;
        }
        match letters.next() {
            Some('[') => while letters.next().is_some_and(|next| !('@'..='~').contains(&next)) {},
            Some(']') => {
                let end = letters.find(|next| matches!(next, '\u{7}' | '\u{1b}'));
                if end == Some('\u{1b}') {
                    letters.next();
                }
            }
            Some(_) | None => {}
        }
    }
    plain
}

fn blocks(content: Option<&RawValue>) -> Result<Vec<Block<'_>>, serde_json::Error> {
    let Some(content) = content else {
        return Ok(Vec::new());
    };
    if content.get().starts_with('"') {
        let text = serde_json::from_str::<String>(content.get())?;
        return Ok(vec![Block::of_text(text)]);
    }
    serde_json::from_str(content.get())
}

fn part(block: Block<'_>) -> Result<Part, serde_json::Error> {
    Ok(match block.kind.as_str() {
        "text" => Part::Text { text: block.text.unwrap_or_default() },
        "thinking" => Part::Thinking { text: block.thinking.unwrap_or_default() },
        "toolCall" => Part::ToolCall(ToolCall {
            tool_call_id: block.id.unwrap_or_default(),
            name: block.name.unwrap_or_default(),
            input: value(block.arguments),
        }),
        "image" => match picture(block.data, block.mime_type) {
            Some(media) => Part::Image { media },
            None => unknown(&block.kind),
        },
        kind => unknown(kind),
    })
}

fn unknown(kind: &str) -> Part {
    Part::Extension { kind: "x-pi-block".to_owned(), value: serde_json::json!({"type": "x-pi-block", "kind": kind}) }
}

fn picture(data: Option<String>, mime_type: Option<String>) -> Option<Media> {
    Some(Media::Base64 { data: data?, mime_type: mime_type.unwrap_or_else(|| "application/octet-stream".to_owned()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_is_cut_between_characters() {
        assert_eq!(tail("aäb", 2), "b");
        assert_eq!(tail("aäb", 3), "äb");
        assert_eq!(tail("ab", 3), "ab");
    }

    #[test]
    fn colours_and_links_go_and_text_stays() {
        assert_eq!(plain("\u{1b}[38;5;3mbusy\u{1b}[0m \u{1b}]8;;x\u{7}ok"), "busy ok");
    }

    #[test]
    fn content_may_be_a_plain_string() -> Result<(), serde_json::Error> {
        let raw: &RawValue = serde_json::from_str("\"hi\"")?;
        assert_eq!(parts(Some(raw))?, vec![Part::Text { text: "hi".to_owned() }]);
        Ok(())
    }

    #[test]
    fn what_no_reader_of_an_entry_could_take_stays_text() {
        let nested = |levels| "[".repeat(levels) + &"]".repeat(levels);
        assert!(json_or_text(&nested(MOST_LEVELS)).is_array());
        // A parser takes it by itself, but not inside an entry.
        assert_eq!(json_or_text(&nested(125)), Value::String(nested(125)));
        let raw = RawValue::from_string(format!("{{\"diff\":{}}}", nested(125)));
        assert_eq!(raw.ok().and_then(|raw| details(Some(&raw))), None);
    }

    #[test]
    fn large_details_keep_the_diff() -> Result<(), serde_json::Error> {
        let big = serde_json::json!({"diff": "-a", "noise": "x".repeat(DETAILS_BYTES)}).to_string();
        let raw: &RawValue = serde_json::from_str(&big)?;
        assert_eq!(details(Some(raw)), Some(serde_json::json!({"diff": "-a"})));
        Ok(())
    }
}
