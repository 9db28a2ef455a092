//! A request on its way to a provider, and the answer back.
//!
//! [`call`] is the one road: every request that may cost something passes [`Book::admit`](crate::book::Book::admit) here
//! and nowhere else.

mod attempt;
mod headers;
mod lingering;
pub(crate) mod presence;
pub(crate) mod probe;
mod relay;
mod wait;

use std::sync::Arc;

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};
use bytes::Bytes;
use serde_json::{Value, json};

use crate::book::{Case, Key, NotAdmitted, Place};
use crate::book::{End, Estimate, Outcome};
use crate::gateway::Current;
use crate::keys::standing::Refusal;
use crate::policy::About;
use crate::upstream::routing::{NoTarget, Target};
use crate::wire::document::Document;
use crate::wire::failure::Failure;
use crate::wire::request::Asked;
use crate::wire::tap::Seen;
use crate::wire::{Api, Call};
use attempt::{Answered, Lost};
use presence::Presence;

/// Tokens that an answer is taken to have where neither the client nor the catalog says how many it may have.
const ASSUMED_OUTPUT: u64 = 16_384;

/// The longest name of a model, in bytes: it is compared with those that are known, and kept with the request.
const LONGEST_MODEL: usize = 512;

/// The header with the id of a request, as the book has it.
pub(crate) static REQUEST_ID: HeaderName = HeaderName::from_static("x-eavs-request");

/// A request as far as it was read.
pub(crate) struct Question<'a> {
    pub(crate) call: &'a Call,
    pub(crate) asked: Asked,
    pub(crate) document: Document,
    pub(crate) head: &'a Parts,
    presence: &'a Presence,
}

/// Answers a request for a model.
///
/// # Errors
/// What the client is told instead of an answer.
pub(crate) async fn call(
    current: &Current,
    key: &Arc<Key>,
    provider: Option<&str>,
    call: &Call,
    head: &Parts,
    body: Bytes,
    presence: &Presence,
) -> Result<Response<Body>, Failure> {
    let document = Document::parse(body)
        .map_err(|error| Failure::new(StatusCode::BAD_REQUEST, "invalid_json", error.to_string()))?;
    let asked = Asked::read(call, &document)
        .ok_or_else(|| Failure::new(StatusCode::BAD_REQUEST, "model_missing", "the request names no model"))?;
    if asked.model.len() > LONGEST_MODEL {
        let message = format!("the name of a model has at most {LONGEST_MODEL} bytes");
        return Err(Failure::new(StatusCode::BAD_REQUEST, "model_invalid", message));
    }
    let targets = permitted(current, key, provider, &asked, call.api())?;
    let question = Question { call, asked, document, head, presence };
    let mut lost = None;
    for target in targets {
        if lost.is_some() {
            current.book.metrics.fell_back(&target.provider.name);
        }
        match one(current, key, &question, &target).await {
            Ok(answer) => return Ok(answer),
            // The first provider's words are the best explanation: it is the one that was asked for.
            Err(Lost { failure, answer, goes_on: true }) if !presence.is_gone() => {
                lost.get_or_insert((failure, answer));
            }
            Err(Lost { failure, answer, .. }) => return refused(failure, answer),
        }
    }
    match lost {
        Some((failure, answer)) => refused(failure, answer),
        None => Err(Failure::new(StatusCode::NOT_FOUND, "model_not_found", "no provider has this model")),
    }
}

fn refused(failure: Failure, answer: Option<Box<Response<Body>>>) -> Result<Response<Body>, Failure> {
    answer.map(|answer| *answer).ok_or(failure)
}

/// The ways to answer that this key may use.
fn permitted(
    current: &Current,
    key: &Key,
    provider: Option<&str>,
    asked: &Asked,
    api: Api,
) -> Result<Vec<Target>, Failure> {
    let targets = current.routing.targets(provider, &asked.model, api).map_err(|why| no_target(&why, asked, api))?;
    let allowed: Vec<_> =
        targets.into_iter().filter(|t| key.terms.permissions.allow(&t.provider.name, &t.model)).collect();
    if allowed.is_empty() {
        let message = format!("this key may not use the model {:?}", asked.model);
        return Err(Failure::new(StatusCode::FORBIDDEN, "model_not_allowed", message));
    }
    Ok(allowed)
}

fn no_target(why: &NoTarget, asked: &Asked, api: Api) -> Failure {
    let model = &asked.model;
    match why {
        NoTarget::Provider(name) => {
            Failure::new(StatusCode::NOT_FOUND, "provider_not_found", format!("no provider is called {name:?}"))
        }
        NoTarget::Model(near) => {
            let near = near.as_ref().map(|near| format!("; did you mean {near:?}?")).unwrap_or_default();
            let message = format!("no provider is known to have the model {model:?}{near}");
            Failure::new(StatusCode::NOT_FOUND, "model_not_found", message)
        }
        NoTarget::NoAccount(name) => {
            let message = format!("the provider {name:?} has no key; the operator sets one in eavs.toml");
            Failure::new(StatusCode::SERVICE_UNAVAILABLE, "provider_without_key", message)
        }
        NoTarget::Api(name) => {
            let message = format!("the provider {name:?} does not answer {} requests", api.name());
            Failure::new(StatusCode::BAD_REQUEST, "api_not_supported", message)
        }
    }
}

/// Asks one provider for one model.
async fn one(
    current: &Current,
    key: &Arc<Key>,
    question: &Question<'_>,
    target: &Target,
) -> Result<Response<Body>, Lost> {
    let policed = policed(current, key, question, target)?;
    let question = &policed;
    let mut case = admit(current, key, question, target).await?;
    let rules = |document: &mut Document| current.routing.policy.rules(document, about(key, target, target.api));
    let outgoing = match attempt::outgoing(question, target, rules) {
        Ok(outgoing) => outgoing,
        Err(failure) => {
            case.settle(&End { outcome: Outcome::Refused, seen: Seen::default() });
            return Err(Lost::at_once(failure));
        }
    };
    let request = HeaderValue::from_str(case.request()).ok();
    let answered = attempt::ask(current, key, &mut case, &outgoing, target).await;
    let mut answer = match answered {
        Ok(answered) => relay(current, question, target, &outgoing, case, answered).await,
        Err((lost, outcome)) => {
            let why = lost.failure.message.clone();
            case.settle(&End { outcome, seen: Seen { error: Some(why), ..Seen::default() } });
            Err(lost)
        }
    };
    let response = match &mut answer {
        Ok(response) => Some(response),
        Err(lost) => lost.answer.as_deref_mut(),
    };
    if let (Some(response), Some(request)) = (response, request) {
        response.headers_mut().insert(REQUEST_ID.clone(), request);
    }
    answer
}

/// Whose request it is, and where it goes, in the words of an API.
fn about<'a>(key: &'a Key, target: &'a Target, api: Api) -> About<'a> {
    About {
        api,
        key: &key.id,
        key_name: key.terms.name.as_deref().unwrap_or_default(),
        provider: &target.provider.name,
        model: &target.model,
    }
}

/// The request as the policy lets it go to this provider.
fn policed<'a>(current: &Current, key: &Key, question: &Question<'a>, target: &Target) -> Result<Question<'a>, Lost> {
    let mut document = question.document.clone();
    let about = about(key, target, question.call.api());
    let denied = |message: String| Lost::over(Failure::new(StatusCode::FORBIDDEN, "policy_violation", message));
    let changes = current.routing.policy.apply(&mut document, about).map_err(|why| denied(why.to_string()))?;
    let asked = if changes.is_empty() {
        question.asked.clone()
    } else {
        tracing::debug!(key = key.id, ?changes, "the policy changed a request");
        let read = Asked::read(question.call, &document);
        let read = read.ok_or_else(|| denied("the policy leaves the request without a model".to_owned()))?;
        // Who answers is decided by what the client asked for.
        Asked { model: question.asked.model.clone(), ..read }
    };
    Ok(Question { asked, document, ..*question })
}

async fn relay(
    current: &Current,
    question: &Question<'_>,
    target: &Target,
    outgoing: &attempt::Outgoing<'_>,
    case: Case,
    answered: Answered,
) -> Result<Response<Body>, Lost> {
    if outgoing.translates(question.call.api()) && !question.asked.stream {
        return relay::whole(current, question, target, case, answered).await.map_err(Lost::at_once);
    }
    Ok(relay::stream(current, question, target, outgoing, case, answered))
}

async fn admit(current: &Current, key: &Arc<Key>, question: &Question<'_>, target: &Target) -> Result<Case, Lost> {
    let asked = &question.asked;
    let model = target.provider.model(&target.model);
    let most = model.as_ref().map(|model| model.max_output).filter(|most| *most > 0);
    let output = asked.max_output.or(most).unwrap_or(ASSUMED_OUTPUT).saturating_mul(asked.answers);
    let unseen = model.as_ref().filter(|_| asked.has_more).map_or(0, |model| model.context);
    let billed = question.call.is_billed();
    let estimate = Estimate { input: asked.input_estimate, unseen, output, model, billed };
    let place = Place { provider: &target.provider.name, model: &target.model, api: target.api };
    let admitted = current.book.admit(key, place, estimate).await;
    admitted.map_err(|why| {
        let failure = not_admitted(why, &target.model);
        // Another model may have a price, or cost less.
        match why {
            NotAdmitted::NoPrice | NotAdmitted::Refused(Refusal::Budget { .. }) => Lost::over(failure),
            NotAdmitted::Refused(_) | NotAdmitted::Behind => Lost::at_once(failure),
        }
    })
}

fn not_admitted(why: NotAdmitted, model: &str) -> Failure {
    let (many, paid) = (StatusCode::TOO_MANY_REQUESTS, StatusCode::PAYMENT_REQUIRED);
    match why {
        NotAdmitted::Refused(Refusal::Budget { after: None }) => {
            Failure::new(paid, "budget_exceeded", "the budget of this key is used up")
        }
        NotAdmitted::Refused(Refusal::Budget { after: Some(after) }) => {
            Failure::new(paid, "budget_exceeded", "the budget of this key is used up until it begins anew").after(after)
        }
        NotAdmitted::Refused(Refusal::Reserved) => {
            let message = "what is left of this key's budget is reserved for requests on their way";
            Failure::new(many, "budget_reserved", message).after(1)
        }
        NotAdmitted::Refused(Refusal::Requests { after }) => {
            Failure::new(many, "rate_limited", "this key has had its requests of this minute").after(after)
        }
        NotAdmitted::Refused(Refusal::Day { after }) => {
            Failure::new(many, "rate_limited", "this key has had its requests of this day").after(after)
        }
        NotAdmitted::Refused(Refusal::Tokens { after }) => {
            Failure::new(many, "rate_limited", "this key has had its tokens of this minute").after(after)
        }
        NotAdmitted::NoPrice => {
            let message = format!("the model {model:?} has no known price, and this key has a budget in dollars");
            Failure::new(StatusCode::FORBIDDEN, "no_price", message)
        }
        NotAdmitted::Behind => {
            let message = "what was used cannot be written down at the moment";
            Failure::new(StatusCode::SERVICE_UNAVAILABLE, "not_recorded", message).after(2)
        }
    }
}

/// Asks a chat stream to end with its usage, whatever else the client wants of it.
fn with_stream_usage(document: &mut Document) {
    let mut options = document.read::<Value>("stream_options").filter(Value::is_object).unwrap_or_else(|| json!({}));
    if let Some(fields) = options.as_object_mut() {
        fields.insert("include_usage".to_owned(), Value::Bool(true));
    }
    document.set("stream_options", &options);
}
