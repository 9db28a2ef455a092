//! How memories are shown.

use oqto_kit::printer::{Page, Report};
use oqto_kit::{Ctx, Exit, Result, Table, escape};
use serde::Serialize;

use crate::entry::Entry;
use crate::memory::Memory;
use crate::places::Place;

/// Letters of a text that a table on a terminal shows.
const SHOWN: usize = 240;

/// Memories one a row.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Rows {
    entries: Vec<Entry>,
    #[serde(skip)]
    several: bool,
    #[serde(skip)]
    whole: bool,
}

impl Rows {
    /// `several`: of more than one store.
    pub(super) fn new(entries: Vec<Entry>, several: bool, ctx: &Ctx) -> Self {
        Self { entries, several, whole: !ctx.printer().is_terminal() }
    }
}

impl Report for Rows {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut heading = vec!["ID", "I", "CATEGORY", "CHANGED", "BY", "MEMORY"];
        if self.several {
            heading.insert(1, "STORE");
        }
        let mut table = Table::new(&heading);
        for entry in &self.entries {
            let memory = &entry.memory;
            let mut row = vec![
                memory.short_id().to_owned(),
                memory.importance.to_string(),
                memory.category.clone().unwrap_or_else(|| "-".into()),
                memory.updated_at.get(..10).unwrap_or(&memory.updated_at).to_owned(),
                entry.author.clone().unwrap_or_else(|| "-".into()),
                self.text(memory),
            ];
            if self.several {
                row.insert(1, entry.repo.clone());
            }
            table.row(row);
        }
        page.table(&table)
    }
}

impl Rows {
    fn text(&self, memory: &Memory) -> String {
        let mark = if memory.contested { "(contested) " } else { "" };
        if self.whole {
            return format!("{mark}{}", memory.content);
        }
        let line = memory.content.split_whitespace().collect::<Vec<_>>().join(" ");
        match line.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{mark}{}…", &line[..end]),
            None => format!("{mark}{line}"),
        }
    }
}

/// Memories that were changed.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Changed {
    entries: Entries,
    #[serde(skip)]
    what: &'static str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Entries {
    One(Box<Entry>),
    All(Vec<Entry>),
}

impl Changed {
    pub(super) fn one(ctx: &Ctx, what: &'static str, memory: Memory, place: &Place) -> Result<Exit> {
        ctx.print(&Self { entries: Entries::One(Box::new(Entry::new(memory, place))), what })
    }

    pub(super) fn all(ctx: &Ctx, what: &'static str, memories: Vec<Memory>, place: &Place) -> Result<Exit> {
        let entries = memories.into_iter().map(|memory| Entry::new(memory, place)).collect();
        ctx.print(&Self { entries: Entries::All(entries), what })
    }
}

impl Report for Changed {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut say = |entry: &Entry| {
            let (id, store) = (escape::line(entry.memory.short_id()), escape::line(&entry.repo));
            page.line(format!("{} {id} in {store}", self.what))
        };
        match &self.entries {
            Entries::One(entry) => say(entry),
            Entries::All(entries) => entries.iter().try_for_each(say),
        }
    }
}
