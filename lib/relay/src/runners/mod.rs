//! The runners this relay knows, and how a pipe to each is opened.

mod backoff;
mod link;
mod local;
mod pipe;
mod program;
mod routes;
mod shared;
mod silence;

pub use link::{Connect, Link};
pub use local::{LocalRunner, local};
pub(crate) use pipe::{Pipe, PipeSeed};
pub use program::program;
pub(crate) use routes::Routes;

use oqto_protocol::error::WireError;
use oqto_protocol::system::{RunnerInfo, RunnerState};
use shared::SharedPeer;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

/// A runner by its name. Where it lives is known only to the function that opens a pipe to it.
pub struct Runner {
    name: String,
    connect: Connect,
    state: AtomicU8,
    /// The connection that REST requests share.
    pub(crate) shared: SharedPeer,
}

impl Runner {
    /// A runner that is reached by `connect`.
    #[must_use]
    pub fn new(name: impl Into<String>, connect: Connect) -> Arc<Self> {
        let name = name.into();
        Arc::new(Self { name, connect, state: AtomicU8::new(0), shared: SharedPeer::default() })
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Opens a pipe.
    ///
    /// # Errors
    /// `unreachable`, with what to do about it.
    pub async fn connect(&self) -> Result<Link, WireError> {
        (self.connect)().await
    }

    /// Whether it could be reached the last time someone tried.
    #[must_use]
    pub fn info(&self) -> RunnerInfo {
        let state = match self.state.load(Ordering::Relaxed) {
            1 => RunnerState::Connected,
            2 => RunnerState::Lost,
            _ => RunnerState::Unknown,
        };
        RunnerInfo { name: self.name.clone(), state }
    }

    pub(crate) fn set_state(&self, state: RunnerState) {
        let code = match state {
            RunnerState::Unknown => 0,
            RunnerState::Connected => 1,
            RunnerState::Lost => 2,
        };
        self.state.store(code, Ordering::Relaxed);
    }
}

impl std::fmt::Debug for Runner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Runner").field(&self.name).finish()
    }
}

/// All runners, the default one first.
#[derive(Debug)]
pub struct Runners {
    list: Vec<Arc<Runner>>,
    pub(crate) routes: Routes,
}

impl Runners {
    /// The runners of a configuration; the first is the default.
    #[must_use]
    pub fn new(list: Vec<Arc<Runner>>) -> Self {
        Self { list, routes: Routes::default() }
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Arc<Runner>] {
        &self.list
    }

    /// The place of a runner in the list.
    ///
    /// # Errors
    /// `not_found`, naming those there are.
    pub fn find(&self, name: &str) -> Result<usize, WireError> {
        self.list.iter().position(|runner| runner.name == name).ok_or_else(|| {
            let names: Vec<&str> = self.list.iter().map(|runner| runner.name()).collect();
            WireError::not_found("runner", format!("{name:?}"))
                .with_hint(format!("the runners are: {}", names.join(", ")))
        })
    }

    /// The runner at a place in the list.
    ///
    /// # Errors
    /// `not_found` where there are no runners at all.
    pub fn at(&self, place: usize) -> Result<&Arc<Runner>, WireError> {
        let none = || WireError::not_found("runner", "at all").with_hint("add one to the configuration: [[runner]]");
        self.list.get(place).ok_or_else(none)
    }

    /// Rows for the hello and for `relay.info`.
    #[must_use]
    pub fn infos(&self) -> Vec<RunnerInfo> {
        self.list.iter().map(|runner| runner.info()).collect()
    }
}
