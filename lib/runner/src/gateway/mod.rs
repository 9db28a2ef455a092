//! The gateway between agents and model providers, where one is in use: every start of a session's harness has a key of
//! its own, and all of them together have the session's budget. The gateway keeps hashes of keys, this runner keeps none;
//! what it keeps is which start has a key, as a folder beside the holders.
//!
//! - [`config`]: what a person can say about it.
//! - `asking`: questions to its admin socket.
//! - `budget`: what a session may use and has used.
//! - `files`: what Pi is given to find its models by.
//! - `tidy`: keys of starts that are over end.
//!
//! The person's own files of Pi are not touched: the models come by an extension that is named on the command line.

mod asking;
mod budget;
pub mod config;
mod files;
pub mod tidy;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use oqto_protocol::command::GatewayInfo;
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::fold::split_model;
use oqto_protocol::session::BudgetTerms;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::harnesses::Launch;
use config::{GatewayConfig, Reading};

/// What the names of the gateway's providers begin with in Pi.
pub const PREFIX: &str = "eavs-";
/// What a harness that makes no request is given as its key.
const NO_KEY: &str = "eavs_no_request_is_made_with_this";

/// A gateway in use.
pub struct Gateway {
    socket: PathBuf,
    /// Where the files of starts are.
    state: PathBuf,
    /// What a person says about it now: read again for every start.
    reading: Reading,
    /// Starts that are being prepared: they have no holder yet.
    beginning: Mutex<HashSet<String>>,
    /// A start is over.
    over: Notify,
}

impl std::fmt::Debug for Gateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gateway").field("socket", &self.socket).finish_non_exhaustive()
    }
}

/// What a harness is given.
#[derive(Clone)]
pub struct Access {
    /// The key, for its environment. Written nowhere.
    pub key: String,
    /// The extension that tells Pi of the models.
    pub extension: PathBuf,
    /// The model to begin with.
    pub model: Option<String>,
}

impl std::fmt::Debug for Access {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Access").field("extension", &self.extension).field("model", &self.model).finish_non_exhaustive()
    }
}

impl Access {
    /// For a process that makes no request: only names are asked.
    #[must_use]
    pub fn unused() -> Self {
        Self { key: NO_KEY.to_owned(), extension: PathBuf::new(), model: None }
    }
}

/// What the gateway answers when a session begins.
#[derive(Deserialize)]
struct Begun {
    #[serde(default)]
    key: String,
    providers: Value,
}

impl Gateway {
    /// The gateway that this configuration names, if it names one.
    #[must_use]
    pub fn of(socket: &Path, reading: Reading, state: &Path) -> Option<Self> {
        (!socket.as_os_str().is_empty()).then(|| Self {
            socket: socket.to_path_buf(),
            state: state.join("gateway"),
            reading,
            beginning: Mutex::default(),
            over: Notify::new(),
        })
    }

    /// Its admin socket.
    #[must_use]
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// A key for a start of a session, and where its models are told. Keys of earlier starts of the session end. The
    /// start counts as being prepared until [`Gateway::began`]. `usual` is the model that the harness would choose.
    ///
    /// # Errors
    /// `unreachable` when the gateway does not answer, which may be over soon; `config` when it does not take the terms.
    pub async fn begin(&self, start: &str, launch: &Launch, usual: Option<String>) -> Result<Access, WireError> {
        self.beginning.lock().unwrap_or_else(PoisonError::into_inner).insert(start.to_owned());
        let begun = self.prepare(start, launch, usual).await;
        if begun.is_err() {
            self.began(start);
        }
        begun
    }

    async fn prepare(&self, start: &str, launch: &Launch, usual: Option<String>) -> Result<Access, WireError> {
        let config = self.reading.now()?;
        let folder = self.state.join(launch.session.to_string()).join(start);
        // The folder is the note that there may be a key: it is there before the key, and goes after it.
        files::make(&folder)?;
        let path = format!("/admin/sessions/{}", launch.session);
        let limits = config.limits(&launch.budget.clone().unwrap_or_default());
        let asked = config.asked_for(start, &launch.workspace, limits);
        let begun: Begun = asking::ask(&self.socket, "POST", &path, Some(&asked)).await?;
        files::write(&folder, &json!({"providers": begun.providers}))?;
        let model = first_model(&begun.providers, launch.model.as_deref(), &config, usual)?;
        Ok(Access { key: begun.key, extension: files::extension(&folder), model })
    }

    /// The start has its holder now, or has failed.
    pub fn began(&self, start: &str) {
        self.beginning.lock().unwrap_or_else(PoisonError::into_inner).remove(start);
        self.over.notify_one();
    }

    /// What a process gets that only tells its models.
    ///
    /// # Errors
    /// As [`Gateway::begin`].
    pub async fn look(&self) -> Result<Access, WireError> {
        let config = self.reading.now()?;
        let asked = config.asked(config.limits(&BudgetTerms::default()));
        let begun: Begun = asking::ask(&self.socket, "POST", "/admin/sessions", Some(&asked)).await?;
        let folder = self.state.join("look");
        files::make(&folder)?;
        files::write(&folder, &json!({"providers": begun.providers}))?;
        Ok(Access { extension: files::extension(&folder), ..Access::unused() })
    }

    /// How it is, for people.
    pub async fn describe(&self) -> GatewayInfo {
        let asked = asking::ask::<Value>(&self.socket, "GET", "/admin/status", None).await;
        let config = self.reading.now();
        let (status, config, problem) = match (asked, config) {
            (Ok(status), Ok(config)) => (status, config, None),
            (Ok(status), Err(problem)) => (status, GatewayConfig::default(), Some(problem)),
            (Err(problem), config) => (Value::Null, config.unwrap_or_default(), Some(problem)),
        };
        let text = |name: &str| status[name].as_str().map(str::to_owned);
        GatewayInfo {
            socket: self.socket.display().to_string(),
            address: text("address"),
            version: text("version"),
            budget_usd: config.budget_usd,
            budget_tokens: config.budget_tokens,
            budget_max_usd: config.most().usd,
            budget_max_tokens: config.most().tokens,
            problem,
        }
    }
}

/// The model to begin with: the chosen one, the configured one, or the harness's usual one where it is offered.
fn first_model(
    providers: &Value,
    chosen: Option<&str>,
    config: &GatewayConfig,
    usual: Option<String>,
) -> Result<Option<String>, WireError> {
    if let Some(chosen) = chosen {
        return Ok(Some(offered(providers, chosen).unwrap_or_else(|| chosen.to_owned())));
    }
    if config.model.is_empty() {
        return Ok(usual.and_then(|usual| offered(providers, &usual)));
    }
    let missing = || {
        let said = format!("the gateway does not offer {}, which gateway.model names", config.model);
        WireError::new(ErrorKind::Model, said).with_hint("see what it offers: eavs models list")
    };
    offered(providers, &config.model).ok_or_else(missing).map(Some)
}

/// The gateway's name for a model: the one that is wanted, or the one of the same provider that the harness would ask
/// itself.
fn offered(providers: &Value, wanted: &str) -> Option<String> {
    let (provider, model) = split_model(wanted);
    let has =
        |name: &str| providers[name]["models"].as_array().is_some_and(|all| all.iter().any(|one| one["id"] == model));
    let names: Vec<String> = match provider {
        Some(provider) => vec![provider.to_owned(), format!("{PREFIX}{provider}")],
        None => providers.as_object().into_iter().flat_map(serde_json::Map::keys).cloned().collect(),
    };
    names.into_iter().find(|name| has(name)).map(|name| format!("{name}/{model}"))
}

/// The harness's own name for a model that the gateway offered, for a session that goes on without it.
#[must_use]
pub fn without(model: &str) -> &str {
    model.strip_prefix(PREFIX).unwrap_or(model)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_found_under_the_name_that_it_had_without_the_gateway() {
        let providers =
            json!({"eavs-anthropic": {"models": [{"id": "haiku"}]}, "eavs-or": {"models": [{"id": "a/b:free"}]}});
        let of = |wanted: &str| offered(&providers, wanted);
        assert_eq!(of("anthropic/haiku").as_deref(), Some("eavs-anthropic/haiku"));
        assert_eq!(of("eavs-anthropic/haiku").as_deref(), Some("eavs-anthropic/haiku"));
        assert_eq!(of("haiku").as_deref(), Some("eavs-anthropic/haiku"));
        assert_eq!(of("or/a/b:free").as_deref(), Some("eavs-or/a/b:free"));
        assert_eq!(of("home/llama"), None);
        assert_eq!(without("eavs-anthropic/haiku"), "anthropic/haiku");
        assert_eq!(without("home/llama"), "home/llama");
    }
}
