//! `agntz mail read`, `thread`, `sent` and `search`

use clap::Args;
use oqto_kit::{Ctx, Exit, Page, Report, Result, Table, escape};
use oqto_mail::mail::{Hit, Importance, Letter, Receipt};
use serde::Serialize;

use crate::failure::failed;
use crate::place::Place;

/// Arguments of `mail read`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  agntz mail read 7k2m\n  agntz mail read mail-7k2m9qx4tp mail-0c3d5e7f9h --json\n\nA mail is marked as read after it was printed: an agent that dies in between finds it unread."
)]
pub(super) struct Read {
    /// The mails, by their ids or the beginnings of them
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
}

impl Read {
    pub(super) fn run(self, ctx: &Ctx, place: &Place) -> Result<Exit> {
        let letters = place.store.letters(&place.actor, &self.ids).map_err(failed)?;
        let ids: Vec<String> = letters.iter().map(|letter| letter.id.clone()).collect();
        ctx.print(&Letters(letters))?;
        place.store.read_mail(&place.actor, &ids).map_err(failed)?;
        Ok(Exit::DONE)
    }
}

/// Arguments of `mail thread`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  agntz mail thread 7k2m --json")]
pub(super) struct Thread {
    /// A mail of it, by its id or the beginning of it
    id: String,
}

impl Thread {
    pub(super) fn run(self, ctx: &Ctx, place: &Place) -> Result<Exit> {
        ctx.print(&Letters(place.store.thread(&place.actor, &self.id).map_err(failed)?))
    }
}

/// Arguments of `mail sent`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  agntz mail sent --limit 5 --json")]
pub(super) struct SentArgs {
    /// At most so many
    #[arg(long, short, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
    limit: u32,
}

impl SentArgs {
    pub(super) fn run(self, ctx: &Ctx, place: &Place) -> Result<Exit> {
        ctx.print(&Overview(place.store.sent(&place.actor, self.limit).map_err(failed)?))
    }
}

/// Whole mails.
#[derive(Serialize)]
#[serde(transparent)]
struct Letters(Vec<Letter>);

impl Report for Letters {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        for (number, letter) in self.0.iter().enumerate() {
            if number > 0 {
                page.line("")?;
            }
            show(letter, page)?;
        }
        Ok(())
    }
}

fn show(letter: &Letter, page: &mut Page<'_>) -> Result<()> {
    let subject = page.styles().bold(&escape::line(&letter.subject));
    page.line(format_args!("{}  {subject}", letter.id))?;
    let mut fact = |name: &str, value: &str| {
        if value.is_empty() { Ok(()) } else { page.line(format_args!("{name}: {}", escape::line(value))) }
    };
    fact("from", &letter.from)?;
    fact("to", &receipts(&letter.to))?;
    fact("sent", &letter.sent_at.to_string())?;
    fact("answers", letter.reply_to.as_deref().unwrap_or_default())?;
    if letter.importance != Importance::Normal {
        fact("importance", letter.importance.word())?;
    }
    if letter.ack_wanted {
        fact("wants", &format!("agntz mail ack {}", letter.id))?;
    }
    fact("session", letter.context.session().unwrap_or_default())?;
    fact("model", letter.context.model.as_deref().unwrap_or_default())?;
    fact("attached", &letter.attachments.join(", "))?;
    if letter.body.is_empty() { Ok(()) } else { page.line(format_args!("\n{}", escape::text(letter.body.trim_end()))) }
}

fn receipts(to: &[Receipt]) -> String {
    let one = |receipt: &Receipt| match &receipt.why {
        Some(why) => format!("{} ({}: {why})", receipt.name, receipt.state.word()),
        None => format!("{} ({})", receipt.name, receipt.state.word()),
    };
    to.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Mails one a row.
#[derive(Serialize)]
#[serde(transparent)]
struct Overview(Vec<Letter>);

impl Report for Overview {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["ID", "SENT", "TO", "SUBJECT"]);
        for letter in &self.0 {
            table.row([letter.id.clone(), letter.sent_at.to_string(), receipts(&letter.to), letter.subject.clone()]);
        }
        page.table(&table)
    }
}

/// Arguments of `mail search`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  agntz mail search schema\n  agntz mail search 'deploy friday' --limit 5 --json\n\nFinds mails that you sent or got in which every word, or a word that begins so, occurs."
)]
pub(super) struct Search {
    /// The words
    #[arg(required = true, value_name = "WORD")]
    words: Vec<String>,
    /// At most so many
    #[arg(long, short, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
    limit: u32,
}

impl Search {
    pub(super) fn run(self, ctx: &Ctx, place: &Place) -> Result<Exit> {
        let hits = place.store.search(&place.actor, &self.words.join(" "), self.limit).map_err(failed)?;
        let exit = if hits.is_empty() { Exit::NOTHING_FOUND } else { Exit::DONE };
        if hits.is_empty() {
            ctx.note("nothing found");
        }
        ctx.print(&Hits(hits))?;
        Ok(exit)
    }
}

#[derive(Serialize)]
#[serde(transparent)]
struct Hits(Vec<Hit>);

impl Report for Hits {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["ID", "FROM", "SENT", "SUBJECT", "FOUND"]);
        for hit in &self.0 {
            let Hit { id, from, sent_at, subject, snippet, .. } = hit;
            table.row([id.clone(), from.clone(), sent_at.to_string(), subject.clone(), snippet.clone()]);
        }
        page.table(&table)
    }
}
