//! What a person can say about the gateway: the `[gateway]` part of the runner's configuration.

use std::path::PathBuf;
use std::sync::Arc;

use oqto_protocol::command::SetBudget;
use oqto_protocol::entry::BudgetPart;
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::session::BudgetTerms;
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
    /// The most US dollars that a session may be given by a person; without it nobody is given more than `budget_usd`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget_max_usd: Option<Most<f64>>,
    /// The same for tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget_max_tokens: Option<Most<u64>>,
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
            budget_max_usd: None,
            budget_max_tokens: None,
            models: Vec::new(),
            model: String::new(),
            expires_hours: 168,
        }
    }
}

/// A maximum, or that there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "a number or \"unlimited\"")]
pub enum Most<T> {
    /// So much.
    At(T),
    /// As much as one likes.
    Free(Unlimited),
}

/// The word for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unlimited {
    /// There is no maximum.
    Unlimited,
}

impl<T> Most<T> {
    fn limit(self) -> Option<T> {
        match self {
            Self::At(most) => Some(most),
            Self::Free(Unlimited::Unlimited) => None,
        }
    }
}

/// What a session may use over all its starts; what is absent has no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Limits {
    /// US dollars.
    pub usd: Option<f64>,
    /// Tokens, read and written.
    pub tokens: Option<u64>,
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
        if matches!(self.budget_max_usd, Some(Most::At(usd)) if !usd.is_finite() || usd < 0.0) {
            return wrong("gateway.budget_max_usd is 0 or more, or \"unlimited\"");
        }
        let most = self.most();
        if self.budget_usd.zip(most.usd).is_some_and(|(usd, most)| usd > most) {
            return wrong("gateway.budget_usd is more than gateway.budget_max_usd");
        }
        if self.budget_tokens.zip(most.tokens).is_some_and(|(tokens, most)| tokens > most) {
            return wrong("gateway.budget_tokens is more than gateway.budget_max_tokens");
        }
        if self.expires_hours == 0 {
            return wrong("gateway.expires_hours is 1 or more");
        }
        Ok(())
    }

    /// The most that a session may be given.
    #[must_use]
    pub fn most(&self) -> Limits {
        let usd = self.budget_max_usd.map_or(self.budget_usd, Most::limit);
        let tokens = self.budget_max_tokens.map_or(self.budget_tokens, Most::limit);
        Limits { usd, tokens }
    }

    /// What a session may use: what a person has said of it, else what is set here; never more than the most.
    #[must_use]
    pub fn limits(&self, said: &BudgetTerms) -> Limits {
        let free = |part| said.unlimited.contains(&part);
        let usd = if free(BudgetPart::Usd) { None } else { said.usd.or(self.budget_usd) };
        let tokens = if free(BudgetPart::Tokens) { None } else { said.tokens.or(self.budget_tokens) };
        let most = self.most();
        Limits { usd: narrower(usd, most.usd), tokens: narrower(tokens, most.tokens) }
    }

    /// Whether a person may say this of a session's budget.
    ///
    /// # Errors
    /// `invalid_params` for what is no amount; `not_permitted` beyond the most, which is told.
    pub fn permit(&self, asked: &SetBudget) -> Result<(), WireError> {
        let wrong = |said: &str| Err(WireError::new(ErrorKind::InvalidParams, said));
        if asked.usd.is_some_and(|usd| !usd.is_finite() || usd < 0.0) {
            return wrong("`usd` is 0 or more");
        }
        let free = |part| asked.unlimited.contains(&part);
        if asked.usd.is_some() && free(BudgetPart::Usd) || asked.tokens.is_some() && free(BudgetPart::Tokens) {
            return wrong("a limit is set or removed, not both");
        }
        let most = self.most();
        if let Some(usd) = most.usd
            && (free(BudgetPart::Usd) || asked.usd.is_some_and(|asked| asked > usd))
        {
            return Err(beyond(&format!("cost ${usd:.2} at most"), "budget_max_usd"));
        }
        if let Some(tokens) = most.tokens
            && (free(BudgetPart::Tokens) || asked.tokens.is_some_and(|asked| asked > tokens))
        {
            return Err(beyond(&format!("use {tokens} tokens at most"), "budget_max_tokens"));
        }
        Ok(())
    }

    /// The terms of a key for no start in particular, as the gateway reads them.
    pub(super) fn asked(&self, limits: Limits) -> Value {
        let mut permissions = Map::new();
        if !self.models.is_empty() {
            // In Pi the providers have names of their own; people may name either.
            let names = self.models.iter().map(|name| super::without(name).to_owned());
            permissions.insert("allowed_models".to_owned(), names.collect());
        }
        if let Some(usd) = limits.usd {
            permissions.insert("max_budget_usd".to_owned(), usd.into());
        }
        if let Some(tokens) = limits.tokens {
            permissions.insert("max_budget_tokens".to_owned(), tokens.into());
        }
        json!({"permissions": permissions})
    }

    /// The terms of the key of a start, which is its name.
    pub(super) fn asked_for(&self, start: &str, workspace: &str, limits: Limits) -> Value {
        let mut terms = self.asked(limits);
        terms["name"] = start.into();
        terms["owner"] = person().into();
        terms["labels"] = json!({"workspace": workspace});
        terms["expires_in_seconds"] = (u64::from(self.expires_hours) * 3600).into();
        terms
    }
}

fn narrower<T: PartialOrd>(limit: Option<T>, most: Option<T>) -> Option<T> {
    match (limit, most) {
        (Some(limit), Some(most)) => Some(if limit > most { most } else { limit }),
        (limit, most) => limit.or(most),
    }
}

fn beyond(what: &str, key: &str) -> WireError {
    let said = format!("a conversation may {what} on this runner");
    let hint = format!("{key} under [gateway] in runner.toml is the maximum: a number, or \"unlimited\"");
    WireError::new(ErrorKind::NotPermitted, said).with_hint(hint)
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
        let none = GatewayConfig::default().asked(Limits::default());
        assert_eq!(none, json!({"permissions": {}}));
        let terms = GatewayConfig {
            budget_usd: Some(2.5),
            budget_tokens: Some(7),
            models: vec!["eavs-openai/*".to_owned()],
            ..GatewayConfig::default()
        };
        let asked = terms.asked_for("start", "/w", terms.limits(&BudgetTerms::default()));
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
        let terms =
            GatewayConfig { budget_usd: Some(2.0), budget_max_usd: Some(Most::At(1.0)), ..GatewayConfig::default() };
        assert_eq!(said(terms), "gateway.budget_usd is more than gateway.budget_max_usd");
        let terms = GatewayConfig { budget_max_usd: Some(Most::At(f64::NAN)), ..GatewayConfig::default() };
        assert_eq!(said(terms), "gateway.budget_max_usd is 0 or more, or \"unlimited\"");
        let terms = GatewayConfig { expires_hours: 0, ..GatewayConfig::default() };
        assert_eq!(said(terms), "gateway.expires_hours is 1 or more");
        GatewayConfig::default().check().unwrap();
    }

    fn set(usd: f64, most: Option<Most<f64>>) -> GatewayConfig {
        GatewayConfig { budget_usd: Some(usd), budget_max_usd: most, ..GatewayConfig::default() }
    }

    #[test]
    fn without_a_maximum_nobody_is_given_more_than_is_set() {
        let asked = |usd| SetBudget { usd: Some(usd), ..SetBudget::default() };
        let free = SetBudget { unlimited: vec![BudgetPart::Usd], ..SetBudget::default() };
        let refused = |config: &GatewayConfig, asked: &SetBudget| {
            let error = config.permit(asked).unwrap_err();
            (error.code, error.message)
        };
        let at_most =
            |usd: &str| (ErrorKind::NotPermitted, format!("a conversation may cost ${usd} at most on this runner"));
        let config = set(2.0, None);
        assert_eq!(refused(&config, &asked(2.01)), at_most("2.00"));
        assert_eq!(refused(&config, &free), at_most("2.00"));
        config.permit(&asked(1.0)).unwrap();
        let config = set(2.0, Some(Most::At(5.0)));
        config.permit(&asked(5.0)).unwrap();
        assert_eq!(refused(&config, &asked(5.5)), at_most("5.00"));
        let config = set(2.0, Some(Most::Free(Unlimited::Unlimited)));
        config.permit(&free).unwrap();
        GatewayConfig::default().permit(&free).unwrap();
        let tokens = GatewayConfig { budget_max_tokens: Some(Most::At(9)), ..GatewayConfig::default() };
        let more = SetBudget { tokens: Some(10), ..SetBudget::default() };
        assert_eq!(refused(&tokens, &more).1, "a conversation may use 9 tokens at most on this runner");
        assert_eq!(refused(&tokens, &asked(-1.0)).0, ErrorKind::InvalidParams);
        let both = SetBudget { usd: Some(1.0), ..free };
        assert_eq!(refused(&config, &both).0, ErrorKind::InvalidParams);
    }

    #[test]
    fn what_was_said_before_stays_within_a_maximum_that_came_later() {
        let said = BudgetTerms { usd: Some(8.0), ..BudgetTerms::default() };
        let free = BudgetTerms { unlimited: vec![BudgetPart::Usd, BudgetPart::Tokens], ..BudgetTerms::default() };
        let most = set(2.0, Some(Most::At(5.0)));
        assert_eq!(most.limits(&said).usd, Some(5.0));
        assert_eq!(most.limits(&free), Limits { usd: Some(5.0), tokens: None });
        assert_eq!(most.limits(&BudgetTerms::default()).usd, Some(2.0));
        assert_eq!(set(2.0, Some(Most::Free(Unlimited::Unlimited))).limits(&free), Limits::default());
        let only = GatewayConfig { budget_max_tokens: Some(Most::At(9)), ..GatewayConfig::default() };
        assert_eq!(only.limits(&BudgetTerms::default()), Limits { usd: None, tokens: Some(9) });
    }

    #[test]
    fn a_maximum_is_a_number_or_a_word() {
        let read = |text: &str| serde_json::from_str::<GatewayConfig>(text);
        assert_eq!(read(r#"{"budget_max_usd": 3}"#).unwrap().budget_max_usd, Some(Most::At(3.0)));
        let free = read(r#"{"budget_max_tokens": "unlimited"}"#).unwrap();
        assert_eq!(free.budget_max_tokens, Some(Most::Free(Unlimited::Unlimited)));
        let wrong = read(r#"{"budget_max_usd": "much"}"#).unwrap_err().to_string();
        assert!(wrong.contains("a number or \"unlimited\""), "{wrong}");
    }
}
