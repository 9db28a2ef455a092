//! The index of the log: one row an issue, and the edges between them.

use std::collections::{BTreeSet, HashMap};

use oqto_store::error::StoreError;
use oqto_store::ledger::{Line, Refusal, Shape};
use oqto_store::rusqlite::{Connection, OptionalExtension as _};

use crate::event::Event;
use crate::fold::State;
use crate::id::is_plausible;
use crate::issue::{Issue, Kind, Link, Status};
use crate::time;

/// States kept in memory during a reading before they are written back.
const KEPT: usize = 2_000;

/// `issue.done` of what is not closed; listing that is the beginning of one index.
pub(crate) const OPEN: i64 = 0;
/// Of what is closed.
pub(crate) const CLOSED: i64 = 1;
/// Of what is deleted.
pub(crate) const DELETED: i64 = 2;
/// Of what is only known by name, because another issue names it.
pub(crate) const NAMED: i64 = 3;

/// Folds events into rows. Issues have numbers here, in the order they came, so that edges are small. What lists show lies
/// in one index, in the usual order; the text of an issue is read only where it is wanted, and its fold has a table of
/// its own.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    states: HashMap<String, State>,
}

impl Shape for Folded {
    fn version(&self) -> i64 {
        3
    }

    fn schema(&self) -> &str {
        "CREATE TABLE issue (
             n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, done INTEGER NOT NULL DEFAULT 3, status INTEGER,
             priority INTEGER NOT NULL DEFAULT 2, kind INTEGER, created INTEGER NOT NULL DEFAULT 0,
             updated INTEGER NOT NULL DEFAULT 0, closed INTEGER, assignee TEXT, claim_by TEXT, claim_until INTEGER,
             comments INTEGER NOT NULL DEFAULT 0, stale INTEGER NOT NULL DEFAULT 0, title TEXT, line TEXT, snap TEXT
         ) STRICT;
         CREATE INDEX issue_order ON issue (done, priority, created, id, status, kind, updated, closed, assignee,
             claim_by, claim_until, comments, title);
         CREATE INDEX issue_root ON issue (id) WHERE instr(id, '.') = 0;
         CREATE INDEX issue_stale ON issue (n) WHERE stale = 1;
         CREATE TABLE fold (n INTEGER PRIMARY KEY, state TEXT NOT NULL) STRICT;
         CREATE TABLE edge (n INTEGER, link INTEGER, target INTEGER, counts INTEGER NOT NULL,
             PRIMARY KEY (n, link, target)) STRICT, WITHOUT ROWID;
         CREATE INDEX edge_counts ON edge (link, n, target) WHERE counts = 1;
         CREATE INDEX edge_back ON edge (target, link, n);
         CREATE TABLE label (label TEXT, n INTEGER, PRIMARY KEY (n, label)) STRICT, WITHOUT ROWID;
         CREATE TABLE interchange (one INTEGER PRIMARY KEY, state TEXT NOT NULL, lines INTEGER NOT NULL) STRICT;
         CREATE TABLE interchange_damage (line INTEGER, why TEXT) STRICT;"
    }

    fn page(&self) -> u32 {
        8192
    }

    fn apply(&mut self, db: &Connection, line: Line<'_>) -> Result<(), Refusal> {
        for event in parse(line.text)?.together() {
            self.take(db, &event)?;
        }
        Ok(())
    }

    fn finish(&mut self, db: &Connection) -> Result<(), StoreError> {
        for (id, state) in self.states.drain() {
            store(db, &id, &state)?;
        }
        Ok(())
    }

    fn forget(&mut self) {
        self.states.clear();
    }
}

impl Folded {
    fn take(&mut self, db: &Connection, event: &Event) -> Result<(), Refusal> {
        if !self.states.contains_key(&event.issue_id) {
            let state = load(db, &event.issue_id)?.unwrap_or_default();
            if self.states.len() >= KEPT {
                self.finish(db)?;
            }
            self.states.insert(event.issue_id.clone(), state);
        }
        self.states.entry(event.issue_id.clone()).or_default().apply(event).map_err(Refusal::Bad)
    }
}

/// Reads a line of the log, and checks all that it says.
pub(crate) fn parse(text: &str) -> Result<Event, Refusal> {
    let event: Event = serde_json::from_str(text).map_err(|error| Refusal::bad(error.to_string()))?;
    for event in std::iter::once(&event).chain(&event.more) {
        check(event)?;
    }
    Ok(event)
}

fn check(event: &Event) -> Result<(), Refusal> {
    if !is_plausible(&event.issue_id) {
        return Err(Refusal::bad(format!("{:?} is no id of an issue", event.issue_id)));
    }
    if time::nanoseconds(&event.timestamp).is_none() {
        return Err(Refusal::bad(format!("{:?} is no time as in RFC 3339", event.timestamp)));
    }
    if event.more.iter().any(|event| !event.more.is_empty()) {
        return Err(Refusal::bad("events within events within an event"));
    }
    for change in &event.changes {
        let Some(to) = change.to.as_ref().map(|raw| raw.get()) else { continue };
        let fine = match change.field.as_str() {
            "status" => serde_json::from_str::<Status>(to).is_ok(),
            "issue_type" => serde_json::from_str::<Kind>(to).is_ok(),
            "priority" => serde_json::from_str::<u8>(to).is_ok(),
            "title" => serde_json::from_str::<String>(to).is_ok(),
            _ => true,
        };
        if !fine {
            return Err(Refusal::bad(format!("{to} is no {}", change.field)));
        }
    }
    Ok(())
}

pub(crate) fn load(db: &Connection, id: &str) -> Result<Option<State>, StoreError> {
    let mut select = db.prepare_cached("SELECT state FROM fold JOIN issue USING (n) WHERE id = ?1")?;
    let text: Option<String> = select.query_row([id], |row| row.get(0)).optional()?;
    text.map(|text| serde_json::from_str(&text).map_err(|error| StoreError::corrupt(error.to_string()))).transpose()
}

/// The number of an issue, if it has one.
pub(crate) fn number(db: &Connection, id: &str) -> Result<Option<i64>, StoreError> {
    let mut select = db.prepare_cached("SELECT n FROM issue WHERE id = ?1")?;
    Ok(select.query_row([id], |row| row.get(0)).optional()?)
}

fn numbered(db: &Connection, id: &str) -> Result<i64, StoreError> {
    if let Some(n) = number(db, id)? {
        return Ok(n);
    }
    db.prepare_cached("INSERT INTO issue (id) VALUES (?1)")?.execute([id])?;
    Ok(db.last_insert_rowid())
}

fn json(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::corrupt(error.to_string()))
}

fn store(db: &Connection, id: &str, state: &State) -> Result<(), StoreError> {
    let n = numbered(db, id)?;
    db.prepare_cached("INSERT OR REPLACE INTO fold VALUES (?1, ?2)")?.execute((n, json(state)?))?;
    let issue = state.issue(id);
    let line = issue.as_ref().map(json).transpose()?;
    let at = |text: Option<&String>| text.and_then(|text| time::nanoseconds(text));
    let claim = issue.as_ref().and_then(|issue| issue.claim.as_ref());
    // `snap` is the line that the interchange file is known to have where that is not `line`.
    db.prepare_cached(
        "UPDATE issue SET done = ?2, status = ?3, priority = ?4, kind = ?5, created = ?6, updated = ?7, closed = ?8,
           title = ?9, assignee = ?10, claim_by = ?11, claim_until = ?12, comments = ?13,
           snap = CASE WHEN stale = 0 THEN line ELSE snap END,
           stale = CASE WHEN stale = 0 AND line IS ?14 THEN 0 ELSE 1 END, line = ?14 WHERE n = ?1",
    )?
    .execute((
        n,
        done(issue.as_ref()),
        issue.as_ref().map(|issue| issue.status.code()),
        issue.as_ref().map_or(2, |issue| issue.priority),
        issue.as_ref().map(|issue| issue.kind.code()),
        at(issue.as_ref().map(|issue| &issue.created_at)).unwrap_or(0),
        state.last(),
        at(issue.as_ref().and_then(|issue| issue.closed_at.as_ref())),
        issue.as_ref().map(|issue| &issue.title),
        issue.as_ref().and_then(|issue| issue.assignee.as_ref()),
        claim.map(|claim| &claim.by),
        at(claim.map(|claim| &claim.until)),
        issue.as_ref().map_or(0, |issue| i64::try_from(issue.comments.len()).unwrap_or(i64::MAX)),
        line,
    ))?;
    let issue = issue.filter(|issue| issue.status != Status::Tombstone);
    store_edges(db, n, issue.as_ref())?;
    store_labels(db, n, issue.as_ref().map_or(&[], |issue| &issue.labels))
}

fn done(issue: Option<&Issue>) -> i64 {
    match issue.map(|issue| issue.status) {
        Some(Status::Open | Status::InProgress | Status::Blocked) => OPEN,
        Some(Status::Closed) => CLOSED,
        Some(Status::Tombstone) => DELETED,
        None => NAMED,
    }
}

/// An edge counts unless it says what a closed issue waited for.
fn store_edges(db: &Connection, n: i64, issue: Option<&Issue>) -> Result<(), StoreError> {
    let is_open = done(issue) == OPEN;
    let mut wanted = BTreeSet::new();
    for (link, target) in issue.into_iter().flat_map(Issue::edges) {
        wanted.insert((link.code(), numbered(db, target)?, is_open || link != Link::Blocks));
    }
    let mut select = db.prepare_cached("SELECT link, target, counts FROM edge WHERE n = ?1")?;
    let there: BTreeSet<(i64, i64, bool)> =
        select.query_map([n], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect::<Result<_, _>>()?;
    for (link, target, _) in there.difference(&wanted) {
        let mut delete = db.prepare_cached("DELETE FROM edge WHERE n = ?1 AND link = ?2 AND target = ?3")?;
        delete.execute((n, link, target))?;
    }
    for (link, target, counts) in wanted.difference(&there) {
        db.prepare_cached("INSERT INTO edge VALUES (?1, ?2, ?3, ?4)")?.execute((n, link, target, counts))?;
    }
    Ok(())
}

fn store_labels(db: &Connection, n: i64, labels: &[String]) -> Result<(), StoreError> {
    let mut select = db.prepare_cached("SELECT label FROM label WHERE n = ?1")?;
    let there: BTreeSet<String> = select.query_map([n], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let wanted: BTreeSet<String> = labels.iter().cloned().collect();
    for label in there.difference(&wanted) {
        db.prepare_cached("DELETE FROM label WHERE n = ?1 AND label = ?2")?.execute((n, label))?;
    }
    for label in wanted.difference(&there) {
        db.prepare_cached("INSERT INTO label VALUES (?2, ?1)")?.execute((n, label))?;
    }
    Ok(())
}
