//! Read-only connections on their own threads, behind one handle.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use crate::error::{JobError, StoreError, this_thread_serves};

enum Message {
    Job(Box<dyn FnOnce(&mut Connection) + Send>),
    Close,
}

/// How many questions may wait for a free connection.
const QUEUE: usize = 256;

/// A handle on a pool of connections. Cloning is cheap; the threads end when the last handle is gone.
#[derive(Debug, Clone)]
pub struct Readers {
    jobs: mpsc::Sender<Message>,
    threads: usize,
    /// Yields nothing until the last thread has ended.
    ended: Arc<tokio::sync::Mutex<mpsc::Receiver<()>>>,
    path: Arc<PathBuf>,
}

impl Readers {
    /// Starts `count` threads, each with a connection that `open` makes.
    ///
    /// # Errors
    /// Whatever `open` fails with, or `File` when a thread cannot be started.
    pub fn start(
        database: &Path,
        count: usize,
        open: impl Fn() -> Result<Connection, StoreError>,
    ) -> Result<Self, StoreError> {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let queue = Arc::new(Mutex::new(queue));
        let (alive, ended) = mpsc::channel(1);
        let threads = count.max(1);
        for number in 0..threads {
            let db = open()?;
            let (queue, alive, path) = (Arc::clone(&queue), alive.clone(), database.to_path_buf());
            std::thread::Builder::new()
                .name(format!("store-read-{number}"))
                .spawn(move || {
                    this_thread_serves(&path);
                    answer(db, &queue);
                    drop(alive);
                })
                .map_err(|source| StoreError::file("start a thread for", database, source))?;
        }
        let ended = Arc::new(tokio::sync::Mutex::new(ended));
        Ok(Self { jobs, threads, ended, path: Arc::new(database.to_path_buf()) })
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
        let job = Box::new(move |db: &mut Connection| {
            if !answer.is_closed() {
                let _ = answer.send(question(db));
            }
        });
        self.jobs.send(Message::Job(job)).await.map_err(|_| StoreError::Closed)?;
        answered.await.map_err(|_| StoreError::Closed)?
    }

    /// Answers the questions that were asked, and closes the connections. Questions asked later fail with `Closed`.
    pub async fn close(&self) {
        for _ in 0..self.threads {
            if self.jobs.send(Message::Close).await.is_err() {
                break;
            }
        }
        let _ = self.ended.lock().await.recv().await;
    }

    /// The database.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

fn answer(mut db: Connection, queue: &Mutex<mpsc::Receiver<Message>>) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv();
        match next {
            Some(Message::Job(job)) => {
                if catch_unwind(AssertUnwindSafe(|| job(&mut db))).is_err() {
                    tracing::error!("a question to the database panicked");
                }
            }
            Some(Message::Close) | None => return,
        }
    }
}
