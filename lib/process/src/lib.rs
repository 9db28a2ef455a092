//! Everything that starts, keeps, watches or ends a process.
//!
//! | module | what it holds |
//! |---|---|
//! | [`record`] | what a journal says: one [`Record`] a fact, in one order for both directions |
//! | [`journal`] | segment files of records: writing, reading, trimming |
//! | [`spec`] | what a holder is asked to start, and what it answers |
//! | [`meta`] | what a holder's directory says about it; [`inspect`] |
//! | [`frames`] | the frames between a holder and who is attached to it |
//! | [`holder`] | the holder itself; the binary `oqto-hold` is only its door |
//! | [`tree`] | process trees: signals through pidfds, descendants, the tagged [`sweep`] |
//! | [`program`] | finding a program's absolute path |
//! | `attach` (feature `client`) | starting a holder and talking to it: [`start`], [`attach()`] |
//! | `helper` (feature `client`) | programs that are not held: run to the end, piped, or detached |
//!
//! # Invariants
//!
//! - Only this crate spawns. A child's environment is given completely; nothing is inherited by accident.
//! - A record is in the journal before anything is passed on: output before a client sees it, input before the child does.
//! - Indexes are gap-free from 0, and a reader sees each record once, live or replayed.
//! - Nothing in the holder grows: output waits in files, and behind the journal's limit it waits in the child.
//! - A holder's child, and whatever it leaves behind, is gone before [`Kind::End`] is written.
//! - Nothing signals pid 0, -1, 1 or itself, and only a process that is still the one that was looked at.

pub mod cgroup;
pub mod frames;
pub mod holder;
pub mod journal;
pub mod meta;
pub mod procfs;
pub mod program;
pub mod record;
mod socket_path;
mod spawn;
pub mod spec;
pub mod tree;

#[cfg(feature = "client")]
mod attach;
#[cfg(feature = "client")]
pub mod helper;

#[cfg(feature = "client")]
pub use attach::{AttachError, CallError, Holder, Records, Sent, StartError, StreamError, attach, start, status};
pub use meta::{HolderState, Meta, inspect};
pub use record::{Exit, Kind, Record, StdinEnd};
pub use spec::{Containment, HolderSpec, Limit, Stdio};
pub use tree::{Swept, sweep, sweep_holder};

/// The environment variable that every process of a held tree carries; its value is the holder's tag.
pub const TAG_VARIABLE: &str = "OQTO_HOLD";

/// The version of the attach protocol and of the journal that this build speaks.
pub const HOLDER_VERSION: u16 = 1;
