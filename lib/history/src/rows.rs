//! Rows as they lie in the tables, each with its checksum: written with it, refused when read without it.

pub(crate) mod blob_ref;
mod conversation;
mod entry;
mod small;

pub(crate) use conversation::ConversationRow;
pub(crate) use entry::{ENTRY_COLUMNS, EntryRow, decode_entry};
pub(crate) use small::{CheckpointRow, IdentityRow, OutcomeRow, WriterRow};

use oqto_store::rusqlite::{self, Row, types::ValueRef};

use crate::error::HistoryError;

/// Refuses a row that does not have the checksum of its values.
pub(crate) fn whole(what: impl FnOnce() -> String, stored: i64, computed: u32) -> Result<(), HistoryError> {
    if stored == i64::from(computed) {
        return Ok(());
    }
    Err(HistoryError::Corrupt(format!("{} is damaged (its checksum does not match); run: hstry verify", what())))
}

/// The checksum of some columns of a row that was read.
pub(crate) fn checksum(row: &Row<'_>, columns: std::ops::Range<usize>) -> rusqlite::Result<u32> {
    let values: Vec<ValueRef<'_>> = columns.map(|column| row.get_ref(column)).collect::<rusqlite::Result<_>>()?;
    Ok(oqto_store::checksum::of_row(values))
}

/// A number that is never negative; one that is, is damage.
pub(crate) fn unsigned(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    let number: i64 = row.get(column)?;
    u64::try_from(number).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, number))
}

/// The same for a number that may be missing.
pub(crate) fn optional_unsigned(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<u64>> {
    match row.get_ref(column)? {
        ValueRef::Null => Ok(None),
        ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Text(_) | ValueRef::Blob(_) => {
            unsigned(row, column).map(Some)
        }
    }
}

/// A number as the database holds it. Numbers from outside were checked at the edge.
pub(crate) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
