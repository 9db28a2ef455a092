//! What can go wrong between here and a server, in words for a person.

use oqto_protocol::error::ErrorKind;

/// Why a server did not give what it was asked for. Holds neither the question nor a password.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(crate) enum Fault {
    #[error("the host is not known")]
    UnknownHost,
    #[error("no connection ({0})")]
    Connect(String),
    #[error("no encrypted connection ({0})")]
    Tls(String),
    #[error("the proxy does not let it through ({0})")]
    Proxy(String),
    #[error("no complete answer within {0} s")]
    TimedOut(f64),
    #[error("its host is not on the public network")]
    Private,
    #[error("the connection was cut")]
    Cut,
    #[error("the answer is not HTTP as it should be ({0})")]
    Protocol(String),
    #[error("it sends us elsewhere in a way that cannot be followed")]
    Redirect,
    #[error("the answer is longer than {0} bytes")]
    TooLarge(usize),
    #[error("HTTP 429: too many requests{}", retry_in(.0))]
    TooMany(Option<u64>),
    #[error("HTTP {0}")]
    Status(u16),
    #[error("it answers with a web page instead of JSON")]
    WebPage,
    #[error("the answer is not the JSON that SearXNG sends ({0})")]
    NotJson(String),
}

fn retry_in(seconds: &Option<u64>) -> String {
    seconds.map(|seconds| format!(", try again in {seconds} s")).unwrap_or_default()
}

impl Fault {
    /// The kind, which decides the exit code.
    pub(crate) fn kind(&self) -> ErrorKind {
        match self {
            Self::UnknownHost
            | Self::Connect(_)
            | Self::Tls(_)
            | Self::Proxy(_)
            | Self::Cut
            | Self::Protocol(_)
            | Self::Status(500..=599) => ErrorKind::Unreachable,
            Self::TimedOut(_) => ErrorKind::TimedOut,
            Self::TooMany(_) => ErrorKind::Unavailable,
            Self::Private => ErrorKind::NotPermitted,
            Self::Status(401) => ErrorKind::Unauthenticated,
            Self::Status(403) => ErrorKind::NotPermitted,
            Self::TooLarge(_) => ErrorKind::TooLarge,
            Self::Redirect | Self::Status(_) | Self::WebPage | Self::NotJson(_) => ErrorKind::Failed,
        }
    }

    /// What may help.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        match self {
            Self::UnknownHost | Self::Connect(_) | Self::Cut => {
                Some("look at the address (sx config show), or name another instance: --searxng-url URL")
            }
            Self::Tls(_) => Some("the certificate must be one that this system trusts; for a test: --no-verify-ssl"),
            Self::Proxy(_) => {
                Some("HTTP_PROXY, HTTPS_PROXY and ALL_PROXY name proxies, NO_PROXY the hosts without one")
            }
            Self::Private => Some("to read pages of this machine and of its own network too: --private-pages"),
            Self::TimedOut(_) => Some("give it more time: --timeout 60"),
            Self::TooMany(_) => Some("ask later, or name a second instance: --searxng-urls URL"),
            Self::Status(401) => Some("set searxng_username and searxng_password: sx config path"),
            Self::Status(403) | Self::WebPage => {
                Some("the instance must allow JSON; in its settings.yml: search: formats: [html, json]")
            }
            Self::Status(404) | Self::NotJson(_) => Some("is that the address of a SearXNG instance? sx config show"),
            Self::Redirect => Some("name the address that it sends to: --searxng-url URL"),
            Self::Status(500..=599) => Some("ask later, or name another instance: --searxng-url URL"),
            Self::Protocol(_) => Some("is that the address of a SearXNG instance, with http or https as it should be?"),
            Self::TooLarge(_) => Some("no SearXNG page is that long; is that the address of one? sx config show"),
            Self::Status(_) => None,
        }
    }
}
