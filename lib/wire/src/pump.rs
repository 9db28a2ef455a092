//! The task that empties a queue into a connection.

use crate::queue::Outbox;
use crate::source::LineSink;
use bytes::Bytes;
use std::io;

/// Keep the batch vector of an idle connection at most this large.
const KEPT_BATCH: usize = 64;

/// Writes what comes into the queue until the queue ends, then closes the sink. Lines are gathered while more are
/// waiting and flushed as soon as none is: a single frame goes out at once, a flood in large writes.
///
/// # Errors
/// When the connection fails. The queue is closed then, so that its senders notice.
pub async fn pump<S: LineSink>(mut outbox: Outbox, mut sink: S) -> io::Result<()> {
    let mut batch: Vec<Bytes> = Vec::new();
    while outbox.take(&mut batch).await {
        while !batch.is_empty() {
            for line in batch.drain(..) {
                sink.feed(line).await?;
            }
            outbox.take_ready(&mut batch);
        }
        sink.flush().await?;
        if batch.capacity() > KEPT_BATCH {
            batch = Vec::new();
        }
    }
    sink.close().await
}
