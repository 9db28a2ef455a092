//! Requests to providers.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{HOST, HeaderValue};
use axum::http::uri::PathAndQuery;
use axum::http::{Request, Response, Uri};
use bytes::Bytes;
use http_body_util::Full;
use hyper_rustls::{ConfigBuilderExt as _, HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use rustls::ClientConfig;
use tower::ServiceExt as _;

use super::connection::{Answer, Connection};
use super::pool::{Origin, Pool, Security};
use super::trust::Trust;
use crate::lane;

/// Why a provider was not reached. Says nothing of what was sent.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum NotReached {
    #[error("the provider cannot be reached: {0}")]
    Connection(String),
    #[error("no certificates of the system can be used: {0}")]
    Certificates(String),
    #[error("the provider did not begin to answer within {} s", .0.as_secs())]
    TooSlow(Duration),
    #[error("too many requests wait for the provider")]
    Crowded,
}

/// How connections are secured: which certificates are trusted.
pub(super) type Secure = Arc<ClientConfig>;

/// Asks providers over HTTP, and the scripted model without a connection. Follows no redirect.
pub(crate) struct Client {
    /// In milliseconds; connections that are made later go by it.
    connect_timeout: AtomicU64,
    /// Why it cannot be made, where it cannot.
    secure: OnceLock<Result<Secure, String>>,
    /// One for each lane: a connection belongs to the thread that waits for its bytes.
    pools: [Arc<Pool>; lane::MOST + 1],
    scripted: axum::Router,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("connect_timeout", &self.connect_timeout()).finish_non_exhaustive()
    }
}

impl Client {
    pub(crate) fn new(connect_timeout: Duration) -> Self {
        Self {
            connect_timeout: AtomicU64::new(milliseconds(connect_timeout)),
            secure: OnceLock::new(),
            pools: std::array::from_fn(|_| Arc::default()),
            scripted: oqto_scripted::service(oqto_scripted::Manner::Tour),
        }
    }

    /// How long a connection may take from now on, until it can carry a request.
    pub(crate) fn connects_within(&self, connect_timeout: Duration) {
        self.connect_timeout.store(milliseconds(connect_timeout), Ordering::Relaxed);
    }

    fn connect_timeout(&self) -> Duration {
        Duration::from_millis(self.connect_timeout.load(Ordering::Relaxed))
    }

    /// Asks a provider at an address; the answer's head is there when this returns. `trust` has the certificates of its
    /// own, where it has some.
    pub(crate) async fn ask(
        &self,
        mut request: Request<Full<Bytes>>,
        trust: Option<&Trust>,
    ) -> Result<Response<Body>, NotReached> {
        let uri = request.uri().clone();
        let origin = Origin::of(&uri, trust);
        let origin = origin.ok_or_else(|| NotReached::Connection("its address has no host".to_owned()))?;
        for_origin(&mut request, &uri, &origin);
        let pool = &self.pools[lane::current()];
        while let Some(mut connection) = pool.take(&origin) {
            if !connection.is_alive().await {
                continue;
            }
            match connection.ask(request).await {
                Ok(answer) => return Ok(answered(answer, connection, origin, pool)),
                Err(mut error) => match error.take_message() {
                    // It was closed at this very moment, and nothing was sent.
                    Some(unsent) => request = unsent,
                    None => return Err(NotReached::Connection(reason(error.error()))),
                },
            }
        }
        let mut connection = self.connect(uri, &origin, trust).await?;
        match connection.ask(request).await {
            Ok(answer) => Ok(answered(answer, connection, origin, pool)),
            Err(error) => Err(NotReached::Connection(reason(error.error()))),
        }
    }

    async fn connect(&self, uri: Uri, origin: &Origin, trust: Option<&Trust>) -> Result<Connection, NotReached> {
        let within = self.connect_timeout();
        let plain = connector(within);
        let failed = |error: &(dyn std::error::Error + 'static)| NotReached::Connection(reason(error));
        let connecting = async {
            let stream = if origin.security == Security::None {
                MaybeHttpsStream::Http(plain.oneshot(uri).await.map_err(|error| failed(&error))?)
            } else {
                let secure = match trust {
                    Some(trust) => trust.client(),
                    None => self.secure.get_or_init(secure).as_ref().map_err(Clone::clone),
                };
                let secure = Arc::clone(secure.map_err(NotReached::Certificates)?);
                let connector = HttpsConnector::from((plain, secure));
                connector.oneshot(uri).await.map_err(|error| failed(error.as_ref()))?
            };
            Connection::over(stream).await.map_err(|error| failed(&error))
        };
        let connected = tokio::time::timeout(within, connecting).await;
        connected.unwrap_or_else(|_| {
            let seconds = within.as_secs();
            Err(NotReached::Connection(format!("it did not take the connection within {seconds} s")))
        })
    }

    /// Asks the scripted model.
    pub(crate) async fn ask_scripted(&self, request: Request<Full<Bytes>>) -> Response<Body> {
        match self.scripted.clone().oneshot(request.map(Body::new)).await {
            Ok(answer) => answer,
            Err(never) => match never {},
        }
    }
}

/// On a connection, a request has the path alone, and the host in a header.
fn for_origin(request: &mut Request<Full<Bytes>>, uri: &Uri, origin: &Origin) {
    let path = uri.path_and_query().cloned().unwrap_or_else(|| PathAndQuery::from_static("/"));
    *request.uri_mut() = Uri::from(path);
    let default = if origin.security == Security::None { 80 } else { 443 };
    let is_default = origin.authority.port_u16().is_none_or(|port| port == default);
    let host = if is_default { origin.authority.host() } else { origin.authority.as_str() };
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    if let Ok(host) = HeaderValue::from_str(host) {
        request.headers_mut().insert(HOST, host);
    }
}

fn answered(
    answer: Response<hyper::body::Incoming>,
    connection: Connection,
    origin: Origin,
    pool: &Arc<Pool>,
) -> Response<Body> {
    answer.map(|body| Body::new(Answer::new(body, connection, origin, Arc::clone(pool))))
}

fn connector(connect_timeout: Duration) -> HttpConnector {
    let mut connector = HttpConnector::new();
    connector.set_connect_timeout(Some(connect_timeout));
    connector.set_nodelay(true);
    connector.enforce_http(false);
    connector
}

/// Made when it is needed first: reading the system's certificates takes longer than all else of a start.
fn secure() -> Result<Secure, String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.map_err(|error| error.to_string())?.with_native_roots().map_err(|error| error.to_string())?;
    Ok(Arc::new(config.with_no_client_auth()))
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// The deepest reason of an error, without addresses of requests.
fn reason(error: &(dyn std::error::Error + 'static)) -> String {
    let mut deepest = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    let said = deepest.to_string();
    if said.contains("invalid peer certificate") {
        return format!("{said}; where its authority is your own, name its certificate as ca_file");
    }
    said
}
