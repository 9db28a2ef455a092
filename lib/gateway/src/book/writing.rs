//! What the book writes down, in groups.

use std::time::Duration;

use oqto_store::error::StoreError;
use oqto_store::writer::Writer;
use tokio::sync::{mpsc, oneshot};

use super::case::{Facts, Outcome};
use super::tables;
use crate::money::Money;
use crate::quota::Quota;
use crate::wire::usage::Usage;

/// The most lines of one transaction.
const GROUP: usize = 512;

/// The wait after a failure of the database.
const AFTER_A_FAILURE: Duration = Duration::from_secs(1);

/// One thing to write down.
#[derive(Debug)]
pub(super) enum Line {
    /// A request of a key with a budget goes out.
    Begun {
        /// What is known of it.
        facts: Box<Facts>,
        /// Tokens that it sends.
        input: u64,
        /// What it costs at the least.
        least: Option<Money>,
        /// Told when this is on the disk.
        written: oneshot::Sender<()>,
    },
    /// A request is over.
    Settled(Box<Settled>),
    /// What an account has left at its provider.
    Quota(Box<Quota>),
    /// Nothing: who waits for this is told when what came before is written.
    Flush(oneshot::Sender<()>),
    /// Nothing comes after this.
    End,
}

/// What a request used.
#[derive(Debug, Clone)]
pub(super) struct Settled {
    pub(super) facts: Facts,
    pub(super) status: u16,
    pub(super) outcome: Outcome,
    pub(super) usage: Usage,
    pub(super) estimated: bool,
    pub(super) cost: Option<Money>,
    pub(super) first_ms: Option<i64>,
    pub(super) total_ms: i64,
}

/// Writes lines until the last. A group that fails is tried again until it is written: nothing that was used is
/// forgotten, and while it cannot be written the queue fills and new requests are refused.
pub(super) async fn write(writer: Writer, mut queue: mpsc::Receiver<Line>) {
    loop {
        let mut group = Vec::with_capacity(GROUP);
        if queue.recv_many(&mut group, GROUP).await == 0 {
            return;
        }
        let ends = group.iter().any(|line| matches!(line, Line::End));
        let group = std::sync::Arc::new(group);
        while let Err(error) = write_group(&writer, &group).await {
            if matches!(error, StoreError::Closed) {
                return;
            }
            let reason = oqto_kit::Error::new(oqto_protocol::error::ErrorKind::Failed, "").because(error).message();
            tracing::error!(lines = group.len(), reason, "what was used cannot be written down; trying again");
            tokio::time::sleep(AFTER_A_FAILURE).await;
        }
        let written = std::sync::Arc::into_inner(group).unwrap_or_default();
        for line in written {
            match line {
                Line::Flush(written) | Line::Begun { written, .. } => {
                    let _ = written.send(());
                }
                Line::Settled(_) | Line::Quota(_) | Line::End => {}
            }
        }
        if ends {
            return;
        }
    }
}

async fn write_group(writer: &Writer, group: &std::sync::Arc<Vec<Line>>) -> Result<(), StoreError> {
    if group.iter().all(|line| matches!(line, Line::Flush(_) | Line::End)) {
        return Ok(());
    }
    let group = std::sync::Arc::clone(group);
    writer
        .run(move |db| {
            for line in group.iter() {
                match line {
                    Line::Begun { facts, input, least, .. } => tables::begin(db, facts, *input, *least)?,
                    Line::Settled(settled) => tables::settle(db, settled)?,
                    Line::Quota(quota) => super::quotas::keep(db, quota)?,
                    Line::Flush(_) | Line::End => {}
                }
            }
            Ok::<_, StoreError>(())
        })
        .await
}
