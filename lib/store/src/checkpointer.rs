//! Moves what is in the write-ahead log into the database file, beside the writer instead of inside its commits.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::error::StoreError;
use crate::lock::beside;
use crate::open::{self, Durability};
use crate::schema::Schema;

/// A log of this size is worth moving (bytes).
const MOVE_FROM: u64 = 4 << 20;
/// A log of this size is moved even if writers must wait for it (bytes).
const INSIST_FROM: u64 = 64 << 20;

/// The least time between two attempts: a log that was moved keeps its size until a writer begins it anew.
const BETWEEN: Duration = Duration::from_millis(500);

/// A thread with a connection of its own. Dropping it ends the thread.
#[derive(Debug)]
pub(crate) struct Checkpointer {
    wake: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpointer {
    pub(crate) fn start(path: &Path, schema: &'static Schema, durability: Durability) -> Result<Self, StoreError> {
        let db = open::read_write(path, schema, durability)?;
        let log = beside(path, "-wal");
        let (wake, woken) = sync_channel(1);
        let thread = std::thread::Builder::new()
            .name("store-checkpoint".into())
            .spawn(move || keep_small(&db, &log, &woken))
            .map_err(|source| StoreError::file("start a thread for", path, source))?;
        Ok(Self { wake: Some(wake), thread: Some(thread) })
    }

    /// Says that a commit happened. Never waits.
    pub(crate) fn committed(&self) {
        if let Some(wake) = &self.wake {
            let _ = wake.try_send(());
        }
    }
}

impl Drop for Checkpointer {
    fn drop(&mut self) {
        self.wake = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn keep_small(db: &Connection, log: &PathBuf, woken: &Receiver<()>) {
    let mut last: Option<Instant> = None;
    while woken.recv().is_ok() {
        let size = std::fs::metadata(log).map_or(0, |file| file.len());
        if size < MOVE_FROM || size < INSIST_FROM && last.is_some_and(|last| last.elapsed() < BETWEEN) {
            continue;
        }
        last = Some(Instant::now());
        let mode = if size < INSIST_FROM { Mode::Passive } else { Mode::Restart };
        if let Err(error) = checkpoint(db, mode) {
            tracing::warn!(path = %log.display(), %error, "the write-ahead log could not be moved; trying again later");
        }
    }
}

/// How hard to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// As much as is possible without making anyone wait.
    Passive,
    /// Everything; writers wait, and the next one begins the log anew.
    Restart,
    /// Everything, and the log is emptied.
    Truncate,
}

/// Moves the log into the database file; `Locked` when somebody else was in the way of all of it.
pub(crate) fn checkpoint(db: &Connection, mode: Mode) -> Result<(), StoreError> {
    let sql = match mode {
        Mode::Passive => "PRAGMA wal_checkpoint(PASSIVE)",
        Mode::Restart => "PRAGMA wal_checkpoint(RESTART)",
        Mode::Truncate => "PRAGMA wal_checkpoint(TRUNCATE)",
    };
    let busy: i64 = db.query_row(sql, [], |row| row.get(0))?;
    if busy == 0 || mode == Mode::Passive { Ok(()) } else { Err(StoreError::Locked { path: PathBuf::new() }) }
}
