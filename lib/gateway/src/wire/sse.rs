//! Server-sent events, after the parsing rules of the HTML standard, from any cut of the bytes.
//!
//! Lines end with LF, CRLF or CR; a line that begins with a colon is a comment; several `data` lines are one text with
//! line breaks; a byte order mark at the beginning is skipped. Bytes stay bytes until an event is whole, so a character
//! that two chunks share is never harmed.

/// One event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event<'a> {
    /// What `event:` says; empty without it.
    pub name: &'a [u8],
    /// The `data:` lines, joined by line breaks.
    pub data: &'a [u8],
}

/// An event is larger than [`LARGEST_EVENT`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an event of the stream has more than {LARGEST_EVENT} bytes")]
pub struct TooLarge;

/// The most that one event may hold: 16 MiB, which leaves room for an image in base64.
pub const LARGEST_EVENT: usize = 16 << 20;

/// Reads events from chunks.
#[derive(Debug, Default)]
pub struct Parser {
    /// A line that has begun.
    line: Vec<u8>,
    name: Vec<u8>,
    data: Vec<u8>,
    has_data: bool,
    /// The last chunk ended with CR: a LF at the start of the next one belongs to it.
    after_cr: bool,
    begun: bool,
}

impl Parser {
    /// Takes the next bytes and hands every event that they complete to `each`.
    ///
    /// # Errors
    /// [`TooLarge`]; the stream cannot be read any further then.
    pub fn feed(&mut self, mut bytes: &[u8], each: &mut impl FnMut(Event<'_>)) -> Result<(), TooLarge> {
        if bytes.is_empty() {
            return Ok(());
        }
        if std::mem::take(&mut self.after_cr) && bytes.first() == Some(&b'\n') {
            bytes = bytes.get(1..).unwrap_or_default();
        }
        while let Some(end) = memchr::memchr2(b'\n', b'\r', bytes) {
            let (head, rest) = bytes.split_at(end);
            let is_cr = rest.first() == Some(&b'\r');
            let crlf = is_cr && rest.get(1) == Some(&b'\n');
            self.after_cr = is_cr && rest.len() == 1;
            bytes = rest.get(if crlf { 2 } else { 1 }..).unwrap_or_default();
            if self.line.is_empty() {
                self.take_line(head, each)?;
            } else {
                let mut line = std::mem::take(&mut self.line);
                line.extend_from_slice(head);
                self.take_line(&line, each)?;
                line.clear();
                self.line = line;
            }
        }
        if self.line.len() + bytes.len() > LARGEST_EVENT {
            return Err(TooLarge);
        }
        self.line.extend_from_slice(bytes);
        Ok(())
    }

    fn take_line(&mut self, mut line: &[u8], each: &mut impl FnMut(Event<'_>)) -> Result<(), TooLarge> {
        if !std::mem::replace(&mut self.begun, true) {
            line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
        }
        if line.is_empty() {
            if self.has_data {
                each(Event { name: &self.name, data: &self.data });
            }
            self.name.clear();
            self.data.clear();
            self.has_data = false;
            return Ok(());
        }
        let (field, value) = match memchr::memchr(b':', line) {
            Some(colon) => line.split_at(colon),
            None => (line, &b""[..]),
        };
        let value = value.strip_prefix(b":").unwrap_or(value);
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match field {
            b"data" => {
                if self.data.len() + value.len() > LARGEST_EVENT {
                    return Err(TooLarge);
                }
                if std::mem::replace(&mut self.has_data, true) {
                    self.data.push(b'\n');
                }
                self.data.extend_from_slice(value);
            }
            b"event" => {
                self.name.clear();
                self.name.extend_from_slice(value);
            }
            // `id`, `retry`, comments and what is not known have no meaning here.
            _ => {}
        }
        Ok(())
    }
}

/// Cuts a stream into whole events as bytes, so that one can be left out and the others go on as they came.
#[derive(Debug, Default)]
pub struct Blocks {
    held: Vec<u8>,
}

impl Blocks {
    /// Takes the next bytes and hands every block that they complete, its blank line included, to `each`.
    ///
    /// # Errors
    /// [`TooLarge`]; what is held goes on with [`Blocks::rest`].
    pub fn feed(&mut self, bytes: &[u8], each: &mut impl FnMut(&[u8])) -> Result<(), TooLarge> {
        let searched = self.held.len().saturating_sub(3);
        self.held.extend_from_slice(bytes);
        let mut from = 0;
        let mut at = searched;
        while let Some(end) = end_of_block(&self.held, at) {
            if let Some(block) = self.held.get(from..end) {
                each(block);
            }
            (from, at) = (end, end);
        }
        self.held.drain(..from);
        if self.held.len() > LARGEST_EVENT { Err(TooLarge) } else { Ok(()) }
    }

    /// Whether nothing is held.
    #[must_use]
    pub fn is_between(&self) -> bool {
        self.held.is_empty()
    }

    /// What is held and not whole.
    pub fn rest(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.held)
    }
}

/// Where the first blank line at or after `from` ends.
fn end_of_block(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let found = at + memchr::memchr2(b'\n', b'\r', bytes.get(at..)?)?;
        let line_end = |at: usize| match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => Some(at + 2),
            (Some(b'\n' | b'\r'), _) => Some(at + 1),
            _ => None,
        };
        let next = line_end(found)?;
        // A CR at the very end may still be followed by its LF.
        if bytes.get(found) == Some(&b'\r') && next == bytes.len() && next == found + 1 {
            return None;
        }
        match line_end(next) {
            Some(end) if bytes.get(next) == Some(&b'\r') && end == bytes.len() && end == next + 1 => return None,
            Some(end) => return Some(end),
            None => at = next,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn events(chunks: &[&[u8]]) -> Vec<(String, String)> {
        let mut parser = Parser::default();
        let mut found = Vec::new();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        for chunk in chunks {
            parser.feed(chunk, &mut |event| found.push((text(event.name), text(event.data)))).unwrap();
        }
        found
    }

    fn event(name: &str, data: &str) -> (String, String) {
        (name.into(), data.into())
    }

    #[test]
    fn the_framings_that_servers_use_are_all_read() {
        let lf = b"event: a\ndata: 1\n\ndata:2\ndata: 3\n\n";
        let crlf = b"event: a\r\ndata: 1\r\n\r\ndata:2\r\ndata: 3\r\n\r\n";
        let cr = b"event: a\rdata: 1\r\rdata:2\rdata: 3\r\r";
        let expected = [event("a", "1"), event("", "2\n3")];
        for text in [&lf[..], crlf, cr] {
            assert_eq!(events(&[text]), expected);
        }
        let commented = b"\xEF\xBB\xBF: hello\n:\nid: 7\nretry: 10\ndata\n\nevent: only a name\n\ndata: x\n\n";
        assert_eq!(events(&[commented]), [event("", ""), event("", "x")]);
    }

    #[test]
    fn an_event_without_its_blank_line_is_none() {
        assert_eq!(events(&[b"data: cut\n"]), []);
    }

    #[test]
    fn an_empty_chunk_changes_nothing() {
        assert_eq!(events(&[b"data: x\r", b"", b"\n\r\n"]), [event("", "x")]);
        assert_eq!(events(&[b"data: 1\r", b"", b"\ndata: 2\n\n"]), [event("", "1\n2")]);
    }

    #[test]
    fn a_line_without_an_end_is_refused() {
        let mut parser = Parser::default();
        let chunk = vec![b'x'; LARGEST_EVENT / 2];
        let fed: Vec<_> = (0..3).map(|_| parser.feed(&chunk, &mut |_| {})).collect();
        assert_eq!(fed, [Ok(()), Ok(()), Err(TooLarge)]);
    }

    proptest! {
        #[test]
        fn any_cut_gives_the_same_events_and_blocks(
            text in "(event: [a-z]{0,3}|data: [a-zä€😀]{0,6}|: c|id: 1|){0,12}",
            ends in prop::collection::vec(prop::sample::select(vec!["\n", "\r\n", "\r"]), 40),
            cuts in prop::collection::vec(0usize..200, 0..6),
        ) {
            let mut stream = String::new();
            for (line, end) in text.split_inclusive(char::is_whitespace).zip(ends.iter().cycle()) {
                stream.push_str(line);
                stream.push_str(end);
            }
            stream.push_str("data: last\n\n");
            let bytes = stream.as_bytes();
            let whole = events(&[bytes]);
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut % (bytes.len() + 1)).collect();
            cuts.sort_unstable();
            let mut from = 0;
            let mut chunks = Vec::new();
            for cut in cuts.into_iter().chain([bytes.len()]) {
                chunks.push(&bytes[from..cut]);
                from = cut;
            }
            prop_assert_eq!(&events(&chunks), &whole);
            let mut blocks = Blocks::default();
            let (mut joined, mut again) = (Vec::new(), Vec::new());
            for chunk in &chunks {
                blocks.feed(chunk, &mut |block| {
                    joined.extend_from_slice(block);
                    again.extend(events(&[block]));
                }).unwrap();
            }
            joined.extend(blocks.rest());
            prop_assert_eq!(joined, bytes);
            prop_assert_eq!(again, whole);
        }
    }
}
