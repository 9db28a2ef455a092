//! What a runner can be told: the `[runner]` part of the configuration.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::context::Limits;
use crate::gateway::config::GatewayConfig;

/// The `[runner]` table.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RunnerConfig {
    /// The name that other programs know this runner by.
    pub name: String,
    /// The command that starts Pi: one program with its arguments. Empty: `pi` on the login shell's PATH.
    pub pi: Vec<String>,
    /// Minutes after which an idle session is parked; 0: never.
    pub park_after_minutes: u64,
    /// Seconds a harness may take to start.
    pub boot_timeout_seconds: u64,
    /// Further environment variables that agents get.
    pub pass_environment: Vec<String>,
    /// The gateway that agents ask for models, and how sessions may use it.
    pub gateway: GatewayConfig,
}

impl Default for RunnerConfig {
    fn default() -> Self {
        Self {
            name: "local".into(),
            pi: Vec::new(),
            park_after_minutes: 30,
            boot_timeout_seconds: 60,
            pass_environment: Vec::new(),
            gateway: GatewayConfig::default(),
        }
    }
}

impl RunnerConfig {
    /// The limits that this configuration sets.
    #[must_use]
    pub fn limits(&self) -> Limits {
        Limits {
            boot: Duration::from_secs(self.boot_timeout_seconds.max(1)),
            park_after: Duration::from_secs(self.park_after_minutes.saturating_mul(60)),
            ..Limits::default()
        }
    }
}
