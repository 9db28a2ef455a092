//! New conversations, and changes of their metadata.

use oqto_protocol::ids::LogId;

use super::{Change, Command, apply};
use crate::error::HistoryError;
use crate::model::{Conversation, ConversationPatch, Fence, NewConversation, Outcome, Written};
use crate::rows::ConversationRow;

/// Makes a conversation with its first entries.
pub(crate) fn create(mut change: Change<'_>, fence: &Fence, new: &NewConversation) -> Result<Written, HistoryError> {
    change.check_fence(fence)?;
    if let Command::Repeated(reply) = change.command(new.outcome.as_ref())? {
        return repeated(&change, &new.id, reply);
    }
    let created_at = new.created_at.unwrap_or(change.now);
    let mut row = blank(&change, fence, &new.id, created_at)?;
    apply(&new.values, &mut row.value);
    row.insert(change.db)?;
    for entry in &new.entries {
        change.add_entry(&mut row, entry)?;
    }
    if let Some(checkpoint) = &new.checkpoint {
        change.keep_checkpoint(&mut row, checkpoint)?;
    }
    row.update(change.db)?;
    change.keep_outcome(new.outcome.as_ref())?;
    change.end()?;
    Ok(Written { conversation: Some(row.value), repeated: None })
}

/// A conversation without entries, not yet in the table.
pub(super) fn blank(
    change: &Change<'_>,
    fence: &Fence,
    id: &str,
    created_at: i64,
) -> Result<ConversationRow, HistoryError> {
    if ConversationRow::find(change.db, id)?.is_some() {
        return Err(HistoryError::AlreadyExists(format!("there is a conversation {id} already")));
    }
    let value = Conversation {
        id: id.to_owned(),
        log: LogId::mint().to_string(),
        writer: fence.writer.clone(),
        state: "null".into(),
        metadata: "{}".into(),
        created_at,
        updated_at: created_at,
        ..Conversation::default()
    };
    Ok(ConversationRow { key: 0, value, checkpoint: None })
}

pub(super) fn repeated(change: &Change<'_>, id: &str, reply: bytes::Bytes) -> Result<Written, HistoryError> {
    let conversation = ConversationRow::find(change.db, id)?.map(|row| row.value);
    Ok(Written { conversation, repeated: Some(reply) })
}

/// Changes the metadata of a conversation.
pub(crate) fn update(
    change: Change<'_>,
    fence: &Fence,
    id: &str,
    patch: &ConversationPatch,
    outcome: Option<&Outcome>,
) -> Result<Written, HistoryError> {
    change.check_fence(fence)?;
    if let Command::Repeated(reply) = change.command(outcome)? {
        return repeated(&change, id, reply);
    }
    let mut row = change.owned(fence, id)?;
    apply(patch, &mut row.value);
    change.touch(&mut row.value);
    row.update(change.db)?;
    change.keep_outcome(outcome)?;
    change.end()?;
    Ok(Written { conversation: Some(row.value), repeated: None })
}
