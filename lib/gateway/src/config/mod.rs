//! The configuration: `eavs.toml`.

mod check;
mod log;
mod models;
mod provider;
mod reference;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use oqto_kit::Secret;
use oqto_kit::config::Schema;
use oqto_protocol::env;
use serde::{Deserialize, Serialize};

use crate::policy::Policy;

pub use check::{Finding, Weight, check};
pub(crate) use check::{base, endpoint};
pub use log::LogSettings;
pub use models::CatalogSettings;
pub(crate) use provider::Credential;
pub use provider::{AccountSettings, ClientAuth, Kind, ModelSettings, OauthSettings, ProviderSettings};
pub use reference::{Unset, resolve};

/// Every setting.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Where and how it listens.
    pub server: ServerSettings,
    /// How long providers are waited for, and how often they are asked again.
    pub upstream: UpstreamSettings,
    /// Where accounts are kept that are not in this file.
    pub accounts: AccountsSettings,
    /// What is kept of requests.
    pub usage: UsageSettings,
    /// What is kept of what was said in them.
    pub log: LogSettings,
    /// What is changed in requests, or refused, before they go on.
    pub policy: Policy,
    /// Where the catalog of models is, and where a newer one comes from.
    pub catalog: CatalogSettings,
    /// The providers, by the name that paths and models use.
    pub providers: BTreeMap<String, ProviderSettings>,
    /// Names of models, each with the `PROVIDER/MODEL` to try, in order.
    pub aliases: BTreeMap<String, Vec<String>>,
}

/// Where and how it listens.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServerSettings {
    /// A loopback address and a port; 0 is any free one.
    pub listen: SocketAddr,
    /// The key of the admin routes over HTTP; without one they answer on the admin socket alone.
    pub admin_key: Secret,
    /// The largest request in MiB.
    pub max_body_mib: u32,
    /// What the requests on their way may have in sum, in MiB; more are told to come again.
    pub max_bodies_mib: u32,
    /// Connections at the same time; more wait. Those of the admin socket do not count.
    pub max_connections: u32,
    /// Seconds within which the head of a request must be there, and again its body.
    pub receive_timeout_seconds: u32,
    /// Seconds for which a client may take nothing of its answer.
    pub send_timeout_seconds: u32,
}

impl Default for ServerSettings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 3033)),
            admin_key: Secret::default(),
            max_body_mib: 32,
            max_bodies_mib: 256,
            max_connections: 4096,
            receive_timeout_seconds: 30,
            send_timeout_seconds: 60,
        }
    }
}

/// How long providers are waited for, and how often they are asked again.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UpstreamSettings {
    /// Seconds for a connection.
    pub connect_timeout_seconds: u32,
    /// Seconds until an answer begins.
    pub answer_timeout_seconds: u32,
    /// Seconds between two parts of an answer.
    pub idle_timeout_seconds: u32,
    /// How often one model of one provider is asked again when nothing of an answer has come.
    pub retries: u32,
    /// The longest wait before it is asked again; a provider that asks for more is left for the next.
    pub longest_wait_seconds: u32,
    /// Seconds for which an answer is read on for its usage after its client went away; 0 ends it at once. So are no more
    /// answers at the same time than there may be connections.
    pub drain_seconds: u32,
}

impl Default for UpstreamSettings {
    fn default() -> Self {
        Self {
            connect_timeout_seconds: 10,
            answer_timeout_seconds: 600,
            idle_timeout_seconds: 300,
            retries: 2,
            longest_wait_seconds: 30,
            drain_seconds: 0,
        }
    }
}

/// Where accounts are kept that are not in the configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AccountsSettings {
    /// The sealed file; beside the database where none is named.
    pub file: Option<PathBuf>,
    /// Who keeps the key that it is sealed with.
    pub key: KeyKeeper,
    /// The file of that key; beside the database where none is named.
    pub key_file: Option<PathBuf>,
}

/// Who keeps the key that accounts are sealed with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyKeeper {
    /// A file of this user alone.
    #[default]
    File,
    /// The keyring of the system, by `secret-tool`.
    Keyring,
}

/// What is kept of requests.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UsageSettings {
    /// Days for which each request is remembered; sums by key and day stay.
    pub retention_days: u32,
    /// Requests that are remembered at the most; the oldest are forgotten first.
    pub max_requests: u64,
}

impl Default for UsageSettings {
    fn default() -> Self {
        Self { retention_days: 90, max_requests: 2_000_000 }
    }
}

impl Schema for Settings {
    const FILE: &'static str = "eavs.toml";
    const ENVIRONMENT: &'static [(&'static str, &'static str)] = &[
        (env::EAVS_LISTEN, "server.listen"),
        (env::EAVS_ADMIN_KEY, "server.admin_key"),
        (env::EAVS_ACCOUNTS, "accounts.file"),
        (env::EAVS_KEY_FILE, "accounts.key_file"),
    ];
    const TEMPLATE: &'static str = include_str!("template.toml");
}

impl UpstreamSettings {
    /// Seconds as a duration.
    pub(crate) fn seconds(number: u32) -> Duration {
        Duration::from_secs(u64::from(number))
    }
}
