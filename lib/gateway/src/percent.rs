//! Percent-encoding: texts as parts of addresses and forms (RFC 3986, section 2).

/// A text with every byte encoded that an address may give a meaning to.
#[must_use]
pub fn encoded(text: &str) -> String {
    encoded_but(text, b"")
}

/// The same, where these bytes stay too.
pub(crate) fn encoded_but(text: &str, kept: &[u8]) -> String {
    let keeps = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.contains(&byte);
    text.bytes().map(|byte| if keeps(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// Fields as `application/x-www-form-urlencoded`, which is a question's form too.
pub fn fields<N: AsRef<str>, V: AsRef<str>>(fields: impl IntoIterator<Item = (N, V)>) -> String {
    let pairs =
        fields.into_iter().map(|(name, value)| format!("{}={}", encoded(name.as_ref()), encoded(value.as_ref())));
    pairs.collect::<Vec<_>>().join("&")
}

/// What was encoded; nothing where it is no UTF-8, or a `%` is without its two digits.
#[must_use]
pub fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        bytes.push(match byte {
            b'%' => u8::try_from(digit(rest.next())? * 16 + digit(rest.next())?).ok()?,
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_back_as_it_was() {
        for (text, told) in
            [("ä &=+%/", "%C3%A4%20%26%3D%2B%25%2F"), ("a-b._~9", "a-b._~9"), ("", ""), ("\0\n", "%00%0A")]
        {
            assert_eq!((encoded(text).as_str(), decoded(told).as_deref()), (told, Some(text)));
        }
        assert_eq!(encoded_but("a/b@c d", b"/@"), "a/b@c%20d");
        assert_eq!(fields([("a", "1 2"), ("b c", "")]), "a=1%202&b%20c=");
        for broken in ["%", "%4", "%zz", "%ff", "%+1"] {
            assert_eq!(decoded(broken), None, "{broken}");
        }
    }
}
