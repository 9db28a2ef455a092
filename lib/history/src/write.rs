//! The changes: each function runs inside one transaction of the writer, so that all of it happens or nothing.

mod append;
mod claim;
mod create;
mod delete;
mod fork;

pub(crate) use append::append;
pub(crate) use claim::{claim, renew};
pub(crate) use create::{create, update};
pub(crate) use delete::{Cleared, clear_some, delete, forget_outcomes};
pub(crate) use fork::fork;

use bytes::Bytes;
use oqto_store::rusqlite::Connection;

use crate::error::HistoryError;
use crate::model::{Checkpoint, Conversation, ConversationPatch, Fence, MESSAGE, NewEntry, Outcome};
use crate::names;
use crate::rows::{CheckpointRow, ConversationRow, EntryRow, IdentityRow, OutcomeRow, WriterRow, blob_ref};

/// A transaction in progress: the connection, what time it is, and the identity that is written at its end.
pub(crate) struct Change<'a> {
    pub(crate) db: &'a Connection,
    /// Unix milliseconds.
    pub(crate) now: i64,
    identity: IdentityRow,
}

/// Whether a command is new, or was answered before.
pub(crate) enum Command {
    New,
    Repeated(Bytes),
}

impl<'a> Change<'a> {
    pub(crate) fn begin(db: &'a Connection, now: i64) -> Result<Self, HistoryError> {
        Ok(Self { db, now, identity: IdentityRow::get(db)? })
    }

    /// Writes how far the database has come; the last step of every change.
    pub(crate) fn end(mut self) -> Result<(), HistoryError> {
        self.identity.generation += 1;
        self.identity.put(self.db)
    }

    /// Refuses every writer that is not the newest of its name.
    pub(crate) fn check_fence(&self, fence: &Fence) -> Result<(), HistoryError> {
        let current = WriterRow::find(self.db, &fence.writer)?;
        match current {
            Some(current) if current.epoch == fence.epoch => Ok(()),
            Some(current) => Err(HistoryError::Fenced(format!(
                "writer {} has epoch {}, and not {}: another process took over",
                fence.writer, current.epoch, fence.epoch
            ))),
            None => Err(HistoryError::Fenced(format!("writer {} has not claimed its epoch", fence.writer))),
        }
    }

    /// A conversation that this writer may change.
    pub(crate) fn owned(&self, fence: &Fence, id: &str) -> Result<ConversationRow, HistoryError> {
        let row = ConversationRow::get(self.db, id)?;
        if row.value.writer == fence.writer {
            return Ok(row);
        }
        let text = format!("conversation {id} belongs to writer {}, and not to {}", row.value.writer, fence.writer);
        Err(HistoryError::Fenced(text))
    }

    /// Whether the command behind a change was answered before.
    pub(crate) fn command(&self, outcome: Option<&Outcome>) -> Result<Command, HistoryError> {
        let Some(outcome) = outcome else { return Ok(Command::New) };
        let known = OutcomeRow::find(self.db, &outcome.client_id)?;
        Ok(known.map_or(Command::New, |row| Command::Repeated(row.reply)))
    }

    pub(crate) fn keep_outcome(&self, outcome: Option<&Outcome>) -> Result<(), HistoryError> {
        let Some(Outcome { client_id, reply }) = outcome else { return Ok(()) };
        OutcomeRow { client_id: client_id.clone(), reply: reply.clone(), created_at: self.now }.insert(self.db)
    }

    /// Adds an entry to the end of a log; returns its number. The caller knows that its id is new.
    pub(crate) fn add_entry(&mut self, row: &mut ConversationRow, entry: &NewEntry) -> Result<u64, HistoryError> {
        self.identity.position += 1;
        row.value.head += 1;
        if entry.event == MESSAGE {
            row.value.message_count += 1;
        }
        let seq = names::number("the number of an entry", row.value.head)?;
        EntryRow::new(entry, row.key, self.identity.position, seq).insert(self.db)?;
        blob_ref::note(self.db, row.key, &entry.data)?;
        Ok(row.value.head)
    }

    pub(crate) fn keep_checkpoint(
        &self,
        row: &mut ConversationRow,
        checkpoint: &Checkpoint,
    ) -> Result<(), HistoryError> {
        let Checkpoint { position, state } = checkpoint;
        names::number("the position of the checkpoint", *position)?;
        row.checkpoint = Some(*position);
        CheckpointRow { conversation: row.key, position: *position, state: state.clone() }.put(self.db)
    }

    /// A change of a conversation is never older than the one before, also when the clock is set back.
    pub(crate) fn touch(&self, value: &mut Conversation) {
        value.updated_at = value.updated_at.max(self.now);
    }
}

/// Sets the fields that a patch names.
fn apply(patch: &ConversationPatch, value: &mut Conversation) {
    let ConversationPatch { title, workspace, harness, model, provider, state, native_id, native_file, metadata } =
        patch;
    set(&mut value.title, title);
    set(&mut value.workspace, workspace);
    set(&mut value.harness, harness);
    set(&mut value.model, model);
    set(&mut value.provider, provider);
    set(&mut value.state, state);
    set(&mut value.metadata, metadata);
    set_optional(&mut value.native_id, native_id);
    set_optional(&mut value.native_file, native_file);
}

fn set(field: &mut String, new: &Option<String>) {
    if let Some(new) = new {
        field.clone_from(new);
    }
}

fn set_optional(field: &mut Option<String>, new: &Option<String>) {
    if let Some(new) = new {
        *field = (!new.is_empty()).then(|| new.clone());
    }
}
