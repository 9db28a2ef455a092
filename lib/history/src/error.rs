//! What can go wrong, the same on both sides of the wire: the kind travels as the metadata `hstry-error` of a gRPC
//! status, the text as its message.

use std::error::Error as _;

use oqto_protocol::error::{ErrorKind, WireError};
use oqto_store::error::{Failure, JobError, StoreError};
use tonic::{Code, Status, metadata::MetadataValue};

/// The metadata that carries the kind of an error.
const KIND: &str = "hstry-error";

macro_rules! errors {
    ($($(#[$doc:meta])* $variant:ident = $word:literal, $kind:ident, $retry:literal;)*) => {
        /// A refusal or failure; the text says what and why, for a person.
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        pub enum HistoryError { $($(#[$doc])* #[error("{0}")] $variant(String)),* }

        impl HistoryError {
            /// The word of its kind on the wire.
            #[must_use]
            pub const fn word(&self) -> &'static str { match self { $(Self::$variant(_) => $word),* } }

            /// The kind in the project's table: exit code, HTTP and gRPC status.
            #[must_use]
            pub const fn kind(&self) -> ErrorKind { match self { $(Self::$variant(_) => ErrorKind::$kind),* } }

            /// Whether the same request may succeed later.
            #[must_use]
            pub const fn retryable(&self) -> bool { match self { $(Self::$variant(_) => $retry),* } }

            fn from_word(word: &str, text: String) -> Option<Self> {
                match word { $($word => Some(Self::$variant(text)),)* _ => None }
            }
        }
    };
}

errors! {
    /// A successor took over as this writer, or the conversation belongs to another writer.
    Fenced = "fenced", Fenced, false;
    /// The log is not the one that was meant: the history was restored or replaced.
    LogReplaced = "log_replaced", Conflict, false;
    /// There is no such thing.
    NotFound = "not_found", NotFound, false;
    /// It is there already.
    AlreadyExists = "already_exists", AlreadyExists, false;
    /// The request makes no sense.
    Invalid = "invalid", InvalidParams, false;
    /// The query holds nothing that can be searched for.
    EmptyQuery = "empty_query", InvalidParams, false;
    /// More than one request may carry.
    TooLarge = "too_large", TooLarge, false;
    /// Another user's service.
    NotPermitted = "not_permitted", NotPermitted, false;
    /// The service cannot be reached, or is going down.
    Unavailable = "unavailable", Unavailable, true;
    /// No space is left; what was acknowledged before is kept.
    DiskFull = "disk_full", DiskFull, true;
    /// Another process has locked the database.
    Locked = "locked", Unavailable, true;
    /// Reading or writing failed; nothing of the request was acknowledged.
    Io = "io", Unavailable, true;
    /// Stored data is damaged. It is not served; `hstry verify` says what it is.
    Corrupt = "corrupt", Corrupt, false;
    /// The database was written by a newer version.
    NewerVersion = "newer_version", NewerVersion, false;
    /// The database file was removed or replaced while in use.
    Replaced = "replaced", Unavailable, true;
    /// Another process owns the database.
    Owned = "owned", Unavailable, true;
    /// A bug of ours.
    Internal = "internal", Internal, false;
}

impl HistoryError {
    pub(crate) fn no_conversation(id: &str) -> Self {
        Self::NotFound(format!("no conversation {id}"))
    }

    /// The error as it crosses the frame protocol.
    #[must_use]
    pub fn to_wire(&self) -> WireError {
        let mut wire = WireError::new(self.kind(), self.to_string());
        wire.retryable = self.retryable();
        wire.hint = self.advice().map(str::to_owned);
        wire
    }

    /// What a person can do about it, where there is something.
    const fn advice(&self) -> Option<&'static str> {
        match self {
            Self::DiskFull(_) => Some("make room, then try again: df -h"),
            Self::Io(_) => Some("see what the disk says: dmesg | tail"),
            Self::Locked(_) => Some("end what has the database open, then try again: hstry stats names its file"),
            Self::Corrupt(_) => Some("see what is damaged: hstry verify"),
            Self::NewerVersion(_) => Some("use the version of Oqto that wrote it, or a newer one"),
            Self::Owned(_) => Some("end the other history service, or use its socket"),
            Self::Replaced(_) => Some("try again: the history service starts anew"),
            Self::Fenced(_)
            | Self::LogReplaced(_)
            | Self::NotFound(_)
            | Self::AlreadyExists(_)
            | Self::Invalid(_)
            | Self::EmptyQuery(_)
            | Self::TooLarge(_)
            | Self::NotPermitted(_)
            | Self::Unavailable(_)
            | Self::Internal(_) => None,
        }
    }

    /// The error as it crosses gRPC.
    #[must_use]
    pub fn to_status(&self) -> Status {
        let mut status = Status::new(Code::from_i32(self.kind().grpc()), self.to_string());
        status.metadata_mut().insert(KIND, MetadataValue::from_static(self.word()));
        status
    }
}

impl From<HistoryError> for Status {
    fn from(error: HistoryError) -> Self {
        error.to_status()
    }
}

impl From<Status> for HistoryError {
    #[expect(clippy::wildcard_enum_match_arm, reason = "gRPC's own codes; ours carry their word")]
    fn from(status: Status) -> Self {
        let word = status.metadata().get(KIND).and_then(|value| value.to_str().ok());
        let text = status.message().to_owned();
        if let Some(error) = word.and_then(|word| Self::from_word(word, text.clone())) {
            return error;
        }
        match status.code() {
            // Without a word of ours it was the connection that failed, not the service.
            Code::Unavailable | Code::Unknown | Code::Cancelled | Code::Internal | Code::DeadlineExceeded => {
                Self::Unavailable(format!("the history service did not answer: {}", reasons(&status)))
            }
            Code::OutOfRange | Code::ResourceExhausted => Self::TooLarge(text),
            Code::Unimplemented => Self::Invalid(format!("the history service does not know this request: {text}")),
            _ => Self::Internal(format!("{}: {text}", status.code().description())),
        }
    }
}

/// What a status says, with what lies behind it.
fn reasons(status: &Status) -> String {
    let mut text = status.message().to_owned();
    let mut next = status.source();
    while let Some(reason) = next {
        let said = reason.to_string();
        if !text.contains(&said) {
            text.push_str(": ");
            text.push_str(&said);
        }
        next = reason.source();
    }
    text
}

impl From<StoreError> for HistoryError {
    fn from(error: StoreError) -> Self {
        let mut text = error.to_string();
        if let Some(source) = error.source() {
            text = format!("{text}: {source}");
        }
        match error {
            StoreError::DiskFull { .. } => Self::DiskFull(text),
            StoreError::Locked { .. } => Self::Locked(text),
            StoreError::Io { .. } | StoreError::File { .. } => Self::Io(text),
            StoreError::Corrupt { .. } | StoreError::Foreign { .. } => Self::Corrupt(text),
            StoreError::NewerVersion { .. } => Self::NewerVersion(text),
            StoreError::Replaced { .. } => Self::Replaced(text),
            StoreError::Owned { .. } => Self::Owned(text),
            StoreError::Missing { .. } => Self::NotFound(text),
            StoreError::Closed => Self::Unavailable("the history service is going down".into()),
            StoreError::Sqlite { .. } => Self::Internal(text),
        }
    }
}

impl From<oqto_store::rusqlite::Error> for HistoryError {
    fn from(error: oqto_store::rusqlite::Error) -> Self {
        StoreError::from(error).into()
    }
}

impl JobError for HistoryError {
    fn failure(&self) -> Option<Failure> {
        match self {
            Self::DiskFull(_) => Some(Failure::DiskFull),
            Self::Io(_) => Some(Failure::Io),
            Self::Locked(_) | Self::Internal(_) => Some(Failure::Other),
            Self::Fenced(_)
            | Self::LogReplaced(_)
            | Self::NotFound(_)
            | Self::AlreadyExists(_)
            | Self::Invalid(_)
            | Self::EmptyQuery(_)
            | Self::TooLarge(_)
            | Self::NotPermitted(_)
            | Self::Unavailable(_)
            | Self::Corrupt(_)
            | Self::NewerVersion(_)
            | Self::Replaced(_)
            | Self::Owned(_) => None,
        }
    }
}
