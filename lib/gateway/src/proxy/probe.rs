//! Trying the accounts of providers: the cheapest question that needs the key, which is what models there are.

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, Response, StatusCode, header};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use serde::Serialize;
use serde_json::Value;

use super::headers::{Packing, to_provider};
use crate::config::Kind;
use crate::upstream::account::Account;
use crate::upstream::client::Client;
use crate::upstream::provider::Provider;

/// The most that is read of a list of models.
const LARGEST: usize = 32 << 20;

/// How one account did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Probed {
    /// The provider.
    pub provider: String,
    /// The account; none where the provider has none.
    pub account: Option<String>,
    /// Whether anything answered.
    pub reachable: bool,
    /// Whether the key was accepted, where that was found out.
    pub key_accepted: Option<bool>,
    /// How many models it names.
    pub models: Option<usize>,
    /// Milliseconds until it had answered.
    pub latency_ms: u64,
    /// What is wrong, without a full stop.
    pub problem: Option<String>,
}

impl Probed {
    /// Whether everything is as it should be.
    #[must_use]
    pub fn is_well(&self) -> bool {
        self.problem.is_none()
    }
}

/// Tries every account of a provider, one after the other.
pub(crate) async fn provider(client: &Client, provider: &Provider, patience: Duration) -> Vec<Probed> {
    if provider.accounts.is_empty() {
        let problem = format!("it has no key: eavs accounts add {}", provider.name);
        return vec![Probed { problem: Some(problem), ..untold(provider, None) }];
    }
    let mut all = Vec::new();
    for account in &provider.accounts {
        all.push(one(client, provider, account, patience).await);
    }
    all
}

fn untold(provider: &Provider, account: Option<&Account>) -> Probed {
    Probed {
        provider: provider.name.clone(),
        account: account.map(|account| account.label.clone()),
        reachable: false,
        key_accepted: None,
        models: None,
        latency_ms: 0,
        problem: None,
    }
}

async fn one(client: &Client, provider: &Provider, account: &Account, patience: Duration) -> Probed {
    let mut probed = untold(provider, Some(account));
    if let Err(why) = account.ready().await {
        probed.problem = Some(provider.scrub(&why.to_string()));
        return probed;
    }
    let since = Instant::now();
    let answered = tokio::time::timeout(patience, questions(client, provider, account, &mut probed)).await;
    probed.latency_ms = u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX);
    let problem = match answered {
        Ok(Ok(())) => None,
        Ok(Err(problem)) => Some(problem),
        Err(_) => Some(format!("it did not answer within {} s", patience.as_secs())),
    };
    probed.problem = problem.map(|problem| provider.scrub(&oqto_kit::escape::line(&problem)));
    probed
}

async fn questions(client: &Client, provider: &Provider, account: &Account, probed: &mut Probed) -> Result<(), String> {
    // OpenRouter lists its models to everybody.
    if provider.kind == Kind::Openrouter {
        ask(client, provider, account, "/key", None, probed).await?;
    }
    let question = match provider.kind {
        Kind::Google => Some("pageSize=1000"),
        Kind::Anthropic => Some("limit=1000"),
        Kind::Openai
        | Kind::Azure
        | Kind::Openrouter
        | Kind::Groq
        | Kind::Mistral
        | Kind::Deepseek
        | Kind::Xai
        | Kind::Together
        | Kind::Cerebras
        | Kind::Ollama
        | Kind::Vllm
        | Kind::LlamaCpp
        | Kind::OpenaiCompatible
        | Kind::Scripted => None,
    };
    let body = ask(client, provider, account, "/models", question, probed).await?;
    let value: Value = serde_json::from_slice(&body).map_err(|_| "what it answers is no list of models".to_owned())?;
    let list = [&value["data"], &value["models"], &value].into_iter().find_map(Value::as_array);
    probed.models = Some(list.ok_or("what it answers is no list of models")?.len());
    Ok(())
}

async fn ask(
    client: &Client,
    provider: &Provider,
    account: &Account,
    path: &str,
    question: Option<&str>,
    probed: &mut Probed,
) -> Result<Bytes, String> {
    let shown = account.token();
    let mut response = send(client, provider, account, path, question).await?;
    if response.status() == StatusCode::UNAUTHORIZED && account.renewed(shown.as_ref()).await {
        response = send(client, provider, account, path, question).await?;
    }
    probed.reachable = true;
    let (status, body) = (response.status(), response.into_body());
    match status.as_u16() {
        200..=299 => probed.key_accepted = (!account.secret().is_empty()).then_some(true),
        401 | 403 => {
            probed.key_accepted = Some(false);
            return Err(format!("it refuses the key ({status})"));
        }
        300..=399 => return Err(format!("it answered {status}; redirects are not followed")),
        _ => return Err(format!("it answered {status}")),
    }
    let body = Limited::new(body, LARGEST).collect().await;
    body.map(|body| body.to_bytes()).map_err(|error| format!("its answer broke off: {error}"))
}

async fn send(
    client: &Client,
    provider: &Provider,
    account: &Account,
    path: &str,
    question: Option<&str>,
) -> Result<Response<Body>, String> {
    let mut request = Request::new(Full::new(Bytes::new()));
    *request.method_mut() = Method::GET;
    *request.uri_mut() = provider.uri(path, question).ok_or("its address cannot be used")?;
    let headers = to_provider(&HeaderMap::new(), provider, account, Packing::Identity);
    *request.headers_mut() = headers.ok_or("its key cannot be sent")?;
    request.headers_mut().remove(header::CONTENT_TYPE);
    if provider.kind == Kind::Scripted {
        return Ok(client.ask_scripted(request).await);
    }
    client.ask(request, provider.trust.as_deref()).await.map_err(|why| why.to_string())
}
