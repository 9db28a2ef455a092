//! What a person can say about the gateway: the `[gateway]` part of the runner's configuration.

use std::path::PathBuf;
use std::sync::Arc;

use oqto_protocol::error::{ErrorKind, WireError};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// The `[gateway]` table.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct GatewayConfig {
    /// The admin socket of the gateway; empty: agents ask providers themselves.
    pub socket: PathBuf,
    /// US dollars that a session may cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget_usd: Option<f64>,
    /// Tokens that a session may use, read and written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget_tokens: Option<u64>,
    /// `PROVIDER/MODEL` or `MODEL` with `*`; empty: every model.
    pub models: Vec<String>,
    /// The model of a new session, as `PROVIDER/MODEL`; empty: the harness's own choice.
    pub model: String,
    /// Hours for which the key of a start counts.
    pub expires_hours: u32,
}

impl Default for GatewayConfig {
    fn default() -> Self {
        Self {
            socket: PathBuf::new(),
            budget_usd: None,
            budget_tokens: None,
            models: Vec::new(),
            model: String::new(),
            expires_hours: 168,
        }
    }
}

/// Says what a person says about the gateway now: it is read again for every start of a harness.
#[derive(Clone)]
pub struct Reading(Arc<dyn Fn() -> Result<GatewayConfig, WireError> + Send + Sync>);

impl Reading {
    /// What this function says.
    pub fn of(read: impl Fn() -> Result<GatewayConfig, WireError> + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }

    /// Always the same.
    #[must_use]
    pub fn fixed(config: GatewayConfig) -> Self {
        Self::of(move || Ok(config.clone()))
    }

    pub(super) fn now(&self) -> Result<GatewayConfig, WireError> {
        let config = (self.0)()?;
        config.check()?;
        Ok(config)
    }
}

impl std::fmt::Debug for Reading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Reading(..)")
    }
}

impl GatewayConfig {
    /// Whether they can be kept.
    ///
    /// # Errors
    /// `config`, with the key that is wrong.
    pub fn check(&self) -> Result<(), WireError> {
        let wrong = |said: &str| Err(WireError::new(ErrorKind::Config, said).with_hint("see: oqto-runner config"));
        if self.budget_usd.is_some_and(|usd| !usd.is_finite() || usd < 0.0) {
            return wrong("gateway.budget_usd is 0 or more");
        }
        if self.expires_hours == 0 {
            return wrong("gateway.expires_hours is 1 or more");
        }
        Ok(())
    }

    /// The terms of a key for no start in particular, as the gateway reads them.
    pub(super) fn asked(&self) -> Value {
        let mut permissions = Map::new();
        if !self.models.is_empty() {
            // In Pi the providers have names of their own; people may name either.
            let names = self.models.iter().map(|name| super::without(name).to_owned());
            permissions.insert("allowed_models".to_owned(), names.collect());
        }
        if let Some(usd) = self.budget_usd {
            permissions.insert("max_budget_usd".to_owned(), usd.into());
        }
        if let Some(tokens) = self.budget_tokens {
            permissions.insert("max_budget_tokens".to_owned(), tokens.into());
        }
        json!({"permissions": permissions})
    }

    /// The terms of the key of a start, which is its name.
    pub(super) fn asked_for(&self, start: &str, workspace: &str) -> Value {
        let mut terms = self.asked();
        terms["name"] = start.into();
        terms["owner"] = person().into();
        terms["labels"] = json!({"workspace": workspace});
        terms["expires_in_seconds"] = (u64::from(self.expires_hours) * 3600).into();
        terms
    }
}

/// The user that everything of this runner belongs to.
fn person() -> String {
    let named = ["USER", "LOGNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    named.filter(|name| !name.is_empty()).unwrap_or_else(|| format!("uid-{}", rustix::process::getuid().as_raw()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_say_only_what_is_set() {
        let none = GatewayConfig::default().asked();
        assert_eq!(none, json!({"permissions": {}}));
        let terms = GatewayConfig {
            budget_usd: Some(2.5),
            budget_tokens: Some(7),
            models: vec!["eavs-openai/*".to_owned()],
            ..GatewayConfig::default()
        };
        let asked = terms.asked_for("start", "/w");
        let expected = json!({"allowed_models": ["openai/*"], "max_budget_usd": 2.5, "max_budget_tokens": 7});
        assert_eq!(asked["permissions"], expected);
        assert_eq!([&asked["name"], &asked["labels"]["workspace"]], ["start", "/w"]);
        assert_eq!(asked["expires_in_seconds"], 604_800);
    }

    #[test]
    fn what_cannot_be_kept_is_named() {
        let said = |terms: GatewayConfig| terms.check().unwrap_err().message;
        let terms = GatewayConfig { budget_usd: Some(-1.0), ..GatewayConfig::default() };
        assert_eq!(said(terms), "gateway.budget_usd is 0 or more");
        let terms = GatewayConfig { expires_hours: 0, ..GatewayConfig::default() };
        assert_eq!(said(terms), "gateway.expires_hours is 1 or more");
        GatewayConfig::default().check().unwrap();
    }
}
