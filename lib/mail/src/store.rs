//! The database of mail and reservations: opened when it is needed, written in turns.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use oqto_store::error::StoreError;
use oqto_store::open::{self, Durability};
use oqto_store::rusqlite::config::DbConfig;
use oqto_store::rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::clock::{self, Clock, Moment};
use crate::error::MailError;
use crate::queue::Turn;
use crate::schema::MAIL;

/// How long a writer queues before it says that the store is busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// Bytes of the write-ahead log from which on it is moved into the file and emptied: few, since every process that opens
/// the file alone reads the log once.
const LOG: u64 = 1 << 20;

/// The mail and the reservations of one user of this machine. For one thread; open another one for another thread.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    clock: Arc<dyn Clock>,
    reading: OnceCell<Connection>,
    writing: OnceCell<Connection>,
}

impl Store {
    /// A store at a path. Nothing is opened or made before it is needed.
    pub fn at(path: impl Into<PathBuf>, clock: impl Clock + 'static) -> Self {
        Self { path: path.into(), clock: Arc::new(clock), reading: OnceCell::new(), writing: OnceCell::new() }
    }

    /// The database file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether there is a database yet.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.path.exists()
    }

    /// Whether SQLite finds the file whole; says what it complains of.
    ///
    /// # Errors
    /// When the database cannot be read at all.
    pub fn check(&self) -> Result<Vec<String>, MailError> {
        self.read(|db, _| {
            let mut statement = db.prepare("PRAGMA quick_check(20)")?;
            let said: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
            Ok(said.into_iter().filter(|line| line != "ok").collect())
        })
    }

    /// Asks without changing anything.
    pub(crate) fn read<T>(
        &self,
        question: impl FnOnce(&Connection, Moment) -> Result<T, MailError>,
    ) -> Result<T, MailError> {
        let db = self.reader()?;
        // One transaction, so that all answers are of one state.
        let seen = Transaction::new_unchecked(db, TransactionBehavior::Deferred).map_err(|e| self.named(e.into()))?;
        let answer = clock::moment(&seen, &self.clock.now()).and_then(|moment| question(&seen, moment));
        answer.map_err(|error| self.named(error))
    }

    /// Changes something: all of `job` or nothing. What it answers is on the disk.
    pub(crate) fn write<T>(
        &self,
        job: impl FnOnce(&Connection, Moment) -> Result<T, MailError>,
    ) -> Result<T, MailError> {
        self.make_folder()?;
        let turn = Turn::take(&self.path, PATIENCE)?;
        let db = self.writer(&turn)?;
        let changes = || -> Result<T, MailError> {
            let changes = Transaction::new_unchecked(db, TransactionBehavior::Immediate)?;
            let moment = clock::advance(&changes, &self.clock.now())?;
            let answer = job(&changes, moment)?;
            changes.commit()?;
            Ok(answer)
        };
        let answer = changes().map_err(|error| self.named(error))?;
        self.shorten_the_log(db);
        Ok(answer)
    }

    /// Empties a long log. SQLite's own way would move its pages again and again and never begin anew: how far it came is
    /// remembered only while the file is open somewhere.
    fn shorten_the_log(&self, db: &Connection) {
        let mut log = self.path.clone().into_os_string();
        log.push("-wal");
        if std::fs::metadata(log).is_ok_and(|log| log.len() > LOG) {
            // What was written is on the disk already. Where somebody is reading just now, the next change does it: it is
            // not waited for.
            let _ = db.busy_timeout(Duration::ZERO);
            let _ = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
            let _ = db.busy_timeout(open::BUSY_TIMEOUT);
        }
    }

    fn reader(&self) -> Result<&Connection, MailError> {
        if let Some(db) = self.writing.get().or_else(|| self.reading.get()) {
            return Ok(db);
        }
        match open::read_only(&self.path, &MAIL) {
            Ok(db) => {
                leave_the_log(&db)?;
                Ok(self.reading.get_or_init(|| db))
            }
            // Not made yet, or by an older version: whoever opens it for writing mends that.
            Err(StoreError::Missing { .. } | StoreError::Corrupt { .. }) => {
                self.make_folder()?;
                let turn = Turn::take(&self.path, PATIENCE)?;
                self.writer(&turn)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Opening may change the file, so it needs the turn.
    fn writer(&self, _turn: &Turn) -> Result<&Connection, MailError> {
        if let Some(db) = self.writing.get() {
            return Ok(db);
        }
        let db = open::read_write(&self.path, &MAIL, Durability::Acknowledged)?;
        leave_the_log(&db)?;
        Ok(self.writing.get_or_init(|| db))
    }

    fn make_folder(&self) -> Result<(), MailError> {
        use std::os::unix::fs::DirBuilderExt as _;
        let Some(folder) = self.path.parent() else { return Ok(()) };
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|source| MailError::File {
            action: "make the folder",
            path: folder.to_path_buf(),
            source,
        })
    }

    fn named(&self, error: MailError) -> MailError {
        if let MailError::Store(error) = error { MailError::Store(error.at(&self.path)) } else { error }
    }
}

/// The last of many short-lived processes need not move the log: the next one would have to make it anew, and each
/// of them would wait for the disk three times instead of once.
fn leave_the_log(db: &Connection) -> Result<(), MailError> {
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(StoreError::from)?;
    Ok(())
}
