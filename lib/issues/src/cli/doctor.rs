//! `doctor`.

use std::path::Path;

use clap::Args;
use oqto_kit::{Ctx, Exit, Result};
use serde::Serialize;

use super::told::Told;
use crate::Store;

/// Arguments of `doctor`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx doctor\n  trx doctor --fix\n\nExit code 1: something is not well.")]
pub struct Doctor {
    /// Add what is missing in .trx/.gitattributes
    #[arg(long)]
    fix: bool,
}

#[derive(Serialize)]
struct Checked {
    damage: Vec<String>,
    cycles: Vec<Vec<String>>,
    missing: Vec<(String, String)>,
    /// Whether git joins the files of two branches by itself.
    joined_by_git: bool,
}

impl Doctor {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let store = Store::discover(Path::new("."))?;
        if self.fix && store.set_attributes()? {
            ctx.note("added lines to .trx/.gitattributes; `trx sync` commits them");
        }
        let ready = store.ready(&store.actor())?;
        let damage: Vec<String> = store.damage()?.iter().map(ToString::to_string).collect();
        let mut text = damage.clone();
        text.extend(ready.cycles.iter().map(|cycle| format!("these wait for each other: {}", cycle.join(" → "))));
        text.extend(ready.missing.iter().map(|(id, blocker)| format!("{id} waits for {blocker}, which is not there")));
        let joined_by_git = store.has_attributes();
        if !joined_by_git {
            text.push("git is not told to join these files line by line; `trx doctor --fix` does it".into());
        }
        let fine = text.is_empty();
        let text = if fine { "all is well".into() } else { text.join("\n") };
        ctx.print(&Told {
            value: Checked { damage, cycles: ready.cycles, missing: ready.missing, joined_by_git },
            text,
        })?;
        Ok(if fine { Exit::DONE } else { Exit::code(1) })
    }
}
