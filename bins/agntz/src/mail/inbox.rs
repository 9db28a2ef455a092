//! `agntz mail inbox`

use clap::Args;
use oqto_kit::{Ctx, Exit, Page, Report, Result, Table};
use oqto_mail::mail::{self, Filter, Importance, Item, Which};
use serde::Serialize;

use crate::failure::failed;
use crate::place::Place;

/// Arguments of `mail inbox`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  agntz mail inbox\n  agntz mail inbox --unread --limit 5 --json\n  agntz mail inbox --all --after 120\n\nListing marks mail as delivered, never as read: an agent that dies after it finds the mail again."
)]
pub(super) struct Inbox {
    /// Only what is not read; else also what waits for an acknowledgement
    #[arg(long, conflicts_with = "all")]
    unread: bool,
    /// Everything that ever came, also what is done and what died
    #[arg(long)]
    all: bool,
    /// Only what came after this number of the mailbox
    #[arg(long, value_name = "SEQ", default_value_t = 0, value_parser = clap::value_parser!(i64).range(0..))]
    after: i64,
    /// At most so many
    #[arg(long, short, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1000))]
    limit: u32,
}

impl Inbox {
    pub(super) fn run(self, ctx: &Ctx, place: &Place) -> Result<Exit> {
        let which = match (self.unread, self.all) {
            (true, _) => Which::Unread,
            (false, true) => Which::All,
            (false, false) => Which::Open,
        };
        let filter = Filter { which, after: self.after, limit: self.limit };
        let inbox = place.store.inbox(&place.actor, filter).map_err(failed)?;
        if inbox.mails.is_empty() {
            ctx.note(&format!("nothing waits for {}", oqto_kit::escape::line(&inbox.mailbox)));
        }
        if inbox.more {
            let last = inbox.mails.last().map_or(0, |mail| mail.seq);
            ctx.note(&format!("there is more: --after {last}"));
        }
        if inbox.dead > 0 {
            ctx.note(&format!("{} that you sent were never read: agntz mail dead", inbox.dead));
        }
        ctx.print(&Listed(inbox))
    }
}

#[derive(Serialize)]
#[serde(transparent)]
struct Listed(mail::Inbox);

impl Report for Listed {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["SEQ", "ID", "FROM", "SENT", "STATE", "SUBJECT"]);
        for mail in &self.0.mails {
            table.row([
                mail.seq.to_string(),
                mail.id.clone(),
                mail.from.clone(),
                mail.sent_at.to_string(),
                state(mail),
                mail.subject.clone(),
            ]);
        }
        page.table(&table)
    }
}

/// How far it has come, and what makes it special.
fn state(mail: &Item) -> String {
    let mut words = vec![mail.state.word()];
    if mail.importance != Importance::Normal {
        words.push(mail.importance.word());
    }
    if mail.ack_wanted && mail.state != mail::State::Acknowledged {
        words.push("ack wanted");
    }
    words.join(", ")
}
