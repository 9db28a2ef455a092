//! Forgetting: what is too old or too much, a few at a time, so that the requests of now do not wait for those of then.

use oqto_store::error::StoreError;
use oqto_store::rusqlite::Connection;

use super::tables::int;
use super::{Book, BookError, past, said};

/// Requests that are forgotten in one step.
const REQUESTS: u32 = 1000;
/// Bodies that are forgotten in one step.
const BODIES: u32 = 100;

/// For how long, and how much, is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Requests that came before this are forgotten, in milliseconds since 1970.
    pub requests_since_ms: i64,
    /// Of more requests than this the oldest are forgotten.
    pub most_requests: u64,
    /// What was said before this is forgotten.
    pub bodies_since_ms: i64,
    /// Of more bytes of what was said than this the oldest are forgotten.
    pub most_body_bytes: u64,
}

impl Book {
    /// Forgets one step of what is beyond the limits, and says how much that was: 0 when nothing is. What was used on
    /// each day stays.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn tidy(&self, limits: Limits) -> Result<usize, BookError> {
        Ok(self.writer.run(move |db| step(db, &limits)).await?)
    }
}

fn step(db: &Connection, limits: &Limits) -> Result<usize, StoreError> {
    let bodies = said::forget(db, limits.bodies_since_ms, limits.most_body_bytes, BODIES)?;
    let old = past::forget(
        db,
        "SELECT id FROM used WHERE at_ms < ?1 ORDER BY at_ms, id LIMIT ?2",
        (limits.requests_since_ms, REQUESTS),
    )?;
    // Numbers are given in order, so that the newest says how many there are at the most.
    let many = past::forget(
        db,
        "SELECT id FROM used WHERE id <= (SELECT max(id) FROM used) - ?1 ORDER BY id LIMIT ?2",
        (int(limits.most_requests), REQUESTS),
    )?;
    Ok(bodies + old + many)
}
