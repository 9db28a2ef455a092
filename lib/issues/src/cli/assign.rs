//! `assign`.

use clap::Args;
use oqto_kit::{Ctx, Exit, Result};

use super::done::Done;
use super::open;
use crate::Patch;

/// Arguments of `assign`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx assign k7q2 ada\n  trx assign k7q2 me\n  trx assign k7q2 --nobody")]
pub struct Assign {
    /// The issue
    id: String,
    /// Who; `me` is who asks
    #[arg(required_unless_present = "nobody", conflicts_with = "nobody")]
    who: Option<String>,
    /// Nobody any more
    #[arg(long)]
    nobody: bool,
}

impl Assign {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let mut store = open(ctx)?;
        let who = self.who.map(|who| if who == "me" { store.actor() } else { who });
        let patch = Patch { assignee: Some(who), ..Patch::default() };
        let id = store.update(&self.id, &patch)?;
        Done::one(ctx, &store, &id)
    }
}
