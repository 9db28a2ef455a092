//! A login on another device, with a code that is typed there (RFC 8628).

use std::time::Duration;

use serde::Deserialize;

use super::ask::Asker;
use super::terms::Terms;
use super::tokens::{Denial, LoginError, ask};
use crate::accounts::Grant;
use crate::book::Clock;

/// The kind of grant that is asked for.
const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// Seconds between two questions where the provider names none, and the bounds of what it may name.
const INTERVAL: u64 = 5;
const LONGEST_INTERVAL: u64 = 60;
/// Seconds by which `slow_down` lengthens the time between two questions.
const SLOWER: u64 = 5;
/// The longest that a code is waited for, whatever the provider says.
const LONGEST_LIFE: u64 = 3600;

/// What a person is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Where to go. Foreign text.
    pub address: String,
    /// The same with the code in it, where the provider offers that. Foreign text.
    pub complete: Option<String>,
    /// What to type there. Foreign text.
    pub code: String,
    /// Seconds until that is worth nothing.
    pub seconds: u64,
}

#[derive(Deserialize)]
struct Begun {
    device_code: oqto_kit::Secret,
    user_code: String,
    #[serde(alias = "verification_url")]
    verification_uri: String,
    verification_uri_complete: Option<String>,
    expires_in: u64,
    interval: Option<u64>,
}

/// Logs in. `show` tells the person where to go; `sleep` waits between two questions.
pub(super) async fn by_device(
    terms: &Terms,
    asker: &Asker,
    clock: &Clock,
    show: impl FnOnce(&Shown),
    sleep: impl AsyncFn(Duration),
) -> Result<Grant, LoginError> {
    let begun = begin(terms, asker).await?;
    let life = begun.expires_in.min(LONGEST_LIFE);
    show(&Shown {
        address: begun.verification_uri,
        complete: begun.verification_uri_complete.filter(|address| is_web(address)),
        code: begun.user_code,
        seconds: life,
    });
    let fields = [("grant_type", GRANT), ("device_code", begun.device_code.expose())];
    let mut interval = begun.interval.unwrap_or(INTERVAL).clamp(1, LONGEST_INTERVAL);
    let mut waited = 0;
    while waited < life {
        sleep(Duration::from_secs(interval)).await;
        waited += interval;
        let denial = match ask(asker, terms, &fields, clock()).await {
            Ok(Ok(grant)) => return Ok(grant),
            Ok(Err(denial)) => denial,
            // What cannot be reached for a moment is asked less often, as the standard wants.
            Err(LoginError::Unreachable { url, problem }) => {
                tracing::debug!(url, problem, "a login is asked for again");
                interval = (interval * 2).min(LONGEST_INTERVAL);
                continue;
            }
            Err(error) => return Err(error),
        };
        interval = match denial.error.as_str() {
            "authorization_pending" => interval,
            "slow_down" => interval + SLOWER,
            "access_denied" => return Err(LoginError::Denied(denial.told(&terms.sent(&fields)))),
            "expired_token" => return Err(LoginError::TooLate),
            _ => return Err(LoginError::Refused(denial.told(&terms.sent(&fields)))),
        };
    }
    Err(LoginError::TooLate)
}

async fn begin(terms: &Terms, asker: &Asker) -> Result<Begun, LoginError> {
    let url = terms.device_url.as_deref().ok_or(LoginError::NoSuchFlow)?;
    let scope = [("scope", terms.scope.as_str())];
    let fields = if terms.scope.is_empty() { &scope[..0] } else { &scope };
    // A program with a secret shows it here too (RFC 8628, 3.1).
    let (form, basic) = terms.form(fields);
    let (status, body) = asker.form(url, &form, basic).await.map_err(|error| LoginError::unreachable(url, &error))?;
    let wrong = |problem: String| LoginError::Unreachable { url: url.to_owned(), problem };
    if !status.is_success() {
        let denial: Denial = serde_json::from_slice(&body).unwrap_or_default();
        if denial.error.is_empty() {
            return Err(wrong(format!("it answered {status}")));
        }
        return Err(LoginError::Refused(denial.told(&terms.sent(fields))));
    }
    let begun: Begun = serde_json::from_slice(&body).map_err(|_| wrong("it gave no code".to_owned()))?;
    if !is_web(&begun.verification_uri) {
        return Err(wrong("it names no web page to go to".to_owned()));
    }
    Ok(begun)
}

fn is_web(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}
