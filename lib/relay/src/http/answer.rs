//! Responses: results, errors by the one table, and the headers that every response carries.

use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::raw::RawJson;
use serde::Serialize;

/// What the page may load and whom it may talk to: itself only.
pub(super) const CONTENT_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; media-src 'self' blob:; worker-src 'self' blob:; \
    object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// An error as a response: its status, and `{"error":{…}}` as in a reply frame.
pub(super) fn refused(error: &WireError) -> Response {
    #[derive(Serialize)]
    struct Body<'e> {
        error: &'e WireError,
    }
    let status = StatusCode::from_u16(error.code.http()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(Body { error })).into_response();
    if error.retryable {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}

/// A result of a runner, as the text it came in.
pub(super) fn relayed(result: Result<RawJson, WireError>) -> Response {
    match result {
        Ok(ok) => json(ok.get().to_owned()),
        Err(error) => refused(&error),
    }
}

/// A text that is JSON already.
pub(super) fn json(text: String) -> Response {
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let fresh = (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    ([kind, fresh], text).into_response()
}

/// A value as JSON.
pub(super) fn value<T: Serialize>(value: &T) -> Response {
    match serde_json::to_string(value) {
        Ok(text) => json(text),
        Err(error) => refused(&WireError::new(ErrorKind::Internal, error.to_string())),
    }
}

/// Adds the security headers.
pub(super) fn secured(mut response: Response) -> Response {
    let fixed: [(HeaderName, &'static str); 5] = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}
