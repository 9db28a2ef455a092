//! Read-only connections on their own threads, behind one handle.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use crate::error::{JobError, StoreError};

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// How many questions may wait for a free connection.
const QUEUE: usize = 256;

/// A handle on a pool of connections. Cloning is cheap; the threads end when the last handle is gone.
#[derive(Debug, Clone)]
pub struct Readers {
    jobs: mpsc::Sender<Job>,
    path: Arc<PathBuf>,
}

impl Readers {
    /// Starts `count` threads, each with a connection that `open` makes.
    ///
    /// # Errors
    /// Whatever `open` fails with, or `File` when a thread cannot be started.
    pub fn start(
        path: &Path,
        count: usize,
        open: impl Fn() -> Result<Connection, StoreError>,
    ) -> Result<Self, StoreError> {
        let (jobs, queue) = mpsc::channel::<Job>(QUEUE);
        let queue = Arc::new(Mutex::new(queue));
        for number in 0..count.max(1) {
            let db = open()?;
            let queue = Arc::clone(&queue);
            std::thread::Builder::new()
                .name(format!("store-read-{number}"))
                .spawn(move || answer(db, &queue))
                .map_err(|source| StoreError::file("start a thread for", path, source))?;
        }
        Ok(Self { jobs, path: Arc::new(path.to_path_buf()) })
    }

    /// Runs a question on the next free connection.
    ///
    /// # Errors
    /// What the question answers, or `Closed`.
    pub async fn run<T, E, F>(&self, question: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: JobError,
        F: FnOnce(&mut Connection) -> Result<T, E> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |db| {
            if !answer.is_closed() {
                let _ = answer.send(question(db));
            }
        });
        self.jobs.send(job).await.map_err(|_| StoreError::Closed)?;
        answered.await.map_err(|_| StoreError::Closed)?
    }

    /// The database.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

fn answer(mut db: Connection, queue: &Mutex<mpsc::Receiver<Job>>) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv();
        match next {
            Some(job) => {
                if catch_unwind(AssertUnwindSafe(|| job(&mut db))).is_err() {
                    tracing::error!("a question to the database panicked");
                }
            }
            None => return,
        }
    }
}
