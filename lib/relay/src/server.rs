//! A running server: the HTTP listener and the admin socket.

use crate::http;
use crate::mux::serve_admin;
use crate::relay::Relay;
use axum::serve::ListenerExt as _;
use oqto_wire::unix::Listener;
use std::io;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Serves HTTP until the relay's tasks are drained.
///
/// # Errors
/// When the listener fails for good.
pub async fn serve(relay: Arc<Relay>, listener: TcpListener) -> io::Result<()> {
    let draining = relay.tasks().token().clone();
    // A frame is small and goes out at once: waiting to fill a packet would only add delay.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "cannot turn off the delay of a connection");
        }
    });
    axum::serve(listener, http::router(relay)).with_graceful_shutdown(draining.cancelled_owned()).await
}

/// Serves the admin socket in a task of its own.
pub fn serve_admin_socket(relay: &Arc<Relay>, listener: Listener) {
    relay.tasks().spawn("admin socket", serve_admin(Arc::clone(relay), listener));
}
