//! Damaged files are moved aside under a name that says so; nothing is deleted.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::error::StoreError;
use crate::lock::beside;

/// Moves a database, its log and its shared memory to `NAME.damaged-STAMP…`; returns the new path of the database.
///
/// # Errors
/// `File` when a file cannot be moved.
pub fn move_aside(database: &Path, stamp: u64) -> Result<PathBuf, StoreError> {
    let target = free_name(database, stamp);
    for suffix in ["-wal", "-shm", ""] {
        let from = beside(database, suffix);
        if from.exists() {
            rename(&from, &beside(&target, suffix))?;
        }
    }
    sync_folder(database)?;
    Ok(target)
}

/// Puts a finished database in the place of a damaged one, which is kept under a name that says so and is returned.
/// There is no moment at which the name has no file.
///
/// # Errors
/// `File` when a file cannot be linked or moved.
pub fn replace(database: &Path, finished: &Path, stamp: u64) -> Result<PathBuf, StoreError> {
    let target = free_name(database, stamp);
    std::fs::hard_link(database, &target).map_err(|source| StoreError::file("keep", database, source))?;
    for suffix in ["-wal", "-shm"] {
        let from = beside(database, suffix);
        if from.exists() {
            rename(&from, &beside(&target, suffix))?;
        }
    }
    rename(finished, database)?;
    sync_folder(database)?;
    Ok(target)
}

fn free_name(database: &Path, stamp: u64) -> PathBuf {
    let mut number = stamp;
    loop {
        let name = beside(database, &format!(".damaged-{number}"));
        if !name.exists() {
            return name;
        }
        number += 1;
    }
}

fn rename(from: &Path, to: &Path) -> Result<(), StoreError> {
    std::fs::rename(from, to).map_err(|source| StoreError::file("move", from, source))
}

/// Writes the folder of a file, so that new names in it survive a loss of power.
///
/// # Errors
/// `File` when the folder cannot be opened or written.
pub fn sync_folder(file: &Path) -> Result<(), StoreError> {
    let folder = file.parent().unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|source| StoreError::file("write", folder, source))
}
