//! A failure of the history, as a person is told it: what failed, why, and what to do.

use oqto_history::HistoryError;
use oqto_kit::Error;

/// The error of the library as one of the program.
pub(crate) fn failed(what: &str, error: &HistoryError) -> Error {
    let told = Error::new(error.kind(), what).because(error.to_string());
    match hint(error) {
        Some(hint) => told.hint(hint),
        None => told,
    }
}

fn hint(error: &HistoryError) -> Option<&'static str> {
    match error {
        HistoryError::NotFound(text) if text.contains("database") => {
            Some("name it with --database, or start the service that makes it: hstry serve")
        }
        HistoryError::NotFound(_) => Some("hstry list"),
        HistoryError::Corrupt(_) => Some("hstry verify, then: hstry verify --quarantine"),
        HistoryError::NewerVersion(_) => Some("install the version that wrote it; this one does not touch it"),
        HistoryError::DiskFull(_) => Some("make space on the disk; what was acknowledged is kept"),
        HistoryError::Owned(_) => Some("end the hstry service that has it open"),
        HistoryError::EmptyQuery(_) => Some("hstry search 'some words'"),
        HistoryError::AlreadyExists(_) => Some("end the service that answers there, or choose another --socket"),
        HistoryError::Locked(_)
        | HistoryError::Unavailable(_)
        | HistoryError::Io(_)
        | HistoryError::Replaced(_)
        | HistoryError::Fenced(_)
        | HistoryError::LogReplaced(_)
        | HistoryError::Invalid(_)
        | HistoryError::TooLarge(_)
        | HistoryError::NotPermitted(_)
        | HistoryError::Internal(_) => None,
    }
}
