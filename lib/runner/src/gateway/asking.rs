//! Questions to the gateway's admin socket: HTTP, one connection a question.

use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use oqto_protocol::error::{ErrorKind, WireError};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::net::UnixStream;

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
    let told = tokio::time::timeout(DEADLINE, over(socket, method, path, body)).await;
    let (status, bytes) = match told {
        Ok(Ok(told)) => told,
        Ok(Err(error)) => return Err(unreachable(&crate::harnesses::chain(error.as_ref()))),
        Err(_) => return Err(unreachable(&format!("no answer within {} s", DEADLINE.as_secs()))),
    };
    let value: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    if !status.is_success() {
        return Err(refused(status, value["error"]["message"].as_str().unwrap_or_default()));
    }
    serde_json::from_value(value)
        .map_err(|error| WireError::new(ErrorKind::Failed, format!("the model gateway answers strangely: {error}")))
}

type Failed = Box<dyn std::error::Error + Send + Sync>;

async fn over(socket: &Path, method: &str, path: &str, body: Option<&Value>) -> Result<(StatusCode, Bytes), Failed> {
    let stream = UnixStream::connect(socket).await.map_err(|error| format!("{}: {error}", socket.display()))?;
    // Whoever else listens there must not be told what sessions there are, or give keys of its own.
    let own = rustix::process::geteuid().as_raw();
    if !stream.peer_cred().is_ok_and(|peer| peer.uid() == own || peer.uid() == 0) {
        return Err(format!("{} belongs to another user", socket.display()).into());
    }
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    let body = body.map(|body| Bytes::from(body.to_string())).unwrap_or_default();
    let request = Request::builder().method(method).uri(path).header("host", "eavs").body(Full::new(body))?;
    let asked = async {
        let response = sender.send_request(request).await?;
        let status = response.status();
        let body = Limited::new(response.into_body(), LARGEST).collect().await?;
        Ok::<_, Failed>((status, body.to_bytes()))
    };
    tokio::select! {
        asked = asked => asked,
        ended = connection => match ended {
            Ok(()) => Err("the connection was closed".into()),
            Err(error) => Err(error.into()),
        },
    }
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
