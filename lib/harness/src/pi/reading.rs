//! From a line of text to the records in it.

use std::borrow::Cow;

use memchr::memmem;

use super::lines::Line;
use super::scribe::Scribe;
use super::state::State;
use super::wire::Head;

/// How often the beginning of a record is looked for in a line that does not begin with one.
const MOST_ATTEMPTS: usize = 8;

impl State {
    /// Reads a line: usually one record, but several on one line are read too, and text before one is passed over.
    pub(super) fn line(&mut self, scribe: &mut Scribe<'_>, line: &Line<'_>) {
        match line {
            Line::Bytes(bytes) => self.records(scribe, &text(bytes)),
            Line::TooLong(size) => {
                let what = format!("a line of {size} bytes");
                self.unreadable(scribe, what.as_bytes());
            }
        }
    }

    fn records(&mut self, scribe: &mut Scribe<'_>, text: &str) {
        let mut rest = text.trim_ascii();
        let mut attempts = 0;
        while !rest.is_empty() && attempts < MOST_ATTEMPTS {
            match first_record(rest) {
                Some((head, end)) => {
                    let (record, after) = rest.split_at(end);
                    if self.record(scribe, &head, record).is_err() {
                        attempts += 1;
                        self.unreadable(scribe, record.as_bytes());
                    }
                    rest = after.trim_ascii();
                }
                None => {
                    attempts += 1;
                    self.unreadable(scribe, rest.as_bytes());
                    rest = next_beginning(rest);
                }
            }
        }
        if attempts == 0 {
            self.garbage.in_burst = false;
        }
    }

    /// The child ended in the middle of a line: a whole record without its newline counts, a part of one does not.
    pub(super) fn last_line(&mut self, scribe: &mut Scribe<'_>, bytes: &[u8]) {
        let text = text(bytes);
        if let Some((head, end)) = first_record(&text) {
            // A record that cannot be decoded is as good as cut off.
            let _cut_off = self.record(scribe, &head, &text[..end]);
        }
    }
}

fn first_record(text: &str) -> Option<(Head<'_>, usize)> {
    if !text.starts_with('{') {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Head<'_>>();
    let head = values.next()?.ok()?;
    (!head.kind.is_empty()).then(|| (head, values.byte_offset()))
}

/// Where the next record may begin, after something that is none.
fn next_beginning(text: &str) -> &str {
    let bytes = text.as_bytes().get(1..).unwrap_or_default();
    let places = [b"{\"type\":".as_slice(), b"{\"id\":"].map(|start| memmem::find(bytes, start));
    match places.into_iter().flatten().min() {
        Some(place) => &text[place + 1..],
        None => "",
    }
}

/// The bytes as text. What is not UTF-8, and halves of surrogate pairs (a provider may cut an emoji in two), become
/// U+FFFD: both are one UTF-16 code unit long, so offsets stay right.
fn text(bytes: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(bytes);
    let has_surrogates = [b"\\ud".as_slice(), b"\\uD"].iter().any(|escape| memmem::find(bytes, escape).is_some());
    if !has_surrogates {
        return text;
    }
    Cow::Owned(without_half_pairs(&text))
}

fn without_half_pairs(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = memchr::memchr(b'\\', rest.as_bytes()) {
        whole.push_str(&rest[..place]);
        rest = &rest[place..];
        let length = match (escaped(rest), rest.get(6..).and_then(escaped)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                whole.push('\u{fffd}');
                rest = &rest[6..];
                continue;
            }
            (_, _) => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
        };
        whole.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    whole.push_str(rest);
    whole
}

/// The number of a `\uXXXX` at the beginning of a text.
fn escaped(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_pairs_are_replaced_and_whole_ones_stay() {
        let cases = [
            (r#"{"a":"\ud83d"}"#, "{\"a\":\"\u{fffd}\"}"),
            (r#"{"a":"\ude00x"}"#, "{\"a\":\"\u{fffd}x\"}"),
            (r#"{"a":"\ud83d\ude00"}"#, r#"{"a":"\ud83d\ude00"}"#),
            (r#"{"a":"\\ud83d"}"#, r#"{"a":"\\ud83d"}"#),
            (r#"{"a":"\ud83d\ud83d\ude00"}"#, "{\"a\":\"\u{fffd}\\ud83d\\ude00\"}"),
            (r#"{"a":"\ud8"#, r#"{"a":"\ud8"#),
        ];
        for (line, expected) in cases {
            assert_eq!(text(line.as_bytes()), expected, "{line}");
        }
    }

    #[test]
    fn a_record_is_found_behind_other_text() {
        assert_eq!(next_beginning("noise{\"type\":\"x\"}"), "{\"type\":\"x\"}");
        assert_eq!(next_beginning("{\"type\":} {\"id\":1}"), "{\"id\":1}");
        assert_eq!(next_beginning("noise"), "");
    }
}
