//! One connection: each of its lines goes to a runner as it came, or is answered here.

use super::own::{self, Answer};
use crate::asks::Asks;
use crate::auth::Account;
use crate::relay::Relay;
use crate::routing::routing_of;
use crate::runners::{Pipe, PipeSeed};
use bytes::Bytes;
use oqto_protocol::PROTOCOL_VERSION;
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::frame::{Channel, Frame, FrameError, Routing};
use oqto_protocol::system::{Hello, SystemEvent};
use oqto_wire::greeting::frame_line;
use oqto_wire::server::{protocol_error_line, refusal_line};
use oqto_wire::{Closed, LineSource, Outgoing, Received};
use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// How long runners may take to say whether a session is theirs.
const ASK_DEADLINE: Duration = Duration::from_secs(5);

/// What a connection may ask of the relay itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// A page or a program that signed in.
    SignedIn,
    /// A process of this server's own user, on the admin socket.
    SameUser,
}

/// The state of one connection.
pub(crate) struct Conversation {
    relay: Arc<Relay>,
    account: Account,
    trust: Trust,
    outgoing: Outgoing,
    asks: Arc<Asks>,
    pipes: HashMap<usize, Pipe>,
    number: u64,
}

/// Why a connection is over.
#[derive(Debug)]
pub(crate) enum Over {
    /// The other end closed it.
    Closed,
    /// It failed.
    Failed(io::Error),
    /// The other end speaks another protocol; it has been told.
    Refused,
}

impl Conversation {
    /// A connection that has just been accepted.
    pub(crate) fn new(relay: Arc<Relay>, account: Account, trust: Trust, outgoing: Outgoing) -> Self {
        let number = relay.next_connection();
        Self { relay, account, trust, outgoing, asks: Arc::default(), pipes: HashMap::new(), number }
    }

    /// Says hello, then serves the connection's lines until it is over.
    pub(crate) async fn run<R: LineSource>(mut self, mut source: R) -> Over {
        match self.greet().await {
            Ok(()) => {}
            Err(over) => return over,
        }
        loop {
            let received = match source.next_line().await {
                Ok(Some(received)) => received,
                Ok(None) => return Over::Closed,
                Err(error) => return Over::Failed(error),
            };
            let answer = match received {
                Received::Refused(error) => refusal_line(b"", &error),
                Received::Line(line) => match self.take(line).await {
                    Ok(Some(answer)) => Ok(answer),
                    Ok(None) => continue,
                    Err(over) => return over,
                },
            };
            match answer {
                Ok(line) => {
                    if self.outgoing.send(line).await == Err(Closed) {
                        return Over::Closed;
                    }
                }
                Err(error) => return Over::Failed(error),
            }
        }
    }

    async fn greet(&self) -> Result<(), Over> {
        let hello = self.relay.hello(&self.account);
        let line = oqto_wire::greeting::hello_line(hello).map_err(Over::Failed)?;
        self.outgoing.send(line).await.map_err(|Closed| Over::Closed)
    }

    /// Serves one line: the line that answers it, if it is to be answered here.
    async fn take(&mut self, line: Bytes) -> Result<Option<Bytes>, Over> {
        let line = trimmed(&line);
        let routing = match routing_of(&line) {
            Ok(routing) => routing,
            Err(error) => return refusal_line(&line, &error).map(Some).map_err(Over::Failed),
        };
        if memchr::memchr(b'\n', &line).is_some() {
            let error = WireError::new(ErrorKind::MalformedFrame, "a frame is one line, without line breaks in it");
            return refused(&routing, error).map(Some).map_err(Over::Failed);
        }
        let Some(cmd) = routing.cmd.as_deref() else {
            return self.not_a_request(&line, &routing).await;
        };
        let result = match self.own_command(&routing, cmd) {
            Some(answer) => return answer.map(Some).map_err(Over::Failed),
            None => self.forward(&routing, line.clone()).await,
        };
        match result {
            Ok(()) => Ok(None),
            Err(error) => refused(&routing, error).map(Some).map_err(Over::Failed),
        }
    }

    fn own_command(&self, routing: &Routing<'_>, cmd: &str) -> Option<io::Result<Bytes>> {
        if routing.channel != Some(Channel::System) || routing.runner.is_some() {
            return None;
        }
        match own::answer(&self.relay, self.trust, cmd) {
            Answer::NotOurs => None,
            Answer::Ok(ok) => {
                let id = routing.id.as_deref().map(str::to_owned);
                Some(frame_line(&Frame::reply(Channel::System, id, ok)))
            }
            Answer::Refused(error) => Some(refused(routing, error)),
        }
    }

    /// The other end's hello is for us; a page has no other events, and answers nothing.
    async fn not_a_request(&self, line: &[u8], routing: &Routing<'_>) -> Result<Option<Bytes>, Over> {
        if routing.event.as_deref() == Some("hello") {
            return match hello_of(line) {
                Ok(hello) if hello.protocol == PROTOCOL_VERSION => Ok(None),
                Ok(hello) => self.turn_away(&hello).await,
                Err(error) => refusal_line(line, &error).map(Some).map_err(Over::Failed),
            };
        }
        let error = WireError::new(ErrorKind::MalformedFrame, "only requests (with cmd) are accepted here")
            .with_hint("a request is one JSON object on one line, such as {\"id\":\"1\",\"cmd\":\"session.list\"}");
        protocol_error_line(error).map(Some).map_err(Over::Failed)
    }

    async fn turn_away(&self, hello: &Hello) -> Result<Option<Bytes>, Over> {
        let message = format!("{} speaks protocol {}, this server {PROTOCOL_VERSION}", hello.software, hello.protocol);
        let error = WireError::new(ErrorKind::NewerVersion, message).with_hint("reload the page, or update both ends");
        let line = protocol_error_line(error).map_err(Over::Failed)?;
        // Whether it is heard or not, the connection is over.
        let _ = self.outgoing.send(line).await;
        Err(Over::Refused)
    }

    /// Sends a line to the runner it is for. While that runner does not read, neither is this connection read.
    async fn forward(&mut self, routing: &Routing<'_>, line: Bytes) -> Result<(), WireError> {
        if routing.id.as_deref().is_some_and(Asks::is_ours) {
            return Err(WireError::new(ErrorKind::InvalidParams, "an id may not begin with `relay:`"));
        }
        let place = self.place_of(routing).await?;
        self.pipe(place)?.send(line).await
    }

    /// The runner a request is for: the one it names, the one its session belongs to, the default.
    async fn place_of(&mut self, routing: &Routing<'_>) -> Result<usize, WireError> {
        let runners = Arc::clone(self.relay.runners());
        if let Some(name) = routing.runner.as_deref() {
            return runners.find(name);
        }
        match routing.session.as_deref() {
            Some(session) if runners.all().len() > 1 => match runners.routes.of(session) {
                Some(place) => Ok(place),
                None => self.ask_for(session).await,
            },
            Some(_) | None => Ok(0),
        }
    }

    /// Asks every runner whether a session is its own.
    async fn ask_for(&mut self, session: &str) -> Result<usize, WireError> {
        let session_id = session.parse().map_err(|_| WireError::not_found("session", format!("{session:?}")))?;
        let mut waiting = Vec::new();
        let mut away = Vec::new();
        for place in 0..self.relay.runners().all().len() {
            let (id, reply) = self.asks.ask();
            let mut question = Frame::request(Channel::Agent, id, "session.get", None);
            question.session = Some(session_id);
            let line = frame_line(&question).map_err(|e| WireError::new(ErrorKind::Internal, e.to_string()))?;
            match self.pipe(place)?.send(line).await {
                Ok(()) => waiting.push((place, reply)),
                Err(_) => away.push(place),
            }
        }
        let answers = waiting.into_iter().map(|(place, reply)| async move {
            let line = tokio::time::timeout(ASK_DEADLINE, reply).await.ok().and_then(Result::ok);
            (place, line.and_then(|line| Frame::parse(&line).ok()))
        });
        for (place, reply) in futures_util::future::join_all(answers).await {
            match reply {
                Some(frame) if frame.ok.is_some() => {
                    self.relay.runners().routes.learn(session, place);
                    return Ok(place);
                }
                Some(_) => {}
                None => away.push(place),
            }
        }
        Err(self.unknown_session(session, &away))
    }

    fn unknown_session(&self, session: &str, away: &[usize]) -> WireError {
        let runners = self.relay.runners();
        let names: Vec<&str> = away.iter().filter_map(|place| runners.at(*place).ok()).map(|r| r.name()).collect();
        if names.is_empty() {
            return WireError::not_found("session", session);
        }
        let message = format!("session {session} is not on a runner that answers; not reached: {}", names.join(", "));
        WireError::new(ErrorKind::Unreachable, message)
    }

    fn pipe(&mut self, place: usize) -> Result<&Pipe, WireError> {
        if !self.pipes.contains_key(&place) {
            let seed = PipeSeed {
                runners: Arc::clone(self.relay.runners()),
                place,
                hello: self.relay.hello_to_runner(&self.account),
                browser: self.outgoing.clone(),
                asks: Arc::clone(&self.asks),
                connection: self.number,
            };
            self.pipes.insert(place, Pipe::open(seed, self.relay.tasks())?);
        }
        self.pipes.get(&place).ok_or_else(|| WireError::new(ErrorKind::Internal, "the pipe vanished"))
    }
}

/// Without the white space that a text message may end with.
fn trimmed(line: &Bytes) -> Bytes {
    let length = line.trim_ascii_end().len();
    line.slice(..length)
}

/// The failure reply to a request; a `protocol.error` where it has no id.
fn refused(routing: &Routing<'_>, error: WireError) -> io::Result<Bytes> {
    match &routing.id {
        Some(id) => {
            let id = Some(id.clone().into_owned());
            frame_line(&Frame::failure(routing.channel.unwrap_or_default(), id, error))
        }
        None => protocol_error_line(error),
    }
}

fn hello_of(line: &[u8]) -> Result<Hello, FrameError> {
    let frame = Frame::parse(line)?;
    let data = frame.data.as_ref().map_or("null", |data| data.get());
    match SystemEvent::decode("hello", data) {
        Some(Ok(SystemEvent::Hello(hello))) => Ok(hello),
        Some(Err(error)) => Err(error.into()),
        Some(Ok(_)) | None => Err(FrameError::Kind),
    }
}
