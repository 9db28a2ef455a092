//! An entry must fit a frame, whatever a harness says: many long parts, the diff of a huge file, a question with a
//! novel in it. What is cut from a message is attached whole.

use oqto_history::HistoryError;
use oqto_protocol::entry::LogEvent;
use oqto_protocol::message::{Media, Part};
use serde_json::Value;

use crate::history::History;

/// The longest payload of an entry, in bytes of JSON: what surrounds it in a frame has room beside it.
pub(super) const ENTRY_LIMIT: usize = 6 << 20;

/// How much is left of long things: bytes of a text, items of a list. The first step that fits is taken.
const STEPS: [(usize, usize); 5] =
    [(256 << 10, usize::MAX), (64 << 10, usize::MAX), (16 << 10, 4096), (8 << 10, 512), (1 << 10, 64)];

/// Shortens an event of a harness that no frame would hold. `true` when it had to be.
///
/// # Errors
/// Those of the history.
pub(super) async fn fit(history: &History, event: &mut LogEvent) -> Result<bool, HistoryError> {
    let whole = event.data().map_err(|error| HistoryError::Internal(error.to_string()))?;
    if whole.get().len() <= ENTRY_LIMIT {
        return Ok(false);
    }
    let attached = if let LogEvent::Message(entry) = &*event {
        Some(attachment(history, &entry.message.parts).await?)
    } else {
        None
    };
    if let Some(shorter) = shortened(event.name(), whole.get()) {
        *event = shorter;
    } else if let LogEvent::Message(entry) = event {
        // Nested too deep, or endless in a way that no step covers.
        entry.message.parts = vec![Part::Text { text: "(too much to show; the whole is attached)".to_owned() }];
    }
    if let (LogEvent::Message(entry), Some(attached)) = (event, attached) {
        entry.message.parts.push(attached);
    }
    Ok(true)
}

/// All parts as a file.
async fn attachment(history: &History, parts: &[Part]) -> Result<Part, HistoryError> {
    let whole = serde_json::to_vec(parts).map_err(|error| HistoryError::Internal(error.to_string()))?;
    let blob = history.put_blob(whole.into()).await?;
    let media = Media::Blob { sha256: blob.sha256, mime_type: "application/json".to_owned(), bytes: blob.bytes };
    Ok(Part::Attachment { media, filename: None })
}

/// The same event with the first step that makes it fit.
fn shortened(name: &str, whole: &str) -> Option<LogEvent> {
    let whole: Value = serde_json::from_str(whole).ok()?;
    STEPS.iter().find_map(|(bytes, items)| {
        let mut shorter = whole.clone();
        cut(&mut shorter, *bytes, *items);
        let text = shorter.to_string();
        if text.len() > ENTRY_LIMIT { None } else { LogEvent::decode(name, &text)?.ok() }
    })
}

fn cut(value: &mut Value, bytes: usize, items: usize) {
    match value {
        Value::String(text) if text.len() > bytes => {
            let all = text.len();
            text.truncate(text.floor_char_boundary(bytes));
            text.push_str(&format!("… ({all} bytes in all)"));
        }
        Value::Array(list) => {
            list.truncate(items);
            list.iter_mut().for_each(|item| cut(item, bytes, items));
        }
        Value::Object(fields) => fields.values_mut().for_each(|field| cut(field, bytes, items)),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oqto_protocol::entry::InputRequested;
    use serde_json::json;

    /// What is left of an event after it was made to fit.
    fn left(name: &str, data: &Value) -> Value {
        let event = shortened(name, &data.to_string()).expect("some step fits");
        let text = event.data().unwrap();
        assert!(text.get().len() <= ENTRY_LIMIT);
        text.decode().unwrap()
    }

    fn message(parts: &Value) -> Value {
        let id = oqto_protocol::ids::MessageId::mint();
        json!({"message": {"id": id, "role": "assistant", "parts": parts, "created_at": 1}})
    }

    #[test]
    fn many_parts_each_below_the_limit_of_one() {
        let parts: Vec<_> =
            (0..40).map(|n| json!({"type": "text", "text": format!("{n}{}", "é".repeat(500_000))})).collect();
        let left = left("message", &message(&json!(parts)));
        let parts = left["message"]["parts"].as_array().unwrap();
        assert_eq!(parts.len(), 40);
        assert!(parts.iter().all(|part| part["text"].as_str().unwrap().ends_with("bytes in all)")));
    }

    #[test]
    fn a_text_that_grows_when_it_is_written_as_json() {
        let left = left(
            "message",
            &message(&json!([{"type": "text", "text": "\u{1}".repeat(1_048_576)},
            {"type": "thinking", "text": "\u{1}".repeat(1_048_576)}])),
        );
        assert!(left["message"]["parts"][1]["text"].as_str().unwrap().len() > 1 << 17);
    }

    #[test]
    fn what_a_tool_tells_beside_its_output() {
        let result = json!({"type": "tool_result", "tool_call_id": "t", "output": "fine", "is_error": false,
            "details": {"diff": "x".repeat(9 << 20), "path": "a.txt"}});
        let left = left("message", &message(&json!([result])));
        let part = &left["message"]["parts"][0];
        assert_eq!((&part["output"], &part["details"]["path"]), (&json!("fine"), &json!("a.txt")));
    }

    #[test]
    fn a_question_with_a_million_choices() {
        let id = oqto_protocol::ids::InputId::mint();
        let options: Vec<String> = (0..1_000_000).map(|n| format!("choice {n}")).collect();
        let asked = json!({"request": {"id": id, "kind": "select", "title": "which?", "options": options}});
        let text = shortened("input.requested", &asked.to_string()).unwrap();
        let LogEvent::InputRequested(InputRequested { request, .. }) = text else { panic!("{text:?}") };
        assert_eq!((request.title.as_str(), request.options.len()), ("which?", 4096));
    }
}
