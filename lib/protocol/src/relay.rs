//! What a relay is asked about itself, on the `system` channel; everything else goes on to a runner.

use crate::live::Empty;
use crate::system::RunnerInfo;
use crate::tagged::{tagged, wire};

wire! {
    /// Reply of `ping`.
    #[derive(Eq, Copy)]
    pub struct Pong {
        /// Unix milliseconds of the answer.
        pub ts: u64,
    }

    /// Reply of `relay.info`.
    #[derive(Eq)]
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
    #[derive(Eq)]
    pub struct NewLink {
        /// To be opened once in a browser.
        pub url: String,
        /// Unix milliseconds after which it is void.
        pub expires_at: u64,
    }

    /// Reply of `credential.create` (admin socket only).
    #[derive(Eq)]
    pub struct NewCredential {
        /// To be sent as `Authorization: Bearer …`.
        pub token: String,
        /// Unix milliseconds after which it is void.
        pub expires_at: u64,
    }
}

tagged! {
    /// A command of the `system` channel that a relay answers itself.
    pub enum SystemCommand by "cmd", "params" {
        /// Whether the connection is alive. Reply: [`Pong`].
        Ping(Empty) = "ping",
        /// About the relay. Reply: [`RelayInfo`].
        RelayInfo(Empty) = "relay.info",
        /// A link that signs a browser in once; for processes of the server's own user. Reply: [`NewLink`].
        LinkCreate(Empty) = "link.create",
        /// A credential for a program; for processes of the server's own user. Reply: [`NewCredential`].
        CredentialCreate(Empty) = "credential.create",
    }
}
