//! What can go wrong with a catalog.

use std::io;
use std::path::{Path, PathBuf};

use oqto_issues::IssueError;
use oqto_memory::MemoryError;
use oqto_protocol::error::ErrorKind;
use oqto_repo::GitError;
use oqto_store::ledger::LedgerError;
use oqto_whole::NotWritten;
use thiserror::Error;

/// The result of everything here.
pub type Result<T, E = CatalogError> = std::result::Result<T, E>;

/// Why a catalog could not be made, read or written.
#[derive(Debug, Error)]
pub enum CatalogError {
    /// A file or folder.
    #[error("{}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The catalog file is not one.
    #[error("{} is not a catalog", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where and why.
        #[source]
        source: serde_json::Error,
    },
    /// git.
    #[error(transparent)]
    Git(#[from] GitError),
    /// A store of issues.
    #[error(transparent)]
    Issues(Box<IssueError>),
    /// A store of memories.
    #[error(transparent)]
    Memories(Box<MemoryError>),
    /// A file of lines.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// A value that cannot be.
    #[error("{what}")]
    Invalid {
        /// What is wrong.
        what: String,
    },
    /// A template that cannot be used, or not with these values.
    #[error("{what}")]
    Template {
        /// Why.
        what: String,
    },
    /// Values of a template that nobody has told.
    #[error("the template needs values: {names}")]
    Missing {
        /// Their names.
        names: String,
    },
    /// There is something already.
    #[error("{} is there already", path.display())]
    Exists {
        /// What.
        path: PathBuf,
    },
    /// A bare repository has no files that anything could be written to.
    #[error("{} is bare: there are no files to add to", path.display())]
    Bare {
        /// The repository.
        path: PathBuf,
    },
    /// The remote has no such branch.
    #[error("{remote} has no branch {branch}")]
    NoBranch {
        /// The remote.
        remote: String,
        /// The branch.
        branch: String,
    },
    /// Others changed the remote's branch all the time.
    #[error("{branch} of the remote moved {attempts} times while it was written to")]
    Moving {
        /// The branch.
        branch: String,
        /// How often it was tried.
        attempts: u32,
    },
}

impl From<NotWritten> for CatalogError {
    fn from(error: NotWritten) -> Self {
        Self::Io { path: error.path, source: error.source }
    }
}

impl CatalogError {
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }

    /// What kind of failure this is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Io { source, .. } if source.kind() == io::ErrorKind::NotFound => ErrorKind::NotFound,
            Self::Io { source, .. } if source.kind() == io::ErrorKind::StorageFull => ErrorKind::DiskFull,
            Self::Io { .. } => ErrorKind::Failed,
            Self::Damaged { .. } => ErrorKind::Corrupt,
            Self::Git(error) => error.kind(),
            Self::Issues(error) => of_issue(error),
            Self::Ledger(error) => of_ledger(error),
            Self::Invalid { .. } | Self::Template { .. } | Self::Missing { .. } => ErrorKind::InvalidParams,
            Self::Exists { .. } => ErrorKind::AlreadyExists,
            Self::Bare { .. } => ErrorKind::Unsupported,
            Self::NoBranch { .. } => ErrorKind::NotFound,
            Self::Moving { .. } => ErrorKind::Unavailable,
            Self::Memories(error) => error.kind(),
        }
    }

    /// What a person can do about it, if that is known.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::NoBranch { .. } => Some("push the branch first, or name another: --branch main".into()),
            Self::Moving { .. } => Some("try again, with a longer --timeout".into()),
            Self::Bare { .. } => Some("git clone it, and pull there".into()),
            Self::Missing { .. } => Some("tell them: --var NAME=VALUE".into()),
            Self::Exists { .. } => Some("name another folder; nothing is overwritten".into()),
            Self::Io { .. } | Self::Issues(_) | Self::Ledger(_) | Self::Invalid { .. } | Self::Template { .. } => None,
            Self::Memories(error) => {
                matches!(**error, MemoryError::Duplicate(_)).then(|| "--duplicate keeps both".into())
            }
            Self::Damaged { path, .. } => Some(format!("mv {0} {0}.old; byt catalog refresh", path.display())),
            Self::Git(error) => error.hint(),
        }
    }
}

impl From<IssueError> for CatalogError {
    fn from(error: IssueError) -> Self {
        Self::Issues(Box::new(error))
    }
}

impl From<MemoryError> for CatalogError {
    fn from(error: MemoryError) -> Self {
        Self::Memories(Box::new(error))
    }
}

fn of_ledger(error: &LedgerError) -> ErrorKind {
    match error {
        LedgerError::Busy { .. } | LedgerError::Replaced { .. } => ErrorKind::Unavailable,
        LedgerError::Full { .. } => ErrorKind::DiskFull,
        LedgerError::TooLong { .. } => ErrorKind::TooLarge,
        LedgerError::NotOneLine { .. } | LedgerError::Io { .. } | LedgerError::Index { .. } => ErrorKind::Failed,
    }
}

fn of_issue(error: &IssueError) -> ErrorKind {
    if let IssueError::Ledger(error) = error {
        return of_ledger(error);
    }
    let is_full = |source: &io::Error| source.kind() == io::ErrorKind::StorageFull;
    if matches!(error, IssueError::File { source, .. } if is_full(source)) {
        return ErrorKind::DiskFull;
    }
    ErrorKind::Failed
}
