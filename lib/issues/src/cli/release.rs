//! `release`.

use clap::Args;
use oqto_kit::{Ctx, Exit, Result};

use super::done::Done;
use super::open;

/// Arguments of `release`: all of the issues or none.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx release k7q2\n\nExit code 75: somebody else has it.")]
pub struct Release {
    /// Issues, by id or its beginning
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// Who gives them up [default: who acts]
    #[arg(long = "as", alias = "actor", value_name = "NAME")]
    actor: Option<String>,
}

impl Release {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let mut store = open(ctx)?;
        let actor = self.actor.unwrap_or_else(|| store.actor());
        let ids = store.release(&self.ids, &actor)?;
        ctx.print(&Done::of(&store, &ids)?)
    }
}
