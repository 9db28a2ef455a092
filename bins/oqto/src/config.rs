//! `config.toml`: what the server can be told.

use oqto_kit::config::Schema;
use oqto_protocol::env;
use serde::{Deserialize, Serialize};

/// The whole file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    /// Address and port to listen on.
    pub(crate) listen: String,
    /// Host names that the server answers to, besides its addresses and `localhost`.
    pub(crate) allowed_hosts: Vec<String>,
    /// Origins of pages that may talk to the server, besides its own.
    pub(crate) allowed_origins: Vec<String>,
    /// The runners; the first is the default.
    pub(crate) runner: Vec<RunnerEntry>,
    /// The model gateway of this user's own runner.
    pub(crate) gateway: GatewaySettings,
}

/// `[gateway]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct GatewaySettings {
    /// Whether agents ask eavs for models, which is started on demand.
    pub(crate) enabled: bool,
    /// Loopback address and port that it listens on; empty: its own choice.
    pub(crate) listen: String,
}

/// One `[[runner]]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct RunnerEntry {
    /// Its name.
    pub(crate) name: String,
    /// The command that speaks frames on its stdin and stdout; empty: this user's own runner.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) command: Vec<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            allowed_hosts: Vec::new(),
            allowed_origins: Vec::new(),
            runner: vec![RunnerEntry { name: "local".to_owned(), command: Vec::new() }],
            gateway: GatewaySettings::default(),
        }
    }
}

impl Schema for Config {
    const FILE: &'static str = "config.toml";
    const ENVIRONMENT: &'static [(&'static str, &'static str)] = &[(env::OQTO_LISTEN, "listen")];
    const TEMPLATE: &'static str = include_str!("config.template.toml");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_with_its_comments_taken_off_is_a_configuration() {
        let uncommented: String =
            Config::TEMPLATE.lines().map(|line| line.strip_prefix("#: ").unwrap_or(line).to_owned() + "\n").collect();
        let config: Config = toml_from(&uncommented);
        assert_eq!(config.listen, Config::default().listen);
        assert_eq!(config.runner.len(), 2);
        assert_eq!(toml_from(Config::TEMPLATE), Config::default());
    }

    fn toml_from(text: &str) -> Config {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        std::fs::write(&path, text).unwrap();
        let dirs = oqto_kit::Dirs::resolve(|_| None, Some(folder.path().into()), None).unwrap();
        let var = |_: &str| None;
        oqto_kit::config::load(oqto_kit::config::Sources::new(&dirs, Some(&path), &var)).unwrap().value
    }
}
