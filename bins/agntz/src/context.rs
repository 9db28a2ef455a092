//! `agntz context`: what an agent should know now, within a budget. Looking changes nothing: no mail counts as delivered
//! by it.

use clap::Args;
use jiff::Timestamp;
use oqto_issues::IssueError;
use oqto_kit::{Ctx, Exit, Page, Report, Result, escape};
use oqto_mail::mail::{Filter, Inbox, Item, Which};
use oqto_mail::reservation::Reservation;
use oqto_memory::across::Stores;
use oqto_memory::preview::{Entry, Origin, preview};
use serde::Serialize;

use crate::place::{Place, Who};

/// Bytes that count as one token.
const TOKEN: usize = 4;

/// The most mails and issues that are looked at; what is beyond is counted.
const MOST: u32 = 100;

/// Arguments of `context`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  agntz context\n  agntz context --tokens 500\n  agntz context --json\n\nUnread mail, reservations, issues that can be begun and the best memories, in this order. Mail stays undelivered."
)]
pub(crate) struct Context {
    /// At most so many tokens of text, four bytes each
    #[arg(long, value_name = "N", default_value_t = 2000, value_parser = clap::value_parser!(u32).range(1..=200_000))]
    tokens: u32,
    #[command(flatten)]
    who: Who,
}

/// What to know now.
#[derive(Serialize)]
struct Known {
    you: String,
    workspace: String,
    mail: Vec<Item>,
    reservations: Vec<Reservation>,
    ready: Vec<Ready>,
    memories: Vec<Entry>,
    /// What the budget left out, by kind.
    omitted: Omitted,
    /// What could not be looked at.
    warnings: Vec<String>,
    /// All of it as text.
    rendered: String,
    /// Tokens of the text.
    estimated_tokens: usize,
}

#[derive(Serialize, Default)]
struct Omitted {
    mail: usize,
    reservations: usize,
    ready: usize,
    memories: usize,
}

/// An issue that can be begun.
#[derive(Serialize)]
struct Ready {
    id: String,
    priority: u8,
    #[serde(rename = "type")]
    kind: String,
    title: String,
}

impl Report for Known {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        if self.rendered.is_empty() { Ok(()) } else { page.line(self.rendered.trim_end()) }
    }
}

impl Context {
    pub(crate) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let place = self.who.place(ctx)?;
        let room = usize::try_from(self.tokens).unwrap_or(usize::MAX).saturating_mul(TOKEN);
        let known = gather(ctx, &place, room);
        for warning in &known.warnings {
            ctx.printer().warn(warning);
        }
        ctx.print(&known)
    }
}

/// Text that may not grow beyond a size.
struct Paper {
    text: String,
    room: usize,
}

impl Paper {
    /// Writes a heading and as many lines as fit into `share` parts of a hundred of what is left; how many that were.
    fn section(&mut self, heading: &str, lines: impl Iterator<Item = String>, share: usize) -> usize {
        let end = self.text.len() + (self.room - self.text.len()) * share / 100;
        let mut heading = Some(format!("{}## {heading}\n", if self.text.is_empty() { "" } else { "\n" }));
        let mut written = 0;
        for line in lines {
            let piece = format!("{}- {}\n", heading.as_deref().unwrap_or_default(), escape::line(&line));
            if self.text.len() + piece.len() > end {
                break;
            }
            self.text.push_str(&piece);
            heading = None;
            written += 1;
        }
        written
    }
}

fn gather(ctx: &Ctx, place: &Place, room: usize) -> Known {
    let mut known = Known {
        you: place.actor.name.shown().to_owned(),
        workspace: place.workspace.key().to_owned(),
        mail: Vec::new(),
        reservations: Vec::new(),
        ready: Vec::new(),
        memories: Vec::new(),
        omitted: Omitted::default(),
        warnings: Vec::new(),
        rendered: String::new(),
        estimated_tokens: 0,
    };
    let mut paper = Paper { text: String::new(), room };
    let title = format!("You are {} in {}.\n", escape::line(&known.you), escape::line(&known.workspace));
    if title.len() <= room {
        paper.text.push_str(&title);
    }
    mail(place, &mut paper, &mut known);
    reservations(place, &mut paper, &mut known);
    ready(place, &mut paper, &mut known);
    memories(ctx, place, &mut paper, &mut known);
    known.rendered = paper.text;
    known.estimated_tokens = known.rendered.len().div_ceil(TOKEN);
    known
}

fn mail(place: &Place, paper: &mut Paper, known: &mut Known) {
    if !place.store.exists() {
        return;
    }
    let filter = Filter { which: Which::Open, after: 0, limit: MOST };
    match place.store.peek(&place.actor, filter) {
        Ok(Inbox { mails, unread, more, .. }) => {
            let line = |mail: &Item| {
                let ack = if mail.ack_wanted { " (acknowledge it)" } else { "" };
                format!("{} from {}: {}{ack} | {}", mail.id, mail.from, mail.subject, mail.preview)
            };
            let heading = format!("Mail: {unread} unread (agntz mail read ID)");
            let written = paper.section(&heading, mails.iter().map(line), 40);
            known.omitted.mail = mails.len() - written + usize::from(more);
            known.mail = mails.into_iter().take(written).collect();
        }
        Err(error) => known.warnings.push(format!("the mail cannot be read: {error}")),
    }
}

fn reservations(place: &Place, paper: &mut Paper, known: &mut Known) {
    if !place.store.exists() {
        return;
    }
    match place.store.reservations(Some(place.workspace.key())) {
        Ok(held) => {
            let me = place.actor.name.key();
            let line = |one: &Reservation| {
                let holder = if oqto_mail::name::fold(&one.holder) == me { "you" } else { &one.holder };
                let reason = one.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
                let until = one.expires_at;
                format!(
                    "{} by {holder} until {until} ({}, number {}){reason}",
                    one.pattern,
                    one.mode.word(),
                    one.number
                )
            };
            let written = paper.section("Reserved paths", held.iter().map(line), 40);
            known.omitted.reservations = held.len() - written;
            known.reservations = held.into_iter().take(written).collect();
        }
        Err(error) => known.warnings.push(format!("the reservations cannot be read: {error}")),
    }
}

fn ready(place: &Place, paper: &mut Paper, known: &mut Known) {
    let found = oqto_issues::Store::discover(std::path::Path::new(".")).and_then(|store| {
        let ready = store.ready(&place.acts_as(|| store.actor()))?;
        Ok(ready.issues)
    });
    match found {
        Ok(issues) => {
            let issues: Vec<Ready> = issues
                .into_iter()
                .map(|entry| Ready {
                    id: entry.id,
                    priority: entry.priority,
                    kind: entry.kind.to_string(),
                    title: entry.title,
                })
                .collect();
            let line = |issue: &Ready| format!("{} P{} {} {}", issue.id, issue.priority, issue.kind, issue.title);
            let heading = format!("Issues that can be begun: {} (agntz issues claim ID)", issues.len());
            let written = paper.section(&heading, issues.iter().map(line), 60);
            known.omitted.ready = issues.len() - written;
            known.ready = issues.into_iter().take(written).collect();
        }
        Err(IssueError::NoStore { .. }) => {}
        Err(error) => known.warnings.push(format!("the issues cannot be read: {error}")),
    }
}

/// The best of the workspace's store and of the person's, in what room is left.
fn memories(ctx: &Ctx, place: &Place, paper: &mut Paper, known: &mut Known) {
    let here = match oqto_memory::cli::here(ctx) {
        Ok(here) => here,
        Err(error) => return known.warnings.push(format!("the memories cannot be read: {}", error.message())),
    };
    let places = [here.places.workspace(), here.places.user()].into_iter().filter(|place| place.exists()).collect();
    let stores = Stores::open(places);
    for (place, error) in &stores.failed {
        known.warnings.push(format!("the memories of {} cannot be read: {error}", place.name));
    }
    let mut origins = Vec::new();
    for (place, store) in &stores.open {
        match store.list() {
            Ok(memories) => origins.push(Origin { name: place.name.clone(), scope: place.scope.word(), memories }),
            Err(error) => known.warnings.push(format!("the memories of {} cannot be read: {error}", place.name)),
        }
    }
    let context = &place.actor.context;
    let host = || rustix::system::uname().nodename().to_string_lossy().into_owned();
    let machine = context.machine_id.clone().or_else(|| context.node_hostname.clone()).unwrap_or_else(host);
    // A line feed parts it from what is above, and escaping may lengthen it.
    let left = (paper.room - paper.text.len()).saturating_sub(1);
    let chosen = preview(&origins, left / TOKEN, Some(&machine), Timestamp::now());
    let text = escape::text(&chosen.rendered);
    if chosen.rendered.is_empty() || text.len() > left {
        known.omitted.memories = chosen.omitted + chosen.entries.len();
        return;
    }
    if !paper.text.is_empty() {
        paper.text.push('\n');
    }
    paper.text.push_str(&text);
    known.omitted.memories = chosen.omitted;
    known.memories = chosen.entries;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_within_its_room() {
        for room in 0..200 {
            let mut paper = Paper { text: String::new(), room };
            let lines = ["kürzer", "eine längere Zeile, 日本語", "x\u{1b}[2J"].map(str::to_owned);
            for share in [40, 100] {
                let written = paper.section("Things", lines.iter().cloned(), share);
                assert!(written <= lines.len() && paper.text.len() <= room, "{room}: {}", paper.text);
            }
            assert!(!paper.text.contains('\u{1b}'));
        }
    }
}
