//! A proxy that cuts, between a real client and a real server.

use std::fs;
use std::io;
use std::net::SocketAddr;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream, UnixListener, UnixStream};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::duplex::join;
use super::faults::{Ended, Faults};
use crate::seed::Seed;

/// A place to listen at or connect to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Endpoint {
    /// A Unix socket.
    Unix(PathBuf),
    /// A TCP port; 0 to listen at a free one.
    Tcp(SocketAddr),
}

/// How a proxy treats the connections through it.
#[derive(Debug, Clone)]
pub enum Temper {
    /// Passes everything on; cuts on command only.
    Steady,
    /// Cuts each connection in a random direction, after a number of bytes drawn from that direction's range.
    Cutting {
        /// Where the draws start.
        seed: Seed,
        /// Bytes from the client that pass before a cut.
        up: Range<u64>,
        /// Bytes from the server that pass before a cut.
        down: Range<u64>,
    },
}

/// A proxy could not listen.
#[derive(Debug, thiserror::Error)]
#[error("listen on {endpoint:?}")]
pub struct ProxyError {
    endpoint: Endpoint,
    source: io::Error,
}

/// A running proxy. Dropping it cuts everything and stops listening.
#[derive(Debug)]
pub struct ChaosProxy {
    endpoint: Endpoint,
    shared: Arc<Shared>,
    stop: CancellationToken,
}

#[derive(Debug)]
struct Shared {
    upstream: Endpoint,
    temper: Mutex<Temper>,
    /// Cancelled to cut what is open, then replaced.
    cut: Mutex<CancellationToken>,
    open: watch::Sender<bool>,
    connections: AtomicU64,
    cuts: AtomicU64,
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

enum Listener {
    Unix(UnixListener),
    Tcp(TcpListener),
}

impl ChaosProxy {
    /// Listens at `listen` and passes each connection on to `upstream`.
    ///
    /// # Errors
    /// [`ProxyError`] when it cannot listen.
    pub async fn start(listen: Endpoint, upstream: Endpoint, temper: Temper) -> Result<Self, ProxyError> {
        let failed = |source| ProxyError { endpoint: listen.clone(), source };
        let (listener, endpoint) = match &listen {
            Endpoint::Unix(path) => (Listener::Unix(UnixListener::bind(path).map_err(failed)?), listen.clone()),
            Endpoint::Tcp(address) => {
                let listener = TcpListener::bind(address).await.map_err(failed)?;
                let endpoint = Endpoint::Tcp(listener.local_addr().map_err(failed)?);
                (Listener::Tcp(listener), endpoint)
            }
        };
        let shared = Arc::new(Shared {
            upstream,
            temper: Mutex::new(temper),
            cut: Mutex::default(),
            open: watch::Sender::new(true),
            connections: AtomicU64::new(0),
            cuts: AtomicU64::new(0),
        });
        let stop = CancellationToken::new();
        let accepting = accept(listener, Arc::clone(&shared));
        tokio::spawn(stop.clone().run_until_cancelled_owned(accepting));
        Ok(Self { endpoint, shared, stop })
    }

    /// Where it listens.
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Cuts every open connection; new ones are accepted.
    pub fn cut_all(&self) {
        self.shared.cut_all();
    }

    /// Stops passing bytes on, in both directions; connections stay open.
    pub fn hold(&self) {
        self.shared.open.send_replace(false);
    }

    /// Passes bytes on again.
    pub fn release(&self) {
        self.shared.open.send_replace(true);
    }

    /// Treats connections that come from now on differently.
    pub fn set_temper(&self, temper: Temper) {
        *lock(&self.shared.temper) = temper;
    }

    /// How many connections were accepted.
    pub fn connections(&self) -> u64 {
        self.shared.connections.load(Ordering::Relaxed)
    }

    /// How many connections were cut, by chance or on command.
    pub fn cuts(&self) -> u64 {
        self.shared.cuts.load(Ordering::Relaxed)
    }
}

impl Drop for ChaosProxy {
    fn drop(&mut self) {
        self.stop.cancel();
        self.shared.cut_all();
        if let Endpoint::Unix(path) = &self.endpoint {
            drop(fs::remove_file(path));
        }
    }
}

impl Shared {
    fn cut_all(&self) {
        std::mem::take(&mut *lock(&self.cut)).cancel();
    }

    fn faults(&self) -> Faults {
        match &mut *lock(&self.temper) {
            Temper::Steady => Faults::default(),
            Temper::Cutting { seed, up, down } => {
                if seed.next_u64().is_multiple_of(2) {
                    Faults::cut_up(seed.within(up.clone()))
                } else {
                    Faults::cut_down(seed.within(down.clone()))
                }
            }
        }
    }

    async fn carry(self: Arc<Self>, near: Box<dyn Stream>) {
        self.connections.fetch_add(1, Ordering::Relaxed);
        let (cut, faults) = (lock(&self.cut).clone(), self.faults());
        let Ok(far) = connect(&self.upstream).await else {
            return;
        };
        let ended = cut.run_until_cancelled(join(near, far, faults, self.open.subscribe())).await;
        if ended != Some(Ended::Closed) {
            self.cuts.fetch_add(1, Ordering::Relaxed);
        }
    }
}

async fn accept(listener: Listener, shared: Arc<Shared>) {
    loop {
        let near: io::Result<Box<dyn Stream>> = match &listener {
            Listener::Unix(listener) => listener.accept().await.map(|(stream, _)| Box::new(stream) as _),
            Listener::Tcp(listener) => listener.accept().await.map(|(stream, _)| Box::new(stream) as _),
        };
        match near {
            Ok(near) => drop(tokio::spawn(Arc::clone(&shared).carry(near))),
            Err(error) => tracing::warn!(%error, "accept"),
        }
    }
}

async fn connect(upstream: &Endpoint) -> io::Result<Box<dyn Stream>> {
    match upstream {
        Endpoint::Unix(path) => Ok(Box::new(UnixStream::connect(path).await?)),
        Endpoint::Tcp(address) => Ok(Box::new(TcpStream::connect(address).await?)),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;
    use crate::wait;

    /// An echo server, and a proxy in front of it.
    async fn echo(temper: Temper) -> (tempfile::TempDir, ChaosProxy) {
        let dir = tempfile::tempdir().unwrap();
        let upstream = dir.path().join("up");
        let listener = UnixListener::bind(&upstream).unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let (mut read, mut write) = stream.split();
                    drop(tokio::io::copy(&mut read, &mut write).await);
                });
            }
        });
        let listen = Endpoint::Unix(dir.path().join("proxy"));
        let proxy = ChaosProxy::start(listen, Endpoint::Unix(upstream), temper).await.unwrap();
        (dir, proxy)
    }

    #[tokio::test]
    async fn steady_until_told_to_cut() {
        let (dir, proxy) = echo(Temper::Steady).await;
        let mut client = UnixStream::connect(dir.path().join("proxy")).await.unwrap();
        let mut answer = [0; 4];
        client.write_all(b"ping").await.unwrap();
        client.read_exact(&mut answer).await.unwrap();
        proxy.hold();
        client.write_all(b"late").await.unwrap();
        let early = tokio::time::timeout(Duration::from_millis(20), client.read(&mut answer)).await;
        assert!(early.is_err(), "a held proxy passes nothing: {early:?}");
        proxy.release();
        client.read_exact(&mut answer).await.unwrap();
        assert_eq!(&answer, b"late");
        proxy.cut_all();
        assert_eq!(client.read(&mut answer).await.unwrap(), 0);
        let cut = || async { (proxy.cuts() == 1).then_some(()) };
        wait::until("the cut is counted", Duration::from_secs(5), cut).await.unwrap();
    }

    #[tokio::test]
    async fn a_cutting_proxy_ends_connections_after_their_bytes() {
        let (dir, proxy) = echo(Temper::Cutting { seed: Seed::new(1), up: 3..4, down: 3..4 }).await;
        for _ in 0..8 {
            let mut client = UnixStream::connect(dir.path().join("proxy")).await.unwrap();
            drop(client.write_all(b"0123456789").await);
            let mut answer = Vec::new();
            drop(client.read_to_end(&mut answer).await);
            assert!(answer.len() <= 3, "{answer:?}");
        }
        assert_eq!(proxy.connections(), 8);
    }
}
