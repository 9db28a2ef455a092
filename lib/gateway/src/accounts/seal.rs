//! One account's secrets as sealed bytes, bound to who it is: XChaCha20-Poly1305 with a random nonce, the provider, the
//! label and the kind as associated data.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use super::error::{AccountsError, Unreadable};
use super::key::{MasterKey, random};

const NONCE: usize = 24;

/// Whose secrets they are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Whose<'a> {
    pub(super) provider: &'a str,
    pub(super) label: &'a str,
    pub(super) sort: &'a str,
}

impl Whose<'_> {
    /// No two accounts have the same: every part comes with its length.
    fn data(self) -> Vec<u8> {
        let parts = ["eavs account 1", self.provider, self.label, self.sort];
        parts.iter().flat_map(|part| format!("{}:{part}\n", part.len()).into_bytes()).collect()
    }
}

/// The nonce and what is sealed, as text.
pub(super) fn seal(key: &MasterKey, whose: Whose<'_>, plain: &[u8]) -> Result<String, AccountsError> {
    let mut nonce = [0; NONCE];
    random(&mut nonce)?;
    let data = whose.data();
    let sealed = cipher(key).encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: &data });
    // The cipher refuses nothing but texts of many gigabytes.
    let sealed = sealed.map_err(|_| AccountsError::Random(std::io::Error::other("the cipher refuses the text")))?;
    Ok(STANDARD_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
}

/// What was sealed.
pub(super) fn open(key: &MasterKey, whose: Whose<'_>, text: &str) -> Result<Zeroizing<Vec<u8>>, Unreadable> {
    let bytes = STANDARD_NO_PAD.decode(text).map_err(|_| Unreadable::Sealed)?;
    let (nonce, sealed) = bytes.split_first_chunk::<NONCE>().ok_or(Unreadable::Sealed)?;
    let data = whose.data();
    let plain = cipher(key).decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: &data });
    plain.map(Zeroizing::new).map_err(|_| Unreadable::Sealed)
}

fn cipher(key: &MasterKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.bytes().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_opens_for_whom_it_was_sealed_and_for_nobody_else() {
        let key = MasterKey::of([7; 32]);
        let whose = Whose { provider: "openai", label: "work", sort: "api_key" };
        let sealed = seal(&key, whose, b"sk-secret").unwrap();
        assert_eq!(open(&key, whose, &sealed).unwrap().as_slice(), b"sk-secret");
        assert_ne!(sealed, seal(&key, whose, b"sk-secret").unwrap(), "a nonce is used once");
        for other in [
            Whose { provider: "groq", ..whose },
            Whose { label: "home", ..whose },
            Whose { sort: "oauth", ..whose },
            Whose { provider: "openaiw", label: "ork", ..whose },
        ] {
            assert_eq!(open(&key, other, &sealed).unwrap_err(), Unreadable::Sealed, "{other:?}");
        }
        assert!(open(&MasterKey::of([8; 32]), whose, &sealed).is_err());
        let mut bytes = STANDARD_NO_PAD.decode(&sealed).unwrap();
        for at in 0..bytes.len() {
            bytes[at] ^= 1;
            assert!(open(&key, whose, &STANDARD_NO_PAD.encode(&bytes)).is_err(), "byte {at}");
            bytes[at] ^= 1;
        }
        for wrong in ["", "AAAA", "no base64!"] {
            assert!(open(&key, whose, wrong).is_err());
        }
    }
}
