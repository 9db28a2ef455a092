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
use crate::upstream::routing::Routing;
use crate::wire::Api;
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
    let words = if google {
        Words::Google
    } else if head.headers.contains_key("anthropic-version") {
        Words::Anthropic
    } else {
        Words::Openai
    };
    let aliases = if provider.is_none() { aliases(routing, key, words) } else { Vec::new() };
    let Some(id) = id else { return Ok(respond(&list(&listed, &aliases, words))) };
    if let Some(alias) = aliases.iter().find(|alias| alias.name == id) {
        return Ok(respond(&of_alias(alias, words)));
    }
    // One may be asked for with its provider or, where only one has it, without.
    let is_it = |listed: &&Listed| listed.name == id || listed.model.id == id;
    let found = listed.iter().find(is_it).ok_or_else(|| {
        Failure::new(StatusCode::NOT_FOUND, "model_not_found", format!("this key has no model {id:?}"))
    })?;
    Ok(respond(&one(found, words)))
}

/// Whose words a list is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    Openai,
    Anthropic,
    Google,
}

impl Words {
    /// The APIs whose clients ask in these words.
    const fn apis(self) -> &'static [Api] {
        match self {
            Self::Openai => &[Api::Chat, Api::Responses, Api::Embeddings],
            Self::Anthropic => &[Api::Messages],
            Self::Google => &[Api::Generate],
        }
    }
}

/// An alias, and the model that it means first.
struct Alias<'a> {
    name: &'a str,
    model: Option<Arc<Model>>,
}

/// Those that a client with these words and this key can be answered by.
fn aliases<'a>(routing: &'a Routing, key: &Key, words: Words) -> Vec<Alias<'a>> {
    let first = |name: &str| {
        let targets = words.apis().iter().filter_map(|api| routing.targets(None, name, *api).ok()).flatten();
        let mut may = targets.filter(|target| key.terms.permissions.allow(&target.provider.name, &target.model));
        may.next()
    };
    routing
        .aliases()
        .filter_map(|name| first(name).map(|target| Alias { name, model: target.provider.model(&target.model) }))
        .collect()
}

fn usable(provider: &Provider, key: &Key, name: impl Fn(&Provider, &Model) -> String) -> Vec<Listed> {
    if provider.accounts.is_empty() {
        return Vec::new();
    }
    let allowed = provider.models().filter(|model| key.terms.permissions.allow(&provider.name, &model.id));
    allowed.map(|model| Listed { name: name(provider, model), model: Arc::clone(model) }).collect()
}

fn list(listed: &[Listed], aliases: &[Alias<'_>], words: Words) -> Value {
    let aliased = aliases.iter().map(|alias| of_alias(alias, words));
    let all: Vec<_> = aliased.chain(listed.iter().map(|listed| one(listed, words))).collect();
    match words {
        Words::Google => json!({"models": all}),
        Words::Anthropic => {
            let id = |model: Option<&Value>| model.map(|model| model["id"].clone());
            json!({"has_more": false, "first_id": id(all.first()), "last_id": id(all.last()), "data": all})
        }
        Words::Openai => json!({"object": "list", "data": all}),
    }
}

/// The methods by which Google's clients ask a model.
const METHODS: [&str; 2] = ["generateContent", "countTokens"];

/// Anthropic's clients want a moment.
const LONG_AGO: &str = "1970-01-01T00:00:00Z";

fn of_alias(alias: &Alias<'_>, words: Words) -> Value {
    let Alias { name, model } = alias;
    match words {
        Words::Google => {
            let mut told =
                json!({"name": format!("models/{name}"), "displayName": name, "supportedGenerationMethods": METHODS});
            if let Some(model) = model {
                told["inputTokenLimit"] = json!(model.context);
                told["outputTokenLimit"] = json!(model.max_output);
            }
            told
        }
        Words::Anthropic => json!({"type": "model", "id": name, "display_name": name, "created_at": LONG_AGO}),
        Words::Openai => json!({"id": name, "object": "model", "created": 0, "owned_by": "eavs"}),
    }
}

fn one(listed: &Listed, words: Words) -> Value {
    let Listed { name, model } = listed;
    match words {
        Words::Google => json!({"name": format!("models/{name}"), "displayName": model.name,
            "inputTokenLimit": model.context, "outputTokenLimit": model.max_output, "supportedGenerationMethods": METHODS}),
        Words::Anthropic => {
            json!({"type": "model", "id": name, "display_name": model.name, "created_at": LONG_AGO})
        }
        Words::Openai => json!({"id": name, "object": "model", "created": 0, "owned_by": model.provider,
            "name": model.name, "context_window": model.context, "max_tokens": model.max_output,
            "reasoning": model.reasoning, "tools": model.tools, "input": model.input, "cost": model.cost}),
    }
}
