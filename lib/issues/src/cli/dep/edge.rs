//! `dep block`, `unblock`, `relate`, `unrelate`.

use clap::Args;
use oqto_kit::{Ctx, Exit, Result};

use crate::Link;
use crate::cli::done::Done;
use crate::cli::open;

/// An issue and its blockers.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx dep block k7q2 --by m0ab,x1y2\n  trx dep unblock k7q2 --by m0ab")]
pub struct By {
    /// The issue
    pub(super) id: String,
    /// What it waits for
    #[arg(long, required = true, value_delimiter = ',', value_name = "ID")]
    pub(super) by: Vec<String>,
}

/// An issue and others.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx dep relate k7q2 --to m0ab\n  trx dep unrelate k7q2 --to m0ab")]
pub struct To {
    /// The issue
    pub(super) id: String,
    /// The others
    #[arg(long, required = true, value_delimiter = ',', value_name = "ID")]
    pub(super) to: Vec<String>,
}

/// What happens to the edges.
#[derive(Debug, Clone, Copy)]
pub(super) enum Change {
    Add,
    Remove,
}

pub(super) fn run(ctx: &Ctx, change: Change, link: Link, id: &str, others: &[String]) -> Result<Exit> {
    let mut store = open(ctx)?;
    let id = match change {
        Change::Add => store.link(id, link, others)?,
        Change::Remove => store.unlink(id, link, others)?,
    };
    Done::one(ctx, &store, &id)
}
