//! What can go wrong between us and git.

use std::io;
use std::path::PathBuf;

use oqto_process::helper::HelperError;
use oqto_protocol::error::ErrorKind;
use thiserror::Error;

/// The result of every call.
pub type Result<T, E = GitError> = std::result::Result<T, E>;

/// Why a call to git did not do its work.
#[derive(Debug, Error)]
pub enum GitError {
    /// There is no git.
    #[error("git is not installed: no program `git` in {path}")]
    Missing {
        /// The search path.
        path: String,
    },
    /// No repository here, or above.
    #[error("{} is not in a git repository", dir.display())]
    NotARepository {
        /// Where was looked.
        dir: PathBuf,
    },
    /// The folder belongs to somebody else, and git will not read its configuration.
    #[error("{} belongs to another user, and git does not trust it", dir.display())]
    NotTrusted {
        /// The repository.
        dir: PathBuf,
    },
    /// A lock of git's is held, or was left behind.
    #[error("another git process works in {}: {said}", dir.display())]
    Locked {
        /// The repository.
        dir: PathBuf,
        /// What git said.
        said: String,
    },
    /// The other side does not answer.
    #[error("the remote cannot be reached: {said}")]
    Unreachable {
        /// What git said.
        said: String,
    },
    /// The other side, or its keeper, says no.
    #[error("the remote refuses: {said}")]
    Refused {
        /// What git said.
        said: String,
    },
    /// There is no such remote repository.
    #[error("there is no such remote: {said}")]
    NoRemote {
        /// What git said.
        said: String,
    },
    /// git says it failed.
    #[error("`git {command}` failed ({}): {said}", code.map_or_else(|| "killed".to_owned(), |code| code.to_string()))]
    Failed {
        /// The command with its first arguments.
        command: String,
        /// Its exit code, if it was not killed.
        code: Option<i32>,
        /// What it said on standard error.
        said: String,
    },
    /// git could not be run to its end.
    #[error("`git {command}` was not run to its end")]
    Run {
        /// The command.
        command: String,
        /// Why.
        #[source]
        source: HelperError,
    },
    /// git said something that is not in its documentation.
    #[error("`git {command}` said something unexpected: {said}")]
    Unexpected {
        /// The command.
        command: String,
        /// What.
        said: String,
    },
    /// A file could not be read or written.
    #[error("{}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
}

impl GitError {
    /// What kind of failure this is, which decides exit codes.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Missing { .. } => ErrorKind::Unsupported,
            Self::NotARepository { .. } | Self::NoRemote { .. } => ErrorKind::NotFound,
            Self::NotTrusted { .. } | Self::Refused { .. } => ErrorKind::NotPermitted,
            Self::Locked { .. } => ErrorKind::Unavailable,
            Self::Unreachable { .. } => ErrorKind::Unreachable,
            Self::Run { source: HelperError::Deadline { .. }, .. } => ErrorKind::TimedOut,
            Self::Failed { .. } | Self::Run { .. } | Self::Unexpected { .. } | Self::Io { .. } => ErrorKind::Failed,
        }
    }

    /// What a person can do about it, if that is known.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Missing { .. } => Some("install git, for example: apt-get install git".into()),
            Self::NotARepository { .. } => Some("git init, or name a repository with -C".into()),
            Self::NotTrusted { dir } => Some(format!("git config --global --add safe.directory '{}'", dir.display())),
            Self::Locked { dir, .. } => {
                Some(format!("wait for it; if none runs, remove the .lock file below {}", dir.display()))
            }
            Self::Unreachable { .. } => Some("git remote -v".into()),
            Self::Refused { .. } => {
                Some("check the credentials and the branch's protection; nothing is ever forced".into())
            }
            Self::NoRemote { .. } => Some("git remote add origin URL".into()),
            Self::Failed { .. } | Self::Run { .. } | Self::Unexpected { .. } | Self::Io { .. } => None,
        }
    }
}
