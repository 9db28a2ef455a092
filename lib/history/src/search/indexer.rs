//! The indexer: a thread that follows the history by position, outside of every append.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use oqto_store::error::StoreError;
use oqto_store::open::{Durability, read_only, read_write, truncate_log};
use oqto_store::quarantine::move_aside;
use oqto_store::rusqlite::{Connection, OptionalExtension, params};
use tokio::sync::{oneshot, watch};

use super::{INDEX, index_path, text, words};
use crate::error::HistoryError;
use crate::model::MESSAGE;
use crate::rows::{ENTRY_COLUMNS, IdentityRow, decode_entry};
use crate::schema::HISTORY;

/// How long new messages wait for others, unless somebody searches.
const GATHER: Duration = Duration::from_secs(1);
/// How many entries, and how many bytes of them, are indexed in one transaction.
const BATCH: usize = 1000;
const BATCH_BYTES: usize = 4 << 20;
/// The priority of the indexer's thread: 19 is the least.
const NICE: i32 = 10;
/// How many written words are remembered as known.
const REMEMBERED: usize = 200_000;
/// The shortest and longest written words that are kept for beginnings.
const WRITTEN: std::ops::RangeInclusive<usize> = 4..=24;

/// A handle on the indexer's thread.
pub(crate) struct Indexer {
    bell: Bell,
    indexed: watch::Receiver<i64>,
    ended: Mutex<Option<oneshot::Receiver<()>>>,
}

/// Wakes the indexer. Ringing never waits.
#[derive(Clone)]
pub(crate) struct Bell(Arc<(Mutex<Wanted>, Condvar)>);

#[derive(Default)]
struct Wanted {
    /// The position up to which there are entries.
    position: i64,
    /// Somebody waits for it.
    urgent: bool,
    /// Conversations that were deleted.
    deleted: Vec<i64>,
    closed: bool,
}

impl Bell {
    /// There are entries up to this position.
    pub(crate) fn appended(&self, position: i64) {
        let mut wanted = self.lock();
        wanted.position = wanted.position.max(position);
        self.0.1.notify_one();
    }

    /// A conversation is gone.
    pub(crate) fn deleted(&self, conversation: i64) {
        self.lock().deleted.push(conversation);
        self.0.1.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, Wanted> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Indexer {
    /// Opens or makes the index and starts to follow the history.
    pub(crate) fn start(database: &Path) -> Result<Self, HistoryError> {
        let mut index = Index::open(database)?;
        let position = index.position();
        let (told, indexed) = watch::channel(position);
        let (ended, is_ended) = oneshot::channel();
        let bell = Bell(Arc::default());
        bell.lock().position = index.history_position()?;
        let rung = bell.clone();
        std::thread::Builder::new()
            .name("history-index".into())
            .spawn(move || {
                be_modest();
                index.follow(&rung, &told);
                drop(index);
                let _ = ended.send(());
            })
            .map_err(|error| HistoryError::Io(format!("cannot start the indexer's thread: {error}")))?;
        Ok(Self { bell, indexed, ended: Mutex::new(Some(is_ended)) })
    }

    pub(crate) fn bell(&self) -> Bell {
        self.bell.clone()
    }

    /// Waits until everything that is there now is indexed, at most this long.
    pub(crate) async fn catch_up(&self, patience: Duration) {
        let position = {
            let mut wanted = self.bell.lock();
            if *self.indexed.borrow() >= wanted.position {
                return;
            }
            wanted.urgent = true;
            self.bell.0.1.notify_one();
            wanted.position
        };
        let mut indexed = self.indexed.clone();
        let _ = tokio::time::timeout(patience, indexed.wait_for(|indexed| *indexed >= position)).await;
    }

    /// Ends the thread.
    pub(crate) async fn close(&self) {
        self.bell.lock().closed = true;
        self.bell.0.1.notify_one();
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(ended) = ended {
            let _ = ended.await;
        }
    }
}

/// Lets everybody else go first: who waits for an append waits for the disk, and nobody waits for the index.
fn be_modest() {
    if let Err(error) = rustix::process::setpriority_process(None, NICE) {
        tracing::debug!(%error, "the indexer runs with the priority of everybody");
    }
}

/// The index, and the history that it follows.
struct Index {
    db: Connection,
    history: Connection,
    position: i64,
    names: HashMap<String, i64>,
    known: std::collections::HashSet<u64>,
}

impl Index {
    fn open(database: &Path) -> Result<Self, HistoryError> {
        let history = read_only(database, &HISTORY)?;
        let path = index_path(database);
        let db = match read_write(&path, &INDEX, Durability::Rebuildable) {
            Ok(db) => db,
            Err(
                error @ (StoreError::Corrupt { .. } | StoreError::Foreign { .. } | StoreError::NewerVersion { .. }),
            ) => {
                tracing::warn!(%error, "the search index is moved aside and made anew");
                move_aside(&path, 0)?;
                read_write(&path, &INDEX, Durability::Rebuildable)?
            }
            Err(error) => return Err(error.into()),
        };
        let mut index = Self { db, history, position: 0, names: HashMap::new(), known: Default::default() };
        index.adopt()?;
        Ok(index)
    }

    /// Goes on from where it was, or anew where it was the index of another history.
    fn adopt(&mut self) -> Result<(), HistoryError> {
        let identity = IdentityRow::get(&self.history)?;
        let state: Option<(String, i64)> = self
            .db
            .query_row("SELECT lineage, position FROM state", [], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        self.position = match state {
            Some((lineage, position)) if lineage == identity.lineage && position <= identity.position => position,
            Some(_) | None => self.clear(&identity.lineage)?,
        };
        self.forget_deleted()
    }

    fn clear(&mut self, lineage: &str) -> Result<i64, HistoryError> {
        let all = self.db.transaction()?;
        all.execute_batch("DELETE FROM state; DELETE FROM doc; DELETE FROM name; DELETE FROM word;")?;
        all.execute("INSERT INTO words (words) VALUES ('delete-all')", [])?;
        all.execute("INSERT INTO state (one, lineage, position) VALUES (1, ?1, 0)", [lineage])?;
        all.commit()?;
        Ok(0)
    }

    fn position(&self) -> i64 {
        self.position
    }

    fn history_position(&self) -> Result<i64, HistoryError> {
        Ok(IdentityRow::get(&self.history)?.position)
    }

    /// Serves the bell until it is closed.
    fn follow(&mut self, bell: &Bell, told: &watch::Sender<i64>) {
        while let Some(deleted) = wait(bell, self.position) {
            let outcome = if deleted.is_empty() { self.batch().map(drop) } else { self.forget(&deleted) };
            match outcome {
                Ok(()) => {
                    told.send_replace(self.position);
                }
                Err(error) => {
                    tracing::warn!(%error, "indexing failed; trying again with the next message");
                    pause(bell);
                }
            }
        }
        if let Err(error) = truncate_log(&self.db) {
            tracing::debug!(%error, "the log of the search index was not emptied");
        }
    }

    /// Indexes what comes next in the history; says whether there may be more.
    fn batch(&mut self) -> Result<bool, HistoryError> {
        let Self { db, history, position, names, known } = self;
        let sql =
            format!("SELECT {ENTRY_COLUMNS}, position FROM entry WHERE position > ?1 ORDER BY position LIMIT {BATCH}");
        let mut statement = history.prepare_cached(&sql)?;
        let mut rows = statement.query([*position])?;
        let transaction = db.transaction()?;
        let mut add = Addition { db: &transaction, names, known };
        let (mut last, mut bytes, mut count) = (*position, 0, 0);
        while let Some(row) = rows.next()? {
            last = row.get(0)?;
            count += 1;
            bytes += row.get_ref(6)?.as_blob().map_or(0, <[u8]>::len);
            let event = row.get_ref(5)?;
            if event.as_bytes().is_ok_and(|event| event == MESSAGE.as_bytes()) {
                match decode_entry(row) {
                    Ok(entry) => add.message(last, row.get(1)?, &entry)?,
                    Err(error) => tracing::error!(%error, "a damaged entry is not indexed"),
                }
            }
            if bytes > BATCH_BYTES {
                break;
            }
        }
        let full = count == BATCH || bytes > BATCH_BYTES;
        if !full {
            // What was deleted before it was indexed leaves no entry behind.
            drop(rows);
            drop(statement);
        }
        transaction.execute("UPDATE state SET position = ?1", [last])?;
        transaction.commit()?;
        *position = last;
        Ok(full)
    }

    /// Takes the messages of conversations out that were deleted while nobody looked.
    fn forget_deleted(&mut self) -> Result<(), HistoryError> {
        let living = keys(&self.history, "SELECT key FROM conversation WHERE log <> ''")?;
        let living: std::collections::HashSet<i64> = living.into_iter().collect();
        let mut indexed = keys(&self.db, "SELECT DISTINCT conversation FROM doc")?;
        indexed.retain(|key| !living.contains(key));
        self.forget(&indexed)
    }

    /// Takes the messages of conversations out, a few in a transaction.
    fn forget(&mut self, conversations: &[i64]) -> Result<(), HistoryError> {
        let mut left = conversations;
        while let Some((conversation, others)) = left.split_first() {
            let transaction = self.db.transaction()?;
            let dead: Vec<i64> = {
                let sql = format!("SELECT position FROM doc WHERE conversation = ?1 LIMIT {BATCH}");
                let mut positions = transaction.prepare_cached(&sql)?;
                positions.query_map([conversation], |row| row.get(0))?.collect::<Result<_, _>>()?
            };
            for position in &dead {
                transaction.prepare_cached("DELETE FROM words WHERE rowid = ?1")?.execute([position])?;
                transaction.prepare_cached("DELETE FROM doc WHERE position = ?1")?.execute([position])?;
            }
            transaction.commit()?;
            if dead.len() < BATCH {
                left = others;
            }
        }
        Ok(())
    }
}

fn keys(db: &Connection, sql: &str) -> Result<Vec<i64>, HistoryError> {
    let mut statement = db.prepare_cached(sql)?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// One transaction of additions.
struct Addition<'a> {
    db: &'a Connection,
    names: &'a mut HashMap<String, i64>,
    known: &'a mut std::collections::HashSet<u64>,
}

impl Addition<'_> {
    fn message(&mut self, position: i64, conversation: i64, entry: &crate::model::Entry) -> Result<(), HistoryError> {
        let Some(message) = text::message(&entry.data) else { return Ok(()) };
        let role = self.name(&message.role)?;
        let model = self.name(message.model.as_deref().unwrap_or_default())?;
        self.db
            .prepare_cached(
                "INSERT OR REPLACE INTO doc (position, conversation, ts, role, model) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![position, conversation, entry.ts, role, model])?;
        let text = message.text();
        let mut expanded = String::new();
        words::expand(&text, &mut expanded);
        self.db
            .prepare_cached("INSERT OR REPLACE INTO words (rowid, text) VALUES (?1, ?2)")?
            .execute(params![position, expanded])?;
        self.keep_words(&expanded)
    }

    /// The number of a role or a model.
    fn name(&mut self, text: &str) -> Result<i64, HistoryError> {
        if let Some(id) = self.names.get(text) {
            return Ok(*id);
        }
        self.db.prepare_cached("INSERT OR IGNORE INTO name (text) VALUES (?1)")?.execute([text])?;
        let id = self.db.prepare_cached("SELECT id FROM name WHERE text = ?1")?.query_row([text], |row| row.get(0))?;
        self.names.insert(text.to_owned(), id);
        Ok(id)
    }

    /// Keeps the written words of a text, each once.
    fn keep_words(&mut self, text: &str) -> Result<(), HistoryError> {
        use std::hash::{BuildHasher, RandomState};
        static HASH: std::sync::LazyLock<RandomState> = std::sync::LazyLock::new(RandomState::new);
        let all = text.split(|letter: char| !letter.is_ascii_alphabetic());
        for word in all.filter(|word| WRITTEN.contains(&word.len())) {
            let word = word.to_ascii_lowercase();
            if self.known.len() >= REMEMBERED {
                self.known.clear();
            }
            if self.known.insert(HASH.hash_one(&word)) {
                self.db.prepare_cached("INSERT OR IGNORE INTO word (text) VALUES (?1)")?.execute([word])?;
            }
        }
        Ok(())
    }
}

/// Waits for work: `None` when it is time to end, else the conversations that were deleted.
fn wait(bell: &Bell, indexed: i64) -> Option<Vec<i64>> {
    let mut wanted = bell.lock();
    let mut since = None;
    loop {
        if wanted.closed {
            return None;
        }
        if !wanted.deleted.is_empty() {
            return Some(std::mem::take(&mut wanted.deleted));
        }
        if wanted.position <= indexed {
            wanted.urgent = false;
            wanted = bell.0.1.wait(wanted).unwrap_or_else(PoisonError::into_inner);
            continue;
        }
        let waited = since.get_or_insert_with(Instant::now).elapsed();
        if wanted.urgent || waited >= GATHER {
            return Some(Vec::new());
        }
        wanted = bell.0.1.wait_timeout(wanted, GATHER - waited).unwrap_or_else(PoisonError::into_inner).0;
    }
}

/// After a failure: a second, or until the end.
fn pause(bell: &Bell) {
    let wanted = bell.lock();
    let _ = bell.0.1.wait_timeout_while(wanted, Duration::from_secs(1), |wanted| !wanted.closed);
}
