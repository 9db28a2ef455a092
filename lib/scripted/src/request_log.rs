//! What was asked of the model server, for tests to look at and wait for.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;

use crate::conversation::Conversation;
use crate::dialect::Dialect;

/// What was waited for was not asked in time.
#[derive(Debug, Clone, thiserror::Error)]
#[error("timed out after {deadline:?} waiting for {what}")]
pub struct NotSeen {
    what: String,
    deadline: Duration,
}

/// How many requests are kept; older ones go.
const CAPACITY: usize = 256;

/// One request to the model server.
#[derive(Debug, Clone)]
pub struct RequestRecord {
    /// Counted from 1 on this server.
    pub number: u64,
    /// The API it used.
    pub dialect: Dialect,
    /// What it said, in common words.
    pub conversation: Conversation,
    /// The credential it carried: the `authorization`, `x-api-key` or `x-goog-api-key` header.
    pub credential: Option<String>,
    /// The whole body.
    pub body: Value,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The answer is still on its way.
    Open,
    /// The answer was sent to its end.
    Answered,
    /// Refused with this HTTP status, as scripted.
    Refused(u16),
    /// The client closed the connection before the end.
    Aborted,
}

/// The latest requests, oldest first. Clones share one log.
#[derive(Debug, Clone)]
pub struct RequestLog {
    records: Arc<Mutex<VecDeque<RequestRecord>>>,
    changed: watch::Sender<u64>,
}

impl RequestLog {
    pub(crate) fn new() -> Self {
        Self { records: Arc::default(), changed: watch::Sender::new(0) }
    }

    /// The requests so far (at most the last 256), oldest first.
    pub fn records(&self) -> Vec<RequestRecord> {
        self.locked(|records| records.iter().cloned().collect())
    }

    /// Waits until `condition` holds for the requests so far.
    ///
    /// # Errors
    /// [`NotSeen`], naming `what`, when it does not within `deadline`.
    pub async fn until(
        &self,
        what: &str,
        deadline: Duration,
        condition: impl Fn(&[RequestRecord]) -> bool,
    ) -> Result<Vec<RequestRecord>, NotSeen> {
        let mut changes = self.changed.subscribe();
        let met = async {
            loop {
                let records = self.records();
                if condition(&records) || changes.changed().await.is_err() {
                    return records;
                }
            }
        };
        tokio::time::timeout(deadline, met).await.map_err(|_| NotSeen { what: what.to_owned(), deadline })
    }

    pub(crate) fn add(&self, record: RequestRecord) {
        self.locked(|records| {
            if records.len() == CAPACITY {
                records.pop_front();
            }
            records.push_back(record);
        });
        self.changed.send_modify(|revision| *revision += 1);
    }

    pub(crate) fn finish(&self, number: u64, outcome: Outcome) {
        self.locked(|records| {
            if let Some(record) = records.iter_mut().find(|record| record.number == number) {
                record.outcome = outcome;
            }
        });
        self.changed.send_modify(|revision| *revision += 1);
    }

    fn locked<T>(&self, act: impl FnOnce(&mut VecDeque<RequestRecord>) -> T) -> T {
        act(&mut self.records.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
