//! `search`.

use clap::Args;
use oqto_kit::{Ctx, Exit, Result};

use super::{open, rows};
use crate::store::Query;

/// Arguments of `search`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx search 'login page'\n  trx search -- --dashed --json")]
pub struct Search {
    /// The text
    query: String,
    /// At most so many
    #[arg(long, short, default_value_t = 50, value_name = "N")]
    limit: usize,
}

impl Search {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let store = open(ctx)?;
        let query = Query { all: true, text: Some(self.query), limit: Some(self.limit), ..Query::default() };
        let found = store.list(&query)?;
        rows::print(ctx, &store, &found)
    }
}
