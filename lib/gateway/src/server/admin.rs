//! What those who run the gateway may ask.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Query;
use axum::http::request::Parts;
use axum::http::{Method, Response, StatusCode};
use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::entry::json as respond;
use super::{figures, providers, sessions};
use crate::book::{BookError, Key};
use crate::gateway::{Gateway, GatewayError};
use crate::keys::terms::{At, Terms};
use crate::percent;
use crate::wire::failure::Failure;

pub(super) async fn answer(gateway: &Arc<Gateway>, head: &Parts, body: Bytes) -> Result<Response<Body>, Failure> {
    let path: Vec<&str> =
        head.uri.path().trim_start_matches("/admin").split('/').filter(|part| !part.is_empty()).collect();
    match (&head.method, path.as_slice()) {
        (&Method::GET, ["status"]) => Ok(respond(&status(gateway))),
        (&Method::GET, ["providers"]) => Ok(respond(&providers::all(&gateway.current()))),
        (&Method::POST, ["models", "reload"]) => {
            let taken = gateway.reload_accounts(&|name: &str| std::env::var_os(name));
            let refused = |error: GatewayError| Failure::new(StatusCode::CONFLICT, "not_taken", error.to_string());
            taken.map(|()| respond(&status(gateway))).map_err(refused)
        }
        (&Method::GET, ["quotas"]) => Ok(respond(&gateway.book.quotas())),
        (_, ["sessions", below @ ..]) => sessions::answer(gateway, head, &body, below).await,
        (&Method::GET, ["keys"]) => {
            let asked = query(head)?;
            Ok(respond(&gateway.book.list_keys(&asked).await.map_err(failed)?))
        }
        (&Method::POST, ["keys"]) => make(gateway, &body).await,
        (&Method::GET, ["keys", name]) => {
            let key = find(gateway, name)?;
            Ok(respond(&gateway.book.info(&key).await.map_err(failed)?))
        }
        (&Method::DELETE, ["keys", name]) => {
            let key = find(gateway, name)?;
            gateway.book.revoke(&key).await.map_err(failed)?;
            Ok(respond(&gateway.book.info(&key).await.map_err(failed)?))
        }
        (&Method::GET, ["keys", name, "usage"]) => figures::requests(gateway, head, Some(name)).await,
        (&Method::GET, ["usage"]) => figures::usage(gateway, head).await,
        (&Method::GET, ["requests"]) => figures::requests(gateway, head, None).await,
        (&Method::GET, ["requests", id]) => figures::request(gateway, id).await,
        (&Method::GET, ["metrics"]) => Ok(figures::metrics(gateway)),
        (method, _) => {
            let message = format!("nothing answers {method} {}", head.uri.path());
            Err(Failure::new(StatusCode::NOT_FOUND, "path_not_found", message))
        }
    }
}

fn status(gateway: &Gateway) -> serde_json::Value {
    let now = gateway.book.now_ms();
    let current = gateway.current();
    let accounts: Vec<_> = current
        .routing
        .providers()
        .flat_map(|provider| {
            provider.accounts.iter().map(|account| {
                let health = account.health(now);
                let rests = u64::try_from(health.rests_until_ms.saturating_sub(now)).unwrap_or(0).div_ceil(1000);
                let login = account.login().map(|live| live.grant());
                let ends = login.as_ref().and_then(|grant| grant.expires_at_ms).map(At);
                json!({"provider": provider.name, "account": account.label, "failures": health.failures,
                    "rests_seconds": rests, "oauth": login.is_some(), "expires_at": ends, "login_again": account.ended()})
            })
        })
        .collect();
    json!({"version": env!("CARGO_PKG_VERSION"), "uptime_seconds": gateway.started.elapsed().as_secs(),
        "database": gateway.database,
        "address": gateway.address.get().map(|address| format!("http://{address}")), "accounts": accounts, "problems": gateway.problems()})
}

async fn make(gateway: &Gateway, body: &Bytes) -> Result<Response<Body>, Failure> {
    let terms: Terms = serde_json::from_slice(body).map_err(|error| {
        Failure::new(StatusCode::BAD_REQUEST, "invalid_terms", format!("the terms of the key: {error}"))
    })?;
    if terms.expires_at.is_some_and(|at| at.0 <= gateway.book.now_ms()) {
        return Err(Failure::new(StatusCode::BAD_REQUEST, "invalid_terms", "expires_at is in the past"));
    }
    let made = gateway.book.make_key(terms).await.map_err(failed)?;
    let mut told = serde_json::to_value(&made.info)
        .map_err(|error| Failure::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", error.to_string()))?;
    told["key"] = json!(made.secret.expose());
    let mut response = respond(&told);
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

pub(super) fn find(gateway: &Gateway, name: &str) -> Result<Arc<Key>, Failure> {
    let name = percent::decoded(name).unwrap_or_else(|| name.to_owned());
    gateway.book.find_key(&name).map_err(failed)
}

pub(super) fn query<T: DeserializeOwned>(head: &Parts) -> Result<T, Failure> {
    let parsed = Query::<T>::try_from_uri(&head.uri);
    parsed
        .map(|Query(value)| value)
        .map_err(|error| Failure::new(StatusCode::BAD_REQUEST, "invalid_query", error.to_string()))
}

#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` gives")]
pub(super) fn failed(error: BookError) -> Failure {
    match error {
        BookError::Unknown(_) => Failure::new(StatusCode::NOT_FOUND, "not_found", error.to_string()),
        BookError::Ambiguous { .. } => Failure::new(StatusCode::CONFLICT, "ambiguous", error.to_string()),
        BookError::Store(_) | BookError::Folder { .. } | BookError::Random(_) => {
            tracing::error!(%error, "the book failed");
            Failure::new(StatusCode::SERVICE_UNAVAILABLE, "not_recorded", error.to_string()).after(2)
        }
    }
}
