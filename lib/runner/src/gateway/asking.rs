//! Questions to the gateway's admin socket: HTTP, one connection a question.

use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Request, StatusCode};
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_wire::http;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// How long an answer may take.
const DEADLINE: Duration = Duration::from_secs(10);
/// The most bytes of an answer.
const LARGEST: usize = 64 << 20;

/// Asks, and reads the answer.
pub(super) async fn ask<T: DeserializeOwned>(
    socket: &Path,
    method: &str,
    path: &str,
    body: Option<&Value>,
) -> Result<T, WireError> {
    let body = body.map(|body| Bytes::from(body.to_string())).unwrap_or_default();
    let request = Request::builder().method(method).uri(path).body(Full::new(body));
    let request = request.map_err(|error| WireError::new(ErrorKind::Failed, error.to_string()))?;
    let told = tokio::time::timeout(DEADLINE, http::ask(socket, request, LARGEST)).await;
    let (status, bytes) = match told {
        Ok(Ok(told)) => told,
        Ok(Err(error)) => return Err(unreachable(&crate::harnesses::chain(&error))),
        Err(_) => return Err(unreachable(&format!("no answer within {} s", DEADLINE.as_secs()))),
    };
    let value: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    if !status.is_success() {
        return Err(refused(status, value["error"]["message"].as_str().unwrap_or_default()));
    }
    serde_json::from_value(value)
        .map_err(|error| WireError::new(ErrorKind::Failed, format!("the model gateway answers strangely: {error}")))
}

fn unreachable(why: &str) -> WireError {
    WireError::new(ErrorKind::Unreachable, format!("the model gateway does not answer: {why}"))
        .with_hint("`oqto serve` starts it again by itself: try again; if that does not help: eavs doctor")
}

fn refused(status: StatusCode, why: &str) -> WireError {
    let said = |kind| WireError::new(kind, format!("the model gateway refuses: {why}"));
    match status.as_u16() {
        400 => said(ErrorKind::Config).with_hint("look at [gateway] in: oqto-runner config"),
        404 => said(ErrorKind::NotFound),
        503 => said(ErrorKind::Unavailable),
        _ => said(ErrorKind::Failed).with_hint("eavs doctor"),
    }
}
