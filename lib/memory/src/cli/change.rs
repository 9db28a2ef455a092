//! Correcting and removing.

use clap::Args;
use oqto_kit::{Ctx, Error, Exit, Result};
use oqto_protocol::error::ErrorKind;

use super::add::Facts;
use super::print::Changed;
use super::stores::{Here, One, here};
use super::{failed, text_or_stdin};
use crate::error::MemoryError;
use crate::places::Place;
use crate::store::{Store, Told};

/// Arguments of `edit`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  agntz memory edit 3f2a91c0 'The API listens on port 7800' --reason 'moved in release 9'\n  agntz memory edit 3f2a91c0 -i 9 -t api,port\n  agntz memory edit 3f2a91c0 - --expected-revision 2 < text.md"
)]
pub struct Edit {
    /// The memory; the beginning of its id is enough
    id: String,
    /// What it says from now on; `-` reads standard input
    content: Option<String>,
    #[command(flatten)]
    facts: Facts,
    /// Take all tags away
    #[arg(long, conflicts_with = "tags")]
    no_tags: bool,
    #[command(flatten)]
    how: How,
    #[command(flatten)]
    one: One,
}

#[derive(Args, Debug)]
struct How {
    /// Why it is changed
    #[arg(long, default_value = "")]
    reason: String,
    /// Refuse if somebody changed it since this revision
    #[arg(long, value_name = "N")]
    expected_revision: Option<u64>,
}

impl Edit {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let here = here(ctx)?;
        let mut told = self.facts.told(self.content.map(text_or_stdin).transpose()?);
        if self.no_tags {
            told.tags = Some(Vec::new());
        }
        if told == Told::default() {
            return Err(Error::new(ErrorKind::InvalidParams, "nothing is told that could change")
                .hint("agntz memory edit ID 'what is true'; agntz memory edit ID -i 9"));
        }
        let (place, mut store) = self.one.open(ctx, &here)?;
        let edited = store.edit(&self.id, told, &self.how.reason, self.how.expected_revision);
        let memory = edited.map_err(|error| elsewhere(error, &place, &here))?;
        Changed::one(ctx, "changed", memory, &place)
    }
}

/// Arguments of `remove`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  agntz memory remove 3f2a91c0 --reason 'not true any more'\n  agntz memory remove 3f2a 91c0 --store user"
)]
pub struct Remove {
    /// The memories; the beginnings of their ids are enough
    #[arg(required = true)]
    ids: Vec<String>,
    #[command(flatten)]
    how: How,
    #[command(flatten)]
    one: One,
}

impl Remove {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let here = here(ctx)?;
        let (place, mut store) = self.one.open(ctx, &here)?;
        // All of them are there, or none is removed.
        let mut ids = Vec::new();
        for id in &self.ids {
            let memory = there(&store, id).map_err(|error| elsewhere(error, &place, &here))?;
            if !ids.contains(&memory) {
                ids.push(memory);
            }
        }
        let mut removed = Vec::new();
        for id in &ids {
            removed.push(store.remove(id, &self.how.reason, self.how.expected_revision).map_err(failed)?);
        }
        Changed::all(ctx, "removed", removed, &place)
    }
}

/// The whole id of a memory that is not removed.
fn there(store: &Store, id: &str) -> std::result::Result<String, MemoryError> {
    let memory = store.get(id)?;
    if memory.active { Ok(memory.memory_id) } else { Err(MemoryError::NotFound(id.into())) }
}

/// Says in which other store a memory is that is not in this one.
fn elsewhere(error: MemoryError, place: &Place, here: &Here) -> Error {
    let MemoryError::NotFound(id) = &error else { return failed(error) };
    let others = here.places.all().into_iter().filter(|other| other.ledger != place.ledger);
    let stores = crate::across::Stores::open(others.collect());
    let found = stores.open.iter().find(|(_, store)| there(store, id).is_ok());
    match found {
        Some((other, _)) => Error::new(ErrorKind::NotFound, format!("no memory of {} is called {id}", place.name))
            .hint(format!("it is in another store: --store {}", other.name)),
        None => failed(error),
    }
}
