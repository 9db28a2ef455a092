//! What the relay tells about itself on the `system` channel, and gives out on the admin socket.

use oqto_protocol::system::RunnerInfo;
use serde::{Deserialize, Serialize};

/// Reply of `relay.info`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelayInfo {
    /// Version of the program.
    pub version: String,
    /// Its process.
    pub pid: u32,
    /// Where it listens, such as `http://127.0.0.1:8080`.
    pub address: String,
    /// Unix milliseconds of its start.
    pub started_at: u64,
    /// Connections that are open: pages and programs.
    pub connections: u64,
    /// The runners, the default one first.
    pub runners: Vec<RunnerInfo>,
}

/// Reply of `link.create` (admin socket only).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewLink {
    /// To be opened once in a browser.
    pub url: String,
    /// Unix milliseconds after which it is void.
    pub expires_at: u64,
}

/// Reply of `credential.create` (admin socket only).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewCredential {
    /// To be sent as `Authorization: Bearer …`.
    pub token: String,
    /// Unix milliseconds after which it is void.
    pub expires_at: u64,
}
