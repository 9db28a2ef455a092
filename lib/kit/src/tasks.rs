//! Named, tracked tasks and how they end.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::Instrument as _;

/// Spawns tasks that have a name, are waited for, and share a token that asks them to end.
#[derive(Clone, Debug, Default)]
pub struct Tasks {
    tracker: TaskTracker,
    token: CancellationToken,
    running: Arc<Running>,
}

#[derive(Debug, Default)]
struct Running {
    next: AtomicU64,
    names: Mutex<BTreeMap<u64, &'static str>>,
}

impl Tasks {
    /// No tasks yet, and a token that nothing has cancelled.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Runs a task. It should end soon after [`Tasks::token`] is cancelled; a panic in it is logged with its name.
    pub fn spawn<F>(&self, name: &'static str, task: F) -> JoinHandle<Option<F::Output>>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let listed = Listed::new(Arc::clone(&self.running), name);
        let task = async move {
            let mut listed = listed;
            let output = task.await;
            listed.finished = true;
            Some(output)
        };
        self.tracker.spawn(task.instrument(tracing::info_span!("task", name)))
    }

    /// Cancelled when the program drains.
    #[must_use]
    pub fn token(&self) -> &CancellationToken {
        &self.token
    }

    /// Asks every task to end, and waits for them at most this long.
    ///
    /// # Errors
    /// The names of the tasks that are still running then.
    pub async fn drain(&self, grace: Duration) -> Result<(), Vec<&'static str>> {
        self.token.cancel();
        self.tracker.close();
        match tokio::time::timeout(grace, self.tracker.wait()).await {
            Ok(()) => Ok(()),
            Err(_) => Err(self.names()),
        }
    }

    /// The names of the tasks that are running.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        self.running.names.lock().unwrap_or_else(PoisonError::into_inner).values().copied().collect()
    }
}

/// Keeps a task's name in the list for as long as the task exists, and notices a panic.
struct Listed {
    running: Arc<Running>,
    id: u64,
    name: &'static str,
    finished: bool,
}

impl Listed {
    fn new(running: Arc<Running>, name: &'static str) -> Self {
        let id = running.next.fetch_add(1, Ordering::Relaxed);
        running.names.lock().unwrap_or_else(PoisonError::into_inner).insert(id, name);
        Self { running, id, name, finished: false }
    }
}

impl Drop for Listed {
    fn drop(&mut self) {
        self.running.names.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.id);
        if !self.finished && std::thread::panicking() {
            tracing::error!(task = self.name, "task panicked");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn drain_waits_for_those_that_listen_and_names_those_that_do_not() {
        let tasks = Tasks::new();
        let token = tasks.token().clone();
        let polite = tasks.spawn("polite", async move {
            token.cancelled().await;
            7
        });
        tasks.spawn("stubborn", std::future::pending::<()>());
        let left = tasks.drain(Duration::from_secs(5)).await.unwrap_err();
        assert_eq!(left, ["stubborn"]);
        assert_eq!(polite.await.unwrap(), Some(7));
    }
}
