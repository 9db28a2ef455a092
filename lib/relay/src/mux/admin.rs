//! The admin socket: the same frames, trusted because the process at the other end is this user's.

use super::{Conversation, Trust};
use crate::auth::Account;
use crate::relay::Relay;
use oqto_wire::unix::{Listener, lines};
use oqto_wire::{Limits, pump, queue};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::UnixStream;

/// How long to wait after the socket could not accept, for example for want of file descriptors.
const AFTER_FAILURE: Duration = Duration::from_millis(200);

/// Accepts connections until the server drains.
pub(crate) async fn serve_admin(relay: Arc<Relay>, listener: Listener) {
    let draining = relay.tasks().token().clone();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = draining.cancelled() => return,
        };
        match accepted {
            Ok(stream) => {
                let connection = converse(Arc::clone(&relay), stream);
                relay.tasks().spawn("admin connection", connection);
            }
            Err(error) => {
                tracing::warn!(%error, "the admin socket cannot accept");
                tokio::time::sleep(AFTER_FAILURE).await;
            }
        }
    }
}

async fn converse(relay: Arc<Relay>, stream: UnixStream) {
    let Some(_place) = relay.admit() else { return };
    let (source, sink) = lines(stream);
    let (outgoing, outbox) = queue(Limits::default());
    let draining = relay.tasks().token().clone();
    let conversation = Conversation::new(relay, Account::owner(), Trust::SameUser, outgoing).run(source);
    let talking = async {
        // When the conversation is over its end of the queue is gone, and the writer sends the rest and ends.
        let (over, written) = tokio::join!(conversation, pump(outbox, sink));
        tracing::debug!(?over, ?written, "admin connection ended");
    };
    tokio::select! {
        () = Box::pin(talking) => {}
        () = draining.cancelled() => {}
    }
}
