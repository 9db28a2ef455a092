//! Remembering.

use std::path::Path;

use clap::Args;
use jiff::Timestamp;
use oqto_kit::{Ctx, Error, Exit, Result};
use oqto_protocol::error::ErrorKind;

use super::print::Changed;
use super::stores::{Here, One, here, tell};
use super::{expiry, failed, text_or_stdin};
use crate::places::Place;
use crate::store::{Duplicates, Store, Told};

/// Arguments of `add`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  agntz memory add 'PATCH /session/{id} renames a session' -c api -i 7\n  agntz memory add 'Prefers short answers' --store user\n  git log -1 --format=%B | agntz memory add - -c patterns -t git,release"
)]
pub struct Add {
    /// What to remember; `-` reads standard input
    content: String,
    #[command(flatten)]
    facts: Facts,
    /// Keep it although another one says the same
    #[arg(long)]
    duplicate: bool,
    /// Only true on one machine: its label, or `.` for this one
    #[arg(long, value_name = "LABEL")]
    machine: Option<String>,
    #[command(flatten)]
    one: One,
}

/// What is told of a memory beside its text.
#[derive(Args, Debug, Default)]
pub(super) struct Facts {
    /// What it is about: api, frontend, backend, architecture, patterns, debugging, or any other word
    #[arg(long, short)]
    category: Option<String>,
    /// How important it is, 1 to 10 (5 where nothing is said)
    #[arg(long, short, value_name = "1..10", value_parser = clap::value_parser!(u8).range(1..=10))]
    importance: Option<u8>,
    /// Words to find it by (repeat, or part them with commas)
    #[arg(long, short, alias = "tag", value_name = "TAG", value_delimiter = ',')]
    tags: Vec<String>,
    /// episodic, semantic or procedural
    #[arg(long = "type", alias = "memory-type", value_name = "TYPE", value_parser = ["episodic", "semantic", "procedural"])]
    memory_type: Option<String>,
    /// Why it is worth knowing
    #[arg(long)]
    why: Option<String>,
    /// Where it is known from: a command, an issue, a URL
    #[arg(long)]
    source: Option<String>,
    /// When it stops being true: a date, a time, or how long from now (12h, 30d, 8w); `never`
    #[arg(long, value_name = "TIME", value_parser = when)]
    expires: Option<Expires>,
}

/// A time, or never.
#[derive(Debug, Clone, Copy)]
struct Expires(Option<Timestamp>);

fn when(text: &str) -> std::result::Result<Expires, String> {
    expiry(text).map(Expires)
}

impl Facts {
    pub(super) fn told(self, content: Option<String>) -> Told {
        Told {
            content,
            memory_type: self.memory_type,
            category: self.category,
            importance: self.importance,
            tags: (!self.tags.is_empty()).then_some(self.tags),
            why: self.why,
            source: self.source,
            machine: None,
            expires_at: self.expires.map(|expires| expires.0),
        }
    }
}

impl Add {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let here = here(ctx)?;
        let place = self.one.place(&here.places)?;
        self.put(ctx, &place, &here)
    }

    /// Adds to the store at `place`, whatever `--store` says.
    ///
    /// # Errors
    /// What failed, for the person.
    pub fn into(self, ctx: &Ctx, place: &Place) -> Result<Exit> {
        self.put(ctx, place, &here(ctx)?)
    }

    fn put(self, ctx: &Ctx, place: &Place, here: &Here) -> Result<Exit> {
        if place.root().is_some_and(is_bare) {
            return Err(Error::new(
                ErrorKind::Unsupported,
                "a bare repository keeps no memories, only its branches do",
            )
            .hint("keep it in a clone or a worktree, or among your own: agntz memory add --store user"));
        }
        let content = text_or_stdin(self.content)?;
        let machine =
            self.machine.map(|label| if label == "." { super::preview::machine(&here.context) } else { label });
        let told = Told { machine, ..self.facts.told(Some(content)) };
        let duplicates = if self.duplicate { Duplicates::Allow } else { Duplicates::Refuse };
        let is_new = !place.exists();
        let added = Store::add_once(&place.ledger, here.context.clone(), told, duplicates).map_err(failed)?;
        tell(ctx, &added.damage);
        if is_new {
            ctx.note(&oqto_kit::escape::line(&format!("made the store {}", place.ledger.display())));
        }
        // It is kept already: that others do not find its store by name is no reason to say it failed.
        let _ = here.places.remember(place);
        Changed::one(ctx, "remembered", added.memory, place)
    }
}

/// Whether a folder is a repository without a work tree, or the inside of one.
fn is_bare(root: &Path) -> bool {
    root.join("HEAD").is_file() && root.join("objects").is_dir() && root.join("refs").is_dir()
}
