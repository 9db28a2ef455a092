//! `issues.jsonl`: the issues as other programs read and write them.
//!
//! After each change the whole issue is appended as one line, so the last line of an id counts; `sync` and `export`
//! make one line of each. Whoever was killed between the log and this file left rows marked stale in the index, and the
//! next change writes them. When the file is not as we left it, somebody else wrote, see [`foreign`](super::foreign).

use std::os::unix::fs::MetadataExt as _;

use oqto_store::ledger::{Damage, Ledger, Locked};
use oqto_store::rusqlite::{Connection, OptionalExtension as _};

use super::foreign::Found;
use super::{INTERCHANGE, Store};
use crate::error::{IssueError, Result};

pub(super) fn file(store: &Store) -> Ledger {
    Ledger::open(store.folder.join(INTERCHANGE))
}

/// What tells whether somebody wrote the file.
fn state(store: &Store) -> Result<String> {
    let path = store.folder.join(INTERCHANGE);
    match std::fs::metadata(&path) {
        Ok(meta) => Ok(format!("{} {} {}.{}", meta.ino(), meta.size(), meta.mtime(), meta.mtime_nsec())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok("none".into()),
        Err(error) => Err(IssueError::file("look at", &path, error)),
    }
}

/// Whether the file is not as it was left.
pub(super) fn is_changed(store: &Store) -> Result<bool> {
    let known = store.db().prepare("SELECT state FROM interchange").ok();
    let known: Option<String> = match known {
        Some(mut select) => select.query_row([], |row| row.get(0)).optional()?,
        None => None,
    };
    Ok(known != Some(state(store)?))
}

/// The lines of it that do not count.
pub(super) fn damage(store: &Store) -> Result<Vec<Damage>> {
    let mut select = store.db().prepare_cached("SELECT line, why FROM interchange_damage ORDER BY line")?;
    let path = store.folder.join(INTERCHANGE);
    let rows = select.query_map([], |row| {
        Ok(Damage { file: path.clone(), line: row.get::<_, i64>(0)?.cast_unsigned(), why: row.get(1)? })
    })?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// Writes the lines of issues that changed, after the log has them. The lock of the log is held.
pub(super) fn follow(store: &mut Store, _locked: &Locked) -> Result<()> {
    let stale: Vec<(String, String)> = {
        let mut select = store
            .db()
            .prepare_cached("SELECT id, line FROM issue WHERE stale = 1 AND line IS NOT NULL ORDER BY updated, id")?;
        let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect::<std::result::Result<_, _>>()?
    };
    if !stale.is_empty() {
        let lines: Vec<&str> = stale.iter().map(|(_, line)| line.as_str()).collect();
        // Not waited for: it can be made again from the log.
        drop(file(store).lock()?.append(&lines)?);
    }
    let state = state(store)?;
    let db = store.index.db_mut().transaction()?;
    db.prepare_cached("UPDATE issue SET stale = 0, snap = NULL WHERE stale = 1 AND line IS NOT NULL")?.execute([])?;
    remember(&db, &state, i64::try_from(stale.len()).unwrap_or(0))?;
    db.commit()?;
    Ok(())
}

fn remember(db: &Connection, state: &str, more: i64) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO interchange VALUES (1, ?1, ?2)
         ON CONFLICT (one) DO UPDATE SET state = excluded.state, lines = lines + excluded.lines",
    )?
    .execute((state, more))?;
    Ok(())
}

/// Remembers the file after it was read or written whole.
fn remember_all(db: &Connection, state: &str, lines: usize, damage: &[(u64, String)]) -> Result<()> {
    db.execute("DELETE FROM interchange_damage", [])?;
    for (line, why) in damage {
        db.prepare_cached("INSERT INTO interchange_damage VALUES (?1, ?2)")?.execute((line.cast_signed(), why))?;
    }
    db.execute("DELETE FROM interchange", [])?;
    remember(db, state, i64::try_from(lines).unwrap_or(i64::MAX))
}

impl Store {
    /// Takes in what others wrote into the interchange file.
    pub(super) fn take_in(&mut self) -> Result<()> {
        let mut locked = self.ledger.lock()?;
        self.take_in_locked(&mut locked)
    }

    pub(super) fn take_in_locked(&mut self, locked: &mut Locked) -> Result<()> {
        // Before the log: what the file was known to hold is compared, not what a merge just brought.
        let before = state(self)?;
        let changed = is_changed(self)?;
        self.index.catch_up()?;
        if !changed && !is_changed(self)? {
            return Ok(());
        }
        let moment = self.moment()?;
        let found = Found::read(self)?;
        let events = found.news(self)?;
        drop(moment);
        let db = self.index.db_mut().transaction()?;
        db.execute("UPDATE issue SET stale = 1 WHERE line IS NOT NULL", [])?;
        for id in &found.same {
            db.prepare_cached("UPDATE issue SET stale = 0, snap = NULL WHERE id = ?1")?.execute([id])?;
        }
        remember_all(&db, &before, found.lines, &found.damage)?;
        db.commit()?;
        if !events.is_empty() {
            let ticket = self.append(locked, &events)?;
            follow(self, locked)?;
            ticket.sync()?;
        }
        Ok(())
    }

    /// Makes one line of each issue, sorted by id, if there are more. Lines that nobody can read stay, at the end. Says
    /// whether the file was written.
    ///
    /// # Errors
    /// Those of files.
    pub fn compact(&mut self) -> Result<bool> {
        let mut locked = self.ledger.lock()?;
        self.take_in_locked(&mut locked)?;
        let found = Found::read(self)?;
        let lines = [self.lines()?, found.unread].concat();
        let path = self.folder.join(INTERCHANGE);
        let wanted: String = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
        if std::fs::read(&path).is_ok_and(|there| there == wanted.as_bytes()) {
            return Ok(false);
        }
        file(self).lock()?.replace(&lines)?;
        let state = state(self)?;
        let damage = Found::read(self)?.damage;
        let db = self.index.db_mut().transaction()?;
        db.execute("UPDATE issue SET stale = 0, snap = NULL", [])?;
        remember_all(&db, &state, lines.len(), &damage)?;
        db.commit()?;
        drop(locked);
        Ok(true)
    }

    /// The interchange form: one line an issue, sorted by id, deleted ones too.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn lines(&self) -> Result<Vec<String>> {
        let mut select = self.db().prepare_cached("SELECT line FROM issue WHERE line IS NOT NULL ORDER BY id")?;
        Ok(select.query_map([], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?)
    }
}
