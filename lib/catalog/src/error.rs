//! What can go wrong with a catalog.

use std::io;
use std::path::{Path, PathBuf};

use oqto_protocol::error::ErrorKind;
use oqto_repo::GitError;
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
        }
    }

    /// What a person can do about it, if that is known.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Io { .. } => None,
            Self::Damaged { path, .. } => Some(format!("mv {0} {0}.old; byt catalog refresh", path.display())),
            Self::Git(error) => error.hint(),
        }
    }
}
