//! Requests to providers.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{HOST, HeaderValue};
use axum::http::uri::PathAndQuery;
use axum::http::{Request, Response, Uri};
use bytes::Bytes;
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
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

/// Connects to those that have a certificate.
pub(super) type Secure = HttpsConnector<HttpConnector>;

/// Asks providers over HTTP, and the scripted model without a connection. Follows no redirect.
pub(crate) struct Client {
    connect_timeout: Duration,
    plain: HttpConnector,
    /// Why it cannot be made, where it cannot.
    secure: OnceLock<Result<Secure, String>>,
    /// One for each lane: a connection belongs to the thread that waits for its bytes.
    pools: [Arc<Pool>; lane::MOST + 1],
    scripted: axum::Router,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("connect_timeout", &self.connect_timeout).finish_non_exhaustive()
    }
}

impl Client {
    pub(crate) fn new(connect_timeout: Duration) -> Self {
        Self {
            connect_timeout,
            plain: connector(connect_timeout),
            secure: OnceLock::new(),
            pools: std::array::from_fn(|_| Arc::default()),
            scripted: oqto_scripted::service(oqto_scripted::Manner::Tour),
        }
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
        let stream = if origin.security == Security::None {
            let stream = self.plain.clone().oneshot(uri).await;
            MaybeHttpsStream::Http(stream.map_err(|error| NotReached::Connection(reason(&error)))?)
        } else {
            let connector = match trust {
                Some(trust) => trust.client(self.connect_timeout),
                None => {
                    let made = self.secure.get_or_init(|| secure(self.connect_timeout, None));
                    made.as_ref().map_err(Clone::clone)
                }
            };
            let connector = connector.map_err(NotReached::Certificates)?.clone();
            connector.oneshot(uri).await.map_err(|error| NotReached::Connection(reason(error.as_ref())))?
        };
        Connection::over(stream).await.map_err(|error| NotReached::Connection(reason(&error)))
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
pub(super) fn secure(connect_timeout: Duration, config: Option<ClientConfig>) -> Result<Secure, String> {
    let builder = HttpsConnectorBuilder::new();
    let builder = match config {
        Some(config) => builder.with_tls_config(config),
        None => builder
            .with_provider_and_native_roots(Arc::new(rustls::crypto::ring::default_provider()))
            .map_err(|error| error.to_string())?,
    };
    Ok(builder.https_only().enable_http1().wrap_connector(connector(connect_timeout)))
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
