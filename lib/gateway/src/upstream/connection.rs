//! One connection to a provider, driven by whoever waits for its answer.
//!
//! It has no task of its own: a byte that arrives wakes the task that passes it on, which reads it and writes it in one
//! go. No channel, no second task and no other thread is between a provider and its client.

use std::future::{Future as _, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use axum::http::{Request, Response};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::client::conn::TrySendError;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_rustls::MaybeHttpsStream;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::pool::{Origin, Pool};

/// Plain or encrypted.
pub(super) type Stream = MaybeHttpsStream<TokioIo<TcpStream>>;

/// A request that has no answer; it is in the error where nothing of it was sent.
pub(super) type NoAnswer = TrySendError<Request<Full<Bytes>>>;

/// A connection that carries one request after the other.
pub(super) struct Connection {
    sender: SendRequest<Full<Bytes>>,
    /// Nothing once it is closed.
    driver: Option<http1::Connection<Stream, Full<Bytes>>>,
}

impl Connection {
    pub(super) async fn over(stream: Stream) -> Result<Self, hyper::Error> {
        let (sender, driver) = http1::handshake(stream).await?;
        Ok(Self { sender, driver: Some(driver) })
    }

    /// Reads and writes what is possible now. What comes of it is where it is waited for: in an answer, or in its body.
    fn drive(&mut self, cx: &mut Context<'_>) {
        if let Some(driver) = &mut self.driver
            && Pin::new(driver).poll(cx).is_ready()
        {
            self.driver = None;
        }
    }

    /// Whether it may carry another request.
    fn is_free(&self) -> bool {
        self.driver.is_some() && self.sender.is_ready()
    }

    /// Whether it may carry another request after all that has arrived by now, such as its end.
    pub(super) async fn is_alive(&mut self) -> bool {
        poll_fn(|cx| {
            self.drive(cx);
            Poll::Ready(self.is_free())
        })
        .await
    }

    /// Sends a request, and waits for the head of the answer.
    pub(super) async fn ask(&mut self, request: Request<Full<Bytes>>) -> Result<Response<Incoming>, Box<NoAnswer>> {
        let mut asked = pin!(self.sender.try_send_request(request));
        poll_fn(|cx| {
            self.drive(cx);
            // Only driving brings an answer, so nobody has to be woken for it.
            asked.as_mut().poll(&mut Context::from_waker(Waker::noop())).map_err(Box::new)
        })
        .await
    }
}

/// The body of an answer together with the connection that it comes over, which is free again at its end. Dropped
/// before, it closes the connection.
pub(super) struct Answer {
    body: Incoming,
    connection: Option<Connection>,
    origin: Origin,
    pool: Arc<Pool>,
}

impl Answer {
    pub(super) fn new(body: Incoming, connection: Connection, origin: Origin, pool: Arc<Pool>) -> Self {
        Self { body, connection: Some(connection), origin, pool }
    }

    /// The body is over.
    fn release(&mut self, cx: &mut Context<'_>) {
        if let Some(mut connection) = self.connection.take() {
            connection.drive(cx);
            if connection.is_free() {
                self.pool.put(self.origin.clone(), connection);
            }
        }
    }
}

impl Body for Answer {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let mut quiet = Context::from_waker(Waker::noop());
        let mut polled = Pin::new(&mut self.body).poll_frame(&mut quiet);
        if polled.is_pending() {
            if let Some(connection) = &mut self.connection {
                connection.drive(cx);
            }
            polled = Pin::new(&mut self.body).poll_frame(&mut quiet);
        }
        match &polled {
            Poll::Ready(Some(Err(_))) => self.connection = None,
            Poll::Ready(None) => self.release(cx),
            Poll::Ready(Some(Ok(_))) if self.body.is_end_stream() => self.release(cx),
            Poll::Ready(Some(Ok(_))) | Poll::Pending => {}
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
