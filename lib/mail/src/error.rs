//! What can go wrong, told apart by what one can do about it.

use std::path::PathBuf;
use std::time::Duration;

use oqto_protocol::error::ErrorKind;
use oqto_store::error::StoreError;

use crate::reservation::Conflict;

/// A failure of mail or reservations.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// What was asked for makes no sense; says why.
    #[error("{0}")]
    Invalid(String),
    /// No mail has this id.
    #[error("no mail {id}")]
    NoMail {
        /// As it was asked for.
        id: String,
    },
    /// The beginning of an id stands for several.
    #[error("{id} is the beginning of several ids: {}", among.join(", "))]
    Ambiguous {
        /// As it was asked for.
        id: String,
        /// Some that begin with it.
        among: Vec<String>,
    },
    /// The mail is there, but not in this mailbox.
    #[error("mail {id} is not in the mailbox of {name}")]
    NotYours {
        /// The mail.
        id: String,
        /// Whose mailbox was looked into.
        name: String,
    },
    /// Nobody of this name is known.
    #[error("nobody is known as {}", names.join(", "))]
    Unknown {
        /// The names.
        names: Vec<String>,
        /// Names that look like them.
        alike: Vec<String>,
    },
    /// Their mailbox is closed.
    #[error("{} left and gets no mail", names.join(", "))]
    Left {
        /// The names.
        names: Vec<String>,
    },
    /// A mail to everybody in a workspace has nobody to go to.
    #[error("nobody else is known in the workspace {workspace}")]
    NobodyThere {
        /// The workspace.
        workspace: String,
    },
    /// The same key was used for another mail.
    #[error("the key `{key}` was used for another mail, {id}")]
    KeyUsed {
        /// The key.
        key: String,
        /// The mail that has it.
        id: String,
    },
    /// Somebody else holds what was asked for. Nothing was granted.
    #[error("{}", crate::reservation::refusal(.0))]
    Held(Vec<Conflict>),
    /// Nothing is held that matches.
    #[error("{who} holds no reservation of {}", what.join(", "))]
    NotHeld {
        /// Who was asked for.
        who: String,
        /// Paths or numbers.
        what: Vec<String>,
    },
    /// The reservation ran out before it was renewed.
    #[error("the reservation of {pattern} (number {fence}) ran out at {at}")]
    RanOut {
        /// The paths.
        pattern: String,
        /// Its number.
        fence: i64,
        /// When.
        at: crate::clock::Stamp,
    },
    /// Another writer is busy for too long.
    #[error("{path} was busy for {} s", patience.as_secs())]
    Busy {
        /// The database.
        path: PathBuf,
        /// How long was waited.
        patience: Duration,
    },
    /// A file or folder cannot be used.
    #[error("cannot {action} {path}")]
    File {
        /// What was tried, as a verb.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The machine gives no random numbers.
    #[error("no random numbers")]
    Random(std::io::Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl MailError {
    /// The kind, which decides exit codes.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Invalid(_) | Self::Ambiguous { .. } => ErrorKind::InvalidParams,
            Self::NoMail { .. }
            | Self::NotYours { .. }
            | Self::Unknown { .. }
            | Self::NobodyThere { .. }
            | Self::NotHeld { .. } => ErrorKind::NotFound,
            Self::Left { .. } | Self::KeyUsed { .. } => ErrorKind::Conflict,
            Self::Held(_) | Self::Busy { .. } => ErrorKind::Unavailable,
            Self::RanOut { .. } => ErrorKind::Fenced,
            Self::File { source, .. } if source.kind() == std::io::ErrorKind::StorageFull => ErrorKind::DiskFull,
            Self::File { source, .. } if source.kind() == std::io::ErrorKind::PermissionDenied => {
                ErrorKind::NotPermitted
            }
            Self::File { .. } | Self::Random(_) => ErrorKind::Failed,
            Self::Store(error) => of_store(error),
        }
    }
}

fn of_store(error: &StoreError) -> ErrorKind {
    match error {
        StoreError::DiskFull { .. } => ErrorKind::DiskFull,
        StoreError::Locked { .. } | StoreError::Owned { .. } => ErrorKind::Unavailable,
        StoreError::Corrupt { .. } | StoreError::Foreign { .. } => ErrorKind::Corrupt,
        StoreError::NewerVersion { .. } => ErrorKind::NewerVersion,
        StoreError::Missing { .. } => ErrorKind::NotFound,
        StoreError::Sqlite { .. } => ErrorKind::Internal,
        StoreError::Io { .. } | StoreError::Replaced { .. } | StoreError::Closed | StoreError::File { .. } => {
            ErrorKind::Failed
        }
    }
}

impl From<oqto_store::rusqlite::Error> for MailError {
    fn from(source: oqto_store::rusqlite::Error) -> Self {
        Self::Store(source.into())
    }
}
