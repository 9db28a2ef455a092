//! Asking a provider, and asking again.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, Response, StatusCode, Uri, header};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use serde_json::{Value, json};

use super::headers::{Packing, to_client, to_provider};
use super::presence::Presence;
use super::{Question, wait, with_stream_usage};
use crate::accounts::Unusable;
use crate::book::{Case, Key, Outcome};
use crate::config::{Kind, UpstreamSettings};
use crate::gateway::Current;
use crate::limit::Permit;
use crate::policy::Denied;
use crate::translate;
use crate::upstream::account::{self, Account};
use crate::upstream::client::NotReached;
use crate::upstream::provider::Provider;
use crate::upstream::routing::Target;
use crate::wire::document::Document;
use crate::wire::failure::Failure;
use crate::wire::{Api, Call};

/// The largest refusal that goes on to the client.
const LARGEST_REFUSAL: usize = 1 << 20;
/// How long a refusal may take to arrive.
const REFUSAL_TIME: Duration = Duration::from_secs(10);

/// A request as the provider gets it, but for the account.
pub(super) struct Outgoing<'a> {
    uri: Uri,
    body: Bytes,
    client_headers: &'a HeaderMap,
    packing: Packing,
    pub(super) api: Api,
    client_api: Api,
    /// The client did not ask for the usage that the answer will end with.
    pub(super) hides_usage: bool,
    presence: &'a Presence,
}

impl Outgoing<'_> {
    /// Whether the answer has to be put into other words for the client.
    pub(super) fn translates(&self, client: Api) -> bool {
        self.api != client
    }
}

/// The head of an answer, and what it holds on to.
pub(super) struct Answered {
    pub(super) response: Response<Body>,
    pub(super) permit: Option<Permit>,
}

/// A provider that did not answer.
pub(super) struct Lost {
    /// What the client is told.
    pub(super) failure: Failure,
    /// What the provider said, where the client can read it.
    pub(super) answer: Option<Box<Response<Body>>>,
    /// Whether another provider may answer instead.
    pub(super) goes_on: bool,
}

impl Lost {
    /// Nothing else makes sense.
    pub(super) fn at_once(failure: Failure) -> Self {
        Self { failure, answer: None, goes_on: false }
    }

    /// Another provider may answer instead.
    pub(super) fn over(failure: Failure) -> Self {
        Self { failure, answer: None, goes_on: true }
    }
}

/// Puts a request into the words of the provider that is asked. The rules of the policy hold for these words too.
pub(super) fn outgoing<'a>(
    question: &Question<'a>,
    target: &Target,
    rules: impl FnOnce(&mut Document) -> Result<Vec<String>, Denied>,
) -> Result<Outgoing<'a>, Failure> {
    let client_api = question.call.api();
    let mut document = question.document.clone();
    let call = if target.api == client_api {
        question.call
    } else {
        let invalid = |problem: String| Failure::new(StatusCode::BAD_REQUEST, "not_translatable", problem);
        let value = document.value().map_err(|error| invalid(error.to_string()))?;
        document = Document::from(&translate::request(client_api, target.api, &value).map_err(invalid)?);
        let denied = |why: Denied| Failure::new(StatusCode::FORBIDDEN, "policy_violation", why.to_string());
        rules(&mut document).map_err(denied)?;
        match (target.api, question.call) {
            (Api::Messages, _) => &Call::Messages,
            (_, Call::CountTokens) => {
                let message = "this provider does not count tokens";
                return Err(Failure::new(StatusCode::BAD_REQUEST, "api_not_supported", message));
            }
            (Api::Chat | Api::Responses | Api::Embeddings | Api::Generate, _) => &Call::Chat,
        }
    };
    name_model(&mut document, target);
    if target.api != client_api && target.api == Api::Chat {
        suit(&mut document, target);
    }
    // Mistral tells the usage unasked, and refuses to be asked.
    let asks_usage = target.api == Api::Chat && question.asked.stream && target.provider.kind != Kind::Mistral;
    let hides_usage = asks_usage && !question.asked.wants_stream_usage;
    if hides_usage {
        with_stream_usage(&mut document);
    }
    let path = target.provider.path(call, &target.model);
    let uri = target.provider.uri(&path, google_question(question)).ok_or_else(|| {
        Failure::new(StatusCode::BAD_REQUEST, "model_invalid", "the model's name cannot be in an address")
    })?;
    let read = hides_usage || question.asked.stream || target.api != client_api;
    Ok(Outgoing {
        uri,
        body: document.bytes(),
        client_headers: &question.head.headers,
        packing: if read { Packing::Identity } else { Packing::AsAsked },
        api: target.api,
        client_api,
        hides_usage,
        presence: question.presence,
    })
}

/// Names the model as the provider does, wherever the request names it.
fn name_model(document: &mut Document, target: &Target) {
    let google = target.api == Api::Generate;
    let name = if google { Cow::from(format!("models/{}", target.model)) } else { Cow::from(&target.model) };
    if document.read::<Cow<'_, str>>("model").is_some_and(|model| model != name) {
        document.set("model", &Value::from(name.as_ref()));
    }
    // Google's are in the path; what is asked for several at once names the model in each again, and has to agree.
    for field in ["requests", "generateContentRequest"].into_iter().filter(|_| google) {
        let Some(mut value) = document.read::<Value>(field) else { continue };
        let before = value.clone();
        let each = if value.is_array() {
            value.as_array_mut().map(Vec::as_mut_slice).unwrap_or_default()
        } else {
            std::slice::from_mut(&mut value)
        };
        for one in each.iter_mut().filter(|one| one["model"].is_string()) {
            one["model"] = Value::from(name.as_ref());
        }
        if value != before {
            document.set(field, &value);
        }
    }
}

/// What providers that speak chat want said differently.
fn suit(document: &mut Document, target: &Target) {
    let provider = &target.provider;
    if matches!(provider.kind, Kind::Openai | Kind::Azure)
        && let Some(limit) = document.read::<u64>("max_tokens")
    {
        document.remove("max_tokens");
        document.set("max_completion_tokens", &Value::from(limit));
    }
    if !provider.kind.takes_thoughts()
        && let Some(messages) = document.read::<Value>("messages")
    {
        let mut said = json!({ "messages": messages });
        translate::without_thoughts(&mut said);
        if provider.kind == Kind::Mistral {
            translate::with_short_ids(&mut said);
        }
        document.set("messages", &said["messages"]);
    }
    // A model that does not think refuses to be told how much.
    if provider.model(&target.model).is_some_and(|model| !model.reasoning) {
        document.remove("reasoning_effort");
    }
}

/// Of the question of an address only the form of Google's streams goes on: keys in addresses are not taken.
fn google_question(question: &Question<'_>) -> Option<&'static str> {
    let asks = question.head.uri.query()?.split('&').any(|pair| pair == "alt=sse");
    (asks && question.call.api() == Api::Generate).then_some("alt=sse")
}

/// Asks until there is an answer, as often as the settings allow. Nothing of an answer has gone to the client before
/// this returns, and nothing is asked again afterwards.
pub(super) async fn ask(
    current: &Current,
    key: &Key,
    case: &mut Case,
    outgoing: &Outgoing<'_>,
    target: &Target,
) -> Result<Answered, (Lost, Outcome)> {
    let provider = &target.provider;
    let bound = key.terms.account.as_deref();
    let (mut tried, mut attempts) = (Vec::new(), 0);
    loop {
        let now = current.book.now_ms();
        let Some(account) = account::next(&provider.accounts, bound, &tried, now) else {
            return Err((no_account(provider, bound), Outcome::Refused));
        };
        let tried_once = once(current, case, outgoing, provider, account).await;
        let failed = match tried_once {
            Ok(answered) => return Ok(answered),
            Err(failed) => failed,
        };
        outgoing.presence.came_back();
        attempts += 1;
        tried.push(account.label.clone());
        let others = provider.accounts.iter().any(|other| {
            bound.is_none_or(|label| other.label == label) && !tried.contains(&other.label) && !other.rests(now)
        });
        let nobody_waits = outgoing.presence.is_gone();
        if nobody_waits || !failed.again || attempts > current.settings.upstream.retries || (failed.by_key && !others) {
            return Err((failed.lost, failed.outcome));
        }
        if !others {
            tried.clear();
            let pause = failed.told.unwrap_or_else(|| wait::own(attempts - 1));
            if pause > UpstreamSettings::seconds(current.settings.upstream.longest_wait_seconds) {
                return Err((failed.lost, failed.outcome));
            }
            tokio::time::sleep(pause).await;
        }
        current.book.metrics.retried(&provider.name);
    }
}

fn no_account(provider: &Provider, bound: Option<&str>) -> Lost {
    let ours = provider
        .accounts
        .iter()
        .find(|account| bound.is_none_or(|label| account.label == label) && account.ended().is_some());
    if let Some(account) = ours {
        let (name, label) = (&provider.name, &account.label);
        let message = format!(
            "the account {label:?} of {name:?} has to log in again; the operator runs: eavs accounts login {name} --label {label}"
        );
        return Lost::over(Failure::new(StatusCode::SERVICE_UNAVAILABLE, "provider_login_ended", message));
    }
    let which = bound.map(|label| format!(" called {label:?}")).unwrap_or_default();
    let message = format!("the provider {:?} has no account{which}", provider.name);
    Lost::over(Failure::new(StatusCode::SERVICE_UNAVAILABLE, "provider_without_key", message))
}

/// One attempt that gave no answer.
struct Failed {
    lost: Lost,
    outcome: Outcome,
    /// Whether asking the same again makes sense.
    again: bool,
    /// Whether the account's key is the reason.
    by_key: bool,
    told: Option<Duration>,
}

async fn once(
    current: &Current,
    case: &mut Case,
    outgoing: &Outgoing<'_>,
    provider: &Arc<Provider>,
    account: &Account,
) -> Result<Answered, Failed> {
    let patience = UpstreamSettings::seconds(current.settings.upstream.answer_timeout_seconds);
    let permit = match &provider.gate {
        None => None,
        Some(gate) => match tokio::time::timeout(patience, gate.take()).await {
            Ok(Some(permit)) => Some(permit),
            Ok(None) | Err(_) => return Err(not_reached(&NotReached::Crowded, provider)),
        },
    };
    account.ready().await.map_err(|why| not_ready(&why, provider, account, current.book.now_ms()))?;
    let shown = account.token();
    let first = request(outgoing, provider, account)?;
    case.sent(&account.label);
    case.says(&outgoing.body);
    outgoing.presence.asks();
    let mut answered = send(current, provider, first, patience).await;
    // A token may be worth nothing before its time: one more is asked for, once.
    let refused = answered.as_ref().is_ok_and(|response| response.status() == StatusCode::UNAUTHORIZED);
    if refused && account.renewed(shown.as_ref()).await {
        answered = send(current, provider, request(outgoing, provider, account)?, patience).await;
    }
    let now = current.book.now_ms();
    if let Ok(response) = &answered {
        current.book.hear_quota(&provider.name, &account.label, response.status(), response.headers());
    }
    match answered {
        Ok(response) if response.status().is_success() => {
            account.did_well();
            case.answered(response.status().as_u16());
            Ok(Answered { response, permit })
        }
        Ok(response) => {
            case.came_back(response.status().as_u16());
            Err(refusal(response, outgoing, provider, account, now).await)
        }
        Err(why) => {
            if !matches!(why, NotReached::TooSlow(_)) {
                case.came_back(0);
            }
            account.failed(now, None);
            Err(not_reached(&why, provider))
        }
    }
}

async fn send(
    current: &Current,
    provider: &Provider,
    request: Request<Full<Bytes>>,
    patience: Duration,
) -> Result<Response<Body>, NotReached> {
    let asked = async {
        if provider.kind == Kind::Scripted {
            Ok(current.client.ask_scripted(request).await)
        } else {
            current.client.ask(request, provider.trust.as_deref()).await
        }
    };
    match tokio::time::timeout(patience, asked).await {
        Ok(answered) => answered,
        // It may be at work on it: this costs what was sent.
        Err(_) => Err(NotReached::TooSlow(patience)),
    }
}

/// A login whose token cannot be sent: another account may answer, and nothing was asked.
fn not_ready(why: &Unusable, provider: &Provider, account: &Account, now: i64) -> Failed {
    let code = match why {
        Unusable::LoginAgain(_) => "provider_login_ended",
        Unusable::Later(_) => {
            account.failed(now, None);
            "provider_token_not_renewed"
        }
    };
    let message = provider.scrub(&format!("{}: the account {:?} cannot be used: {why}", provider.name, account.label));
    let lost = Lost::over(Failure::new(StatusCode::SERVICE_UNAVAILABLE, code, message));
    Failed { lost, outcome: Outcome::Refused, again: true, by_key: true, told: None }
}

fn request(outgoing: &Outgoing<'_>, provider: &Provider, account: &Account) -> Result<Request<Full<Bytes>>, Failed> {
    let unusable = || {
        let message = format!("the key of the account {:?} of {:?} cannot be sent", account.label, provider.name);
        Failed {
            lost: Lost::over(Failure::new(StatusCode::BAD_GATEWAY, "provider_key_invalid", message)),
            outcome: Outcome::Refused,
            again: true,
            by_key: true,
            told: None,
        }
    };
    let headers = to_provider(outgoing.client_headers, provider, account, outgoing.packing).ok_or_else(unusable)?;
    let mut request = Request::new(Full::new(outgoing.body.clone()));
    *request.method_mut() = Method::POST;
    *request.uri_mut() = outgoing.uri.clone();
    *request.headers_mut() = headers;
    Ok(request)
}

fn not_reached(why: &NotReached, provider: &Provider) -> Failed {
    let (status, code, again) = match why {
        NotReached::Connection(_) => (StatusCode::BAD_GATEWAY, "provider_unreachable", true),
        NotReached::Certificates(_) => (StatusCode::BAD_GATEWAY, "provider_unreachable", false),
        NotReached::TooSlow(_) => (StatusCode::GATEWAY_TIMEOUT, "provider_timeout", false),
        NotReached::Crowded => (StatusCode::SERVICE_UNAVAILABLE, "provider_busy", false),
    };
    let failure = Failure::new(status, code, provider.scrub(&format!("{}: {why}", provider.name)));
    Failed { lost: Lost::over(failure), outcome: Outcome::Failed, again, by_key: false, told: None }
}

/// Reads why a provider refused, and whether it makes sense to ask again.
async fn refusal(
    response: Response<Body>,
    outgoing: &Outgoing<'_>,
    provider: &Provider,
    account: &Account,
    now: i64,
) -> Failed {
    let status = response.status();
    let told = wait::told(response.headers(), now);
    let again = matches!(status.as_u16(), 408 | 409 | 429 | 500 | 502 | 503 | 504 | 529);
    let by_key = matches!(status.as_u16(), 401 | 403);
    if again || by_key {
        let told_ms = told.and_then(|told| i64::try_from(told.as_millis()).ok());
        account.failed(now, told_ms);
    }
    let name = &provider.name;
    let seconds = told.map(|told| told.as_secs() + u64::from(told.subsec_nanos() > 0));
    let (failure, answer) = if by_key {
        let message = format!("the provider {name:?} refused the gateway's own key ({status})");
        (Failure::new(StatusCode::BAD_GATEWAY, "provider_key_refused", message), None)
    } else if status.is_redirection() || status.is_informational() {
        let message = format!("the provider {name:?} answered {status}; redirects are not followed");
        (Failure::new(StatusCode::BAD_GATEWAY, "provider_redirects", message), None)
    } else {
        read(response, outgoing, provider).await
    };
    let failure = Failure { retry_after: seconds.or(failure.retry_after), ..failure };
    let lost = Lost { failure, answer, goes_on: again || by_key };
    Failed { lost, outcome: Outcome::Refused, again: again || by_key, by_key, told }
}

/// The provider's own words, where the client speaks the same; else their message.
async fn read(
    response: Response<Body>,
    outgoing: &Outgoing<'_>,
    provider: &Provider,
) -> (Failure, Option<Box<Response<Body>>>) {
    let (parts, body) = response.into_parts();
    let body = tokio::time::timeout(REFUSAL_TIME, Limited::new(body, LARGEST_REFUSAL).collect()).await;
    let body = body.ok().and_then(Result::ok).map(|body| body.to_bytes()).unwrap_or_default();
    let packed = parts.headers.contains_key(header::CONTENT_ENCODING);
    let text = if packed { crate::wire::tap::unpacked(&body, LARGEST_REFUSAL) } else { Some(body.to_vec()) };
    let text = provider.scrub(&String::from_utf8_lossy(&text.unwrap_or_default()));
    let message = message(&text).unwrap_or_else(|| format!("the provider answered {}", parts.status));
    let failure = Failure::new(parts.status, "provider_error", format!("{}: {message}", provider.name));
    if outgoing.translates(outgoing.client_api) || serde_json::from_str::<Value>(&text).is_err() {
        return (failure, None);
    }
    let mut answer = Response::new(Body::from(text));
    *answer.status_mut() = parts.status;
    *answer.headers_mut() = to_client(&parts.headers);
    answer.headers_mut().remove(header::CONTENT_ENCODING);
    (failure, Some(Box::new(answer)))
}

/// The sentence in a provider's error, whatever its form.
fn message(text: &str) -> Option<String> {
    let value: Value = serde_json::from_str(text).ok()?;
    // Google wraps the error of a stream in a list.
    let value = value.get(0).unwrap_or(&value);
    let said = [&value["error"]["message"], &value["message"], &value["error"], &value["detail"]];
    let said = said.into_iter().find_map(Value::as_str)?;
    Some(said.chars().take(2000).collect())
}
