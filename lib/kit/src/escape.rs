//! Makes foreign text safe to show: model output, file names and messages from the wire may carry escape
//! sequences that repaint a terminal, or direction marks that make a command read as another one.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Escapes text that may span lines: line feeds and tabs stay, every other control or direction mark becomes `\u{…}`.
#[must_use]
pub fn text(raw: &str) -> Cow<'_, str> {
    escape(raw, |c| !matches!(c, '\n' | '\t') && is_unsafe(c))
}

/// Escapes text that must stay on one line, such as a file name in a message.
#[must_use]
pub fn line(raw: &str) -> Cow<'_, str> {
    escape(raw, is_unsafe)
}

fn escape(raw: &str, refused: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !raw.chars().any(&refused) {
        return Cow::Borrowed(raw);
    }
    let mut safe = String::with_capacity(raw.len() + 16);
    for c in raw.chars() {
        match c {
            '\n' if refused(c) => safe.push_str("\\n"),
            '\t' if refused(c) => safe.push_str("\\t"),
            _ if refused(c) => {
                // Writing into a string cannot fail.
                let _ = write!(safe, "\\u{{{:x}}}", u32::from(c));
            }
            _ => safe.push(c),
        }
    }
    Cow::Owned(safe)
}

/// Controls (C0, DEL, C1), marks that reorder text (Unicode bidi controls), and line separators that are not `\n`.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmless_text_is_borrowed() {
        assert!(matches!(text("naïve – 日本\n\tok"), Cow::Borrowed(_)));
    }

    #[test]
    fn escape_sequences_and_direction_marks_become_visible() {
        assert_eq!(text("a\u{1b}[2Jb"), "a\\u{1b}[2Jb");
        assert_eq!(text("a\u{202e}b\u{9b}"), "a\\u{202e}b\\u{9b}");
        assert_eq!(text("over\rwrite"), "over\\u{d}write");
    }

    #[test]
    fn a_line_stays_one_line() {
        assert_eq!(line("a\nb\tc"), "a\\nb\\tc");
    }
}
