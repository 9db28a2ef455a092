//! The asking end of a connection: requests with their replies, and the events that come between.

use crate::greeting::{GreetingError, read_hello, say_hello};
use crate::pump::pump;
use crate::queue::{Limits, Outbox, Outgoing, queue};
use crate::source::{LineSink, LineSource, Received};
use bytes::Bytes;
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::frame::{Channel, Frame, FrameKind};
use oqto_protocol::raw::RawJson;
use oqto_protocol::system::Hello;
use std::collections::HashMap;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// How many events may wait for their reader before the connection is no longer read.
const EVENTS: usize = 256;

/// Why a request has no result.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The other end refused or failed.
    #[error(transparent)]
    Refused(#[from] WireError),
    /// The connection was lost; whether the request took effect is not known.
    #[error("the connection was lost before the reply came")]
    Lost,
    /// No reply in time; whether the request took effect is not known.
    #[error("no reply within {0:?}")]
    TimedOut(Duration),
    /// The request or its result is not of the expected shape.
    #[error("the request or its reply is not what was expected")]
    Json(#[from] serde_json::Error),
}

impl CallError {
    /// The kind of the error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Refused(error) => error.code,
            Self::Lost => ErrorKind::Unreachable,
            Self::TimedOut(_) => ErrorKind::TimedOut,
            Self::Json(_) => ErrorKind::Internal,
        }
    }

    /// The error as it crosses a pipe.
    #[must_use]
    pub fn to_wire(&self) -> WireError {
        match self {
            Self::Refused(error) => error.clone(),
            Self::Lost | Self::TimedOut(_) | Self::Json(_) => WireError::new(self.kind(), self.to_string()),
        }
    }
}

/// One end of a connection that asks. Clones share the connection; it ends when the last one is dropped.
#[derive(Clone, Debug)]
pub struct Peer {
    outgoing: Outgoing,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    hello: Hello,
    next: AtomicU64,
    waiting: Mutex<Waiting>,
}

#[derive(Debug, Default)]
struct Waiting {
    replies: HashMap<String, oneshot::Sender<Frame>>,
    closed: bool,
}

impl Shared {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Nobody will answer any more: every waiting request ends as lost.
    fn close(&self) {
        let mut waiting = self.waiting();
        waiting.closed = true;
        waiting.replies.clear();
    }
}

/// An event, beside the line it came in.
#[derive(Debug)]
pub struct Event {
    /// The parsed frame; `event` is there.
    pub frame: Frame,
    /// The line as it came.
    pub line: Bytes,
}

/// The events of a connection, in their order. While nobody reads them the connection is not read either, replies
/// included; drop it to ignore events.
#[derive(Debug)]
pub struct Events(mpsc::Receiver<Event>);

impl Events {
    /// The next event; `None` when the connection has ended.
    pub async fn next(&mut self) -> Option<Event> {
        self.0.recv().await
    }
}

/// What must run for a [`Peer`] to work: reads and writes until the connection ends.
#[derive(Debug)]
pub struct Driver<R, S> {
    source: R,
    sink: S,
    outbox: Outbox,
    shared: Arc<Shared>,
    events: mpsc::Sender<Event>,
}

/// Says hello, hears the other end's, and gives the peer, its events and the driver to spawn.
///
/// # Errors
/// [`GreetingError`].
pub async fn open<R: LineSource, S: LineSink>(
    mut source: R,
    mut sink: S,
    ours: Hello,
) -> Result<(Peer, Events, Driver<R, S>), GreetingError> {
    say_hello(&mut sink, ours).await?;
    let hello = read_hello(&mut source).await?;
    let (outgoing, outbox) = queue(Limits::default());
    let (events, receiver) = mpsc::channel(EVENTS);
    let shared = Arc::new(Shared { hello, next: AtomicU64::new(1), waiting: Mutex::default() });
    let peer = Peer { outgoing, shared: Arc::clone(&shared) };
    Ok((peer, Events(receiver), Driver { source, sink, outbox, shared, events }))
}

impl Peer {
    /// What the other end said about itself.
    #[must_use]
    pub fn hello(&self) -> &Hello {
        &self.shared.hello
    }

    /// Sends a request and waits for its reply; an id is given where there is none. Dropping the future forgets the
    /// request, it does not undo it.
    ///
    /// # Errors
    /// [`CallError::Lost`], or what the other end answered is in the returned frame.
    pub async fn request(&self, mut frame: Frame) -> Result<Frame, CallError> {
        let id = match frame.id.take() {
            Some(id) => id,
            None => format!("p{}", self.shared.next.fetch_add(1, Ordering::Relaxed)),
        };
        frame.id = Some(id.clone());
        let line = Bytes::from(frame.to_line()?);
        let waiting = Reserved::new(&self.shared, id)?;
        self.outgoing.send(line).await.map_err(|_| CallError::Lost)?;
        waiting.reply().await
    }

    /// [`Peer::request`] with a deadline, giving only a result that succeeded.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn call(&self, frame: Frame, deadline: Duration) -> Result<RawJson, CallError> {
        let reply = tokio::time::timeout(deadline, self.request(frame)).await;
        let reply = reply.map_err(|_| CallError::TimedOut(deadline))??;
        match (reply.ok, reply.error) {
            (_, Some(error)) => Err(error.into()),
            (Some(ok), None) => Ok(ok),
            (None, None) => Ok(RawJson::of(&())?),
        }
    }

    /// Sends a line as it is, without waiting for an answer.
    ///
    /// # Errors
    /// [`CallError::Lost`].
    pub async fn send_line(&self, line: Bytes) -> Result<(), CallError> {
        self.outgoing.send(line).await.map_err(|_| CallError::Lost)
    }

    /// Whether the connection is over: no request will be answered any more.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.shared.waiting().closed
    }

    /// Whether both are ends of the same connection.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shared, &other.shared)
    }

    /// Ends the connection after what is queued has been sent.
    pub fn close(&self) {
        self.outgoing.close();
    }
}

/// A place in the table of waiting requests, given up when it is dropped.
struct Reserved<'a> {
    shared: &'a Shared,
    id: String,
    reply: oneshot::Receiver<Frame>,
}

impl<'a> Reserved<'a> {
    fn new(shared: &'a Shared, id: String) -> Result<Self, CallError> {
        let (sender, reply) = oneshot::channel();
        let mut waiting = shared.waiting();
        if waiting.closed {
            return Err(CallError::Lost);
        }
        waiting.replies.insert(id.clone(), sender);
        drop(waiting);
        Ok(Self { shared, id, reply })
    }

    async fn reply(mut self) -> Result<Frame, CallError> {
        (&mut self.reply).await.map_err(|_| CallError::Lost)
    }
}

impl Drop for Reserved<'_> {
    fn drop(&mut self) {
        self.shared.waiting().replies.remove(&self.id);
    }
}

impl<R: LineSource, S: LineSink> Driver<R, S> {
    /// Reads and writes until the connection ends from either side.
    ///
    /// # Errors
    /// When the connection fails. Waiting requests end as [`CallError::Lost`].
    pub async fn run(self) -> io::Result<()> {
        let Self { mut source, sink, outbox, shared, events } = self;
        let ended = Ended(&shared);
        let result = tokio::select! {
            read = read_all(&mut source, &shared, &events) => read,
            written = pump(outbox, sink) => written,
        };
        drop(ended);
        result
    }
}

/// Marks the connection as closed however the driver ends, also when its task is aborted.
struct Ended<'a>(&'a Shared);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

async fn read_all<R: LineSource>(source: &mut R, shared: &Shared, events: &mpsc::Sender<Event>) -> io::Result<()> {
    while let Some(received) = source.next_line().await? {
        let line = match received {
            Received::Line(line) => line,
            Received::Refused(error) => {
                tracing::warn!(%error, "a line of the other end was refused");
                continue;
            }
        };
        match Frame::parse(&line) {
            Ok(frame) => deliver(frame, line, shared, events).await,
            Err(error) => tracing::warn!(%error, "a line of the other end was refused"),
        }
    }
    Ok(())
}

async fn deliver(frame: Frame, line: Bytes, shared: &Shared, events: &mpsc::Sender<Event>) {
    match frame.kind() {
        FrameKind::Reply => {
            let waiting = frame.id.as_ref().and_then(|id| shared.waiting().replies.remove(id));
            if let Some(waiting) = waiting {
                // The asker may have gone away meanwhile; then the reply is of no use.
                let _ = waiting.send(frame);
            }
        }
        FrameKind::Event => {
            // Nobody wants events when the receiver is gone.
            let _ = events.send(Event { frame, line }).await;
        }
        FrameKind::Request => {
            tracing::debug!(channel = %frame.channel(), "a request to an asking end is ignored");
        }
        FrameKind::Malformed => {}
    }
}

/// A request frame with parameters of any serialisable type.
///
/// # Errors
/// When the parameters cannot be written as JSON.
pub fn request<P: serde::Serialize>(channel: Channel, cmd: &str, params: &P) -> Result<Frame, serde_json::Error> {
    let params = RawJson::of(params)?;
    Ok(Frame { channel: Some(channel), cmd: Some(cmd.to_owned()), params: Some(params), ..Frame::default() })
}
