//! The index of a ledger: its events by id, its memories as they are now, and the terms they are found by.

use std::collections::BTreeSet;

use oqto_store::error::StoreError;
use oqto_store::ledger::{Line, Refusal, Shape};
use oqto_store::rusqlite::{self, Connection, OptionalExtension as _};
use sha2::{Digest as _, Sha256};

use crate::event::Event;
use crate::memory::Memory;
use crate::replay::{Told, fold};
use crate::similar;
use crate::words::{terms, words};

/// Rises with every change of the tables, the terms or the rules of replay.
const VERSION: i64 = 3;

const SCHEMA: &str = "
    CREATE TABLE event (
        id TEXT NOT NULL, payload BLOB NOT NULL, memory TEXT NOT NULL, line TEXT NOT NULL, PRIMARY KEY (id, payload)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX event_of ON event (memory);
    CREATE TABLE memory (
        doc INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, active INTEGER NOT NULL, updated TEXT NOT NULL,
        importance INTEGER NOT NULL, expires TEXT, same INTEGER NOT NULL, record TEXT NOT NULL, terms TEXT NOT NULL
    ) STRICT;
    CREATE TABLE tally (memories INTEGER NOT NULL) STRICT;
    INSERT INTO tally VALUES (0);
    CREATE INDEX memory_same ON memory (same) WHERE active;
    CREATE INDEX memory_updated ON memory (updated DESC, id) WHERE active;
    CREATE VIRTUAL TABLE found USING fts5 (
        terms, content='', contentless_delete=1, detail=none, tokenize='ascii'
    );
    CREATE TABLE vocabulary (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    CREATE TABLE spelling (
        first TEXT NOT NULL, letters INTEGER NOT NULL, word TEXT NOT NULL, PRIMARY KEY (first, letters, word)
    ) STRICT, WITHOUT ROWID;
";

/// How lines become tables. Memories are folded once at the end of a reading.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    touched: BTreeSet<String>,
}

impl Shape for Tables {
    fn version(&self) -> i64 {
        VERSION
    }

    fn schema(&self) -> &str {
        SCHEMA
    }

    fn apply(&mut self, db: &Connection, line: Line<'_>) -> Result<(), Refusal> {
        let event = Event::parse(line.text).map_err(Refusal::bad)?;
        let payload = Sha256::digest(line.text.as_bytes());
        let mut insert = db.prepare_cached("INSERT OR IGNORE INTO event VALUES (?1, ?2, ?3, ?4)")?;
        if insert.execute((&event.id, payload.as_slice(), event.target(), line.text))? == 1 {
            // An id with two payloads concerns the memories of both.
            let mut others = db.prepare_cached("SELECT memory FROM event WHERE id = ?1")?;
            for memory in others.query_map([&event.id], |row| row.get::<_, String>(0))? {
                self.touched.insert(memory?);
            }
        }
        Ok(())
    }

    fn finish(&mut self, db: &Connection) -> Result<(), StoreError> {
        let mut more = 0;
        for id in std::mem::take(&mut self.touched) {
            more += refold(db, &id)?;
        }
        db.execute("UPDATE tally SET memories = memories + ?1", [more])?;
        Ok(())
    }

    fn forget(&mut self) {
        self.touched.clear();
    }
}

/// Folds a memory again, and tells by how many there are more of those that were not removed.
fn refold(db: &Connection, id: &str) -> rusqlite::Result<i64> {
    let mut delete = db.prepare_cached("DELETE FROM memory WHERE id = ?1 RETURNING doc, active")?;
    let before = delete.query_row([id], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, bool>(1)?))).optional()?;
    if let Some((doc, true)) = before {
        db.prepare_cached("DELETE FROM found WHERE rowid = ?1")?.execute([doc])?;
    }
    let memory = fold(told(db, id)?);
    if let Some(memory) = &memory {
        insert(db, memory)?;
    }
    let was = before.is_some_and(|(_, active)| active);
    let is = memory.is_some_and(|memory| memory.active);
    Ok(i64::from(is) - i64::from(was))
}

fn told(db: &Connection, id: &str) -> rusqlite::Result<Vec<Told>> {
    let mut select = db.prepare_cached(
        "SELECT line, (SELECT count(*) FROM event other WHERE other.id = event.id) FROM event
         WHERE memory = ?1 ORDER BY id, payload",
    )?;
    let rows = select.query_map([id], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
    let mut told = Vec::new();
    for row in rows {
        let (line, payloads) = row?;
        if let Some((event, time)) = Event::parse(&line).ok().and_then(|event| event.time().map(|time| (event, time))) {
            told.push(Told { time, event, disputed: payloads > 1 });
        }
    }
    Ok(told)
}

fn insert(db: &Connection, memory: &Memory) -> rusqlite::Result<()> {
    let words = words(&searched(memory));
    let record =
        serde_json::to_string(memory).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    let same = similar::fingerprint(&memory.content);
    let terms = terms(&words);
    let mut into = db.prepare_cached(
        "INSERT INTO memory (id, active, updated, importance, expires, same, record, terms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    let Memory { memory_id, active, updated_at, importance, expires_at, .. } = memory;
    into.execute((memory_id, active, updated_at, importance, expires_at, same, &record, &terms))?;
    if memory.active {
        let doc = db.last_insert_rowid();
        db.prepare_cached("INSERT INTO found (rowid, terms) VALUES (?1, ?2)")?.execute((doc, &terms))?;
        let mut known = db.prepare_cached("INSERT OR IGNORE INTO vocabulary VALUES (?1)")?;
        let mut spelt = db.prepare_cached("INSERT OR IGNORE INTO spelling VALUES (?1, ?2, ?3)")?;
        for word in words {
            // A number is never a misspelling of another one.
            let first = word.word.chars().next().filter(|_| !word.word.bytes().any(|byte| byte.is_ascii_digit()));
            if let (1, Some(first)) = (known.execute([&word.word])?, first) {
                spelt.execute((first.to_string(), word.word.chars().count() as i64, &word.word))?;
            }
        }
    }
    Ok(())
}

/// What a memory is found by.
fn searched(memory: &Memory) -> String {
    let category = memory.category.as_deref().unwrap_or_default();
    let why = memory.why.as_deref().unwrap_or_default();
    format!("{}\n{}\n{category}\n{why}", memory.content, memory.tags.join(" "))
}
