//! What every binary shares, so that the tenth binary is thirty lines.
//!
//! | module | holds |
//! |---|---|
//! | [`app`] | the door: parse, context, run, exit code |
//! | [`flags`] | `--json`, `--quiet`, `-v`, `--color`, `-C`; `--config` where a file is read |
//! | [`printer`], [`table`], [`style`], [`escape`] | stdout is data, stderr is for people, foreign text is escaped |
//! | [`error`] | what failed, why, and a hint to paste |
//! | [`dirs`] | XDG directories, the sockets of the programs, and where the programs lie |
//! | [`config`] | defaults < system file < own file < environment < flags, with the origin of every value |
//! | [`limits`] | open files |
//! | [`logging`] | tracing on stderr |
//! | [`tasks`] | named, tracked tasks; drain |
//! | [`documents`] | completions and man pages |
//! | [`secret`] | a string that cannot be printed |
//!
//! It does not know any command, socket protocol or store; nothing here starts a runtime or reads a file before a
//! command asks for it, so `--help` costs only clap.
//!
//! Invariants: an exit code comes from the one table in `oqto-protocol`; a broken pipe on stdout is success; with
//! `--json` errors are JSON too.
//!
//! ```
//! use clap::Parser;
//! use oqto_kit::{App, Ctx, Exit, GlobalFlags, Result};
//!
//! /// Says hello
//! #[derive(Parser)]
//! #[command(name = "hello", version)]
//! struct Hello {
//!     #[command(flatten)]
//!     global: GlobalFlags,
//!     name: String,
//! }
//!
//! impl App for Hello {
//!     fn flags(&self) -> &GlobalFlags {
//!         &self.global
//!     }
//!     fn run(self, ctx: &Ctx) -> Result<Exit> {
//!         ctx.note(&format!("hello {}", oqto_kit::escape::line(&self.name)));
//!         Ok(Exit::DONE)
//!     }
//! }
//!
//! // fn main() -> std::process::ExitCode { oqto_kit::run::<Hello>() }
//! ```

pub mod app;
pub mod config;
pub mod dirs;
pub mod documents;
pub mod error;
pub mod escape;
pub mod flags;
pub mod limits;
pub mod logging;
pub mod printer;
pub mod secret;
mod signals;
pub mod style;
pub mod table;
pub mod tasks;

pub use app::{App, Ctx, Exit, run};
pub use dirs::Dirs;
pub use error::{Error, OrFail, Result};
pub use flags::{ConfigFlag, GlobalFlags};
pub use printer::{Page, Printer, Report, Told};
pub use secret::Secret;
pub use table::Table;
pub use tasks::Tasks;
