//! `doctor`.

use std::path::Path;

use clap::Args;
use oqto_kit::{Ctx, Exit, Result, Told, escape};
use oqto_store::ledger::Aside;
use serde::Serialize;

use crate::Store;

/// Arguments of `doctor`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  trx doctor\n  trx doctor --fix\n\nExit code 1: something is not well. Lines that no program can read (torn, markers of a merge) cost nothing but themselves;\n--fix moves them into a file of the same name with `.damaged` after it, byte for byte."
)]
pub struct Doctor {
    /// Move lines that nobody can read aside, and add what is missing in .trx/.gitattributes
    #[arg(long, alias = "mend")]
    fix: bool,
}

#[derive(Serialize)]
struct Checked {
    damage: Vec<String>,
    cycles: Vec<Vec<String>>,
    missing: Vec<(String, String)>,
    /// Whether git joins the files of two branches by itself.
    joined_by_git: bool,
    /// What `--fix` moved.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    moved: Vec<Aside>,
}

impl Doctor {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let mut store = Store::discover(Path::new("."))?;
        let moved = if self.fix { fix(ctx, &mut store)? } else { Vec::new() };
        let ready = store.ready(&store.actor())?;
        let damage: Vec<String> = store.damage()?.iter().map(ToString::to_string).collect();
        let mut text = damage.clone();
        match (damage.is_empty(), self.fix) {
            (true, _) => {}
            (false, false) => text.push("`doctor --fix` moves what no program can read into a file beside".into()),
            (false, true) => text.push("these lines are JSON, which stays: mend or remove them by hand".into()),
        }
        text.extend(ready.cycles.iter().map(|cycle| format!("these wait for each other: {}", cycle.join(" → "))));
        text.extend(ready.missing.iter().map(|(id, blocker)| format!("{id} waits for {blocker}, which is not there")));
        let joined_by_git = store.has_attributes();
        if !joined_by_git {
            text.push("git is not told to join these files line by line; `doctor --fix` does it".into());
        }
        let fine = text.is_empty();
        let text = if fine { "all is well".into() } else { text.join("\n") };
        ctx.print(&Told {
            value: Checked { damage, cycles: ready.cycles, missing: ready.missing, joined_by_git, moved },
            text,
        })?;
        Ok(if fine { Exit::DONE } else { Exit::code(1) })
    }
}

fn fix(ctx: &Ctx, store: &mut Store) -> Result<Vec<Aside>> {
    let moved = store.mend()?;
    for Aside { file, aside, lines } in &moved {
        let told = format!("moved {lines} lines from {} to {}", file.display(), aside.display());
        ctx.note(&escape::line(&told));
    }
    if store.set_attributes()? {
        ctx.note("added lines to .trx/.gitattributes");
    }
    Ok(moved)
}
