//! Deleting a whole conversation, and outcomes that nobody will ask for again.

use oqto_store::rusqlite::Connection;

use super::{Change, Command};
use crate::error::HistoryError;
use crate::model::{Deleted, Fence, Outcome};

/// How long an outcome is kept: thirty days, in milliseconds.
const OUTCOME_AGE: i64 = 30 * 24 * 60 * 60 * 1000;

/// How many outcomes are kept at least, however old the clock makes them look.
const LATEST_OUTCOMES: i64 = 10_000;

/// Deletes a conversation with its log and checkpoint.
pub(crate) fn delete(
    change: Change<'_>,
    fence: &Fence,
    id: &str,
    outcome: Option<&Outcome>,
) -> Result<Deleted, HistoryError> {
    change.check_fence(fence)?;
    if let Command::Repeated(reply) = change.command(outcome)? {
        return Ok(Deleted { entries: 0, repeated: Some(reply) });
    }
    let key = change.owned(fence, id)?.key;
    let entries = change.db.prepare_cached("DELETE FROM entry WHERE conversation = ?1")?.execute([key])?;
    change.db.prepare_cached("DELETE FROM checkpoint WHERE conversation = ?1")?.execute([key])?;
    change.db.prepare_cached("DELETE FROM conversation WHERE key = ?1")?.execute([key])?;
    change.keep_outcome(outcome)?;
    change.end()?;
    Ok(Deleted { entries: entries as u64, repeated: None })
}

/// Drops outcomes that are older than thirty days: no asker repeats a command that late. The latest ones stay whatever the
/// clock says, since it may have jumped.
pub(crate) fn forget_outcomes(db: &Connection, now: i64) -> Result<(), HistoryError> {
    let sql = "DELETE FROM outcome WHERE created_at < ?1 AND rowid <= (SELECT max(rowid) FROM outcome) - ?2";
    db.execute(sql, [now - OUTCOME_AGE, LATEST_OUTCOMES])?;
    Ok(())
}
