//! Bytes in, lines out. LF alone ends a line (a CR before it is dropped; U+2028 and U+2029 are ordinary text).

use serde::{Deserialize, Serialize};

/// The longest line that is read, in bytes. What is longer is thrown away up to the next newline and reported.
pub const MAX_NATIVE_LINE_BYTES: usize = 256 * 1024 * 1024;

/// A buffer that held a line larger than this gives its memory back.
const KEPT_CAPACITY: usize = 1024 * 1024;

/// One line without its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// The bytes; never empty.
    Bytes(&'a [u8]),
    /// A line that was longer than the limit, and how long what was thrown away is.
    TooLong(usize),
}

/// What is left of a line whose end has not come yet.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Lines {
    #[serde(skip)]
    partial: Vec<u8>,
    /// Bytes thrown away of a line that is too long and still goes on.
    skipped: usize,
}

impl Lines {
    /// Takes bytes in and hands out the lines that they complete. Every byte is looked at once.
    pub(super) fn feed(&mut self, mut bytes: &[u8], limit: usize, mut line: impl FnMut(Line<'_>)) {
        while let Some(end) = memchr::memchr(b'\n', bytes) {
            let (head, rest) = bytes.split_at(end);
            bytes = rest.get(1..).unwrap_or_default();
            self.complete(head, limit, &mut line);
        }
        self.keep(bytes, limit);
    }

    /// Whether nothing of an unfinished line is held.
    pub(super) const fn is_at_a_line_start(&self) -> bool {
        self.partial.is_empty()
    }

    /// Takes the unfinished line out: nothing more comes.
    pub(super) fn take_rest(&mut self) -> Vec<u8> {
        self.skipped = 0;
        std::mem::take(&mut self.partial)
    }

    fn complete(&mut self, head: &[u8], limit: usize, line: &mut impl FnMut(Line<'_>)) {
        if self.skipped > 0 {
            line(Line::TooLong(self.skipped + head.len()));
            self.skipped = 0;
        } else if self.partial.is_empty() {
            hand_out(head, limit, line);
        } else {
            self.partial.extend_from_slice(head);
            hand_out(&self.partial, limit, line);
            self.partial.clear();
            self.partial.shrink_to(KEPT_CAPACITY);
        }
    }

    fn keep(&mut self, bytes: &[u8], limit: usize) {
        if self.skipped > 0 {
            self.skipped += bytes.len();
        } else if self.partial.len() + bytes.len() > limit {
            self.skipped = self.partial.len() + bytes.len();
            self.partial = Vec::new();
        } else {
            self.partial.extend_from_slice(bytes);
        }
    }
}

fn hand_out(bytes: &[u8], limit: usize, line: &mut impl FnMut(Line<'_>)) {
    let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    if bytes.len() > limit {
        line(Line::TooLong(bytes.len()));
    } else if !bytes.is_empty() {
        line(Line::Bytes(bytes));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &mut Lines, chunks: &[&str], limit: usize) -> Vec<String> {
        let mut seen = Vec::new();
        for chunk in chunks {
            lines.feed(chunk.as_bytes(), limit, |line| {
                seen.push(match line {
                    Line::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
                    Line::TooLong(size) => format!("too long: {size}"),
                });
            });
        }
        seen
    }

    #[test]
    fn only_lf_ends_a_line_and_a_cr_before_it_goes() {
        let text = "{\"a\":\"x\u{2028}y\u{2029}\rz\"}\r\n\n{\"b\":1}\n";
        let expected = vec!["{\"a\":\"x\u{2028}y\u{2029}\rz\"}", "{\"b\":1}"];
        assert_eq!(read(&mut Lines::default(), &[text], 100), expected);
    }

    #[test]
    fn a_line_may_be_cut_anywhere() {
        let mut lines = Lines::default();
        assert_eq!(read(&mut lines, &["{\"a\"", ":1}", "\n{"], 100), vec!["{\"a\":1}"]);
        assert!(!lines.is_at_a_line_start());
        assert_eq!(read(&mut lines, &["}\n"], 100), vec!["{}"]);
        assert!(lines.is_at_a_line_start());
    }

    #[test]
    fn a_line_that_is_too_long_is_thrown_away_and_the_next_one_is_whole() {
        let mut lines = Lines::default();
        let seen = read(&mut lines, &["12345", "67890", "x\nok\n", "123456789\n"], 8);
        assert_eq!(seen, vec!["too long: 11", "ok", "too long: 9"]);
        assert!(lines.is_at_a_line_start());
    }
}
