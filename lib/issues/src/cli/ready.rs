//! `ready`.

use std::collections::HashSet;

use clap::Args;
use oqto_kit::{Ctx, Exit, Result, escape};

use super::{open, rows};
use crate::Kind;
use crate::store::Query;

/// Arguments of `ready`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx ready --limit 1 --json\n  trx ready --label backend")]
pub struct ReadyArgs {
    /// Only this type
    #[arg(long = "type", short = 't')]
    kind: Option<Kind>,
    /// Only this priority
    #[arg(long, short = 'P', value_name = "0..4", value_parser = clap::value_parser!(u8).range(0..=4))]
    priority: Option<u8>,
    /// Only with this label (repeat, or a,b: with all of them)
    #[arg(long, value_delimiter = ',')]
    label: Vec<String>,
    /// At most so many
    #[arg(long, short, short_alias = 'n', value_name = "N")]
    limit: Option<usize>,
    /// For whom: what others have claimed is left out [default: who acts]
    #[arg(long = "as", alias = "actor", value_name = "NAME")]
    actor: Option<String>,
}

impl ReadyArgs {
    /// Does it.
    ///
    /// # Errors
    /// What failed, for the person.
    pub fn run(self, ctx: &Ctx) -> Result<Exit> {
        let store = open(ctx)?;
        let mut ready = store.ready(&self.actor.unwrap_or_else(|| store.actor()))?;
        if !self.label.is_empty() {
            let query = Query { labels: self.label, ..Query::default() };
            let with: HashSet<i64> = store.list(&query)?.into_iter().map(|entry| entry.n).collect();
            ready.issues.retain(|entry| with.contains(&entry.n));
        }
        ready.issues.retain(|entry| {
            self.kind.is_none_or(|kind| kind == entry.kind)
                && self.priority.is_none_or(|priority| priority == entry.priority)
        });
        ready.issues.truncate(self.limit.unwrap_or(usize::MAX));
        for cycle in &ready.cycles {
            ctx.note(&escape::line(&format!("these wait for each other: {}", cycle.join(" → "))));
        }
        for (id, blocker) in &ready.missing {
            ctx.note(&escape::line(&format!("{id} waits for {blocker}, which is not there; it does not stop it")));
        }
        if ready.issues.is_empty() {
            ctx.note("nothing can be begun");
        }
        rows::print_ready(ctx, &store, ready)
    }
}
