//! The keys of a provider, and how they do.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, AtomicU64, Ordering};

use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderName, HeaderValue};
use oqto_kit::Secret;

use crate::accounts::{Live, Unusable};
use crate::config::Credential;

/// Failures in a row after which an account rests.
const FAILURES: u32 = 3;
/// The first rest, which doubles with every further failure, up to the longest.
const REST_MS: i64 = 2_000;
const LONGEST_REST_MS: i64 = 60_000;

/// What a request is sent with.
#[derive(Debug)]
enum Carried {
    Key(Key),
    Tokens(Arc<Live>),
}

/// A key, and the headers that say it; none where it cannot be in one.
#[derive(Debug)]
struct Key {
    secret: Secret,
    alone: Option<HeaderValue>,
    as_bearer: Option<HeaderValue>,
}

impl Key {
    fn new(secret: Secret) -> Self {
        let (alone, as_bearer) = (header("", &secret), header("Bearer ", &secret));
        Self { secret, alone, as_bearer }
    }
}

/// The value of a header that is shown to nobody.
fn header(prefix: &str, secret: &Secret) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(&format!("{prefix}{}", secret.expose())).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// A key that cannot be in a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoHeader;

/// One key or login of a provider.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) label: String,
    carried: Carried,
    weight: u32,
    /// How much it was asked, in relation to its weight.
    turns: AtomicU64,
    failures: AtomicU32,
    rests_until_ms: AtomicI64,
}

/// How an account does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Health {
    /// Failures since the last answer.
    pub(crate) failures: u32,
    /// Until when it is not asked; 0 where it is.
    pub(crate) rests_until_ms: i64,
}

impl Account {
    pub(crate) fn new(label: &str, secret: Secret, weight: u32) -> Self {
        Self::of(label, Carried::Key(Key::new(secret)), weight)
    }

    pub(crate) fn of_login(label: &str, live: Arc<Live>, weight: u32) -> Self {
        Self::of(label, Carried::Tokens(live), weight)
    }

    fn of(label: &str, carried: Carried, weight: u32) -> Self {
        Self {
            label: label.to_owned(),
            carried,
            weight: weight.max(1),
            turns: AtomicU64::new(0),
            failures: AtomicU32::new(0),
            rests_until_ms: AtomicI64::new(0),
        }
    }

    /// What it is sent with at this moment.
    pub(crate) fn secret(&self) -> Secret {
        match &self.carried {
            Carried::Key(key) => key.secret.clone(),
            Carried::Tokens(live) => live.grant().access.clone(),
        }
    }

    /// Every secret of it that must not be shown.
    pub(crate) fn secrets(&self) -> Vec<Secret> {
        match &self.carried {
            Carried::Key(key) => vec![key.secret.clone()],
            Carried::Tokens(live) => live.secrets(),
        }
    }

    /// The header that a provider is shown, if any. A token is a bearer's whatever a key would be.
    pub(crate) fn credential(&self, how: Credential) -> Result<Option<(HeaderName, HeaderValue)>, NoHeader> {
        let key = match &self.carried {
            Carried::Key(key) if key.secret.is_empty() => return Ok(None),
            Carried::Key(key) => key,
            Carried::Tokens(live) => {
                let token = &live.grant().access;
                if token.is_empty() {
                    return Ok(None);
                }
                return header("Bearer ", token).map(|value| Some((AUTHORIZATION, value))).ok_or(NoHeader);
            }
        };
        let (name, value) = match how {
            Credential::Bearer => (AUTHORIZATION, &key.as_bearer),
            Credential::XApiKey => (HeaderName::from_static("x-api-key"), &key.alone),
            Credential::ApiKey => (HeaderName::from_static("api-key"), &key.alone),
            Credential::Google => (HeaderName::from_static("x-goog-api-key"), &key.alone),
        };
        value.clone().map(|value| Some((name, value))).ok_or(NoHeader)
    }

    /// The login that it is, where it is one.
    pub(crate) fn login(&self) -> Option<&Arc<Live>> {
        match &self.carried {
            Carried::Key(_) => None,
            Carried::Tokens(live) => Some(live),
        }
    }

    /// Why somebody has to log in again, where that is so.
    pub(crate) fn ended(&self) -> Option<String> {
        self.login().and_then(|live| live.grant().ended.clone())
    }

    /// Sees to it that it can be sent.
    pub(crate) async fn ready(&self) -> Result<(), Unusable> {
        match &self.carried {
            Carried::Key(_) => Ok(()),
            Carried::Tokens(live) => live.ready().await,
        }
    }

    /// The token that it is sent with at this moment; a key is not one.
    pub(crate) fn token(&self) -> Option<Secret> {
        self.login().map(|live| live.grant().access.clone())
    }

    /// The provider refused what was sent. Gives whether there is something else now; for a key there is not.
    pub(crate) async fn renewed(&self, sent: Option<&Secret>) -> bool {
        match (&self.carried, sent) {
            (Carried::Tokens(live), Some(sent)) => live.refused(sent).await,
            (Carried::Tokens(_), None) | (Carried::Key(_), _) => false,
        }
    }

    /// How it does, and whose turn it is, as of the one that it takes the place of.
    pub(crate) fn follows(&self, old: &Self) {
        if self.secret() == old.secret() {
            self.failures.store(old.failures.load(Ordering::Relaxed), Ordering::Relaxed);
            self.rests_until_ms.store(old.rests_until_ms.load(Ordering::Relaxed), Ordering::Relaxed);
        }
    }

    pub(crate) fn rests(&self, now_ms: i64) -> bool {
        self.rests_until_ms.load(Ordering::Relaxed) > now_ms
    }

    pub(crate) fn health(&self, now_ms: i64) -> Health {
        let until = self.rests_until_ms.load(Ordering::Relaxed);
        Health {
            failures: self.failures.load(Ordering::Relaxed),
            rests_until_ms: if until > now_ms { until } else { 0 },
        }
    }

    /// It answered.
    pub(crate) fn did_well(&self) {
        self.failures.store(0, Ordering::Relaxed);
        self.rests_until_ms.store(0, Ordering::Relaxed);
    }

    /// It did not. Where the provider said when to come back, it rests until then.
    pub(crate) fn failed(&self, now_ms: i64, told_to_wait_ms: Option<i64>) {
        let failures = self.failures.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        let doubled = REST_MS << failures.saturating_sub(FAILURES).min(8);
        let own = if failures >= FAILURES { doubled.min(LONGEST_REST_MS) } else { 0 };
        let rest = told_to_wait_ms.unwrap_or(0).max(own);
        if rest > 0 {
            self.rests_until_ms.fetch_max(now_ms.saturating_add(rest), Ordering::Relaxed);
        }
    }
}

/// The account whose turn it is, by weight; those that rest only when all do, and none of those that were tried.
pub(crate) fn next<'a>(
    accounts: &'a [Arc<Account>],
    bound: Option<&str>,
    tried: &[String],
    now_ms: i64,
) -> Option<&'a Arc<Account>> {
    let may = |account: &&Arc<Account>| {
        bound.is_none_or(|label| account.label == label) && !tried.contains(&account.label) && account.ended().is_none()
    };
    // Each turn adds the inverse of the weight: who has the least had the fewest turns for its weight.
    let turn = |account: &&Arc<Account>| account.turns.load(Ordering::Relaxed);
    let awake = accounts.iter().filter(may).filter(|account| !account.rests(now_ms)).min_by_key(turn);
    let chosen = awake
        .or_else(|| accounts.iter().filter(may).min_by_key(|account| account.rests_until_ms.load(Ordering::Relaxed)))?;
    chosen.turns.fetch_add(1_000_000 / u64::from(chosen.weight), Ordering::Relaxed);
    Some(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accounts(weights: &[u32]) -> Vec<Arc<Account>> {
        let names = ["a", "b", "c"];
        names
            .iter()
            .zip(weights)
            .map(|(name, weight)| Arc::new(Account::new(name, Secret::default(), *weight)))
            .collect()
    }

    #[test]
    fn turns_follow_the_weights() {
        let accounts = accounts(&[3, 1]);
        let turns: String = (0..8).filter_map(|_| next(&accounts, None, &[], 0)).map(|a| a.label.clone()).collect();
        assert_eq!(turns.matches('a').count(), 6);
        assert_eq!(next(&accounts, Some("b"), &[], 0).map(|a| a.label.as_str()), Some("b"));
        assert!(next(&accounts, Some("b"), &["b".into()], 0).is_none());
    }

    #[test]
    fn who_fails_rests_and_is_asked_when_all_do() {
        let accounts = accounts(&[1, 1]);
        accounts[0].failed(1000, Some(5000));
        for _ in 0..4 {
            assert_eq!(next(&accounts, None, &[], 2000).unwrap().label, "b");
        }
        for _ in 0..3 {
            accounts[1].failed(2000, None);
        }
        assert!(accounts[1].rests(3999) && !accounts[1].rests(4000));
        assert_eq!(next(&accounts, None, &[], 3000).unwrap().label, "b", "it rests shorter");
        accounts[1].did_well();
        assert_eq!(accounts[1].health(3000), Health { failures: 0, rests_until_ms: 0 });
    }
}
