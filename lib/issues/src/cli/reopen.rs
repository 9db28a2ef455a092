//! `reopen`.

use clap::Args;
use oqto_kit::{Ctx, Exit, Result};

use super::done::Done;
use super::open;

/// Arguments of `reopen`: all of the issues or none.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx reopen k7q2 m0ab")]
pub struct Reopen {
    /// Issues, by id or its beginning
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
}

impl Reopen {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let mut store = open(ctx)?;
        let ids = store.reopen(&self.ids)?;
        ctx.print(&Done::of(&store, &ids)?)
    }
}
