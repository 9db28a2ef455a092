//! Signing in by the one-time link, and out.

use super::answer;
use crate::relay::Relay;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use oqto_protocol::error::{ErrorKind, WireError};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
pub(super) struct Link {
    token: Option<String>,
}

/// `GET /login?token=…` signs in; without a token it says how to get one.
pub(super) async fn login(
    State(relay): State<Arc<Relay>>,
    method: Method,
    headers: HeaderMap,
    Query(link): Query<Link>,
) -> Response {
    let signed_in = relay.authenticator().account(&headers).is_ok();
    // Only a real visit uses the link up, not someone who looks whether it is there.
    let token = link.token.filter(|_| method == Method::GET);
    match token.map(|token| relay.authenticator().redeem(&token)) {
        Some(Ok(cookie)) => with_cookie(Redirect::to("/").into_response(), cookie),
        Some(Err(_)) | None if signed_in => Redirect::to("/").into_response(),
        None => page(StatusCode::OK, "Sign in", "This is a private workspace."),
        Some(Err(error)) if error.code == ErrorKind::Unauthenticated => {
            page(StatusCode::UNAUTHORIZED, "This link no longer works", "It was used already, or it is too old.")
        }
        Some(Err(error)) => failed(&error),
    }
}

/// `POST /api/logout`.
pub(super) async fn logout(State(relay): State<Arc<Relay>>, headers: HeaderMap) -> Response {
    match relay.authenticator().sign_out(&headers) {
        Ok(cookie) => with_cookie(answer::json("{}".to_owned()), cookie),
        Err(error) => answer::refused(&error),
    }
}

fn with_cookie(mut response: Response, cookie: HeaderValue) -> Response {
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn failed(error: &WireError) -> Response {
    tracing::error!(%error, "sign-in failed");
    page(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Signing in failed",
        "The server could not keep the sign-in; its log says why.",
    )
}

fn page(status: StatusCode, title: &str, says: &str) -> Response {
    let html = PAGE.replace("{title}", title).replace("{says}", says);
    let fresh = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (status, fresh, Html(html)).into_response()
}

/// No script, no request to anywhere: it must work before anyone is known. Its texts are ours alone.
const PAGE: &str = include_str!("login.html");
