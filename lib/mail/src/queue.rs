//! Whose turn it is to write.
//!
//! SQLite makes waiting writers sleep and try again, so that with hundreds of them some never get their turn. Here they
//! queue on an advisory lock, which the kernel hands on in order and which dies with its process.

use std::fs::{File, TryLockError};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use oqto_store::lock::beside;

use crate::error::MailError;

/// The right to write; given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    _file: File,
}

impl Turn {
    /// Waits for it at most `patience`.
    pub(crate) fn take(database: &Path, patience: Duration) -> Result<Self, MailError> {
        let path = beside(database, ".queue");
        let failed = |action, source| MailError::File { action, path: path.clone(), source };
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(&path)
            .map_err(|source| failed("open", source))?;
        match file.try_lock() {
            Ok(()) => return Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(source)) => return Err(failed("lock", source)),
        }
        // The kernel's queue has no deadline, so a thread stands in it. Where its turn comes too late, nobody takes
        // the file it sends, and the lock is given back with it.
        let (told, turn) = mpsc::channel();
        std::thread::Builder::new()
            .name("mail-queue".into())
            .spawn(move || {
                let locked = file.lock().map(|()| file);
                drop(told.send(locked));
            })
            .map_err(|source| failed("wait for", source))?;
        match turn.recv_timeout(patience) {
            Ok(Ok(file)) => Ok(Self { _file: file }),
            Ok(Err(source)) => Err(failed("lock", source)),
            Err(_) => Err(MailError::Busy { path: database.to_path_buf(), patience }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_waited_for_and_given_on() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("mail.db");
        let first = Turn::take(&database, Duration::ZERO).unwrap();
        let refused = Turn::take(&database, Duration::from_millis(5)).unwrap_err();
        assert!(matches!(refused, MailError::Busy { .. }), "{refused:?}");
        let waits = database.clone();
        let second = std::thread::spawn(move || Turn::take(&waits, Duration::from_secs(30)).map(drop));
        drop(first);
        second.join().unwrap().unwrap();
        // The one that gave up has given back what it got in the end.
        Turn::take(&database, Duration::from_secs(30)).unwrap();
    }
}
