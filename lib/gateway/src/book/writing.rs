//! What the book writes down, in groups.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use oqto_store::error::StoreError;
use oqto_store::writer::Writer;
use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;

use super::case::{Facts, Outcome};
use super::queue::Queue;
use super::rows::Rows;
use crate::log::record::Record;
use crate::metrics::Metrics;
use crate::money::Money;
use crate::quota::Quota;
use crate::wire::usage::Usage;

/// The wait after a failure of the database.
const AFTER_A_FAILURE: Duration = Duration::from_secs(1);

/// One thing to write down.
#[derive(Debug)]
pub(super) enum Line {
    /// A request goes out.
    Begun(Box<Begun>),
    /// A request is over.
    Settled(Box<Settled>),
    /// What an account has left at its provider.
    Quota(Box<Quota>),
    /// Nothing: who waits for this is told when what came before is written.
    Flush(oneshot::Sender<()>),
    /// Nothing comes after this.
    End,
}

/// A request that goes out.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Begun {
    /// What is known of it.
    pub(super) facts: Arc<Facts>,
    /// Tokens that it sends.
    pub(super) input: u64,
    /// What it costs at the least.
    #[serde(with = "pico")]
    pub(super) least: Option<Money>,
}

/// What a request used.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Settled {
    pub(super) facts: Arc<Facts>,
    /// The label of the provider's account that answered.
    pub(super) account: String,
    pub(super) status: u16,
    pub(super) outcome: Outcome,
    pub(super) usage: Usage,
    pub(super) estimated: bool,
    #[serde(with = "pico")]
    pub(super) cost: Option<Money>,
    pub(super) first_ms: Option<i64>,
    pub(super) total_ms: i64,
    /// What went wrong, in one sentence without secrets.
    pub(super) why: Option<String>,
    /// What was said, where it is kept.
    #[serde(skip)]
    pub(super) record: Option<Record>,
}

/// Money to the last digit.
mod pico {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::money::Money;

    pub(super) fn serialize<S: Serializer>(money: &Option<Money>, serializer: S) -> Result<S::Ok, S::Error> {
        money.map(Money::pico).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Money>, D::Error> {
        Ok(Option::deserialize(deserializer)?.map(Money::from_pico))
    }
}

/// Who is told when something was written down.
pub(super) struct Told {
    pub(super) metrics: Arc<Metrics>,
    pub(super) clock: super::Clock,
    /// Changes with every group in which a request ended.
    pub(super) changed: tokio::sync::watch::Sender<u64>,
}

/// Writes lines until the last. A group that fails is tried again until it is written: nothing that was used is
/// forgotten, and while it cannot be written the queue fills and new requests are refused.
pub(super) async fn write(writer: Writer, queue: Arc<Queue>, told: Told) {
    loop {
        let group = Arc::new(queue.group().await);
        let ends = group.iter().any(|line| matches!(line, Line::End));
        while let Err(error) = write_group(&writer, &group).await {
            if matches!(error, StoreError::Closed) {
                return;
            }
            told.metrics.not_written();
            let reason = oqto_kit::Error::new(oqto_protocol::error::ErrorKind::Failed, "").because(error).message();
            tracing::error!(lines = group.len(), reason, "what was used cannot be written down; trying again");
            tokio::time::sleep(AFTER_A_FAILURE).await;
        }
        queue.written();
        let written = Arc::into_inner(group).unwrap_or_default();
        let settled = written.iter().filter(|line| matches!(line, Line::Settled(_))).count();
        if settled > 0 {
            told.metrics.written(settled, (told.clock)());
            told.changed.send_modify(|group| *group += 1);
        }
        for line in written {
            match line {
                Line::Flush(written) => {
                    let _ = written.send(());
                }
                Line::Begun(_) | Line::Settled(_) | Line::Quota(_) | Line::End => {}
            }
        }
        if ends {
            return;
        }
    }
}

async fn write_group(writer: &Writer, group: &Arc<Vec<Line>>) -> Result<(), StoreError> {
    if group.iter().all(|line| matches!(line, Line::Flush(_) | Line::End)) {
        return Ok(());
    }
    let group = Arc::clone(group);
    writer
        .run(move |db| {
            let (over, begun): (HashSet<_>, HashSet<_>) =
                (group.iter().filter_map(request_over).collect(), group.iter().filter_map(request_begun).collect());
            let mut rows = Rows::new(db)?;
            for line in group.iter() {
                match line {
                    // Most end within the group in which they began, and are never seen on their way.
                    Line::Begun(row) if over.contains(row.facts.request.as_str()) => {}
                    Line::Begun(row) => rows.begin(row)?,
                    Line::Settled(row) => {
                        if !begun.contains(row.facts.request.as_str()) {
                            rows.forget(&row.facts.request)?;
                        }
                        rows.settle(row)?;
                    }
                    Line::Quota(quota) => super::quotas::keep(db, quota)?,
                    Line::Flush(_) | Line::End => {}
                }
            }
            rows.finish()
        })
        .await
}

fn request_over(line: &Line) -> Option<&str> {
    match line {
        Line::Settled(settled) => Some(&settled.facts.request),
        Line::Begun(_) | Line::Quota(_) | Line::Flush(_) | Line::End => None,
    }
}

fn request_begun(line: &Line) -> Option<&str> {
    match line {
        Line::Begun(begun) => Some(&begun.facts.request),
        Line::Settled(_) | Line::Quota(_) | Line::Flush(_) | Line::End => None,
    }
}
