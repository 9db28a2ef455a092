//! A client of the frame protocol: lines out, lines in, replies paired by id, events kept in order.

use std::collections::VecDeque;
use std::path::Path;
use std::time::{Duration, Instant};

use oqto_protocol::error::WireError;
use oqto_protocol::frame::{Channel, Frame};
use oqto_protocol::ids::SessionId;
use oqto_protocol::raw::RawJson;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::UnixStream;

use crate::{DEADLINE, Outcome};

/// A connection to a runner, or to a relay's pipe.
pub struct Client {
    lines: BufReader<Box<dyn AsyncRead + Send + Unpin>>,
    writer: Box<dyn AsyncWrite + Send + Unpin>,
    partial: Vec<u8>,
    events: VecDeque<Frame>,
    asked: u64,
    /// What the other end said first.
    pub hello: Value,
    /// The runner that a relay has lost last, and which of its pipes: `runner.lost`.
    pub lost: Option<Value>,
}

/// Why nothing more can be read.
#[derive(Debug)]
pub enum Gone {
    /// The other end closed the connection.
    Closed,
    /// Nothing came in time.
    Silent(Duration),
}

impl std::fmt::Display for Gone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Closed => f.write_str("the connection was closed"),
            Self::Silent(time) => write!(f, "nothing came within {time:?}"),
        }
    }
}

impl std::error::Error for Gone {}

impl Client {
    /// Connects to a Unix socket and exchanges hellos.
    ///
    /// # Errors
    /// When nobody listens, or the other end does not say hello.
    pub async fn connect(socket: &Path) -> Outcome<Self> {
        let stream = UnixStream::connect(socket).await?;
        let (read, write) = stream.into_split();
        Self::over(read, write).await
    }

    /// Exchanges hellos over any pipe.
    ///
    /// # Errors
    /// When the other end does not say hello.
    pub async fn over(
        read: impl AsyncRead + Send + Unpin + 'static,
        write: impl AsyncWrite + Send + Unpin + 'static,
    ) -> Outcome<Self> {
        let mut client = Self {
            lines: BufReader::new(Box::new(read)),
            writer: Box::new(write),
            partial: Vec::new(),
            events: VecDeque::new(),
            asked: 0,
            hello: Value::Null,
            lost: None,
        };
        let hello = json!({"channel": "system", "event": "hello", "data": {
            "protocol": oqto_protocol::PROTOCOL_VERSION, "software": "e2e/1", "capabilities": []}});
        client.send_line(&hello.to_string()).await?;
        let first = client.read(DEADLINE).await?;
        if first.event.as_deref() != Some("hello") {
            return Err(format!("the first frame is not hello: {first:?}").into());
        }
        client.hello = first.data.map_or(Ok(Value::Null), |data| data.decode())?;
        Ok(client)
    }

    /// Sends one line as it is.
    ///
    /// # Errors
    /// When the connection is gone.
    pub async fn send_line(&mut self, line: &str) -> Outcome {
        self.writer.write_all(line.as_bytes()).await?;
        self.writer.write_all(b"\n").await?;
        self.writer.flush().await?;
        Ok(())
    }

    /// Asks, and waits for the reply; events that come before it are kept for [`Client::event`].
    ///
    /// # Errors
    /// When the connection is gone. A refusal is the inner error.
    pub async fn ask(
        &mut self,
        cmd: &str,
        session: Option<SessionId>,
        params: Value,
    ) -> Outcome<Result<Value, WireError>> {
        let id = self.send(cmd, session, &params).await?;
        loop {
            let frame = self.read(DEADLINE).await.map_err(|gone| format!("{cmd}: {gone}"))?;
            if frame.id.as_deref() == Some(&id) {
                return match frame.error {
                    Some(error) => Ok(Err(error)),
                    None => Ok(Ok(frame.ok.map_or(Ok(Value::Null), |ok| ok.decode())?)),
                };
            }
            self.events.push_back(frame);
        }
    }

    /// [`Client::ask`] where a refusal fails the test.
    ///
    /// # Errors
    /// When the connection is gone or the command is refused.
    pub async fn call(&mut self, cmd: &str, session: Option<SessionId>, params: Value) -> Outcome<Value> {
        let reply = self.ask(cmd, session, params).await?;
        reply.map_err(|error| format!("{cmd} was refused: {error:?}").into())
    }

    /// Sends a request and gives its id, without waiting.
    ///
    /// # Errors
    /// When the connection is gone.
    pub async fn send(&mut self, cmd: &str, session: Option<SessionId>, params: &Value) -> Outcome<String> {
        self.asked += 1;
        let id = format!("e{}", self.asked);
        let mut frame = Frame::request(Channel::Agent, id.clone(), cmd, Some(RawJson::of(params)?));
        frame.session = session;
        let line = String::from_utf8(frame.to_line()?)?;
        self.send_line(&line).await?;
        Ok(id)
    }

    /// The next event (or a reply nobody waits for), in order.
    ///
    /// # Errors
    /// [`Gone`] when there is none within `deadline`.
    pub async fn event(&mut self, deadline: Duration) -> Result<Frame, Gone> {
        match self.events.pop_front() {
            Some(frame) => Ok(frame),
            None => self.read(deadline).await,
        }
    }

    /// Reads on until a relay says that it has lost a runner; gives which one. Its connection goes on.
    ///
    /// # Errors
    /// [`Gone`] when it closes the connection instead, or says nothing within `deadline`.
    pub async fn until_lost(&mut self, deadline: Duration) -> Result<Value, Gone> {
        let end = Instant::now() + deadline;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            if let Err(gone) = self.event(left).await {
                return self.lost.take().ok_or(gone);
            }
        }
    }

    /// Reads on until an event of this name.
    ///
    /// # Errors
    /// [`Gone`] when it does not come within `deadline`.
    pub async fn until_event(&mut self, name: &str, deadline: Duration) -> Result<Frame, Gone> {
        let end = Instant::now() + deadline;
        loop {
            let frame = self.event(end.saturating_duration_since(Instant::now())).await?;
            if frame.event.as_deref() == Some(name) {
                return Ok(frame);
            }
        }
    }

    async fn read(&mut self, deadline: Duration) -> Result<Frame, Gone> {
        // What was read before a deadline stays in `partial`, so no byte is lost.
        let read = tokio::time::timeout(deadline, self.lines.read_until(b'\n', &mut self.partial));
        match read.await.map_err(|_| Gone::Silent(deadline))? {
            Ok(1..) if self.partial.ends_with(b"\n") => {}
            Ok(_) | Err(_) => return Err(Gone::Closed),
        }
        let line = std::mem::take(&mut self.partial);
        let line = line.strip_suffix(b"\n").unwrap_or(&line);
        // A line that is no frame becomes an event that no reader expects: the test sees it.
        let frame = Frame::parse(line).unwrap_or_else(|error| Frame {
            event: Some(format!("not a frame: {error}: {}", String::from_utf8_lossy(line))),
            ..Frame::default()
        });
        // A relay that has lost the runner's pipe: what was asked and subscribed on it is void.
        if frame.event.as_deref() == Some("runner.lost") {
            self.lost = frame.data.and_then(|data| data.decode().ok());
            return Err(Gone::Closed);
        }
        Ok(frame)
    }
}
