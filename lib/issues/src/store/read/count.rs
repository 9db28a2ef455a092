//! How many there are.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::Store;
use crate::error::Result;
use crate::issue::{Kind, Status};
use crate::shape;

/// How many there are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All but deleted ones.
    pub total: u64,
    /// By status.
    pub status: BTreeMap<String, u64>,
    /// By type, of those that are not closed.
    pub kind: BTreeMap<String, u64>,
    /// By priority, of those that are not closed.
    pub priority: BTreeMap<String, u64>,
    /// That can be begun.
    pub ready: u64,
}

impl Store {
    /// How many there are.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn counts(&self) -> Result<Counts> {
        let mut counts = Counts::default();
        let mut select = self
            .db()
            .prepare_cached("SELECT status, kind, priority, count(*) FROM issue WHERE done <= ?1 GROUP BY 1, 2, 3")?;
        let mut rows = select.query([shape::CLOSED])?;
        while let Some(row) = rows.next()? {
            let (status, kind) = (Status::of_code(row.get(0)?), Kind::of_code(row.get(1)?));
            let (Some(status), Some(kind)) = (status, kind) else { continue };
            let number = row.get::<_, i64>(3)?.cast_unsigned();
            counts.total += number;
            if status != Status::Closed {
                *counts.kind.entry(kind.to_string()).or_default() += number;
                *counts.priority.entry(row.get::<_, i64>(2)?.to_string()).or_default() += number;
            }
            *counts.status.entry(status.to_string()).or_default() += number;
        }
        counts.ready = self.ready(&self.actor())?.issues.len() as u64;
        Ok(counts)
    }
}
