//! An open pipe to a runner, whatever carries it.

use futures_util::future::BoxFuture;
use oqto_protocol::error::WireError;
use oqto_wire::{LineReader, LineWriter};
use std::any::Any;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};

/// Opens a pipe to a runner.
pub type Connect = Arc<dyn Fn() -> BoxFuture<'static, Result<Link, WireError>> + Send + Sync>;

/// Both halves of a pipe, before any hello.
pub struct Link {
    /// Lines from the runner.
    pub source: LineReader<Box<dyn AsyncRead + Send + Unpin>>,
    /// Lines to the runner.
    pub sink: LineWriter<Box<dyn AsyncWrite + Send + Unpin>>,
    /// What must live as long as the pipe, such as the process behind it.
    pub carrier: Box<dyn Any + Send>,
}

impl Link {
    /// A pipe over two byte streams.
    pub fn new(
        read: impl AsyncRead + Send + Unpin + 'static,
        write: impl AsyncWrite + Send + Unpin + 'static,
        carrier: impl Any + Send,
    ) -> Self {
        Self {
            source: LineReader::new(Box::new(read)),
            sink: LineWriter::new(Box::new(write)),
            carrier: Box::new(carrier),
        }
    }
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Link")
    }
}
