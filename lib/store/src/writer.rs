//! One writer thread with group commit.
//!
//! Jobs that arrive while a commit is being written to the disk share the next transaction, each in a savepoint of
//! its own, so that fifty writers pay for one fsync and not for fifty.

mod group;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use crate::checkpointer::Checkpointer;
use crate::error::{Failure, JobError, StoreError};
use crate::open::{self, Durability};
use crate::schema::Schema;
use group::{Group, Identity, Job, Message};

/// How many jobs may wait; a full queue makes the askers wait.
const QUEUE: usize = 1024;

/// A handle on the writer thread. Cloning is cheap; the thread ends after [`Writer::close`] or with the last handle.
#[derive(Debug, Clone)]
pub struct Writer {
    jobs: mpsc::Sender<Message>,
    path: Arc<PathBuf>,
    identity: Identity,
}

impl Writer {
    /// Opens the database (made and migrated where needed) and starts its thread.
    ///
    /// # Errors
    /// See [`open::read_write`].
    pub fn open(path: &Path, schema: &'static Schema) -> Result<Self, StoreError> {
        Self::open_with(path, schema, Durability::Acknowledged)
    }

    /// The same with another promise of what a commit is worth.
    ///
    /// # Errors
    /// See [`open::read_write`].
    pub fn open_with(path: &Path, schema: &'static Schema, durability: Durability) -> Result<Self, StoreError> {
        let db = open::read_write(path, schema, durability)?;
        let identity = Identity::of(path)?;
        let checkpointer = Checkpointer::start(path, schema, durability)?;
        let (jobs, queue) = mpsc::channel(QUEUE);
        let mut group = Group::new(path.to_path_buf(), schema, durability, db, identity, checkpointer);
        std::thread::Builder::new()
            .name("store-write".into())
            .spawn(move || group.serve(queue))
            .map_err(|source| StoreError::file("start a thread for", path, source))?;
        Ok(Self { jobs, path: Arc::new(path.to_path_buf()), identity })
    }

    /// Runs a job inside a transaction and returns once that is on the disk.
    ///
    /// A job that fails leaves nothing behind. A job runs to its end even when the future is dropped.
    ///
    /// # Errors
    /// What the job answers, or the failure of the transaction it was in.
    pub async fn run<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: JobError,
        F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    {
        self.run_then(job, |_| {}).await
    }

    /// The same with something that happens right after the commit, on the writer's thread and in the order of the
    /// commits, whether or not the future is still awaited. It must be short.
    ///
    /// # Errors
    /// As [`Writer::run`].
    pub async fn run_then<T, E, F, A>(&self, job: F, after: A) -> Result<T, E>
    where
        T: Send + 'static,
        E: JobError,
        F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
        A: FnOnce(&T) + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job = Box::new(Asked::Waiting(job, after, answer));
        self.jobs.send(Message::Job(job)).await.map_err(|_| StoreError::Closed)?;
        answered.await.map_err(|_| StoreError::Closed)?
    }

    /// Finishes the jobs that were asked for, closes the database and ends the thread.
    pub async fn close(&self) {
        let (closed, is_closed) = oneshot::channel();
        if self.jobs.send(Message::Close(closed)).await.is_ok() {
            let _ = is_closed.await;
        }
    }

    /// Whether the path still names the file that was opened.
    ///
    /// # Errors
    /// `Replaced` when it does not.
    pub fn check_file(&self) -> Result<(), StoreError> {
        if Identity::of(&self.path).ok() == Some(self.identity) {
            return Ok(());
        }
        Err(StoreError::Replaced { path: self.path.to_path_buf() })
    }

    /// The database.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// A job on its way: waiting, then run but not committed, then answered.
enum Asked<T, E, F, A> {
    Waiting(F, A, oneshot::Sender<Result<T, E>>),
    Run(Result<T, E>, A, oneshot::Sender<Result<T, E>>),
    Answered,
}

impl<T, E, F, A> Job for Asked<T, E, F, A>
where
    T: Send,
    E: JobError,
    F: FnOnce(&Connection) -> Result<T, E> + Send,
    A: FnOnce(&T) + Send,
{
    fn run(&mut self, db: &Connection) -> Result<(), Option<Failure>> {
        let Self::Waiting(job, after, answer) = std::mem::replace(self, Self::Answered) else {
            return Ok(());
        };
        let result = job(db);
        let outcome = match &result {
            Ok(_) => Ok(()),
            Err(error) => Err(error.failure()),
        };
        *self = Self::Run(result, after, answer);
        outcome
    }

    fn commit(&mut self) {
        match std::mem::replace(self, Self::Answered) {
            Self::Run(result, after, answer) => {
                if let Ok(value) = &result {
                    after(value);
                }
                let _ = answer.send(result);
            }
            Self::Waiting(..) | Self::Answered => {}
        }
    }

    fn fail(&mut self, error: StoreError) {
        match std::mem::replace(self, Self::Answered) {
            // Its own refusal says more than the failure of the others.
            Self::Run(Err(own), _, answer) if own.failure().is_some() => {
                let _ = answer.send(Err(own));
            }
            Self::Waiting(_, _, answer) | Self::Run(_, _, answer) => {
                let _ = answer.send(Err(E::from(error)));
            }
            Self::Answered => {}
        }
    }
}
