//! Who waits for new entries of a conversation.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

/// The number of the last entry of every conversation that somebody follows.
#[derive(Debug, Default)]
pub(crate) struct Heads {
    watched: Mutex<HashMap<String, watch::Sender<u64>>>,
}

impl Heads {
    /// Follows a conversation from now on. What is there already is for the caller to read, after this call.
    pub(crate) fn follow(&self, conversation: &str) -> watch::Receiver<u64> {
        let mut watched = self.lock();
        watched.retain(|_, sender| !sender.is_closed());
        watched.entry(conversation.to_owned()).or_insert_with(|| watch::channel(0).0).subscribe()
    }

    /// Says how far a conversation has come. Called in the order of the commits.
    pub(crate) fn moved(&self, conversation: &str, head: u64) {
        if let Some(sender) = self.lock().get(conversation) {
            sender.send_replace(head);
        }
    }

    /// Says that a conversation is gone: those that follow it look again and find nothing.
    pub(crate) fn gone(&self, conversation: &str) {
        self.lock().remove(conversation);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, watch::Sender<u64>>> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
