//! The secret text of a key, and its hash.

use std::fmt;
use std::mem::MaybeUninit;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oqto_kit::Secret;
use sha2::{Digest as _, Sha256};

/// What every key begins with.
pub const PREFIX: &str = "eavs_";

/// The SHA-256 of a key's text. The text has 256 random bits, so that nothing slower is needed.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    /// That of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).into())
    }

    /// As it is kept.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl From<[u8; 32]> for Hash {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hash(..)")
    }
}

/// A new key.
///
/// # Errors
/// When the operating system gives no random bytes.
pub fn mint() -> std::io::Result<Secret> {
    let mut bytes = [MaybeUninit::<u8>::uninit(); 32];
    let (filled, left) = rustix::rand::getrandom(&mut bytes, rustix::rand::GetRandomFlags::empty())?;
    if !left.is_empty() {
        return Err(std::io::Error::other("the operating system gave too few random bytes"));
    }
    Ok(Secret::new(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(filled))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_another_and_only_its_hash_knows_it() {
        let (one, two) = (mint().unwrap(), mint().unwrap());
        assert_ne!(one, two);
        assert_eq!(one.expose().len(), PREFIX.len() + 43);
        assert_eq!(Hash::of(one.expose()), Hash::of(one.expose()));
        assert_ne!(Hash::of(one.expose()), Hash::of(two.expose()));
    }
}
