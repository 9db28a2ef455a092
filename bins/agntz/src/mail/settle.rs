//! `agntz mail ack`, `dead` and `leave`

use clap::Args;
use oqto_kit::{Ctx, Exit, Page, Report, Result, Table};
use oqto_mail::mail::{Acknowledged, DeadLetter, Gone};
use serde::Serialize;

use crate::failure::failed;
use crate::place::Place;

/// Arguments of `mail ack`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  agntz mail ack 7k2m\n  agntz mail ack 7k2m 0c3d --json")]
pub(super) struct Ack {
    /// The mails, by their ids or the beginnings of them
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
}

impl Ack {
    pub(super) fn run(self, ctx: &Ctx, place: &Place) -> Result<Exit> {
        ctx.print(&Done(place.store.acknowledge(&place.actor, &self.ids).map_err(failed)?))
    }
}

#[derive(Serialize)]
#[serde(transparent)]
struct Done(Vec<Acknowledged>);

impl Report for Done {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        self.0.iter().try_for_each(|done| {
            let again = if done.again { " (it was before)" } else { "" };
            page.line(format_args!("{} acknowledged{again}", done.id))
        })
    }
}

/// Arguments of `mail dead`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  agntz mail dead --json")]
pub(super) struct Dead {
    /// At most so many
    #[arg(long, short, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1000))]
    limit: u32,
}

impl Dead {
    pub(super) fn run(self, ctx: &Ctx, place: &Place) -> Result<Exit> {
        let letters = place.store.dead(&place.actor, self.limit).map_err(failed)?;
        if letters.is_empty() {
            ctx.note("no mail died unread");
        }
        ctx.print(&DeadLetters(letters))
    }
}

#[derive(Serialize)]
#[serde(transparent)]
struct DeadLetters(Vec<DeadLetter>);

impl Report for DeadLetters {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["ID", "FROM", "TO", "DIED", "WHY", "SUBJECT"]);
        for letter in &self.0 {
            let DeadLetter { id, from, to, subject, why, died_at, .. } = letter;
            table.row([id.clone(), from.clone(), to.clone(), died_at.to_string(), why.clone(), subject.clone()]);
        }
        page.table(&table)
    }
}

/// Arguments of `mail leave`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  agntz mail leave\n\nWhat is unread dies visibly to its senders, later mail is refused, and what you reserved anywhere is free.\nWhatever you do next opens the mailbox again."
)]
pub(super) struct Leave {}

impl Leave {
    pub(super) fn run(self, ctx: &Ctx, place: &Place) -> Result<Exit> {
        ctx.print(&Left(place.store.leave(&place.actor).map_err(failed)?))
    }
}

#[derive(Serialize)]
#[serde(transparent)]
struct Left(Gone);

impl Report for Left {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let Gone { mails, reservations } = self.0;
        page.line(format_args!("left: {mails} mails die unread, {reservations} reservations are free"))
    }
}
