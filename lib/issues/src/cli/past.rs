//! What happened.

use clap::Args;
use oqto_kit::{Ctx, Exit, Result, escape};
use serde::Serialize;

use super::print::{Told, when};
use super::{failed, open};
use crate::Store;
use crate::event::{Change, Event};

/// Arguments of `history`.
#[derive(Args, Debug)]
pub struct History {
    /// The issue
    id: String,
    /// The last so many
    #[arg(long, short, value_name = "N")]
    limit: Option<usize>,
}

impl History {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let store = open(ctx)?;
        let id = store.resolve(&self.id).map_err(failed)?;
        let events = store.events(|event| event.issue_id == id).map_err(failed)?;
        print(ctx, &store, events, self.limit)
    }
}

/// Arguments of `log`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx log --since 1d\n  trx log --action closed --json")]
pub struct Log {
    /// Only of this session
    #[arg(long)]
    session: Option<String>,
    /// Only by this person
    #[arg(long)]
    user: Option<String>,
    /// Only this: created, updated, closed, …
    #[arg(long)]
    action: Option<String>,
    /// Only of this issue
    #[arg(long, value_name = "ID")]
    issue: Option<String>,
    /// Only since then: a date, a time, or how long ago
    #[arg(long, value_name = "TIME", value_parser = when)]
    since: Option<i64>,
    /// Only before then
    #[arg(long, value_name = "TIME", value_parser = when)]
    until: Option<i64>,
    /// The last so many
    #[arg(long, short, value_name = "N")]
    limit: Option<usize>,
}

impl Log {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let store = open(ctx)?;
        let id = self.issue.as_deref().map(|typed| store.resolve(typed)).transpose().map_err(failed)?;
        let events = store.events(|event| {
            let at = crate::time::nanoseconds(&event.timestamp).unwrap_or(0);
            self.session.as_deref().is_none_or(|session| event.session() == session)
                && self.user.as_ref().is_none_or(|user| event.user_id.as_ref() == Some(user))
                && self.action.as_ref().is_none_or(|action| event.action == *action)
                && id.as_ref().is_none_or(|id| event.issue_id == *id)
                && self.since.is_none_or(|since| at >= since)
                && self.until.is_none_or(|until| at < until)
        });
        print(ctx, &store, events.map_err(failed)?, self.limit)
    }
}

fn print(ctx: &Ctx, store: &Store, mut events: Vec<Event>, limit: Option<usize>) -> Result<Exit> {
    if let Some(limit) = limit {
        events.drain(..events.len().saturating_sub(limit));
    }
    let mut lines = Vec::new();
    for event in &events {
        let changes: Vec<String> = event.changes.iter().map(told).collect();
        let id = store.short(&event.issue_id).map_err(failed)?;
        let who = event.user_id.as_deref().or(Some(event.session())).unwrap_or("-");
        lines.push(format!("{} {id} {} {who} {}", event.timestamp, event.action, changes.join("; ")));
    }
    let text = lines.iter().map(|line| escape::line(line.trim_end()).into_owned()).collect::<Vec<_>>().join("\n");
    ctx.print(&List { events, text })
}

#[derive(Serialize)]
#[serde(transparent)]
struct List {
    events: Vec<Event>,
    #[serde(skip)]
    text: String,
}

impl oqto_kit::Report for List {
    fn people(&self, page: &mut oqto_kit::Page<'_>) -> Result<()> {
        if self.text.is_empty() { Ok(()) } else { page.line(&self.text) }
    }
}

fn told(change: &Change) -> String {
    let mut said = change.field.clone();
    if let Some(to) = &change.to {
        let short: String = to.get().chars().take(60).collect();
        said.push_str(&format!("={short}"));
    } else if change.add.is_empty() && change.remove.is_empty() {
        said.push_str(" cleared");
    }
    let name = |member: &serde_json::Value| match (member["depends_on_id"].as_str(), member.as_str()) {
        (Some(target), _) => format!("{} {target}", member["type"].as_str().unwrap_or("")),
        (None, Some(text)) => text.to_owned(),
        (None, None) => member["text"].as_str().unwrap_or("…").chars().take(60).collect(),
    };
    for (sign, members) in [('+', &change.add), ('-', &change.remove)] {
        for member in members {
            said.push_str(&format!(" {sign}{}", name(member)));
        }
    }
    said
}

/// Arguments of `stats`.
#[derive(Args, Debug)]
pub struct Stats {}

impl Stats {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let store = open(ctx)?;
        let counts = store.counts().map_err(failed)?;
        let words = |map: &std::collections::BTreeMap<String, u64>, sign: &str| {
            map.iter().map(|(name, number)| format!("{sign}{name} {number}")).collect::<Vec<_>>().join(", ")
        };
        let text = format!(
            "{} issues: {}\nnot closed: {}\n            {}\nready: {}",
            counts.total,
            words(&counts.status, ""),
            words(&counts.kind, ""),
            words(&counts.priority, "P"),
            counts.ready
        );
        ctx.print(&Told { value: counts, text })
    }
}
