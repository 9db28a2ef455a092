//! What can go wrong with a store of memories.

use oqto_protocol::error::ErrorKind;
use oqto_store::ledger::LedgerError;
use oqto_store::rusqlite;
use std::path::PathBuf;

/// A failure of a store of memories.
#[derive(Debug, thiserror::Error)]
pub enum MemoryError {
    /// No memory has this id, or one that begins so.
    #[error("no memory is called {0}")]
    NotFound(String),
    /// Several memories have an id that begins so.
    #[error("{prefix} may be any of {}", ids.join(", "))]
    Ambiguous {
        /// What was asked for.
        prefix: String,
        /// The ids that begin so.
        ids: Vec<String>,
    },
    /// Several stores have this name.
    #[error("several stores are called {name}: {}", ledgers.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", "))]
    Several {
        /// The name.
        name: String,
        /// Their ledgers.
        ledgers: Vec<PathBuf>,
    },
    /// The same, or nearly the same, is known already.
    #[error("{} says {} already: {}", .0.id, .0.how(), .0.beginning())]
    Duplicate(crate::similar::Similar),
    /// The memory was changed since it was read.
    #[error("{id} is at revision {actual}, expected {expected}; read it again and retry")]
    Moved {
        /// The memory.
        id: String,
        /// The revision the writer knew.
        expected: u64,
        /// Its revision.
        actual: u64,
    },
    /// A field is missing or out of range.
    #[error("{0}")]
    Invalid(String),
    /// A folder cannot be made or a file beside the ledger cannot be written.
    #[error("cannot prepare {}", path.display())]
    Prepare {
        /// What was to be made.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The ledger failed.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The index failed.
    #[error("the index of the memories failed")]
    Index(#[from] rusqlite::Error),
    /// What the index holds cannot be read.
    #[error("the index holds a memory that cannot be read")]
    Record(#[from] serde_json::Error),
}

impl MemoryError {
    /// Whether the store may be read and not written.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
        match self {
            Self::Ledger(LedgerError::Io { source, .. }) | Self::Prepare { source, .. } => {
                matches!(source.kind(), PermissionDenied | ReadOnlyFilesystem)
            }
            Self::Ledger(_)
            | Self::NotFound(_)
            | Self::Ambiguous { .. }
            | Self::Several { .. }
            | Self::Duplicate(_)
            | Self::Moved { .. }
            | Self::Invalid(_)
            | Self::Index(_)
            | Self::Record(_) => false,
        }
    }

    /// The kind, which decides the exit code.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound(_) => ErrorKind::NotFound,
            Self::Duplicate(_) => ErrorKind::AlreadyExists,
            Self::Moved { .. } => ErrorKind::Conflict,
            Self::Ambiguous { .. } | Self::Several { .. } | Self::Invalid(_) => ErrorKind::InvalidParams,
            Self::Ledger(error) if error.is_busy() => ErrorKind::Unavailable,
            Self::Ledger(LedgerError::Full { .. }) => ErrorKind::DiskFull,
            Self::Ledger(LedgerError::Io { source, .. }) | Self::Prepare { source, .. } => of_io(source),
            Self::Ledger(_) => ErrorKind::Failed,
            Self::Index(_) | Self::Record(_) => ErrorKind::Internal,
        }
    }
}

fn of_io(error: &std::io::Error) -> ErrorKind {
    use std::io::ErrorKind as Io;
    if matches!(error.kind(), Io::StorageFull | Io::QuotaExceeded) {
        ErrorKind::DiskFull
    } else if error.kind() == Io::PermissionDenied {
        ErrorKind::NotPermitted
    } else {
        ErrorKind::Failed
    }
}
