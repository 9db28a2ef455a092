//! Appending: entries, checkpoint, metadata and outcome together.

use oqto_store::rusqlite::{Connection, OptionalExtension};

use super::{Change, Command, apply};
use crate::error::HistoryError;
use crate::model::{Append, Appended, AppendedEntry, Fence, NewEntry};
use crate::rows::{ConversationRow, unsigned};

/// Appends what is new of the entries; what is there already keeps its number and its content.
pub(crate) fn append(mut change: Change<'_>, fence: &Fence, append: &Append) -> Result<Appended, HistoryError> {
    change.check_fence(fence)?;
    let mut row = change.owned(fence, &append.conversation)?;
    check_log(append, &row)?;
    if let Command::Repeated(reply) = change.command(append.outcome.as_ref())? {
        let entries = known(change.db, row.key, &append.entries)?;
        return Ok(Appended { entries, head: row.value.head, repeated: Some(reply) });
    }
    let mut entries = Vec::with_capacity(append.entries.len());
    for entry in &append.entries {
        let existing = find(change.db, row.key, &entry.id)?;
        let existed = existing.is_some();
        let seq = match existing {
            Some(seq) => seq,
            None => change.add_entry(&mut row, entry)?,
        };
        entries.push(AppendedEntry { id: entry.id.clone(), seq, existed });
    }
    if let Some(checkpoint) = &append.checkpoint {
        change.keep_checkpoint(&mut row, checkpoint)?;
    }
    if let Some(patch) = &append.patch {
        apply(patch, &mut row.value);
    }
    if append.patch.is_some() || entries.iter().any(|entry| !entry.existed) {
        change.touch(&mut row.value);
    }
    row.update(change.db)?;
    change.keep_outcome(append.outcome.as_ref())?;
    change.end()?;
    Ok(Appended { entries, head: row.value.head, repeated: None })
}

fn check_log(append: &Append, row: &ConversationRow) -> Result<(), HistoryError> {
    match &append.log {
        Some(log) if *log != row.value.log => Err(HistoryError::LogReplaced(format!(
            "the log of {} is {} and not {log}: the history was restored or replaced",
            append.conversation, row.value.log
        ))),
        Some(_) | None => Ok(()),
    }
}

/// The number of an entry, where there is one of this id.
fn find(db: &Connection, conversation: i64, id: &str) -> Result<Option<u64>, HistoryError> {
    let sql = "SELECT seq FROM entry WHERE conversation = ?1 AND id = ?2";
    Ok(db.prepare_cached(sql)?.query_row((conversation, id), |row| unsigned(row, 0)).optional()?)
}

fn known(db: &Connection, conversation: i64, entries: &[NewEntry]) -> Result<Vec<AppendedEntry>, HistoryError> {
    let mut known = Vec::new();
    for entry in entries {
        if let Some(seq) = find(db, conversation, &entry.id)? {
            known.push(AppendedEntry { id: entry.id.clone(), seq, existed: true });
        }
    }
    Ok(known)
}
