//! The frames between a holder and who is attached to it, over its Unix socket.
//!
//! ```text
//! body length u32 | type u8 | body                                              (all little endian)
//! ```
//!
//! The first frame of a client is [`Request::Attach`] (or a single [`Call::Status`], which takes nothing over). The
//! holder answers [`Reply::Attached`] or [`Reply::Refused`]. Then it sends the journal from the wanted record on as
//! [`Reply::Chunk`]s: raw journal bytes, cut anywhere, first from the files and then live. A chunk costs its bytes of
//! *credit*; the holder sends only what it has credit for, so answers to requests never wait behind records that the
//! client has no room for. Every other request carries a number of the client's choice, and gets one [`Reply::Done`] or
//! [`Reply::Failed`] with it.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::record::{Exit, MAX_SEND, MAX_SEND_ID};

/// Bytes before a frame's body.
pub const FRAME_HEADER: usize = 5;
/// The most bytes of body a frame from a client has.
pub const MAX_REQUEST: usize = MAX_SEND + MAX_SEND_ID + 16;
/// The most bytes of body a frame from a holder has.
pub const MAX_REPLY: usize = 256 << 10;

/// From a client to the holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Take over: get the records from a number on, and be the one who sends.
    Attach {
        /// The client's version of the protocol.
        version: u16,
        /// Who comes later has a higher one; a lower one is refused.
        epoch: u64,
        /// The first record wanted.
        from: u64,
        /// Bytes of records the client takes before it grants more.
        credit: u32,
    },
    /// Take this many more bytes of records.
    Credit {
        /// Bytes.
        bytes: u32,
    },
    /// Something to be answered.
    Call {
        /// The client's number for it.
        id: u32,
        /// What.
        call: Call,
    },
}

/// What a client can ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    /// Journal these bytes, then write them to the child.
    Send {
        /// The sender's id: the same one again does nothing.
        send_id: String,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// End the child's standard input after what was sent.
    CloseStdin,
    /// Send a signal to the child itself.
    Signal {
        /// Its number.
        signal: i32,
    },
    /// End the whole tree: SIGTERM, after the grace SIGKILL.
    KillTree,
    /// Change the terminal's size.
    Resize {
        /// Lines.
        rows: u16,
        /// Columns.
        cols: u16,
    },
    /// Records below this number are not needed again.
    Trim {
        /// The first record still needed.
        below: u64,
    },
    /// Say how things are.
    Status,
    /// Remove the directory and end. Only after the tree's end.
    Release,
}

/// From the holder to a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// The client is attached.
    Attached {
        /// The holder's version.
        version: u16,
        /// The first record that is still there.
        first: u64,
        /// The number of the next record.
        next: u64,
    },
    /// The client is not attached.
    Refused {
        /// Why.
        refusal: Refusal,
    },
    /// Bytes of the journal.
    Chunk(Vec<u8>),
    /// Another client took over with this epoch; nothing follows.
    Fenced {
        /// The other's epoch.
        epoch: u64,
    },
    /// The call was done. The body depends on the call.
    Done {
        /// The call's number.
        id: u32,
        /// A JSON value: [`SentAt`] for a send, [`Status`] for a status, else null.
        body: Vec<u8>,
    },
    /// The call was not done.
    Failed {
        /// The call's number.
        id: u32,
        /// Why.
        failure: CallFailure,
    },
    /// The holder stopped or resumed reading its child.
    Stalled(Option<Stall>),
    /// The holder has removed its directory and ends; nothing follows.
    Released,
}

/// Where a send is in the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentAt {
    /// The number of its record.
    pub index: u64,
    /// Whether it was there before this call.
    pub already: bool,
}

/// Why a client is not attached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// A later client was here.
    #[error("epoch {current} has taken over")]
    Epoch {
        /// Its epoch.
        current: u64,
    },
    /// The wanted record is gone, or beyond the next one.
    #[error("the journal holds records {first} to {next}")]
    Position {
        /// The first record there is.
        first: u64,
        /// The number of the next record.
        next: u64,
    },
    /// The first frame was something else.
    #[error("the first frame must attach")]
    NotAttached,
    /// The client is of another user.
    #[error("the holder belongs to another user")]
    Peer,
}

/// Why a call was not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Error)]
#[error("{message}")]
pub struct CallFailure {
    /// The kind.
    pub code: FailureCode,
    /// In words.
    pub message: String,
}

/// The kinds of failed calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureCode {
    /// The child's standard input has ended.
    StdinClosed,
    /// Too much waits for the child already; again later.
    Busy,
    /// The journal cannot grow (disk or limit); again later.
    NoSpace,
    /// Not now: the tree has ended, or has not ended yet.
    State,
    /// The request makes no sense to this holder.
    Invalid,
    /// The system refused.
    System,
}

/// How a holder is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// The child's tree.
    pub phase: Phase,
    /// How the child ended, as soon as it has.
    pub exit: Option<Exit>,
    /// The first record that is still there.
    pub first: u64,
    /// The number of the next record.
    pub next: u64,
    /// Bytes of the journal.
    pub journal_bytes: u64,
    /// Bytes at which the child is no longer read.
    pub journal_limit: u64,
    /// Why the child is not read now, if so.
    pub stall: Option<Stall>,
    /// Bytes of sends that the child has not taken yet.
    pub stdin_waiting: u64,
    /// The highest epoch seen.
    pub epoch: u64,
    /// Whether the tree has a control group of its own.
    pub cgroup: bool,
    /// Living processes of the tree besides the child, at most 64 of them.
    pub others: Vec<ProcessName>,
}

/// A process of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcessName {
    /// Its id.
    pub pid: i32,
    /// Its short name.
    pub name: String,
}

/// Where a held tree is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The child lives and nobody asked for its end.
    Running,
    /// The child is dead, or the tree was told to end, and something is left of it.
    Ending,
    /// Nothing is left.
    Ended,
}

/// Why the child is not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stall {
    /// The journal has reached its limit and waits to be trimmed.
    Limit,
    /// The journal cannot be written; tried again by itself.
    Disk {
        /// The system's words.
        message: String,
    },
}

/// Bytes that are not a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FrameError {
    /// The header names more than a frame may have.
    #[error("a frame of {0} bytes is too long")]
    TooLong(u32),
    /// The type is unknown, or its body has another shape.
    #[error("frame type {0} is unknown or its body has the wrong shape")]
    Shape(u8),
}

mod code {
    pub(super) const ATTACH: u8 = 1;
    pub(super) const CREDIT: u8 = 2;
    pub(super) const SEND: u8 = 3;
    pub(super) const CLOSE_STDIN: u8 = 4;
    pub(super) const SIGNAL: u8 = 5;
    pub(super) const KILL_TREE: u8 = 6;
    pub(super) const RESIZE: u8 = 7;
    pub(super) const TRIM: u8 = 8;
    pub(super) const STATUS: u8 = 9;
    pub(super) const RELEASE: u8 = 10;
    pub(super) const ATTACHED: u8 = 129;
    pub(super) const REFUSED: u8 = 130;
    pub(super) const CHUNK: u8 = 131;
    pub(super) const FENCED: u8 = 132;
    pub(super) const DONE: u8 = 133;
    pub(super) const FAILED: u8 = 134;
    pub(super) const STALLED: u8 = 135;
    pub(super) const RELEASED: u8 = 136;
}

/// The header of a chunk of `length` bytes.
pub(crate) fn chunk_header(length: usize) -> [u8; FRAME_HEADER] {
    header(code::CHUNK, length)
}

fn header(kind: u8, length: usize) -> [u8; FRAME_HEADER] {
    let length = (length as u32).to_le_bytes();
    [length[0], length[1], length[2], length[3], kind]
}

fn frame(kind: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length = parts.iter().map(|part| part.len()).sum();
    let mut bytes = Vec::with_capacity(FRAME_HEADER + length);
    bytes.extend_from_slice(&header(kind, length));
    for part in parts {
        bytes.extend_from_slice(part);
    }
    bytes
}

/// A frame's body length and type.
///
/// # Errors
///
/// It is longer than `limit`.
pub fn parse_header(raw: [u8; FRAME_HEADER], limit: usize) -> Result<(usize, u8), FrameError> {
    let length = u32::from_le_bytes([raw[0], raw[1], raw[2], raw[3]]);
    if length as usize > limit { Err(FrameError::TooLong(length)) } else { Ok((length as usize, raw[4])) }
}

impl Request {
    /// The frame's bytes.
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::Attach { version, epoch, from, credit } => frame(
                code::ATTACH,
                &[&version.to_le_bytes(), &epoch.to_le_bytes(), &from.to_le_bytes(), &credit.to_le_bytes()],
            ),
            Self::Credit { bytes } => frame(code::CREDIT, &[&bytes.to_le_bytes()]),
            Self::Call { id, call } => encode_call(*id, call),
        }
    }

    /// The frame of type `kind` with `body`.
    ///
    /// # Errors
    ///
    /// It is no request.
    pub fn decode(kind: u8, body: Vec<u8>) -> Result<Self, FrameError> {
        let request = if kind == code::SEND { decode_send(body) } else { decode_request(kind, &body) };
        request.ok_or(FrameError::Shape(kind))
    }
}

fn encode_call(id: u32, call: &Call) -> Vec<u8> {
    let id = &id.to_le_bytes();
    match call {
        Call::Send { send_id, bytes } => {
            let length = (send_id.len() as u16).to_le_bytes();
            frame(code::SEND, &[id, &length, send_id.as_bytes(), bytes])
        }
        Call::CloseStdin => frame(code::CLOSE_STDIN, &[id]),
        Call::Signal { signal } => frame(code::SIGNAL, &[id, &signal.to_le_bytes()]),
        Call::KillTree => frame(code::KILL_TREE, &[id]),
        Call::Resize { rows, cols } => frame(code::RESIZE, &[id, &rows.to_le_bytes(), &cols.to_le_bytes()]),
        Call::Trim { below } => frame(code::TRIM, &[id, &below.to_le_bytes()]),
        Call::Status => frame(code::STATUS, &[id]),
        Call::Release => frame(code::RELEASE, &[id]),
    }
}

/// A send may be large: its bytes stay where they are.
fn decode_send(mut body: Vec<u8>) -> Option<Request> {
    let mut fields = Fields(&body);
    let id = u32::from_le_bytes(fields.take()?);
    let length = usize::from(u16::from_le_bytes(fields.take()?));
    let send_id = str::from_utf8(fields.0.get(..length)?).ok()?.to_owned();
    body.drain(..6 + length);
    Some(Request::Call { id, call: Call::Send { send_id, bytes: body } })
}

fn decode_request(kind: u8, body: &[u8]) -> Option<Request> {
    let mut fields = Fields(body);
    let request = match kind {
        code::ATTACH => {
            // A newer client may say more than this holder understands.
            let attach = Request::Attach {
                version: u16::from_le_bytes(fields.take()?),
                epoch: u64::from_le_bytes(fields.take()?),
                from: u64::from_le_bytes(fields.take()?),
                credit: u32::from_le_bytes(fields.take()?),
            };
            return Some(attach);
        }
        code::CREDIT => Request::Credit { bytes: u32::from_le_bytes(fields.take()?) },
        _ => {
            let id = u32::from_le_bytes(fields.take()?);
            Request::Call { id, call: decode_call(kind, &mut fields)? }
        }
    };
    fields.0.is_empty().then_some(request)
}

fn decode_call(kind: u8, fields: &mut Fields<'_>) -> Option<Call> {
    Some(match kind {
        code::CLOSE_STDIN => Call::CloseStdin,
        code::SIGNAL => Call::Signal { signal: i32::from_le_bytes(fields.take()?) },
        code::KILL_TREE => Call::KillTree,
        code::RESIZE => {
            Call::Resize { rows: u16::from_le_bytes(fields.take()?), cols: u16::from_le_bytes(fields.take()?) }
        }
        code::TRIM => Call::Trim { below: u64::from_le_bytes(fields.take()?) },
        code::STATUS => Call::Status,
        code::RELEASE => Call::Release,
        _ => return None,
    })
}

impl Reply {
    /// The frame's bytes.
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::Attached { version, first, next } => {
                frame(code::ATTACHED, &[&version.to_le_bytes(), &first.to_le_bytes(), &next.to_le_bytes()])
            }
            Self::Refused { refusal } => frame(code::REFUSED, &[&json(refusal)]),
            Self::Chunk(bytes) => frame(code::CHUNK, &[bytes]),
            Self::Fenced { epoch } => frame(code::FENCED, &[&epoch.to_le_bytes()]),
            Self::Done { id, body } => frame(code::DONE, &[&id.to_le_bytes(), body]),
            Self::Failed { id, failure } => frame(code::FAILED, &[&id.to_le_bytes(), &json(failure)]),
            Self::Stalled(stall) => frame(code::STALLED, &[&json(stall)]),
            Self::Released => frame(code::RELEASED, &[]),
        }
    }

    /// The frame of type `kind` with `body`.
    ///
    /// # Errors
    ///
    /// It is no reply.
    pub fn decode(kind: u8, body: Vec<u8>) -> Result<Self, FrameError> {
        decode_reply(kind, body).ok_or(FrameError::Shape(kind))
    }
}

fn decode_reply(kind: u8, body: Vec<u8>) -> Option<Reply> {
    let mut fields = Fields(&body);
    Some(match kind {
        code::CHUNK => Reply::Chunk(body),
        code::ATTACHED => Reply::Attached {
            version: u16::from_le_bytes(fields.take()?),
            first: u64::from_le_bytes(fields.take()?),
            next: u64::from_le_bytes(fields.take()?),
        },
        code::REFUSED => Reply::Refused { refusal: serde_json::from_slice(&body).ok()? },
        code::FENCED => Reply::Fenced { epoch: u64::from_le_bytes(fields.take()?) },
        code::DONE => Reply::Done { id: u32::from_le_bytes(fields.take()?), body: fields.0.to_vec() },
        code::FAILED => {
            let id = u32::from_le_bytes(fields.take()?);
            Reply::Failed { id, failure: serde_json::from_slice(fields.0).ok()? }
        }
        code::STALLED => Reply::Stalled(serde_json::from_slice(&body).ok()?),
        code::RELEASED => Reply::Released,
        _ => return None,
    })
}

/// JSON of one of our own small types, none of which can fail to be written.
pub(crate) fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (field, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*field)
    }
}
