//! An issue in a list, and what to list.

use std::cmp::Ordering;

use oqto_store::rusqlite::{self, Row};

use super::Resolved;
use crate::issue::{Claim, Kind, Status};

/// In what order issues are listed; ties by time of creation, then id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The most urgent first.
    #[default]
    Priority,
    /// The oldest first.
    Created,
    /// The one that changed last, first.
    Updated,
    /// The one that was closed last, first.
    Closed,
    /// By id.
    Id,
    /// By status.
    Status,
}

/// What to list. The default is everything that is not closed.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Only these; none: all but closed ones.
    pub status: Option<Status>,
    /// Closed ones too.
    pub all: bool,
    /// Only this type.
    pub kind: Option<Kind>,
    /// Only this priority.
    pub priority: Option<u8>,
    /// Only with all these labels.
    pub labels: Vec<String>,
    /// Only what this one is to do.
    pub assignee: Option<String>,
    /// Only where title, description, notes or id has this text, whatever its case.
    pub text: Option<String>,
    /// Only what is below this issue (a whole id).
    pub below: Option<String>,
    /// Only made at or after this time, nanoseconds since 1970.
    pub created_after: Option<i64>,
    /// Only made before it.
    pub created_before: Option<i64>,
    /// The order.
    pub sort: Sort,
    /// The other way round.
    pub reverse: bool,
    /// At most so many.
    pub limit: Option<usize>,
}

/// An issue in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number in the index.
    pub(crate) n: i64,
    /// Its id.
    pub id: String,
    /// How far it is.
    pub status: Status,
    /// 0 to 4.
    pub priority: u8,
    /// What it is about.
    pub kind: Kind,
    /// One line.
    pub title: String,
    /// Nanoseconds since 1970.
    pub created: i64,
    /// Nanoseconds since 1970 of the last change.
    pub updated: i64,
    pub(super) closed: Option<i64>,
    /// Who is to do it.
    pub assignee: Option<String>,
    /// Who works on it, and until when, nanoseconds since 1970.
    pub claim: Option<(String, i64)>,
    /// Remarks.
    pub comments: u64,
}

/// What an [`Entry`] is read from: columns that are all in the index of the usual order.
pub(super) const COLUMNS: &str =
    "n, id, status, priority, kind, title, created, updated, closed, assignee, claim_by, claim_until, comments";

impl Entry {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let until: Option<i64> = row.get(11)?;
        let claim = until.map(|until| Ok::<_, rusqlite::Error>((row.get(10)?, until))).transpose()?;
        Ok(Self {
            n: row.get(0)?,
            id: row.get(1)?,
            status: Status::of_code(row.get(2)?).unwrap_or(Status::Open),
            priority: row.get(3)?,
            kind: Kind::of_code(row.get(4)?).unwrap_or(Kind::Task),
            title: row.get(5)?,
            created: row.get(6)?,
            updated: row.get(7)?,
            closed: row.get(8)?,
            assignee: row.get(9)?,
            claim,
            comments: row.get::<_, i64>(12)?.cast_unsigned(),
        })
    }

    /// Writes the interchange form `line` with what the issue hangs together with, its claim and the number of its
    /// remarks.
    pub fn write_json(&self, line: &str, resolved: &Resolved, out: &mut Vec<u8>) {
        out.extend_from_slice(line.strip_suffix('}').unwrap_or(line).as_bytes());
        resolved.write_json(out);
        if let Some((by, until)) = &self.claim {
            let claim = Claim { by: by.clone(), until: crate::time::written(*until) };
            out.extend_from_slice(b",\"claim\":");
            write(&claim, out);
        }
        if self.comments > 0 {
            out.extend_from_slice(format!(",\"comments\":{}", self.comments).as_bytes());
        }
        out.push(b'}');
    }
}

/// Writing into memory cannot fail.
pub(super) fn write(value: &impl serde::Serialize, out: &mut Vec<u8>) {
    let _ = serde_json::to_writer(out, value);
}

impl Query {
    pub(super) fn admits(&self, entry: &Entry) -> bool {
        let mine = |assignee: &String| entry.assignee.as_ref() == Some(assignee);
        self.kind.is_none_or(|kind| kind == entry.kind)
            && self.priority.is_none_or(|priority| priority == entry.priority)
            && self.assignee.as_ref().is_none_or(mine)
            && self.created_after.is_none_or(|time| entry.created >= time)
            && self.created_before.is_none_or(|time| entry.created < time)
    }

    pub(super) fn arrange(&self, found: &mut Vec<Entry>) {
        found.sort_by(|a, b| self.order(a, b));
        if self.reverse {
            found.reverse();
        }
        if let Some(limit) = self.limit {
            found.truncate(limit);
        }
    }

    fn order(&self, a: &Entry, b: &Entry) -> Ordering {
        let first = match self.sort {
            Sort::Priority => a.priority.cmp(&b.priority),
            Sort::Created => Ordering::Equal,
            Sort::Updated => b.updated.cmp(&a.updated),
            Sort::Closed => b.closed.cmp(&a.closed),
            Sort::Status => a.status.cmp(&b.status),
            Sort::Id => a.id.cmp(&b.id),
        };
        first.then(a.created.cmp(&b.created)).then_with(|| a.id.cmp(&b.id))
    }
}
