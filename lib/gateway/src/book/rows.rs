//! The rows of requests, written in one transaction.

use std::collections::HashMap;

use oqto_store::error::StoreError;
use oqto_store::rusqlite::{CachedStatement, Connection, params};

use super::said;
use super::tables::{Sums, int};
use super::writing::{Begun, Settled};
use crate::keys::window::day;

/// What is to be added to the sums of keys by day.
pub(super) type Days<'a> = HashMap<(&'a str, i64), Sums>;

/// Writes rows; what they add to the sums is written by [`Rows::finish`].
pub(super) struct Rows<'db, 'a> {
    db: &'db Connection,
    begin: CachedStatement<'db>,
    forget: CachedStatement<'db>,
    settle: CachedStatement<'db>,
    days: Days<'a>,
}

impl<'db, 'a> Rows<'db, 'a> {
    pub(super) fn new(db: &'db Connection) -> Result<Self, StoreError> {
        let begin = db.prepare_cached(
            "INSERT INTO begun (request, key, at_ms, provider, account, model, api, input, cost_pico)
             VALUES (?1, ?2, ?3, ?4, '', ?5, ?6, ?7, ?8)",
        )?;
        let forget = db.prepare_cached("DELETE FROM begun WHERE request = ?1")?;
        let settle = db.prepare_cached(
            "INSERT INTO used (request, key, at_ms, provider, account, model, api, status, outcome, input, cache_read,
                 cache_write, cache_write_long, output, reasoning, estimated, cost_pico, first_ms, total_ms, why)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
        )?;
        Ok(Self { db, begin, forget, settle, days: Days::new() })
    }

    /// Notes that a request is on its way, and what it costs at the least.
    pub(super) fn begin(&mut self, row: &Begun) -> Result<(), StoreError> {
        let facts = &row.facts;
        self.begin.execute(params![
            facts.request,
            facts.key,
            facts.at_ms,
            facts.provider,
            facts.model,
            facts.api.name(),
            int(row.input),
            row.least.map(|cost| int(cost.pico())),
        ])?;
        Ok(())
    }

    /// Takes the note away that a request is on its way.
    pub(super) fn forget(&mut self, request: &str) -> Result<(), StoreError> {
        self.forget.execute([request])?;
        Ok(())
    }

    /// Writes down what a request used.
    pub(super) fn settle(&mut self, row: &'a Settled) -> Result<(), StoreError> {
        let (facts, usage) = (&row.facts, &row.usage);
        self.settle.execute(params![
            facts.request,
            facts.key,
            facts.at_ms,
            facts.provider,
            row.account,
            facts.model,
            facts.api.name(),
            row.status,
            row.outcome.name(),
            int(usage.input),
            int(usage.cache_read),
            int(usage.cache_write),
            int(usage.cache_write_long),
            int(usage.output),
            int(usage.reasoning),
            row.estimated,
            row.cost.map(|cost| int(cost.pico())),
            row.first_ms,
            row.total_ms,
            row.why,
        ])?;
        if let Some(record) = &row.record {
            said::insert(self.db, facts, &record.said())?;
        }
        let sums = self.days.entry((&facts.key, day(facts.at_ms))).or_default();
        sums.requests += 1;
        sums.tokens = sums.tokens.saturating_add(usage.total());
        sums.cost += row.cost.unwrap_or_default();
        Ok(())
    }

    /// Adds what was settled to the sums.
    pub(super) fn finish(self) -> Result<(), StoreError> {
        add_to_days(self.db, &self.days)
    }
}

pub(super) fn add_to_days(db: &Connection, days: &Days<'_>) -> Result<(), StoreError> {
    let mut add = db.prepare_cached(
        "INSERT INTO spent (key, day, requests, tokens, cost_pico) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET requests = requests + excluded.requests,
             tokens = min(tokens, 9223372036854775807 - excluded.tokens) + excluded.tokens,
             cost_pico = min(cost_pico, 9223372036854775807 - excluded.cost_pico) + excluded.cost_pico",
    )?;
    for ((key, day), sums) in days {
        add.execute(params![key, day, int(sums.requests), int(sums.tokens), int(sums.cost.pico())])?;
    }
    Ok(())
}
