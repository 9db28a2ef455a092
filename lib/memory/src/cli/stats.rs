//! Numbers of a store.

use std::collections::BTreeMap;

use clap::Args;
use jiff::Timestamp;
use oqto_kit::{Ctx, Exit, Result, Told, escape};
use oqto_store::ledger::Damage;
use serde::Serialize;

use super::failed;
use super::stores::{Which, here, open_all};
use crate::places::{Place, Scope};
use crate::store::Store;

/// Arguments of `stats`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  agntz memory stats\n  agntz memory stats --all --json")]
pub struct Stats {
    #[command(flatten)]
    which: Which,
}

#[derive(Serialize)]
struct Numbers {
    store: String,
    scope: Scope,
    path: String,
    bytes: u64,
    memories: usize,
    contested: usize,
    expired: usize,
    by_category: BTreeMap<String, usize>,
    by_importance: BTreeMap<u8, usize>,
    by_author: BTreeMap<String, usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_change: Option<String>,
    damage: Vec<Damage>,
}

#[derive(Serialize)]
struct AllNumbers {
    stores: Vec<Numbers>,
    memories: usize,
}

impl Stats {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let stores = open_all(ctx, self.which.places(ctx, &here(ctx)?.places)?)?;
        let mut numbers = Vec::new();
        for (place, store) in &stores.open {
            numbers.push(Numbers::of(place, store)?);
        }
        let text = numbers.iter().map(Numbers::text).collect::<Vec<_>>().join("\n");
        let memories = numbers.iter().map(|one| one.memories).sum();
        ctx.print(&Told { value: AllNumbers { stores: numbers, memories }, text })
    }
}

impl Numbers {
    fn of(place: &Place, store: &Store) -> Result<Self> {
        let now = Timestamp::now();
        let memories = store.list().map_err(failed)?;
        let mut numbers = Self {
            store: place.name.clone(),
            scope: place.scope,
            path: place.ledger.display().to_string(),
            bytes: std::fs::metadata(&place.ledger).map(|found| found.len()).unwrap_or(0),
            memories: memories.len(),
            contested: memories.iter().filter(|memory| memory.contested).count(),
            expired: memories.iter().filter(|memory| memory.is_expired(now)).count(),
            by_category: BTreeMap::new(),
            by_importance: BTreeMap::new(),
            by_author: BTreeMap::new(),
            last_change: memories.first().map(|memory| memory.updated_at.clone()),
            damage: store.damage().map_err(failed)?,
        };
        for memory in memories {
            let author = crate::entry::author(&memory.agent_ctx).unwrap_or_else(|| "-".into());
            *numbers.by_category.entry(memory.category.unwrap_or_else(|| "-".into())).or_default() += 1;
            *numbers.by_importance.entry(memory.importance).or_default() += 1;
            *numbers.by_author.entry(author).or_default() += 1;
        }
        Ok(numbers)
    }

    fn text(&self) -> String {
        let list = |counts: Vec<(String, usize)>| {
            counts.iter().map(|(name, count)| format!("{} {count}", escape::line(name))).collect::<Vec<_>>().join(", ")
        };
        let named = |counts: &BTreeMap<String, usize>| list(counts.iter().map(|(k, n)| (k.clone(), *n)).collect());
        let many = if self.memories == 1 { "memory" } else { "memories" };
        let mut text = format!("{}: {} {many}", escape::line(&self.store), self.memories);
        for (count, what) in
            [(self.contested, "contested"), (self.expired, "expired"), (self.damage.len(), "bad lines")]
        {
            if count > 0 {
                text.push_str(&format!(", {count} {what}"));
            }
        }
        text.push_str(&format!("\nledger: {} ({} bytes)\n", escape::line(&self.path), self.bytes));
        if self.memories > 0 {
            let importance = list(self.by_importance.iter().rev().map(|(k, n)| (format!("{k} ×"), *n)).collect());
            text.push_str(&format!("categories: {}\n", named(&self.by_category)));
            text.push_str(&format!("importance: {importance}\nauthors: {}\n", named(&self.by_author)));
        }
        text
    }
}
