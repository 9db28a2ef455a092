//! The questions: each function reads one consistent state of the database.

mod list;
mod log;

pub(crate) use list::list;
pub(crate) use log::{entries, messages};

use bytes::Bytes;
use oqto_store::rusqlite::Connection;

use crate::error::HistoryError;
use crate::model::{Checkpoint, Conversation, Stats};
use crate::rows::{CheckpointRow, ConversationRow, IdentityRow, OutcomeRow, unsigned};

pub(crate) fn conversation(db: &Connection, id: &str) -> Result<Conversation, HistoryError> {
    Ok(ConversationRow::get(db, id)?.value)
}

pub(crate) fn checkpoint(db: &Connection, id: &str) -> Result<Option<Checkpoint>, HistoryError> {
    let row = ConversationRow::get(db, id)?;
    let found = CheckpointRow::find(db, row.key)?;
    if found.as_ref().map(|found| found.position) != row.checkpoint {
        return Err(HistoryError::Corrupt(format!(
            "the checkpoint of {id} is missing or another one; run: hstry verify"
        )));
    }
    Ok(found.map(|CheckpointRow { position, state, .. }| Checkpoint { position, state }))
}

pub(crate) fn outcome(db: &Connection, client_id: &str) -> Result<Option<Bytes>, HistoryError> {
    Ok(OutcomeRow::find(db, client_id)?.map(|row| row.reply))
}

/// The figures that the tables know; sizes and the state of the index are filled in by the caller.
pub(crate) fn stats(db: &Connection) -> Result<Stats, HistoryError> {
    let identity = IdentityRow::get(db)?;
    let sql = "SELECT count(*), coalesce(sum(head), 0), coalesce(sum(message_count), 0) FROM conversation
               WHERE log <> ''";
    let (conversations, entries, messages) =
        db.query_row(sql, [], |row| Ok((unsigned(row, 0)?, unsigned(row, 1)?, unsigned(row, 2)?)))?;
    Ok(Stats {
        lineage: identity.lineage,
        conversations,
        entries,
        messages,
        position: u64::try_from(identity.position).unwrap_or(0),
        version: env!("CARGO_PKG_VERSION").into(),
        ..Stats::default()
    })
}

/// Runs a question in one transaction, so that all of it sees the same state.
pub(crate) fn consistent<T>(
    db: &mut Connection,
    question: impl FnOnce(&Connection) -> Result<T, HistoryError>,
) -> Result<T, HistoryError> {
    let state = db.transaction()?;
    let answer = question(&state)?;
    state.finish()?;
    Ok(answer)
}
