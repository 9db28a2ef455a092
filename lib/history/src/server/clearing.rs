//! Clearing up in the background: what is left of deleted conversations, and the blobs that nothing names any more. A
//! little at a time, so that appends hardly notice.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::history::History;
use crate::blobs::{Blobs, Unused};
use crate::error::HistoryError;
use crate::rows::blob_ref;
use crate::write::{Cleared, clear_some};

/// How many blobs are looked at in one job of the writer.
const BLOBS: usize = 64;
/// How often blobs are looked at again that were too young.
const AGAIN: Duration = Duration::from_secs(10 * 60);
/// How often every blob is looked at.
const ALL: Duration = Duration::from_secs(24 * 60 * 60);
/// How long a blob is kept that nothing has named: an upload may wait for its prompt.
const UPLOADED: Duration = Duration::from_secs(24 * 60 * 60);

/// Clears up until the service ends.
pub(super) async fn keep_clear(history: Arc<History>, stop: CancellationToken) {
    let mut clearing = Clearing { history, young: Vec::new() };
    let (mut again, mut all) = (tokio::time::interval(AGAIN), tokio::time::interval(ALL));
    loop {
        let done = tokio::select! {
            () = stop.cancelled() => return,
            done = clearing.step(&mut again, &mut all) => done,
        };
        match done {
            Ok(()) => {}
            Err(HistoryError::Unavailable(_)) => return,
            // What was not cleared up is tried again: by the next deletion, in a while, or at the next start.
            Err(error) => tracing::warn!(%error, "clearing up after deletions has failed"),
        }
    }
}

struct Clearing {
    history: Arc<History>,
    /// Blobs that may be named yet.
    young: Vec<String>,
}

impl Clearing {
    async fn step(
        &mut self,
        again: &mut tokio::time::Interval,
        all: &mut tokio::time::Interval,
    ) -> Result<(), HistoryError> {
        let history = Arc::clone(&self.history);
        tokio::select! {
            () = history.clearing.notified() => self.conversations().await,
            _ = again.tick() => {
                self.conversations().await?;
                let young = std::mem::take(&mut self.young);
                self.blobs(young, Duration::ZERO).await
            }
            _ = all.tick() => self.unnamed().await,
        }
    }

    /// Removes what is left of deleted conversations.
    async fn conversations(&mut self) -> Result<(), HistoryError> {
        loop {
            let began = Instant::now();
            let bell = self.history.indexer.bell();
            let after = move |cleared: &Cleared, _: &_| {
                // What was indexed after its deletion goes as well.
                if let Cleared::Whole { conversation, .. } = cleared {
                    bell.deleted(*conversation);
                }
            };
            match self.history.change(clear_some, after).await? {
                Cleared::Nothing => return Ok(()),
                Cleared::Some => {}
                Cleared::Whole { blobs, .. } => self.blobs(blobs, Duration::ZERO).await?,
            }
            // Half of the time is everybody else's.
            tokio::time::sleep(began.elapsed()).await;
        }
    }

    /// Removes those of the blobs that nothing names and that are old enough.
    async fn blobs(&mut self, blobs: Vec<String>, age: Duration) -> Result<(), HistoryError> {
        for some in blobs.chunks(BLOBS) {
            let (some, blobs) = (some.to_vec(), self.history.blobs.clone());
            let young = self.history.look(move |db| remove(db, &blobs, some, age)).await?;
            if age.is_zero() {
                self.young.extend(young);
            }
        }
        Ok(())
    }

    /// Removes every blob that nothing names, and what was left of storing some.
    async fn unnamed(&mut self) -> Result<(), HistoryError> {
        let blobs = self.history.blobs.clone();
        let listed = move || {
            blobs.remove_broken(UPLOADED);
            blobs.all().into_iter().map(|blob| blob.sha256).collect()
        };
        let all = tokio::task::spawn_blocking(listed).await;
        self.blobs(all.map_err(|error| HistoryError::Internal(error.to_string()))?, UPLOADED).await
    }
}

/// Removes blobs on the writer's thread: no entry can name one meanwhile. Gives those that are too young.
fn remove(
    db: &oqto_store::rusqlite::Connection,
    blobs: &Blobs,
    some: Vec<String>,
    age: Duration,
) -> Result<Vec<String>, HistoryError> {
    let mut young = Vec::new();
    for sha256 in some {
        if !blob_ref::is_named(db, &sha256)? && blobs.remove_unused(&sha256, age)? == Unused::TooYoung {
            young.push(sha256);
        }
    }
    Ok(young)
}
