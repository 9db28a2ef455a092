//! Opening a database for writing or for reading.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::error::StoreError;
use crate::schema::Schema;

/// How long a statement waits for another process's lock before it fails with `Locked`.
pub const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Pages that a connection keeps: 16 MiB, as SQLite counts.
const CACHE: i64 = -16_384;

/// What a commit promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// On the disk before it is acknowledged (`synchronous=FULL`).
    Acknowledged,
    /// May be lost when the machine loses power, never damaged by it: for what can be made again.
    Rebuildable,
}

/// Opens for writing: makes the file where there is none, migrates it, checks that it is ours.
///
/// # Errors
/// `Locked`, `Foreign`, `NewerVersion`, `Corrupt`, `DiskFull` or `Io`.
pub fn read_write(path: &Path, schema: &Schema, durability: Durability) -> Result<Connection, StoreError> {
    let open = || -> Result<Connection, StoreError> {
        make_private(path)?;
        let mut db = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        schema.check(&db)?;
        db.pragma_update(None, "journal_mode", "wal")?;
        // Where a commit is waited for, a thread of its own moves the log. What can be made again waits for the disk
        // only when its log is moved, which is seldom.
        let (synchronous, autocheckpoint) = match durability {
            Durability::Acknowledged => ("full", 0),
            Durability::Rebuildable => ("normal", 8000),
        };
        db.pragma_update(None, "synchronous", synchronous)?;
        db.pragma_update(None, "wal_autocheckpoint", autocheckpoint)?;
        db.pragma_update(None, "journal_size_limit", 32 << 20)?;
        schema.migrate(&mut db)?;
        Ok(db)
    };
    open().map_err(|error| error.at(path))
}

/// Opens an existing database of the current version for reading only.
///
/// # Errors
/// `Missing`, `Foreign`, `NewerVersion`, `Corrupt` or `Io`.
pub fn read_only(path: &Path, schema: &Schema) -> Result<Connection, StoreError> {
    if !path.exists() {
        return Err(StoreError::Missing { path: path.to_path_buf() });
    }
    let open = || -> Result<Connection, StoreError> {
        let db = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        db.pragma_update(None, "query_only", true)?;
        reading(&db, None)?;
        let found = schema.check(&db)?;
        if found < schema.version() {
            let detail = format!("it has version {found} and was never opened for writing by this version");
            return Err(StoreError::corrupt(detail));
        }
        Ok(db)
    };
    open().map_err(|error| error.at(path))
}

/// Adds a second database, read-only, to a connection that was opened with [`read_only`].
///
/// # Errors
/// `Foreign`, `NewerVersion`, `Corrupt` or `Io`.
pub fn attach_read_only(db: &Connection, path: &Path, name: &str, schema: &Schema) -> Result<(), StoreError> {
    drop(read_only(path, schema)?);
    let file = path.to_str().ok_or_else(|| StoreError::corrupt("its path is not UTF-8").at(path))?;
    db.execute(&format!("ATTACH DATABASE ?1 AS \"{name}\""), [file])
        .map_err(|error| StoreError::from(error).at(path))?;
    // What a connection was told of its own file does not hold for a second one.
    reading(db, Some(name)).map_err(|error| error.at(path))
}

/// How much of a file that is only read is mapped and kept in memory.
fn reading(db: &Connection, name: Option<&str>) -> Result<(), StoreError> {
    db.pragma_update(name, "mmap_size", 256 << 20)?;
    db.pragma_update(name, "cache_size", CACHE)?;
    Ok(())
}

/// Moves the log of a database into its file and empties it, when nobody is in the way.
///
/// # Errors
/// `Locked`, or a failure of the disk.
pub fn truncate_log(db: &Connection) -> Result<(), StoreError> {
    crate::checkpointer::checkpoint(db, crate::checkpointer::Mode::Truncate)
}

/// Makes an empty file that only this user can read; the files that SQLite adds beside it get the same mode.
fn make_private(path: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::OpenOptionsExt;
    match std::fs::File::options().write(true).create_new(true).mode(0o600).open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(source) => Err(StoreError::file("create", path, source)),
    }
}

fn connect(path: &Path, mode: OpenFlags) -> Result<Connection, StoreError> {
    let db = Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    db.busy_timeout(BUSY_TIMEOUT)?;
    db.set_prepared_statement_cache_capacity(96);
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "cache_size", CACHE)?;
    db.pragma_update(None, "temp_store", "memory")?;
    Ok(db)
}
