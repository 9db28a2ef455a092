//! The socket: made for this user alone, a stale one replaced, a living one left alone.

use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::watch;
use tokio_stream::{Stream, wrappers::UnixListenerStream};
use tokio_util::sync::CancellationToken;
use tonic::transport::server::{Connected, UdsConnectInfo};

use crate::error::HistoryError;

/// A bound socket. Its file is removed with it.
pub struct Listener {
    listener: UnixListener,
    file: SocketFile,
}

impl Listener {
    /// Binds the socket, mode 0600, its folder made with mode 0700 where there is none.
    ///
    /// # Errors
    /// `AlreadyExists` when something answers there; `Io` when the path cannot be bound.
    pub async fn bind(path: &Path) -> Result<Self, HistoryError> {
        let failed =
            |action: &str, error: &io::Error| HistoryError::Io(format!("cannot {action} {}: {error}", path.display()));
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(folder)
                .map_err(|error| failed("create the folder of", &error))?;
        }
        if UnixStream::connect(path).await.is_ok() {
            return Err(HistoryError::AlreadyExists(format!("another service answers on {}", path.display())));
        }
        // Bound under a name of its own and moved: a stale file is replaced without a moment in which there is none,
        // and nobody can connect before the mode is right.
        let fresh = oqto_store::lock::beside(path, &format!(".{}", std::process::id()));
        let _ = std::fs::remove_file(&fresh);
        let listener = UnixListener::bind(&fresh).map_err(|error| failed("bind", &error))?;
        std::fs::set_permissions(&fresh, std::fs::Permissions::from_mode(0o600))
            .and_then(|()| std::fs::rename(&fresh, path))
            .map_err(|error| failed("bind", &error))?;
        Ok(Self { listener, file: SocketFile(path.to_path_buf()) })
    }

    /// The connections. Cancels `stop` when there was none for `idle`.
    pub(super) fn incoming(
        self,
        idle: Option<Duration>,
        stop: CancellationToken,
    ) -> impl Stream<Item = io::Result<Counted>> {
        let (count, counted) = watch::channel(0_usize);
        if let Some(idle) = idle {
            tokio::spawn(end_when_idle(counted, idle, stop));
        }
        Incoming { listener: UnixListenerStream::new(self.listener), count: Arc::new(count), _file: self.file }
    }
}

/// Waits until nobody was connected for a while.
async fn end_when_idle(mut counted: watch::Receiver<usize>, idle: Duration, stop: CancellationToken) {
    loop {
        let changed = async {
            while counted.changed().await.is_ok() {
                if *counted.borrow_and_update() > 0 {
                    return;
                }
            }
        };
        tokio::select! {
            () = changed => {}
            () = tokio::time::sleep(idle) => {
                stop.cancel();
                return;
            }
            () = stop.cancelled() => return,
        }
        if counted.wait_for(|count| *count == 0).await.is_err() {
            return;
        }
    }
}

struct SocketFile(PathBuf);

impl Drop for SocketFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

struct Incoming {
    listener: UnixListenerStream,
    count: Arc<watch::Sender<usize>>,
    _file: SocketFile,
}

impl Stream for Incoming {
    type Item = io::Result<Counted>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let count = Arc::clone(&self.count);
        Pin::new(&mut self.listener).poll_next(context).map_ok(|stream| Counted::new(stream, count))
    }
}

/// A connection that counts as long as it lives.
pub(super) struct Counted {
    stream: UnixStream,
    count: Arc<watch::Sender<usize>>,
}

impl Counted {
    fn new(stream: UnixStream, count: Arc<watch::Sender<usize>>) -> Self {
        count.send_modify(|count| *count += 1);
        Self { stream, count }
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.count.send_modify(|count| *count = count.saturating_sub(1));
    }
}

impl Connected for Counted {
    type ConnectInfo = UdsConnectInfo;

    fn connect_info(&self) -> UdsConnectInfo {
        self.stream.connect_info()
    }
}

impl AsyncRead for Counted {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Counted {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, pieces)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
