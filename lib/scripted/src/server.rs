//! The HTTP side of the model provider.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Json, Response};
use futures_util::stream::{self, Stream};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::conversation::Conversation;
use crate::dialect::Dialect;
use crate::reply::{Answer, Frame, Piece, Reply};
use crate::request_log::{Outcome, RequestLog, RequestRecord};
use crate::route::Route;
use crate::scripted::{self, Refusals};
use crate::{embedding, google, tour};

/// Larger requests are refused: 64 MiB, which leaves room for several images.
const LARGEST_BODY: usize = 64 << 20;

/// What the server answers when a prompt has no directive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// For tests: a fixed sentence. Requests are kept in the [`RequestLog`].
    Scripted,
    /// The demo model: a friendly tour with real tool calls, labelled as scripted. Requests are not kept.
    Tour,
}

/// A running model provider on a loopback port. Dropping it ends it, and every answer on its way.
#[derive(Debug)]
pub struct ModelServer {
    address: SocketAddr,
    log: RequestLog,
    stop: CancellationToken,
}

/// The model server could not start.
#[derive(Debug, thiserror::Error)]
#[error("listen on {address}")]
pub struct ModelServerError {
    address: SocketAddr,
    source: std::io::Error,
}

#[derive(Debug, Clone)]
struct Shared {
    manner: Manner,
    log: RequestLog,
    refusals: Arc<Refusals>,
    count: Arc<AtomicU64>,
    stop: CancellationToken,
}

/// The model as a service without a port, for a program that asks it itself.
pub fn service(manner: Manner) -> Router {
    let shared = Shared {
        manner,
        log: RequestLog::new(),
        refusals: Arc::default(),
        count: Arc::default(),
        stop: CancellationToken::new(),
    };
    Router::new().fallback(handle).with_state(shared)
}

impl ModelServer {
    /// Starts on a free loopback port.
    ///
    /// # Errors
    /// When no port can be listened on.
    pub async fn start(manner: Manner) -> Result<Self, ModelServerError> {
        Self::start_at(manner, SocketAddr::from(([127, 0, 0, 1], 0))).await
    }

    /// Starts on an address of the caller's choice.
    ///
    /// # Errors
    /// When it cannot be listened on.
    pub async fn start_at(manner: Manner, address: SocketAddr) -> Result<Self, ModelServerError> {
        let failed = |source| ModelServerError { address, source };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let (log, stop) = (RequestLog::new(), CancellationToken::new());
        let shared =
            Shared { manner, log: log.clone(), refusals: Arc::default(), count: Arc::default(), stop: stop.clone() };
        let served = axum::serve(listener, Router::new().fallback(handle).with_state(shared));
        let ended = stop.clone().cancelled_owned();
        tokio::spawn(async move {
            if let Err(error) = served.with_graceful_shutdown(ended).await {
                tracing::warn!(%error, "the model server ended");
            }
        });
        Ok(Self { address, log, stop })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL for Anthropic clients: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The base URL for OpenAI clients: `http://127.0.0.1:PORT/v1`.
    pub fn openai_url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// What was asked so far.
    pub fn log(&self) -> &RequestLog {
        &self.log
    }
}

impl Drop for ModelServer {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

async fn handle(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    if parts.method == Method::HEAD {
        return StatusCode::OK.into_response();
    }
    let route = Route::of(path);
    if parts.method == Method::GET && route == Some(Route::Models) {
        return Json(json!({"object": "list", "data": [{"id": "demo", "object": "model", "owned_by": "oqto"}]}))
            .into_response();
    }
    let body = match read(body).await {
        Ok(body) => body,
        Err(problem) => return refuse(StatusCode::BAD_REQUEST, &problem),
    };
    match route.filter(|route| parts.method == Method::POST && *route != Route::Models) {
        Some(route) => served(&shared, route, &parts, body),
        None => refuse(StatusCode::NOT_FOUND, &format!("no model API at {} {path}", parts.method)),
    }
}

fn served(shared: &Shared, route: Route, parts: &Parts, body: Value) -> Response {
    match route {
        Route::Answer(dialect) => {
            let conversation = Conversation::read(dialect, &body);
            let form = if conversation.stream { Form::Events } else { Form::Whole };
            answer(shared, dialect, conversation, form, &parts.headers, body)
        }
        Route::Google { model, stream } => {
            let conversation = Conversation { model, stream, ..Conversation::read(Dialect::Generate, &body) };
            let events = parts.uri.query().is_some_and(|query| query.split('&').any(|pair| pair == "alt=sse"));
            let form = match (stream, events) {
                (false, _) => Form::Whole,
                (true, true) => Form::Events,
                (true, false) => Form::List,
            };
            answer(shared, Dialect::Generate, conversation, form, &parts.headers, body)
        }
        Route::CountTokens(dialect) => {
            let name = if dialect == Dialect::Generate { "totalTokens" } else { "input_tokens" };
            Json(json!({name: input_tokens(&body)})).into_response()
        }
        Route::Embed(Dialect::Generate) => Json(embedding::google(&body)).into_response(),
        Route::Embed(Dialect::Chat | Dialect::Responses | Dialect::Messages) => {
            Json(embedding::openai(&body, input_tokens(&body))).into_response()
        }
        // It is asked for with GET.
        Route::Models => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    }
}

/// How an answer is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Whole,
    Events,
    /// Google's stream without events.
    List,
}

async fn read(body: Body) -> Result<Value, String> {
    let bytes = axum::body::to_bytes(body, LARGEST_BODY).await.map_err(|error| format!("read the body: {error}"))?;
    serde_json::from_slice(&bytes).map_err(|error| format!("the body is not JSON: {error}"))
}

fn refuse(status: StatusCode, message: &str) -> Response {
    (status, Json(json!({"error": {"message": message, "type": "invalid_request_error"}}))).into_response()
}

fn answer(
    shared: &Shared,
    dialect: Dialect,
    conversation: Conversation,
    form: Form,
    headers: &HeaderMap,
    body: Value,
) -> Response {
    let frame = Frame {
        number: shared.count.fetch_add(1, Ordering::Relaxed) + 1,
        model: conversation.model.clone(),
        input_tokens: input_tokens(&body),
        created: SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()),
    };
    let answer = match shared.manner {
        Manner::Scripted => scripted::answer(&conversation, &shared.refusals),
        Manner::Tour => tour::answer(&conversation, &shared.refusals),
    };
    shared.keep(&frame, dialect, conversation, headers, body);
    match answer {
        Answer::Refuse { status } => {
            shared.log.finish(frame.number, Outcome::Refused(status));
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, Json(dialect.error(status.as_u16()))).into_response()
        }
        Answer::Reply(reply) => respond(shared, dialect, &reply, &frame, form),
    }
}

fn respond(shared: &Shared, dialect: Dialect, reply: &Reply, frame: &Frame, form: Form) -> Response {
    let (pieces, kind) = match form {
        Form::Whole => (whole(dialect, reply, frame), "application/json"),
        Form::Events => (dialect.stream(reply, frame), "text/event-stream"),
        Form::List => (google::as_list(dialect.stream(reply, frame)), "application/json"),
    };
    let open = Open { log: shared.log.clone(), number: frame.number, outcome: Outcome::Aborted };
    let body = Body::from_stream(sending(pieces.into(), open, shared.stop.clone()));
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], body).into_response()
}

fn whole(dialect: Dialect, reply: &Reply, frame: &Frame) -> Vec<Piece> {
    match reply.ending {
        crate::reply::Ending::Hang => vec![Piece::Hang],
        crate::reply::Ending::Done => {
            vec![Piece::Data { text: dialect.whole(reply, frame).to_string(), pause: Duration::ZERO }]
        }
    }
}

/// Sends the pieces at their pace. The stream ends early when the server stops.
fn sending(
    pieces: VecDeque<Piece>,
    open: Open,
    stop: CancellationToken,
) -> impl Stream<Item = Result<Bytes, std::convert::Infallible>> {
    stream::unfold((pieces, open, Duration::ZERO), move |(mut pieces, mut open, pause)| {
        let stop = stop.clone();
        async move {
            if !pause.is_zero() && stop.run_until_cancelled(tokio::time::sleep(pause)).await.is_none() {
                return None;
            }
            match pieces.pop_front() {
                Some(Piece::Data { text, pause }) => {
                    if pieces.is_empty() {
                        open.outcome = Outcome::Answered;
                    }
                    Some((Ok(Bytes::from(text)), (pieces, open, pause)))
                }
                Some(Piece::Hang) => {
                    stop.cancelled().await;
                    None
                }
                None => None,
            }
        }
    })
}

/// An answer on its way; when it goes, the log learns how it ended.
struct Open {
    log: RequestLog,
    number: u64,
    outcome: Outcome,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.log.finish(self.number, self.outcome);
    }
}

impl Shared {
    fn keep(&self, frame: &Frame, dialect: Dialect, conversation: Conversation, headers: &HeaderMap, body: Value) {
        if self.manner == Manner::Tour {
            return;
        }
        let credential =
            ["authorization", "x-api-key", "x-goog-api-key"].into_iter().find_map(|name| headers.get(name));
        self.log.add(RequestRecord {
            number: frame.number,
            dialect,
            conversation,
            credential: credential.and_then(|value| value.to_str().ok()).map(String::from),
            body,
            outcome: Outcome::Open,
        });
    }
}

/// A rough count: four bytes of JSON a token.
fn input_tokens(body: &Value) -> u64 {
    body.to_string().len() as u64 / 4
}
