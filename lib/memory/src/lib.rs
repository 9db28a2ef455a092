//! Memories of people and agents, and how they are found again.
//!
//! | module | holds |
//! |---|---|
//! | [`event`] | one line of a ledger |
//! | [`replay`] | from events to a memory: revisions, removed, contested |
//! | [`memory`] | a memory as it is now |
//! | [`store`] | a ledger with its index: add, edit, remove, get, list |
//! | [`places`] | where stores are: of the workspace, of the person, with a name |
//! | [`across`] | searching and listing several stores, with conditions |
//! | [`exchange`] | JSON, JSON lines and Markdown of today's tools |
//! | [`entry`] | a memory as programs are told of it |
//! | [`search`] | ranked by relevance, importance and age |
//! | [`similar`] | what says the same already |
//! | [`preview`](mod@preview) | the best of it within a budget, for prompts |
//! | [`words`], [`meanings`] | text into terms |
//! | [`error`] | what can go wrong |
//! | `cli` | the commands, for programs that offer them (feature `cli`) |
//!
//! Invariants:
//! - The truth is an append-only file of events that git merges by taking the lines of both sides; the order of its
//!   lines does not matter, and a bad line costs that line only.
//! - Nothing is acknowledged before it is on the disk; no line is ever rewritten, so that unknown fields survive.
//! - Two changes that did not know of each other are shown as contested, never settled silently.
//! - The same store gives the same answers in the same order.
//!
//! ```
//! use oqto_memory::{Duplicates, Store, Told};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! let mut store = Store::open(folder.path().join(".mmry/mmry.jsonl"), Default::default())?;
//! let told = Told { content: Some("The API listens on port 7700.".into()), ..Told::default() };
//! store.add(told, Duplicates::Refuse)?;
//! let hits = store.search("which prot does the interface use", 5, jiff::Timestamp::now())?;
//! assert_eq!(hits[0].memory.content, "The API listens on port 7700.");
//! # Ok(())
//! # }
//! ```

pub mod across;
#[cfg(feature = "cli")]
pub mod cli;
pub mod entry;
pub mod error;
pub mod event;
pub mod exchange;
pub mod meanings;
pub mod memory;
mod origin;
pub mod places;
pub mod preview;
pub mod replay;
pub mod search;
mod shape;
pub mod similar;
pub mod store;
pub mod words;

pub use entry::Entry;
pub use error::MemoryError;
pub use memory::Memory;
pub use places::{Place, Places, Scope};
pub use search::Hit;
pub use store::{Added, Duplicates, Order, Store, Told};
