//! Mail between agents and people of one machine, and reservations of the files they work on.
//!
//! | module | holds |
//! |---|---|
//! | [`store`] | the database: opened when it is needed, written in turns |
//! | [`mail`] | sending, listing, reading, acknowledging, answering, searching; dead letters |
//! | [`reservation`] | leases on paths, granted or refused as a whole |
//! | [`glob`] | patterns of paths, and whether two of them share a path |
//! | [`party`] | who is known, and who acts |
//! | [`name`], [`id`] | names without the difference of case, ids that never change |
//! | [`workspace`] | where somebody works, and what their paths are called there |
//! | [`clock`] | deadlines that a jump of the wall clock does not move |
//! | [`error`] | what can go wrong, told apart |
//!
//! It does not know sessions, harnesses or a network, and it needs no daemon: every process opens the one file of its
//! user.
//!
//! Invariants:
//! - What was answered is on the disk, and each change happened as a whole or not at all.
//! - A delivery only moves on: queued, delivered, read, acknowledged; or it is dead with a reason. Nobody's looking
//!   removes it.
//! - Two overlapping reservations of different holders live at once only if both are shared. Numbers only grow.
//! - Names are not a security boundary: everybody who can open the file can act under any name.
//!
//! ```
//! use oqto_mail::{clock::SystemClock, mail::{Draft, Filter, To, Which}, name::Name, party::Actor, store::Store};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! let store = Store::at(folder.path().join("mail.db"), SystemClock);
//! let who = |name: &str| Name::parse(name).map(|name| Actor { name, workspace: "/w".into(), context: Default::default() });
//! store.inbox(&who("ada")?, Filter { which: Which::Open, after: 0, limit: 10 })?;
//! store.send(&who("pi")?, &Draft::new(To::Names(vec![Name::parse("ADA")?]), "Done", "All tests pass."))?;
//! assert_eq!(store.inbox(&who("Ada")?, Filter { which: Which::Open, after: 0, limit: 10 })?.mails[0].from, "pi");
//! # Ok(())
//! # }
//! ```

pub mod clock;
pub mod error;
pub mod glob;
pub mod id;
pub mod mail;
pub mod name;
pub mod party;
mod queue;
pub mod reservation;
mod schema;
pub mod store;
mod words;
pub mod workspace;

pub use error::MailError;
