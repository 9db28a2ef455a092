//! The two ways to the runner: as a page through the relay, and bare.

use super::program::Serving;
use bytes::Bytes;
use futures_util::{SinkExt as _, StreamExt as _};
use oqto_wire::{LineReader, LineSink as _, LineSource as _, LineWriter, Received, greeting, pipes};
use std::error::Error;
use std::net::SocketAddr;
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// A page's connection.
pub(crate) struct Page {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Page {
    pub(crate) async fn open(serving: &Serving) -> Result<Self, Box<dyn Error>> {
        let mut request = format!("ws://{}/api/ws/mux", serving.address).into_client_request()?;
        request.headers_mut().insert("cookie", serving.cookie.parse()?);
        request.headers_mut().insert("origin", format!("http://{}", serving.address).parse()?);
        let (socket, _) = tokio_tungstenite::connect_async_with_config(request, None, true).await?;
        let mut page = Self { socket };
        page.next().await?;
        Ok(page)
    }

    /// Sends a request and reads until its reply.
    pub(crate) async fn ask(&mut self, request: &str) -> Result<(), Box<dyn Error>> {
        self.socket.send(Message::text(request)).await?;
        while !is_reply(self.next().await?.as_bytes()) {}
        Ok(())
    }

    async fn next(&mut self) -> Result<String, Box<dyn Error>> {
        loop {
            if let Message::Text(text) = self.socket.next().await.ok_or("closed")?? {
                return Ok(text.to_string());
            }
        }
    }
}

/// A connection that leads to the runner without a relay.
pub(crate) struct Bare {
    source: LineReader<OwnedReadHalf>,
    sink: LineWriter<OwnedWriteHalf>,
}

impl Bare {
    /// Through the forwarder that listens there.
    pub(crate) async fn open(forwarder: SocketAddr) -> Result<Self, Box<dyn Error>> {
        let stream = TcpStream::connect(forwarder).await?;
        stream.set_nodelay(true)?;
        let (read, write) = stream.into_split();
        let (mut source, mut sink) = pipes::lines(read, write);
        greeting::say_hello(&mut sink, greeting::hello("bench/1", &[])).await?;
        greeting::read_hello(&mut source).await?;
        Ok(Self { source, sink })
    }

    pub(crate) async fn ask(&mut self, request: &str) -> Result<(), Box<dyn Error>> {
        self.sink.feed(Bytes::from(request.to_owned())).await?;
        self.sink.flush().await?;
        loop {
            match self.source.next_line().await?.ok_or("closed")? {
                Received::Line(line) if is_reply(&line) => return Ok(()),
                Received::Line(_) => {}
                Received::Refused(error) => return Err(error.into()),
            }
        }
    }
}

fn is_reply(line: &[u8]) -> bool {
    memchr::memmem::find(line, b"\"ok\":").is_some()
}
