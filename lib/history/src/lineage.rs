//! Noticing that the database is an older copy of itself: a note beside it says how far it had come.
//!
//! The note is written after commits that are on the disk, so it is never ahead of the database it belongs to. A
//! database of the same lineage that has come less far was restored from a copy.

use std::path::{Path, PathBuf};

use oqto_store::lock::beside;
use oqto_store::rusqlite::Connection;

use crate::error::HistoryError;
use crate::rows::IdentityRow;
use crate::write::renew;

/// A new identity for a database.
pub(crate) fn mint() -> String {
    // The ids of logs are the same kind of number; only the word before differs.
    oqto_protocol::ids::LogId::mint().to_string().replacen("log_", "lin_", 1)
}

/// Where the note of a database is.
pub(crate) fn note_path(database: &Path) -> PathBuf {
    beside(database, ".lineage")
}

/// What happened to the database since it was last served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// It was just made.
    New,
    /// It goes on from where it was.
    Same,
    /// It is an older copy; lineage and logs have new identities now.
    Restored,
}

/// Gives a new database its identity, and an older copy a new one. Runs inside a transaction of the writer.
pub(crate) fn establish(db: &Connection, database: &Path, now: i64) -> Result<Found, HistoryError> {
    let Some(mut identity) = IdentityRow::find(db)? else {
        IdentityRow { lineage: mint(), generation: 0, position: 0, created_at: now }.put(db)?;
        return Ok(Found::New);
    };
    match read_note(database) {
        Some((lineage, generation)) if lineage == identity.lineage && generation > identity.generation => {
            identity.generation += 1;
            renew(db, &mut identity)?;
            Ok(Found::Restored)
        }
        Some(_) | None => Ok(Found::Same),
    }
}

fn read_note(database: &Path) -> Option<(String, i64)> {
    let text = std::fs::read_to_string(note_path(database)).ok()?;
    let (lineage, generation) = text.trim_end().split_once(' ')?;
    Some((lineage.to_owned(), generation.parse().ok()?))
}

/// Writes the note. A failure is only told: the note makes noticing likelier, the database does not need it.
pub(crate) fn write_note(database: &Path, lineage: &str, generation: i64) {
    let path = note_path(database);
    let fresh = beside(&path, ".new");
    let written =
        std::fs::write(&fresh, format!("{lineage} {generation}\n")).and_then(|()| std::fs::rename(&fresh, &path));
    if let Err(error) = written {
        tracing::warn!(path = %path.display(), %error, "the note on how far the history has come was not written");
    }
}
