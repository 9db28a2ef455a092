//! The letters behind a page's bytes: a byte-order mark wins, then what the server says, then what the page says.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// So many bytes of a page are looked at for what it says of itself, as browsers do.
const HEAD: usize = 1024;

/// The text of a body. What is no letter becomes the replacement character.
pub(super) fn decode(body: &[u8], content_type: &str, is_html: bool) -> String {
    let said = label(content_type).or_else(|| if is_html { label(&head(body)) } else { None });
    let encoding = said.and_then(|label| Encoding::for_label(label.as_bytes())).unwrap_or_else(|| guessed(body));
    encoding.decode(body).0.into_owned()
}

fn head(body: &[u8]) -> String {
    String::from_utf8_lossy(body.get(..HEAD).unwrap_or(body)).to_ascii_lowercase()
}

/// The name behind `charset=`, of a header or of a page's `meta`.
fn label(text: &str) -> Option<String> {
    let (_, after) = text.split_once("charset")?;
    let after = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let name: String = after.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).collect();
    (!name.is_empty()).then_some(name)
}

fn guessed(body: &[u8]) -> &'static Encoding {
    match std::str::from_utf8(body) {
        Ok(_) => UTF_8,
        // A page that was cut at the bound ends within a letter.
        Err(error) if error.error_len().is_none() => UTF_8,
        Err(_) => WINDOWS_1252,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_about_it_wins() {
        assert_eq!(decode(b"\xef\xbb\xbf\xc3\xbc", "text/html; charset=iso-8859-1", true), "ü");
        assert_eq!(decode(b"\xfc", "text/html; charset=\"ISO-8859-1\"", true), "ü");
        assert_eq!(decode(b"<meta charset=shift_jis>\x93\xfa\x96{", "text/html", true), "<meta charset=shift_jis>日本");
        let old = b"<meta http-equiv='content-type' content='text/html; charset=gb2312'>\xd6\xd0";
        assert!(decode(old, "", true).ends_with('中'));
        assert_eq!(decode("naïve".as_bytes(), "", false), "naïve");
        assert_eq!(decode(b"na\xefve", "text/html; charset=nonsense", true), "naïve");
        assert_eq!(decode(b"a\xf0\x9f", "", true), "a\u{fffd}");
    }
}
