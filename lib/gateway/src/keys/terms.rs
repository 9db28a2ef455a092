//! What a key may do.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::glob::fits;
use super::window::Window;
use crate::money::Money;

/// A moment in milliseconds since 1970; RFC 3339 in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct At(pub i64);

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Timestamp::from_millisecond(self.0).unwrap_or_default())
    }
}

impl Serialize for At {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for At {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let at: Timestamp = text
            .parse()
            .map_err(|_| serde::de::Error::custom(format!("{text:?} is not a time as in 2026-12-31T23:59:59Z")))?;
        Ok(Self(at.as_millisecond()))
    }
}

/// What is agreed about a key when it is made.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Terms {
    /// What people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// The session that it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// Anything else that is to be found again with its use.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// After this moment it is worth nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<At>,
    /// The account of the providers that it is bound to, by label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// What it may ask for, and how much.
    pub permissions: Permissions,
}

/// What a key may ask for, and how much.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Permissions {
    /// `PROVIDER/MODEL` or `MODEL` with `*`; empty is every model.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allowed_models: Vec<String>,
    /// The same for what is refused; it wins.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocked_models: Vec<String>,
    /// Names of providers; empty is every provider.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allowed_providers: Vec<String>,
    /// Requests a minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rpm_limit: Option<u64>,
    /// Requests a day, in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rpd_limit: Option<u64>,
    /// Tokens a minute, read and written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tpm_limit: Option<u64>,
    /// US dollars in each window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_budget_usd: Option<Money>,
    /// Tokens in each window, read and written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_budget_tokens: Option<u64>,
    /// How often the budgets begin anew.
    pub budget_window: Window,
}

impl Permissions {
    /// Whether it may ask this provider for this model.
    #[must_use]
    pub fn allow(&self, provider: &str, model: &str) -> bool {
        let full = format!("{provider}/{model}");
        let named = |patterns: &[String]| patterns.iter().any(|pattern| fits(pattern, &full) || fits(pattern, model));
        // Some providers do not tell the cases of a name apart: what is refused is refused in every case.
        let (any_full, any_model) = (full.to_lowercase(), model.to_lowercase());
        let blocks = |pattern: &String| {
            let pattern = pattern.to_lowercase();
            fits(&pattern, &any_full) || fits(&pattern, &any_model)
        };
        (self.allowed_providers.is_empty() || self.allowed_providers.iter().any(|name| name == provider))
            && (self.allowed_models.is_empty() || named(&self.allowed_models))
            && !self.blocked_models.iter().any(blocks)
    }

    /// Whether it has any budget.
    #[must_use]
    pub const fn has_budget(&self) -> bool {
        self.max_budget_usd.is_some() || self.max_budget_tokens.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_blocked_wins() {
        let list = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let some = Permissions {
            allowed_models: list(&["claude-*", "openai/gpt-5*"]),
            blocked_models: list(&["*-opus-*"]),
            allowed_providers: list(&["anthropic", "openai"]),
            ..Permissions::default()
        };
        assert!(some.allow("anthropic", "claude-haiku-4-5"));
        assert!(some.allow("openai", "gpt-5-mini"));
        assert!(!some.allow("anthropic", "claude-opus-4-5"));
        assert!(!some.allow("anthropic", "claude-OPUS-4-5"));
        assert!(!some.allow("openai", "GPT-5-mini"), "what is allowed is allowed as it is written");
        assert!(!some.allow("azure", "gpt-5-mini"));
        assert!(!some.allow("mine", "claude-haiku-4-5"));
        assert!(Permissions::default().allow("any", "thing"));
    }

    #[test]
    fn terms_are_strict() {
        assert!(serde_json::from_str::<Terms>(r#"{"permissions":{"max_budget_usd":-1}}"#).is_err());
        assert!(serde_json::from_str::<Terms>(r#"{"permision":{}}"#).is_err());
        assert!(serde_json::from_str::<Terms>(r#"{"expires_at":"tomorrow"}"#).is_err());
        let terms: Terms = serde_json::from_str(r#"{"expires_at":"2026-12-31T00:00:00+01:00"}"#).unwrap();
        assert_eq!(serde_json::to_string(&terms.expires_at).unwrap(), "\"2026-12-30T23:00:00Z\"");
    }
}
