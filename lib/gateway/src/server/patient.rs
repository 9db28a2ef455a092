//! A connection that waits for its reader only so long.

use std::future::Future as _;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

/// Fails with `TimedOut` when nothing can be written for as long as it waits. Reading has deadlines elsewhere.
pub(super) struct Patient<S, P> {
    stream: S,
    /// How long a write may wait that begins to wait now.
    patience: P,
    /// Runs while a write waits.
    waiting: Option<Pin<Box<Sleep>>>,
}

impl<S, P: Fn() -> Duration> Patient<S, P> {
    pub(super) fn new(stream: S, patience: P) -> Self {
        Self { stream, patience, waiting: None }
    }

    fn judge<T>(&mut self, cx: &mut Context<'_>, polled: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if polled.is_ready() {
            self.waiting = None;
            return polled;
        }
        let patience = &self.patience;
        let begin = || Box::pin(tokio::time::sleep_until(Instant::now() + patience()));
        let waiting = self.waiting.get_or_insert_with(begin);
        ready!(waiting.as_mut().poll(cx));
        self.waiting = None;
        Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "the client does not read its answer")))
    }
}

impl<S: AsyncRead + Unpin, P: Unpin> AsyncRead for Patient<S, P> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl<S: AsyncWrite + Unpin, P: Fn() -> Duration + Unpin> AsyncWrite for Patient<S, P> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.judge(cx, polled)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.judge(cx, polled)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let polled = Pin::new(&mut self.stream).poll_flush(cx);
        self.judge(cx, polled)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let polled = Pin::new(&mut self.stream).poll_shutdown(cx);
        self.judge(cx, polled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::AsyncWriteExt as _;

    #[tokio::test(start_paused = true)]
    async fn a_reader_that_takes_nothing_is_left() {
        let (near, mut far) = tokio::io::duplex(4);
        let mut patient = Patient::new(near, || Duration::from_secs(5));
        patient.write_all(b"four").await.unwrap();
        let before = Instant::now();
        let error = patient.write_all(b"more").await.unwrap_err();
        assert_eq!((error.kind(), before.elapsed().as_secs()), (io::ErrorKind::TimedOut, 5));
        // One that takes a little every few seconds is waited for.
        let reading = tokio::spawn(async move {
            let mut taken = Vec::new();
            for _ in 0..12 {
                tokio::time::sleep(Duration::from_secs(4)).await;
                let mut byte = [0];
                tokio::io::AsyncReadExt::read_exact(&mut far, &mut byte).await.unwrap();
                taken.push(byte[0]);
            }
            taken
        });
        patient.write_all(b"slow one").await.unwrap();
        assert_eq!(reading.await.unwrap(), b"fourslow one");
    }
}
