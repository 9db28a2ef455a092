//! The loop of the writer thread: gather jobs, run each in its savepoint, commit, answer.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use crate::checkpointer::{Checkpointer, Mode, checkpoint};
use crate::error::{Failure, StoreError, this_thread_serves};
use crate::open::{self, Durability};
use crate::schema::Schema;

/// How many jobs share one commit at most.
const GROUP: usize = 256;

/// One job of a group. `commit` or `fail` is called exactly once, after `run`.
pub(crate) trait Job: Send {
    /// Does the work; the error is the failure of the database, where it was one.
    fn run(&mut self, db: &Connection) -> Result<(), Option<Failure>>;
    /// The transaction is on the disk.
    fn commit(&mut self);
    /// The transaction failed.
    fn fail(&mut self, error: StoreError);
}

pub(crate) enum Message {
    Job(Box<dyn Job>),
    Close(oneshot::Sender<()>),
}

/// Which file a path named when it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Identity {
    device: u64,
    inode: u64,
}

impl Identity {
    pub(crate) fn of(path: &Path) -> Result<Self, StoreError> {
        use std::os::unix::fs::MetadataExt;
        let file = std::fs::metadata(path).map_err(|source| StoreError::file("look at", path, source))?;
        Ok(Self { device: file.dev(), inode: file.ino() })
    }
}

enum State {
    Open(Connection),
    /// An I/O error happened: nothing is acknowledged before the database was opened again.
    Failed,
}

pub(crate) struct Group {
    path: PathBuf,
    schema: &'static Schema,
    durability: Durability,
    state: State,
    identity: Identity,
    checkpointer: Checkpointer,
}

impl Group {
    pub(crate) fn new(
        path: PathBuf,
        schema: &'static Schema,
        durability: Durability,
        db: Connection,
        identity: Identity,
        checkpointer: Checkpointer,
    ) -> Self {
        Self { path, schema, durability, state: State::Open(db), identity, checkpointer }
    }

    /// Serves until the last handle is gone or somebody asks to close.
    pub(crate) fn serve(&mut self, mut queue: mpsc::Receiver<Message>) {
        this_thread_serves(&self.path);
        let mut closing = None;
        while closing.is_none() {
            match queue.blocking_recv() {
                Some(Message::Job(job)) => closing = self.group(job, &mut queue),
                Some(Message::Close(closed)) => closing = Some(closed),
                None => break,
            }
        }
        queue.close();
        while let Ok(message) = queue.try_recv() {
            if let Message::Job(mut job) = message {
                job.fail(StoreError::Closed);
            }
        }
        if let State::Open(db) = &self.state {
            empty_log(db);
        }
        self.state = State::Failed; // Drops the connection before anyone is told.
        if let Some(closed) = closing {
            let _ = closed.send(());
        }
    }

    /// One transaction, beginning with this job; what waits in the queue joins it.
    fn group(&mut self, first: Box<dyn Job>, queue: &mut mpsc::Receiver<Message>) -> Option<oneshot::Sender<()>> {
        let mut jobs = vec![first];
        let mut closing = None;
        let outcome = self.ready().and_then(|()| self.transaction(&mut jobs, queue, &mut closing));
        match outcome {
            Ok(()) => jobs.iter_mut().for_each(|job| job.commit()),
            Err(error) => {
                if error.needs_reopening() {
                    tracing::error!(path = %self.path.display(), %error, "nothing is acknowledged until the database was opened again");
                    self.state = State::Failed;
                }
                jobs.iter_mut().for_each(|job| job.fail(same(&error)));
            }
        }
        closing
    }

    /// Makes sure that there is a healthy connection to the file that the path names.
    fn ready(&mut self) -> Result<(), StoreError> {
        if Identity::of(&self.path).ok() != Some(self.identity) {
            return Err(StoreError::Replaced { path: self.path.clone() });
        }
        if matches!(self.state, State::Open(_)) {
            return Ok(());
        }
        let db = open::read_write(&self.path, self.schema, self.durability)?;
        // Rewrites what the log holds and starts a new one: a page that the failed fsync lost is written again.
        checkpoint(&db, Mode::Truncate).map_err(|error| error.at(&self.path))?;
        self.state = State::Open(db);
        Ok(())
    }

    fn transaction(
        &mut self,
        jobs: &mut Vec<Box<dyn Job>>,
        queue: &mut mpsc::Receiver<Message>,
        closing: &mut Option<oneshot::Sender<()>>,
    ) -> Result<(), StoreError> {
        let State::Open(db) = &self.state else { return Err(StoreError::Closed) };
        let at = |error: rusqlite::Error| StoreError::from(error).at(&self.path);
        db.execute_batch("BEGIN IMMEDIATE").map_err(at)?;
        let outcome = run_all(db, jobs, queue, closing).and_then(|()| Ok(db.execute_batch("COMMIT")?));
        if outcome.is_err() && !db.is_autocommit() {
            let _ = db.execute_batch("ROLLBACK");
        }
        self.checkpointer.committed();
        outcome.map_err(|error| error.at(&self.path))
    }
}

/// Leaves one whole file behind, where no reader is in the way.
fn empty_log(db: &Connection) {
    let short = db.busy_timeout(Duration::from_millis(200)).map_err(StoreError::from);
    if let Err(error) = short.and_then(|()| checkpoint(db, Mode::Truncate)) {
        tracing::debug!(%error, "the write-ahead log stays; the next opening moves it");
    }
}

/// Runs what is there and what joins meanwhile. An error means that the whole transaction is lost.
fn run_all(
    db: &Connection,
    jobs: &mut Vec<Box<dyn Job>>,
    queue: &mut mpsc::Receiver<Message>,
    closing: &mut Option<oneshot::Sender<()>>,
) -> Result<(), StoreError> {
    let mut next = 0;
    loop {
        while let Some(job) = jobs.get_mut(next) {
            run_one(db, job.as_mut())?;
            next += 1;
        }
        if jobs.len() >= GROUP || closing.is_some() {
            return Ok(());
        }
        match queue.try_recv() {
            Ok(Message::Job(job)) => jobs.push(job),
            Ok(Message::Close(closed)) => *closing = Some(closed),
            Err(_) => return Ok(()),
        }
    }
}

fn run_one(db: &Connection, job: &mut dyn Job) -> Result<(), StoreError> {
    db.prepare_cached("SAVEPOINT job")?.execute([])?;
    let outcome = catch_unwind(AssertUnwindSafe(|| job.run(db)));
    let Ok(outcome) = outcome else {
        tracing::error!("a job on the database panicked; it is rolled back");
        undo(db)?;
        return Ok(());
    };
    match outcome {
        Ok(()) => {
            db.prepare_cached("RELEASE job")?.execute([])?;
            Ok(())
        }
        // SQLite has rolled back everything, or nothing can be trusted any more.
        Err(failure) if db.is_autocommit() || failure == Some(Failure::Io) => {
            Err(failure.unwrap_or(Failure::Other).told_to_others(Path::new("")))
        }
        Err(_) => undo(db),
    }
}

fn undo(db: &Connection) -> Result<(), StoreError> {
    db.prepare_cached("ROLLBACK TO job")?.execute([])?;
    db.prepare_cached("RELEASE job")?.execute([])?;
    Ok(())
}

/// The same failure for another job of the group.
fn same(error: &StoreError) -> StoreError {
    match error {
        StoreError::DiskFull { path } => StoreError::DiskFull { path: path.clone() },
        StoreError::Locked { path } => StoreError::Locked { path: path.clone() },
        StoreError::Io { path, source } => StoreError::Io { path: path.clone(), source: same_sqlite(source) },
        StoreError::Corrupt { path, detail } => StoreError::Corrupt { path: path.clone(), detail: detail.clone() },
        StoreError::NewerVersion { path, found, known } => {
            StoreError::NewerVersion { path: path.clone(), found: *found, known: *known }
        }
        StoreError::Foreign { path, found } => StoreError::Foreign { path: path.clone(), found: *found },
        StoreError::Replaced { path } => StoreError::Replaced { path: path.clone() },
        StoreError::Owned { path } => StoreError::Owned { path: path.clone() },
        StoreError::Missing { path } => StoreError::Missing { path: path.clone() },
        StoreError::Closed => StoreError::Closed,
        StoreError::File { action, path, source } => {
            let source = source.raw_os_error().map_or_else(|| source.kind().into(), std::io::Error::from_raw_os_error);
            StoreError::File { action, path: path.clone(), source }
        }
        StoreError::Sqlite { path, source } => StoreError::Sqlite { path: path.clone(), source: same_sqlite(source) },
    }
}

fn same_sqlite(error: &rusqlite::Error) -> rusqlite::Error {
    match error.sqlite_error() {
        Some(code) => rusqlite::Error::SqliteFailure(*code, Some(error.to_string())),
        None => rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_ERROR),
            Some(error.to_string()),
        ),
    }
}
