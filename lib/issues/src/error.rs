//! What can go wrong with issues.

use std::io;
use std::path::{Path, PathBuf};

use oqto_store::error::StoreError;
use oqto_store::ledger::LedgerError;

/// The result of this crate.
pub type Result<T> = std::result::Result<T, IssueError>;

/// A refusal or a failure.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// There is no store here or above.
    #[error("there is no .trx in {} or above it", from.display())]
    NoStore {
        /// Where the search began.
        from: PathBuf,
    },
    /// There is a store already.
    #[error("{} is there already", path.display())]
    StoreExists {
        /// The store.
        path: PathBuf,
    },
    /// No issue has this id or beginning of an id.
    #[error("there is no issue {id}")]
    NotFound {
        /// What was asked for.
        id: String,
    },
    /// Several issues have ids that begin so.
    #[error("{id} may be {}", candidates.join(", "))]
    Ambiguous {
        /// What was asked for.
        id: String,
        /// Some of the ids.
        candidates: Vec<String>,
    },
    /// A value that cannot be.
    #[error("{what}")]
    Invalid {
        /// What is wrong with it.
        what: String,
    },
    /// The configuration of the store is not understood.
    #[error("{what}")]
    Config {
        /// What is wrong with it.
        what: String,
    },
    /// Issues would wait for each other.
    #[error("issues would wait for each other: {}", cycle.join(" → "))]
    Cycle {
        /// The ids, the first again at the end.
        cycle: Vec<String>,
    },
    /// Somebody else works on it.
    #[error("{id} is claimed by {by} until {until}")]
    Claimed {
        /// The issue.
        id: String,
        /// Who.
        by: String,
        /// RFC 3339.
        until: String,
    },
    /// The log.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The index.
    #[error(transparent)]
    Index(#[from] StoreError),
    /// A file.
    #[error("cannot {action} {}", path.display())]
    File {
        /// What was tried, as a verb.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// No randomness can be had.
    #[error("the system gives no random numbers")]
    Random(#[source] io::Error),
}

impl IssueError {
    pub(crate) fn invalid(what: impl Into<String>) -> Self {
        Self::Invalid { what: what.into() }
    }

    pub(crate) fn config(what: impl Into<String>) -> Self {
        Self::Config { what: what.into() }
    }

    pub(crate) fn file(action: &'static str, path: &Path, source: io::Error) -> Self {
        Self::File { action, path: path.to_path_buf(), source }
    }
}

impl From<oqto_store::rusqlite::Error> for IssueError {
    fn from(error: oqto_store::rusqlite::Error) -> Self {
        Self::Index(error.into())
    }
}
