//! The serving end of a connection: hello, then requests in, replies and events out.

use crate::greeting::{First, GreetingError, frame_line, now_ms, read_first, say_hello};
use crate::pump::pump;
use crate::queue::{Closed, Limits, Outbox, Outgoing, queue};
use crate::source::{LineSink, LineSource, Received};
use bytes::Bytes;
use oqto_protocol::MAX_LINE_BYTES;
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::frame::{Channel, Frame, FrameError, FrameKind, Routing};
use oqto_protocol::raw::RawJson;
use oqto_protocol::system::{Hello, ProtocolError, SystemEvent};
use std::io;

/// Whether the other end must say hello.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HelloRule {
    /// Its first frame is a hello, or the connection ends.
    Required,
    /// It may begin with a request, as a script does.
    Optional,
}

/// A connection that was accepted. Spawn [`Writer::run`]; read [`Incoming`]; send through [`Outgoing`].
#[derive(Debug)]
pub struct Accepted<R, S> {
    /// What the other end said; `None` where it skipped the hello.
    pub hello: Option<Hello>,
    /// Its requests.
    pub incoming: Incoming<R>,
    /// What is sent to it. Clones feed the same bounded queue.
    pub outgoing: Outgoing,
    /// The task that sends.
    pub writer: Writer<S>,
}

/// Says hello to the other end and hears its own.
///
/// # Errors
/// [`GreetingError`]; the other end is told why before the connection is dropped.
pub async fn accept<R: LineSource, S: LineSink>(
    mut source: R,
    mut sink: S,
    ours: Hello,
    rule: HelloRule,
    limits: Limits,
) -> Result<Accepted<R, S>, GreetingError> {
    say_hello(&mut sink, ours).await?;
    let (hello, first) = match (read_first(&mut source).await, rule) {
        (Ok(First::Hello(hello)), _) => (Some(*hello), None),
        (Ok(First::Other(line)), HelloRule::Optional) => (None, Some(Received::Line(line))),
        (Err(GreetingError::Malformed(error)), HelloRule::Optional) => (None, Some(Received::Refused(error))),
        (Ok(First::Other(_)), HelloRule::Required) => {
            let error = GreetingError::Unexpected("another frame".to_owned());
            return Err(turn_away(&mut sink, error).await);
        }
        // Who ends its side without a word wants none.
        (Err(error @ GreetingError::Silent), _) => {
            let _ = sink.close().await;
            return Err(error);
        }
        (Err(error), _) => return Err(turn_away(&mut sink, error).await),
    };
    let (outgoing, outbox) = queue(limits);
    let incoming = Incoming { source, first, outgoing: outgoing.clone() };
    Ok(Accepted { hello, incoming, outgoing, writer: Writer { outbox, sink } })
}

/// Tells the other end why it is refused. That it may not hear it changes nothing.
async fn turn_away<S: LineSink>(sink: &mut S, error: GreetingError) -> GreetingError {
    let told = WireError::new(error.kind(), error.to_string());
    if let Ok(line) = protocol_error_line(told) {
        let _ = sink.feed(line).await;
        let _ = sink.close().await;
    }
    error
}

/// The line of a `protocol.error` event.
///
/// # Errors
/// Only where it cannot be written as JSON.
pub fn protocol_error_line(error: WireError) -> io::Result<Bytes> {
    let event = SystemEvent::ProtocolError(ProtocolError { error });
    frame_line(&Frame::system(now_ms(), &event).map_err(io::Error::other)?)
}

/// The line that answers a line which is no request: a failure reply where its id can still be read, else a
/// `protocol.error`.
///
/// # Errors
/// Only where it cannot be written as JSON.
pub fn refusal_line(line: &[u8], error: &FrameError) -> io::Result<Bytes> {
    let told = WireError::from(error);
    match Routing::parse(line).ok().and_then(|routing| routing.id.map(|id| (routing.channel, id.into_owned()))) {
        Some((channel, id)) => frame_line(&Frame::failure(channel.unwrap_or_default(), Some(id), told)),
        None => protocol_error_line(told),
    }
}

/// A request, beside the line it came in.
#[derive(Debug)]
pub struct Request {
    /// The parsed frame; `cmd` is there.
    pub frame: Frame,
    /// The line as it came.
    pub line: Bytes,
}

impl Request {
    /// The command; empty only for a frame that is none, which [`Incoming`] never gives.
    #[must_use]
    pub fn cmd(&self) -> &str {
        self.frame.cmd.as_deref().unwrap_or_default()
    }

    /// The reply line for a result or an error. A result that no line holds is an error too: the other end would throw
    /// it away and wait.
    ///
    /// # Errors
    /// Only where it cannot be written as JSON.
    pub fn reply(&self, result: Result<RawJson, WireError>) -> io::Result<Bytes> {
        let line = self.answered(result)?;
        if line.len() <= MAX_LINE_BYTES {
            return Ok(line);
        }
        let said = format!("the answer has {} bytes, a line at most {MAX_LINE_BYTES}", line.len());
        self.answered(Err(WireError::new(ErrorKind::TooLarge, said).with_hint("ask for less at once: limit")))
    }

    fn answered(&self, result: Result<RawJson, WireError>) -> io::Result<Bytes> {
        let (channel, id) = (self.frame.channel(), self.frame.id.clone());
        let mut frame = match result {
            Ok(ok) => Frame::reply(channel, id, ok),
            Err(error) => Frame::failure(channel, id, error),
        };
        frame.session = self.frame.session;
        frame_line(&frame)
    }
}

/// The requests of the other end. Lines that are none are answered here and do not end the connection.
#[derive(Debug)]
pub struct Incoming<R> {
    source: R,
    first: Option<Received>,
    outgoing: Outgoing,
}

impl<R: LineSource> Incoming<R> {
    /// The next request; `None` when the other end is done. `system` `ping` is answered here.
    ///
    /// # Errors
    /// When the connection fails.
    pub async fn next(&mut self) -> io::Result<Option<Request>> {
        loop {
            let received = match self.first.take() {
                Some(first) => Some(first),
                None => self.source.next_line().await?,
            };
            let answer = match received {
                None => return Ok(None),
                Some(Received::Refused(error)) => refusal_line(b"", &error)?,
                Some(Received::Line(line)) => match self.judge(line)? {
                    Judged::Request(request) => return Ok(Some(*request)),
                    Judged::Answer(answer) => answer,
                    Judged::Ignored => continue,
                },
            };
            if self.outgoing.send(answer).await == Err(Closed) {
                return Ok(None);
            }
        }
    }

    fn judge(&self, line: Bytes) -> io::Result<Judged> {
        let frame = match Frame::parse(&line) {
            Err(error) => return refusal_line(&line, &error).map(Judged::Answer),
            Ok(frame) => frame,
        };
        match frame.kind() {
            FrameKind::Request if is_ping(&frame) => pong(&frame).map(Judged::Answer),
            FrameKind::Request => Ok(Judged::Request(Box::new(Request { frame, line }))),
            // A second hello, or an answer to something that was never asked.
            FrameKind::Reply | FrameKind::Event | FrameKind::Malformed => Ok(Judged::Ignored),
        }
    }
}

enum Judged {
    Request(Box<Request>),
    Answer(Bytes),
    Ignored,
}

fn is_ping(frame: &Frame) -> bool {
    frame.channel() == Channel::System && frame.cmd.as_deref() == Some("ping")
}

/// The reply to a `ping`: our time.
fn pong(frame: &Frame) -> io::Result<Bytes> {
    let ok = RawJson::parse(format!("{{\"ts\":{}}}", now_ms())).map_err(io::Error::other)?;
    frame_line(&Frame::reply(Channel::System, frame.id.clone(), ok))
}

/// The reply to a request that nobody here understands.
#[must_use]
pub fn unknown_command(cmd: &str) -> WireError {
    WireError::new(ErrorKind::UnknownCommand, format!("no command `{cmd}`"))
}

/// Sends what is queued.
#[derive(Debug)]
pub struct Writer<S> {
    outbox: Outbox,
    sink: S,
}

impl<S: LineSink> Writer<S> {
    /// Runs until every [`Outgoing`] is dropped or closed, then closes the connection.
    ///
    /// # Errors
    /// When the connection fails.
    pub async fn run(self) -> io::Result<()> {
        pump(self.outbox, self.sink).await
    }
}
