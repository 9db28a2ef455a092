//! Questions that the relay itself asks on a browser's pipes, told apart from the page's by their ids.

use bytes::Bytes;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// What our own ids begin with; requests of a page may not.
const PREFIX: &str = "relay:";

/// The id of a question whose reply nobody waits for: that it comes is enough.
pub(crate) const PING: &str = "relay:ping";

/// Open questions of one connection.
#[derive(Debug, Default)]
pub(crate) struct Asks {
    next: AtomicU64,
    open: Mutex<HashMap<String, oneshot::Sender<Bytes>>>,
}

impl Asks {
    /// Whether an id is of a question of ours.
    pub(crate) fn is_ours(id: &str) -> bool {
        id.starts_with(PREFIX)
    }

    /// A new question: its id, and where the reply's line will come. No line means that none can come any more.
    pub(crate) fn ask(&self) -> (String, oneshot::Receiver<Bytes>) {
        let id = format!("{PREFIX}{}", self.next.fetch_add(1, Ordering::Relaxed));
        let (sender, receiver) = oneshot::channel();
        let mut open = self.open();
        // Those who asked and went away leave their places behind.
        open.retain(|_, waiting| !waiting.is_closed());
        open.insert(id.clone(), sender);
        (id, receiver)
    }

    /// The reply to a question.
    pub(crate) fn answer(&self, id: &str, line: &Bytes) {
        if let Some(waiting) = self.open().remove(id) {
            // Whoever asked may have stopped waiting.
            let _ = waiting.send(line.clone());
        }
    }

    /// There will be no reply.
    pub(crate) fn fail(&self, id: &str) {
        self.open().remove(id);
    }

    fn open(&self) -> MutexGuard<'_, HashMap<String, oneshot::Sender<Bytes>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
