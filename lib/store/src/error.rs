//! What can go wrong with a database, told apart by what one can do about it.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// A failure of a database or of a file of it. Each names its path once [`StoreError::at`] was applied, which every
/// function of this crate that knows the path does.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No space is left. What was acknowledged before is kept.
    #[error("no space is left for the database {path}")]
    DiskFull {
        /// The database.
        path: PathBuf,
    },
    /// Another process holds the database's lock longer than the busy time-out.
    #[error("the database {path} is locked by another process")]
    Locked {
        /// The database.
        path: PathBuf,
    },
    /// Reading or writing failed below SQLite. Nothing is acknowledged until the database was opened again.
    #[error("input or output on the database {path} failed")]
    Io {
        /// The database.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// The file is damaged, or a row does not have its checksum.
    #[error("the database {path} is damaged: {detail}")]
    Corrupt {
        /// The database.
        path: PathBuf,
        /// What is damaged.
        detail: String,
    },
    /// Written by a newer version of this program.
    #[error("the database {path} has version {found}, this program knows up to {known}")]
    NewerVersion {
        /// The database.
        path: PathBuf,
        /// The version in the file.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// A database, but of another application.
    #[error("{path} is not a database of this program (application id {found:#010x})")]
    Foreign {
        /// The file.
        path: PathBuf,
        /// The application id in the file.
        found: i32,
    },
    /// The file at this path is not the one that was opened: it was removed or replaced while in use.
    #[error("the database {path} was removed or replaced while it was open")]
    Replaced {
        /// The database.
        path: PathBuf,
    },
    /// Another process owns the database.
    #[error("the database {path} is owned by another process")]
    Owned {
        /// The database.
        path: PathBuf,
    },
    /// There is no such database.
    #[error("there is no database {path}")]
    Missing {
        /// The database.
        path: PathBuf,
    },
    /// The handle outlived its database, or its thread ended.
    #[error("the database was closed")]
    Closed,
    /// An operation on a file beside the database failed.
    #[error("cannot {action} {path}")]
    File {
        /// What was tried, as a verb.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// SQLite refused a statement: a bug of ours.
    #[error("the database {path} refused a statement")]
    Sqlite {
        /// The database.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// The same error with its path, where it has none yet.
    #[must_use]
    pub fn at(mut self, database: &Path) -> Self {
        match &mut self {
            Self::DiskFull { path }
            | Self::Locked { path }
            | Self::Io { path, .. }
            | Self::Corrupt { path, .. }
            | Self::NewerVersion { path, .. }
            | Self::Foreign { path, .. }
            | Self::Replaced { path }
            | Self::Owned { path }
            | Self::Missing { path }
            | Self::File { path, .. }
            | Self::Sqlite { path, .. } => {
                if path.as_os_str().is_empty() {
                    *path = database.to_path_buf();
                }
            }
            Self::Closed => {}
        }
        self
    }

    /// Damage that was found in a row or a file.
    pub fn corrupt(detail: impl Into<String>) -> Self {
        Self::Corrupt { path: DATABASE.with_borrow(PathBuf::clone), detail: detail.into() }
    }

    /// A failure of a file beside a database: what was tried, with which file, and why not.
    #[must_use]
    pub fn file(action: &'static str, path: &Path, source: std::io::Error) -> Self {
        if source.kind() == std::io::ErrorKind::StorageFull {
            return Self::DiskFull { path: path.to_path_buf() };
        }
        Self::File { action, path: path.to_path_buf(), source }
    }

    /// Whether the connection must be opened again before anything else is acknowledged.
    #[must_use]
    pub fn needs_reopening(&self) -> bool {
        matches!(self, Self::Io { .. } | Self::Replaced { .. })
    }
}

thread_local! {
    /// The database of a thread that serves only one: its errors name it, wherever they come from.
    static DATABASE: RefCell<PathBuf> = RefCell::default();
}

/// Says which database the errors of this thread are about.
pub(crate) fn this_thread_serves(path: &Path) {
    DATABASE.set(path.to_path_buf());
}

impl From<rusqlite::Error> for StoreError {
    fn from(source: rusqlite::Error) -> Self {
        let path = DATABASE.with_borrow(PathBuf::clone);
        match source.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked { path },
            Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen | ErrorCode::ReadOnly) => Self::Io { path, source },
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Corrupt { path, detail: source.to_string() }
            }
            Some(_) => Self::Sqlite { path, source },
            None => Self::from_decoding(source),
        }
    }
}

impl StoreError {
    /// A value that is not of the type of its column, or not UTF-8, is damage: STRICT tables hold nothing else.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the enum is SQLite's and grows")]
    fn from_decoding(source: rusqlite::Error) -> Self {
        match source {
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::Utf8Error(..)
            | rusqlite::Error::InvalidColumnType(..) => Self::corrupt(source.to_string()),
            source => Self::Sqlite { path: DATABASE.with_borrow(PathBuf::clone), source },
        }
    }
}

/// The error of a job on a database: its own refusals, or a failure of the database.
pub trait JobError: From<StoreError> + Send + 'static {
    /// What failed below it, where it is not a refusal of the job's own.
    fn failure(&self) -> Option<Failure>;
}

/// A failure that may concern the whole transaction that a job is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// No space is left.
    DiskFull,
    /// Reading or writing failed.
    Io,
    /// Anything else; it concerns only the job.
    Other,
}

impl Failure {
    /// What the other jobs of the transaction are told.
    pub(crate) fn told_to_others(self, path: &Path) -> StoreError {
        let path = path.to_path_buf();
        let failed = |code| rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
        match self {
            Self::DiskFull => StoreError::DiskFull { path },
            Self::Io => StoreError::Io { path, source: failed(rusqlite::ffi::SQLITE_IOERR) },
            Self::Other => StoreError::Sqlite { path, source: failed(rusqlite::ffi::SQLITE_ABORT) },
        }
    }
}

impl JobError for StoreError {
    fn failure(&self) -> Option<Failure> {
        Some(match self {
            Self::DiskFull { .. } => Failure::DiskFull,
            Self::Io { .. } => Failure::Io,
            Self::Locked { .. }
            | Self::Corrupt { .. }
            | Self::NewerVersion { .. }
            | Self::Foreign { .. }
            | Self::Replaced { .. }
            | Self::Owned { .. }
            | Self::Missing { .. }
            | Self::Closed
            | Self::File { .. }
            | Self::Sqlite { .. } => Failure::Other,
        })
    }
}
