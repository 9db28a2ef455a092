//! What all connections of one server share. Nothing in it is about a session that could not be asked for again.

use crate::auth::{Account, Allowed, Authenticator, LINK_LIFETIME, SIGN_IN_LIFETIME};
use crate::runners::Runners;
use oqto_kit::Tasks;
use oqto_protocol::error::WireError;
use oqto_protocol::relay::{NewCredential, NewLink, RelayInfo};
use oqto_protocol::system::{Hello, capability};
use oqto_wire::greeting::{hello, now_ms};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// At most so many open connections; beyond them a page is asked to try again later.
const MOST_CONNECTIONS: u64 = 10_000;

/// What a relay is made of.
#[derive(Debug)]
pub struct Parts {
    /// The runners.
    pub runners: Runners,
    /// Who may use it.
    pub authenticator: Authenticator,
    /// Which names and pages are accepted beyond the loopback ones.
    pub allowed: Allowed,
    /// Where it is reached, such as `http://127.0.0.1:8080`.
    pub address: String,
    /// Version of the program.
    pub version: String,
    /// Whether answers come from the scripted demo model; pages are told.
    pub demo: bool,
}

/// One server.
#[derive(Debug)]
pub struct Relay {
    parts: Parts,
    runners: Arc<Runners>,
    tasks: Tasks,
    started_at: u64,
    open: AtomicU64,
    next: AtomicU64,
}

impl Relay {
    /// A relay whose tasks end with `tasks`.
    #[must_use]
    pub fn new(mut parts: Parts, tasks: Tasks) -> Arc<Self> {
        let runners = Arc::new(std::mem::replace(&mut parts.runners, Runners::new(Vec::new())));
        Arc::new(Self { parts, runners, tasks, started_at: now_ms(), open: AtomicU64::new(0), next: AtomicU64::new(1) })
    }

    /// A fresh one-time sign-in link.
    ///
    /// # Errors
    /// `internal` when the system gives no random bytes.
    pub fn new_link(&self) -> Result<NewLink, WireError> {
        let token = self.parts.authenticator.new_link()?;
        let url = format!("{}/login?token={}", self.parts.address, token.expose());
        Ok(NewLink { url, expires_at: after(LINK_LIFETIME) })
    }

    /// A fresh credential for a program.
    ///
    /// # Errors
    /// `failed` when it cannot be kept.
    pub fn new_credential(&self) -> Result<NewCredential, WireError> {
        let token = self.parts.authenticator.new_credential()?;
        Ok(NewCredential { token: token.expose().to_owned(), expires_at: after(SIGN_IN_LIFETIME) })
    }

    /// What `relay.info` tells.
    #[must_use]
    pub fn info(&self) -> RelayInfo {
        RelayInfo {
            version: self.parts.version.clone(),
            pid: std::process::id(),
            address: self.parts.address.clone(),
            started_at: self.started_at,
            connections: self.open.load(Ordering::Relaxed),
            runners: self.runners.infos(),
        }
    }

    pub(crate) fn runners(&self) -> &Arc<Runners> {
        &self.runners
    }

    pub(crate) fn tasks(&self) -> &Tasks {
        &self.tasks
    }

    pub(crate) fn authenticator(&self) -> &Authenticator {
        &self.parts.authenticator
    }

    pub(crate) fn allowed(&self) -> &Allowed {
        &self.parts.allowed
    }

    pub(crate) fn demo(&self) -> bool {
        self.parts.demo
    }

    pub(crate) fn version(&self) -> &str {
        &self.parts.version
    }

    /// What a page or program hears first.
    pub(crate) fn hello(&self, account: &Account) -> Hello {
        let mut hello = self.hello_to_runner(account);
        hello.capabilities = capabilities();
        hello.runners = self.runners.infos();
        hello.demo = self.parts.demo;
        hello
    }

    /// What a runner hears first: who is asking.
    pub(crate) fn hello_to_runner(&self, account: &Account) -> Hello {
        let mut hello = hello(&format!("oqto/{}", self.parts.version), &[]);
        hello.peer = Some(account.peer_info());
        hello
    }

    /// A place among the open connections; `None` when all are taken. Given back when dropped.
    pub(crate) fn admit(self: &Arc<Self>) -> Option<Place> {
        let before = self.open.fetch_add(1, Ordering::AcqRel);
        let place = Place(Arc::clone(self));
        (before < MOST_CONNECTIONS).then_some(place)
    }

    /// A number for a new connection, from 1.
    pub(crate) fn next_connection(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }
}

/// What this server offers, by name.
pub(crate) fn capabilities() -> Vec<String> {
    [capability::AGENT, capability::SEARCH, capability::RELAY].map(str::to_owned).to_vec()
}

fn after(lifetime: Duration) -> u64 {
    now_ms().saturating_add(u64::try_from(lifetime.as_millis()).unwrap_or(u64::MAX))
}

/// A place among the open connections.
#[derive(Debug)]
pub(crate) struct Place(Arc<Relay>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::AcqRel);
    }
}
