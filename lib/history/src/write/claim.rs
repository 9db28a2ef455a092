//! Taking over as a writer: a rising number that fences the one before.

use oqto_protocol::ids::LogId;
use oqto_store::rusqlite::Connection;

use super::Change;
use crate::error::HistoryError;
use crate::model::{Claim, Claimed};
use crate::rows::{ConversationRow, IdentityRow, WriterRow};

/// Gives the writer the next epoch and the conversations of those that it adopts.
pub(crate) fn claim(mut change: Change<'_>, claim: &Claim) -> Result<Claimed, HistoryError> {
    let current = WriterRow::find(change.db, &claim.writer)?.map_or(0, |row| row.epoch);
    let remembered = claim.known.as_ref().map_or(0, |(_, epoch)| *epoch);
    let same = claim.known.as_ref().is_none_or(|(lineage, _)| *lineage == change.identity.lineage);
    // The same database that has forgotten a claim is an older copy of itself.
    let restored = same && remembered > current;
    if restored {
        renew(change.db, &mut change.identity)?;
    }
    // An epoch is never given twice, also not after a restore.
    let epoch = current.max(if same { remembered } else { 0 }) + 1;
    WriterRow { id: claim.writer.clone(), epoch, claimed_at: change.now }.put(change.db)?;
    for other in claim.adopt.iter().filter(|other| **other != claim.writer) {
        adopt(&change, &claim.writer, other)?;
    }
    let lineage = change.identity.lineage.clone();
    change.end()?;
    Ok(Claimed { epoch, lineage, restored })
}

fn adopt(change: &Change<'_>, writer: &str, other: &str) -> Result<(), HistoryError> {
    if let Some(row) = WriterRow::find(change.db, other)? {
        WriterRow { epoch: row.epoch + 1, claimed_at: change.now, ..row }.put(change.db)?;
    }
    for mut row in rows(change.db, Some(other))? {
        row.value.writer = writer.to_owned();
        row.update(change.db)?;
    }
    Ok(())
}

/// Gives the database and every log a new identity: whoever remembers the old ones starts anew.
pub(crate) fn renew(db: &Connection, identity: &mut IdentityRow) -> Result<(), HistoryError> {
    identity.lineage = crate::lineage::mint();
    for mut row in rows(db, None)?.into_iter().filter(|row| !row.is_deleted()) {
        row.value.log = LogId::mint().to_string();
        row.update(db)?;
    }
    identity.put(db)
}

fn rows(db: &Connection, writer: Option<&str>) -> Result<Vec<ConversationRow>, HistoryError> {
    let sql = ConversationRow::select() + " WHERE ?1 IS NULL OR writer = ?1";
    let mut statement = db.prepare(&sql)?;
    let rows = statement.query_map([writer], |row| Ok(ConversationRow::decode(row)))?;
    rows.map(|row| row?).collect()
}
