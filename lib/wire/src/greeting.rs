//! The hello that both ends say first.

use crate::source::{LineSink, LineSource, Received};
use bytes::Bytes;
use oqto_protocol::PROTOCOL_VERSION;
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::frame::{Frame, FrameError};
use oqto_protocol::system::{Hello, SystemEvent};
use std::io;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How long the other end may take to say hello.
pub const HELLO_DEADLINE: Duration = Duration::from_secs(10);

/// Why a connection did not come about.
#[derive(Debug, thiserror::Error)]
pub enum GreetingError {
    /// The connection failed.
    #[error("the connection failed")]
    Io(#[from] io::Error),
    /// The other end closed without a hello.
    #[error("the other end closed the connection before it said hello")]
    Silent,
    /// Nothing came in time.
    #[error("the other end said no hello within {} s", HELLO_DEADLINE.as_secs())]
    TimedOut,
    /// The first line is no frame.
    #[error("the first line is not a frame")]
    Malformed(#[from] FrameError),
    /// The first frame is not a hello.
    #[error("the first frame is not a hello but {0}")]
    Unexpected(String),
    /// The other end refused us.
    #[error("the other end refused: {0}")]
    Refused(WireError),
    /// The other end speaks another protocol.
    #[error("the other end ({software}) speaks protocol {theirs}, this one {PROTOCOL_VERSION}")]
    Version {
        /// Its version of the protocol.
        theirs: u32,
        /// What it is.
        software: String,
    },
}

impl GreetingError {
    /// The kind of the error, for a person or a peer.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Io(_) | Self::Silent => ErrorKind::Unreachable,
            Self::TimedOut => ErrorKind::TimedOut,
            Self::Malformed(_) | Self::Unexpected(_) => ErrorKind::MalformedFrame,
            Self::Refused(error) => error.code,
            Self::Version { .. } => ErrorKind::NewerVersion,
        }
    }
}

/// Unix milliseconds now, for the `ts` of frames.
#[must_use]
pub fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// A hello of this protocol version.
#[must_use]
pub fn hello(software: &str, capabilities: &[&str]) -> Hello {
    Hello {
        protocol: PROTOCOL_VERSION,
        software: software.to_owned(),
        capabilities: capabilities.iter().map(|name| (*name).to_owned()).collect(),
        peer: None,
        runners: Vec::new(),
        runner: None,
        demo: false,
    }
}

/// The line that says hello.
///
/// # Errors
/// Only where the hello cannot be written as JSON.
pub fn hello_line(hello: Hello) -> io::Result<Bytes> {
    let frame = Frame::system(now_ms(), &SystemEvent::Hello(hello)).map_err(io::Error::other)?;
    frame_line(&frame)
}

/// A frame as the line that is sent.
///
/// # Errors
/// Only where the frame cannot be written as JSON.
pub fn frame_line(frame: &Frame) -> io::Result<Bytes> {
    frame.to_line().map(Bytes::from).map_err(io::Error::other)
}

/// Says hello.
///
/// # Errors
/// When the connection fails.
pub async fn say_hello<S: LineSink>(sink: &mut S, hello: Hello) -> io::Result<()> {
    sink.feed(hello_line(hello)?).await?;
    sink.flush().await
}

/// What the first line of a connection is.
#[derive(Debug)]
pub enum First {
    /// A hello of our protocol.
    Hello(Box<Hello>),
    /// Another frame, from an end that skips the hello.
    Other(Bytes),
}

/// Reads the first line, for at most [`HELLO_DEADLINE`].
///
/// # Errors
/// [`GreetingError`].
pub async fn read_first<R: LineSource>(source: &mut R) -> Result<First, GreetingError> {
    let read = tokio::time::timeout(HELLO_DEADLINE, source.next_line()).await;
    let line = match read.map_err(|_| GreetingError::TimedOut)?? {
        None => return Err(GreetingError::Silent),
        Some(Received::Refused(error)) => return Err(error.into()),
        Some(Received::Line(line)) => line,
    };
    let frame = Frame::parse(&line)?;
    let data = frame.data.as_ref().map_or("null", |data| data.get());
    match frame.event.as_deref().and_then(|name| SystemEvent::decode(name, data)) {
        Some(Ok(SystemEvent::Hello(hello))) => understood(hello).map(|hello| First::Hello(Box::new(hello))),
        Some(Ok(SystemEvent::ProtocolError(said))) => Err(GreetingError::Refused(said.error)),
        Some(Err(error)) => Err(GreetingError::Malformed(error.into())),
        Some(Ok(
            SystemEvent::RunnerLost(_)
            | SystemEvent::RunnerBack(_)
            | SystemEvent::SessionChanged(_)
            | SystemEvent::SessionRemoved(_)
            | SystemEvent::SubscriptionEnded(_),
        ))
        | None => Ok(First::Other(line)),
    }
}

/// Reads a hello and accepts nothing else.
///
/// # Errors
/// [`GreetingError`].
pub async fn read_hello<R: LineSource>(source: &mut R) -> Result<Hello, GreetingError> {
    match read_first(source).await? {
        First::Hello(hello) => Ok(*hello),
        First::Other(line) => Err(GreetingError::Unexpected(name_of(&line))),
    }
}

fn understood(hello: Hello) -> Result<Hello, GreetingError> {
    if hello.protocol == PROTOCOL_VERSION {
        Ok(hello)
    } else {
        Err(GreetingError::Version { theirs: hello.protocol, software: hello.software })
    }
}

fn name_of(line: &[u8]) -> String {
    let name = Frame::parse(line).ok().and_then(|frame| frame.cmd.or(frame.event));
    name.map_or_else(|| "a reply".to_owned(), |name| format!("`{name}`"))
}
