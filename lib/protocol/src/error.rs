//! One table of error kinds: what they are called on the wire, and what they mean to HTTP, gRPC and a shell.

use serde::{Deserialize, Serialize};

/// Exit codes of every binary of the project.
pub mod exit {
    /// Done.
    pub const DONE: u8 = 0;
    /// Refused or failed.
    pub const FAILED: u8 = 1;
    /// Wrong usage of the command line.
    pub const USAGE: u8 = 2;
    /// Nothing found.
    pub const NOT_FOUND: u8 = 3;
    /// A service cannot be reached.
    pub const UNREACHABLE: u8 = 69;
    /// A bug of ours.
    pub const BUG: u8 = 70;
    /// Try again later.
    pub const TRY_AGAIN: u8 = 75;
    /// Not permitted.
    pub const NOT_PERMITTED: u8 = 77;
    /// Bad configuration.
    pub const CONFIG: u8 = 78;
    /// A deadline passed.
    pub const TIMED_OUT: u8 = 124;
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, http $http:literal, grpc $grpc:literal, exit $exit:ident, $retry:literal;)*) => {
        /// What went wrong, as a closed set. Each has one wire code, HTTP status, gRPC status and exit code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema, ts_rs::TS))]
        pub enum ErrorKind { $($(#[$doc])* #[serde(rename = $code)] $variant),* }

        impl ErrorKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code on the wire.
            #[must_use]
            pub const fn code(self) -> &'static str { match self { $(Self::$variant => $code),* } }

            /// The HTTP status.
            #[must_use]
            pub const fn http(self) -> u16 { match self { $(Self::$variant => $http),* } }

            /// The gRPC status code.
            #[must_use]
            pub const fn grpc(self) -> i32 { match self { $(Self::$variant => $grpc),* } }

            /// The exit code of a process that ends with it.
            #[must_use]
            pub const fn exit_code(self) -> u8 { match self { $(Self::$variant => exit::$exit),* } }

            /// Whether the same request may succeed later without a change.
            #[must_use]
            pub const fn retryable(self) -> bool { match self { $(Self::$variant => $retry),* } }

            /// The kind with this wire code; a code from a newer version is `Failed`.
            #[must_use]
            pub fn from_code(code: &str) -> Self {
                match code { $($code => Self::$variant,)* _ => Self::Failed }
            }
        }
    };
}

kinds! {
    /// The frame is not JSON, not an object, or neither request, reply nor event.
    MalformedFrame = "malformed_frame", http 400, grpc 3, exit FAILED, false;
    /// The line is longer than the protocol allows.
    TooLarge = "too_large", http 413, grpc 8, exit FAILED, false;
    /// A parameter is missing or has the wrong shape or range.
    InvalidParams = "invalid_params", http 400, grpc 3, exit USAGE, false;
    /// No command of this name.
    UnknownCommand = "unknown_command", http 404, grpc 12, exit USAGE, false;
    /// The harness or this runner cannot do it; the capabilities say what it can.
    Unsupported = "unsupported", http 501, grpc 12, exit FAILED, false;
    /// The target does not exist.
    NotFound = "not_found", http 404, grpc 5, exit NOT_FOUND, false;
    /// It is there already.
    AlreadyExists = "already_exists", http 409, grpc 6, exit FAILED, false;
    /// The target is in a state that does not allow it.
    Conflict = "conflict", http 409, grpc 9, exit FAILED, false;
    /// The workspace does not exist, is not a directory or may not be read.
    Workspace = "workspace", http 422, grpc 9, exit FAILED, false;
    /// The harness is not installed, too old, or could not be started.
    HarnessUnavailable = "harness_unavailable", http 424, grpc 9, exit FAILED, false;
    /// The harness ended, broke its protocol, or refused.
    HarnessFailed = "harness_failed", http 502, grpc 13, exit FAILED, false;
    /// The model does not exist or has no credentials.
    Model = "model", http 422, grpc 9, exit FAILED, false;
    /// What a session may use of the model gateway is used up.
    Budget = "budget", http 402, grpc 8, exit FAILED, false;
    /// Not signed in.
    Unauthenticated = "unauthenticated", http 401, grpc 16, exit NOT_PERMITTED, false;
    /// Signed in, but not allowed.
    NotPermitted = "not_permitted", http 403, grpc 7, exit NOT_PERMITTED, false;
    /// A service cannot be reached.
    Unreachable = "unreachable", http 503, grpc 14, exit UNREACHABLE, true;
    /// Busy, or something that must be durable cannot be kept right now.
    Unavailable = "unavailable", http 503, grpc 14, exit TRY_AGAIN, true;
    /// No space is left where it must be kept.
    DiskFull = "disk_full", http 507, grpc 8, exit TRY_AGAIN, true;
    /// A successor took over; this process may not write any more.
    Fenced = "fenced", http 409, grpc 10, exit TRY_AGAIN, false;
    /// Stored data is damaged.
    Corrupt = "corrupt", http 500, grpc 15, exit FAILED, false;
    /// The database or the peer is of a newer version.
    NewerVersion = "newer_version", http 409, grpc 9, exit CONFIG, false;
    /// A configuration file or value is wrong.
    Config = "config", http 500, grpc 9, exit CONFIG, false;
    /// A deadline passed.
    TimedOut = "timed_out", http 504, grpc 4, exit TIMED_OUT, true;
    /// The person or a signal ended it.
    Cancelled = "cancelled", http 499, grpc 1, exit TRY_AGAIN, false;
    /// It failed; the message says why.
    Failed = "failed", http 500, grpc 2, exit FAILED, false;
    /// A bug of ours.
    Internal = "internal", http 500, grpc 13, exit BUG, false;
}

impl<'de> Deserialize<'de> for ErrorKind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Ok(Self::from_code(&code))
    }
}

/// An error as it crosses a pipe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema, ts_rs::TS))]
#[error("{message}")]
pub struct WireError {
    /// The kind, from the closed set.
    pub code: ErrorKind,
    /// One sentence for a person: what failed and why.
    pub message: String,
    /// What to do about it, if there is something: a command to paste or a place to look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(optional))]
    pub hint: Option<String>,
    /// Whether the same request may succeed later without a change.
    #[serde(default)]
    pub retryable: bool,
}

impl WireError {
    /// An error of a kind with its message.
    pub fn new(code: ErrorKind, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: None, retryable: code.retryable() }
    }

    /// The same with a hint.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// `not_found` for a thing and its name.
    #[must_use]
    pub fn not_found(what: &str, name: impl std::fmt::Display) -> Self {
        Self::new(ErrorKind::NotFound, format!("no {what} {name}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_read_back() {
        for kind in ErrorKind::ALL {
            assert_eq!(ErrorKind::from_code(kind.code()), *kind);
        }
    }

    #[test]
    fn a_code_of_a_newer_version_is_still_an_error() -> Result<(), serde_json::Error> {
        let error: WireError = serde_json::from_str(r#"{"code":"from_the_future","message":"x"}"#)?;
        assert_eq!(error.code, ErrorKind::Failed);
        Ok(())
    }
}
