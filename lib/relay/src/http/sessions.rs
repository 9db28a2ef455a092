//! Sessions and search over HTTP: each request becomes one frame to a runner, each reply is passed on as it came.

use super::answer;
use super::guard::SignedIn;
use crate::auth::Account;
use crate::relay::Relay;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::frame::{Channel, Frame};
use oqto_protocol::raw::RawJson;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

type Asked = BTreeMap<String, String>;

/// Which query parameters are numbers in the frame.
const NUMBERS: &[&str] = &["limit", "before", "after"];

/// `GET /api/sessions`: the lists of all runners, or of one.
pub(super) async fn list(
    State(relay): State<Arc<Relay>>,
    SignedIn(account): SignedIn,
    Query(mut asked): Query<Asked>,
) -> Response {
    let call = Call { relay: &relay, account: &account };
    let only = asked.remove("runner");
    let params = match numbers(asked) {
        Ok(params) => params,
        Err(error) => return answer::refused(&error),
    };
    let places = match only.map(|name| relay.runners().find(&name)).transpose() {
        Ok(Some(place)) => place..place + 1,
        Ok(None) => 0..relay.runners().all().len(),
        Err(error) => return answer::refused(&error),
    };
    let asks = places.map(|place| call.ask(place, "session.list", None, &params));
    let replies = futures_util::future::join_all(asks).await;
    match merged(&relay, replies) {
        Ok(list) => answer::value(&list),
        Err(error) => answer::refused(&error),
    }
}

/// The rows of every runner that answers, newest first, and why the others did not.
#[derive(Serialize)]
struct List {
    sessions: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unreachable: Vec<Unreachable>,
}

#[derive(Serialize)]
struct Unreachable {
    runner: String,
    error: WireError,
}

/// Where no runner answers there is no list, not an empty one.
fn merged(relay: &Relay, replies: Vec<(usize, Result<RawJson, WireError>)>) -> Result<List, WireError> {
    let asked = replies.len();
    let mut list = List { sessions: Vec::new(), unreachable: Vec::new() };
    for (place, reply) in replies {
        let rows = reply.and_then(|ok| rows_of(&ok));
        match (rows, relay.runners().at(place)) {
            (Ok(rows), _) => list.sessions.extend(rows),
            (Err(error), Ok(runner)) => {
                list.unreachable.push(Unreachable { runner: runner.name().to_owned(), error });
            }
            (Err(_), Err(_)) => {}
        }
    }
    let updated = |row: &Value| row.get("updated_at").and_then(Value::as_u64).unwrap_or(0);
    list.sessions.sort_by_key(|row| std::cmp::Reverse(updated(row)));
    match list.unreachable.pop() {
        Some(only) if list.unreachable.len() + 1 == asked => Err(only.error),
        Some(last) => {
            list.unreachable.push(last);
            Ok(list)
        }
        None => Ok(list),
    }
}

fn rows_of(ok: &RawJson) -> Result<Vec<Value>, WireError> {
    #[derive(serde::Deserialize)]
    struct Rows {
        sessions: Vec<Value>,
    }
    let rows: Rows =
        ok.decode().map_err(|e| WireError::new(ErrorKind::Failed, format!("not a list of sessions: {e}")))?;
    Ok(rows.sessions)
}

/// `POST /api/sessions`.
pub(super) async fn create(
    State(relay): State<Arc<Relay>>,
    SignedIn(account): SignedIn,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut params = match object(&body) {
        Ok(params) => params,
        Err(error) => return answer::refused(&error),
    };
    let runner = asked.get("runner").cloned().or_else(|| match params.remove("runner") {
        Some(Value::String(name)) => Some(name),
        Some(_) | None => None,
    });
    let place = match runner.map(|name| relay.runners().find(&name)).transpose() {
        Ok(place) => place.unwrap_or(0),
        Err(error) => return answer::refused(&error),
    };
    keyed(&mut params, &headers);
    let call = Call { relay: &relay, account: &account };
    answer::relayed(call.ask(place, "session.create", None, &params).await.1)
}

/// `GET /api/sessions/{id}`.
pub(super) async fn get(request: OneSession) -> Response {
    request.relay("session.get", Map::new()).await
}

/// `DELETE /api/sessions/{id}`.
pub(super) async fn delete(request: OneSession) -> Response {
    request.keyed("session.delete").await
}

/// `POST /api/sessions/{id}/stop`.
pub(super) async fn stop(request: OneSession) -> Response {
    request.keyed("session.stop").await
}

/// `POST /api/sessions/{id}/resume`.
pub(super) async fn resume(request: OneSession) -> Response {
    request.keyed("session.resume").await
}

/// `POST /api/sessions/{id}/prompt`.
pub(super) async fn prompt(request: OneSession, body: Bytes) -> Response {
    match object(&body) {
        Ok(mut params) => {
            keyed(&mut params, &request.headers);
            request.relay("prompt", params).await
        }
        Err(error) => answer::refused(&error),
    }
}

/// `GET /api/sessions/{id}/messages`.
pub(super) async fn messages(mut request: OneSession) -> Response {
    request.asked.remove("runner");
    match numbers(std::mem::take(&mut request.asked)) {
        Ok(params) => request.relay("get_messages", params).await,
        Err(error) => answer::refused(&error),
    }
}

/// `GET /api/search`.
pub(super) async fn search(
    State(relay): State<Arc<Relay>>,
    SignedIn(account): SignedIn,
    Query(mut asked): Query<Asked>,
) -> Response {
    let place = match asked.remove("runner").map(|name| relay.runners().find(&name)).transpose() {
        Ok(place) => place.unwrap_or(0),
        Err(error) => return answer::refused(&error),
    };
    let query = asked.remove("q").or_else(|| asked.remove("query")).unwrap_or_default();
    if query.trim().is_empty() {
        let error = WireError::new(ErrorKind::InvalidParams, "the parameter `q` says what to look for; it is empty");
        return answer::refused(&error);
    }
    asked.insert("query".to_owned(), query);
    match numbers(asked) {
        Ok(params) => {
            let frame = frame(Channel::Hstry, "search", None, &params);
            let call = Call { relay: &relay, account: &account };
            answer::relayed(call.send(place, frame).await)
        }
        Err(error) => answer::refused(&error),
    }
}

/// A request about one session.
pub(super) struct OneSession {
    relay: Arc<Relay>,
    account: Account,
    session: String,
    asked: Asked,
    headers: HeaderMap,
}

impl axum::extract::FromRequestParts<Arc<Relay>> for OneSession {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut axum::http::request::Parts, relay: &Arc<Relay>) -> Result<Self, Response> {
        use axum::response::IntoResponse as _;
        let SignedIn(account) =
            SignedIn::from_request_parts(parts, relay).await.map_err(axum::response::IntoResponse::into_response)?;
        let Path(session) = Path::<String>::from_request_parts(parts, relay).await.map_err(|e| e.into_response())?;
        let Query(asked) = Query::<Asked>::from_request_parts(parts, relay).await.map_err(|e| e.into_response())?;
        Ok(Self { relay: Arc::clone(relay), account, session, asked, headers: parts.headers.clone() })
    }
}

impl OneSession {
    async fn keyed(self, cmd: &str) -> Response {
        let mut params = Map::new();
        keyed(&mut params, &self.headers);
        self.relay(cmd, params).await
    }

    async fn relay(self, cmd: &str, params: Map<String, Value>) -> Response {
        let call = Call { relay: &self.relay, account: &self.account };
        answer::relayed(call.about(&self.session, self.asked.get("runner"), cmd, &params).await)
    }
}

/// Who asks whom.
struct Call<'r> {
    relay: &'r Arc<Relay>,
    account: &'r Account,
}

impl Call<'_> {
    async fn send(&self, place: usize, frame: Result<Frame, WireError>) -> Result<RawJson, WireError> {
        let runner = self.relay.runners().at(place)?;
        let hello = self.relay.hello_to_runner(self.account);
        runner.call(frame?, &hello, self.relay.tasks()).await
    }

    async fn ask(
        &self,
        place: usize,
        cmd: &str,
        session: Option<&str>,
        params: &Map<String, Value>,
    ) -> (usize, Result<RawJson, WireError>) {
        (place, self.send(place, frame(Channel::Agent, cmd, session, params)).await)
    }

    /// Asks the runner of a session; where that is not known, each in turn until one does not answer `not_found`.
    async fn about(
        &self,
        session: &str,
        runner: Option<&String>,
        cmd: &str,
        params: &Map<String, Value>,
    ) -> Result<RawJson, WireError> {
        let runners = self.relay.runners();
        if let Some(name) = runner {
            return self.ask(runners.find(name)?, cmd, Some(session), params).await.1;
        }
        if let Some(place) = runners.routes.of(session) {
            match self.ask(place, cmd, Some(session), params).await.1 {
                Err(error) if error.code == ErrorKind::NotFound => runners.routes.forget(session),
                result => return result,
            }
        }
        let mut verdict = Err(WireError::not_found("session", session));
        for place in 0..runners.all().len() {
            match self.ask(place, cmd, Some(session), params).await.1 {
                Err(error) if error.code == ErrorKind::NotFound => {}
                Err(error) if error.code == ErrorKind::Unreachable => verdict = Err(error),
                result => {
                    runners.routes.learn(session, place);
                    return result;
                }
            }
        }
        verdict
    }
}

fn frame(channel: Channel, cmd: &str, session: Option<&str>, params: &Map<String, Value>) -> Result<Frame, WireError> {
    let session = session
        .map(|text| text.parse().map_err(|_| WireError::not_found("session", format!("{text:?}"))))
        .transpose()?;
    let params = RawJson::of(params).map_err(|e| WireError::new(ErrorKind::Internal, e.to_string()))?;
    Ok(Frame { channel: Some(channel), cmd: Some(cmd.to_owned()), session, params: Some(params), ..Frame::default() })
}

/// Query parameters as a frame's parameters.
fn numbers(asked: Asked) -> Result<Map<String, Value>, WireError> {
    let typed = |(name, text): (String, String)| {
        if !NUMBERS.contains(&name.as_str()) {
            return Ok((name, Value::String(text)));
        }
        let number = text.parse::<u64>().map_err(|_| {
            WireError::new(ErrorKind::InvalidParams, format!("the parameter `{name}` is a whole number, not {text:?}"))
        })?;
        Ok((name, Value::from(number)))
    };
    asked.into_iter().map(typed).collect()
}

/// The JSON object of a body; nothing means an empty one.
fn object(body: &[u8]) -> Result<Map<String, Value>, WireError> {
    if body.trim_ascii().is_empty() {
        return Ok(Map::new());
    }
    serde_json::from_slice(body)
        .map_err(|e| WireError::new(ErrorKind::InvalidParams, format!("the body is not a JSON object: {e}")))
}

/// `Idempotency-Key` is the command's `client_id`.
fn keyed(params: &mut Map<String, Value>, headers: &HeaderMap) {
    if let Some(key) = headers.get("idempotency-key").and_then(|value| value.to_str().ok()) {
        params.insert("client_id".to_owned(), Value::String(key.to_owned()));
    }
}
