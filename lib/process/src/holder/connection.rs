//! One connected client: frames in, answers and journal bytes out. Records are never kept here; what a client does not
//! take stays in the journal's files.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::unix::fs::FileExt;
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use crate::frames::{FRAME_HEADER, FrameError, MAX_REQUEST, Reply, Request, chunk_header, parse_header};
use crate::journal::{Segment, Writer, segment_path};

/// Answers that may wait for a client before no more of its requests are read.
const MAX_ANSWERS: usize = 64 << 10;
/// The longest request of a client that is not attached.
const MAX_GREETING: usize = 64;
/// How long a client may take to say what it wants, or to take its last frame.
const MANNERS: Duration = Duration::from_secs(5);
/// Chunks sent in one go, so that one fast client does not keep the loop from the child.
const CHUNKS_A_TURN: usize = 32;

/// A connected client.
#[derive(Debug)]
pub(super) struct Connection {
    stream: UnixStream,
    inbound: Vec<u8>,
    answers: Vec<u8>,
    /// The rest of a chunk's header that the socket did not take.
    header: Vec<u8>,
    /// Bytes of the begun chunk that are still to be sent.
    chunk: u64,
    place: Option<Place>,
    credit: u64,
    state: State,
}

/// Where in the journal a client is.
#[derive(Debug)]
struct Place {
    segment: u64,
    file: File,
    offset: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Has not said what it wants.
    New {
        until: Instant,
    },
    Attached,
    /// Gets what is already begun and then is let go.
    Leaving {
        until: Instant,
    },
    Closed,
}

/// Whether a client could take everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    All,
    Full,
}

impl Connection {
    pub(super) fn new(stream: UnixStream, now: Instant) -> io::Result<Self> {
        stream.set_nonblocking(true)?;
        Ok(Self {
            stream,
            inbound: Vec::new(),
            answers: Vec::new(),
            header: Vec::new(),
            chunk: 0,
            place: None,
            credit: 0,
            state: State::New { until: now + MANNERS },
        })
    }

    pub(super) fn stream(&self) -> &UnixStream {
        &self.stream
    }

    pub(super) fn is_attached(&self) -> bool {
        self.state == State::Attached
    }

    pub(super) fn is_closed(&self) -> bool {
        self.state == State::Closed
    }

    /// When this client has to be gone.
    pub(super) fn deadline(&self) -> Option<Instant> {
        match self.state {
            State::New { until } | State::Leaving { until } => Some(until),
            State::Attached | State::Closed => None,
        }
    }

    pub(super) fn close(&mut self) {
        self.state = State::Closed;
    }

    /// The first segment this client still needs.
    pub(super) fn needs(&self, journal: &Writer) -> Option<u64> {
        let place = self.place.as_ref()?;
        match journal.segment(place.segment) {
            Some(segment) if place.offset < segment.len => Some(segment.first),
            Some(_) | None => journal.segment_after(place.segment).map(|segment| segment.first),
        }
    }

    /// Whether its requests are read now.
    pub(super) fn wants_read(&self) -> bool {
        match self.state {
            State::New { .. } | State::Attached => self.answers.len() < MAX_ANSWERS,
            State::Leaving { .. } | State::Closed => false,
        }
    }

    /// Whether it waits for room in the socket.
    pub(super) fn wants_write(&self, journal: &Writer) -> bool {
        !self.header.is_empty() || self.chunk > 0 || !self.answers.is_empty() || self.has_records(journal)
    }

    fn has_records(&self, journal: &Writer) -> bool {
        let Some(place) = &self.place else {
            return false;
        };
        let behind = journal.segment(place.segment).is_some_and(|segment| place.offset < segment.len);
        self.is_attached() && self.credit > 0 && (behind || journal.segment_after(place.segment).is_some())
    }

    /// Queues an answer.
    pub(super) fn answer(&mut self, reply: &Reply) {
        self.answers.extend_from_slice(&reply.encode());
    }

    /// Queues a last answer, after which the client is let go.
    pub(super) fn dismiss(&mut self, reply: &Reply, now: Instant) {
        self.answer(reply);
        self.state = State::Leaving { until: now + MANNERS };
    }

    /// Begins to send records, from `offset` of `segment` on.
    pub(super) fn attach(&mut self, journal: &Writer, segment: Segment, offset: u64, credit: u32) -> io::Result<()> {
        let file = File::open(segment_path(journal.dir(), segment.first))?;
        self.place = Some(Place { segment: segment.first, file, offset });
        self.credit = u64::from(credit);
        self.state = State::Attached;
        Ok(())
    }

    pub(super) fn grant(&mut self, bytes: u32) {
        self.credit = self.credit.saturating_add(u64::from(bytes));
    }

    /// Takes what has arrived; false when the client is gone.
    pub(super) fn fill(&mut self, buffer: &mut [u8]) -> bool {
        match self.stream.read(buffer) {
            Ok(0) => false,
            Ok(count) => {
                self.inbound.extend_from_slice(&buffer[..count]);
                true
            }
            Err(error) => matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted),
        }
    }

    /// The next whole request.
    pub(super) fn request(&mut self) -> Result<Option<Request>, FrameError> {
        if !self.wants_read() {
            return Ok(None);
        }
        let Some(raw) = self.inbound.first_chunk::<FRAME_HEADER>() else {
            return Ok(None);
        };
        let limit = if self.is_attached() { MAX_REQUEST } else { MAX_GREETING };
        let (length, kind) = parse_header(*raw, limit)?;
        let end = FRAME_HEADER + length;
        if self.inbound.len() < end {
            return Ok(None);
        }
        let rest = self.inbound.split_off(end);
        let mut body = std::mem::replace(&mut self.inbound, rest);
        body.drain(..FRAME_HEADER);
        Request::decode(kind, body).map(Some)
    }

    /// Sends what the socket takes: begun chunks, then answers, then records.
    pub(super) fn pump(&mut self, journal: &Writer, buffer: &mut [u8]) {
        if self.is_closed() {
            return;
        }
        match self.send(journal, buffer) {
            Ok(Taken::All) if matches!(self.state, State::Leaving { .. }) => self.close(),
            Ok(Taken::All | Taken::Full) => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(_) => self.close(),
        }
    }

    fn send(&mut self, journal: &Writer, buffer: &mut [u8]) -> io::Result<Taken> {
        for _ in 0..CHUNKS_A_TURN {
            if send_front(&mut self.stream, &mut self.header)? == Taken::Full || self.send_chunk(buffer)? == Taken::Full
            {
                return Ok(Taken::Full);
            }
            if send_front(&mut self.stream, &mut self.answers)? == Taken::Full {
                return Ok(Taken::Full);
            }
            if !self.begin_chunk(journal, buffer)? {
                return Ok(Taken::All);
            }
        }
        Ok(Taken::Full)
    }

    /// Sends the rest of a chunk that was begun.
    fn send_chunk(&mut self, buffer: &mut [u8]) -> io::Result<Taken> {
        let Some(place) = &mut self.place else {
            return Ok(Taken::All);
        };
        while self.chunk > 0 {
            let count = self.chunk.min(buffer.len() as u64) as usize;
            place.file.read_exact_at(&mut buffer[..count], place.offset)?;
            let written = write_some(&mut self.stream, &buffer[..count])? as u64;
            place.offset += written;
            self.chunk -= written;
            if written < count as u64 {
                return Ok(Taken::Full);
            }
        }
        Ok(Taken::All)
    }

    /// Begins the next chunk and sends what the socket takes of it; false when there is nothing to send.
    fn begin_chunk(&mut self, journal: &Writer, buffer: &mut [u8]) -> io::Result<bool> {
        if !self.is_attached() || self.credit == 0 {
            return Ok(false);
        }
        let Some(place) = &mut self.place else {
            return Ok(false);
        };
        let available = place.advance(journal)?;
        let count = available.min(self.credit).min((buffer.len() - FRAME_HEADER) as u64) as usize;
        if count == 0 {
            return Ok(false);
        }
        buffer[..FRAME_HEADER].copy_from_slice(&chunk_header(count));
        place.file.read_exact_at(&mut buffer[FRAME_HEADER..FRAME_HEADER + count], place.offset)?;
        let written = write_some(&mut self.stream, &buffer[..FRAME_HEADER + count])?;
        if written == 0 {
            return Ok(true);
        }
        self.credit -= count as u64;
        self.header.extend_from_slice(&buffer[written.min(FRAME_HEADER)..FRAME_HEADER]);
        let sent = written.saturating_sub(FRAME_HEADER) as u64;
        place.offset += sent;
        self.chunk = count as u64 - sent;
        Ok(true)
    }
}

impl Place {
    /// Bytes that can be sent from here, after going on to the next segment where this one is done.
    fn advance(&mut self, journal: &Writer) -> io::Result<u64> {
        loop {
            let len = journal.segment(self.segment).map_or(self.offset, |segment| segment.len);
            if self.offset < len {
                return Ok(len - self.offset);
            }
            let Some(next) = journal.segment_after(self.segment) else {
                return Ok(0);
            };
            self.file = File::open(segment_path(journal.dir(), next.first))?;
            self.segment = next.first;
            self.offset = crate::journal::SEGMENT_HEADER;
        }
    }
}

/// Writes from the front of `bytes` and removes what was taken.
fn send_front(stream: &mut UnixStream, bytes: &mut Vec<u8>) -> io::Result<Taken> {
    while !bytes.is_empty() {
        let written = write_some(stream, bytes)?;
        if written == 0 {
            return Ok(Taken::Full);
        }
        bytes.drain(..written);
    }
    Ok(Taken::All)
}

/// Bytes the socket took; 0 when it is full.
fn write_some(stream: &mut UnixStream, bytes: &[u8]) -> io::Result<usize> {
    loop {
        match stream.write(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => return Ok(written),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(0),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
