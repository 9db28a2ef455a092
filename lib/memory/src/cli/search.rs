//! Searching and listing.

use clap::Args;
use jiff::Timestamp;
use oqto_kit::{Ctx, Error, Exit, Result};
use oqto_protocol::error::ErrorKind;

use super::print::Rows;
use super::stores::{Which, here, open_all};
use super::{failed, text_or_stdin};
use crate::across::{Contested, Expired, Wanted};
use crate::places::Place;
use crate::store::Order;

/// Arguments of `search`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  agntz memory search how do I rename a session\n  agntz memory search -c api --all 'rate limit'\n  agntz memory search --json -l 3 deploy\n\nExit codes: 0 found, 3 nothing found"
)]
pub struct Search {
    /// What is asked: words, an identifier, a sentence; `-` reads standard input
    #[arg(required = true)]
    question: Vec<String>,
    /// At most so many
    #[arg(long, short, short_alias = 'n', value_name = "N", default_value_t = 10)]
    limit: usize,
    #[command(flatten)]
    conditions: Conditions,
    #[command(flatten)]
    which: Which,
}

#[derive(Args, Debug, Default)]
struct Conditions {
    /// Only of this category (repeat: or that)
    #[arg(long, short)]
    category: Vec<String>,
    /// Only with this tag (repeat: and that)
    #[arg(long, short, alias = "tags", value_delimiter = ',')]
    tag: Vec<String>,
    /// Only of this type: episodic, semantic, procedural
    #[arg(long = "type", value_name = "TYPE", value_parser = ["episodic", "semantic", "procedural"])]
    memory_type: Option<String>,
    /// Only so important or more
    #[arg(long, value_name = "1..10", value_parser = clap::value_parser!(u8).range(1..=10))]
    min_importance: Option<u8>,
    /// Only made by this agent, session or person
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

impl Conditions {
    fn wanted(self) -> Wanted {
        Wanted {
            categories: self.category,
            tags: self.tag,
            memory_type: self.memory_type,
            importance: self.min_importance,
            author: self.by,
            ..Wanted::default()
        }
    }
}

impl Search {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let places = self.which.places(ctx, &here(ctx)?.places)?;
        self.over(ctx, places)
    }

    /// Whether all stores are asked for.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.which.is_all()
    }

    /// Searches the stores at `places`, whatever `--store` and `--all` say.
    ///
    /// # Errors
    /// What failed, for the person.
    pub fn over(self, ctx: &Ctx, places: Vec<Place>) -> Result<Exit> {
        let question = text_or_stdin(self.question.join(" "))?;
        if question.trim().is_empty() {
            return Err(Error::new(ErrorKind::InvalidParams, "nothing is asked for: the question is empty")
                .hint("agntz memory search WORDS; agntz memory list shows all"));
        }
        let several = places.len() > 1;
        let stores = open_all(ctx, places)?;
        let wanted = self.conditions.wanted();
        let found = stores.search(&question, &wanted, self.limit, Timestamp::now()).map_err(failed)?;
        if found.is_empty() {
            ctx.note("nothing was found");
        }
        let exit = if found.is_empty() { Exit::NOTHING_FOUND } else { Exit::DONE };
        ctx.print(&Rows::new(found, several, ctx)).map(|_| exit)
    }
}

/// Arguments of `list`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  agntz memory list -c architecture\n  agntz memory list --sort importance -l 20 --all\n  agntz memory list --contested"
)]
pub struct List {
    /// At most so many
    #[arg(long, short, short_alias = 'n', value_name = "N")]
    limit: Option<usize>,
    /// The order
    #[arg(long, value_name = "ORDER", value_enum, default_value = "updated")]
    sort: Sort,
    /// Also those that expired
    #[arg(long)]
    include_expired: bool,
    /// Only those that two changed without knowing of each other
    #[arg(long)]
    contested: bool,
    #[command(flatten)]
    conditions: Conditions,
    #[command(flatten)]
    which: Which,
}

#[derive(clap::ValueEnum, Debug, Clone, Copy)]
enum Sort {
    /// What changed last first
    Updated,
    /// What was made last first
    Created,
    /// The most important first
    Importance,
}

impl List {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let places = self.which.places(ctx, &here(ctx)?.places)?;
        let several = places.len() > 1;
        let stores = open_all(ctx, places)?;
        let wanted = Wanted {
            contested: self.contested.then_some(Contested),
            expired: self.include_expired.then_some(Expired),
            ..self.conditions.wanted()
        };
        let order = match self.sort {
            Sort::Updated => Order::Updated,
            Sort::Created => Order::Created,
            Sort::Importance => Order::Importance,
        };
        let limit = self.limit.unwrap_or(usize::MAX);
        let entries = stores.list(&wanted, order, limit, Timestamp::now()).map_err(failed)?;
        if entries.is_empty() {
            ctx.note("there is no such memory");
        }
        ctx.print(&Rows::new(entries, several, ctx))
    }
}
