//! The one table of routes. The router is built from it, and so is the OpenAPI document.

use super::{answer, guard, login, openapi, sessions};
use crate::mux;
use crate::relay::Relay;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{MethodRouter, delete, get, post};
use std::sync::Arc;

/// One way to call the server.
pub(super) struct Route {
    pub(super) path: &'static str,
    pub(super) verb: Verb,
    pub(super) operation: Operation,
    pub(super) access: Access,
    pub(super) summary: &'static str,
    pub(super) parameters: &'static [Parameter],
    /// Whether there is a JSON body.
    pub(super) body: Option<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Get,
    Post,
    Delete,
}

impl Verb {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
            Self::Delete => "delete",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// Anyone who reaches the port.
    Everyone,
    /// Who is signed in.
    SignedIn,
}

/// A parameter in the query.
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) kind: &'static str,
    pub(super) about: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    Mux,
    Health,
    Features,
    OpenApi,
    Login,
    Logout,
    ListSessions,
    CreateSession,
    GetSession,
    DeleteSession,
    StopSession,
    ResumeSession,
    Prompt,
    Messages,
    Search,
}

const fn parameter(name: &'static str, kind: &'static str, about: &'static str) -> Parameter {
    Parameter { name, kind, about }
}

const RUNNER: Parameter =
    parameter("runner", "string", "Name of the runner; without it the session's, or the default.");

macro_rules! routes {
    ($($verb:ident $path:literal $operation:ident $access:ident $summary:literal
        $([$($parameter:expr),* $(,)?])? $(body $body:literal)?;)*) => {
        /// Every route.
        pub(super) const ROUTES: &[Route] = &[$(Route {
            path: $path,
            verb: Verb::$verb,
            operation: Operation::$operation,
            access: Access::$access,
            summary: $summary,
            parameters: routes!(@parameters $([$($parameter),*])?),
            body: routes!(@body $($body)?),
        }),*];
    };
    (@parameters) => { &[] };
    (@parameters [$($parameter:expr),*]) => { &[$($parameter),*] };
    (@body) => { None };
    (@body $body:literal) => { Some($body) };
}

routes! {
    Get "/api/ws/mux" Mux SignedIn "The WebSocket: frames of the protocol as text messages.";
    Get "/ws/mux" Mux SignedIn "The same WebSocket under its short name.";
    Get "/api/health" Health Everyone "Whether the server is up.";
    Get "/api/features" Features SignedIn "Version, capabilities and runners.";
    Get "/api/openapi.json" OpenApi SignedIn "This document.";
    Get "/login" Login Everyone "Signs in by a one-time link." [
        parameter("token", "string", "The token of the link.")];
    Post "/api/logout" Logout SignedIn "Signs out.";
    Get "/api/sessions" ListSessions SignedIn "All sessions of all runners, newest first." [
        RUNNER,
        parameter("workspace", "string", "Only sessions of this workspace."),
        parameter("query", "string", "Only sessions whose title or workspace contains this."),
        parameter("limit", "integer", "At most so many of each runner, 1 to 10000."),
    ];
    Post "/api/sessions" CreateSession SignedIn "A new session." [RUNNER] body "session_create";
    Get "/api/sessions/{id}" GetSession SignedIn "One session." [RUNNER];
    Delete "/api/sessions/{id}" DeleteSession SignedIn "Ends a session's process and deletes the session." [RUNNER];
    Post "/api/sessions/{id}/stop" StopSession SignedIn "Ends a session's process; the session stays." [RUNNER];
    Post "/api/sessions/{id}/resume" ResumeSession SignedIn "Starts a session's process again." [RUNNER];
    Post "/api/sessions/{id}/prompt" Prompt SignedIn "Says something to the agent." [RUNNER] body "prompt";
    Get "/api/sessions/{id}/messages" Messages SignedIn "Messages, page by page backwards." [
        RUNNER,
        parameter("before", "integer", "Only messages before this number."),
        parameter("limit", "integer", "At most so many, 1 to 1000."),
    ];
    Get "/api/search" Search SignedIn "Searches all history." [
        RUNNER,
        parameter("q", "string", "What to look for."),
        parameter("mode", "string", "`auto`, `natural` or `code`."),
        parameter("workspace", "string", "Only in this workspace."),
        parameter("harness", "string", "Only from this harness."),
        parameter("role", "string", "Only messages of this role."),
        parameter("model", "string", "Only answers of this model."),
        parameter("after", "integer", "Only after this time, Unix milliseconds."),
        parameter("before", "integer", "Only before this time, Unix milliseconds."),
        parameter("limit", "integer", "At most so many, 1 to 200."),
    ];
}

/// The handler of a route, behind its guard.
pub(super) fn handler(route: &Route, relay: &Arc<Relay>) -> MethodRouter<Arc<Relay>> {
    let handler = match route.operation {
        Operation::Mux => get(mux),
        Operation::Health => get(health),
        Operation::Features => get(features),
        Operation::OpenApi => get(openapi::serve),
        Operation::Login => get(login::login),
        Operation::Logout => post(login::logout),
        Operation::ListSessions => get(sessions::list),
        Operation::CreateSession => post(sessions::create),
        Operation::GetSession => get(sessions::get),
        Operation::DeleteSession => delete(sessions::delete),
        Operation::StopSession => post(sessions::stop),
        Operation::ResumeSession => post(sessions::resume),
        Operation::Prompt => post(sessions::prompt),
        Operation::Messages => get(sessions::messages),
        Operation::Search => get(sessions::search),
    };
    match route.access {
        Access::Everyone => handler,
        Access::SignedIn => {
            handler.layer(axum::middleware::from_fn_with_state(Arc::clone(relay), guard::require_account))
        }
    }
}

async fn mux(
    State(relay): State<Arc<Relay>>,
    guard::SignedIn(account): guard::SignedIn,
    headers: HeaderMap,
    request: WebSocketUpgrade,
) -> Response {
    match guard::check_socket(&relay, &headers) {
        Ok(credential) => mux::upgrade(relay, account, credential, request),
        Err(error) => answer::refused(&error),
    }
}

async fn health() -> Response {
    answer::json("{\"status\":\"ok\"}".to_owned())
}

async fn features(State(relay): State<Arc<Relay>>, guard::SignedIn(account): guard::SignedIn) -> Response {
    let body = serde_json::json!({
        "version": relay.version(),
        "protocol": oqto_protocol::PROTOCOL_VERSION,
        "capabilities": crate::relay::capabilities(),
        "runners": relay.runners().infos(),
        "demo": relay.demo(),
        "account": account.peer_info(),
    });
    answer::value(&body)
}
