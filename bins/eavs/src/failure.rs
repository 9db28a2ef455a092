//! A failure of the gateway, as a person is told it: what failed, why, and what to do.

use oqto_gateway::accounts::AccountsError;
use oqto_gateway::accounts::oauth::LoginError;
use oqto_gateway::book::BookError;
use oqto_gateway::gateway::GatewayError;
use oqto_gateway::server::{DoorError, ServeError};
use oqto_kit::Error;
use oqto_protocol::error::ErrorKind;

/// The error of the admin routes as one of the program.
pub(crate) fn failed(what: &str, error: &DoorError) -> Error {
    match error {
        DoorError::Absent { .. } => {
            Error::new(ErrorKind::Unreachable, what).because(error.to_string()).hint("eavs serve")
        }
        DoorError::Broken { .. } => Error::new(ErrorKind::Unreachable, what).because(chain(error)).hint("eavs doctor"),
        DoorError::Gateway(error) => opening(what, error),
        DoorError::Refused { status, message, .. } => {
            let kind = match status.as_u16() {
                400 => ErrorKind::InvalidParams,
                401 | 403 => ErrorKind::NotPermitted,
                404 => ErrorKind::NotFound,
                409 => ErrorKind::Conflict,
                503 => ErrorKind::Unavailable,
                _ => ErrorKind::Failed,
            };
            let told = Error::new(kind, what).because(message.clone());
            if kind == ErrorKind::NotFound { told.hint("eavs keys list") } else { told }
        }
    }
}

/// The error of opening a gateway as one of the program.
pub(crate) fn opening(what: &str, error: &GatewayError) -> Error {
    match error {
        GatewayError::Settings(_) | GatewayError::AdminKey(_) => {
            Error::new(ErrorKind::Config, what).because(chain(error)).hint("eavs config check")
        }
        GatewayError::Book(error) => book(what, error),
    }
}

fn book(what: &str, error: &BookError) -> Error {
    let (kind, hint) = match error {
        BookError::Store(error) => store(error),
        BookError::Folder { .. } | BookError::Random(_) => (ErrorKind::Failed, None),
        BookError::Unknown(_) => (ErrorKind::NotFound, Some("eavs keys list")),
        BookError::Ambiguous { .. } => (ErrorKind::Conflict, Some("eavs keys list")),
    };
    let told = Error::new(kind, what).because(chain(error));
    match hint {
        Some(hint) => told.hint(hint),
        None => told,
    }
}

fn store(error: &oqto_gateway::StoreError) -> (ErrorKind, Option<&'static str>) {
    use oqto_gateway::StoreError;
    match error {
        StoreError::DiskFull { .. } => (ErrorKind::DiskFull, Some("make space on the disk; what was settled is kept")),
        StoreError::Locked { .. } => (ErrorKind::Unavailable, None),
        StoreError::Owned { .. } => {
            (ErrorKind::Unavailable, Some("end the eavs that has it open, or name its --socket"))
        }
        StoreError::NewerVersion { .. } => {
            (ErrorKind::NewerVersion, Some("install the version that wrote it; this one does not touch it"))
        }
        StoreError::Corrupt { .. } | StoreError::Foreign { .. } => {
            (ErrorKind::Corrupt, Some("move the file away, or name another with --database"))
        }
        StoreError::Missing { .. } => (ErrorKind::NotFound, Some("eavs serve")),
        StoreError::Io { .. }
        | StoreError::Replaced { .. }
        | StoreError::Closed
        | StoreError::File { .. }
        | StoreError::Sqlite { .. } => (ErrorKind::Failed, None),
    }
}

/// The error of listening as one of the program.
pub(crate) fn listening(error: &ServeError) -> Error {
    let told = Error::new(ErrorKind::Failed, "cannot serve").because(chain(error));
    match error {
        ServeError::Address { .. } => told.hint("choose another address: eavs serve --listen 127.0.0.1:0"),
        ServeError::Socket { .. } => told.hint("choose another socket: eavs serve --socket PATH"),
        ServeError::Lanes(_) => told,
    }
}

/// An error and its reasons in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(reason) = next {
        let said = reason.to_string();
        if !text.ends_with(&said) {
            text.push_str(": ");
            text.push_str(&said);
        }
        next = reason.source();
    }
    text
}

/// The error of kept accounts as one of the program.
pub(crate) fn accounts(what: &str, error: &AccountsError) -> Error {
    let (kind, hint) = match error {
        AccountsError::Io { source, .. } if source.kind() == std::io::ErrorKind::StorageFull => {
            (ErrorKind::DiskFull, Some("make space on the disk; nothing was changed".to_owned()))
        }
        AccountsError::Io { .. } | AccountsError::Random(_) => (ErrorKind::Failed, None),
        AccountsError::KeyLost { .. } | AccountsError::KeyDamaged { .. } | AccountsError::KeyWrong { .. } => {
            let hint = "put the right key back, or name its file (EAVS_KEY_FILE), or unlock the keyring that has it; where \
                        it is lost for good, remove each account (eavs accounts remove PROVIDER --label LABEL) and add it again";
            (ErrorKind::Config, Some(hint.to_owned()))
        }
        AccountsError::Loose { path, .. } => (ErrorKind::NotPermitted, Some(format!("chmod 600 {}", path.display()))),
        AccountsError::Foreign { path, .. } => (
            ErrorKind::NotPermitted,
            Some(format!("run as its owner, or give it away: chown $USER {}", path.display())),
        ),
        AccountsError::NotAccounts { path } => {
            (ErrorKind::Corrupt, Some(format!("move it away: mv {0} {0}.old", path.display())))
        }
        AccountsError::Newer { .. } => {
            (ErrorKind::NewerVersion, Some("install the version that wrote it; this one does not touch it".to_owned()))
        }
        AccountsError::Keyring(_) => {
            let hint = "install secret-tool (libsecret) and unlock the keyring, or keep the key in a file: [accounts] key = \"file\"";
            (ErrorKind::Unavailable, Some(hint.to_owned()))
        }
        AccountsError::Busy { .. } => (ErrorKind::Unavailable, None),
        AccountsError::Unknown { .. } => (ErrorKind::NotFound, Some("eavs accounts list".to_owned())),
        AccountsError::Label(_) => (ErrorKind::InvalidParams, None),
    };
    let told = Error::new(kind, what).because(error.to_string());
    match hint {
        Some(hint) => told.hint(hint),
        None => told,
    }
}

/// The error of a login as one of the program.
pub(crate) fn login(error: &LoginError) -> Error {
    let kind = match error {
        LoginError::Unreachable { .. } => ErrorKind::Unreachable,
        LoginError::Denied(_) => ErrorKind::NotPermitted,
        LoginError::Ended(_) | LoginError::Refused(_) | LoginError::Listen { .. } | LoginError::Random => {
            ErrorKind::Failed
        }
        LoginError::TooLate => ErrorKind::TimedOut,
        LoginError::NoSuchFlow => ErrorKind::Config,
    };
    Error::new(kind, "cannot log in").because(chain(error))
}
