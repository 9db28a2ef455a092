//! `stats`.

use clap::Args;
use oqto_kit::{Ctx, Exit, Result, Told};

use super::open;

/// Arguments of `stats`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx stats\n  trx stats --json")]
pub struct Stats {}

impl Stats {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let store = open(ctx)?;
        let counts = store.counts()?;
        let words = |map: &std::collections::BTreeMap<String, u64>, sign: &str| {
            map.iter().map(|(name, number)| format!("{sign}{name} {number}")).collect::<Vec<_>>().join(", ")
        };
        let text = format!(
            "{} issues: {}\nnot closed: {}\n            {}\nready: {}",
            counts.total,
            words(&counts.status, ""),
            words(&counts.kind, ""),
            words(&counts.priority, "P"),
            counts.ready
        );
        ctx.print(&Told { value: counts, text })
    }
}
