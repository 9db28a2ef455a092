//! The body of a request: bounded in size and time, and in sum with those of all other requests on their way.

use std::sync::Arc;

use axum::http::header;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;

use crate::config::UpstreamSettings;
use crate::gateway::Current;
use crate::limit::{Limit, Permit};
use crate::wire::failure::Failure;

/// Room for so many bytes, added to what is held.
fn take(bodies: &Arc<Limit>, bytes: usize, held: &mut Option<Permit>) -> Result<(), Failure> {
    let full = || {
        let message = "the bodies of the requests on their way leave no room for this one";
        Failure::new(StatusCode::SERVICE_UNAVAILABLE, "no_room", message).after(1)
    };
    let more = bodies.try_take(bytes).ok_or_else(full)?;
    match held {
        Some(held) => held.merge(more),
        None => *held = Some(more),
    }
    Ok(())
}

/// MiB in bytes.
pub(crate) fn bytes_of(mib: u32) -> usize {
    usize::try_from(mib).unwrap_or(usize::MAX).saturating_mul(1 << 20)
}

/// A body, and the room that it takes until this is dropped.
pub(super) struct Held {
    pub(super) bytes: Bytes,
    _room: Option<Permit>,
}

/// Reads a body.
pub(super) async fn read(current: &Current, head: &Parts, body: Incoming) -> Result<Held, Failure> {
    if head.headers.contains_key(header::CONTENT_ENCODING) {
        let message = "a request that is packed is not taken";
        return Err(Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "encoding_not_supported", message));
    }
    let patience = UpstreamSettings::seconds(current.settings.server.receive_timeout_seconds);
    let read = collect(current, length(&head.headers), body);
    match tokio::time::timeout(patience, read).await {
        Ok(read) => read,
        Err(_) => Err(Failure::new(StatusCode::REQUEST_TIMEOUT, "body_too_slow", "the request did not arrive in time")),
    }
}

fn length(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Where the length is told, room for all of it is taken before anything is read.
async fn collect(current: &Current, told: Option<usize>, mut body: Incoming) -> Result<Held, Failure> {
    let largest = bytes_of(current.settings.server.max_body_mib);
    let within = |length: usize| {
        let message = || format!("a request has at most {} MiB", current.settings.server.max_body_mib);
        let too_large = || Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "payload_too_large", message());
        if length > largest { Err(too_large()) } else { Ok(()) }
    };
    let mut room = None;
    if let Some(told) = told {
        within(told)?;
        take(&current.bodies, told, &mut room)?;
    }
    let (mut first, mut all) = (Bytes::new(), BytesMut::new());
    while let Some(frame) = body.frame().await {
        let broken = |_| Failure::new(StatusCode::BAD_REQUEST, "body_broken", "the request broke off");
        let Ok(bytes) = frame.map_err(broken)?.into_data() else { continue };
        let length = first.len() + all.len() + bytes.len();
        within(length)?;
        if told.is_none() {
            take(&current.bodies, bytes.len(), &mut room)?;
        }
        // Most come in one piece, which is taken as it is.
        if length == bytes.len() {
            first = bytes;
            continue;
        }
        if all.is_empty() {
            all.reserve(told.unwrap_or(length));
            all.extend_from_slice(&std::mem::take(&mut first));
        }
        all.extend_from_slice(&bytes);
    }
    let bytes = if all.is_empty() { first } else { all.freeze() };
    Ok(Held { bytes, _room: room })
}
