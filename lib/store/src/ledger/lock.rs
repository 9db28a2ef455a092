//! The right to append: an advisory lock of the operating system on the ledger itself.

use std::fs::{File, TryLockError};
use std::os::unix::fs::MetadataExt as _;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::error::LedgerError;
use super::file::Ledger;

/// A ledger that only this process may append to. Dropping it lets the next one in.
#[derive(Debug)]
pub struct Locked {
    pub(super) ledger: Ledger,
    pub(super) file: File,
}

impl Locked {
    /// The ledger that is locked.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }
}

/// Takes the lock of the file that the path names in the end: whoever waits may find another file there.
pub(super) fn take(ledger: &Ledger, wait: Duration) -> Result<Locked, LedgerError> {
    let since = Instant::now();
    loop {
        let file = ledger.appender()?;
        wait_for(&file, ledger, since, wait)?;
        if ledger.names(&file)? {
            return Ok(Locked { ledger: ledger.clone(), file });
        }
    }
}

fn wait_for(file: &File, ledger: &Ledger, since: Instant, wait: Duration) -> Result<(), LedgerError> {
    let failed = |source| LedgerError::io("lock", ledger.path(), source);
    match file.try_lock() {
        Ok(()) => return Ok(()),
        Err(TryLockError::WouldBlock) => {}
        Err(TryLockError::Error(source)) => return Err(failed(source)),
    }
    // The system queues those who wait, in order; only it has no deadline. So a thread waits, and is left behind when the
    // deadline passes. Should it get the lock after all, nobody listens, and it lets go.
    let (tell, told) = mpsc::sync_channel(0);
    let waiting = file.try_clone().map_err(failed)?;
    let spawned = std::thread::Builder::new().name("ledger-lock".into()).spawn(move || {
        let locked = waiting.lock();
        if tell.send(locked).is_err() {
            let _ = waiting.unlock();
        }
    });
    spawned.map_err(failed)?;
    match told.recv_timeout(wait.saturating_sub(since.elapsed())) {
        Ok(locked) => locked.map_err(failed),
        Err(_) => {
            Err(LedgerError::Busy { path: ledger.path().to_path_buf(), waited: since.elapsed(), holder: holder(file) })
        }
    }
}

/// Who has the lock, by name and process id, as Linux tells.
fn holder(file: &File) -> Option<String> {
    let inode = file.metadata().ok()?.ino().to_string();
    let locks = std::fs::read_to_string("/proc/locks").ok()?;
    let pid = locks.lines().find_map(|line| held_by(line, &inode))?;
    let name = std::fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
    Some(format!("{} (process {pid})", name.trim()).trim_start().to_owned())
}

/// `1: FLOCK  ADVISORY  WRITE 4711 08:01:1234 0 EOF`; those who wait have `->` after the number.
fn held_by(line: &str, inode: &str) -> Option<u32> {
    let mut words = line.split_whitespace().skip(1);
    let (kind, _, _, pid, place) = (words.next()?, words.next()?, words.next()?, words.next()?, words.next()?);
    let is_it = kind == "FLOCK" && place.rsplit(':').next() == Some(inode);
    is_it.then(|| pid.parse().ok()).flatten().filter(|pid| *pid > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_holder_is_read_from_the_table_of_the_system() {
        assert_eq!(held_by("1: FLOCK  ADVISORY  WRITE 4711 08:01:1234 0 EOF", "1234"), Some(4711));
        assert_eq!(held_by("1: -> FLOCK  ADVISORY  WRITE 4712 08:01:1234 0 EOF", "1234"), None);
        assert_eq!(held_by("1: POSIX  ADVISORY  WRITE 4711 08:01:1234 0 EOF", "1234"), None);
        assert_eq!(held_by("", "1234"), None);
    }
}
