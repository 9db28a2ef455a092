//! The list of models, in the words of OpenAI, Anthropic or Google.

use std::sync::Arc;

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{Response, StatusCode};
use serde_json::{Value, json};

use super::entry::json as respond;
use crate::book::Key;
use crate::catalog::Model;
use crate::gateway::Current;
use crate::upstream::provider::Provider;
use crate::wire::failure::Failure;

/// One model that a key may use, and the name by which it is asked for here.
struct Listed {
    name: String,
    model: Arc<Model>,
}

/// The models that a key may use, or one of them.
pub(super) fn answer(
    current: &Current,
    key: &Key,
    head: &Parts,
    provider: Option<&str>,
    id: Option<&str>,
    google: bool,
) -> Result<Response<Body>, Failure> {
    let routing = &current.routing;
    let listed = match provider {
        None => {
            let full = |provider: &Arc<Provider>| usable(provider, key, |p, model| format!("{}/{}", p.name, model.id));
            routing.providers().flat_map(full).collect()
        }
        Some(name) => {
            let missing =
                || Failure::new(StatusCode::NOT_FOUND, "provider_not_found", format!("no provider is called {name:?}"));
            let provider = routing.provider(name).ok_or_else(missing)?;
            usable(provider, key, |_, model| model.id.clone())
        }
    };
    let aliases: Vec<&str> = if provider.is_none() { routing.aliases().collect() } else { Vec::new() };
    let anthropic = head.headers.contains_key("anthropic-version");
    let Some(id) = id else { return Ok(respond(&list(&listed, &aliases, google, anthropic))) };
    // One may be asked for with its provider or, where only one has it, without.
    let is_it = |listed: &&Listed| listed.name == id || listed.model.id == id;
    let found = listed.iter().find(is_it).ok_or_else(|| {
        Failure::new(StatusCode::NOT_FOUND, "model_not_found", format!("this key has no model {id:?}"))
    })?;
    Ok(respond(&one(found, google, anthropic)))
}

fn usable(provider: &Provider, key: &Key, name: impl Fn(&Provider, &Model) -> String) -> Vec<Listed> {
    if provider.accounts.is_empty() {
        return Vec::new();
    }
    let allowed = provider.models().filter(|model| key.terms.permissions.allow(&provider.name, &model.id));
    allowed.map(|model| Listed { name: name(provider, model), model: Arc::clone(model) }).collect()
}

fn list(listed: &[Listed], aliases: &[&str], google: bool, anthropic: bool) -> Value {
    let all: Vec<_> = listed.iter().map(|listed| one(listed, google, anthropic)).collect();
    if google {
        return json!({"models": all});
    }
    if anthropic {
        let ends = |listed: Option<&Listed>| listed.map(|listed| listed.name.clone());
        return json!({"data": all, "has_more": false, "first_id": ends(listed.first()), "last_id": ends(listed.last())});
    }
    let alias = |name: &&str| json!({"id": name, "object": "model", "created": 0, "owned_by": "eavs"});
    let all: Vec<_> = aliases.iter().map(alias).chain(all).collect();
    json!({"object": "list", "data": all})
}

fn one(listed: &Listed, google: bool, anthropic: bool) -> Value {
    let Listed { name, model } = listed;
    if google {
        return json!({"name": format!("models/{name}"), "displayName": model.name, "inputTokenLimit": model.context,
            "outputTokenLimit": model.max_output, "supportedGenerationMethods": ["generateContent", "countTokens"]});
    }
    if anthropic {
        return json!({"type": "model", "id": name, "display_name": model.name, "created_at": "1970-01-01T00:00:00Z"});
    }
    json!({"id": name, "object": "model", "created": 0, "owned_by": model.provider, "name": model.name,
        "context_window": model.context, "max_tokens": model.max_output, "reasoning": model.reasoning,
        "tools": model.tools, "input": model.input, "cost": model.cost})
}
