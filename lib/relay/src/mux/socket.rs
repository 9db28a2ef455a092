//! `/api/ws/mux`: from the HTTP upgrade to a conversation.

use super::browser::{self, CloseCode, LastSeen};
use super::conversation::Over;
use super::{Conversation, Trust};
use crate::auth::{Account, TokenHash};
use crate::relay::Relay;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use futures_util::StreamExt as _;
use oqto_protocol::MAX_LINE_BYTES;
use oqto_wire::messages::{self, MessageSource};
use oqto_wire::{Limits, queue};
use std::sync::Arc;

/// What waits for a page that does not read. When it is full, the page's pipes are no longer read either.
const TO_PAGE: Limits = Limits { lines: 512, bytes: 512 * 1024 };

/// Buffer of a WebSocket while it reads and gathers; a larger message grows it for a while.
const SOCKET_BUFFER: usize = 4 * 1024;

/// Answers an upgrade request of someone who is signed in.
pub(crate) fn upgrade(
    relay: Arc<Relay>,
    account: Account,
    credential: TokenHash,
    request: WebSocketUpgrade,
) -> Response {
    request
        .read_buffer_size(SOCKET_BUFFER)
        .write_buffer_size(SOCKET_BUFFER)
        .max_write_buffer_size(usize::MAX)
        .max_message_size(MAX_LINE_BYTES)
        .max_frame_size(MAX_LINE_BYTES)
        .on_upgrade(move |socket| async move {
            let tasks = relay.tasks().clone();
            let served = tasks.spawn("page connection", serve(relay, account, credential, socket));
            // Waited for here so that the HTTP server counts the connection as open.
            let _ = served.await;
        })
}

async fn serve(relay: Arc<Relay>, account: Account, credential: TokenHash, socket: WebSocket) {
    let (mut sink, stream) = socket.split();
    let Some(_place) = relay.admit() else {
        browser::close(&mut sink, CloseCode::TryAgain, "too many connections").await;
        return;
    };
    let seen = LastSeen::now();
    let touched = seen.clone();
    let source = MessageSource::new(stream, move |message| {
        touched.touch();
        understood(message)
    });
    let (outgoing, mut outbox) = queue(TO_PAGE);
    let draining = relay.tasks().token().clone();
    let signed_out = signed_out(Arc::clone(&relay), credential);
    let conversation = Conversation::new(relay, account, Trust::SignedIn, outgoing).run(source);
    let (code, reason) = tokio::select! {
        over = Box::pin(conversation) => verdict(&over),
        written = browser::write(&mut outbox, &mut sink) => match written {
            Ok(()) => (CloseCode::Normal, ""),
            Err(error) => {
                tracing::debug!(%error, "page connection failed");
                return;
            }
        },
        () = seen.dead() => (CloseCode::GoingAway, "nothing came for too long"),
        () = draining.cancelled() => (CloseCode::GoingAway, "the server stops"),
        () = signed_out => (CloseCode::Policy, "signed out"),
    };
    // What was answered last, such as why the connection ends, still goes out.
    let mut last = Vec::new();
    outbox.take_ready(&mut last);
    if code == CloseCode::Policy {
        browser::write_last(last, &mut sink).await;
    }
    browser::close(&mut sink, code, reason).await;
}

/// Comes back when the credential is no longer good: someone signed out, or it has expired.
async fn signed_out(relay: Arc<Relay>, credential: TokenHash) {
    while relay.authenticator().is_signed_in(&credential) {
        tokio::time::sleep(browser::PING_EVERY).await;
    }
}

fn understood(message: Message) -> messages::Message {
    match message {
        Message::Text(text) => messages::Message::Text(text.into()),
        Message::Binary(_) => messages::Message::Binary,
        Message::Ping(_) | Message::Pong(_) => messages::Message::Control,
        Message::Close(_) => messages::Message::Close,
    }
}

fn verdict(over: &Over) -> (CloseCode, &'static str) {
    match over {
        Over::Closed => (CloseCode::Normal, ""),
        Over::Refused => (CloseCode::Policy, "another protocol version"),
        Over::Failed(error) if is_too_big(error) => (CloseCode::TooBig, "a message may have 8 MiB"),
        Over::Failed(error) => {
            tracing::debug!(%error, "page connection failed");
            (CloseCode::Error, "the connection failed")
        }
    }
}

/// The WebSocket library tells a message over the limit apart only by its words.
fn is_too_big(error: &std::io::Error) -> bool {
    error.to_string().contains("too long")
}
