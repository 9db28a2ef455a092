//! One fact of a held child's life, and its bytes.
//!
//! A record is a header of [`HEADER_LEN`] bytes and a payload, all little endian:
//!
//! ```text
//! crc32 u32 (of everything after it) | payload length u32 | kind u8, 0 u8, 0 u16 | index u64 | ts u64 | payload
//! ```

use std::fmt;

use thiserror::Error;

/// Bytes of a record before its payload.
pub const HEADER_LEN: usize = 28;
/// The most bytes one send may carry.
pub const MAX_SEND: usize = 64 << 20;
/// The most bytes of output one record carries.
pub const MAX_OUTPUT: usize = 64 << 10;
/// The most bytes a send's id has.
pub const MAX_SEND_ID: usize = 256;
const MAX_PAYLOAD: usize = MAX_SEND + MAX_SEND_ID + 2;

/// One numbered fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its number: 0 for the first, then gap-free.
    pub index: u64,
    /// When it was journalled, Unix milliseconds.
    pub ts: u64,
    /// What happened.
    pub kind: Kind,
}

/// What happened.
#[derive(Clone, PartialEq, Eq)]
pub enum Kind {
    /// The child was started.
    Start {
        /// Its process id.
        pid: u32,
    },
    /// Bytes the child wrote to its standard output (or to its terminal), as they were read, at most [`MAX_OUTPUT`].
    Out(Vec<u8>),
    /// Bytes the child wrote to its standard error.
    Err(Vec<u8>),
    /// Bytes for the child's standard input. They follow to the child after this record exists.
    In {
        /// The sender's own id of this send.
        send_id: String,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// The child's standard output has ended: every process that had it closed it.
    OutClosed,
    /// The child's standard error has ended.
    ErrClosed,
    /// The child's standard input ends here.
    StdinClosed {
        /// Who ended it.
        by: StdinEnd,
        /// Bytes of earlier sends that will never reach the child.
        unwritten: u64,
    },
    /// The terminal's size was changed.
    Resize {
        /// Lines.
        rows: u16,
        /// Columns.
        cols: u16,
    },
    /// A signal was sent to the child on request.
    Signal {
        /// The signal's number.
        signal: i32,
    },
    /// The end of the whole tree was asked for.
    KillTree,
    /// The child is dead and everything it had written by then is in earlier records.
    Exit(Exit),
    /// Nothing more can come: every process of the tree is gone. The last record.
    End {
        /// How many processes had outlived the child and were ended.
        leftovers: u32,
    },
}

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exit {
    /// With this code, 0 to 255.
    Code(i32),
    /// By this signal.
    Signal(i32),
}

/// Who ended the child's standard input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StdinEnd {
    /// It was asked for.
    Client,
    /// The child closed it, or is dead.
    Child,
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Bytes of a conversation do not belong in a log.
        match self {
            Self::Start { pid } => write!(f, "Start({pid})"),
            Self::Out(bytes) => write!(f, "Out({} bytes)", bytes.len()),
            Self::Err(bytes) => write!(f, "Err({} bytes)", bytes.len()),
            Self::In { send_id, bytes } => write!(f, "In({send_id}, {} bytes)", bytes.len()),
            Self::OutClosed => write!(f, "OutClosed"),
            Self::ErrClosed => write!(f, "ErrClosed"),
            Self::StdinClosed { by, unwritten } => {
                write!(f, "StdinClosed({by:?}, {unwritten} unwritten)")
            }
            Self::Resize { rows, cols } => write!(f, "Resize({rows}x{cols})"),
            Self::Signal { signal } => write!(f, "Signal({signal})"),
            Self::KillTree => write!(f, "KillTree"),
            Self::Exit(exit) => write!(f, "Exit({exit:?})"),
            Self::End { leftovers } => write!(f, "End({leftovers} leftovers)"),
        }
    }
}

/// Why bytes are not a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CodecError {
    /// The checksum does not fit the bytes.
    #[error("the checksum is wrong")]
    Checksum,
    /// The header names a payload that no record can have.
    #[error("a payload of {0} bytes is too long")]
    TooLong(u32),
    /// A kind or a payload of an unknown shape, although the checksum fits.
    #[error("kind {0} is unknown or its payload has the wrong shape")]
    Shape(u8),
    /// A record that is not the next one.
    #[error("record {found} where {expected} is due")]
    Order {
        /// The number that was due.
        expected: u64,
        /// The number that came.
        found: u64,
    },
}

/// What a record is made from, borrowed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Body<'a> {
    Out(&'a [u8]),
    Err(&'a [u8]),
    In { send_id: &'a str, bytes: &'a [u8] },
    Small(Small),
}

/// The kinds without bytes of their own.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Small {
    Start { pid: u32 },
    OutClosed,
    ErrClosed,
    StdinClosed { by: StdinEnd, unwritten: u64 },
    Resize { rows: u16, cols: u16 },
    Signal { signal: i32 },
    KillTree,
    Exit(Exit),
    End { leftovers: u32 },
}

mod code {
    pub(super) const START: u8 = 1;
    pub(super) const OUT: u8 = 2;
    pub(super) const ERR: u8 = 3;
    pub(super) const IN: u8 = 4;
    pub(super) const STDIN_CLOSED: u8 = 5;
    pub(super) const RESIZE: u8 = 6;
    pub(super) const SIGNAL: u8 = 7;
    pub(super) const KILL_TREE: u8 = 8;
    pub(super) const EXIT: u8 = 9;
    pub(super) const END: u8 = 10;
    pub(super) const OUT_CLOSED: u8 = 11;
    pub(super) const ERR_CLOSED: u8 = 12;
}

impl Kind {
    pub(crate) fn body(&self) -> Body<'_> {
        match self {
            Self::Start { pid } => Body::Small(Small::Start { pid: *pid }),
            Self::Out(bytes) => Body::Out(bytes),
            Self::Err(bytes) => Body::Err(bytes),
            Self::In { send_id, bytes } => Body::In { send_id, bytes },
            Self::OutClosed => Body::Small(Small::OutClosed),
            Self::ErrClosed => Body::Small(Small::ErrClosed),
            Self::StdinClosed { by, unwritten } => Body::Small(Small::StdinClosed { by: *by, unwritten: *unwritten }),
            Self::Resize { rows, cols } => Body::Small(Small::Resize { rows: *rows, cols: *cols }),
            Self::Signal { signal } => Body::Small(Small::Signal { signal: *signal }),
            Self::KillTree => Body::Small(Small::KillTree),
            Self::Exit(exit) => Body::Small(Small::Exit(*exit)),
            Self::End { leftovers } => Body::Small(Small::End { leftovers: *leftovers }),
        }
    }
}

/// The bytes of a record, in the pieces that are written together.
pub(crate) struct Encoded<'a> {
    /// Header and the payload's own small part.
    pub(crate) head: Vec<u8>,
    /// The rest of the payload, borrowed.
    pub(crate) tail: &'a [u8],
}

impl Encoded<'_> {
    pub(crate) fn len(&self) -> usize {
        self.head.len() + self.tail.len()
    }
}

/// The bytes of record `index` at `ts`.
pub(crate) fn encode<'a>(index: u64, ts: u64, body: Body<'a>) -> Encoded<'a> {
    let mut head = Vec::with_capacity(HEADER_LEN + 16);
    head.resize(HEADER_LEN, 0);
    let (kind, tail) = encode_payload(body, &mut head);
    let length = (head.len() - HEADER_LEN + tail.len()) as u32;
    head[4..8].copy_from_slice(&length.to_le_bytes());
    head[8] = kind;
    head[12..20].copy_from_slice(&index.to_le_bytes());
    head[20..28].copy_from_slice(&ts.to_le_bytes());
    let mut crc = crc32fast::Hasher::new();
    crc.update(&head[4..]);
    crc.update(tail);
    head[..4].copy_from_slice(&crc.finalize().to_le_bytes());
    Encoded { head, tail }
}

fn encode_payload<'a>(body: Body<'a>, head: &mut Vec<u8>) -> (u8, &'a [u8]) {
    match body {
        Body::Out(bytes) => (code::OUT, bytes),
        Body::Err(bytes) => (code::ERR, bytes),
        Body::In { send_id, bytes } => {
            head.extend_from_slice(&(send_id.len() as u16).to_le_bytes());
            head.extend_from_slice(send_id.as_bytes());
            (code::IN, bytes)
        }
        Body::Small(small) => (encode_small(small, head), &[]),
    }
}

fn encode_small(small: Small, head: &mut Vec<u8>) -> u8 {
    match small {
        Small::Start { pid } => {
            head.extend_from_slice(&pid.to_le_bytes());
            code::START
        }
        Small::OutClosed => code::OUT_CLOSED,
        Small::ErrClosed => code::ERR_CLOSED,
        Small::StdinClosed { by, unwritten } => {
            head.push(match by {
                StdinEnd::Client => 0,
                StdinEnd::Child => 1,
            });
            head.extend_from_slice(&unwritten.to_le_bytes());
            code::STDIN_CLOSED
        }
        Small::Resize { rows, cols } => {
            head.extend_from_slice(&rows.to_le_bytes());
            head.extend_from_slice(&cols.to_le_bytes());
            code::RESIZE
        }
        Small::Signal { signal } => {
            head.extend_from_slice(&signal.to_le_bytes());
            code::SIGNAL
        }
        Small::KillTree => code::KILL_TREE,
        Small::Exit(exit) => {
            let (how, number) = match exit {
                Exit::Code(number) => (0, number),
                Exit::Signal(number) => (1, number),
            };
            head.push(how);
            head.extend_from_slice(&number.to_le_bytes());
            code::EXIT
        }
        Small::End { leftovers } => {
            head.extend_from_slice(&leftovers.to_le_bytes());
            code::END
        }
    }
}

/// A record's header, read but not yet proven: the checksum covers the payload too.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Header {
    crc: u32,
    /// Bytes of payload.
    pub(crate) length: usize,
    kind: u8,
    /// The record's number.
    pub(crate) index: u64,
    ts: u64,
}

impl Header {
    pub(crate) fn parse(raw: &[u8; HEADER_LEN]) -> Result<Self, CodecError> {
        let length = u32_at(raw, 4);
        if length as usize > MAX_PAYLOAD {
            return Err(CodecError::TooLong(length));
        }
        Ok(Self {
            crc: u32_at(raw, 0),
            length: length as usize,
            kind: raw[8],
            index: u64_at(raw, 12),
            ts: u64_at(raw, 20),
        })
    }

    /// Bytes of the whole record.
    pub(crate) fn record_len(&self) -> usize {
        HEADER_LEN + self.length
    }
}

/// The record in `raw`, which is exactly one header and its payload.
pub(crate) fn decode(header: Header, raw: &[u8]) -> Result<Record, CodecError> {
    if raw.len() != header.record_len() || crc32fast::hash(&raw[4..]) != header.crc {
        return Err(CodecError::Checksum);
    }
    if raw[9..12] != [0, 0, 0] {
        return Err(CodecError::Shape(header.kind));
    }
    let kind = decode_kind(header.kind, &raw[HEADER_LEN..]).ok_or(CodecError::Shape(header.kind))?;
    Ok(Record { index: header.index, ts: header.ts, kind })
}

fn decode_kind(kind: u8, payload: &[u8]) -> Option<Kind> {
    Some(match kind {
        code::START => Kind::Start { pid: u32::from_le_bytes(payload.try_into().ok()?) },
        code::OUT => Kind::Out(payload.to_vec()),
        code::ERR => Kind::Err(payload.to_vec()),
        code::IN => decode_in(payload)?,
        code::STDIN_CLOSED => decode_stdin_closed(payload)?,
        code::RESIZE if payload.len() == 4 => Kind::Resize {
            rows: u16::from_le_bytes([payload[0], payload[1]]),
            cols: u16::from_le_bytes([payload[2], payload[3]]),
        },
        code::SIGNAL => Kind::Signal { signal: i32::from_le_bytes(payload.try_into().ok()?) },
        code::KILL_TREE if payload.is_empty() => Kind::KillTree,
        code::OUT_CLOSED if payload.is_empty() => Kind::OutClosed,
        code::ERR_CLOSED if payload.is_empty() => Kind::ErrClosed,
        code::EXIT => decode_exit(payload)?,
        code::END => Kind::End { leftovers: u32::from_le_bytes(payload.try_into().ok()?) },
        _ => return None,
    })
}

fn decode_in(payload: &[u8]) -> Option<Kind> {
    let (length, rest) = payload.split_first_chunk::<2>()?;
    let length = usize::from(u16::from_le_bytes(*length));
    let (send_id, bytes) = rest.split_at_checked(length)?;
    Some(Kind::In { send_id: str::from_utf8(send_id).ok()?.to_owned(), bytes: bytes.to_vec() })
}

fn decode_stdin_closed(payload: &[u8]) -> Option<Kind> {
    let (by, unwritten) = payload.split_first()?;
    let by = match by {
        0 => StdinEnd::Client,
        1 => StdinEnd::Child,
        _ => return None,
    };
    Some(Kind::StdinClosed { by, unwritten: u64::from_le_bytes(unwritten.try_into().ok()?) })
}

fn decode_exit(payload: &[u8]) -> Option<Kind> {
    let (how, number) = payload.split_first()?;
    let number = i32::from_le_bytes(number.try_into().ok()?);
    match how {
        0 => Some(Kind::Exit(Exit::Code(number))),
        1 => Some(Kind::Exit(Exit::Signal(number))),
        _ => None,
    }
}

fn u32_at(raw: &[u8; HEADER_LEN], at: usize) -> u32 {
    u32::from_le_bytes([raw[at], raw[at + 1], raw[at + 2], raw[at + 3]])
}

fn u64_at(raw: &[u8; HEADER_LEN], at: usize) -> u64 {
    u64::from_le_bytes([
        raw[at],
        raw[at + 1],
        raw[at + 2],
        raw[at + 3],
        raw[at + 4],
        raw[at + 5],
        raw[at + 6],
        raw[at + 7],
    ])
}

/// Records out of bytes that arrive in any pieces.
#[derive(Debug, Default)]
pub struct Decoder {
    bytes: Vec<u8>,
    start: usize,
    expected: Option<u64>,
}

impl Decoder {
    /// A decoder whose first record must be number `from`.
    pub fn new(from: u64) -> Self {
        Self { bytes: Vec::new(), start: 0, expected: Some(from) }
    }

    /// Takes the next bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.start > 0 && (self.start == self.bytes.len() || self.start > MAX_OUTPUT) {
            self.bytes.drain(..self.start);
            self.start = 0;
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// The next whole record, or `None` until more bytes come.
    ///
    /// # Errors
    ///
    /// The bytes are not records, or not the next ones. Nothing after an error can be trusted.
    pub fn next_record(&mut self) -> Result<Option<Record>, CodecError> {
        let pending = &self.bytes[self.start..];
        let Some(raw) = pending.first_chunk::<HEADER_LEN>() else {
            return Ok(None);
        };
        let header = Header::parse(raw)?;
        let Some(raw) = pending.get(..header.record_len()) else {
            return Ok(None);
        };
        let record = decode(header, raw)?;
        if let Some(expected) = self.expected
            && expected != record.index
        {
            return Err(CodecError::Order { expected, found: record.index });
        }
        self.expected = Some(record.index + 1);
        self.start += header.record_len();
        Ok(Some(record))
    }

    /// Bytes that belong to a record which is not whole yet.
    pub fn partial(&self) -> usize {
        self.bytes.len() - self.start
    }
}
