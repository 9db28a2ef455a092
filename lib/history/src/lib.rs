//! The history of conversations: what was said, kept so that nothing that was acknowledged is lost.
//!
//! | module | holds |
//! |---|---|
//! | [`model`] | conversations, entries and what is asked and answered, as plain values |
//! | [`error`] | what can go wrong, the same on both sides of the wire |
//! | [`client`] | the client of the service |
//! | [`server`] | the service: gRPC on a Unix socket of one user |
//! | [`reader`] | the read-only view of the database file, shared by the service and the command line |
//! | [`search`] | words and code in messages, ranked |
//! | [`check`] | finding damage, and moving it aside |
//! | [`proto`] | the generated gRPC code |
//!
//! Invariants:
//! - The log of a conversation is numbered from 1 without a gap; an entry never changes.
//! - An append is idempotent: the first entry of an id wins, the first outcome of a client id wins.
//! - Only the newest epoch of a writer writes, and only to its own conversations.
//! - Nothing is acknowledged before it is on the disk; nothing damaged is served or deleted.
//! - The search index is a projection: deleting it loses nothing.

mod blobs;
pub mod check;
pub mod client;
mod convert;
pub mod error;
mod lineage;
pub mod model;
mod names;
pub mod proto;
mod read;
pub mod reader;
mod rows;
mod schema;
pub mod search;
pub mod server;
mod write;

pub use client::Client;
pub use error::HistoryError;
pub use reader::Reader;
