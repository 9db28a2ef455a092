//! What clients are told of the providers, to configure themselves by.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};

use crate::book::Key;
use crate::catalog::{Modality, Model};
use crate::gateway::Current;
use crate::upstream::provider::Provider;
use crate::wire::Api;

/// One provider.
#[derive(Debug, Serialize)]
pub(super) struct Detail {
    name: String,
    #[serde(rename = "type")]
    kind: &'static str,
    /// Pi's word for the API in which it is asked.
    pi_api: &'static str,
    apis: Vec<Api>,
    oauth: bool,
    has_api_key: bool,
    models: Vec<Entry>,
}

/// One model of it, with prices in US dollars for a million tokens.
#[derive(Debug, Serialize)]
struct Entry {
    id: String,
    name: String,
    reasoning: bool,
    tools: bool,
    input: Vec<&'static str>,
    context_window: u64,
    max_tokens: u64,
    cost: Value,
}

/// The names of the providers that a key may use.
pub(super) fn names(current: &Current, key: &Key) -> Vec<String> {
    usable(current, key).into_iter().map(|provider| provider.name.clone()).collect()
}

/// The providers that a key may use, with the models that it may use.
pub(super) fn details(current: &Current, key: &Key) -> Vec<Detail> {
    let may = |provider: &Provider, model: &Model| key.terms.permissions.allow(&provider.name, &model.id);
    usable(current, key).iter().map(|provider| detail(provider, |model| may(provider, model))).collect()
}

/// Every provider, for those who run the gateway.
pub(super) fn all(current: &Current) -> Vec<Detail> {
    current.routing.providers().map(|provider| detail(provider, |_| true)).collect()
}

fn usable(current: &Current, key: &Key) -> Vec<Arc<Provider>> {
    let allowed = &key.terms.permissions.allowed_providers;
    let may = |provider: &&Arc<Provider>| allowed.is_empty() || allowed.contains(&provider.name);
    current.routing.providers().filter(may).cloned().collect()
}

fn detail(provider: &Provider, may: impl Fn(&Model) -> bool) -> Detail {
    Detail {
        name: provider.name.clone(),
        kind: provider.kind.name(),
        pi_api: pi_api(provider),
        apis: provider.apis().to_vec(),
        oauth: provider.accounts.iter().any(|account| account.login().is_some()),
        has_api_key: !provider.accounts.is_empty(),
        models: provider.models().filter(|model| may(model)).map(|model| entry(model)).collect(),
    }
}

fn pi_api(provider: &Provider) -> &'static str {
    if provider.speaks(Api::Responses) && provider.kind != crate::config::Kind::Scripted {
        return "openai-responses";
    }
    match provider.apis().first() {
        Some(Api::Messages) => "anthropic-messages",
        Some(Api::Generate) => "google-generative-ai",
        Some(Api::Chat | Api::Responses | Api::Embeddings) | None => "openai-completions",
    }
}

fn entry(model: &Model) -> Entry {
    let cost = model.cost.unwrap_or_default();
    let input = model.input.iter().filter_map(|modality| match modality {
        Modality::Text => Some("text"),
        Modality::Image => Some("image"),
        Modality::Audio | Modality::Video | Modality::Pdf => None,
    });
    Entry {
        id: model.id.clone(),
        name: model.name.clone(),
        reasoning: model.reasoning,
        tools: model.tools,
        input: input.collect(),
        context_window: model.context,
        max_tokens: model.max_output,
        cost: json!({"input": cost.input, "output": cost.output, "cache_read": cost.cache_read.unwrap_or(cost.input),
            "cache_write": cost.cache_write.unwrap_or(cost.input)}),
    }
}
