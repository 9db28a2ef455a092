//! Every word that crosses a pipe: frames, commands, log entries, live events, messages, errors.
//!
//! This crate does no I/O. The browser's WebSocket message, the runner's socket line and a line piped into
//! `oqto-runner --stdio` are the same text, and all of it is defined here once. TypeScript types and a JSON Schema
//! are generated from these definitions (feature `schema`), never written by hand.
//!
//! | module | holds |
//! |---|---|
//! | [`frame`] | the envelope: request, reply, event |
//! | [`command`] | what can be asked for, and the parameters and replies |
//! | [`entry`] | the durable facts of a session's log |
//! | [`live`] | events that are shown but not kept |
//! | [`message`] | messages and their parts |
//! | [`session`] | session states, list rows, snapshots |
//! | [`fold`] | how entries and live events become a [`session::Snapshot`] |
//! | [`system`] | hello, capabilities, notices |
//! | [`relay`] | what a relay is asked about itself |
//! | [`error`] | one table of error kinds: wire code, HTTP, gRPC, exit code, retryable |
//! | [`env`] | every environment variable that the programs read |
//! | [`provider_keys`] | where people keep the keys of model providers |
//! | [`ids`] | typed identifiers |
//! | [`agent_context`] | who acts, as an agent's tools are told |
//!
//! Invariants: unknown fields are ignored; an unknown event decodes to `Unknown`, never to an error that ends a
//! connection; a decode error names the path of the field.
//!
//! ```
//! use oqto_protocol::frame::{Channel, Frame, FrameKind};
//! let frame = Frame::parse(br#"{"channel":"agent","id":"c1","cmd":"session.list"}"#)?;
//! assert_eq!(frame.channel(), Channel::Agent);
//! assert!(matches!(frame.kind(), FrameKind::Request));
//! # Ok::<(), oqto_protocol::frame::FrameError>(())
//! ```

pub mod agent_context;
pub mod command;
pub mod entry;
pub mod env;
pub mod error;
pub mod fold;
pub mod frame;
pub mod ids;
pub mod live;
pub mod message;
pub mod provider_keys;
pub mod raw;
pub mod relay;
#[cfg(feature = "schema")]
pub mod schema;
pub mod session;
pub mod system;
mod tagged;

/// The version of the frame protocol, said in the hello of every connection.
pub const PROTOCOL_VERSION: u32 = 1;

/// The longest line a pipe carries, in bytes without the newline (8 MiB). Larger payloads go in chunks.
pub const MAX_LINE_BYTES: usize = 8 * 1024 * 1024;
