//! Reading a log by number, forwards and backwards, in pages that fit a request.

use oqto_store::rusqlite::{Connection, Rows};

use crate::error::HistoryError;
use crate::model::{Entry, EntryPage, MessagePage};
use crate::names::number;
use crate::rows::{ConversationRow, ENTRY_COLUMNS, decode_entry};

/// A page ends after this many bytes of data, and holds at least one entry.
const PAGE_BYTES: usize = 1 << 20;
/// The longest page.
const MAX_LIMIT: u32 = 1000;

/// The entries after a number.
pub(crate) fn entries(db: &Connection, id: &str, after: u64, limit: u32) -> Result<EntryPage, HistoryError> {
    let row = ConversationRow::get(db, id)?;
    let limit = limit_of(limit, 200);
    let after = number("`after`", after)?;
    let sql = format!("SELECT {ENTRY_COLUMNS} FROM entry WHERE conversation = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3");
    let mut statement = db.prepare_cached(&sql)?;
    let (entries, _) = page(statement.query((row.key, after, limit))?, limit)?;
    gap_free(id, after, row.value.head, &entries)?;
    Ok(EntryPage { log: row.value.log, head: row.value.head, entries })
}

/// The messages before a number, the newest last.
pub(crate) fn messages(
    db: &Connection,
    id: &str,
    before: Option<u64>,
    limit: u32,
) -> Result<MessagePage, HistoryError> {
    let row = ConversationRow::get(db, id)?;
    let limit = limit_of(limit, 50);
    let before = before.map_or(Ok(i64::MAX), |before| number("`before`", before))?;
    let sql = format!(
        "SELECT {ENTRY_COLUMNS} FROM entry WHERE conversation = ?1 AND seq < ?2 AND event = 'message'
         ORDER BY seq DESC LIMIT ?3"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let (mut entries, more) = page(statement.query((row.key, before, limit + 1))?, limit)?;
    entries.reverse();
    Ok(MessagePage { log: row.value.log, head: row.value.head, entries, more })
}

fn limit_of(limit: u32, default: u32) -> u32 {
    if limit == 0 { default } else { limit.min(MAX_LIMIT) }
}

/// Takes rows until the page is full; says whether any were left.
fn page(mut rows: Rows<'_>, limit: u32) -> Result<(Vec<Entry>, bool), HistoryError> {
    let mut entries = Vec::new();
    let mut bytes = 0;
    while let Some(row) = rows.next()? {
        if entries.len() >= limit as usize {
            return Ok((entries, true));
        }
        let entry = decode_entry(row)?;
        bytes += entry.data.len();
        if bytes > PAGE_BYTES && !entries.is_empty() {
            return Ok((entries, true));
        }
        entries.push(entry);
    }
    Ok((entries, false))
}

/// A number that is missing between two others, or before the head, is damage and never skipped.
fn gap_free(id: &str, after: i64, head: u64, entries: &[Entry]) -> Result<(), HistoryError> {
    let mut expected = u64::try_from(after).unwrap_or(0);
    for entry in entries {
        expected += 1;
        if entry.seq != expected {
            return Err(missing(id, expected));
        }
    }
    if entries.is_empty() && expected < head { Err(missing(id, expected + 1)) } else { Ok(()) }
}

fn missing(id: &str, seq: u64) -> HistoryError {
    HistoryError::Corrupt(format!("entry {seq} of {id} is missing; run: hstry verify"))
}
