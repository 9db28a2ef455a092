//! Answers that go on after their clients went away, where their use is wanted: for a while, and no more of them than
//! clients may be connected.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use oqto_kit::Tasks;

use crate::config::UpstreamSettings;
use crate::gateway::Current;
use crate::limit::{Limit, Permit};

/// For how long, and how many.
#[derive(Clone)]
pub(super) struct Lingering {
    patience: Duration,
    places: Arc<Limit>,
    tasks: Tasks,
}

impl Lingering {
    /// As the settings have it.
    pub(super) fn of(current: &Current) -> Self {
        Self {
            patience: UpstreamSettings::seconds(current.settings.upstream.drain_seconds),
            places: Arc::clone(&current.abandoned),
            tasks: current.tasks.clone(),
        }
    }

    /// Whether any answer may.
    pub(super) fn is_wanted(&self) -> bool {
        !self.patience.is_zero() && !self.tasks.token().is_cancelled()
    }

    /// A place for an answer; none where it is not wanted, or too many go on already.
    pub(super) fn place(&self) -> Option<Permit> {
        self.is_wanted().then(|| self.places.try_take(1))?
    }

    /// Goes on beside the requests.
    pub(super) fn spawn(&self, what: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn("linger", what);
    }

    /// Waits for something, but not longer than wanted, nor than the gateway is there.
    pub(super) async fn within<T>(&self, what: impl Future<Output = T>) -> Option<T> {
        tokio::time::timeout(self.patience, self.tasks.token().run_until_cancelled(what)).await.ok()?
    }
}
