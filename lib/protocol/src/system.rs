//! The `system` channel: hello, capabilities of a peer, notices about runners and frames.

use crate::error::WireError;
use crate::ids::SessionId;
use crate::session::SessionInfo;
use crate::tagged::{tagged, wire, words};

words! {
    /// Whether a runner can be reached.
    pub enum RunnerState {
        /// Not asked yet.
        Unknown = "unknown",
        /// A pipe is open.
        Connected = "connected",
        /// The pipe was lost; it is being opened again.
        Lost = "lost",
    }
}

wire! {
    /// Who is asking, said once for a connection.
    #[derive(Eq)]
    pub struct PeerInfo {
        /// The account.
        pub account: String,
        /// The name to show.
        pub name: String,
    }

    /// A runner that a relay knows.
    #[derive(Eq)]
    pub struct RunnerInfo {
        /// Its name.
        pub name: String,
        /// Whether it can be reached.
        pub state: RunnerState,
    }

    /// `hello`: the first frame either side sends.
    #[derive(Eq)]
    pub struct Hello {
        /// The protocol version.
        pub protocol: u32,
        /// Name and version of the program, for example `oqto-runner/0.1.0`.
        pub software: String,
        /// What this end can do (see [`capability`]). Features are asked for by name, not guessed from versions.
        #[serde(default)]
        pub capabilities: Vec<String>,
        /// Who is asking.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub peer: Option<PeerInfo>,
        /// The runners behind a relay; the first is the default.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "schema", ts(as = "Option<Vec<RunnerInfo>>", optional))]
        pub runners: Vec<RunnerInfo>,
        /// The name of the runner, in the hello of a runner.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub runner: Option<String>,
        /// Whether answers come from a scripted demo model because no provider is connected.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "schema", ts(as = "Option<bool>", optional))]
        pub demo: bool,
    }

    /// `runner.lost` and `runner.back`.
    #[derive(Eq)]
    pub struct RunnerPipe {
        /// The runner.
        pub runner: String,
        /// Which pipe to it, counted from 1 for a connection.
        pub pipe: u64,
    }

    /// `protocol.error`: a frame without an id could not be understood.
    #[derive(Eq)]
    pub struct ProtocolError {
        /// Why.
        pub error: WireError,
    }

    /// `sessions.changed`: a row of the watched list is new or different.
    pub struct SessionChanged {
        /// Rises by one with every change.
        pub revision: u64,
        /// The row.
        pub session: SessionInfo,
    }

    /// `sessions.removed`: a row of the watched list is gone.
    #[derive(Eq, Copy)]
    pub struct SessionRemoved {
        /// Rises by one with every change.
        pub revision: u64,
        /// The session.
        pub session: SessionId,
    }

    /// `subscription.ended`: nothing more comes for this session on this connection.
    pub struct SubscriptionEnded {
        /// Why.
        pub error: WireError,
    }
}

tagged! {
    /// An event that belongs to the connection, not to a session's log.
    pub enum SystemEvent by "event", "data" {
        /// The first frame of a connection.
        Hello(Hello) = "hello",
        /// The pipe to a runner is gone: subscriptions and unanswered requests of that pipe are void.
        RunnerLost(RunnerPipe) = "runner.lost",
        /// A pipe to the runner is there again: subscribe again by number.
        RunnerBack(RunnerPipe) = "runner.back",
        /// A frame could not be understood.
        ProtocolError(ProtocolError) = "protocol.error",
        /// A row of the watched list changed.
        SessionChanged(SessionChanged) = "sessions.changed",
        /// A row of the watched list is gone.
        SessionRemoved(SessionRemoved) = "sessions.removed",
        /// A subscription is over.
        SubscriptionEnded(SubscriptionEnded) = "subscription.ended",
    }
}

/// Names of what a peer can do.
pub mod capability {
    /// Sessions: the `agent` channel.
    pub const AGENT: &str = "agent";
    /// Searching history.
    pub const SEARCH: &str = "search";
    /// Routing to several runners.
    pub const RELAY: &str = "relay";
}
