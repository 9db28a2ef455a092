//! What every session of a runner shares.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use oqto_protocol::error::WireError;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::acting::Actor;
use crate::gateway::Gateway;
use crate::harnesses::Catalog;
use crate::history::History;
use crate::registry::Registry;
use crate::trust::TrustStore;

/// How long things may take. Waiting for a model has no limit.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// From starting a harness to its first answer.
    pub boot: Duration,
    /// From an abort to its effect; then the process is ended.
    pub abort: Duration,
    /// From asking a process to end to ending it.
    pub stop: Duration,
    /// For an answer of the harness to a question about itself.
    pub query: Duration,
    /// For a command that must be durable.
    pub durable: Duration,
    /// After which an idle session is parked; zero: never.
    pub park_after: Duration,
    /// Items that may wait for the history before the journal is no longer read.
    pub outbox_items: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            boot: Duration::from_secs(60),
            abort: Duration::from_secs(5),
            stop: Duration::from_secs(10),
            query: Duration::from_secs(30),
            durable: Duration::from_secs(10),
            park_after: Duration::from_secs(30 * 60),
            outbox_items: 20_000,
        }
    }
}

/// Where a runner keeps and finds things. All paths are absolute.
#[derive(Debug, Clone)]
pub struct Places {
    /// The runner's own directory (0700): holders, trust, lock.
    pub state: PathBuf,
    /// The holder's program.
    pub hold_program: PathBuf,
    /// What relative workspaces are taken from.
    pub home: PathBuf,
    /// The history service's socket, as it is shown.
    pub hstry_socket: PathBuf,
}

/// A runner, shared by its sessions and connections.
#[derive(Debug)]
pub struct Context {
    /// Its name.
    pub name: String,
    /// Its fencing number: rises with every start.
    pub epoch: u64,
    /// Who acts here, for the tools of agents.
    pub actor: Actor,
    /// Name and version for hellos.
    pub software: String,
    /// Where things are.
    pub places: Places,
    /// How long things may take.
    pub limits: Limits,
    /// The history service.
    pub history: History,
    /// The harnesses.
    pub catalog: Catalog,
    /// The gateway that agents ask for models; without one they ask providers themselves.
    pub gateway: Option<Gateway>,
    /// Which workspaces a person trusts.
    pub trust: TrustStore,
    /// What harnesses have said about their models.
    pub models: crate::models::Known,
    /// The sessions.
    pub registry: Registry,
    /// Every task.
    pub tasks: TaskTracker,
    /// Cancelled when the runner shall end.
    pub shutdown: CancellationToken,
    /// Why the runner cannot go on (a successor took over), once that is so.
    pub fatal: std::sync::OnceLock<WireError>,
}

impl Context {
    /// Now, Unix milliseconds.
    #[must_use]
    pub fn now(&self) -> u64 {
        now()
    }

    /// Ends the runner for good: it may not write any more.
    pub fn fail(&self, error: WireError) {
        tracing::error!(%error, "the runner cannot go on");
        // Only the first reason counts; a second one follows from it.
        let _first = self.fatal.set(error);
        self.shutdown.cancel();
    }

    /// Where the holders of a session live.
    #[must_use]
    pub fn holders_of(&self, session: oqto_protocol::ids::SessionId) -> PathBuf {
        self.places.state.join("holders").join(session.to_string())
    }
}

/// A shared runner.
pub type Shared = Arc<Context>;

/// Now, Unix milliseconds.
#[must_use]
pub fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
