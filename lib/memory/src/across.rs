//! Searching and listing several stores as one.

use jiff::Timestamp;
use oqto_protocol::agent_context::AgentContext;

use crate::entry::Entry;
use crate::error::MemoryError;
use crate::memory::Memory;
use crate::places::Place;
use crate::store::{Order, Store};

/// How many of one store are looked at when conditions leave some out.
const LOOKED_AT: usize = 200;

/// Conditions; the default leaves out only what expired.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// One of these categories; none: any.
    pub categories: Vec<String>,
    /// All of these tags.
    pub tags: Vec<String>,
    /// `episodic`, `semantic` or `procedural`.
    pub memory_type: Option<String>,
    /// At least so important.
    pub importance: Option<u8>,
    /// Made by this author.
    pub author: Option<String>,
    /// Only what is contested.
    pub contested: Option<Contested>,
    /// Also what expired.
    pub expired: Option<Expired>,
}

/// Only what is contested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contested;

/// Also what expired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expired;

impl Wanted {
    /// Whether a memory meets the conditions at `now`. Categories, tags and authors are compared without case.
    #[must_use]
    pub fn fits(&self, memory: &Memory, now: Timestamp) -> bool {
        let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
        let category = |category: &String| memory.category.as_deref().is_some_and(|known| same(known, category));
        let has = |tag: &String| memory.tags.iter().any(|known| same(known, tag));
        let author = || crate::entry::author(&memory.agent_ctx);
        (self.categories.is_empty() || self.categories.iter().any(category))
            && self.tags.iter().all(has)
            && self.memory_type.as_ref().is_none_or(|kind| *kind == memory.memory_type)
            && self.importance.is_none_or(|least| memory.importance >= least)
            && self.author.as_deref().is_none_or(|wanted| author().is_some_and(|known| same(&known, wanted)))
            && (self.contested.is_none() || memory.contested)
            && (self.expired.is_some() || !memory.is_expired(now))
    }
}

/// Several open stores, and those that could not be opened.
#[derive(Debug, Default)]
pub struct Stores {
    /// Those that are open.
    pub open: Vec<(Place, Store)>,
    /// Why others are not.
    pub failed: Vec<(Place, MemoryError)>,
}

impl Stores {
    /// Opens them for reading.
    #[must_use]
    pub fn open(places: Vec<Place>) -> Self {
        let mut stores = Self::default();
        for place in places {
            match Store::open(&place.ledger, AgentContext::default()) {
                Ok(store) => stores.open.push((place, store)),
                Err(error) => stores.failed.push((place, error)),
            }
        }
        stores
    }

    /// The best `limit` answers of all of them.
    ///
    /// # Errors
    /// When an index cannot be read.
    pub fn search(
        &self,
        question: &str,
        wanted: &Wanted,
        limit: usize,
        now: Timestamp,
    ) -> Result<Vec<Entry>, MemoryError> {
        let looked_at = if *wanted == Wanted::default() { limit } else { LOOKED_AT.max(limit) };
        let mut found = Vec::new();
        for (place, store) in &self.open {
            let hits = store.search(question, looked_at, now)?;
            let fitting = hits.into_iter().filter(|hit| wanted.fits(&hit.memory, now));
            found.extend(fitting.map(|hit| Entry { score: Some(hit.score), ..Entry::new(hit.memory, place) }));
        }
        found.sort_by(|a, b| {
            let by_score = b.score.unwrap_or(0.0).total_cmp(&a.score.unwrap_or(0.0));
            by_score.then_with(|| a.memory.memory_id.cmp(&b.memory.memory_id)).then_with(|| a.repo.cmp(&b.repo))
        });
        // One memory may be in two stores, after an import.
        found.dedup_by(|later, earlier| {
            later.memory.memory_id == earlier.memory.memory_id && later.score == earlier.score
        });
        found.truncate(limit);
        Ok(found)
    }

    /// The first `limit` in an order that meet the conditions.
    ///
    /// # Errors
    /// When an index cannot be read.
    pub fn list(&self, wanted: &Wanted, order: Order, limit: usize, now: Timestamp) -> Result<Vec<Entry>, MemoryError> {
        let mut found = Vec::new();
        for (place, store) in &self.open {
            let memories = store.first(order, limit, |memory| wanted.fits(memory, now))?;
            found.extend(memories.into_iter().map(|memory| Entry::new(memory, place)));
        }
        if self.open.len() > 1 {
            found.sort_by(|a, b| order.compare(&a.memory, &b.memory).then_with(|| a.repo.cmp(&b.repo)));
            found.truncate(limit);
        }
        Ok(found)
    }
}
