//! One owning process a database.

use std::fs::{File, TryLockError};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::error::StoreError;

/// The right to own a database: an advisory lock on a file beside it, let go when the process ends, however it ends.
#[derive(Debug)]
pub struct OwnerLock {
    _file: File,
    path: PathBuf,
}

impl OwnerLock {
    /// Takes the lock at once or fails.
    ///
    /// # Errors
    /// `Owned` when another process has it; `File` when the file cannot be made.
    pub fn acquire(database: &Path) -> Result<Self, StoreError> {
        let path = beside(database, ".lock");
        let mut file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(&path)
            .map_err(|source| StoreError::file("open", &path, source))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::Owned { path: database.to_path_buf() }),
            Err(TryLockError::Error(source)) => return Err(StoreError::file("lock", &path, source)),
        }
        // Who owns it is only told to people; the lock itself decides.
        let _ = file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id()));
        Ok(Self { _file: file, path })
    }

    /// The file that is locked.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// The path of a file beside a database: its own name with something added.
#[must_use]
pub fn beside(database: &Path, suffix: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_owner_is_refused_until_the_first_lets_go() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("a.db");
        let first = OwnerLock::acquire(&database).unwrap();
        assert!(matches!(OwnerLock::acquire(&database), Err(StoreError::Owned { .. })));
        drop(first);
        OwnerLock::acquire(&database).unwrap();
    }
}
