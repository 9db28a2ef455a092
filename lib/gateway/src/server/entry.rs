//! The entry: who asks, and for what.

use std::sync::Arc;

use axum::body::Body;
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::request::Parts;
use axum::http::{Method, Request, Response, StatusCode};
use hyper::body::Incoming;
use serde::Serialize;
use subtle::ConstantTimeEq as _;

use super::body::read;
use super::{admin, models, providers};
use crate::book::{Denied, Key};
use crate::gateway::{Current, Gateway};
use crate::keys::token::Hash;
use crate::proxy;
use crate::wire::failure::Failure;
use crate::wire::{Api, Endpoint};

/// Who is at the other end, before a key was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Visitor {
    /// Anyone who can connect to a loopback address.
    Anyone,
    /// The user that the gateway runs as, by the admin socket.
    Owner,
}

/// Answers one request. Nothing but `/health` is answered without a key.
pub(super) async fn answer(gateway: &Arc<Gateway>, visitor: Visitor, request: Request<Incoming>) -> Response<Body> {
    let (head, body) = request.into_parts();
    let path = head.uri.path();
    if path == "/health" && (head.method == Method::GET || head.method == Method::HEAD) {
        return Response::new(Body::empty());
    }
    // What counts is taken once: the whole request goes by it.
    let current = &gateway.current();
    if path == "/admin" || path.starts_with("/admin/") || path == "/metrics" {
        let answered = match permit_admin(current, visitor, &head.headers) {
            Ok(()) => match read(current, &head, body).await {
                Ok(body) => admin::answer(gateway, &head, body.bytes).await,
                Err(failure) => Err(failure),
            },
            Err(failure) => Err(failure),
        };
        return answered.unwrap_or_else(|failure| {
            current.book.metrics.refused(failure.code);
            told(&failure, None)
        });
    }
    let endpoint = Endpoint::parse(path);
    let api = api(endpoint.as_ref(), &head.headers);
    match for_key(current, &head, body, endpoint).await {
        Ok(response) => response,
        Err(failure) => {
            current.book.metrics.refused(failure.code);
            told(&failure, api)
        }
    }
}

/// In whose words the client speaks. Where the path leaves it open, its headers tell: Google's newer clients ask below `v1`.
fn api(endpoint: Option<&Endpoint>, headers: &HeaderMap) -> Option<Api> {
    match endpoint? {
        Endpoint::Call { call, .. } => Some(call.api()),
        Endpoint::Models { google: true, .. } => Some(Api::Generate),
        Endpoint::Models { google: false, .. } if headers.contains_key("x-goog-api-client") => Some(Api::Generate),
        Endpoint::Models { google: false, .. } => headers.contains_key("anthropic-version").then_some(Api::Messages),
    }
}

async fn for_key(
    current: &Arc<Current>,
    head: &Parts,
    body: Incoming,
    endpoint: Option<Endpoint>,
) -> Result<Response<Body>, Failure> {
    let key = authenticate(current, &head.headers)?;
    match endpoint {
        Some(Endpoint::Call { provider, call }) => {
            only(head, &Method::POST)?;
            let body = read(current, head, body).await?;
            proxy::presence::call(current, &key, provider, call, head, (body.bytes.clone(), body)).await
        }
        Some(Endpoint::Models { provider, id, google }) => {
            only(head, &Method::GET)?;
            let google = google || head.headers.contains_key("x-goog-api-client");
            models::answer(current, &key, head, provider.as_deref(), id.as_deref(), google)
        }
        None => match head.uri.path() {
            "/providers" => only(head, &Method::GET).map(|()| json(&providers::names(current, &key))),
            "/providers/detail" => only(head, &Method::GET).map(|()| json(&providers::details(current, &key))),
            path => Err(Failure::new(StatusCode::NOT_FOUND, "path_not_found", format!("nothing is at {path}"))),
        },
    }
}

pub(super) fn only(head: &Parts, method: &Method) -> Result<(), Failure> {
    if head.method == *method {
        return Ok(());
    }
    let message = format!("{} is asked with {method}", head.uri.path());
    Err(Failure::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", message))
}

/// The texts that a client shows as its key: each SDK has a header of its own.
fn credentials(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    static OTHERS: [HeaderName; 3] = [
        HeaderName::from_static("x-api-key"),
        HeaderName::from_static("x-goog-api-key"),
        HeaderName::from_static("api-key"),
    ];
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let bearer = text(&header::AUTHORIZATION).and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    });
    bearer.into_iter().chain(OTHERS.iter().filter_map(text)).filter(|text| !text.is_empty())
}

fn authenticate(current: &Current, headers: &HeaderMap) -> Result<Arc<Key>, Failure> {
    let mut denied = None;
    for text in credentials(headers) {
        match current.book.authenticate(text) {
            Ok(key) => return Ok(key),
            Err(Denied::Unknown) => {
                denied.get_or_insert(Denied::Unknown);
            }
            Err(why @ (Denied::Revoked | Denied::Expired)) => denied = Some(why),
        }
    }
    let (code, message) = match denied {
        None => ("missing_api_key", "a key is needed: Authorization: Bearer eavs_…"),
        Some(Denied::Unknown) => ("invalid_api_key", "this key is not known here"),
        Some(Denied::Revoked) => ("revoked_api_key", "this key was revoked"),
        Some(Denied::Expired) => ("expired_api_key", "the time of this key is over"),
    };
    Err(Failure::new(StatusCode::UNAUTHORIZED, code, message))
}

fn permit_admin(current: &Current, visitor: Visitor, headers: &HeaderMap) -> Result<(), Failure> {
    if visitor == Visitor::Owner {
        return Ok(());
    }
    let Some(admin) = &current.admin else {
        let message = "admin routes answer on the admin socket alone: no server.admin_key is set";
        return Err(Failure::new(StatusCode::FORBIDDEN, "admin_disabled", message));
    };
    let shown = |text: &str| bool::from(Hash::of(text).bytes().ct_eq(admin.bytes()));
    if credentials(headers).any(shown) {
        return Ok(());
    }
    if credentials(headers).any(|text| current.book.authenticate(text).is_ok()) {
        let message = "this key is for models; the admin routes need the admin key";
        return Err(Failure::new(StatusCode::FORBIDDEN, "not_an_admin_key", message));
    }
    Err(Failure::new(StatusCode::UNAUTHORIZED, "unauthorized", "the admin key is needed"))
}

/// A failure in the words of the API that was asked.
pub(super) fn told(failure: &Failure, api: Option<Api>) -> Response<Body> {
    let mut response = json(&failure.body(api));
    *response.status_mut() = failure.status;
    if let Some(seconds) = failure.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if matches!(failure.status, StatusCode::PAYLOAD_TOO_LARGE | StatusCode::REQUEST_TIMEOUT) {
        // What is left of the request is not read.
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// A value as a JSON answer.
pub(super) fn json<T: Serialize + ?Sized>(value: &T) -> Response<Body> {
    let mut response = match serde_json::to_vec(value) {
        Ok(text) => Response::new(Body::from(text)),
        Err(error) => {
            tracing::error!(%error, "an answer cannot be written as JSON");
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            response
        }
    };
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
