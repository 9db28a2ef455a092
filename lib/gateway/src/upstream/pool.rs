//! Connections that wait for their next request.

use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::http::Uri;
use axum::http::uri::{Authority, Scheme};
use tokio::time::Instant;

use super::connection::Connection;
use super::trust::Trust;

/// How long an unused connection is kept.
const KEPT: Duration = Duration::from_secs(60);
/// How many unused ones are kept to one origin, on each lane.
const MOST: usize = 128;

/// How a connection is secured.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Security {
    /// Not at all.
    None,
    /// By the certificates of the system.
    System,
    /// By those of this file as well.
    Own(PathBuf),
}

/// Where a connection leads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Origin {
    pub(super) security: Security,
    pub(super) authority: Authority,
}

impl Origin {
    /// Where an address leads; nothing where it has no host.
    pub(super) fn of(uri: &Uri, trust: Option<&Trust>) -> Option<Self> {
        let security = match trust {
            _ if uri.scheme() != Some(&Scheme::HTTPS) => Security::None,
            None => Security::System,
            Some(trust) => Security::Own(trust.path().to_path_buf()),
        };
        Some(Self { security, authority: uri.authority()?.clone() })
    }
}

struct Idle {
    connection: Connection,
    since: Instant,
}

#[derive(Default)]
struct Shelf {
    origins: HashMap<Origin, VecDeque<Idle>>,
    /// Whether a task looks after those that are kept too long.
    is_swept: bool,
}

/// The unused connections of one lane.
#[derive(Default)]
pub(super) struct Pool(Mutex<Shelf>);

impl Pool {
    /// The one that was used last: it is the least likely to be closed.
    pub(super) fn take(&self, origin: &Origin) -> Option<Connection> {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shelf.origins.get_mut(origin)?.pop_back().map(|idle| idle.connection)
    }

    /// Keeps one for a while.
    pub(super) fn put(self: &Arc<Self>, origin: Origin, connection: Connection) {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = shelf.origins.entry(origin).or_default();
        if kept.len() >= MOST {
            kept.pop_front();
        }
        kept.push_back(Idle { connection, since: Instant::now() });
        if !std::mem::replace(&mut shelf.is_swept, true) {
            tokio::spawn(sweep(Arc::downgrade(self)));
        }
    }

    /// Closes those that were kept long enough; says whether any is left.
    fn close_old(&self) -> bool {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shelf.origins.retain(|_, kept| {
            while kept.front().is_some_and(|idle| idle.since.elapsed() >= KEPT) {
                kept.pop_front();
            }
            !kept.is_empty()
        });
        shelf.is_swept = !shelf.origins.is_empty();
        shelf.is_swept
    }
}

/// Ends with the pool, or when nothing is kept.
async fn sweep(pool: std::sync::Weak<Pool>) {
    loop {
        tokio::time::sleep(KEPT / 4).await;
        if !pool.upgrade().is_some_and(|pool| pool.close_old()) {
            return;
        }
    }
}
