//! HTTP as `sx` speaks it: one deadline for everything, a bound on every answer, the system's certificates, proxies
//! from the environment, and errors in our own words.

mod proxy;

use std::io::Read as _;
use std::sync::Arc;
use std::time::Duration;

use ureq::Agent;
use ureq::config::{AutoHeaderValue, Config, RedirectAuthHeaders};
use ureq::http::Response;
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Body, Error};

use crate::fault::Fault;
use crate::page::{NotPublic, PublicResolver};

/// How requests are made.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Manner {
    /// For one request in all, redirects and the whole answer included.
    pub(crate) timeout: Duration,
    pub(crate) certificates: Certificates,
    pub(crate) user_agent: UserAgent,
}

/// What is asked of a server's certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Certificates {
    /// The system must trust it.
    Verified,
    /// Anything goes: for tests.
    Ignored,
}

/// What is said about who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UserAgent {
    /// `sx` and its version.
    Named,
    /// Nothing.
    Unsaid,
}

/// What an encrypted question may become on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Downgrade {
    /// A redirect from https to http is followed.
    Followed,
    /// It is a failure.
    Refused,
}

/// Whose pages are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hosts {
    /// Those of the public network.
    Public,
    /// Also this machine's and those of its own network.
    Any,
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// The media type with its parameters, in lower case; empty when not said.
    pub(crate) content_type: String,
    /// Seconds, as `Retry-After` says.
    pub(crate) retry_after: Option<u64>,
    pub(crate) body: Vec<u8>,
    /// Whether the body went on after the bound.
    pub(crate) is_cut_off: bool,
}

impl Manner {
    /// A client for this address.
    ///
    /// # Errors
    /// A proxy in the environment that cannot be used.
    pub(crate) fn agent(&self, address: &str, downgrade: Downgrade) -> Result<Agent, Fault> {
        Ok(self.config(address, downgrade)?.new_agent())
    }

    /// A client for a page that a stranger had found. Where a proxy stands between, it is the proxy that knows the
    /// hosts, and keeps them apart.
    ///
    /// # Errors
    /// As [`Manner::agent`].
    pub(crate) fn page_agent(&self, address: &str, hosts: Hosts) -> Result<Agent, Fault> {
        let config = self.config(address, Downgrade::Followed)?;
        Ok(match hosts {
            Hosts::Any => config.new_agent(),
            Hosts::Public => Agent::with_parts(config, DefaultConnector::default(), PublicResolver::default()),
        })
    }

    fn config(&self, address: &str, downgrade: Downgrade) -> Result<Config, Fault> {
        let user_agent = match self.user_agent {
            UserAgent::Named => AutoHeaderValue::Provided(Arc::new(concat!("sx/", env!("CARGO_PKG_VERSION")).into())),
            UserAgent::Unsaid => AutoHeaderValue::None,
        };
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .https_only(downgrade == Downgrade::Refused)
            .max_redirects(5)
            .max_idle_connections(0)
            .redirect_auth_headers(RedirectAuthHeaders::SameHost)
            .timeout_global(Some(self.timeout))
            .user_agent(user_agent)
            .proxy(proxy::from_environment(address)?)
            .tls_config(self.tls())
            .build();
        Ok(config)
    }

    fn tls(&self) -> TlsConfig {
        TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .root_certs(RootCerts::PlatformVerifier)
            .disable_verification(self.certificates == Certificates::Ignored)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build()
    }

    /// An error of the client in our words.
    pub(crate) fn fault(&self, error: Error) -> Fault {
        fault(error, self.timeout)
    }

    /// Reads an answer, at most `bound` bytes of its body after it was unpacked.
    ///
    /// # Errors
    /// When it breaks off or comes too late.
    pub(crate) fn read(&self, response: Result<Response<Body>, Error>, bound: usize) -> Result<Reply, Fault> {
        let mut response = response.map_err(|error| self.fault(error))?;
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
        let content_type = header("content-type").unwrap_or_default().to_ascii_lowercase();
        let retry_after = header("retry-after").and_then(|seconds| seconds.trim().parse().ok());
        let status = response.status().as_u16();
        let mut body = Vec::new();
        let reader = response.body_mut().as_reader();
        let read = reader.take(bound as u64 + 1).read_to_end(&mut body);
        read.map_err(|error| self.fault(Error::from(error)))?;
        let is_cut_off = body.len() > bound;
        body.truncate(bound);
        Ok(Reply { status, content_type, retry_after, body, is_cut_off })
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the client's errors grow with its versions")]
fn fault(error: Error, timeout: Duration) -> Fault {
    match error {
        Error::Timeout(_) => Fault::TimedOut(timeout.as_secs_f64()),
        Error::HostNotFound => Fault::UnknownHost,
        Error::Io(error) => io_fault(&error, timeout),
        Error::Rustls(error) => Fault::Tls(error.to_string()),
        Error::Tls(what) => Fault::Tls(what.to_owned()),
        Error::ConnectProxyFailed(what) => Fault::Proxy(what),
        Error::InvalidProxyUrl => Fault::Proxy("its address is no address of a proxy".to_owned()),
        Error::TooManyRedirects | Error::RedirectFailed | Error::RequireHttpsOnly(_) | Error::BadUri(_) => {
            Fault::Redirect
        }
        Error::Decompress(..) => Fault::Protocol("its compression is broken".to_owned()),
        Error::LargeResponseHeader(..) => Fault::Protocol("its header is too long".to_owned()),
        // Words of the library about broken bytes; they name no address and no parameter.
        Error::Protocol(error) => Fault::Protocol(error.to_string()),
        Error::Other(why) if why.is::<NotPublic>() => Fault::Private,
        Error::ConnectionFailed => Fault::Connect("no way there".to_owned()),
        other => Fault::Protocol(other.to_string()),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the system has many more reasons, said in its own words")]
fn io_fault(error: &std::io::Error, timeout: Duration) -> Fault {
    use std::io::ErrorKind as Io;
    if error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>()) {
        return Fault::Tls(error.to_string());
    }
    match error.kind() {
        Io::TimedOut | Io::WouldBlock => Fault::TimedOut(timeout.as_secs_f64()),
        Io::ConnectionRefused => Fault::Connect("refused".to_owned()),
        Io::UnexpectedEof | Io::ConnectionReset | Io::ConnectionAborted | Io::BrokenPipe => Fault::Cut,
        Io::InvalidInput | Io::InvalidData => Fault::Protocol(error.to_string()),
        // The system's resolver has no kind of its own for a name that does not exist.
        _ if error.to_string().contains("lookup address") => Fault::UnknownHost,
        _ => Fault::Connect(error.to_string()),
    }
}
