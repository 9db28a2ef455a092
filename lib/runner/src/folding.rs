//! Reading a session's log page by page, each entry decoded.

use oqto_history::model::Entry;
use oqto_protocol::entry::LogEvent;
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::ids::SessionId;

use crate::history::History;

/// Entries of one page.
const PAGE: u32 = 1000;

/// An entry as it was read.
#[derive(Debug)]
pub(crate) struct ReadEntry {
    /// As it is kept.
    pub(crate) entry: Entry,
    /// Unix milliseconds.
    pub(crate) ts: u64,
    /// What it says; `None` for an event that this version does not know.
    pub(crate) event: Option<LogEvent>,
}

/// Gives every entry after a number to `take`, up to the end of the log.
///
/// # Errors
/// `corrupt` for an entry whose payload does not belong to its name; those of the history.
pub(crate) async fn read(
    history: &History,
    id: SessionId,
    mut after: u64,
    mut take: impl FnMut(ReadEntry),
) -> Result<(), WireError> {
    loop {
        let page = history.entries(id, after, PAGE).await.map_err(|error| error.to_wire())?;
        let more = !page.entries.is_empty();
        for entry in page.entries {
            after = entry.seq;
            take(ReadEntry { ts: u64::try_from(entry.ts).unwrap_or_default(), event: decoded(id, &entry)?, entry });
        }
        if !more || after >= page.head {
            return Ok(());
        }
    }
}

/// What an entry says; `None` for an event that this version does not know.
///
/// # Errors
/// `corrupt` when its payload does not belong to its name.
pub(crate) fn decoded(id: SessionId, entry: &Entry) -> Result<Option<LogEvent>, WireError> {
    let text = std::str::from_utf8(&entry.data).unwrap_or_default();
    LogEvent::decode(&entry.event, text).transpose().map_err(|error| {
        let said = format!("entry {} of {id} cannot be read: {error}", entry.seq);
        WireError::new(ErrorKind::Corrupt, said).with_hint("hstry verify")
    })
}
