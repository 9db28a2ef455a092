//! The row of an entry.

use bytes::Bytes;
use oqto_store::checksum::{of_row, text};
use oqto_store::rusqlite::types::ValueRef;
use oqto_store::rusqlite::{Connection, Row, params};

use super::{checksum, unsigned, whole};
use crate::error::HistoryError;
use crate::model::{Entry, NewEntry};

/// The columns that [`decode_entry`] expects, in its order.
pub(crate) const ENTRY_COLUMNS: &str = "position, conversation, seq, id, ts, event, data, crc";

/// An entry on its way into the table.
#[derive(Debug)]
pub(crate) struct EntryRow<'a> {
    pub(crate) position: i64,
    pub(crate) conversation: i64,
    pub(crate) seq: i64,
    pub(crate) id: &'a str,
    pub(crate) ts: i64,
    pub(crate) event: &'a str,
    pub(crate) data: &'a [u8],
}

impl<'a> EntryRow<'a> {
    pub(crate) fn new(entry: &'a NewEntry, conversation: i64, position: i64, seq: i64) -> Self {
        let NewEntry { id, ts, event, data } = entry;
        Self { position, conversation, seq, id, ts: *ts, event, data }
    }

    pub(crate) fn insert(&self, db: &Connection) -> Result<(), HistoryError> {
        let crc = of_row([
            ValueRef::Integer(self.position),
            ValueRef::Integer(self.conversation),
            ValueRef::Integer(self.seq),
            text(Some(self.id)),
            ValueRef::Integer(self.ts),
            text(Some(self.event)),
            ValueRef::Blob(self.data),
        ]);
        db.prepare_cached(
            "INSERT INTO entry (position, conversation, seq, id, ts, event, data, crc) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![self.position, self.conversation, self.seq, self.id, self.ts, self.event, self.data, crc])?;
        Ok(())
    }
}

/// Decodes a row of [`ENTRY_COLUMNS`] and checks its checksum.
pub(crate) fn decode_entry(row: &Row<'_>) -> Result<Entry, HistoryError> {
    let (position, stored): (i64, i64) = (row.get(0)?, row.get(7)?);
    let named = || {
        let (seq, id): (i64, String) = (row.get(2).unwrap_or(0), row.get(3).unwrap_or_default());
        format!("entry {seq} ({id}, position {position})")
    };
    whole(named, stored, checksum(row, 0..7)?)?;
    let data = row.get_ref(6)?.as_blob().map_err(|error| HistoryError::Corrupt(error.to_string()))?;
    Ok(Entry {
        id: row.get(3)?,
        seq: unsigned(row, 2)?,
        ts: row.get(4)?,
        event: row.get(5)?,
        data: Bytes::copy_from_slice(data),
    })
}
