//! One provider of the gateway as Pi reads it.

use std::collections::BTreeMap;

use serde_json::{Map, Number, Value, json};

use crate::catalog::{Cost, Modality, Model};
use crate::config::Kind;
use crate::percent;
use crate::upstream::provider::Provider;
use crate::wire::Api;

/// What the names of our entries begin with, so that nobody takes them for Pi's own providers.
pub const PREFIX: &str = "eavs-";

/// How every version of Pi learns the key: older ones know a bare name of a variable, newer ones `$NAME`, and all of
/// them a command.
pub const KEY_REFERENCE: &str = "!printf %s \"$EAVS_API_KEY\"";

/// What Pi takes for the context of a model that does not say its own.
const ASSUMED_CONTEXT: u64 = 128_000;
/// What Pi takes for the longest answer of a model that does not say its own.
const ASSUMED_OUTPUT: u64 = 16_384;

/// Entries by their names.
pub type Entries = BTreeMap<String, Value>;

/// The entries of these providers. `address` is that of the gateway, such as `http://127.0.0.1:3033`.
pub(crate) fn entries<'a>(
    address: &str,
    providers: impl IntoIterator<Item = &'a Provider>,
    may: impl Fn(&Provider, &Model) -> bool,
) -> Entries {
    let mut entries = Entries::new();
    for provider in providers.into_iter().filter(|provider| !provider.accounts.is_empty()) {
        let Some(api) = PiApi::of(provider) else { continue };
        let models: Vec<Value> = provider
            .models()
            .filter(|model| may(provider, model) && writes_text(model))
            .map(|model| entry(model, api, provider.kind))
            .collect();
        if models.is_empty() {
            continue;
        }
        let base = format!("{}/{}{}", address.trim_end_matches('/'), percent::encoded(&provider.name), api.version());
        let value = json!({"baseUrl": base, "api": api.name(), "apiKey": KEY_REFERENCE, "models": models});
        entries.insert(format!("{PREFIX}{}", provider.name), value);
    }
    entries
}

/// The APIs in which Pi can ask the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PiApi {
    Completions,
    Responses,
    Messages,
    Generate,
}

impl PiApi {
    /// The one that a provider is best asked in.
    pub(crate) fn of(provider: &Provider) -> Option<Self> {
        // Where a provider's own responses are stateful and richer, Pi's adapter for them is the better one.
        let responses = matches!(provider.kind, Kind::Openai | Kind::Azure);
        if responses && provider.speaks(Api::Responses) {
            return Some(Self::Responses);
        }
        let first = provider.apis().iter().find(|api| **api != Api::Embeddings)?;
        Some(match first {
            Api::Chat => Self::Completions,
            Api::Responses => Self::Responses,
            Api::Messages => Self::Messages,
            Api::Generate => Self::Generate,
            Api::Embeddings => return None,
        })
    }

    /// Pi's name of it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Completions => "openai-completions",
            Self::Responses => "openai-responses",
            Self::Messages => "anthropic-messages",
            Self::Generate => "google-generative-ai",
        }
    }

    /// What Pi's client for it expects after the name of the provider.
    const fn version(self) -> &'static str {
        match self {
            Self::Completions | Self::Responses => "/v1",
            Self::Messages => "",
            Self::Generate => "/v1beta",
        }
    }
}

fn writes_text(model: &Model) -> bool {
    model.output.contains(&Modality::Text)
}

fn entry(model: &Model, api: PiApi, kind: Kind) -> Value {
    let name = if model.name.is_empty() { &model.id } else { &model.name };
    let input: &[&str] = if model.input.contains(&Modality::Image) { &["text", "image"] } else { &["text"] };
    let mut entry = json!({
        "id": model.id,
        "name": name,
        "reasoning": model.reasoning,
        "input": input,
        "contextWindow": if model.context == 0 { ASSUMED_CONTEXT } else { model.context },
        "maxTokens": if model.max_output == 0 { ASSUMED_OUTPUT } else { model.max_output },
        "cost": cost(model.cost.unwrap_or_default()),
    });
    let compat = compat(kind, &model.id);
    if api == PiApi::Completions && !compat.is_empty() {
        entry["compat"] = Value::Object(compat);
    }
    entry
}

/// Prices in US dollars for a million tokens.
fn cost(cost: Cost) -> Value {
    json!({"input": number(cost.input), "output": number(cost.output),
        "cacheRead": number(cost.cache_read.unwrap_or(cost.input)),
        "cacheWrite": number(cost.cache_write.unwrap_or(cost.input))})
}

/// A number as people and JavaScript write it: 3, not 3.0.
fn number(value: f64) -> Value {
    let whole = value as i64;
    if (whole as f64 - value).abs() < f64::EPSILON {
        return Value::from(whole);
    }
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

/// What Pi knows of providers by their address, which it does not see here.
fn compat(kind: Kind, model: &str) -> Map<String, Value> {
    let mut compat = Map::new();
    let mut set = |name: &str, value: Value| compat.insert(name.to_owned(), value);
    match kind {
        Kind::Openai | Kind::Azure | Kind::Anthropic | Kind::Google => {}
        Kind::Openrouter => {
            set("supportsDeveloperRole", json!(model.starts_with("anthropic/") || model.starts_with("openai/")));
            set("thinkingFormat", json!("openrouter"));
        }
        Kind::Deepseek => {
            set("supportsStore", json!(false));
            set("supportsDeveloperRole", json!(false));
            set("maxTokensField", json!("max_tokens"));
            set("requiresReasoningContentOnAssistantMessages", json!(true));
            set("thinkingFormat", json!("deepseek"));
        }
        Kind::Together => {
            set("supportsStore", json!(false));
            set("supportsDeveloperRole", json!(false));
            set("supportsReasoningEffort", json!(false));
            set("maxTokensField", json!("max_tokens"));
            set("thinkingFormat", json!("together"));
        }
        Kind::Xai => {
            set("supportsStore", json!(false));
            set("supportsDeveloperRole", json!(false));
            set("supportsReasoningEffort", json!(false));
        }
        Kind::Cerebras => {
            set("supportsStore", json!(false));
            set("supportsDeveloperRole", json!(false));
        }
        Kind::Groq | Kind::Mistral => {
            set("supportsStore", json!(false));
            set("supportsDeveloperRole", json!(false));
            set("maxTokensField", json!("max_tokens"));
        }
        Kind::Ollama | Kind::Vllm | Kind::LlamaCpp | Kind::OpenaiCompatible | Kind::Scripted => {
            set("supportsStore", json!(false));
            set("supportsDeveloperRole", json!(false));
            set("supportsReasoningEffort", json!(false));
            set("maxTokensField", json!("max_tokens"));
        }
    }
    compat
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::config::ProviderSettings;
    use oqto_kit::Secret;

    fn provider(name: &str, kind: Kind) -> Provider {
        let settings = ProviderSettings {
            kind: Some(kind),
            base_url: Some("http://127.0.0.1:1/v1".to_owned()),
            api_key: Secret::new("sk-provider-key"),
            ..ProviderSettings::default()
        };
        Provider::new(name, &settings, &Catalog::shipped(), &|_| None).unwrap()
    }

    #[test]
    fn each_api_has_its_address_and_no_key_is_told() {
        let providers =
            [provider("anthropic", Kind::Anthropic), provider("openai", Kind::Openai), provider("groq", Kind::Groq)];
        let entries = entries("http://127.0.0.1:3033/", &providers, |_, _| true);
        let of = |name: &str, field: &str| entries[name][field].as_str().unwrap_or_default().to_owned();
        assert_eq!(of("eavs-anthropic", "api"), "anthropic-messages");
        assert_eq!(of("eavs-anthropic", "baseUrl"), "http://127.0.0.1:3033/anthropic");
        assert_eq!(of("eavs-openai", "api"), "openai-responses");
        assert_eq!(of("eavs-openai", "baseUrl"), "http://127.0.0.1:3033/openai/v1");
        assert_eq!(of("eavs-groq", "api"), "openai-completions");
        assert_eq!(of("eavs-groq", "apiKey"), KEY_REFERENCE);
        assert!(!format!("{entries:?}").contains("sk-provider-key"));
    }

    #[test]
    fn a_model_says_all_that_pi_shows_and_counts() {
        let entries =
            entries("http://x", &[provider("anthropic", Kind::Anthropic)], |_, model| model.id == "claude-haiku-4-5");
        let expected = json!({"id": "claude-haiku-4-5", "name": "Claude Haiku 4.5 (latest)", "reasoning": true,
            "input": ["text", "image"], "contextWindow": 200_000, "maxTokens": 64_000,
            "cost": {"input": 1, "output": 5, "cacheRead": 0.1, "cacheWrite": 1.25}});
        assert_eq!(entries["eavs-anthropic"]["models"], json!([expected]));
    }

    #[test]
    fn a_key_without_any_model_of_a_provider_has_no_entry_of_it() {
        assert!(entries("http://x", &[provider("anthropic", Kind::Anthropic)], |_, _| false).is_empty());
    }
}
