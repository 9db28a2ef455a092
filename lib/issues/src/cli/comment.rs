//! `comment`.

use clap::Args;
use oqto_kit::{Ctx, Exit, Result};

use super::done::Done;
use super::input::text_or_stdin;
use super::open;

/// Arguments of `comment`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx comment k7q2 'Seen on Firefox too'\n  trx comment k7q2 - < remark.md")]
pub struct Comment {
    /// The issue
    id: String,
    /// The remark; `-` reads standard input
    text: String,
}

impl Comment {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let mut store = open(ctx)?;
        let id = store.comment(&self.id, &text_or_stdin(self.text)?)?;
        Done::one(ctx, &store, &id)
    }
}
