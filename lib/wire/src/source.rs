//! The two halves of any connection, whatever carries it.

use bytes::Bytes;
use oqto_protocol::frame::FrameError;
use std::future::Future;
use std::io;

/// What came: a line, or the news that one had to be refused.
#[derive(Debug)]
pub enum Received {
    /// A line without its newline. Not yet known to be UTF-8 or JSON.
    Line(Bytes),
    /// A line that is not kept, because it is too long or not text. The connection goes on after it.
    Refused(FrameError),
}

/// Where lines come from.
pub trait LineSource: Send {
    /// The next line; `None` at the end.
    ///
    /// # Errors
    /// When the connection fails; it is over then.
    fn next_line(&mut self) -> impl Future<Output = io::Result<Option<Received>>> + Send;
}

/// Where lines go.
pub trait LineSink: Send {
    /// Takes a line (without newline); it may stay in a buffer until [`LineSink::flush`].
    ///
    /// # Errors
    /// When the connection fails; it is over then.
    fn feed(&mut self, line: Bytes) -> impl Future<Output = io::Result<()>> + Send;

    /// Sends everything that was fed.
    ///
    /// # Errors
    /// When the connection fails.
    fn flush(&mut self) -> impl Future<Output = io::Result<()>> + Send;

    /// Sends everything that was fed and says that no more comes.
    ///
    /// # Errors
    /// When the connection fails.
    fn close(&mut self) -> impl Future<Output = io::Result<()>> + Send;
}
