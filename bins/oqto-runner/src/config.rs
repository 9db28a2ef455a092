//! `runner.toml`: what the runner can be told.

use oqto_kit::config::Schema;
use oqto_protocol::env;
use oqto_runner_core::config::RunnerConfig;
use serde::{Deserialize, Serialize};

/// The whole file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Config(pub(crate) RunnerConfig);

impl Schema for Config {
    const FILE: &'static str = "runner.toml";
    const ENVIRONMENT: &'static [(&'static str, &'static str)] = &[(env::OQTO_GATEWAY, "gateway.socket")];
    const TEMPLATE: &'static str = include_str!("runner.template.toml");
}
