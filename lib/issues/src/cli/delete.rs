//! `delete`.

use clap::Args;
use oqto_kit::{Ctx, Exit, Result};

use super::done::Done;
use super::open;

/// Arguments of `delete`: all of the issues or none.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx delete k7q2 --reason duplicate\n  trx reopen k7q2")]
pub struct Delete {
    /// Issues, by id or its beginning
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// Why
    #[arg(long, short)]
    reason: Option<String>,
}

impl Delete {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let mut store = open(ctx)?;
        let ids = store.delete(&self.ids, self.reason.as_deref())?;
        ctx.print(&Done::of(&store, &ids)?)
    }
}
