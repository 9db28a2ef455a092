//! What the services share: the writer, the readers, who waits for new entries, and how far things have come.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use oqto_store::lock::OwnerLock;
use oqto_store::rusqlite::Connection;
use oqto_store::writer::Writer;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::clearing::keep_clear;
use super::heads::Heads;
use super::{Clock, Config};
use crate::blobs::Blobs;
use crate::error::HistoryError;
use crate::lineage::{self, Found};
use crate::reader::Reader;
use crate::rows::{IdentityRow, blob_ref};
use crate::schema::HISTORY;
use crate::search::Indexer;
use crate::write::{Change, forget_outcomes};

/// How often the note on how far the database has come is written, and the file is looked at.
const NOTE_EVERY: Duration = Duration::from_secs(1);

pub(super) struct History {
    database: PathBuf,
    clock: Clock,
    writer: Writer,
    pub(super) reader: Reader,
    pub(super) blobs: Blobs,
    pub(super) heads: Arc<Heads>,
    pub(super) indexer: Indexer,
    /// The identity as of the last commit, and as it was last noted.
    latest: Arc<Mutex<Option<IdentityRow>>>,
    noted: Mutex<Option<IdentityRow>>,
    failure: Mutex<Option<HistoryError>>,
    stop: OnceLock<CancellationToken>,
    /// Rung when a conversation was deleted.
    pub(super) clearing: Notify,
    /// Let go last.
    _lock: OwnerLock,
}

impl History {
    pub(super) async fn open(config: Config) -> Result<Self, HistoryError> {
        let Config { database, clock, idle_timeout: _ } = config;
        make_folder(&database)?;
        let lock = OwnerLock::acquire(&database)?;
        let writer = Writer::open(&database, &HISTORY)?;
        let (path, now) = (database.clone(), clock());
        let found = writer.run(move |db| prepare(db, &path, now)).await?;
        if found == Found::Restored {
            tracing::warn!(path = %database.display(), "the history is an older copy: its logs have new identities");
        }
        let indexer = Indexer::start(&database)?;
        let reader = Reader::open(&database)?;
        Ok(Self {
            blobs: Blobs::beside(&database),
            reader,
            heads: Arc::default(),
            indexer,
            latest: Arc::default(),
            noted: Mutex::default(),
            failure: Mutex::default(),
            stop: OnceLock::new(),
            clearing: Notify::new(),
            database,
            clock,
            writer,
            _lock: lock,
        })
    }

    /// Runs a change in a transaction of its own savepoint. `after` is told the answer once it is on the disk, in
    /// the order of the commits.
    pub(super) async fn change<T, F, A>(&self, work: F, after: A) -> Result<T, HistoryError>
    where
        T: Send + 'static,
        F: FnOnce(Change<'_>) -> Result<T, HistoryError> + Send + 'static,
        A: FnOnce(&T, &Heads) + Send + 'static,
    {
        let now = (self.clock)();
        let (heads, bell, latest) = (Arc::clone(&self.heads), self.indexer.bell(), Arc::clone(&self.latest));
        let job = move |db: &Connection| {
            let answer = work(Change::begin(db, now)?)?;
            let identity = IdentityRow::get(db)?;
            Ok((answer, identity))
        };
        let after = move |(answer, identity): &(T, IdentityRow)| {
            bell.appended(identity.position);
            lock(&latest).replace(identity.clone());
            after(answer, &heads);
        };
        let outcome = self.writer.run_then(job, after).await;
        if let Err(error @ HistoryError::Replaced(_)) = &outcome {
            self.fail(error.clone());
        }
        Ok(outcome?.0)
    }

    /// Looks at the database on the writer's thread, so that nothing is written meanwhile. Nothing is changed.
    pub(super) async fn look<T, F>(&self, work: F) -> Result<T, HistoryError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, HistoryError> + Send + 'static,
    {
        self.writer.run(work).await
    }

    /// What ends the service, and what ends because of it.
    pub(super) fn stop_with(self: &Arc<Self>, stop: &CancellationToken) {
        if self.stop.set(stop.clone()).is_ok() {
            tokio::spawn(keep_notes(Arc::clone(self), stop.clone()));
            tokio::spawn(keep_clear(Arc::clone(self), stop.clone()));
        }
    }

    pub(super) fn stopping(&self) -> CancellationToken {
        self.stop.get_or_init(CancellationToken::new).clone()
    }

    /// Ends the service with an error.
    fn fail(&self, error: HistoryError) {
        tracing::error!(%error, "the history service ends");
        lock(&self.failure).get_or_insert(error);
        self.stopping().cancel();
    }

    pub(super) fn failure(&self) -> Option<HistoryError> {
        lock(&self.failure).clone()
    }

    /// Ends the threads and closes the files; what was asked before is answered.
    pub(super) async fn close(&self) {
        self.indexer.close().await;
        self.reader.close().await;
        self.writer.close().await;
        self.note().await;
    }

    /// Writes how far the database has come, where that changed, unless it is not ours any more.
    async fn note(&self) {
        let latest = lock(&self.latest).clone();
        if self.failure().is_some() || latest == *lock(&self.noted) {
            return;
        }
        lock(&self.noted).clone_from(&latest);
        let Some(identity) = latest else { return };
        let database = self.database.clone();
        let write = move || lineage::write_note(&database, &identity.lineage, identity.generation);
        // A failure is told by the function itself.
        let _ = tokio::task::spawn_blocking(write).await;
    }

    fn look_at_file(&self) {
        if let Err(error @ oqto_store::error::StoreError::Replaced { .. }) = self.writer.check_file() {
            self.fail(error.into());
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn keep_notes(history: Arc<History>, stop: CancellationToken) {
    let mut every = tokio::time::interval(NOTE_EVERY);
    loop {
        tokio::select! {
            _ = every.tick() => {
                history.look_at_file();
                history.note().await;
            }
            () = stop.cancelled() => return,
        }
    }
}

fn prepare(db: &Connection, database: &std::path::Path, now: i64) -> Result<Found, HistoryError> {
    let found = lineage::establish(db, database, now)?;
    forget_outcomes(db, now)?;
    blob_ref::note_all(db)?;
    Ok(found)
}

/// Makes the folder of the database, for this user alone, where there is none.
fn make_folder(database: &std::path::Path) -> Result<(), HistoryError> {
    use std::os::unix::fs::DirBuilderExt;
    let Some(folder) = database.parent().filter(|folder| !folder.as_os_str().is_empty()) else { return Ok(()) };
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|error| HistoryError::Io(format!("cannot create {}: {error}", folder.display())))
}
