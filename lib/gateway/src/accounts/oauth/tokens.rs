//! What the address of tokens answers.

use axum::http::StatusCode;
use bytes::Bytes;
use oqto_kit::Secret;
use serde::Deserialize;

use super::ask::{AskError, Asker};
use super::terms::Terms;
use crate::accounts::Grant;

/// The most of a foreign explanation that is told.
const LONGEST: usize = 300;

/// A login, or asking for new tokens, did not give any.
#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    /// An address was not reached, or answered what makes no sense.
    #[error("{url}: {problem}")]
    Unreachable {
        /// The address.
        url: String,
        /// What is wrong.
        problem: String,
    },
    /// What was given before is worth nothing any more.
    #[error("the provider ended the login: {0}")]
    Ended(String),
    /// The person said no.
    #[error("it was refused at the provider: {0}")]
    Denied(String),
    /// The provider refused for another reason.
    #[error("the provider refused: {0}")]
    Refused(String),
    /// Nobody allowed it in time.
    #[error("nobody allowed it in time")]
    TooLate,
    /// The provider does not offer this way.
    #[error("the configuration names no address for this way to log in")]
    NoSuchFlow,
    /// The browser has nowhere to come back to.
    #[error("cannot listen on 127.0.0.1:{port}: {source}")]
    Listen {
        /// The port.
        port: u16,
        /// Why.
        source: std::io::Error,
    },
    /// The system gives no random bytes.
    #[error("no random bytes")]
    Random,
}

impl LoginError {
    pub(super) fn unreachable(url: &str, error: &AskError) -> Self {
        Self::Unreachable { url: url.to_owned(), problem: error.to_string() }
    }
}

/// Tokens, as they are given.
#[derive(Deserialize)]
struct Given {
    access_token: Secret,
    token_type: Option<String>,
    refresh_token: Option<Secret>,
    expires_in: Option<f64>,
}

/// Why none are.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Denial {
    pub(super) error: String,
    error_description: Option<String>,
}

impl Denial {
    /// What is told of it, without anything that was sent and without what moves a cursor.
    pub(super) fn told(&self, sent: &[(&str, &str)]) -> String {
        let said = match &self.error_description {
            Some(more) => format!("{} ({more})", self.error),
            None => self.error.clone(),
        };
        let open = ["grant_type", "scope", "client_id", "redirect_uri"];
        let hidden = sent.iter().filter(|(name, value)| !open.contains(name) && value.len() >= 4);
        let said = hidden.fold(said, |said, (_, value)| said.replace(value, oqto_kit::secret::HIDDEN));
        oqto_kit::escape::line(&said).chars().take(LONGEST).collect()
    }
}

/// Reads an answer: tokens, or why there are none.
pub(super) fn read(
    url: &str,
    status: StatusCode,
    body: &Bytes,
    now_ms: i64,
) -> Result<Result<Grant, Denial>, LoginError> {
    let unreachable = |problem: String| LoginError::Unreachable { url: url.to_owned(), problem };
    if status.is_success() {
        let given: Given = serde_json::from_slice(body).map_err(|_| unreachable("it gave no token".to_owned()))?;
        if given.token_type.as_deref().is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
            return Err(unreachable("it gave a token that is not for bearers".to_owned()));
        }
        if given.access_token.is_empty() {
            return Err(unreachable("it gave an empty token".to_owned()));
        }
        let seconds = given.expires_in.filter(|seconds| seconds.is_finite() && *seconds >= 0.0);
        #[expect(clippy::cast_possible_truncation, reason = "a float that is too large becomes the largest number")]
        let expires_at_ms = seconds.map(|seconds| now_ms.saturating_add((seconds * 1000.0) as i64));
        return Ok(Ok(Grant {
            access: given.access_token,
            refresh: given.refresh_token.filter(|token| !token.is_empty()),
            obtained_at_ms: now_ms,
            expires_at_ms,
            ended: None,
        }));
    }
    match serde_json::from_slice::<Denial>(body) {
        Ok(denial) if !denial.error.is_empty() => Ok(Err(denial)),
        Ok(_) | Err(_) => Err(unreachable(format!("it answered {status}"))),
    }
}

/// Asks for tokens with a form.
pub(super) async fn ask(
    asker: &Asker,
    terms: &Terms,
    fields: &[(&str, &str)],
    now_ms: i64,
) -> Result<Result<Grant, Denial>, LoginError> {
    let url = &terms.token_url;
    let (form, basic) = terms.form(fields);
    let asked = asker.form(url, &form, basic).await;
    let (status, body) = asked.map_err(|error| LoginError::unreachable(url, &error))?;
    read(url, status, &body, now_ms)
}

/// Asks for new tokens in place of old ones.
pub(crate) async fn renew(asker: &Asker, terms: &Terms, old: &Grant, now_ms: i64) -> Result<Grant, LoginError> {
    let Some(refresh) = &old.refresh else {
        return Err(LoginError::Ended("the token ended, and none was given to ask for another".to_owned()));
    };
    let mut fields = vec![("grant_type", "refresh_token"), ("refresh_token", refresh.expose())];
    if !terms.scope.is_empty() {
        fields.push(("scope", &terms.scope));
    }
    match ask(asker, terms, &fields, now_ms).await? {
        // A provider that does not change the refresh token leaves it out.
        Ok(grant) => Ok(Grant { refresh: grant.refresh.or_else(|| old.refresh.clone()), ..grant }),
        Err(denial) if denial.error == "invalid_grant" => Err(LoginError::Ended(denial.told(&terms.sent(&fields)))),
        Err(denial) => Err(LoginError::Refused(denial.told(&terms.sent(&fields)))),
    }
}
