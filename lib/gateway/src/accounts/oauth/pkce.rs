//! Random texts, and the proof that the one who asked is the one who gets (RFC 7636, S256).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oqto_kit::Secret;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::tokens::LoginError;
use crate::accounts::random;

/// 256 random bits as a text that needs no encoding.
pub(super) fn text() -> Result<Secret, LoginError> {
    let mut bytes = Zeroizing::new([0; 32]);
    random(bytes.as_mut_slice()).map_err(|_| LoginError::Random)?;
    Ok(Secret::new(URL_SAFE_NO_PAD.encode(bytes.as_slice())))
}

/// What is shown at first of a text that is shown at last.
pub(super) fn challenge(verifier: &Secret) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.expose().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_standard() {
        let verifier = Secret::new("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(challenge(&verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert_ne!(text().unwrap(), text().unwrap());
        assert_eq!(text().unwrap().expose().len(), 43);
    }
}
