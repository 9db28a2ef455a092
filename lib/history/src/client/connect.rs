//! Connecting.

use std::future::Future;
use std::io;
use std::path::Path;

use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::UnixStream;
use tonic::transport::{Channel, Endpoint};
use tower::service_fn;

use super::{Client, PATIENCE};
use crate::error::HistoryError;
use crate::names::MAX_REQUEST;
use crate::proto::v1::{read_client::ReadClient, search_client::SearchClient, write_client::WriteClient};

impl Client {
    /// Connects to a service's socket.
    ///
    /// # Errors
    /// `Unavailable` when nothing answers there.
    pub async fn connect_unix(socket: &Path) -> Result<Self, HistoryError> {
        let path = socket.to_path_buf();
        let connected = Self::connect_with(move || {
            let path = path.clone();
            async move { UnixStream::connect(path).await }
        });
        connected.await.map_err(|error| {
            HistoryError::Unavailable(format!("no history service answers on {}: {error}", socket.display()))
        })
    }

    /// Connects with the first request, so that the service may be started later. Must be called within a runtime.
    #[must_use]
    pub fn lazy_unix(socket: &Path) -> Self {
        let path = socket.to_path_buf();
        let connect = move |_| {
            let path = path.clone();
            async move { UnixStream::connect(path).await.map(TokioIo::new) }
        };
        Self::over(endpoint().connect_with_connector_lazy(service_fn(connect)))
    }

    /// Connects over any stream of bytes; `open` is called again when a connection was lost.
    ///
    /// # Errors
    /// `Unavailable` when the first connection cannot be made.
    pub async fn connect_with<F, R, S>(open: F) -> Result<Self, HistoryError>
    where
        F: Fn() -> R + Clone + Send + Sync + 'static,
        R: Future<Output = io::Result<S>> + Send + 'static,
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let connect = move |_| {
            let opened = open();
            async move { opened.await.map(TokioIo::new) }
        };
        let channel = endpoint().connect_with_connector(service_fn(connect)).await;
        channel.map(Self::over).map_err(|error| {
            let reason = std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string);
            HistoryError::Unavailable(reason)
        })
    }

    fn over(channel: Channel) -> Self {
        Self {
            write: WriteClient::new(channel.clone()).max_encoding_message_size(MAX_REQUEST),
            read: ReadClient::new(channel.clone()).max_decoding_message_size(MAX_REQUEST),
            search: SearchClient::new(channel).max_decoding_message_size(MAX_REQUEST),
            patience: PATIENCE,
        }
    }
}

/// The address means nothing: the connector knows where to go.
fn endpoint() -> Endpoint {
    Endpoint::from_static("http://hstry").initial_stream_window_size(4 << 20).initial_connection_window_size(8 << 20)
}
