//! Who may call what: the checks that every request passes before anything reads it.

use super::answer::{refused, secured};
use crate::auth::{Account, Authenticator, TokenHash};
use crate::relay::Relay;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use oqto_protocol::error::{ErrorKind, WireError};
use std::sync::Arc;

/// For every request: the host must be ours, and what changes something must not come from a foreign page. Every
/// response carries the security headers.
pub(super) async fn check_request(State(relay): State<Arc<Relay>>, request: Request, next: Next) -> Response {
    let allowed = relay.allowed();
    let checked =
        allowed.check_host(request.headers()).and_then(|()| allowed.check_method(request.method(), request.headers()));
    let response = match checked {
        Ok(()) => next.run(request).await,
        Err(error) => refused(&error),
    };
    secured(response)
}

/// For the routes of those who are signed in: finds out who it is, or refuses.
pub(super) async fn require_account(State(relay): State<Arc<Relay>>, mut request: Request, next: Next) -> Response {
    match relay.authenticator().account(request.headers()) {
        Ok(account) => {
            request.extensions_mut().insert(account);
            next.run(request).await
        }
        Err(error) => refused(&error),
    }
}

/// A WebSocket must come from our own page, unless it carries a credential that no page can make a browser send. Gives
/// the credential, which must stay good for as long as the connection is open.
pub(super) fn check_socket(relay: &Relay, headers: &HeaderMap) -> Result<TokenHash, WireError> {
    match (Authenticator::is_bearer(headers), headers.contains_key(header::ORIGIN)) {
        (true, false) => {}
        (_, _) => relay.allowed().check_origin(headers)?,
    }
    let none = || WireError::new(ErrorKind::Unauthenticated, "not signed in");
    relay.authenticator().credential(headers).ok_or_else(none)
}

/// Sends a person who is not signed in to where one signs in.
pub(super) fn to_login() -> Response {
    Redirect::to("/login").into_response()
}

/// Who is asking, as [`require_account`] found out.
pub(super) struct SignedIn(pub(super) Account);

impl<S: Sync> FromRequestParts<S> for SignedIn {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, StatusCode> {
        // Missing only when a route forgot its guard: then nobody gets in.
        parts.extensions.get::<Account>().cloned().map(Self).ok_or(StatusCode::UNAUTHORIZED)
    }
}
