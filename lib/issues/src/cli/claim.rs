//! `claim`.

use clap::Args;
use oqto_kit::{Ctx, Exit, Result};

use super::done::Done;
use super::open;
use super::times::span;

/// Arguments of `claim`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx claim k7q2 --ttl 2h\n\nExit code 75: somebody else has it.")]
pub struct ClaimArgs {
    /// The issue
    id: String,
    /// How long: 90s, 30m, 3h, 2d
    #[arg(long, default_value = "1h", value_parser = span, value_name = "TIME")]
    ttl: i64,
    /// Who claims [default: who acts]
    #[arg(long = "as", alias = "actor", value_name = "NAME")]
    actor: Option<String>,
}

impl ClaimArgs {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let mut store = open(ctx)?;
        let actor = self.actor.unwrap_or_else(|| store.actor());
        let id = store.claim(&self.id, &actor, self.ttl)?;
        Done::one(ctx, &store, &id)
    }
}
