//! A queue of lines that is bounded in lines and in bytes, and costs nothing while it is empty.

use bytes::Bytes;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// The bounds of a queue. One line always fits into an empty queue, however long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// At most so many lines.
    pub lines: usize,
    /// At most so many bytes.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { lines: 1024, bytes: 1024 * 1024 }
    }
}

/// Why a line was not taken; the line is given back.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The reader is behind. It may have room later.
    #[error("the queue is full")]
    Full(Bytes),
    /// Nobody reads any more.
    #[error("the connection is closed")]
    Closed(Bytes),
}

/// Nobody reads the queue any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the connection is closed")]
pub struct Closed;

/// Makes a queue.
#[must_use]
pub fn queue(limits: Limits) -> (Outgoing, Outbox) {
    let shared = Arc::new(Shared {
        limits,
        state: Mutex::new(State::default()),
        filled: Notify::new(),
        drained: Notify::new(),
        senders: AtomicUsize::new(1),
    });
    (Outgoing { shared: Arc::clone(&shared) }, Outbox { shared })
}

#[derive(Debug)]
struct Shared {
    limits: Limits,
    state: Mutex<State>,
    filled: Notify,
    drained: Notify,
    senders: AtomicUsize,
}

#[derive(Debug, Default)]
struct State {
    lines: VecDeque<Bytes>,
    bytes: usize,
    closed: bool,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn close(&self) {
        let mut state = self.state();
        state.closed = true;
        drop(state);
        self.filled.notify_one();
        self.drained.notify_waiters();
    }
}

/// The end that lines are put into. Clones feed the same queue.
#[derive(Debug)]
pub struct Outgoing {
    shared: Arc<Shared>,
}

impl Outgoing {
    /// Takes the line if there is room now.
    ///
    /// # Errors
    /// [`Refusal`], with the line.
    pub fn try_send(&self, line: Bytes) -> Result<(), Refusal> {
        let limits = self.shared.limits;
        let mut state = self.shared.state();
        if state.closed {
            return Err(Refusal::Closed(line));
        }
        let fits = state.lines.len() < limits.lines && state.bytes + line.len() <= limits.bytes;
        if !fits && !state.lines.is_empty() {
            return Err(Refusal::Full(line));
        }
        state.bytes += line.len();
        state.lines.push_back(line);
        let first = state.lines.len() == 1;
        drop(state);
        if first {
            self.shared.filled.notify_one();
        }
        Ok(())
    }

    /// Waits for room.
    ///
    /// # Errors
    /// [`Closed`] when nobody reads any more. Cancel-safe: a line is taken whole or not at all.
    pub async fn send(&self, line: Bytes) -> Result<(), Closed> {
        let mut line = line;
        loop {
            let mut drained = std::pin::pin!(self.shared.drained.notified());
            drained.as_mut().enable();
            match self.try_send(line) {
                Ok(()) => return Ok(()),
                Err(Refusal::Closed(_)) => return Err(Closed),
                Err(Refusal::Full(back)) => line = back,
            }
            drained.await;
        }
    }

    /// Whether nobody reads any more.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.shared.state().closed
    }

    /// Ends the queue from this side, for every clone: what is in it is still read.
    pub fn close(&self) {
        self.shared.close();
    }
}

impl Clone for Outgoing {
    fn clone(&self) -> Self {
        self.shared.senders.fetch_add(1, Ordering::Relaxed);
        Self { shared: Arc::clone(&self.shared) }
    }
}

impl Drop for Outgoing {
    fn drop(&mut self) {
        if self.shared.senders.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.shared.close();
        }
    }
}

/// The end that lines are taken from.
#[derive(Debug)]
pub struct Outbox {
    shared: Arc<Shared>,
}

impl Outbox {
    /// Everything that is there now, without waiting; empty when there is nothing.
    pub fn take_ready(&mut self, into: &mut Vec<Bytes>) {
        let mut state = self.shared.state();
        if state.lines.is_empty() {
            return;
        }
        into.extend(state.lines.drain(..));
        state.bytes = 0;
        if state.lines.capacity() > 64 {
            state.lines = VecDeque::new();
        }
        drop(state);
        self.shared.drained.notify_waiters();
    }

    /// Refuses further lines; what is there can still be taken.
    pub fn close(&mut self) {
        self.shared.close();
    }

    /// Waits for lines and takes all there are. `false`: the queue is closed and empty. Cancel-safe.
    pub async fn take(&mut self, into: &mut Vec<Bytes>) -> bool {
        loop {
            let before = into.len();
            self.take_ready(into);
            if into.len() > before {
                return true;
            }
            if self.shared.state().closed {
                // A line may have come between the two looks.
                self.take_ready(into);
                return into.len() > before;
            }
            self.shared.filled.notified().await;
        }
    }
}

impl Drop for Outbox {
    fn drop(&mut self) {
        self.shared.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use tokio::time::timeout;

    fn line(text: &'static str) -> Bytes {
        Bytes::from_static(text.as_bytes())
    }

    #[tokio::test(start_paused = true)]
    async fn a_full_queue_refuses_and_a_sender_waits_for_room() {
        let (outgoing, mut outbox) = queue(Limits { lines: 8, bytes: 6 });
        outgoing.try_send(line("1234")).unwrap();
        assert_eq!(outgoing.try_send(line("567")), Err(Refusal::Full(line("567"))));
        let waiting = outgoing.send(line("567"));
        let mut waiting = std::pin::pin!(waiting);
        assert!(timeout(Duration::from_secs(1), waiting.as_mut()).await.is_err());
        let mut lines = Vec::new();
        assert!(outbox.take(&mut lines).await);
        waiting.await.unwrap();
        assert!(outbox.take(&mut lines).await);
        assert_eq!(lines, [line("1234"), line("567")]);
    }

    #[tokio::test]
    async fn a_line_longer_than_the_limit_passes_alone() {
        let (outgoing, mut outbox) = queue(Limits { lines: 8, bytes: 2 });
        outgoing.try_send(line("12345")).unwrap();
        let mut lines = Vec::new();
        assert!(outbox.take(&mut lines).await);
        assert_eq!(lines.len(), 1);
    }

    #[tokio::test]
    async fn what_was_taken_is_read_after_the_senders_are_gone() {
        let (outgoing, mut outbox) = queue(Limits::default());
        let other = outgoing.clone();
        drop(outgoing);
        other.try_send(line("x")).unwrap();
        drop(other);
        let mut lines = Vec::new();
        assert!(outbox.take(&mut lines).await);
        assert!(!outbox.take(&mut lines).await);
    }

    #[tokio::test]
    async fn a_queue_closed_by_its_reader_takes_no_more_and_loses_nothing() {
        let (outgoing, mut outbox) = queue(Limits::default());
        outgoing.try_send(line("x")).unwrap();
        outbox.close();
        assert_eq!(outgoing.try_send(line("y")), Err(Refusal::Closed(line("y"))));
        let mut lines = Vec::new();
        outbox.take_ready(&mut lines);
        assert_eq!(lines, [line("x")]);
    }

    #[tokio::test]
    async fn a_reader_that_goes_away_frees_those_who_wait() {
        let (outgoing, outbox) = queue(Limits { lines: 1, bytes: 1 });
        outgoing.try_send(line("x")).unwrap();
        let sender = outgoing.clone();
        let waiting = tokio::spawn(async move { sender.send(line("y")).await });
        tokio::task::yield_now().await;
        drop(outbox);
        assert_eq!(waiting.await.unwrap(), Err(Closed));
    }
}
