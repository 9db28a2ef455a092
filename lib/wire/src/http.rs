//! One question over HTTP to a service of this user that listens on a Unix socket.

use crate::unix::{self, SocketError};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::header::{HOST, HeaderValue};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use std::path::Path;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// The service cannot be reached, or is another user's.
    #[error(transparent)]
    Socket(#[from] SocketError),
    /// The connection failed, or was closed before the answer.
    #[error("the connection broke off")]
    Broken(#[source] Option<hyper::Error>),
    /// The answer broke off, or is longer than it may be.
    #[error("the answer cannot be read")]
    Unreadable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Asks on a connection of its own, and reads the whole answer, which may have `most` bytes. Whoever asks says how long
/// it may take.
///
/// # Errors
/// [`HttpError`]; a refusal is an answer.
pub async fn ask(
    socket: &Path,
    mut request: Request<Full<Bytes>>,
    most: usize,
) -> Result<(StatusCode, Bytes), HttpError> {
    let stream = unix::connect(socket).await?;
    let broken = |error| HttpError::Broken(Some(error));
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(broken)?;
    request.headers_mut().insert(HOST, HeaderValue::from_static("localhost"));
    let asked = async {
        let response = sender.send_request(request).await.map_err(broken)?;
        let status = response.status();
        let body = Limited::new(response.into_body(), most).collect().await.map_err(HttpError::Unreadable)?;
        Ok((status, body.to_bytes()))
    };
    tokio::select! {
        asked = asked => asked,
        ended = connection => Err(HttpError::Broken(ended.err())),
    }
}
