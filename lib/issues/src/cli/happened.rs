//! What happened, as it is shown.

use oqto_kit::{Ctx, Exit, Result, escape};
use serde::Serialize;

use crate::Store;
use crate::event::{Change, Event};

/// Prints events, oldest first.
pub(super) fn print(ctx: &Ctx, store: &Store, mut events: Vec<Event>, limit: Option<usize>) -> Result<Exit> {
    if let Some(limit) = limit {
        events.drain(..events.len().saturating_sub(limit));
    }
    let mut lines = Vec::new();
    for event in &events {
        let changes: Vec<String> = event.changes.iter().filter(|change| !is_implied(change)).map(told).collect();
        let id = store.short(&event.issue_id)?;
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

/// What goes with another status is nothing that somebody cleared.
fn is_implied(change: &Change) -> bool {
    const OF_A_STATUS: [&str; 6] =
        ["closed_at", "close_reason", "deleted_at", "deleted_by", "delete_reason", "original_type"];
    let sets_nothing = change.from.is_none() && change.to.is_none();
    sets_nothing && OF_A_STATUS.contains(&change.field.as_str())
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
