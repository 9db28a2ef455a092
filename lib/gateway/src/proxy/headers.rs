//! Which headers go on, and which do not.

use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};

use crate::config::Credential;
use crate::upstream::account::Account;
use crate::upstream::provider::Provider;

/// What a client may tell a provider. Everything else stays here: cookies, credentials, where it comes from.
static TO_PROVIDER: [HeaderName; 7] = [
    header::ACCEPT,
    HeaderName::from_static("anthropic-beta"),
    ANTHROPIC_VERSION,
    HeaderName::from_static("idempotency-key"),
    HeaderName::from_static("openai-beta"),
    HeaderName::from_static("x-goog-api-client"),
    HeaderName::from_static("x-stainless-retry-count"),
];

/// What a provider may tell a client.
const TO_CLIENT: [&str; 9] = [
    "cache-control",
    "content-encoding",
    "content-type",
    "openai-processing-ms",
    "openai-version",
    "request-id",
    "retry-after",
    "retry-after-ms",
    "x-request-id",
];
const TO_CLIENT_BEGINNINGS: [&str; 2] = ["anthropic-ratelimit-", "x-ratelimit-"];

const ANTHROPIC_VERSION: HeaderName = HeaderName::from_static("anthropic-version");
/// The version of Anthropic's API that is asked for where the client names none.
const DEFAULT_VERSION: HeaderValue = HeaderValue::from_static("2023-06-01");

/// How an answer may be packed on its way here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    /// It has to be read: not at all.
    Identity,
    /// As the client takes it.
    AsAsked,
}

/// The headers of a request to a provider. `None` when its key cannot be in a header.
pub(super) fn to_provider(
    client: &HeaderMap,
    provider: &Provider,
    account: &Account,
    packing: Packing,
) -> Option<HeaderMap> {
    let mut headers = HeaderMap::with_capacity(12);
    for name in &TO_PROVIDER {
        for value in client.get_all(name) {
            headers.append(name.clone(), value.clone());
        }
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::USER_AGENT, HeaderValue::from_static(concat!("eavs/", env!("CARGO_PKG_VERSION"))));
    let gzip = packing == Packing::AsAsked && accepts_gzip(client);
    headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(if gzip { "gzip" } else { "identity" }));
    if let Some((name, value)) = account.credential(provider.kind.credential()).ok()? {
        headers.insert(name, value);
    }
    if provider.kind.credential() == Credential::XApiKey {
        headers.entry(ANTHROPIC_VERSION).or_insert(DEFAULT_VERSION);
    }
    for (name, value) in &provider.headers {
        headers.insert(name.clone(), value.clone());
    }
    Some(headers)
}

fn accepts_gzip(client: &HeaderMap) -> bool {
    let accepted = client.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|one| {
        let mut parts = one.split(';').map(str::trim);
        parts.next() == Some("gzip") && parts.all(|weight| weight != "q=0")
    })
}

/// The headers of an answer to the client.
pub(super) fn to_client(answer: &HeaderMap) -> HeaderMap {
    let goes_on = |name: &HeaderName| {
        TO_CLIENT.contains(&name.as_str()) || TO_CLIENT_BEGINNINGS.iter().any(|begin| name.as_str().starts_with(begin))
    };
    answer.iter().filter(|(name, _)| goes_on(name)).map(|(name, value)| (name.clone(), value.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::config::ProviderSettings;

    fn asked(name: &str, client: &[(&'static str, &'static str)]) -> Vec<String> {
        let settings: ProviderSettings = toml::from_str("api_key = 'sk-own'\nheaders = {x-team = 'a'}").unwrap();
        let provider = Provider::new(name, &settings, &Catalog::default(), &|_| None).unwrap();
        let client = client.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect();
        let headers = to_provider(&client, &provider, &provider.accounts[0], Packing::AsAsked).unwrap();
        let mut lines: Vec<_> = headers.iter().map(|(n, v)| format!("{n}: {}", v.to_str().unwrap())).collect();
        lines.sort();
        lines.retain(|line| !line.starts_with("user-agent"));
        lines
    }

    #[test]
    fn a_client_tells_a_provider_only_what_it_may() {
        let client = [
            ("authorization", "Bearer eavs_x"),
            ("x-api-key", "eavs_x"),
            ("cookie", "a=b"),
            ("x-forwarded-for", "10.0.0.1"),
            ("anthropic-beta", "b"),
            ("anthropic-beta", "c"),
            ("accept-encoding", "br, gzip;q=0.5"),
        ];
        assert_eq!(
            asked("anthropic", &client),
            [
                "accept-encoding: gzip",
                "anthropic-beta: b",
                "anthropic-beta: c",
                "anthropic-version: 2023-06-01",
                "content-type: application/json",
                "x-api-key: sk-own",
                "x-team: a"
            ]
        );
        let openai = asked("openai", &[("accept-encoding", "gzip;q=0")]);
        assert!(
            openai.contains(&"authorization: Bearer sk-own".to_owned())
                && openai.contains(&"accept-encoding: identity".to_owned())
        );
        assert!(asked("google", &[]).contains(&"x-goog-api-key: sk-own".to_owned()));
    }

    #[test]
    fn a_provider_tells_a_client_only_what_it_may() {
        let mut answer = HeaderMap::new();
        for name in ["set-cookie", "server", "content-type", "x-ratelimit-limit-requests", "location", "content-length"]
        {
            answer.insert(HeaderName::from_static(name), HeaderValue::from_static("1"));
        }
        let told = to_client(&answer);
        let mut names: Vec<_> = told.keys().map(HeaderName::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["content-type", "x-ratelimit-limit-requests"]);
    }
}
