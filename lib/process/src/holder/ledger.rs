//! The journal, and what it is owed while it cannot be written.

use std::collections::VecDeque;
use std::error::Error as _;
use std::time::{Duration, Instant};

use crate::frames::Stall;
use crate::journal::{JournalError, Spot, Writer};
use crate::record::{Body, Kind};

const RETRY: Duration = Duration::from_millis(250);

/// Everything that happens is put here, in its order. While the journal cannot be written (a full disk) facts wait in
/// memory; the child is not read then, so there are only a few of them.
#[derive(Debug)]
pub(super) struct Ledger {
    journal: Writer,
    limit: u64,
    owed: VecDeque<Kind>,
    trouble: Option<String>,
    retry_at: Option<Instant>,
}

impl Ledger {
    pub(super) fn new(journal: Writer, limit: u64) -> Self {
        Self { journal, limit, owed: VecDeque::new(), trouble: None, retry_at: None }
    }

    pub(super) fn journal(&self) -> &Writer {
        &self.journal
    }

    /// Notes a fact, now or as soon as the journal can be written.
    pub(super) fn put(&mut self, kind: Kind) {
        if self.owed.is_empty() {
            match self.journal.append(&kind) {
                Ok(_) => return,
                Err(error) => self.note(&error),
            }
        }
        self.owed.push_back(kind);
    }

    /// Notes output without copying it, unless it must wait.
    pub(super) fn put_output(&mut self, body: Body<'_>, owned: impl FnOnce() -> Kind) {
        if self.owed.is_empty() {
            match self.journal.append_body(body) {
                Ok(_) => return,
                Err(error) => self.note(&error),
            }
        }
        self.owed.push_back(owned());
    }

    /// Notes a send. It is refused, not owed, when the journal cannot be written: its sender still has it.
    pub(super) fn put_send(&mut self, send_id: &str, bytes: &[u8]) -> Result<Spot, String> {
        if let Some(trouble) = &self.trouble {
            return Err(trouble.clone());
        }
        self.journal.append_body(Body::In { send_id, bytes }).map_err(|error| in_words(&error))
    }

    /// Writes what is owed, if it is time to try.
    pub(super) fn retry(&mut self, now: Instant) {
        if self.retry_at.is_none_or(|at| now < at) {
            return;
        }
        while let Some(kind) = self.owed.front() {
            match self.journal.append(kind) {
                Ok(_) => drop(self.owed.pop_front()),
                Err(error) => return self.note(&error),
            }
        }
        self.trouble = None;
        self.retry_at = None;
    }

    pub(super) fn retry_at(&self) -> Option<Instant> {
        self.retry_at
    }

    fn note(&mut self, error: &JournalError) {
        self.trouble = Some(in_words(error));
        self.retry_at = Some(Instant::now() + RETRY);
    }

    /// Drops what is not needed again, and has what is owed tried at once: there may be room now.
    pub(super) fn trim(&mut self, below: u64, now: Instant) -> Result<(), String> {
        let trimmed = self.journal.trim(below).map_err(|error| in_words(&error));
        if self.retry_at.is_some() {
            self.retry_at = Some(now);
            self.retry(now);
        }
        trimmed.map(drop)
    }

    /// Why nothing more may be read from the child, if so.
    pub(super) fn stall(&self) -> Option<Stall> {
        if let Some(message) = &self.trouble {
            return Some(Stall::Disk { message: message.clone() });
        }
        (self.journal.bytes() >= self.limit).then_some(Stall::Limit)
    }

    /// As [`stall`](Self::stall), only whether.
    pub(super) fn may_read(&self) -> bool {
        self.trouble.is_none() && self.journal.bytes() < self.limit
    }

    /// Whether a send of so many bytes still has room: sends go past the limit (they may be what lifts it), by as much
    /// again at most.
    pub(super) fn has_room_for(&self, bytes: usize) -> bool {
        self.journal.bytes() + bytes as u64 <= self.limit.saturating_mul(2).max(self.limit + (1 << 20))
    }
}

fn in_words(error: &JournalError) -> String {
    error.source().map_or_else(|| error.to_string(), |source| format!("{error}: {source}"))
}
