//! The error of a binary: what failed, why, and what to do about it.

use oqto_protocol::error::{ErrorKind, WireError};
use std::error::Error as StdError;
use std::fmt;

/// The result of everything that a binary does.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What failed (one sentence), of which kind, why (the chain of sources) and a hint with a command to paste.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    what: String,
    hint: Option<String>,
    source: Option<Box<dyn StdError + Send + Sync>>,
    reader_gone: bool,
}

impl Error {
    /// An error of a kind; `what` says what failed, in lower case and without a full stop.
    pub fn new(kind: ErrorKind, what: impl Into<String>) -> Self {
        Self(Box::new(Inner { kind, what: what.into(), hint: None, source: None, reader_gone: false }))
    }

    /// The reader of our stdout has gone away: no failure, the program just ends.
    pub(crate) fn reader_gone() -> Self {
        let mut error = Self::new(ErrorKind::Failed, "the reader of the output went away");
        error.0.reader_gone = true;
        error
    }

    /// Adds why: the error that caused this one.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// The kind, which decides the exit code.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What failed, without the reasons.
    #[must_use]
    pub fn what(&self) -> &str {
        &self.0.what
    }

    /// The advice, if there is any.
    #[must_use]
    pub fn advice(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// Whether this only says that nobody reads our output any more.
    pub(crate) fn is_reader_gone(&self) -> bool {
        self.0.reader_gone
    }

    /// What failed and every reason, joined by `: `.
    #[must_use]
    pub fn message(&self) -> String {
        let mut message = self.0.what.clone();
        for reason in self.reasons() {
            message.push_str(": ");
            message.push_str(&reason);
        }
        message
    }

    /// The reasons from the nearest to the root, without those that only repeat the one before.
    pub(crate) fn reasons(&self) -> Vec<String> {
        let mut reasons: Vec<String> = Vec::new();
        let mut next = self.source();
        while let Some(reason) = next {
            let said = reason.to_string();
            let before = reasons.last().map_or(self.0.what.as_str(), String::as_str);
            if !before.ends_with(&said) {
                reasons.push(said);
            }
            next = reason.source();
        }
        reasons
    }

    /// The same error as it crosses a pipe and as `--json` prints it.
    #[must_use]
    pub fn to_wire(&self) -> WireError {
        let mut wire = WireError::new(self.0.kind, self.message());
        wire.hint.clone_from(&self.0.hint);
        wire
    }
}

impl From<WireError> for Error {
    fn from(wire: WireError) -> Self {
        let mut error = Self::new(wire.code, wire.message);
        error.0.hint = wire.hint;
        error
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.what)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.kind.code(), self.message())?;
        match &self.0.hint {
            Some(hint) => write!(f, " (hint: {hint})"),
            None => Ok(()),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|s| s as _)
    }
}

/// Turns a library's error into one of a binary, keeping it as the reason.
pub trait OrFail<T> {
    /// On failure: an [`Error`] of this kind that says what could not be done, because of the original error.
    ///
    /// # Errors
    /// Whenever `self` is an error.
    fn or_fail<W: Into<String>>(self, kind: ErrorKind, what: impl FnOnce() -> W) -> Result<T>;
}

impl<T, E: Into<Box<dyn StdError + Send + Sync>>> OrFail<T> for std::result::Result<T, E> {
    fn or_fail<W: Into<String>>(self, kind: ErrorKind, what: impl FnOnce() -> W) -> Result<T> {
        self.map_err(|source| Error::new(kind, what()).because(source))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chain_is_told_once() {
        let io = std::io::Error::other("disk on fire");
        let inner = Error::new(ErrorKind::Failed, "cannot write /x").because(io);
        let outer = Error::new(ErrorKind::Config, "cannot start").because(inner).hint("oqto init");
        assert_eq!(outer.message(), "cannot start: cannot write /x: disk on fire");
        let wire = outer.to_wire();
        assert_eq!((wire.code, wire.hint.as_deref()), (ErrorKind::Config, Some("oqto init")));
    }

    #[test]
    fn a_wire_error_keeps_kind_and_hint() {
        let error = Error::from(WireError::not_found("session", "ses_1").with_hint("oqtoctl session list"));
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert_eq!(error.advice(), Some("oqtoctl session list"));
    }
}
