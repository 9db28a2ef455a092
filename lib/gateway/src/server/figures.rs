//! What was used, single requests, and numbers for Prometheus, for those who run the gateway.

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Response, StatusCode, header};

use super::admin::{failed, find, query};
use super::entry::json as respond;
use crate::book::{Group, RequestQuery, UsageQuery};
use crate::gateway::Gateway;
use crate::metrics::{AccountNow, MEDIA_TYPE, Now};
use crate::wire::failure::Failure;

/// The id of a key that is named by its id or its name.
fn key_id(gateway: &Gateway, name: Option<String>) -> Result<Option<String>, Failure> {
    name.map(|name| find(gateway, &name).map(|key| key.id.clone())).transpose()
}

/// Sums of what was used.
pub(super) async fn usage(gateway: &Gateway, head: &Parts) -> Result<Response<Body>, Failure> {
    let mut asked: UsageQuery = query(head)?;
    if (asked.by == Group::Label) != asked.label.is_some() {
        let message = "label=NAME goes with by=label, and by=label with label=NAME";
        return Err(Failure::new(StatusCode::BAD_REQUEST, "invalid_query", message));
    }
    asked.key = key_id(gateway, asked.key)?;
    Ok(respond(&gateway.book.usage(asked).await.map_err(failed)?))
}

/// Single requests, as many as there are or, with `after` and `wait`, as soon as there is one.
pub(super) async fn requests(gateway: &Gateway, head: &Parts, key: Option<&str>) -> Result<Response<Body>, Failure> {
    let mut asked: RequestQuery = query(head)?;
    asked.key = key_id(gateway, key.map(str::to_owned).or(asked.key))?;
    let stop = gateway.tasks.token().clone();
    // A service that ends lets go of those who wait.
    let found = stop.run_until_cancelled(gateway.book.log(asked)).await;
    Ok(respond(&found.unwrap_or_else(|| Ok(Vec::new())).map_err(failed)?))
}

/// One request, and what was said in it where that is kept.
pub(super) async fn request(gateway: &Gateway, id: &str) -> Result<Response<Body>, Failure> {
    let found = gateway.book.request(id).await.map_err(failed)?;
    let missing = || {
        let message = format!("no request is called {id:?}, or it is forgotten");
        Failure::new(StatusCode::NOT_FOUND, "request_not_found", message)
    };
    found.map(|request| respond(&request)).ok_or_else(missing)
}

/// Numbers for Prometheus.
pub(super) fn metrics(gateway: &Gateway) -> Response<Body> {
    let at_ms = gateway.book.now_ms();
    let current = gateway.current();
    let accounts = current.routing.providers().flat_map(|provider| {
        let name = provider.name.clone();
        provider.accounts.iter().map(move |account| {
            let health = account.health(at_ms);
            let rests_seconds = health.rests_until_ms.saturating_sub(at_ms).max(0) as f64 / 1000.0;
            AccountNow {
                provider: name.clone(),
                account: account.label.clone(),
                failures: health.failures,
                rests_seconds,
            }
        })
    });
    let (unwritten, behind_ms) = gateway.book.metrics.behind(at_ms);
    let now = Now {
        accounts: accounts.collect(),
        quotas: gateway.book.quotas(),
        at_ms,
        uptime_seconds: gateway.started.elapsed().as_secs_f64(),
        keys: gateway.book.count_valid_keys(),
        unwritten,
        behind_seconds: behind_ms as f64 / 1000.0,
    };
    let mut response = Response::new(Body::from(gateway.book.metrics.text(&now)));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    response
}
