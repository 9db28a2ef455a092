//! The index of the log: one row an issue, and the edges between them.

use std::collections::HashMap;

use oqto_store::error::StoreError;
use oqto_store::ledger::{Line, Refusal, Shape};
use oqto_store::rusqlite::{Connection, OptionalExtension as _};

use crate::event::Event;
use crate::fold::State;
use crate::id::is_plausible;
use crate::issue::{Kind, Link, Status};
use crate::time;

/// States kept in memory during a reading before they are written back.
const KEPT: usize = 2_000;

/// Folds events into rows. Small columns come first: SQLite reads a row only as far as it is asked.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    states: HashMap<String, State>,
}

impl Shape for Folded {
    fn version(&self) -> i64 {
        1
    }

    fn schema(&self) -> &str {
        "CREATE TABLE issue (
             id TEXT PRIMARY KEY, status TEXT, priority INTEGER NOT NULL, kind TEXT, created INTEGER NOT NULL,
             updated INTEGER NOT NULL, closed INTEGER, title TEXT, assignee TEXT, claim_by TEXT, claim_until INTEGER,
             comments INTEGER NOT NULL, stale INTEGER NOT NULL, line TEXT, snap TEXT, state TEXT NOT NULL
         ) STRICT, WITHOUT ROWID;
         CREATE INDEX issue_stale ON issue (stale) WHERE stale = 1;
         CREATE INDEX issue_open ON issue (status, priority, created, id, kind, claim_by, claim_until, title)
             WHERE status IN ('open', 'in_progress', 'blocked');
         CREATE TABLE edge (id TEXT, kind TEXT, target TEXT, PRIMARY KEY (id, kind, target)) STRICT, WITHOUT ROWID;
         CREATE INDEX edge_back ON edge (target, kind, id);
         CREATE TABLE label (label TEXT, id TEXT, PRIMARY KEY (id, label)) STRICT, WITHOUT ROWID;
         CREATE TABLE interchange (one INTEGER PRIMARY KEY, state TEXT NOT NULL, lines INTEGER NOT NULL) STRICT;
         CREATE TABLE interchange_damage (line INTEGER, why TEXT) STRICT;"
    }

    fn apply(&mut self, db: &Connection, line: Line<'_>) -> Result<(), Refusal> {
        let event = parse(line.text)?;
        if !self.states.contains_key(&event.issue_id) {
            let state = load(db, &event.issue_id)?.unwrap_or_default();
            if self.states.len() >= KEPT {
                self.finish(db)?;
            }
            self.states.insert(event.issue_id.clone(), state);
        }
        let state = self.states.entry(event.issue_id.clone()).or_default();
        state.apply(&event).map_err(Refusal::Bad)
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

/// Reads a line of the log.
pub(crate) fn parse(text: &str) -> Result<Event, Refusal> {
    let event: Event = serde_json::from_str(text).map_err(|error| Refusal::bad(error.to_string()))?;
    if !is_plausible(&event.issue_id) {
        return Err(Refusal::bad(format!("{:?} is no id of an issue", event.issue_id)));
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
    Ok(event)
}

pub(crate) fn load(db: &Connection, id: &str) -> Result<Option<State>, StoreError> {
    let mut select = db.prepare_cached("SELECT state FROM issue WHERE id = ?1")?;
    let text: Option<String> = select.query_row([id], |row| row.get(0)).optional()?;
    text.map(|text| serde_json::from_str(&text).map_err(|error| StoreError::corrupt(error.to_string()))).transpose()
}

fn json(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::corrupt(error.to_string()))
}

fn store(db: &Connection, id: &str, state: &State) -> Result<(), StoreError> {
    let issue = state.issue(id);
    let line = issue.as_ref().map(json).transpose()?;
    let at = |text: Option<&String>| text.and_then(|text| time::nanoseconds(text));
    let claim = issue.as_ref().and_then(|issue| issue.claim.as_ref());
    // `snap` is the line that the interchange file is known to have where that is not `line`.
    db.prepare_cached(
        "INSERT INTO issue VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 1, ?13, NULL, ?14)
         ON CONFLICT (id) DO UPDATE SET status = excluded.status, priority = excluded.priority, kind = excluded.kind,
           created = excluded.created, updated = excluded.updated, closed = excluded.closed, title = excluded.title,
           assignee = excluded.assignee, claim_by = excluded.claim_by, claim_until = excluded.claim_until,
           comments = excluded.comments, state = excluded.state, line = excluded.line,
           snap = CASE WHEN stale = 0 THEN line ELSE snap END,
           stale = CASE WHEN stale = 0 AND line IS excluded.line THEN 0 ELSE 1 END",
    )?
    .execute((
        id,
        issue.as_ref().map(|issue| issue.status.word()),
        issue.as_ref().map_or(2, |issue| issue.priority),
        issue.as_ref().map(|issue| issue.kind.word()),
        at(issue.as_ref().map(|issue| &issue.created_at)).unwrap_or(0),
        state.last(),
        at(issue.as_ref().and_then(|issue| issue.closed_at.as_ref())),
        issue.as_ref().map(|issue| &issue.title),
        issue.as_ref().and_then(|issue| issue.assignee.as_ref()),
        claim.map(|claim| &claim.by),
        at(claim.map(|claim| &claim.until)),
        issue.as_ref().map_or(0, |issue| i64::try_from(issue.comments.len()).unwrap_or(i64::MAX)),
        line,
        json(state)?,
    ))?;
    db.prepare_cached("DELETE FROM edge WHERE id = ?1")?.execute([id])?;
    db.prepare_cached("DELETE FROM label WHERE id = ?1")?.execute([id])?;
    let Some(issue) = issue else { return Ok(()) };
    if issue.status == Status::Tombstone {
        return Ok(());
    }
    for dependency in &issue.dependencies {
        // An old fault of the command line: a parent that blocks its child is only its parent.
        let parent = crate::id::parent_of(id).is_some_and(|(parent, _)| parent == dependency.depends_on_id);
        let link = if parent && dependency.link == Link::Blocks { Link::ParentChild } else { dependency.link };
        db.prepare_cached("INSERT OR IGNORE INTO edge VALUES (?1, ?2, ?3)")?.execute((
            id,
            link.word(),
            &dependency.depends_on_id,
        ))?;
    }
    for label in &issue.labels {
        db.prepare_cached("INSERT OR IGNORE INTO label VALUES (?1, ?2)")?.execute((label, id))?;
    }
    Ok(())
}
