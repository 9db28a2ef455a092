//! `history`.

use clap::Args;
use oqto_kit::{Ctx, Exit, Result};

use super::{happened, open};

/// Arguments of `history`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx history k7q2\n  trx history k7q2 --limit 5 --json")]
pub struct History {
    /// The issue
    id: String,
    /// The last so many
    #[arg(long, short, short_alias = 'n', value_name = "N")]
    limit: Option<usize>,
}

impl History {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let store = open(ctx)?;
        let id = store.resolve(&self.id)?;
        let events = store.events(|event| event.issue_id == id)?;
        happened::print(ctx, &store, events, self.limit)
    }
}
