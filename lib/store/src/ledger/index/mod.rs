//! A rebuildable SQLite cache beside a ledger.
//!
//! The user says what the tables are and how a line changes them ([`Shape`]); this module knows what was read already.
//! It goes on where it stopped if the file only grew, whoever wrote it, and reads everything again otherwise. Nothing
//! here is worth a sync or an error: a cache that is damaged, of another version, from before the machine was started
//! last, or not writable is made again, in memory if need be.
//!
//! ```
//! use oqto_store::ledger::{Index, Ledger, Line, Refusal, Shape};
//! use oqto_store::rusqlite::Connection;
//!
//! struct Notes;
//! impl Shape for Notes {
//!     fn version(&self) -> i64 {
//!         1
//!     }
//!     fn schema(&self) -> &str {
//!         "CREATE TABLE note (text TEXT NOT NULL) STRICT;"
//!     }
//!     fn apply(&mut self, db: &Connection, line: Line<'_>) -> Result<(), Refusal> {
//!         if !line.text.starts_with('{') {
//!             return Err(Refusal::bad("not an object"));
//!         }
//!         db.prepare_cached("INSERT INTO note VALUES (?1)")?.execute([line.text])?;
//!         Ok(())
//!     }
//! }
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! let ledger = Ledger::open(folder.path().join("notes.jsonl"));
//! ledger.lock()?.append(&[r#"{"note":"kept"}"#, "nonsense"])?.sync()?;
//! let mut index = Index::open(&ledger, Notes)?;
//! index.catch_up()?;
//! let notes: i64 = index.db().query_row("SELECT count(*) FROM note", [], |row| row.get(0))?;
//! assert_eq!((notes, index.damage()?[0].line), (1, 2));
//! # Ok(())
//! # }
//! ```

mod growth;
mod mark;
mod place;

use rusqlite::{Connection, TransactionBehavior};

use super::damage::Damage;
use super::error::LedgerError;
use super::file::Ledger;
use super::lines::{Line, Verdict};
use super::lock::Locked;
use crate::error::StoreError;
use growth::Growth;
use mark::{Found, Mark, Next};
use place::Place;

/// Tables made of lines. Applying the same lines in the same order must give the same tables.
pub trait Shape {
    /// Rises with every change of the schema or of what a line means.
    fn version(&self) -> i64;

    /// The statements that make the tables. Names beginning with `ledger_` are taken.
    fn schema(&self) -> &str;

    /// Bytes of a page of the index, a power of two from 512 to 65,536. Large ones are for reading thousands of lines, where
    /// each page is a call of the system; small ones for looking up a few.
    fn page(&self) -> u32 {
        4096
    }

    /// Takes in one line.
    ///
    /// # Errors
    /// `Bad` when the line is at fault: it is remembered as damage and must have changed nothing. `Failed` ends the
    /// reading.
    fn apply(&mut self, db: &Connection, line: Line<'_>) -> Result<(), Refusal>;

    /// Called after the last line of a reading, in the same transaction.
    ///
    /// # Errors
    /// When the database fails.
    fn finish(&mut self, db: &Connection) -> Result<(), StoreError> {
        let _ = db;
        Ok(())
    }

    /// Called when what was applied so far is given up, before everything is read again.
    fn forget(&mut self) {}
}

/// Why a line was not applied.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The line is at fault.
    #[error("{0}")]
    Bad(String),
    /// The index failed.
    #[error(transparent)]
    Failed(#[from] StoreError),
}

impl Refusal {
    /// The line is at fault: why.
    pub fn bad(why: impl Into<String>) -> Self {
        Self::Bad(why.into())
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// What a reading did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caught {
    /// Nothing had changed.
    Current,
    /// New lines were applied.
    Grown,
    /// Everything was read.
    Rebuilt,
}

/// Where the index is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// In the folder `.index` beside the ledger.
    OnDisk,
    /// In this process only, because the folder cannot be used.
    InMemory,
}

/// An open index of one ledger.
#[derive(Debug)]
pub struct Index<S> {
    ledger: Ledger,
    shape: S,
    place: Place,
    db: Connection,
}

impl<S: Shape> Index<S> {
    /// Opens the index of `ledger`, and makes it where there is none. Nothing is read yet, see [`Index::catch_up`].
    ///
    /// # Errors
    /// Only when not even a database in memory can be had.
    pub fn open(ledger: &Ledger, shape: S) -> Result<Self, LedgerError> {
        let (place, db) = Place::open(ledger.path(), shape.page()).map_err(|source| failed(ledger, source))?;
        Ok(Self { ledger: ledger.clone(), shape, place, db })
    }

    /// The ledger.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Where the index is kept.
    #[must_use]
    pub fn kept(&self) -> Kept {
        self.place.kept()
    }

    /// The database, as it was after the last reading. What is written here lasts until the next rebuild.
    #[must_use]
    pub fn db(&self) -> &Connection {
        &self.db
    }

    /// The database, for a transaction of the user's own.
    pub fn db_mut(&mut self) -> &mut Connection {
        &mut self.db
    }

    /// What the user gave.
    #[must_use]
    pub fn shape(&self) -> &S {
        &self.shape
    }

    /// Takes in what was written since the last reading, by whomever.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn catch_up(&mut self) -> Result<Caught, LedgerError> {
        self.reading(Trust::Nobody)
    }

    /// The same right after an append of our own under the lock, before which the index was current: the old part of
    /// the file need not be looked at.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn catch_up_own(&mut self, locked: &Locked) -> Result<Caught, LedgerError> {
        debug_assert_eq!(locked.ledger(), &self.ledger);
        self.reading(Trust::Grown)
    }

    /// What was appended since the last reading, where that is at most `most` bytes and known to be all that happened to
    /// the file. Nothing is taken in: whoever only appends can look at these lines itself, and leave the reading to
    /// somebody else with [`Index::leave`]. `None` says that the index must catch up first.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn unread(&self, locked: &Locked, most: u64) -> Result<Option<Unread>, LedgerError> {
        debug_assert_eq!(locked.ledger(), &self.ledger);
        let found = Found::look(&self.ledger)?;
        let version = self.shape.version();
        let Some(mark) = Mark::load(&self.db).ok().flatten().filter(|mark| mark.counts(version)) else {
            return Ok(None);
        };
        if mark.fits(version, &found) {
            return Ok(Some(Unread { since: mark.state(), lines: Vec::new() }));
        }
        if !self.only_grew(&mark, &found) || mark.bytes_after(&found).is_none_or(|bytes| bytes > most) {
            return Ok(None);
        }
        let lines = mark.lines_after(&found).map_err(|source| LedgerError::io("read", self.ledger.path(), source))?;
        Ok(lines.map(|lines| Unread { since: mark.state(), lines }))
    }

    /// Leaves what was just appended under the lock, and what [`Index::unread`] gave before, to the next reading.
    pub fn leave(&self, unread: &Unread, locked: &Locked) {
        debug_assert_eq!(locked.ledger(), &self.ledger);
        let note = || {
            let to = Found::look(&self.ledger).ok()?.state;
            Growth { from: unread.since, to }.write(&self.place.note()?).ok()
        };
        if note().is_none() {
            tracing::debug!(ledger = %self.ledger.path().display(), "the next reading looks at the whole file");
        }
    }

    /// Whether a note says that the file which was read only grew.
    fn only_grew(&self, mark: &Mark, found: &Found) -> bool {
        let noted = self.place.note().and_then(|file| Growth::read(&file));
        noted == Some(Growth { from: mark.state(), to: found.state })
    }

    /// The lines that do not count.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn damage(&self) -> Result<Vec<Damage>, LedgerError> {
        let read = || -> Result<Vec<Damage>, rusqlite::Error> {
            let mut select = self.db.prepare_cached("SELECT line, why FROM ledger_damage ORDER BY line")?;
            let rows = select.query_map([], |row| {
                Ok(Damage {
                    file: self.ledger.path().to_path_buf(),
                    line: row.get::<_, i64>(0)?.cast_unsigned(),
                    why: row.get(1)?,
                })
            })?;
            rows.collect()
        };
        read().map_err(|error| failed(&self.ledger, error.into()))
    }

    fn reading(&mut self, trust: Trust) -> Result<Caught, LedgerError> {
        let first = match self.attempt(trust) {
            Err(Fault::Index(error)) => error,
            Err(Fault::Ledger(error)) => return Err(error),
            Ok(caught) => return Ok(caught),
        };
        tracing::debug!(ledger = %self.ledger.path().display(), error = %first, "the index is made again");
        self.shape.forget();
        let damaged = matches!(first, StoreError::Corrupt { .. } | StoreError::Sqlite { .. });
        (self.place, self.db) =
            self.place.renewed(damaged, self.shape.page()).map_err(|source| failed(&self.ledger, source))?;
        match self.attempt(Trust::Nobody) {
            Ok(caught) => return Ok(caught),
            Err(Fault::Ledger(error)) => return Err(error),
            Err(Fault::Index(_)) => {}
        }
        self.shape.forget();
        (self.place, self.db) = Place::memory().map_err(|source| failed(&self.ledger, source))?;
        self.attempt(Trust::Nobody).map_err(|fault| match fault {
            Fault::Ledger(error) => error,
            Fault::Index(source) => failed(&self.ledger, source),
        })
    }

    fn attempt(&mut self, trust: Trust) -> Result<Caught, Fault> {
        let found = Found::look(&self.ledger)?;
        let version = self.shape.version();
        if Mark::load(&self.db)?.is_some_and(|mark| mark.fits(version, &found)) {
            return Ok(Caught::Current);
        }
        let note = self.place.note();
        let db = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have read it while this one waited, and the file may have grown.
        let found = Found::look(&self.ledger)?;
        let mark = Mark::load(&db)?;
        if mark.as_ref().is_some_and(|mark| mark.fits(version, &found)) {
            return Ok(Caught::Current);
        }
        let noted = note.and_then(|file| Growth::read(&file));
        let grew = |mark: &Mark| noted == Some(Growth { from: mark.state(), to: found.state });
        let trust = if mark.as_ref().is_some_and(grew) { Trust::Grown } else { trust };
        let next = mark::next(mark, version, &found, trust)?;
        let (mut mark, caught) = match next {
            Next::GoOn(mark) => (mark, Caught::Grown),
            Next::StartOver => {
                self.shape.forget();
                mark::start_over(&db, self.shape.schema())?;
                (Mark::new(version), Caught::Rebuilt)
            }
        };
        read_into(&db, &self.ledger, &mut self.shape, &mut mark, &found)?;
        self.shape.finish(&db)?;
        mark.store(&db)?;
        db.commit()?;
        if caught == Caught::Rebuilt {
            place::empty_log_at_end(&self.db)?;
        }
        Ok(caught)
    }
}

/// Lines that are in the ledger and not yet in the index.
#[derive(Debug)]
pub struct Unread {
    /// The state that the index knows.
    since: mark::State,
    lines: Vec<String>,
}

impl Unread {
    /// The lines.
    #[must_use]
    pub fn lines(&self) -> &[String] {
        &self.lines
    }
}

/// How much of the file is known to be what was read before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// It must be looked at.
    Nobody,
    /// This process holds the lock, was current, and appended.
    Grown,
}

enum Fault {
    Ledger(LedgerError),
    Index(StoreError),
}

impl From<LedgerError> for Fault {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Index(error)
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Index(error.into())
    }
}

fn failed(ledger: &Ledger, source: StoreError) -> LedgerError {
    LedgerError::Index { path: ledger.path().to_path_buf(), source }
}

/// Applies what follows the mark, and moves the mark.
fn read_into<S: Shape>(
    db: &Connection,
    ledger: &Ledger,
    shape: &mut S,
    mark: &mut Mark,
    found: &Found,
) -> Result<(), Fault> {
    let Some(file) = found.file() else {
        mark.note(found);
        return Ok(());
    };
    // What was reported of a line without an end may be outdated.
    db.execute("DELETE FROM ledger_damage WHERE line > ?1", [mark.lines().cast_signed()])?;
    let mut failure = None;
    let pass = mark.read_on(file, ledger.path(), |line| match shape.apply(db, line) {
        Ok(()) => Verdict::Good,
        Err(Refusal::Bad(why)) => Verdict::Bad(why),
        Err(Refusal::Failed(error)) => {
            failure = Some(error);
            Verdict::Stop
        }
    })?;
    if let Some(error) = failure {
        return Err(Fault::Index(error));
    }
    for (line, why) in &pass.damage {
        db.execute("INSERT OR REPLACE INTO ledger_damage VALUES (?1, ?2)", (line.cast_signed(), why))?;
    }
    mark.note(found);
    Ok(())
}
