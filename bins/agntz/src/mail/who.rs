//! `agntz mail who`

use clap::Args;
use oqto_kit::{Ctx, Exit, Page, Report, Result, Table};
use oqto_mail::party::Known;
use serde::Serialize;

use crate::failure::failed;
use crate::place::Place;

/// Arguments of `mail who`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  agntz mail who\n  agntz mail who --everywhere --json")]
pub(super) struct WhoArgs {
    /// Of all workspaces, not only of this one
    #[arg(long)]
    everywhere: bool,
}

impl WhoArgs {
    pub(super) fn run(self, ctx: &Ctx, place: &Place) -> Result<Exit> {
        let here = (!self.everywhere).then(|| place.workspace.key());
        let known = place.store.known(here).map_err(failed)?;
        ctx.note(&format!("you are {}", oqto_kit::escape::line(place.actor.name.shown())));
        ctx.print(&People { you: place.actor.name.shown().to_owned(), known })
    }
}

#[derive(Serialize)]
struct People {
    you: String,
    known: Vec<Known>,
}

impl Report for People {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["NAME", "SEEN", "UNREAD", ""]);
        for known in &self.known {
            let seen = known.seen_at.map_or_else(|| "never".to_owned(), |time| time.to_string());
            let left = known.left_at.map_or_else(String::new, |time| format!("left {time}"));
            table.row([known.name.clone(), seen, known.unread.to_string(), left]);
        }
        page.table(&table)
    }
}
