//! SQLite, opened correctly, and append-only files of JSON lines: the only crate that opens a database.
//!
//! | module | holds |
//! |---|---|
//! | [`schema`] | the name of a database, its migrations and its checksummed tables |
//! | [`open`](mod@open) | opening for writing or reading: pragmas, migration, refusal of what is not ours or newer |
//! | [`writer`] | one writer thread with group commit |
//! | [`readers`] | read-only connections on their own threads |
//! | [`checksum`] | the CRC32 of a row |
//! | [`verify`] | finds flipped bits |
//! | [`lock`] | one owning process a database |
//! | [`ledger`] | append-only JSON lines shared by many processes, and a rebuildable index of them |
//! | [`quarantine`] | damaged files are moved aside, never deleted |
//! | [`error`] | what can go wrong, told apart |
//!
//! Invariants:
//! - A job's answer comes after the commit that holds it, and a commit is on the disk before it is answered
//!   (WAL with `synchronous=FULL`).
//! - A failed job rolls back to its own savepoint; the other jobs of its group are kept.
//! - After an I/O error nothing is acknowledged until the database was opened again and its log rewritten: the
//!   operating system forgets unwritten pages after a failed fsync, so that a second one proves nothing.
//! - Nothing damaged is deleted.
//!
//! ```
//! use oqto_store::{schema::{Migration, Schema}, writer::Writer, error::StoreError};
//! static SCHEMA: Schema = Schema {
//!     application_id: 0x6f71_7400,
//!     migrations: &[Migration { name: "notes", sql: "CREATE TABLE note (text TEXT NOT NULL) STRICT;" }],
//! };
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! let writer = Writer::open(&folder.path().join("notes.db"), &SCHEMA)?;
//! writer.run(|db| Ok::<_, StoreError>(db.execute("INSERT INTO note VALUES ('kept')", [])?)).await?;
//! # Ok(())
//! # }
//! ```

mod checkpointer;
pub mod checksum;
pub mod error;
pub mod ledger;
pub mod lock;
pub mod open;
pub mod quarantine;
pub mod readers;
pub mod schema;
pub mod verify;
pub mod writer;

pub use rusqlite;
