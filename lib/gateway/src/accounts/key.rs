//! The key that accounts are sealed with, in a file of this user alone or in the keyring of the system.

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oqto_whole::{Access, Draft};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::error::AccountsError;
use super::keyring;

/// The name of the key's file where none is configured, beside the database.
pub const KEY_FILE: &str = "eavs.key";

/// What the file begins with.
const MARK: &str = "eavs-key-1 ";
/// The most that is read of it.
const LARGEST: u64 = 4096;

/// 256 random bits. Overwritten when it is dropped.
pub struct MasterKey(Zeroizing<[u8; 32]>);

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(..)")
    }
}

/// Where the key is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyPlace {
    /// In a file of this user alone.
    File(PathBuf),
    /// In the keyring of the system, for the accounts in this file.
    Keyring(PathBuf),
}

impl fmt::Display for KeyPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Keyring(accounts) => write!(f, "the keyring's secret for {}", accounts.display()),
        }
    }
}

/// How a key is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sealing {
    /// What is sealed is to be opened: without the key nothing goes on.
    Known,
    /// Nothing is sealed yet: a key that is not there is made.
    First,
}

impl MasterKey {
    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// What it is told apart by; says nothing about it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let hash = Sha256::new().chain_update(b"eavs key fingerprint\n").chain_update(self.0.as_slice()).finalize();
        URL_SAFE_NO_PAD.encode(&hash[..9])
    }

    /// Reads it, or makes it where there is nothing to be opened.
    ///
    /// # Errors
    /// [`AccountsError`]: a key that is lost, damaged, or not this user's alone; a keyring that does not answer.
    pub fn at(place: &KeyPlace, sealing: Sealing) -> Result<Self, AccountsError> {
        match place {
            KeyPlace::File(path) => Self::of_file(path, sealing),
            KeyPlace::Keyring(accounts) => Self::of_keyring(place, accounts, sealing),
        }
    }

    fn of_keyring(place: &KeyPlace, accounts: &Path, sealing: Sealing) -> Result<Self, AccountsError> {
        let lost = || AccountsError::KeyLost { place: place.to_string() };
        match keyring::look_up(accounts)? {
            Some(text) => Self::of_text(&text).ok_or_else(|| AccountsError::KeyDamaged { place: place.to_string() }),
            None if sealing == Sealing::Known => Err(lost()),
            None => {
                keyring::store(accounts, &text_of_new()?)?;
                // What is there now is what will be there: another process may have been faster.
                keyring::look_up(accounts)?.as_deref().and_then(|text| Self::of_text(text)).ok_or_else(lost)
            }
        }
    }

    fn of_text(text: &str) -> Option<Self> {
        let text = text.trim().strip_prefix(MARK)?;
        let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(text).ok()?);
        let mut key = Zeroizing::new([0; 32]);
        if bytes.len() != key.len() {
            return None;
        }
        key.copy_from_slice(&bytes);
        Some(Self(key))
    }

    fn of_file(path: &Path, sealing: Sealing) -> Result<Self, AccountsError> {
        match File::open(path) {
            Ok(file) => Self::read(path, file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => match sealing {
                Sealing::Known => Err(AccountsError::KeyLost { place: path.display().to_string() }),
                Sealing::First => Self::make(path),
            },
            Err(error) => Err(AccountsError::io("open", path, error)),
        }
    }

    fn read(path: &Path, file: File) -> Result<Self, AccountsError> {
        let about = file.metadata().map_err(|error| AccountsError::io("look at", path, error))?;
        let me = rustix::process::geteuid().as_raw();
        if about.uid() != me {
            return Err(AccountsError::Foreign { path: path.to_path_buf(), owner: about.uid() });
        }
        let mode = about.mode() & 0o7777;
        if mode & 0o077 != 0 {
            return Err(AccountsError::Loose { path: path.to_path_buf(), mode });
        }
        let mut text = Zeroizing::new(String::new());
        let read = file.take(LARGEST).read_to_string(&mut text);
        let damaged = || AccountsError::KeyDamaged { place: path.display().to_string() };
        read.map_err(|error| {
            let no_text = error.kind() == io::ErrorKind::InvalidData;
            if no_text { damaged() } else { AccountsError::io("read", path, error) }
        })?;
        Self::of_text(&text).ok_or_else(damaged)
    }

    /// Makes one. Where another process makes one at the same time, one of both is everybody's.
    fn make(path: &Path) -> Result<Self, AccountsError> {
        let text = text_of_new()?;
        let folder = path.parent().unwrap_or(Path::new("."));
        super::vault::make_folder(folder)?;
        let made = Draft::of(path, text.as_bytes(), Access::Owner).and_then(Draft::place_if_absent);
        made.map_err(|error| AccountsError::io("make", path, error.source))?;
        Self::of_file(path, Sealing::Known)
    }

    #[cfg(test)]
    pub(super) fn of(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

/// A new key as it is kept.
fn text_of_new() -> Result<Zeroizing<String>, AccountsError> {
    let mut key = Zeroizing::new([0; 32]);
    random(key.as_mut_slice())?;
    Ok(Zeroizing::new(format!("{MARK}{}\n", URL_SAFE_NO_PAD.encode(key.as_slice()))))
}

/// Fills with random bytes of the system.
pub(crate) fn random(mut bytes: &mut [u8]) -> Result<(), AccountsError> {
    while !bytes.is_empty() {
        let got = rustix::rand::getrandom(&mut *bytes, rustix::rand::GetRandomFlags::empty())
            .map_err(|error| AccountsError::Random(error.into()))?;
        bytes = bytes.get_mut(got..).unwrap_or_default();
    }
    Ok(())
}

/// Where a key is by default.
#[must_use]
pub(super) fn beside(database: &Path) -> PathBuf {
    database.with_file_name(KEY_FILE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    fn told(path: &Path) -> String {
        MasterKey::of_file(path, Sealing::Known).unwrap_err().to_string()
    }

    #[test]
    fn it_is_made_once_and_for_this_user_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/eavs.key");
        assert!(told(&path).contains("is not there"), "nothing is made where something is to be opened");
        let made = MasterKey::of_file(&path, Sealing::First).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        let again = MasterKey::of_file(&path, Sealing::First).unwrap();
        assert_eq!(made.fingerprint(), again.fingerprint());
        assert_eq!(format!("{made:?}"), "MasterKey(..)");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing lies about");
    }

    #[test]
    fn those_who_make_it_at_the_same_time_have_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("eavs.key");
        let make = || MasterKey::of_file(&path, Sealing::First).unwrap().fingerprint();
        let all: Vec<String> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(make)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(all.iter().all(|one| *one == all[0]), "{all:?}");
    }

    #[test]
    fn what_is_wrong_with_it_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("eavs.key");
        MasterKey::of_file(&path, Sealing::First).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(told(&path).contains("others than its owner may use") && told(&path).contains("mode 640"));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        MasterKey::of_file(&path, Sealing::Known).unwrap();
        for wrong in [&b"eavs-key-1 AAAA\n"[..], b"", b"\xff\xfe", b"something else"] {
            fs::write(&path, wrong).unwrap();
            assert!(told(&path).contains("holds no key"), "{wrong:?}");
        }
    }
}
