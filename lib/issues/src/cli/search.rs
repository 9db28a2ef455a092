//! `search`.

use clap::Args;
use oqto_kit::{Ctx, Error, Exit, Result};
use oqto_protocol::error::ErrorKind;

use super::input::text_or_stdin;
use super::{open, rows};
use crate::store::Query;

/// Arguments of `search`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  trx search 'login page'\n  trx search -- --dashed --json\n\nExit codes: 0 found, 3 nothing found"
)]
pub struct Search {
    /// The text; `-` reads standard input
    query: String,
    /// At most so many
    #[arg(long, short, short_alias = 'n', default_value_t = 50, value_name = "N")]
    limit: usize,
}

impl Search {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let query = text_or_stdin(self.query)?.trim_end_matches(['\n', '\r']).to_owned();
        if query.trim().is_empty() {
            return Err(Error::new(ErrorKind::InvalidParams, "there is no text to look for").hint("trx list"));
        }
        let store = open(ctx)?;
        let query = Query { all: true, text: Some(query), limit: Some(self.limit), ..Query::default() };
        let found = store.list(&query)?;
        rows::print(ctx, &store, &found)?;
        if found.is_empty() {
            ctx.note("nothing was found");
            return Ok(Exit::NOTHING_FOUND);
        }
        Ok(Exit::DONE)
    }
}
