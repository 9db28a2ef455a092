//! How text becomes words, the same way for messages and for queries.
//!
//! A word in camel case is followed by its parts, so that `WebSocket` is found as `websocket` and as `web socket`.
//! Scripts that write no spaces are taken letter by letter. Everything else is left to the index's own tokenizer,
//! which cuts at whatever is neither letter nor digit, and folds case, accents and endings.

/// Writes the text with the parts of its words added.
pub(crate) fn expand(text: &str, out: &mut String) {
    out.reserve(text.len() + text.len() / 8);
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len());
        word(&rest[..end], out);
        rest = &rest[end..];
    }
    out.push_str(rest);
}

fn word(word: &str, out: &mut String) {
    if word.is_ascii() {
        out.push_str(word);
        add_parts(word, out);
    } else if word.chars().any(is_unspaced) {
        for letter in word.chars() {
            if is_unspaced(letter) {
                out.push(' ');
                out.push(letter);
                out.push(' ');
            } else {
                out.push(letter);
            }
        }
    } else {
        out.push_str(word);
    }
}

/// Adds the parts of a word in camel case, each after a space.
fn add_parts(word: &str, out: &mut String) {
    let mut borders = borders(word).peekable();
    if borders.peek().is_none() {
        return;
    }
    let mut start = 0;
    for border in borders.chain([word.len()]) {
        out.push(' ');
        out.push_str(&word[start..border]);
        start = border;
    }
}

/// Where a part begins: a capital after a small letter or digit, or the last capital of a run before a small letter.
fn borders(word: &str) -> impl Iterator<Item = usize> {
    let bytes = word.as_bytes();
    (1..bytes.len()).filter(move |&place| {
        let (before, here) = (bytes[place - 1], bytes[place]);
        let after = bytes.get(place + 1).copied().unwrap_or(0);
        here.is_ascii_uppercase()
            && (before.is_ascii_lowercase()
                || before.is_ascii_digit()
                || (before.is_ascii_uppercase() && after.is_ascii_lowercase()))
    })
}

/// Letters of scripts that write no spaces between words.
fn is_unspaced(letter: char) -> bool {
    matches!(letter,
        '\u{0e00}'..='\u{0eff}'   // Thai, Lao
        | '\u{1000}'..='\u{109f}' // Burmese
        | '\u{1780}'..='\u{17ff}' // Khmer
        | '\u{3040}'..='\u{30ff}' // Kana
        | '\u{3400}'..='\u{9fff}' // Han
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Whether there is anything in it that the index keeps.
pub(crate) fn has_word(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(text: &str) -> String {
        let mut out = String::new();
        expand(text, &mut out);
        out
    }

    #[test]
    fn camel_case_is_followed_by_its_parts() {
        assert_eq!(expanded("a WebSocket, now"), "a WebSocket Web Socket, now");
        assert_eq!(expanded("parseHTTPRequest()"), "parseHTTPRequest parse HTTP Request()");
        assert_eq!(expanded("utf8Error"), "utf8Error utf8 Error");
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for text in ["src/net_io.rs: 12", "HTTP", "", "  ", "über-cool", "Sentence. Next"] {
            assert_eq!(expanded(text), text);
        }
        assert_eq!(expanded("日本go").split_whitespace().collect::<Vec<_>>(), ["日", "本", "go"]);
    }
}
