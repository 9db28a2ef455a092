//! Deleting whole conversations, a little at a time, and outcomes that nobody will ask for again.

use oqto_store::rusqlite::Connection;

use super::{Change, Command};
use crate::error::HistoryError;
use crate::model::{Conversation, Deleted, Fence, Outcome};
use crate::rows::{ConversationRow, blob_ref};

/// How long an outcome is kept: thirty days, in milliseconds.
const OUTCOME_AGE: i64 = 30 * 24 * 60 * 60 * 1000;

/// How many outcomes are kept at least, however old the clock makes them look.
const LATEST_OUTCOMES: i64 = 10_000;

/// How many entries of a deleted conversation go in one transaction, and how many bytes of them.
const STEP: i64 = 200;
const STEP_BYTES: i64 = 1 << 20;

/// What a step of clearing up has done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cleared {
    /// Nothing was left of any deleted conversation.
    Nothing,
    /// Some of one.
    Some,
    /// The last of one.
    Whole {
        /// Its row.
        conversation: i64,
        /// The blobs that it named.
        blobs: Vec<String>,
    },
}

/// Deletes a conversation: from now on nobody sees it. Its entries go afterwards, by [`clear_some`], since a long log
/// would make everybody wait. Gives its row as well.
pub(crate) fn delete(
    change: Change<'_>,
    fence: &Fence,
    id: &str,
    outcome: Option<&Outcome>,
) -> Result<(Deleted, Option<i64>), HistoryError> {
    change.check_fence(fence)?;
    if let Command::Repeated(reply) = change.command(outcome)? {
        return Ok((Deleted { entries: 0, repeated: Some(reply) }, None));
    }
    let ConversationRow { key, value, .. } = change.owned(fence, id)?;
    change.db.prepare_cached("DELETE FROM checkpoint WHERE conversation = ?1")?.execute([key])?;
    let Conversation { head, message_count, created_at, updated_at, .. } = value;
    let nothing = Conversation {
        id: format!("deleted_{key}"),
        state: "null".into(),
        metadata: "{}".into(),
        head,
        message_count,
        created_at,
        updated_at,
        ..Conversation::default()
    };
    ConversationRow { key, value: nothing, checkpoint: None }.update(change.db)?;
    change.keep_outcome(outcome)?;
    change.end()?;
    Ok((Deleted { entries: head, repeated: None }, Some(key)))
}

/// Removes some of what is left of a deleted conversation, or the conversation when nothing is.
pub(crate) fn clear_some(change: Change<'_>) -> Result<Cleared, HistoryError> {
    let Some(row) = ConversationRow::deleted(change.db)? else { return Ok(Cleared::Nothing) };
    let cleared = match step(change.db, row.key)? {
        Some(last) => {
            let sql = "DELETE FROM entry WHERE conversation = ?1 AND seq <= ?2";
            change.db.prepare_cached(sql)?.execute([row.key, last])?;
            Cleared::Some
        }
        None => {
            let blobs = blob_ref::take(change.db, row.key)?;
            change.db.prepare_cached("DELETE FROM conversation WHERE key = ?1")?.execute([row.key])?;
            Cleared::Whole { conversation: row.key, blobs }
        }
    };
    change.end()?;
    Ok(cleared)
}

/// The number up to which entries go next.
fn step(db: &Connection, conversation: i64) -> Result<Option<i64>, HistoryError> {
    let sql = "SELECT seq, length(data) FROM entry WHERE conversation = ?1 ORDER BY seq LIMIT ?2";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([conversation, STEP])?;
    let (mut last, mut bytes) = (None, 0);
    while let Some(row) = rows.next()? {
        bytes += row.get::<_, i64>(1)?;
        if last.is_some() && bytes > STEP_BYTES {
            break;
        }
        last = Some(row.get(0)?);
    }
    Ok(last)
}

/// Drops outcomes that are older than thirty days: no asker repeats a command that late. The latest ones stay whatever the
/// clock says, since it may have jumped.
pub(crate) fn forget_outcomes(db: &Connection, now: i64) -> Result<(), HistoryError> {
    let sql = "DELETE FROM outcome WHERE created_at < ?1 AND rowid <= (SELECT max(rowid) FROM outcome) - ?2";
    db.execute(sql, [now - OUTCOME_AGE, LATEST_OUTCOMES])?;
    Ok(())
}
