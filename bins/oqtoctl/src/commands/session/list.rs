//! `oqtoctl session list`.

use crate::listing::{self, Listing};
use crate::place::Place;
use oqto_kit::{Ctx, Exit, Result};
use oqto_protocol::command::SessionList;

/// List sessions, the last used first
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Only of this workspace
    #[arg(long, value_name = "PATH")]
    workspace: Option<String>,
    /// At most this many of each runner
    #[arg(long, short, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    limit: u32,
}

pub(crate) fn run(ctx: &Ctx, place: &Place, args: &Args) -> Result<Exit> {
    let filter = SessionList { workspace: args.workspace.clone(), limit: Some(args.limit), ..SessionList::default() };
    let all = ctx.block_on(async { place.connect(ctx).await?.sessions(&filter).await })?;
    listing::warn(ctx, &all.unreachable);
    if all.rows.is_empty() {
        ctx.note("no sessions yet; begin one: oqtoctl ask @@main \"…\"");
    }
    ctx.print(&Listing { sessions: all.rows, unreachable: all.unreachable })
}
