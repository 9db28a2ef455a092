//! Issues that live in a repository, in `.trx/`.
//!
//! | module | holds |
//! |---|---|
//! | [`issue`] | an issue and its words, in the fields of the interchange form |
//! | [`event`] | one line of the log, `.trx/events.jsonl`: who changed what, field by field |
//! | [`fold`] | the state that events make, in whatever order they come |
//! | [`id`] | ids: minted with 40 random bits, shown short, found by any unique beginning |
//! | `graph` | who waits for whom: what is stopped, cycles |
//! | [`store`] | [`Store`]: opening, reading, changing |
//! | [`source`] | time and randomness |
//! | `cli` | the commands, for the programs that offer them (feature `cli`) |
//!
//! Invariants:
//! - The log is the truth. Every change is one append of whole lines, and state is a function of the *set* of lines: of a
//!   field the change with the greatest (time, id) counts, of a set each member by itself. So two clones whose logs git
//!   joined line by line have the same issues, and nothing is lost.
//! - Reading what a change depends on, and the change, are under one lock.
//! - `.trx/issues.jsonl` follows: one line of the whole issue is appended after each change, and what another program
//!   wrote there is taken into the log. `.trx/.index/` is a cache that may be removed at any time.
//! - Fields that are not known are kept byte for byte.

#[cfg(feature = "cli")]
pub mod cli;
pub mod error;
pub mod event;
pub mod fold;
mod graph;
pub mod id;
pub mod issue;
mod shape;
pub mod source;
pub mod store;
mod time;

pub use error::{IssueError, Result};
pub use issue::{Dependency, Issue, Kind, Link, Status};
pub use source::Source;
pub use store::{Counts, Entry, NewIssue, Patch, Query, Store};
