//! Sessions of agents: each has one key that counts, made anew with every start, and one budget over all of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{Method, Response, StatusCode};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::admin::failed;
use super::entry::{json as respond, only};
use crate::book::Key;
use crate::catalog::Model;
use crate::gateway::Gateway;
use crate::keys::terms::{At, Permissions, Terms};
use crate::money::Money;
use crate::percent;
use crate::pi_models::entry::entries;
use crate::upstream::provider::Provider;
use crate::wire::failure::Failure;

/// The most seconds for which a key of a session counts: ten years.
const LONGEST: u64 = 10 * 366 * 86_400;

/// Held while the keys of a session are changed.
static CHANGING: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// How a session stands.
#[derive(Debug, Serialize)]
struct Standing {
    session: String,
    /// The id of the key that was made last.
    key_id: String,
    /// Whether no key of it counts any more.
    closed: bool,
    /// US dollars for the whole session.
    #[serde(skip_serializing_if = "Option::is_none")]
    budget_usd: Option<Money>,
    /// Tokens for the whole session, read and written.
    #[serde(skip_serializing_if = "Option::is_none")]
    budget_tokens: Option<u64>,
    spent_usd: Money,
    spent_tokens: u64,
    requests: u64,
}

/// The routes below `/admin/sessions`.
pub(super) async fn answer(
    gateway: &Arc<Gateway>,
    head: &Parts,
    body: &Bytes,
    below: &[&str],
) -> Result<Response<Body>, Failure> {
    if let [name, "budget"] = below {
        only(head, &Method::PUT)?;
        return change(gateway, decoded(name), body).await;
    }
    let [name] = below else {
        if head.method == Method::POST {
            return Ok(respond(&offer(gateway, &terms(gateway, body)?.permissions)));
        }
        only(head, &Method::GET)?;
        return Ok(respond(&open(gateway)));
    };
    let session = decoded(name);
    if head.method == Method::POST {
        return begin(gateway, session, body).await;
    }
    let keys = keys_of(gateway, &session)?;
    if head.method == Method::DELETE {
        for key in &keys {
            gateway.book.revoke(key).await.map_err(failed)?;
        }
    } else {
        only(head, &Method::GET)?;
    }
    Ok(respond(&standing(gateway, session, &keys).await?))
}

fn decoded(name: &str) -> String {
    percent::decoded(name).unwrap_or_else(|| name.to_owned())
}

/// What a session may use from now on, over all its keys; what is not said has no limit.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Limits {
    #[serde(default)]
    budget_usd: Option<Money>,
    #[serde(default)]
    budget_tokens: Option<u64>,
}

/// Gives a session another budget. Its key stays, with whatever was used and is set aside.
async fn change(gateway: &Gateway, session: String, body: &Bytes) -> Result<Response<Body>, Failure> {
    let wrong = |error: serde_json::Error| {
        Failure::new(StatusCode::BAD_REQUEST, "invalid_terms", format!("the budget of the session: {error}"))
    };
    let limits: Limits = serde_json::from_slice(body).map_err(wrong)?;
    let _alone = CHANGING.lock().await;
    let keys = keys_of(gateway, &session)?;
    if let [earlier @ .., last] = keys.as_slice() {
        let spent = spent(gateway, earlier).await?;
        let usd = limits.budget_usd.map(|budget| budget - spent.0);
        let tokens = limits.budget_tokens.map(|budget| budget.saturating_sub(spent.1));
        gateway.book.change_budget(&last.id, usd, tokens).await.map_err(failed)?;
    }
    let keys = keys_of(gateway, &session)?;
    Ok(respond(&standing(gateway, session, &keys).await?))
}

/// What keys have used together.
async fn spent(gateway: &Gateway, keys: &[Arc<Key>]) -> Result<(Money, u64), Failure> {
    let mut spent = (Money::ZERO, 0_u64);
    for key in keys {
        let used = gateway.book.info(key).await.map_err(failed)?.usage;
        spent = (spent.0 + used.total_spend_usd, spent.1.saturating_add(used.total_tokens));
    }
    Ok(spent)
}

/// The sessions that have a key that counts, with its labels.
fn open(gateway: &Gateway) -> Vec<Value> {
    let now = gateway.book.now_ms();
    let keys = gateway.book.keys();
    let valid = keys.iter().filter(|key| key.check(now).is_ok());
    let by_session: BTreeMap<&String, &Arc<Key>> =
        valid.filter_map(|key| Some((key.terms.session.as_ref()?, key))).collect();
    by_session.into_iter().map(|(session, key)| json!({"session": session, "labels": key.terms.labels})).collect()
}

/// What somebody with these permissions finds here.
fn offer(gateway: &Gateway, permissions: &Permissions) -> Value {
    let address = gateway.address.get().map(|address| format!("http://{address}")).unwrap_or_default();
    let current = gateway.current();
    let may = |provider: &Provider, model: &Model| permissions.allow(&provider.name, &model.id);
    let providers = entries(&address, current.routing.providers().map(AsRef::as_ref), may);
    json!({"address": address, "providers": providers})
}

/// The terms of a session's key; `expires_in_seconds` says the end from now on.
fn terms(gateway: &Gateway, body: &Bytes) -> Result<Terms, Failure> {
    let wrong =
        |why: &str| Failure::new(StatusCode::BAD_REQUEST, "invalid_terms", format!("the terms of the key: {why}"));
    let mut asked: Value = serde_json::from_slice(body).map_err(|error| wrong(&error.to_string()))?;
    let fields = asked.as_object_mut().ok_or_else(|| wrong("they are an object"))?;
    let lasts = fields.remove("expires_in_seconds");
    let mut terms: Terms = serde_json::from_value(asked).map_err(|error| wrong(&error.to_string()))?;
    if let Some(lasts) = lasts {
        let seconds = lasts.as_u64().filter(|seconds| (1..=LONGEST).contains(seconds));
        let seconds = seconds.ok_or_else(|| wrong("expires_in_seconds is 1 or more"))?;
        let ms = i64::try_from(seconds.saturating_mul(1000)).unwrap_or(i64::MAX);
        terms.expires_at = Some(At(gateway.book.now_ms().saturating_add(ms)));
    }
    Ok(terms)
}

/// Makes the session's key: earlier ones end, and what they used is taken off the budget.
async fn begin(gateway: &Gateway, session: String, body: &Bytes) -> Result<Response<Body>, Failure> {
    let mut terms = terms(gateway, body)?;
    // Of two at once, the second has to see the key of the first.
    let _alone = CHANGING.lock().await;
    let earlier = keys_of(gateway, &session).unwrap_or_default();
    for key in &earlier {
        gateway.book.revoke(key).await.map_err(failed)?;
    }
    let spent = spent(gateway, &earlier).await?;
    let permissions = &mut terms.permissions;
    permissions.max_budget_usd = permissions.max_budget_usd.map(|budget| budget - spent.0);
    permissions.max_budget_tokens = permissions.max_budget_tokens.map(|budget| budget.saturating_sub(spent.1));
    terms.session = Some(session.clone());
    let made = gateway.book.make_key(terms).await.map_err(failed)?;
    let keys = keys_of(gateway, &session)?;
    let standing = standing(gateway, session, &keys).await?;
    let mut told = offer(gateway, &made.info.terms.permissions);
    told["key"] = json!(made.secret.expose());
    told["session"] = json!(standing);
    let mut response = respond(&told);
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

fn keys_of(gateway: &Gateway, session: &str) -> Result<Vec<Arc<Key>>, Failure> {
    let mut keys = gateway.book.keys();
    keys.retain(|key| key.terms.session.as_deref() == Some(session));
    if keys.is_empty() {
        let message = format!("no session is called {session:?}");
        return Err(Failure::new(StatusCode::NOT_FOUND, "not_found", message));
    }
    Ok(keys)
}

async fn standing(gateway: &Gateway, session: String, keys: &[Arc<Key>]) -> Result<Standing, Failure> {
    let now = gateway.book.now_ms();
    let mut told = Standing {
        session,
        key_id: String::new(),
        closed: keys.iter().all(|key| key.check(now).is_err()),
        budget_usd: None,
        budget_tokens: None,
        spent_usd: Money::ZERO,
        spent_tokens: 0,
        requests: 0,
    };
    for key in keys {
        // The budget of a key is what was left when it was made.
        let (before, tokens_before) = (told.spent_usd, told.spent_tokens);
        let permissions = &key.terms.permissions;
        told.budget_usd = permissions.max_budget_usd.map(|left| left + before);
        told.budget_tokens = permissions.max_budget_tokens.map(|left| left.saturating_add(tokens_before));
        let used = gateway.book.info(key).await.map_err(failed)?.usage;
        told.key_id = key.id.clone();
        told.spent_usd += used.total_spend_usd;
        told.spent_tokens = told.spent_tokens.saturating_add(used.total_tokens);
        told.requests += used.total_requests;
    }
    Ok(told)
}
