//! Listening, and one connection after the other.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use oqto_wire::unix::{Listener, SocketError};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::task::TaskTracker;

use super::entry::{Visitor, answer};
use super::patient::Patient;
use crate::config::UpstreamSettings;
use crate::gateway::Gateway;
use crate::lane::{Lanes, Place};

/// The most bytes of a request's head.
const LARGEST_HEAD: usize = 64 << 10;

/// How long answers on their way may take when the service ends; then they are cut and settled.
const GRACE: Duration = Duration::from_secs(5);

/// The pause after an error of accepting, such as no free descriptor.
const AFTER_AN_ERROR: Duration = Duration::from_millis(100);

/// The service cannot run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// It cannot listen on an address.
    #[error("cannot listen on {address}")]
    Address {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// It cannot listen on a socket.
    #[error("cannot listen on {path}")]
    Socket {
        /// The socket.
        path: PathBuf,
        /// Why.
        source: SocketError,
    },
    /// It cannot start a thread.
    #[error("cannot start the threads for connections")]
    Lanes(#[source] io::Error),
}

/// Where it listens, and the threads that serve.
pub struct Listeners {
    tcp: TcpListener,
    address: SocketAddr,
    admin: Listener,
    lanes: Arc<Lanes>,
}

impl std::fmt::Debug for Listeners {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Listeners")
            .field("address", &self.address)
            .field("socket", &self.admin.path())
            .finish_non_exhaustive()
    }
}

impl Listeners {
    /// Listens on a loopback address, and on the admin socket, which only this user can connect to: root, who
    /// can become this user, is another one.
    ///
    /// # Errors
    /// [`ServeError`].
    pub async fn bind(address: SocketAddr, socket: &Path) -> Result<Self, ServeError> {
        let failed = |source| ServeError::Address { address, source };
        let lanes = Lanes::start().map_err(ServeError::Lanes)?;
        let tcp = TcpListener::bind(address).await.and_then(TcpListener::into_std).map_err(failed)?;
        let address = tcp.local_addr().map_err(failed)?;
        let on_the_first = lanes.first().enter();
        let tcp = TcpListener::from_std(tcp).map_err(failed)?;
        drop(on_the_first);
        let admin =
            Listener::bind(socket).map_err(|source| ServeError::Socket { path: socket.to_path_buf(), source })?;
        Ok(Self { tcp, address, admin, lanes: Arc::new(lanes) })
    }

    /// The address, with the port that was free.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

/// Serves until the gateway's tasks are asked to end. Then answers on their way get a few seconds, what they used is
/// written down, and the socket is taken away.
pub async fn serve(gateway: &Arc<Gateway>, listeners: Listeners) {
    // It serves once; a second address would be another gateway's.
    let _first = gateway.address.set(listeners.address);
    let Listeners { tcp, admin, lanes, .. } = listeners;
    let connections = TaskTracker::new();
    let stop = gateway.tasks.token().clone();
    let anyone = let_anyone_in(Arc::clone(gateway), tcp, Arc::clone(&lanes), connections.clone());
    connections.spawn_on(stop.clone().run_until_cancelled_owned(anyone), lanes.first());
    let _ = stop.run_until_cancelled(let_the_owner_in(gateway, &admin, &connections)).await;
    connections.close();
    connections.wait().await;
    gateway.book.close().await;
    // Whoever finds no socket opens the database, which is closed now.
    drop(admin);
}

/// Serves anyone's connections, each on the lane that has the fewest, and no more at a time than the settings say.
async fn let_anyone_in(gateway: Arc<Gateway>, door: TcpListener, lanes: Arc<Lanes>, connections: TaskTracker) {
    while let Some(place) = gateway.connections.take().await {
        match accepted(&door, &lanes).await {
            Ok((stream, lane)) => {
                let (gateway, handle) = (Arc::clone(&gateway), lane.handle.clone());
                let served = async move {
                    converse(gateway, stream, Visitor::Anyone).await;
                    drop((place, lane));
                };
                connections.spawn_on(served, &handle);
            }
            Err(error) => failed(&error).await,
        }
    }
}

/// The next connection, and its lane.
async fn accepted(door: &TcpListener, lanes: &Lanes) -> io::Result<(TcpStream, Place)> {
    let (stream, _) = door.accept().await?;
    // Small events must not wait for each other.
    let _ = stream.set_nodelay(true);
    let lane = lanes.place();
    Ok((lane.watch(stream)?, lane))
}

/// Serves the connections of this user: whoever keeps all of anyone's places taken does not lock him out.
async fn let_the_owner_in(gateway: &Arc<Gateway>, door: &Listener, connections: &TaskTracker) {
    loop {
        match door.accept().await {
            Ok(stream) => {
                connections.spawn(converse(Arc::clone(gateway), stream, Visitor::Owner));
            }
            Err(error) => failed(&error).await,
        }
    }
}

async fn failed(error: &impl std::error::Error) {
    tracing::warn!(%error, "a connection cannot be accepted");
    tokio::time::sleep(AFTER_AN_ERROR).await;
}

async fn converse<S>(gateway: Arc<Gateway>, stream: S, visitor: Visitor)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let receive = UpstreamSettings::seconds(gateway.current().settings.server.receive_timeout_seconds);
    let reader = Arc::clone(&gateway);
    let patience = move || UpstreamSettings::seconds(reader.current().settings.server.send_timeout_seconds);
    let stream = Patient::new(stream, patience);
    let stop = gateway.tasks.token().clone();
    let asked = Arc::clone(&gateway);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let gateway = Arc::clone(&asked);
        async move { Ok::<_, std::convert::Infallible>(answer(&gateway, visitor, request).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(receive)
        .max_buf_size(LARGEST_HEAD)
        // Events are small: one copy is cheaper than a list of parts.
        .writev(false)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => Some(ended),
        () = stop.cancelled() => None,
    };
    let ended = match ended {
        Some(ended) => ended,
        None => {
            connection.as_mut().graceful_shutdown();
            match tokio::time::timeout(GRACE, connection).await {
                Ok(ended) => ended,
                Err(_) => return,
            }
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended");
    }
}
