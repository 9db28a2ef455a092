//! An append-only file of JSON lines that is the truth, shared by many processes and merged by git.
//!
//! | module | holds |
//! |---|---|
//! | [`file`](mod@file) | [`Ledger`]: a path; reading it; taking its lock |
//! | [`lock`] | [`Locked`]: the only way to append or replace; it dies with the process |
//! | [`append`] | whole lines in one write; [`Ticket`]: the wait for the disk, after the lock was let go |
//! | [`aside`] | lines that nobody can read, moved into a file beside it |
//! | [`lines`] | the tolerant reader, over any bytes |
//! | [`damage`] | what is wrong with a file, as `file:line: why` |
//! | [`index`] | a rebuildable SQLite cache beside the ledger |
//! | [`error`] | what can go wrong |
//!
//! Invariants:
//! - An acknowledged line ([`Ticket::sync`] returned) is on the disk, whole, in the file that the path names.
//! - An append that failed leaves nothing behind; one that was killed leaves at most one line without an end, which the
//!   next append ends and every reader reports.
//! - A bad line costs that line only.
//! - The lock is the operating system's, on the ledger itself: no lock file can be left over.
//!
//! ```
//! use oqto_store::ledger::{Ledger, Position, Verdict};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! let ledger = Ledger::open(folder.path().join("notes.jsonl"));
//! let ticket = ledger.lock()?.append(&[r#"{"note":"kept"}"#])?; // the lock is let go here
//! ticket.sync()?; // only now it is acknowledged
//! let mut seen = Vec::new();
//! let pass = ledger.read(Position::START, |line| {
//!     seen.push(line.text.to_owned());
//!     Verdict::Good
//! })?;
//! assert_eq!((seen.len(), pass.damage.len()), (1, 0));
//! # Ok(())
//! # }
//! ```

pub mod append;
pub mod aside;
pub mod damage;
pub mod error;
pub mod file;
pub mod index;
pub mod lines;
pub mod lock;

pub use append::Ticket;
pub use aside::Aside;
pub use damage::Damage;
pub use error::LedgerError;
pub use file::Ledger;
pub use index::{Index, Refusal, Shape};
pub use lines::{Line, MAX_LINE, Pass, Position, Verdict};
pub use lock::Locked;
