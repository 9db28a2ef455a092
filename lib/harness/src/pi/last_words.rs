//! The end of what the child wrote to its standard error.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::content::plain;

/// How much of it is kept, in bytes.
const KEPT_BYTES: usize = 4 * 1024;

/// The last bytes of a stream.
#[derive(Debug, Default)]
pub(super) struct LastWords {
    bytes: Vec<u8>,
    /// Whether there were more.
    cut: bool,
}

impl LastWords {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(&bytes[bytes.len().saturating_sub(KEPT_BYTES)..]);
        let excess = self.bytes.len().saturating_sub(KEPT_BYTES);
        self.cut |= excess > 0 || bytes.len() > KEPT_BYTES;
        self.bytes.drain(..excess);
    }

    /// Whole lines where there are any, without terminal control sequences.
    pub(super) fn text(&self) -> String {
        let mut bytes = self.bytes.as_slice();
        if self.cut
            && let Some(end) = memchr::memchr(b'\n', bytes)
            && end + 1 < bytes.len()
        {
            bytes = &bytes[end + 1..];
        }
        plain(String::from_utf8_lossy(bytes).trim())
    }
}

impl Serialize for LastWords {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.cut, STANDARD.encode(&self.bytes)).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for LastWords {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (cut, text) = <(bool, String)>::deserialize(deserializer)?;
        let bytes = STANDARD.decode(text).map_err(serde::de::Error::custom)?;
        Ok(Self { bytes, cut })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_whole_lines_stay_and_colours_go() {
        let mut words = LastWords::default();
        words.push(&[b'x'; 3 * KEPT_BYTES]);
        words.push(b"\n\x1b[31mError: no\x1b[0m\xff model\n");
        assert_eq!(words.text(), "Error: no\u{fffd} model");
    }

    #[test]
    fn it_survives_a_checkpoint() -> Result<(), serde_json::Error> {
        let mut words = LastWords::default();
        words.push(b"caf\xc3");
        let mut back: LastWords = serde_json::from_str(&serde_json::to_string(&words)?)?;
        back.push(b"\xa9");
        assert_eq!(back.text(), "café");
        Ok(())
    }
}
