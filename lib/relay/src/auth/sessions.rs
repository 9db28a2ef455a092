//! Who is signed in: hashes of the credentials in a file that only this user can read, so that a restart signs nobody out.

use super::token::{Token, TokenHash};
use oqto_whole::{Access, write};
use oqto_wire::greeting::now_ms;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long a sign-in lasts.
pub const SIGN_IN_LIFETIME: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// At most so many sign-ins; the oldest goes first.
const MOST_SIGN_INS: usize = 256;

/// Why the file of sign-ins cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// It cannot be read or written.
    #[error("cannot {what} {}", .path.display())]
    Io {
        /// What was tried.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// It is not what this program writes.
    #[error("{} is damaged", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where.
        source: serde_json::Error,
    },
}

/// What is kept of a sign-in.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct SignIn {
    hash: String,
    created_at: u64,
    expires_at: u64,
}

/// The sign-ins, and their file.
#[derive(Debug)]
pub struct SignIns {
    path: PathBuf,
    list: Mutex<Vec<SignIn>>,
}

impl SignIns {
    /// Reads the file; none yet means that nobody is signed in.
    ///
    /// # Errors
    /// [`SignInError`].
    pub fn open(path: &Path) -> Result<Self, SignInError> {
        let list = match std::fs::read(path) {
            Ok(text) => serde_json::from_slice(&text)
                .map_err(|source| SignInError::Damaged { path: path.to_path_buf(), source })?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(source) => return Err(failed("read", path, source)),
        };
        Ok(Self { path: path.to_path_buf(), list: Mutex::new(list) })
    }

    /// Signs someone in: durable before the credential is given out.
    ///
    /// # Errors
    /// [`SignInError`]; then nobody was signed in.
    pub fn create(&self) -> Result<Token, SignInError> {
        let token = Token::draw().map_err(|source| failed("draw random bytes for", &self.path, source))?;
        let lifetime = u64::try_from(SIGN_IN_LIFETIME.as_millis()).unwrap_or(u64::MAX);
        let now = now_ms();
        let fresh = SignIn { hash: token.hash().to_hex(), created_at: now, expires_at: now.saturating_add(lifetime) };
        let mut list = self.list();
        let mut changed: Vec<SignIn> = list.iter().filter(|one| one.expires_at > now).cloned().collect();
        if changed.len() >= MOST_SIGN_INS {
            changed.remove(0);
        }
        changed.push(fresh);
        self.keep(&changed)?;
        *list = changed;
        Ok(token)
    }

    /// Whether a credential belongs to someone who is signed in.
    #[must_use]
    pub fn knows(&self, presented: &TokenHash) -> bool {
        let now = now_ms();
        self.list().iter().any(|one| one.expires_at > now && is_of(one, presented))
    }

    /// Signs out.
    ///
    /// # Errors
    /// [`SignInError`]; the sign-in is void for this process all the same.
    pub fn remove(&self, presented: &str) -> Result<(), SignInError> {
        let presented = TokenHash::of(presented);
        let mut list = self.list();
        list.retain(|one| !is_of(one, &presented));
        self.keep(&list)
    }

    fn list(&self) -> MutexGuard<'_, Vec<SignIn>> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, list: &[SignIn]) -> Result<(), SignInError> {
        let text = serde_json::to_vec(list);
        let text = text.map_err(|source| SignInError::Damaged { path: self.path.clone(), source })?;
        write(&self.path, &text, Access::Owner).map_err(|error| failed("write", &self.path, error.source))
    }
}

fn is_of(sign_in: &SignIn, presented: &TokenHash) -> bool {
    TokenHash::from_hex(&sign_in.hash).is_some_and(|hash| hash.same(presented))
}

fn failed(what: &'static str, path: &Path, source: io::Error) -> SignInError {
    SignInError::Io { what, path: path.to_path_buf(), source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::MetadataExt as _;

    #[test]
    fn a_restart_signs_nobody_out_and_the_file_holds_no_credential() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sign-ins.json");
        let token = SignIns::open(&path).unwrap().create().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!text.contains(token.expose()));
        assert_eq!(std::fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        let again = SignIns::open(&path).unwrap();
        assert!(again.knows(&token.hash()));
        assert!(!again.knows(&TokenHash::of("guessed")));
        again.remove(token.expose()).unwrap();
        assert!(!again.knows(&token.hash()));
        assert!(!SignIns::open(&path).unwrap().knows(&token.hash()));
    }

    #[test]
    fn a_damaged_file_is_said_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sign-ins.json");
        std::fs::write(&path, "{").unwrap();
        assert!(matches!(SignIns::open(&path), Err(SignInError::Damaged { .. })));
    }
}
