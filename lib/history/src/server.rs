//! The service: gRPC on a Unix socket that belongs to one user.

mod blob_service;
mod clearing;
mod heads;
mod history;
mod peer;
mod read_service;
mod search_service;
mod socket;
mod tail;
mod write_service;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio_stream::{Stream, StreamExt, wrappers::ReceiverStream};
use tokio_util::sync::CancellationToken;
use tonic::transport::server::Connected;

use crate::client::Client;
use crate::error::HistoryError;
use crate::names::MAX_REQUEST;
use crate::proto::v1::{read_server::ReadServer, search_server::SearchServer, write_server::WriteServer};
use history::History;
pub use socket::Listener;

/// How long requests in flight may take once the service goes down.
const DRAIN: Duration = Duration::from_secs(5);

/// Where the time comes from, in Unix milliseconds.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// What a service needs to know.
#[derive(Clone)]
pub struct Config {
    /// The database file; made where there is none.
    pub database: PathBuf,
    /// The clock.
    pub clock: Clock,
    /// Ends when nobody was connected for this long.
    pub idle_timeout: Option<Duration>,
}

impl Config {
    /// The system's clock, and no end.
    #[must_use]
    pub fn new(database: impl Into<PathBuf>) -> Self {
        Self { database: database.into(), clock: Arc::new(system_clock), idle_timeout: None }
    }
}

fn system_clock() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// A service that owns its database. It serves until its token is cancelled, then finishes what it was asked.
pub struct Server {
    history: Arc<History>,
    idle_timeout: Option<Duration>,
}

impl Server {
    /// Takes the database's lock, opens it, and makes or migrates it where needed.
    ///
    /// # Errors
    /// `Owned` when another process has it, `NewerVersion`, `Corrupt`, `DiskFull`, `Locked` or `Io`.
    pub async fn open(config: Config) -> Result<Self, HistoryError> {
        let idle_timeout = config.idle_timeout;
        Ok(Self { history: Arc::new(History::open(config).await?), idle_timeout })
    }

    /// Serves a socket.
    ///
    /// # Errors
    /// `Replaced` when the database file was removed or replaced meanwhile; `Io` when the socket fails.
    pub async fn serve(self, listener: Listener, stop: CancellationToken) -> Result<(), HistoryError> {
        let incoming = listener.incoming(self.idle_timeout, stop.clone());
        self.serve_streams(incoming, stop).await
    }

    /// Serves connections from anywhere. Those that know their peer's user are checked.
    ///
    /// # Errors
    /// As [`Server::serve`].
    pub async fn serve_streams<S, I>(self, incoming: S, stop: CancellationToken) -> Result<(), HistoryError>
    where
        S: Stream<Item = std::io::Result<I>>,
        I: AsyncRead + AsyncWrite + Connected + Unpin + Send + 'static,
    {
        let history = self.history;
        history.stop_with(&stop);
        let router = tonic::transport::Server::builder()
            .initial_stream_window_size(4 << 20)
            .initial_connection_window_size(8 << 20)
            .max_concurrent_streams(4096)
            .layer(tonic::service::interceptor::InterceptorLayer::new(peer::same_user))
            .add_service(WriteServer::from_arc(Arc::clone(&history)).max_decoding_message_size(MAX_REQUEST))
            .add_service(ReadServer::from_arc(Arc::clone(&history)).max_encoding_message_size(MAX_REQUEST))
            .add_service(SearchServer::from_arc(Arc::clone(&history)));
        let stopped = stop.clone();
        let serving = router.serve_with_incoming_shutdown(incoming, async move { stopped.cancelled().await });
        let drained = async {
            stop.cancelled().await;
            tokio::time::sleep(DRAIN).await;
        };
        let outcome = tokio::select! {
            outcome = serving => outcome.map_err(|error| HistoryError::Io(format!("the socket failed: {error}"))),
            () = drained => Ok(()),
        };
        stop.cancel();
        history.close().await;
        history.failure().map_or(outcome, Err)
    }

    /// Serves without a socket, in this process; the service ends with the token.
    ///
    /// # Errors
    /// When the first connection cannot be made.
    pub async fn in_memory(self, stop: CancellationToken) -> Result<(Client, ServerTask), HistoryError> {
        let (connections, incoming) = tokio::sync::mpsc::channel(16);
        let incoming = ReceiverStream::new(incoming).map(Ok);
        let task = tokio::spawn(self.serve_streams(incoming, stop));
        let client = Client::connect_with(move || {
            let connections = connections.clone();
            async move {
                let (ours, theirs) = tokio::io::duplex(1 << 20);
                let gone = |_| std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
                connections.send(theirs).await.map_err(gone)?;
                Ok(ours)
            }
        })
        .await?;
        Ok((client, task))
    }
}

/// A service that runs in a task of this process.
pub type ServerTask = tokio::task::JoinHandle<Result<(), HistoryError>>;

/// Opens the database, binds the socket and serves until the token is cancelled. `ready` is called once clients can
/// connect.
///
/// # Errors
/// As [`Server::open`], [`Listener::bind`] and [`Server::serve`].
pub async fn serve(
    socket: &Path,
    config: Config,
    stop: CancellationToken,
    ready: impl FnOnce(),
) -> Result<(), HistoryError> {
    let server = Server::open(config).await?;
    let listener = Listener::bind(socket).await?;
    ready();
    server.serve(listener, stop).await
}
