//! Lines to bytes: small lines are gathered into one write, large ones go out without being copied.

use crate::source::LineSink;
use bytes::{BufMut as _, Bytes, BytesMut};
use std::io;
use tokio::io::{AsyncWrite, AsyncWriteExt as _};

/// What is gathered before it is written even though more follows.
const GATHER: usize = 64 * 1024;
/// Lines from this size on are not copied into the buffer.
const DIRECT: usize = 16 * 1024;

/// Writes lines to any byte stream.
#[derive(Debug)]
pub struct LineWriter<W> {
    inner: W,
    buffer: BytesMut,
}

impl<W: AsyncWrite + Unpin + Send> LineWriter<W> {
    /// Writes to `inner`.
    pub fn new(inner: W) -> Self {
        Self { inner, buffer: BytesMut::new() }
    }

    async fn write_gathered(&mut self) -> io::Result<()> {
        while !self.buffer.is_empty() {
            if self.inner.write_buf(&mut self.buffer).await? == 0 {
                return Err(io::ErrorKind::WriteZero.into());
            }
        }
        Ok(())
    }
}

impl<W: AsyncWrite + Unpin + Send> LineSink for LineWriter<W> {
    async fn feed(&mut self, line: Bytes) -> io::Result<()> {
        if line.len() >= DIRECT {
            self.write_gathered().await?;
            self.inner.write_all(&line).await?;
            self.buffer.put_u8(b'\n');
            return Ok(());
        }
        self.buffer.reserve(line.len() + 1);
        self.buffer.put_slice(&line);
        self.buffer.put_u8(b'\n');
        if self.buffer.len() >= GATHER { self.write_gathered().await } else { Ok(()) }
    }

    async fn flush(&mut self) -> io::Result<()> {
        self.write_gathered().await?;
        // An idle connection keeps no buffer.
        self.buffer = BytesMut::new();
        self.inner.flush().await
    }

    async fn close(&mut self) -> io::Result<()> {
        self.flush().await?;
        self.inner.shutdown().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framing::split;
    use crate::source::Received;

    #[tokio::test]
    async fn small_and_large_lines_keep_their_order() {
        let mut writer = LineWriter::new(Vec::new());
        let lines: Vec<Bytes> = [3, DIRECT, 5, GATHER, 1].iter().map(|n| Bytes::from(vec![b'a'; *n])).collect();
        for line in &lines {
            writer.feed(line.clone()).await.unwrap();
        }
        writer.close().await.unwrap();
        let read = split([writer.inner.as_slice()], 1 << 20);
        let read: Vec<Bytes> = read
            .into_iter()
            .map(|received| match received {
                Received::Line(line) => line,
                Received::Refused(error) => panic!("{error}"),
            })
            .collect();
        assert_eq!(read, lines);
    }
}
