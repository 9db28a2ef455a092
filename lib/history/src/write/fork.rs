//! Forking: copies of entries in a new conversation, so that either can be deleted.

use oqto_protocol::ids::EntryId;
use oqto_store::rusqlite::Connection;

use super::create::{blank, repeated};
use super::{Change, Command, apply};
use crate::error::HistoryError;
use crate::model::{Entry, Fence, Fork, ForkRange, NewEntry, Written};
use crate::names::number;
use crate::rows::{ConversationRow, ENTRY_COLUMNS, decode_entry};

/// How many entries are copied at a time.
const PAGE: usize = 64;

/// Copies entries into a new conversation. Any writer may fork any conversation.
pub(crate) fn fork(mut change: Change<'_>, fence: &Fence, fork: &Fork) -> Result<Written, HistoryError> {
    change.check_fence(fence)?;
    if let Command::Repeated(reply) = change.command(fork.outcome.as_ref())? {
        return repeated(&change, &fork.id, reply);
    }
    let source = ConversationRow::get(change.db, &fork.source)?;
    let seqs = chosen(&fork.range, source.value.head)?;
    let mut row = blank(&change, fence, &fork.id, change.now)?;
    inherit(&source, &mut row);
    row.value.parent_seq = fork.parent_seq.or(seqs.last().copied());
    apply(&fork.values, &mut row.value);
    row.insert(change.db)?;
    for page in seqs.chunks(PAGE) {
        for seq in page {
            let entry = at(change.db, source.key, number("the number of an entry", *seq)?)?;
            change.add_entry(&mut row, &copy(&fork.id, entry))?;
        }
    }
    for entry in &fork.entries {
        change.add_entry(&mut row, entry)?;
    }
    row.update(change.db)?;
    change.keep_outcome(fork.outcome.as_ref())?;
    change.end()?;
    Ok(Written { conversation: Some(row.value), repeated: None })
}

/// The numbers to copy, checked against the log.
fn chosen(range: &ForkRange, head: u64) -> Result<Vec<u64>, HistoryError> {
    let seqs = match range {
        ForkRange::UpTo(last) if *last > head => vec![*last],
        ForkRange::UpTo(last) => (1..=*last).collect(),
        ForkRange::Exactly(seqs) => seqs.clone(),
    };
    if !seqs.is_sorted_by(|one, next| one < next) {
        return Err(HistoryError::Invalid("the numbers of the entries to copy do not rise".into()));
    }
    match (seqs.first(), seqs.last()) {
        (Some(0), _) => Err(HistoryError::Invalid("entries are numbered from 1".into())),
        (_, Some(last)) if *last > head => {
            Err(HistoryError::Invalid(format!("the log ends at {head}, there is no entry {last}")))
        }
        (Some(_) | None, Some(_) | None) => Ok(seqs),
    }
}

fn inherit(source: &ConversationRow, row: &mut ConversationRow) {
    let from = &source.value;
    row.value.title.clone_from(&from.title);
    row.value.workspace.clone_from(&from.workspace);
    row.value.harness.clone_from(&from.harness);
    row.value.model.clone_from(&from.model);
    row.value.provider.clone_from(&from.provider);
    row.value.metadata.clone_from(&from.metadata);
    row.value.parent = Some(from.id.clone());
}

fn at(db: &Connection, conversation: i64, seq: i64) -> Result<Entry, HistoryError> {
    let sql = format!("SELECT {ENTRY_COLUMNS} FROM entry WHERE conversation = ?1 AND seq = ?2");
    db.prepare_cached(&sql)?.query_row((conversation, seq), |row| Ok(decode_entry(row)))?
}

/// The same fact under an id of its own, the same every time.
fn copy(conversation: &str, entry: Entry) -> NewEntry {
    let id = EntryId::derived(&[b"fork", conversation.as_bytes(), entry.id.as_bytes()]).to_string();
    NewEntry { id, ts: entry.ts, event: entry.event, data: entry.data }
}
