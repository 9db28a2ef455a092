//! Errors of the library for people, and their exit codes.

use oqto_kit::Error;
use oqto_protocol::error::ErrorKind;
use oqto_store::ledger::LedgerError;

use crate::IssueError;

impl From<IssueError> for Error {
    fn from(error: IssueError) -> Self {
        let (kind, hint) = (kind(&error), hint(&error));
        let told = Self::new(kind, error.to_string()).because(error);
        match hint {
            Some(hint) => told.hint(hint),
            None => told,
        }
    }
}

fn kind(error: &IssueError) -> ErrorKind {
    match error {
        IssueError::NoStore { .. } | IssueError::NotFound { .. } => ErrorKind::NotFound,
        IssueError::StoreExists { .. } => ErrorKind::AlreadyExists,
        IssueError::Ambiguous { .. } | IssueError::Invalid { .. } | IssueError::Cycle { .. } => {
            ErrorKind::InvalidParams
        }
        IssueError::Config { .. } => ErrorKind::Config,
        IssueError::Claimed { .. } => ErrorKind::Unavailable,
        IssueError::Ledger(LedgerError::Busy { .. } | LedgerError::Replaced { .. }) => ErrorKind::Unavailable,
        IssueError::Ledger(LedgerError::Full { .. }) => ErrorKind::DiskFull,
        IssueError::Ledger(_) | IssueError::Index(_) | IssueError::File { .. } | IssueError::Random(_) => {
            ErrorKind::Failed
        }
    }
}

fn hint(error: &IssueError) -> Option<&'static str> {
    match error {
        IssueError::NoStore { .. } => Some("trx init"),
        IssueError::NotFound { .. } => Some("trx list --all"),
        IssueError::Ambiguous { .. } => Some("type more letters of the id"),
        IssueError::Cycle { .. } => Some("trx dep tree ID shows what waits for what; trx dep unblock ID --by OTHER"),
        IssueError::Claimed { .. } => Some("trx ready"),
        IssueError::StoreExists { .. }
        | IssueError::Invalid { .. }
        | IssueError::Config { .. }
        | IssueError::Ledger(_)
        | IssueError::Index(_)
        | IssueError::File { .. }
        | IssueError::Random(_) => None,
    }
}
