//! What a database is: whose it is, and how it came to its present shape.

use rusqlite::Connection;

use crate::error::StoreError;

/// One step from a version to the next. Released steps never change.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// What it brings, for the log.
    pub name: &'static str,
    /// Its statements; they run in one transaction together with the new version number.
    pub sql: &'static str,
}

/// A database's identity and its versions: version N is what the first N migrations make.
#[derive(Debug, Clone, Copy)]
pub struct Schema {
    /// Kept in the file's header, so that another program's database is refused. Never 0.
    pub application_id: i32,
    /// In order, oldest first.
    pub migrations: &'static [Migration],
}

impl Schema {
    /// The newest version that this program knows.
    #[must_use]
    pub fn version(&self) -> i64 {
        i64::try_from(self.migrations.len()).unwrap_or(i64::MAX)
    }

    /// Refuses a database of another program or of a newer version; returns the version that it has.
    pub(crate) fn check(&self, db: &Connection) -> Result<i64, StoreError> {
        let found: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let application_id: i32 = db.query_row("PRAGMA application_id", [], |row| row.get(0))?;
        let is_new = found == 0 && application_id == 0 && is_empty(db)?;
        if application_id != self.application_id && !is_new {
            return Err(StoreError::Foreign { path: Default::default(), found: application_id });
        }
        if found > self.version() {
            return Err(StoreError::NewerVersion { path: Default::default(), found, known: self.version() });
        }
        Ok(found)
    }

    /// Brings a database to the newest version, one transaction a step.
    pub(crate) fn migrate(&self, db: &mut Connection) -> Result<(), StoreError> {
        loop {
            let version = self.check(db)?;
            let Some(next) = usize::try_from(version).ok().and_then(|index| self.migrations.get(index)) else {
                return Ok(());
            };
            let step = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            if self.check(&step)? != version {
                continue; // Another process was faster.
            }
            step.execute_batch(next.sql)?;
            step.pragma_update(None, "application_id", self.application_id)?;
            step.pragma_update(None, "user_version", version + 1)?;
            step.commit()?;
            tracing::debug!(version = version + 1, name = next.name, "migrated");
        }
    }
}

fn is_empty(db: &Connection) -> Result<bool, StoreError> {
    Ok(db.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get(0))?)
}
