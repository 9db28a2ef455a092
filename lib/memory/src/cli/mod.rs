//! The commands, for programs that offer them as their own.
//!
//! A program mounts all of them with [`Memory`], a clap subcommand whose [`Memory::run`] does the work:
//!
//! ```
//! # use clap::{Parser, Subcommand};
//! use oqto_memory::cli::Memory;
//!
//! #[derive(Subcommand)]
//! enum Command {
//!     /// Remember and find
//!     #[command(subcommand)]
//!     Memory(Memory),
//! }
//! # #[derive(Parser)] struct Cli { #[command(subcommand)] command: Command }
//! # let cli = Cli::parse_from(["agntz", "memory", "add", "The API listens on port 7700.", "-c", "api", "-i", "7"]);
//! # assert!(matches!(cli.command, Command::Memory(Memory::Add(_))));
//! ```
//!
//! One that has places of its own mounts [`Add`] and [`Search`] and says where: [`Add::into`], [`Search::over`]. Programs
//! that print nothing use the library: [`here`] tells the places and who acts, [`failed`] makes an error of the kit.

mod add;
mod change;
mod files;
mod preview;
mod print;
mod search;
mod show;
mod stats;
mod stores;

use std::io::Read as _;

use clap::Subcommand;
use oqto_kit::{Ctx, Error, Exit, OrFail as _, Result};
use oqto_protocol::error::ErrorKind;

use crate::MemoryError;

pub use add::Add;
pub use change::{Edit, Remove};
pub use files::{Export, Import};
pub use preview::Preview;
pub use search::{List, Search};
pub use show::Show;
pub use stats::Stats;
pub use stores::{Here, One, Which, here};

/// What can be done with memories.
#[derive(Debug, Subcommand)]
pub enum Memory {
    /// Remember something
    Add(Add),
    /// Find what answers a question
    Search(Search),
    /// List memories, what changed last first
    #[command(visible_alias = "ls")]
    List(List),
    /// Show a memory and what happened to it
    Show(Show),
    /// Correct a memory: what is said replaces what it said
    #[command(visible_alias = "supersede")]
    Edit(Edit),
    /// Remove memories; the history stays
    #[command(visible_alias = "rm")]
    Remove(Remove),
    /// Write memories as JSON, JSON lines or Markdown
    Export(Export),
    /// Take in memories of such a file
    Import(Import),
    /// Count memories, and tell what is wrong with the store
    Stats(Stats),
    /// The best of the stores within a budget, for prompts
    Preview(Preview),
    /// List the stores of this machine
    Stores(stores::List),
}

impl Memory {
    /// Does it.
    ///
    /// # Errors
    /// What failed, for the person.
    pub fn run(self, ctx: &Ctx) -> Result<Exit> {
        let called = self.called();
        let told = |error: Error| {
            let has_advice = error.advice().is_some() || error.kind() != ErrorKind::InvalidParams;
            if has_advice { error } else { error.hint(format!("agntz memory {called} --help")) }
        };
        self.execute(ctx).map_err(told)
    }

    /// The word that calls the command.
    fn called(&self) -> &'static str {
        match self {
            Self::Add(_) => "add",
            Self::Search(_) => "search",
            Self::List(_) => "list",
            Self::Show(_) => "show",
            Self::Edit(_) => "edit",
            Self::Remove(_) => "remove",
            Self::Export(_) => "export",
            Self::Import(_) => "import",
            Self::Stats(_) => "stats",
            Self::Preview(_) => "preview",
            Self::Stores(_) => "stores",
        }
    }

    fn execute(self, ctx: &Ctx) -> Result<Exit> {
        match self {
            Self::Add(args) => args.run(ctx),
            Self::Search(args) => args.run(ctx),
            Self::List(args) => args.run(ctx),
            Self::Show(args) => args.run(ctx),
            Self::Edit(args) => args.run(ctx),
            Self::Remove(args) => args.run(ctx),
            Self::Export(args) => args.run(ctx),
            Self::Import(args) => args.run(ctx),
            Self::Stats(args) => args.run(ctx),
            Self::Preview(args) => args.run(ctx),
            Self::Stores(args) => args.run(ctx),
        }
    }
}

/// An error of the library as one for people, with what to do about it.
#[must_use]
pub fn failed(error: MemoryError) -> Error {
    let hint = match &error {
        MemoryError::NotFound(_) => Some("agntz memory list, or with --all those of every store".to_owned()),
        MemoryError::Ambiguous { .. } => Some("type more letters of the id".into()),
        MemoryError::Several { ledgers, .. } => {
            ledgers.first().map(|ledger| format!("name it by its path: --store {}", ledger.display()))
        }
        MemoryError::Duplicate(similar) => {
            let id = crate::memory::short(&similar.id);
            Some(format!("agntz memory edit {id} 'what is true' corrects it; add with --duplicate keeps both"))
        }
        MemoryError::Moved { id, .. } => Some(format!("agntz memory show {}", crate::memory::short(id))),
        MemoryError::Ledger(error) if error.is_busy() => Some("try again".into()),
        error if error.is_read_only() => {
            Some("the store cannot be written; keep it in another one: --store user".into())
        }
        MemoryError::Ledger(_)
        | MemoryError::Invalid(_)
        | MemoryError::Prepare { .. }
        | MemoryError::Index(_)
        | MemoryError::Record(_) => None,
    };
    let told = Error::new(error.kind(), error.to_string()).because(error);
    match hint {
        Some(hint) => told.hint(hint),
        None => told,
    }
}

/// The text of an argument, or standard input for `-`, without the line ends after it.
fn text_or_stdin(text: String) -> Result<String> {
    if text != "-" {
        return Ok(text);
    }
    let mut bytes = Vec::new();
    let most = crate::store::MAX_CONTENT as u64 + 1024;
    let read = std::io::stdin().lock().take(most).read_to_end(&mut bytes);
    read.or_fail(ErrorKind::Failed, || "cannot read standard input")?;
    let text = String::from_utf8(bytes).or_fail(ErrorKind::InvalidParams, || "standard input is not UTF-8")?;
    Ok(text.trim_end_matches(['\n', '\r']).to_owned())
}

/// A time to come: RFC 3339, a date, or how long from now (12h, 30d, 8w); `never`.
fn expiry(text: &str) -> std::result::Result<Option<jiff::Timestamp>, String> {
    if text == "never" {
        return Ok(None);
    }
    let wrong = || format!("`{text}` is no time; write 2027-01-31, 2027-01-31T09:00:00Z, 12h, 30d, 8w or never");
    if let Ok(time) = text.parse().or_else(|_| format!("{text}T00:00:00Z").parse()) {
        return Ok(Some(time));
    }
    let (number, unit) = text.split_at_checked(text.len().saturating_sub(1)).ok_or_else(wrong)?;
    let hours = match unit {
        "h" => 1,
        "d" => 24,
        "w" => 24 * 7,
        _ => return Err(wrong()),
    };
    let hours = number.parse::<u32>().ok().and_then(|number| i64::from(number).checked_mul(hours)).ok_or_else(wrong)?;
    jiff::Timestamp::now().checked_add(jiff::SignedDuration::from_hours(hours)).map(Some).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_to_come() {
        assert_eq!(expiry("never"), Ok(None));
        assert_eq!(expiry("2027-01-31").unwrap().unwrap().to_string(), "2027-01-31T00:00:00Z");
        assert_eq!(expiry("2027-01-31T10:00:00+01:00").unwrap().unwrap().to_string(), "2027-01-31T09:00:00Z");
        let day = jiff::SignedDuration::from_hours(24);
        let (low, told) = (jiff::Timestamp::now() + day, expiry("1d").unwrap().unwrap());
        assert!(told >= low && told <= jiff::Timestamp::now() + day);
        for wrong in ["", "d", "1", "1y", "-1d", "é", "99999999999w", "4294967295w"] {
            assert!(expiry(wrong).is_err(), "{wrong}");
        }
    }
}
