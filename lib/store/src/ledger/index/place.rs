//! Where an index is, and opening it there.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::Kept;
use super::mark::TABLES;
use crate::error::StoreError;
use crate::lock::beside;

/// The folder beside the ledger; git never sees what is in it.
const FOLDER: &str = ".index";

/// How long one process waits for another one's reading. A ledger of a million lines is read in this time.
const WAIT: Duration = Duration::from_secs(20);

/// Bytes from which on a log is long.
const LOG: u64 = 256 << 10;

/// The place of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    File(PathBuf),
    Memory,
}

impl Place {
    /// Opens the index of the ledger at `path`, in memory if it cannot be kept.
    pub(super) fn open(path: &Path, page: u32) -> Result<(Self, Connection), StoreError> {
        let file = match file_for(path) {
            Ok(file) => file,
            Err(error) => {
                tracing::debug!(%error, "the index is kept in memory");
                return Self::memory();
            }
        };
        open(&file, page)
            .map(|db| (Self::File(file.clone()), db))
            .or_else(|error| Self::File(file).instead(&error, page))
    }

    pub(super) fn memory() -> Result<(Self, Connection), StoreError> {
        let db = Connection::open_in_memory()?;
        db.execute_batch(TABLES)?;
        Ok((Self::Memory, db))
    }

    pub(super) fn kept(&self) -> Kept {
        match self {
            Self::File(_) => Kept::OnDisk,
            Self::Memory => Kept::InMemory,
        }
    }

    /// Where it is noted how the ledger grew; nowhere when the index is not kept.
    pub(super) fn note(&self) -> Option<PathBuf> {
        match self {
            Self::File(file) => Some(file.with_extension("grown")),
            Self::Memory => None,
        }
    }

    /// Another one in its place: a new file (with pages of `page` bytes) where the old one was damaged, else memory.
    pub(super) fn renewed(&self, damaged: bool, page: u32) -> Result<(Self, Connection), StoreError> {
        match self {
            Self::File(file) if damaged => {
                remove(file);
                open(file, page).map(|db| (self.clone(), db)).or_else(|_| Self::memory())
            }
            Self::File(_) | Self::Memory => Self::memory(),
        }
    }

    fn instead(&self, error: &StoreError, page: u32) -> Result<(Self, Connection), StoreError> {
        tracing::debug!(%error, "the index cannot be opened");
        let damaged = matches!(error, StoreError::Corrupt { .. } | StoreError::Sqlite { .. });
        self.renewed(damaged, page)
    }
}

/// The index file of a ledger; makes the folder.
fn file_for(ledger: &Path) -> io::Result<PathBuf> {
    let folder = ledger.parent().unwrap_or(Path::new("")).join(FOLDER);
    let ignore = folder.join(".gitignore");
    if !ignore.exists() {
        // Only the folder itself: where the ledger's folder is not there, there is nothing to index either.
        match fs::create_dir(&folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            Ok(()) | Err(_) => fs::write(&ignore, "*\n")?,
        }
    }
    let name = ledger.file_stem().ok_or(io::ErrorKind::InvalidInput)?;
    Ok(folder.join(name).with_extension("db"))
}

fn open(file: &Path, page: u32) -> Result<Connection, StoreError> {
    if !file.exists() {
        make(file, page)?;
    }
    let db = connect(file)?;
    // Who only reads leaves the log and its map to the next one, which would have to make them anew. A long log, which
    // every process reads once, is put into the file.
    let is_short = fs::metadata(beside(file, "-wal")).map_or(true, |log| log.len() < LOG);
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, is_short)?;
    // The first statement reads the file, so that damage shows here.
    db.prepare_cached("SELECT * FROM ledger_mark").map(drop).map_err(|error| StoreError::from(error).at(file))?;
    Ok(db)
}

/// Has the log put into the file when the last connection is closed: who opens the file next reads all of the log.
pub(super) fn empty_log_at_end(db: &Connection) -> Result<(), StoreError> {
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(())
}

fn connect(file: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(file, flags)?;
    db.busy_timeout(WAIT)?;
    db.set_prepared_statement_cache_capacity(64);
    db.pragma_update(None, "synchronous", "off")?;
    db.pragma_update(None, "temp_store", "memory")?;
    Ok(db)
}

/// Makes an empty index under another name and gives it its own: a hundred processes may do this at once, and switching
/// a database that others have open to a log of its own fails.
fn make(file: &Path, page: u32) -> Result<(), StoreError> {
    let new = beside(file, &format!(".new-{}-{:?}", std::process::id(), std::thread::current().id()));
    remove(&new);
    let made = || -> Result<(), StoreError> {
        let db = connect(&new)?;
        db.pragma_update(None, "page_size", page)?;
        db.pragma_update(None, "journal_mode", "wal")?;
        db.execute_batch(TABLES)?;
        db.close().map_err(|(_, error)| error)?;
        Ok(())
    };
    let result = made().and_then(|()| match fs::hard_link(&new, file) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(StoreError::file("make", file, error)),
        Ok(()) | Err(_) => Ok(()),
    });
    remove(&new);
    result
}

/// Removes an index with its log. The log goes first: it must never be applied to another file.
fn remove(file: &Path) {
    for suffix in ["-wal", "-shm", ""] {
        let _ = fs::remove_file(beside(file, suffix));
    }
}
