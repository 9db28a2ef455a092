//! The tolerant reader: lines of any bytes, of bounded length, with what is wrong told by number.

use std::io::{self, Read};

/// Bytes of the longest line that is read or written.
pub const MAX_LINE: usize = 16 << 20;

/// Bytes read at once: few at first, since most readings are of the line that came last.
const FIRST_BLOCK: usize = 8 << 10;
const BLOCK: usize = 256 << 10;

/// The words that git leaves in a file it could not merge.
const MARKERS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// A place between two lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Position {
    /// Bytes before it.
    pub offset: u64,
    /// Lines before it.
    pub lines: u64,
}

impl Position {
    /// The beginning.
    pub const START: Self = Self { offset: 0, lines: 0 };
}

/// One line, without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its number, from 1.
    pub number: u64,
    /// Bytes before it in the file.
    pub offset: u64,
    /// Its text.
    pub text: &'a str,
}

/// What the caller says to a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It counts.
    Good,
    /// It does not count: why.
    Bad(String),
    /// Nothing more is wanted.
    Stop,
}

/// What a reading came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pass {
    /// Where the next reading goes on: after the last line that has an end or counted, so never behind a line that
    /// somebody may still be writing.
    pub end: Position,
    /// Number and fault of every line that does not count, in order. A last line without an end that does not count is
    /// among them.
    pub damage: Vec<(u64, String)>,
    /// Whether the last line has no end.
    pub torn: bool,
}

/// Reads lines from `source`, whose first byte is at `from`, and asks `each` about them. Empty lines are passed over;
/// conflict markers, lines that are not UTF-8 and lines longer than `limit` bytes are damage without asking. A byte
/// order mark before the first line and a carriage return at the end of any are not part of the text.
///
/// # Errors
/// Those of `source`.
pub fn scan(
    source: impl Read,
    from: Position,
    limit: usize,
    mut each: impl FnMut(Line<'_>) -> Verdict,
) -> io::Result<Pass> {
    let mut feed = Feed { source, buffer: Vec::new(), block: FIRST_BLOCK, start: 0, scanned: 0, limit };
    let mut pass = Pass { end: from, ..Pass::default() };
    loop {
        let piece = feed.next()?;
        let (taken, ended, judged) = match piece {
            Piece::End => return Ok(pass),
            Piece::Whole(bytes) => (bytes.len() as u64 + 1, true, judge(bytes, pass.end, &mut each)),
            Piece::Torn(bytes) => (bytes.len() as u64, false, judge(bytes, pass.end, &mut each)),
            Piece::TooLong { skipped, ended } => {
                (skipped, ended, Verdict::Bad(format!("the line is longer than {limit} bytes")))
            }
        };
        let good = judged == Verdict::Good;
        match judged {
            Verdict::Good => {}
            Verdict::Bad(why) => pass.damage.push((pass.end.lines + 1, why)),
            Verdict::Stop => return Ok(pass),
        }
        pass.torn = !ended;
        if ended || good {
            pass.end = Position { offset: pass.end.offset + taken, lines: pass.end.lines + u64::from(ended) };
        }
        if !ended {
            return Ok(pass);
        }
    }
}

fn judge(bytes: &[u8], at: Position, each: &mut impl FnMut(Line<'_>) -> Verdict) -> Verdict {
    let bytes = if at.offset == 0 { bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes) } else { bytes };
    let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Verdict::Bad("not UTF-8".into());
    };
    if text.trim().is_empty() {
        return Verdict::Good;
    }
    if MARKERS.iter().any(|marker| text.starts_with(marker)) {
        return Verdict::Bad("a conflict marker of git; both sides were read".into());
    }
    each(Line { number: at.lines + 1, offset: at.offset, text })
}

enum Piece<'a> {
    End,
    /// Without its line feed.
    Whole(&'a [u8]),
    Torn(&'a [u8]),
    TooLong {
        skipped: u64,
        ended: bool,
    },
}

/// Cuts a stream into lines, holding at most one line and a block.
struct Feed<R> {
    source: R,
    buffer: Vec<u8>,
    /// Bytes that the next look at the source is for.
    block: usize,
    /// Where the current line begins in the buffer.
    start: usize,
    /// Bytes of the current line that are known to hold no line feed.
    scanned: usize,
    limit: usize,
}

impl<R: Read> Feed<R> {
    fn next(&mut self) -> io::Result<Piece<'_>> {
        loop {
            let unseen = self.start + self.scanned;
            if let Some(found) = memchr::memchr(b'\n', &self.buffer[unseen..]) {
                let (start, end) = (self.start, unseen + found);
                (self.start, self.scanned) = (end + 1, 0);
                if end - start > self.limit {
                    return Ok(Piece::TooLong { skipped: (end - start) as u64 + 1, ended: true });
                }
                return Ok(Piece::Whole(&self.buffer[start..end]));
            }
            self.scanned = self.buffer.len() - self.start;
            if self.scanned > self.limit {
                return self.skip();
            }
            if self.fill()? == 0 {
                let start = std::mem::replace(&mut self.start, self.buffer.len());
                self.scanned = 0;
                let rest = &self.buffer[start..];
                return Ok(if rest.is_empty() { Piece::End } else { Piece::Torn(rest) });
            }
        }
    }

    /// Passes over a line that is too long without keeping it.
    fn skip(&mut self) -> io::Result<Piece<'_>> {
        let mut skipped = self.scanned as u64;
        loop {
            (self.start, self.scanned) = (0, 0);
            self.buffer.clear();
            if self.fill()? == 0 {
                return Ok(Piece::TooLong { skipped, ended: false });
            }
            if let Some(found) = memchr::memchr(b'\n', &self.buffer) {
                self.start = found + 1;
                return Ok(Piece::TooLong { skipped: skipped + found as u64 + 1, ended: true });
            }
            skipped += self.buffer.len() as u64;
        }
    }

    fn fill(&mut self) -> io::Result<usize> {
        self.buffer.drain(..std::mem::take(&mut self.start));
        let kept = self.buffer.len();
        self.buffer.resize(kept + self.block, 0);
        self.block = (self.block * 4).min(BLOCK);
        let read = loop {
            match self.source.read(&mut self.buffer[kept..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.buffer.truncate(kept + *read.as_ref().unwrap_or(&0));
        read
    }
}
