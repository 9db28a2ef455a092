//! Finding damage in a history, and moving it aside: nothing is dropped silently, nothing is deleted.

mod logs;
mod salvage;

use std::path::{Path, PathBuf};

use oqto_store::open::read_only;
use oqto_store::verify::{Damage, verify as verify_rows};

use crate::blobs::Blobs;
use crate::error::HistoryError;
use crate::model::Blob;
use crate::schema::{CHECKED, HISTORY};
pub use salvage::{Quarantine, quarantine};

/// What a check looked at and found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows whose checksum was computed again.
    pub rows: u64,
    /// Blobs that were hashed again.
    pub blobs: u64,
    /// What is damaged, each as a sentence; empty when all is well.
    pub damage: Vec<String>,
    /// Blobs that do not hash to their name.
    pub damaged_blobs: Vec<PathBuf>,
}

impl Report {
    /// Whether nothing is damaged.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.damage.is_empty() && self.damaged_blobs.is_empty()
    }
}

/// Checks every row, the structure, every log for gaps, and every blob. Works while a service runs.
///
/// # Errors
/// `NotFound` and `NewerVersion`; damage is in the report.
pub fn verify(database: &Path) -> Result<Report, HistoryError> {
    let mut report = Report::default();
    match read_only(database, &HISTORY).map_err(HistoryError::from) {
        Ok(mut db) => check_database(&mut db, &mut report)?,
        Err(error @ (HistoryError::NotFound(_) | HistoryError::NewerVersion(_) | HistoryError::Locked(_))) => {
            return Err(error);
        }
        Err(error) => report.damage.push(format!("the database cannot be opened: {error}")),
    }
    check_blobs(database, &mut report);
    Ok(report)
}

fn check_database(db: &mut oqto_store::rusqlite::Connection, report: &mut Report) -> Result<(), HistoryError> {
    let state = db.transaction()?;
    let rows = verify_rows(&state, CHECKED)?;
    report.rows = rows.rows;
    report.damage.extend(rows.damage.iter().map(Damage::to_string));
    // Logs are only compared where every row could be read: a damaged row is told once.
    match logs::check(&state) {
        Ok(found) => report.damage.extend(found),
        Err(error) => report.damage.push(format!("the logs cannot be compared: {error}")),
    }
    let _ = state.finish();
    Ok(())
}

fn check_blobs(database: &Path, report: &mut Report) {
    let blobs = Blobs::beside(database);
    for Blob { sha256, .. } in blobs.all() {
        report.blobs += 1;
        if !blobs.is_whole(&sha256) {
            report.damaged_blobs.extend(blobs.path(&sha256));
        }
    }
}
