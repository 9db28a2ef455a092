//! Connections to providers.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, Response};
use bytes::Bytes;
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client as Pooled;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tower::ServiceExt as _;

/// How long an unused connection is kept.
const POOL_IDLE: Duration = Duration::from_secs(60);

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

type Secure = Pooled<HttpsConnector<HttpConnector>, Full<Bytes>>;

/// Asks providers over HTTP, and the scripted model without a connection. Follows no redirect.
#[derive(Debug)]
pub(crate) struct Client {
    connect_timeout: Duration,
    plain: Pooled<HttpConnector, Full<Bytes>>,
    /// Why it cannot be made, where it cannot.
    secure: OnceLock<Result<Secure, String>>,
    scripted: axum::Router,
}

impl Client {
    pub(crate) fn new(connect_timeout: Duration) -> Self {
        let plain = builder().build(connector(connect_timeout));
        let scripted = oqto_scripted::service(oqto_scripted::Manner::Tour);
        Self { connect_timeout, plain, secure: OnceLock::new(), scripted }
    }

    /// Asks a provider at an address; the answer's head is there when this returns.
    pub(crate) async fn ask(&self, request: Request<Full<Bytes>>) -> Result<Response<Body>, NotReached> {
        let answer = if request.uri().scheme_str() == Some("https") {
            let client = self.secure.get_or_init(|| secure(self.connect_timeout));
            let client = client.as_ref().map_err(|why| NotReached::Certificates(why.clone()))?;
            client.request(request).await
        } else {
            self.plain.request(request).await
        };
        answer.map(|answer| answer.map(Body::new)).map_err(|error| NotReached::Connection(reason(&error)))
    }

    /// Asks the scripted model.
    pub(crate) async fn ask_scripted(&self, request: Request<Full<Bytes>>) -> Response<Body> {
        match self.scripted.clone().oneshot(request.map(Body::new)).await {
            Ok(answer) => answer,
            Err(never) => match never {},
        }
    }
}

fn builder() -> hyper_util::client::legacy::Builder {
    let mut builder = Pooled::builder(TokioExecutor::new());
    builder.pool_idle_timeout(POOL_IDLE).pool_timer(TokioTimer::new());
    builder
}

fn connector(connect_timeout: Duration) -> HttpConnector {
    let mut connector = HttpConnector::new();
    connector.set_connect_timeout(Some(connect_timeout));
    connector.set_nodelay(true);
    connector.enforce_http(false);
    connector
}

/// Made when it is needed first: reading the system's certificates takes longer than all else of a start.
fn secure(connect_timeout: Duration) -> Result<Secure, String> {
    let https = HttpsConnectorBuilder::new()
        .with_provider_and_native_roots(Arc::new(rustls::crypto::ring::default_provider()))
        .map_err(|error| error.to_string())?
        .https_only()
        .enable_http1()
        .wrap_connector(connector(connect_timeout));
    Ok(builder().build(https))
}

/// The reasons of an error, without addresses of requests.
fn reason(error: &hyper_util::client::legacy::Error) -> String {
    let mut deepest: &dyn std::error::Error = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    deepest.to_string()
}
