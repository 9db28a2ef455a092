//! What is accepted as a name, a size or JSON at the edge, so that nobody looks again.

use crate::error::HistoryError;
use crate::model::{ConversationPatch, NewEntry, Outcome};

/// The longest id, event name or client id, in bytes.
pub(crate) const MAX_NAME: usize = 200;
/// The largest data of an entry, state of a checkpoint or reply of an outcome, in bytes.
pub(crate) const MAX_VALUE: usize = 16 << 20;
/// The largest request, in bytes.
pub(crate) const MAX_REQUEST: usize = 64 << 20;
/// The largest number that the database can hold.
const MAX_NUMBER: u64 = i64::MAX as u64;

pub(crate) fn name(what: &str, text: &str) -> Result<(), HistoryError> {
    if text.is_empty() {
        return Err(HistoryError::Invalid(format!("{what} is empty")));
    }
    if text.len() > MAX_NAME {
        return Err(HistoryError::Invalid(format!("{what} is longer than {MAX_NAME} bytes")));
    }
    if text.chars().any(char::is_control) {
        return Err(HistoryError::Invalid(format!("{what} holds a control character")));
    }
    Ok(())
}

pub(crate) fn size(what: &str, bytes: &[u8]) -> Result<(), HistoryError> {
    if bytes.len() > MAX_VALUE {
        return Err(HistoryError::TooLarge(format!("{what} has {} bytes, more than {MAX_VALUE}", bytes.len())));
    }
    Ok(())
}

/// A number as the database holds it.
pub(crate) fn number(what: &str, value: u64) -> Result<i64, HistoryError> {
    i64::try_from(value).map_err(|_| HistoryError::Invalid(format!("{what} is larger than {MAX_NUMBER}")))
}

pub(crate) fn json(what: &str, text: &[u8]) -> Result<(), HistoryError> {
    size(what, text)?;
    serde_json::from_slice::<serde::de::IgnoredAny>(text)
        .map(drop)
        .map_err(|error| HistoryError::Invalid(format!("{what} is not JSON: {error}")))
}

pub(crate) fn entries(entries: &[NewEntry]) -> Result<(), HistoryError> {
    for entry in entries {
        name("the id of an entry", &entry.id)?;
        name("the event of an entry", &entry.event)?;
        json("the data of an entry", &entry.data)?;
    }
    Ok(())
}

pub(crate) fn outcome(outcome: Option<&Outcome>) -> Result<(), HistoryError> {
    let Some(outcome) = outcome else { return Ok(()) };
    name("the client id", &outcome.client_id)?;
    size("the reply", &outcome.reply)
}

pub(crate) fn patch(patch: &ConversationPatch) -> Result<(), HistoryError> {
    if let Some(state) = &patch.state {
        json("the state", state.as_bytes())?;
    }
    if let Some(metadata) = &patch.metadata {
        size("the metadata", metadata.as_bytes())?;
        serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(metadata)
            .map_err(|error| HistoryError::Invalid(format!("the metadata is not a JSON object: {error}")))?;
    }
    Ok(())
}
