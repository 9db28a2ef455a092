//! What can go wrong with a ledger.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::StoreError;

/// A failure of a ledger. Bad lines are no failure, see [`Damage`](super::Damage).
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// Somebody else had the lock all the time.
    #[error("{} is being written by {}, still after {} ms", path.display(), holder.as_deref().unwrap_or("another process"), waited.as_millis())]
    Busy {
        /// The ledger.
        path: PathBuf,
        /// The time that was waited.
        waited: Duration,
        /// Who has it, where the system tells.
        holder: Option<String>,
    },
    /// No space is left; nothing was appended.
    #[error("no space is left for {}", path.display())]
    Full {
        /// The ledger.
        path: PathBuf,
    },
    /// A line to be appended is longer than readers accept.
    #[error("a line of {length} bytes is too long for {} (at most {limit})", path.display())]
    TooLong {
        /// The ledger.
        path: PathBuf,
        /// Its bytes.
        length: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// What was to be appended is not one line.
    #[error("what was to be appended to {} is not one line", path.display())]
    NotOneLine {
        /// The ledger.
        path: PathBuf,
    },
    /// Something keeps replacing the file while it is written.
    #[error("{} was replaced again and again while it was written", path.display())]
    Replaced {
        /// The ledger.
        path: PathBuf,
    },
    /// A file operation failed.
    #[error("cannot {action} {}", path.display())]
    Io {
        /// What was tried, as a verb.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The index failed in a way that rebuilding does not mend.
    #[error("the index of {} failed", path.display())]
    Index {
        /// The ledger.
        path: PathBuf,
        /// Why.
        source: StoreError,
    },
}

impl LedgerError {
    pub(super) fn io(action: &'static str, path: &Path, source: io::Error) -> Self {
        let path = path.to_path_buf();
        let full = matches!(source.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
        if full { Self::Full { path } } else { Self::Io { action, path, source } }
    }

    /// Whether trying again may help, with nothing else changed.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Busy { .. } | Self::Replaced { .. })
    }
}
