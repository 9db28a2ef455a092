//! The answer on its way back: bytes go on as they come, and are read while they pass.

use std::collections::VecDeque;
use std::future::Future as _;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use http_body_util::{BodyExt as _, Limited};
use serde_json::Value;
use tokio::time::{Instant, Sleep};

use super::Question;
use super::attempt::{Answered, Outgoing};
use super::headers::to_client;
use super::lingering::Lingering;
use crate::book::{Case, End, Outcome};
use crate::config::UpstreamSettings;
use crate::gateway::Current;
use crate::limit::Permit;
use crate::translate::{self, Stream};
use crate::upstream::routing::Target;
use crate::wire::Api;
use crate::wire::failure::Failure;
use crate::wire::sse::Blocks;
use crate::wire::tap::{Framing, Packing, Tap};

/// The largest answer without streaming that is put into other words.
const LARGEST_TRANSLATED: usize = 32 << 20;

/// What is done to the bytes that go on.
enum Shape {
    /// Nothing.
    AsIs,
    /// The event with the usage, which the client did not ask for, is left out.
    WithoutUsage(Blocks),
    /// They are put into the words of another API.
    Translated(Box<Stream>),
}

/// The answer's body as the client gets it.
pub(super) struct Relay {
    upstream: Body,
    open: Option<Open>,
    shape: Shape,
    ready: VecDeque<Bytes>,
    idle: Pin<Box<Sleep>>,
    idle_for: Duration,
    last: Instant,
    framing: Framing,
    client: Api,
    provider: String,
    lingering: Lingering,
}

/// What has to be settled when the answer ends.
struct Open {
    case: Case,
    tap: Tap,
    _permit: Option<Permit>,
}

impl Open {
    fn settle(self, how: impl FnOnce(bool) -> Outcome) {
        let seen = self.tap.finish();
        let outcome = if seen.error.is_some() { Outcome::Failed } else { how(seen.ended) };
        self.case.settle(&End { outcome, seen });
    }
}

/// The answer broke off; the connection to the client does too, so that it does not take it for whole.
#[derive(Debug, thiserror::Error)]
#[error("the answer of the provider broke off")]
pub(super) struct BrokeOff;

/// The answer as the client gets it.
pub(super) fn stream(
    current: &Current,
    question: &Question<'_>,
    target: &Target,
    outgoing: &Outgoing<'_>,
    case: Case,
    answered: Answered,
) -> Response<Body> {
    let (parts, upstream) = answered.response.into_parts();
    let (framing, packing) = form(&parts.headers);
    let client = question.call.api();
    let mut headers = to_client(&parts.headers);
    let shape = if outgoing.translates(client) {
        headers.remove(header::CONTENT_ENCODING);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
        Shape::Translated(Box::new(Stream::new(target.api, client, question.asked.wants_stream_usage)))
    } else if outgoing.hides_usage && framing == Framing::Events && packing == Packing::Plain {
        Shape::WithoutUsage(Blocks::default())
    } else {
        Shape::AsIs
    };
    let idle_for = UpstreamSettings::seconds(current.settings.upstream.idle_timeout_seconds);
    let relay = Relay {
        upstream,
        open: Some(Open { case, tap: Tap::new(target.api, framing, packing), _permit: answered.permit }),
        shape,
        ready: VecDeque::new(),
        idle: Box::pin(tokio::time::sleep(idle_for)),
        idle_for,
        last: Instant::now(),
        framing,
        client,
        provider: target.provider.name.clone(),
        lingering: Lingering::of(current),
    };
    let mut response = Response::new(Body::new(relay));
    *response.status_mut() = parts.status;
    *response.headers_mut() = headers;
    response
}

/// An answer without streaming, put into the client's words.
pub(super) async fn whole(
    current: &Current,
    question: &Question<'_>,
    target: &Target,
    mut case: Case,
    answered: Answered,
) -> Result<Response<Body>, Failure> {
    let (parts, body) = answered.response.into_parts();
    let (_, packing) = form(&parts.headers);
    let mut tap = Tap::new(target.api, Framing::Json, packing);
    let patience = UpstreamSettings::seconds(current.settings.upstream.answer_timeout_seconds);
    let read = tokio::time::timeout(patience, Limited::new(body, LARGEST_TRANSLATED).collect()).await;
    let bytes = read.ok().and_then(Result::ok).map(|body| body.to_bytes());
    tap.feed(bytes.as_deref().unwrap_or_default());
    case.hears(bytes.as_deref().unwrap_or_default());
    let seen = tap.finish();
    let value = bytes.and_then(|bytes| match packing {
        Packing::Plain => serde_json::from_slice::<Value>(&bytes).ok(),
        Packing::Gzip => serde_json::from_slice(&crate::wire::tap::unpacked(&bytes, LARGEST_TRANSLATED)?).ok(),
    });
    let translated = value.and_then(|value| translate::answer(target.api, question.call.api(), &value));
    let outcome = if translated.is_some() { Outcome::Done } else { Outcome::Failed };
    case.settle(&End { outcome, seen });
    let translated = translated.ok_or_else(|| {
        let message = format!("the answer of the provider {:?} cannot be read", target.provider.name);
        Failure::new(StatusCode::BAD_GATEWAY, "provider_answer_unreadable", message)
    })?;
    let mut response = Response::new(Body::from(translated.to_string()));
    *response.headers_mut() = to_client(&parts.headers);
    response.headers_mut().remove(header::CONTENT_ENCODING);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}

/// How an answer is framed and packed, by its headers.
fn form(headers: &HeaderMap) -> (Framing, Packing) {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
    let kind = text(header::CONTENT_TYPE).split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let framing = match kind.as_str() {
        "text/event-stream" => Framing::Events,
        "application/json" => Framing::Json,
        _ => Framing::Opaque,
    };
    match text(header::CONTENT_ENCODING).trim() {
        "" | "identity" => (framing, Packing::Plain),
        "gzip" => (framing, Packing::Gzip),
        _ => (Framing::Opaque, Packing::Plain),
    }
}

impl Relay {
    /// Takes the next bytes of the provider.
    fn take(&mut self, bytes: Bytes) {
        self.last = Instant::now();
        if let Some(open) = &mut self.open {
            open.tap.feed(&bytes);
            open.case.hears(&bytes);
        }
        match &mut self.shape {
            Shape::AsIs => self.ready.push_back(bytes),
            // Events that are whole and say nothing of usage go on as they came.
            Shape::WithoutUsage(blocks) if blocks.is_between() && is_whole(&bytes) && !mentions_usage(&bytes) => {
                self.ready.push_back(bytes);
            }
            Shape::WithoutUsage(blocks) => {
                let mut kept = Vec::with_capacity(bytes.len());
                let read = blocks.feed(&bytes, &mut |block| {
                    if !is_only_usage(block) {
                        kept.extend_from_slice(block);
                    }
                });
                if read.is_err() {
                    kept.extend_from_slice(&blocks.rest());
                    self.shape = Shape::AsIs;
                }
                self.push(kept);
            }
            Shape::Translated(stream) => {
                let translated = stream.feed(&bytes);
                self.push(translated);
            }
        }
    }

    fn push(&mut self, bytes: Vec<u8>) {
        if !bytes.is_empty() {
            self.ready.push_back(Bytes::from(bytes));
        }
    }

    /// The provider's answer is over.
    fn end(&mut self) {
        let rest = match &mut self.shape {
            Shape::AsIs => Vec::new(),
            Shape::WithoutUsage(blocks) => {
                let rest = blocks.rest();
                if is_only_usage(&rest) { Vec::new() } else { rest }
            }
            Shape::Translated(stream) => stream.finish(),
        };
        self.push(rest);
        if let Some(open) = self.open.take() {
            let events = self.framing == Framing::Events;
            // A stream that stops without saying that it is over was cut on the provider's side.
            open.settle(|ended| if ended || !events { Outcome::Done } else { Outcome::Failed });
        }
    }

    /// The provider's answer broke off: a stream says so in its own words, anything else is cut.
    fn break_off(&mut self, code: &'static str, why: &str) -> Result<(), BrokeOff> {
        tracing::debug!(provider = self.provider, code, "an answer broke off");
        if let Some(open) = self.open.take() {
            open.settle(|_| Outcome::Failed);
        }
        if self.framing != Framing::Events {
            return Err(BrokeOff);
        }
        let message = format!("the answer of the provider {:?} {why}", self.provider);
        let failure = Failure::new(StatusCode::BAD_GATEWAY, code, message);
        self.ready.push_back(Bytes::from(failure.event(self.client)));
        Ok(())
    }
}

fn is_whole(bytes: &[u8]) -> bool {
    bytes.ends_with(b"\n\n") || bytes.ends_with(b"\r\n\r\n")
}

fn mentions_usage(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, b"usage").is_some()
}

/// Whether an event of a chat stream has no choice in it and the usage, as the last one of those that were asked for it.
fn is_only_usage(block: &[u8]) -> bool {
    #[derive(serde::Deserialize)]
    struct Chunk<'a> {
        #[serde(borrow)]
        choices: Vec<&'a serde_json::value::RawValue>,
        usage: Option<serde::de::IgnoredAny>,
    }
    if !mentions_usage(block) {
        return false;
    }
    let mut found = false;
    let mut parser = crate::wire::sse::Parser::default();
    let read = parser.feed(block, &mut |event| {
        let chunk: Option<Chunk<'_>> = serde_json::from_slice(event.data).ok();
        found |= chunk.is_some_and(|chunk| chunk.choices.is_empty() && chunk.usage.is_some());
    });
    read.is_ok() && found
}

impl http_body::Body for Relay {
    type Data = Bytes;
    type Error = BrokeOff;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BrokeOff>>> {
        loop {
            if let Some(bytes) = self.ready.pop_front() {
                return Poll::Ready(Some(Ok(Frame::data(bytes))));
            }
            if self.open.is_none() {
                return Poll::Ready(None);
            }
            match Pin::new(&mut self.upstream).poll_frame(cx) {
                Poll::Ready(Some(Ok(frame))) => {
                    if let Ok(bytes) = frame.into_data() {
                        self.take(bytes);
                    }
                    // Where the length was told, nobody asks for more than that.
                    if self.upstream.is_end_stream() {
                        self.end();
                    }
                }
                Poll::Ready(None) => self.end(),
                Poll::Ready(Some(Err(_))) => {
                    if let Err(broken) = self.break_off("provider_broke_off", "broke off") {
                        return Poll::Ready(Some(Err(broken)));
                    }
                }
                Poll::Pending => {
                    ready!(self.idle.as_mut().poll(cx));
                    let until = self.last + self.idle_for;
                    if until > Instant::now() {
                        self.idle.as_mut().reset(until);
                        continue;
                    }
                    if let Err(broken) = self.break_off("provider_idle", "stopped without an end") {
                        return Poll::Ready(Some(Err(broken)));
                    }
                }
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.open.is_none() && self.ready.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        match self.shape {
            Shape::AsIs if self.open.is_some() && self.ready.is_empty() => self.upstream.size_hint(),
            Shape::AsIs | Shape::WithoutUsage(_) | Shape::Translated(_) => SizeHint::default(),
        }
    }
}

impl Drop for Relay {
    /// The client went away. What is not settled is read on for its usage, where that is wanted, else cancelled.
    fn drop(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        let interrupted = |ended| if ended { Outcome::Done } else { Outcome::Interrupted };
        if open.tap.ended() {
            return open.settle(interrupted);
        }
        let Some(place) = self.lingering.place() else { return open.settle(interrupted) };
        let mut upstream = std::mem::take(&mut self.upstream);
        let lingering = self.lingering.clone();
        self.lingering.spawn(async move {
            let read_on = async {
                while let Some(Ok(frame)) = upstream.frame().await {
                    if let Ok(bytes) = frame.into_data() {
                        open.tap.feed(&bytes);
                        open.case.hears(&bytes);
                    }
                }
            };
            lingering.within(read_on).await;
            open.settle(|_| Outcome::Interrupted);
            drop(place);
        });
    }
}
