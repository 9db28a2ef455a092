//! What was said in requests, where it is kept: without secrets and data, and not for long.

use oqto_store::error::StoreError;
use oqto_store::rusqlite::{Connection, OptionalExtension as _, params};
use serde::Serialize;

use super::case::Facts;
use super::tables::{int, uint};
use crate::log::record;

/// What was said in a request, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// What was sent to the provider.
    pub sent: String,
    /// What it answered.
    pub heard: String,
    /// Whether something is missing at an end of them.
    pub cut: bool,
}

pub(super) fn insert(db: &Connection, facts: &Facts, said: &record::Said) -> Result<(), StoreError> {
    let bytes = said.sent.len().saturating_add(said.heard.len());
    let mut insert = db.prepare_cached(
        "INSERT OR REPLACE INTO said (request, at_ms, bytes, cut, sent, heard) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    insert.execute(params![facts.request, facts.at_ms, int(bytes as u64), said.cut, said.sent, said.heard])?;
    Ok(())
}

pub(super) fn of(db: &Connection, request: &str) -> Result<Option<Said>, StoreError> {
    let mut rows = db.prepare_cached("SELECT sent, heard, cut FROM said WHERE request = ?1")?;
    let said = rows.query_row([request], |row| Ok(Said { sent: row.get(0)?, heard: row.get(1)?, cut: row.get(2)? }));
    Ok(said.optional()?)
}

/// Deletes what is older than a moment, or more than so many bytes, the oldest first; a few at once. Says how many.
pub(super) fn forget(db: &Connection, before_ms: i64, most_bytes: u64, at_once: u32) -> Result<usize, StoreError> {
    let old = db.execute(
        "DELETE FROM said WHERE request IN (SELECT request FROM said WHERE at_ms < ?1 ORDER BY at_ms LIMIT ?2)",
        params![before_ms, at_once],
    )?;
    if old > 0 {
        return Ok(old);
    }
    let held: i64 = db.query_row("SELECT coalesce(sum(bytes), 0) FROM said", [], |row| row.get(0))?;
    let mut over = uint(held).saturating_sub(most_bytes);
    let mut oldest = db.prepare_cached("SELECT request, bytes FROM said ORDER BY at_ms, bytes LIMIT ?1")?;
    let oldest = oldest.query_map([at_once], |row| Ok((row.get::<_, String>(0)?, uint(row.get(1)?))))?;
    let mut count = 0;
    for row in oldest {
        if over == 0 {
            break;
        }
        let (request, bytes) = row?;
        count += db.execute("DELETE FROM said WHERE request = ?1", [&request])?;
        over = over.saturating_sub(bytes.max(1));
    }
    Ok(count)
}
