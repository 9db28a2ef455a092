//! The book of keys and of what they used: who is who, who may go on, and what everything cost.
//!
//! The answer to "may this request go" comes from memory, and nobody waits for the database: requests that go out and
//! what they used are noted in a journal, which costs a write into memory and outlives this process, and are brought into
//! the database in groups, synced, some hundredths of a second later. So a kill at any moment forgets nothing that was
//! answered; a power failure can take what was used in the last moments before it, and nothing that is older. Each
//! request has its place in the queue before it goes out, so that what it used can always be written down.

mod case;
mod journal;
mod keys;
mod listing;
mod past;
mod queue;
mod quotas;
mod report;
mod requests;
mod rows;
mod said;
mod tables;
mod tidy;
mod writing;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use oqto_store::error::StoreError;
use oqto_store::lock::OwnerLock;
use oqto_store::readers::Readers;
use oqto_store::writer::Writer;
use tokio::task::JoinHandle;

pub use case::{Case, End, Estimate, Facts, NotAdmitted, Outcome, Place};
pub use keys::{Denied, Key, KeyInfo, Made};
pub use listing::{KeyQuery, State};
use queue::Queue;
pub use report::{Group, UsageQuery, UsageSum};
pub use requests::{Request, RequestQuery, UsageRow};
use tables::SCHEMA;
pub use tidy::Limits;
use writing::Line;

use crate::log::record::Recorder;
use crate::metrics::Metrics;

/// How long a request waits for its place in the queue before it is refused.
const PATIENCE: Duration = Duration::from_secs(2);

/// The book cannot be kept.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// A file or the database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The folder of the database cannot be made.
    #[error("cannot create {path}")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// No key can be made.
    #[error("no random bytes for a key")]
    Random(#[source] std::io::Error),
    /// No key has this id, name or text.
    #[error("no key is called {0:?}")]
    Unknown(String),
    /// Several keys have this name.
    #[error("{count} keys are called {name:?}: name one by its id")]
    Ambiguous {
        /// The name.
        name: String,
        /// How many have it.
        count: usize,
    },
}

impl oqto_store::error::JobError for BookError {
    fn failure(&self) -> Option<oqto_store::error::Failure> {
        match self {
            Self::Store(error) => error.failure(),
            Self::Folder { .. } | Self::Random(_) | Self::Unknown(_) | Self::Ambiguous { .. } => None,
        }
    }
}

/// Tells the time: milliseconds since 1970.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// The clock of the system.
#[must_use]
pub fn system_clock() -> Clock {
    Arc::new(|| jiff::Timestamp::now().as_millisecond())
}

/// Keys, and what they used.
pub struct Book {
    keys: keys::Keys,
    quotas: quotas::Quotas,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) recorder: Recorder,
    changed: tokio::sync::watch::Receiver<u64>,
    clock: Clock,
    writer: Writer,
    readers: Readers,
    queue: Arc<Queue>,
    writing: std::sync::Mutex<Option<JoinHandle<()>>>,
    _lock: OwnerLock,
}

impl std::fmt::Debug for Book {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Book").field("database", &self.writer.path()).finish_non_exhaustive()
    }
}

impl Book {
    /// Opens the database and becomes its owner. Requests that were on their way when its last owner ended are settled
    /// by the price of what they sent.
    ///
    /// Has to be called within a runtime.
    ///
    /// # Errors
    /// [`BookError`]; `Owned` when another process has it.
    pub async fn open(database: &Path, clock: Clock) -> Result<Self, BookError> {
        if let Some(folder) = database.parent() {
            make_private(folder)?;
        }
        let lock = OwnerLock::acquire(database)?;
        let writer = Writer::open(database, &SCHEMA)?;
        let readers = Readers::start(database, 1, || oqto_store::open::read_only(database, &SCHEMA))?;
        let now = clock();
        let journal = database.to_path_buf();
        let settling = writer.run(move |db| {
            journal::recover(db, &journal)?;
            tables::settle_crashed(db, now)
        });
        let crashed = settling.await?;
        if crashed > 0 {
            tracing::warn!(crashed, "requests were on their way when the gateway ended: settled by what they sent");
        }
        let known = writer.run(move |db| tables::load(db, now)).await?;
        let quotas = writer.run(quotas::load).await?;
        let queue = Queue::open(database)?;
        let metrics = Arc::new(Metrics::default());
        let (changes, changed) = tokio::sync::watch::channel(0);
        let told = writing::Told { metrics: Arc::clone(&metrics), clock: Arc::clone(&clock), changed: changes };
        let writing = tokio::spawn(writing::write(writer.clone(), Arc::clone(&queue), told));
        Ok(Self {
            keys: keys::Keys::new(known, now),
            quotas: quotas::Quotas::new(quotas),
            metrics,
            recorder: Recorder::default(),
            changed,
            clock,
            writer,
            readers,
            queue,
            writing: std::sync::Mutex::new(Some(writing)),
            _lock: lock,
        })
    }

    /// Now, in milliseconds since 1970.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        (self.clock)()
    }

    /// Waits until everything that is settled by now is in the database; not for long where it cannot be written.
    pub async fn flush(&self) {
        let (written, is_written) = tokio::sync::oneshot::channel();
        self.queue.send(Line::Flush(written));
        let _ = tokio::time::timeout(PATIENCE, is_written).await;
    }

    /// Writes down what is settled, and closes the database.
    pub async fn close(&self) {
        let writing = self.writing.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        if let Some(writing) = writing {
            self.queue.settled(PATIENCE).await;
            self.queue.send(Line::End);
            let _ = writing.await;
        }
        if let Err(error) = self.keep_quotas().await {
            tracing::warn!(%error, "what is left at the providers cannot be written down");
        }
        self.readers.close().await;
        self.writer.close().await;
    }
}

impl Drop for Book {
    /// What writes for it ends with it.
    fn drop(&mut self) {
        self.queue.send(Line::End);
    }
}

/// A folder that only this user can look into, where there is none yet.
fn make_private(folder: &Path) -> Result<(), BookError> {
    use std::os::unix::fs::DirBuilderExt as _;
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|source| BookError::Folder { path: folder.to_path_buf(), source })
}
