//! Bytes to lines: a pure splitter with a limit, and its use on any `AsyncRead`.

use crate::source::{LineSource, Received};
use bytes::{Bytes, BytesMut};
use oqto_protocol::MAX_LINE_BYTES;
use oqto_protocol::frame::FrameError;
use std::io;
use tokio::io::{AsyncRead, AsyncReadExt as _};

/// How much is read at once while little comes: an idle connection keeps no more than this.
const SMALL_READ: usize = 4 * 1024;
/// How much is read at once while much comes.
const LARGE_READ: usize = 32 * 1024;

/// Splits bytes into lines, however they are cut. Blank lines are dropped; a line over the limit is skipped to its
/// newline with bounded memory and reported once.
#[derive(Debug)]
pub struct Splitter {
    buffer: BytesMut,
    /// Bytes at the start of the buffer that hold no newline.
    scanned: usize,
    /// Bytes of the over-long line that have been thrown away so far.
    skipped: Option<usize>,
    limit: usize,
}

impl Splitter {
    /// A splitter that accepts lines of at most `limit` bytes, not counting the newline.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self { buffer: BytesMut::new(), scanned: 0, skipped: None, limit }
    }

    /// Adds bytes. Call [`Splitter::next_line`] until it is empty afterwards, so that the buffer stays small.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// The next complete line.
    pub fn next_line(&mut self) -> Option<Received> {
        loop {
            let Some(at) = self.buffer.get(self.scanned..).and_then(|rest| memchr::memchr(b'\n', rest)) else {
                self.keep_rest();
                return None;
            };
            let mut line = self.buffer.split_to(self.scanned + at + 1);
            self.scanned = 0;
            line.truncate(line.len() - 1);
            if let Some(received) = self.judge(line.freeze()) {
                return Some(received);
            }
        }
    }

    /// What is left when no more bytes come: the last line may lack its newline.
    pub fn finish(&mut self) -> Option<Received> {
        let rest = self.buffer.split().freeze();
        self.scanned = 0;
        self.judge(rest)
    }

    /// Bytes that are kept of a line whose end has not come: at most the limit once [`Splitter::next_line`] is empty.
    #[must_use]
    pub fn held(&self) -> usize {
        self.buffer.len()
    }

    fn judge(&mut self, line: Bytes) -> Option<Received> {
        let skipped = self.skipped.take();
        let length = line.len() + skipped.unwrap_or(0);
        if skipped.is_some() || length > self.limit {
            return Some(Received::Refused(FrameError::TooLong(length)));
        }
        (!line.trim_ascii().is_empty()).then_some(Received::Line(line))
    }

    /// No newline in the buffer: it is the start of a line, or more of one that is too long already.
    fn keep_rest(&mut self) {
        self.scanned = self.buffer.len();
        if self.skipped.is_some() || self.scanned > self.limit {
            *self.skipped.get_or_insert(0) += self.scanned;
            self.scanned = 0;
            self.buffer = BytesMut::new();
        }
    }
}

/// Splits chunks as they come: the framing as a pure function, for property tests and fuzzing.
pub fn split<'a>(chunks: impl IntoIterator<Item = &'a [u8]>, limit: usize) -> Vec<Received> {
    let mut splitter = Splitter::new(limit);
    let mut lines = Vec::new();
    for chunk in chunks {
        splitter.push(chunk);
        while let Some(line) = splitter.next_line() {
            lines.push(line);
        }
    }
    lines.extend(splitter.finish());
    lines
}

/// Reads lines from any byte stream. A line is a view into the read buffer: no copy, no allocation of its own.
#[derive(Debug)]
pub struct LineReader<R> {
    inner: R,
    splitter: Splitter,
    read_size: usize,
    ended: bool,
}

impl<R: AsyncRead + Unpin + Send> LineReader<R> {
    /// Reads lines of at most [`MAX_LINE_BYTES`].
    pub fn new(inner: R) -> Self {
        Self { inner, splitter: Splitter::new(MAX_LINE_BYTES), read_size: SMALL_READ, ended: false }
    }

    async fn fill(&mut self) -> io::Result<usize> {
        let buffer = &mut self.splitter.buffer;
        if buffer.is_empty() && buffer.capacity() > self.read_size {
            *buffer = BytesMut::new();
        }
        buffer.reserve(self.read_size);
        let read = self.inner.read_buf(buffer).await?;
        self.read_size = if read >= self.read_size { LARGE_READ } else { SMALL_READ };
        Ok(read)
    }
}

impl<R: AsyncRead + Unpin + Send> LineSource for LineReader<R> {
    /// Cancel-safe: what was read stays in the buffer.
    async fn next_line(&mut self) -> io::Result<Option<Received>> {
        loop {
            if let Some(line) = self.splitter.next_line() {
                return Ok(Some(line));
            }
            if self.ended {
                return Ok(None);
            }
            if self.fill().await? == 0 {
                self.ended = true;
                if let Some(rest) = self.splitter.finish() {
                    return Ok(Some(rest));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(lines: &[Received]) -> Vec<String> {
        let show = |line: &Received| match line {
            Received::Line(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            Received::Refused(error) => error.to_string(),
        };
        lines.iter().map(show).collect()
    }

    #[test]
    fn after_a_line_that_is_too_long_the_next_one_is_read() {
        let lines = split([b"ok\n123456".as_slice(), b"7890\n\n \r\nnext\nlast"], 8);
        assert_eq!(shown(&lines)[0], "ok");
        assert!(matches!(lines[1], Received::Refused(FrameError::TooLong(10))));
        assert_eq!(shown(&lines[2..]), ["next", "last"]);
    }

    #[test]
    fn skipping_a_huge_line_needs_no_memory() {
        let mut splitter = Splitter::new(1024);
        let chunk = [b'x'; 4096];
        for _ in 0..25_000 {
            splitter.push(&chunk);
            assert!(splitter.next_line().is_none());
            assert!(splitter.buffer.capacity() <= 8192);
        }
        splitter.push(b"\nafter\n");
        assert!(matches!(splitter.next_line(), Some(Received::Refused(FrameError::TooLong(102_400_000)))));
        assert_eq!(shown(&[splitter.next_line().unwrap()]), ["after"]);
    }

    #[tokio::test]
    async fn an_idle_reader_keeps_only_a_small_buffer() {
        let mut big = vec![b'x'; 1_000_000];
        big.extend_from_slice(b"\nsmall\n");
        let (mut ours, theirs) = tokio::io::duplex(1 << 20);
        let mut reader = LineReader::new(theirs);
        let feed = async {
            use tokio::io::AsyncWriteExt as _;
            ours.write_all(&big).await.unwrap();
            ours
        };
        let read = async {
            let first = reader.next_line().await.unwrap().unwrap();
            let second = reader.next_line().await.unwrap().unwrap();
            assert_eq!(shown(&[second]), ["small"]);
            drop(first);
        };
        let (mut ours, ()) = tokio::join!(feed, read);
        tokio::io::AsyncWriteExt::write_all(&mut ours, b"x\n").await.unwrap();
        reader.next_line().await.unwrap();
        let waiting = tokio::time::timeout(std::time::Duration::ZERO, reader.next_line()).await;
        assert!(waiting.is_err());
        assert!(reader.splitter.buffer.capacity() <= SMALL_READ, "{}", reader.splitter.buffer.capacity());
    }

    proptest! {
        #[test]
        fn any_cut_gives_the_same_lines(
            text in proptest::collection::vec(prop_oneof![3 => any::<u8>(), 1 => Just(b'\n')], 0..300),
            cuts in proptest::collection::vec(0usize..300, 0..20),
        ) {
            let whole = split([text.as_slice()], 16);
            let mut cuts: Vec<usize> = cuts.into_iter().map(|c| c.min(text.len())).collect();
            cuts.extend([0, text.len()]);
            cuts.sort_unstable();
            let parts: Vec<&[u8]> = cuts.windows(2).map(|w| &text[w[0]..w[1]]).collect();
            prop_assert_eq!(shown(&split(parts, 16)), shown(&whole));
        }

        #[test]
        fn arbitrary_bytes_never_panic_the_parser(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            for line in split([bytes.as_slice()], 64) {
                if let Received::Line(line) = line {
                    let _ = oqto_protocol::frame::Frame::parse(&line);
                    let _ = oqto_protocol::frame::Routing::parse(&line);
                }
            }
        }
    }
}
