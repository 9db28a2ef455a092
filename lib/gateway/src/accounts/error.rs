//! What can be wrong with kept accounts.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

/// The accounts cannot be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum AccountsError {
    /// A file cannot be used.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// There are accounts, and the key that they are sealed with is not there.
    #[error("the key of the kept accounts is not there, and without it no kept account can be opened: {place}")]
    KeyLost {
        /// Where it should be.
        place: String,
    },
    /// The key file holds no key.
    #[error("{place} holds no key of this program")]
    KeyDamaged {
        /// Where it is.
        place: String,
    },
    /// It is another key than the one that the accounts are sealed with.
    #[error("{place} is not the key that the accounts are sealed with: it is {found}, they need {needed}")]
    KeyWrong {
        /// Where it is.
        place: String,
        /// The fingerprint of the key in it.
        found: String,
        /// The fingerprint of the key that is needed.
        needed: String,
    },
    /// Others can read or change the file of the key.
    #[error("others than its owner may use {} (mode {mode:o})", path.display())]
    Loose {
        /// The file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// The file of the key is somebody else's.
    #[error("{} belongs to the user {owner}", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// Whose it is.
        owner: u32,
    },
    /// The file is no file of accounts.
    #[error("{} does not begin as a file of accounts", path.display())]
    NotAccounts {
        /// The file.
        path: PathBuf,
    },
    /// A newer version wrote it.
    #[error("{} was written by a newer version (format {version})", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        version: u64,
    },
    /// Another process changes it and does not come to an end.
    #[error("{} is in use by another process, for {} s now", path.display(), waited.as_secs())]
    Busy {
        /// The lock.
        path: PathBuf,
        /// How long was waited.
        waited: Duration,
    },
    /// No account has this name.
    #[error("{provider:?} has no kept account {label:?}")]
    Unknown {
        /// The provider.
        provider: String,
        /// The label.
        label: String,
    },
    /// A label that cannot be used.
    #[error("the label {0:?} is empty, longer than 64 letters, or has a control character in it")]
    Label(String),
    /// The keyring of the system does not do what it is asked.
    #[error("the keyring of the system: {0}")]
    Keyring(String),
    /// The system gives no random bytes.
    #[error("no random bytes")]
    Random(#[source] io::Error),
}

impl AccountsError {
    pub(super) fn io(action: &'static str, path: &std::path::Path, source: io::Error) -> Self {
        Self::Io { action, path: path.to_path_buf(), source }
    }
}

/// Why one line of the file gives no account.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is no line of an account.
    #[error("the line is damaged")]
    Line,
    /// It does not open with the right key: changed, or moved from another account.
    #[error("what is sealed is damaged, or belongs to another account")]
    Sealed,
}
