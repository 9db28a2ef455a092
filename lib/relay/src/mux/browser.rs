//! A WebSocket's own duties: pings, liveness, close codes.

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use bytes::Bytes;
use futures_util::SinkExt as _;
use futures_util::stream::SplitSink;
use oqto_wire::Outbox;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::time::{Instant, MissedTickBehavior};

/// How often the page is pinged.
pub(super) const PING_EVERY: Duration = Duration::from_secs(10);

/// A connection from which nothing came for so long is dead: half-open, or its page is stopped.
pub(super) const DEAD_AFTER: Duration = Duration::from_secs(20);

/// When something last came from the page.
#[derive(Clone, Debug)]
pub(super) struct LastSeen {
    start: Instant,
    millis: Arc<AtomicU64>,
}

impl LastSeen {
    pub(super) fn now() -> Self {
        Self { start: Instant::now(), millis: Arc::default() }
    }

    pub(super) fn touch(&self) {
        let since = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.millis.store(since, Ordering::Relaxed);
    }

    /// Comes back when nothing has come for [`DEAD_AFTER`].
    pub(super) async fn dead(&self) {
        loop {
            let last = self.start + Duration::from_millis(self.millis.load(Ordering::Relaxed));
            if last.elapsed() >= DEAD_AFTER {
                return;
            }
            tokio::time::sleep_until(last + DEAD_AFTER).await;
        }
    }
}

/// Writes what is queued and pings in between, until the queue ends or the connection fails.
pub(super) async fn write(outbox: &mut Outbox, sink: &mut SplitSink<WebSocket, Message>) -> Result<(), axum::Error> {
    let mut ping = tokio::time::interval_at(Instant::now() + PING_EVERY, PING_EVERY);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut batch = Vec::new();
    loop {
        tokio::select! {
            more = outbox.take(&mut batch) => {
                if !more {
                    return Ok(());
                }
                write_batch(outbox, &mut batch, sink).await?;
            }
            _ = ping.tick() => sink.send(Message::Ping(Bytes::new())).await?,
        }
    }
}

/// Gathers while more is waiting, and flushes as soon as nothing is.
async fn write_batch(
    outbox: &mut Outbox,
    batch: &mut Vec<Bytes>,
    sink: &mut SplitSink<WebSocket, Message>,
) -> Result<(), axum::Error> {
    while !batch.is_empty() {
        for line in batch.drain(..) {
            match Utf8Bytes::try_from(line) {
                Ok(text) => sink.feed(Message::Text(text)).await?,
                Err(error) => tracing::warn!(%error, "a line that is not UTF-8 was dropped"),
            }
        }
        outbox.take_ready(batch);
    }
    if batch.capacity() > 64 {
        *batch = Vec::new();
    }
    sink.flush().await
}

/// Writes lines that must still be heard before the connection is closed, for at most a second.
pub(super) async fn write_last(lines: Vec<Bytes>, sink: &mut SplitSink<WebSocket, Message>) {
    let writing = async {
        for line in lines {
            if let Ok(text) = Utf8Bytes::try_from(line) {
                sink.feed(Message::Text(text)).await?;
            }
        }
        sink.flush().await
    };
    // The other end may be gone already; then there is nobody to tell.
    let _ = tokio::time::timeout(Duration::from_secs(1), writing).await;
}

/// Why a page's connection is closed, as the WebSocket standard counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CloseCode {
    /// The page closed it.
    Normal = 1000,
    /// The server stops; come back.
    GoingAway = 1001,
    /// It speaks another protocol.
    Policy = 1008,
    /// A message was longer than a line may be.
    TooBig = 1009,
    /// Something failed here.
    Error = 1011,
    /// Too many connections; come back later.
    TryAgain = 1013,
}

/// Says why and closes, for at most a second.
pub(super) async fn close(sink: &mut SplitSink<WebSocket, Message>, code: CloseCode, reason: &'static str) {
    let frame = CloseFrame { code: code as u16, reason: Utf8Bytes::from_static(reason) };
    // The other end may be gone already; then there is nobody to tell.
    let _ = tokio::time::timeout(Duration::from_secs(1), async {
        sink.send(Message::Close(Some(frame))).await?;
        sink.close().await
    })
    .await;
}
