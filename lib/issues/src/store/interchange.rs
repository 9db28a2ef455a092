//! `issues.jsonl`: the issues as other programs read and write them.
//!
//! After each change the whole issue is appended as one line, so the last line of an id counts; `sync` and `export`
//! make one line of each. Whoever was killed between the log and this file left rows marked stale in the index, and the
//! next change writes them. When the file is not as we left it, somebody else wrote: what differs from the line that we
//! last knew becomes an event with their time, so that it competes field by field with what happened here.

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt as _;

use oqto_store::ledger::{Damage, Ledger, Locked, Position, Verdict};
use oqto_store::rusqlite::OptionalExtension as _;
use serde_json::Value;
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

use super::{INTERCHANGE, Store};
use crate::error::{IssueError, Result};
use crate::event::{Change, Event};
use crate::id::is_plausible;
use crate::issue::{FIELDS, SETS};
use crate::time;

/// A line, field by field, each as it is written.
type Fields = BTreeMap<String, Box<RawValue>>;

fn file(store: &Store) -> Ledger {
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

fn remember(db: &oqto_store::rusqlite::Connection, state: &str, more: i64) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO interchange VALUES (1, ?1, ?2)
         ON CONFLICT (one) DO UPDATE SET state = excluded.state, lines = lines + excluded.lines",
    )?
    .execute((state, more))?;
    Ok(())
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
        let (found, damage, lines) = read(self)?;
        let mut events = Vec::new();
        let mut same = Vec::new();
        for (id, line) in &found {
            match compare(self, id, line)? {
                Compared::Same => same.push(id),
                Compared::Theirs(event) => events.push(*event),
                Compared::Older => {}
            }
        }
        let db = self.index.db_mut().transaction()?;
        db.execute("UPDATE issue SET stale = 1 WHERE line IS NOT NULL", [])?;
        for id in same {
            db.prepare_cached("UPDATE issue SET stale = 0, snap = NULL WHERE id = ?1")?.execute([id])?;
        }
        db.execute("DELETE FROM interchange_damage", [])?;
        for (line, why) in damage {
            db.prepare_cached("INSERT INTO interchange_damage VALUES (?1, ?2)")?.execute((line.cast_signed(), why))?;
        }
        db.execute("DELETE FROM interchange", [])?;
        remember(&db, &before, i64::try_from(lines).unwrap_or(i64::MAX))?;
        db.commit()?;
        if !events.is_empty() {
            let ticket = self.append(locked, &events)?;
            follow(self, locked)?;
            ticket.sync()?;
        }
        Ok(())
    }

    /// Makes one line of each issue, sorted by id, if there are more. Says whether the file was written.
    ///
    /// # Errors
    /// Those of files.
    pub fn compact(&mut self) -> Result<bool> {
        let mut locked = self.ledger.lock()?;
        self.take_in_locked(&mut locked)?;
        let lines = self.lines()?;
        let path = self.folder.join(INTERCHANGE);
        let wanted: String = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
        if std::fs::read(&path).is_ok_and(|there| there == wanted.as_bytes()) {
            return Ok(false);
        }
        file(self).lock()?.replace(&lines)?;
        let state = state(self)?;
        let db = self.index.db_mut().transaction()?;
        db.execute("UPDATE issue SET stale = 0, snap = NULL", [])?;
        db.execute("DELETE FROM interchange_damage", [])?;
        db.execute("DELETE FROM interchange", [])?;
        remember(&db, &state, i64::try_from(lines.len()).unwrap_or(i64::MAX))?;
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

/// The line of each id that counts: the one with the greatest `updated_at`, of equals the later one.
type Found = (BTreeMap<String, String>, Vec<(u64, String)>, usize);

fn read(store: &Store) -> Result<Found> {
    let mut found: BTreeMap<String, (i64, String)> = BTreeMap::new();
    let mut lines = 0;
    let pass = file(store).read(Position::START, |line| {
        lines += 1;
        match head(line.text) {
            Err(why) => return Verdict::Bad(why),
            Ok((id, at)) => {
                if found.get(&id).is_none_or(|(there, _)| *there <= at) {
                    found.insert(id, (at, line.text.to_owned()));
                }
            }
        }
        Verdict::Good
    })?;
    Ok((found.into_iter().map(|(id, (_, line))| (id, line)).collect(), pass.damage, lines))
}

/// Checks a line; gives its id and the time of its last change.
pub(super) fn head(line: &str) -> std::result::Result<(String, i64), String> {
    #[derive(serde::Deserialize)]
    struct Head {
        id: String,
        #[serde(rename = "title")]
        _title: String,
        #[serde(rename = "status")]
        _status: crate::Status,
        #[serde(rename = "priority")]
        _priority: u8,
        #[serde(rename = "issue_type")]
        _kind: crate::Kind,
        created_at: String,
        updated_at: String,
    }
    let head: Head = serde_json::from_str(line).map_err(|error| error.to_string())?;
    if !is_plausible(&head.id) {
        return Err(format!("{:?} is no id of an issue", head.id));
    }
    for time in [&head.created_at, &head.updated_at] {
        time::nanoseconds(time).ok_or_else(|| format!("{time:?} is no time as in RFC 3339"))?;
    }
    let at = time::nanoseconds(&head.updated_at).unwrap_or(0);
    Ok((head.id, at))
}

enum Compared {
    Same,
    Older,
    Theirs(Box<Event>),
}

fn compare(store: &Store, id: &str, line: &str) -> Result<Compared> {
    let mut select = store
        .db()
        .prepare_cached("SELECT line, CASE WHEN stale = 0 THEN line ELSE snap END FROM issue WHERE id = ?1")?;
    let row: Option<(Option<String>, Option<String>)> =
        select.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let (ours, base) = row.unwrap_or_default();
    if ours.as_deref() == Some(line) {
        return Ok(Compared::Same);
    }
    let theirs = fields(line)?;
    let Some(ours) = ours else {
        return Ok(Compared::Theirs(Box::new(event(id, "created", line, all(&theirs)))));
    };
    let at = |fields: &Fields| text(fields, "updated_at").and_then(|text| time::nanoseconds(&text)).unwrap_or(0);
    let ours = fields(&ours)?;
    if at(&theirs) <= at(&ours) {
        return Ok(Compared::Older);
    }
    let base = base.as_deref().map(fields).transpose()?;
    let changes = difference(base.as_ref().unwrap_or(&ours), &theirs);
    if changes.is_empty() {
        return Ok(Compared::Older);
    }
    let closed = |fields: &Fields| text(fields, "status").as_deref() == Some("closed");
    let action = match (closed(&ours), closed(&theirs)) {
        (false, true) => "closed",
        (true, false) => "reopened",
        (true, true) | (false, false) => "updated",
    };
    Ok(Compared::Theirs(Box::new(event(id, action, line, changes))))
}

pub(super) fn fields(line: &str) -> Result<Fields> {
    serde_json::from_str(line).map_err(|error| IssueError::invalid(error.to_string()))
}

fn text(fields: &Fields, name: &str) -> Option<String> {
    serde_json::from_str(fields.get(name)?.get()).ok()
}

fn members(fields: &Fields, name: &str) -> Vec<Value> {
    fields.get(name).and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or_default()
}

/// An event that two clones make alike of the same line.
pub(super) fn event(id: &str, action: &str, line: &str, changes: Vec<Change>) -> Event {
    let digest = Sha256::digest(line.as_bytes());
    let name: String = digest.iter().take(10).map(|byte| format!("{byte:02x}")).collect();
    let timestamp = fields(line).ok().and_then(|fields| text(&fields, "updated_at")).unwrap_or_default();
    Event {
        id: format!("evt_{name}"),
        issue_id: id.to_owned(),
        action: action.to_owned(),
        timestamp,
        changes,
        note: Some(INTERCHANGE.to_owned()),
        ..Event::default()
    }
}

/// Everything that a line says, as changes.
pub(super) fn all(theirs: &Fields) -> Vec<Change> {
    difference(&Fields::new(), theirs)
}

fn difference(base: &Fields, theirs: &Fields) -> Vec<Change> {
    let mut changes = Vec::new();
    let value = |raw: &RawValue| serde_json::from_str::<Value>(raw.get()).ok();
    let is_field = |name: &str| !["id", "updated_at"].contains(&name) && !SETS.contains(&name);
    for (name, to) in theirs.iter().filter(|(name, _)| is_field(name)) {
        let from = base.get(name);
        if from.is_none_or(|from| from.get() != to.get() && value(from) != value(to)) {
            changes.push(Change {
                field: name.clone(),
                from: from.cloned(),
                to: Some(to.clone()),
                ..Change::default()
            });
        }
    }
    // Other programs drop what they do not know; only known fields are cleared by being absent.
    for (name, from) in base.iter().filter(|(name, _)| is_field(name) && FIELDS.contains(&name.as_str())) {
        if !theirs.contains_key(name) {
            changes.push(Change { field: name.clone(), from: Some(from.clone()), ..Change::default() });
        }
    }
    for name in ["labels", "dependencies", "sessions"] {
        let (before, after) = (members(base, name), members(theirs, name));
        let add: Vec<Value> = after.iter().filter(|member| !before.contains(member)).cloned().collect();
        let remove: Vec<Value> = before.into_iter().filter(|member| !after.contains(member)).collect();
        if !(add.is_empty() && remove.is_empty()) {
            changes.push(Change { field: name.to_owned(), add, remove, ..Change::default() });
        }
    }
    changes
}
