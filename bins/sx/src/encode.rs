//! Percent-encoding of form fields, and decoding of what stands in an address.

use std::fmt::Write as _;

/// `key=value&…` as a form or a query string has it.
pub(crate) fn form(fields: &[(&str, String)]) -> String {
    let pairs: Vec<String> = fields.iter().map(|(key, value)| format!("{}={}", percent(key), percent(value))).collect();
    pairs.join("&")
}

/// Everything but unreserved characters as `%XX` of its UTF-8 bytes.
fn percent(raw: &str) -> String {
    let mut encoded = String::with_capacity(raw.len());
    for byte in raw.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            // Writing into a string cannot fail.
            _ => drop(write!(encoded, "%{byte:02X}")),
        }
    }
    encoded
}

/// The text behind `%XX`; what is no such sequence stays as it is.
pub(crate) fn percent_decode(encoded: &str) -> String {
    let bytes = encoded.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = encoded.get(at + 1..at + 3).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (byte, code) {
            (b'%', Some(code)) => {
                decoded.push(code);
                at += 3;
            }
            _ => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_form_keeps_every_character() {
        assert_eq!(
            form(&[("q", "a b&c=ü\u{1f980}".into()), ("n", "1".into())]),
            "q=a%20b%26c%3D%C3%BC%F0%9F%A6%80&n=1"
        );
    }

    #[test]
    fn broken_sequences_stay() {
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%zz%4"), "%zz%4");
        assert_eq!(percent_decode("p%40ss%C3%BC"), "p@ssü");
    }

    proptest! {
        #[test]
        fn what_is_encoded_reads_back(text in ".*") {
            prop_assert_eq!(percent_decode(&percent(&text)), text);
        }
    }
}
