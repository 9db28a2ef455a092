//! WebSockets: each text message is a line. Generic over the message type, so that any implementation fits.

use crate::source::{LineSink, LineSource, Received};
use bytes::Bytes;
use futures_util::{Sink, SinkExt as _, Stream, StreamExt as _};
use oqto_protocol::frame::FrameError;
use std::io;

/// What a message of some WebSocket implementation is to us.
#[derive(Debug)]
pub enum Message {
    /// A text: one line.
    Text(Bytes),
    /// A binary message, which the protocol does not have.
    Binary,
    /// Ping, pong and the like.
    Control,
    /// The other end closes.
    Close,
}

/// Lines from a stream of messages.
#[derive(Debug)]
pub struct MessageSource<S, F> {
    stream: S,
    read: F,
}

impl<S, F> MessageSource<S, F> {
    /// Reads `stream`; `read` says what each of its messages is.
    pub fn new(stream: S, read: F) -> Self {
        Self { stream, read }
    }
}

impl<S, F, M, E> LineSource for MessageSource<S, F>
where
    S: Stream<Item = Result<M, E>> + Unpin + Send,
    F: FnMut(M) -> Message + Send,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    async fn next_line(&mut self) -> io::Result<Option<Received>> {
        while let Some(message) = self.stream.next().await {
            match (self.read)(message.map_err(io::Error::other)?) {
                Message::Text(line) if line.trim_ascii().is_empty() => {}
                Message::Text(line) => return Ok(Some(Received::Line(line))),
                Message::Binary => return Ok(Some(Received::Refused(FrameError::Utf8))),
                Message::Control => {}
                Message::Close => return Ok(None),
            }
        }
        Ok(None)
    }
}

/// Lines into a sink of messages.
#[derive(Debug)]
pub struct MessageSink<S, F> {
    sink: S,
    write: F,
}

impl<S, F> MessageSink<S, F> {
    /// Writes to `sink`; `write` makes a message of a line, which is always UTF-8 where it comes from this crate.
    pub fn new(sink: S, write: F) -> Self {
        Self { sink, write }
    }
}

impl<S, F, M, E> LineSink for MessageSink<S, F>
where
    S: Sink<M, Error = E> + Unpin + Send,
    F: FnMut(Bytes) -> io::Result<M> + Send,
    M: Send,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    async fn feed(&mut self, line: Bytes) -> io::Result<()> {
        let message = (self.write)(line)?;
        self.sink.feed(message).await.map_err(io::Error::other)
    }

    async fn flush(&mut self) -> io::Result<()> {
        self.sink.flush().await.map_err(io::Error::other)
    }

    async fn close(&mut self) -> io::Result<()> {
        self.sink.close().await.map_err(io::Error::other)
    }
}
