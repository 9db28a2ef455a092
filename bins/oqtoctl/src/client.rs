//! The asking end of a connection: typed commands, and lists over all runners of a server.

use oqto_kit::{Error, Result};
use oqto_protocol::command::{Command, Search, SearchHit, SearchResults, SessionList, Sessions};
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::frame::{Channel, Frame};
use oqto_protocol::ids::SessionId;
use oqto_protocol::session::SessionInfo;
use oqto_protocol::system::{Hello, SystemEvent};
use oqto_wire::{Events, Peer};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How long an answer may take.
const DEADLINE: Duration = Duration::from_secs(30);

/// How long an agent may take to start or to end, which the server bounds itself.
const AGENT_DEADLINE: Duration = Duration::from_secs(120);

/// A connection to a server or a runner. It ends when it is dropped.
pub(crate) struct Client {
    peer: Peer,
    driver: JoinHandle<io::Result<()>>,
    /// Runners that the server has lost since it was asked.
    lost: Option<watch::Receiver<Vec<String>>>,
}

/// What every runner that answers has, and why the others did not answer.
pub(crate) struct Everywhere<T> {
    /// What there is, in the order that belongs to it.
    pub(crate) rows: Vec<T>,
    /// Runners that did not answer.
    pub(crate) unreachable: Vec<Unreachable>,
}

/// A runner that did not answer.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Unreachable {
    /// Its name.
    pub(crate) runner: String,
    /// Why.
    pub(crate) error: WireError,
}

impl Client {
    /// A client of a peer that `driver` keeps going.
    pub(crate) fn new(peer: Peer, driver: JoinHandle<io::Result<()>>) -> Self {
        Self { peer, driver, lost: None }
    }

    /// The same for one who follows nothing: of the events only the loss of a runner matters, since nobody will answer
    /// what was asked of it.
    pub(crate) fn minding(mut self, mut events: Events) -> Self {
        let (lost, known) = watch::channel(Vec::new());
        self.lost = Some(known);
        // It ends with the connection; while nobody takes events nothing else is read either.
        tokio::spawn(async move {
            while let Some(event) = events.next().await {
                if let Some(runner) = lost_runner(&event.frame) {
                    lost.send_modify(|names| names.push(runner));
                }
            }
        });
        self
    }

    /// What the other end said about itself.
    pub(crate) fn hello(&self) -> &Hello {
        self.peer.hello()
    }

    /// Whether the connection is over.
    pub(crate) fn is_closed(&self) -> bool {
        self.peer.is_closed()
    }

    /// Asks for a command about nothing in particular.
    ///
    /// # Errors
    /// What the other end answers; `timed_out`; `unreachable`.
    pub(crate) async fn call<T: DeserializeOwned>(&self, command: &Command) -> Result<T> {
        self.send(frame(command)?, DEADLINE).await
    }

    /// Asks a runner by its name.
    ///
    /// # Errors
    /// As [`Client::call`].
    pub(crate) async fn on_runner<T: DeserializeOwned>(&self, runner: &str, command: &Command) -> Result<T> {
        let mut frame = frame(command)?;
        frame.runner = Some(runner.to_owned());
        let deadline = if matches!(command, Command::SessionCreate(_)) { AGENT_DEADLINE } else { DEADLINE };
        self.send(frame, deadline).await
    }

    /// Asks about a session.
    ///
    /// # Errors
    /// As [`Client::call`].
    pub(crate) async fn about<T: DeserializeOwned>(&self, session: SessionId, command: &Command) -> Result<T> {
        let mut frame = frame(command)?;
        frame.session = Some(session);
        let starts_or_ends = matches!(
            command,
            Command::SessionResume(_) | Command::SessionStop(_) | Command::SessionDelete(_) | Command::Prompt(_)
        );
        self.send(frame, if starts_or_ends { AGENT_DEADLINE } else { DEADLINE }).await
    }

    /// Asks the server itself.
    ///
    /// # Errors
    /// As [`Client::call`].
    pub(crate) async fn system<T: DeserializeOwned>(&self, cmd: &str) -> Result<T> {
        let frame = Frame { channel: Some(Channel::System), cmd: Some(cmd.to_owned()), ..Frame::default() };
        self.send(frame, DEADLINE).await
    }

    /// The sessions of all runners, newest first. Where no runner answers there is no list, not an empty one.
    ///
    /// # Errors
    /// Why the only runner, or the last of them, did not answer.
    pub(crate) async fn sessions(&self, filter: &SessionList) -> Result<Everywhere<SessionInfo>> {
        let command = Command::SessionList(filter.clone());
        let lists = self.everywhere(&command, |list: Sessions| list.sessions).await;
        let mut all = gathered(lists)?;
        all.rows.sort_by_key(|row| std::cmp::Reverse((row.updated_at, row.id)));
        Ok(all)
    }

    /// What a search finds in the histories of all runners, best first.
    ///
    /// # Errors
    /// As [`Client::sessions`].
    pub(crate) async fn search(&self, search: &Search) -> Result<Everywhere<SearchHit>> {
        let command = Command::Search(search.clone());
        let lists = self.everywhere(&command, |found: SearchResults| found.hits).await;
        let mut all = gathered(lists)?;
        all.rows.sort_by(|a, b| b.score.total_cmp(&a.score));
        Ok(all)
    }

    async fn everywhere<R, T>(
        &self,
        command: &Command,
        rows: impl Fn(R) -> Vec<T> + Copy,
    ) -> Vec<(String, Result<Vec<T>>)>
    where
        R: DeserializeOwned,
    {
        let names = self.hello().runners.iter().map(|runner| runner.name.clone());
        let asks = names.map(|name| async move {
            let reply = self.on_runner::<R>(&name, command).await.map(rows);
            (name, reply)
        });
        futures_util::future::join_all(asks).await
    }

    /// Comes back when the server loses the runner that was asked, or any where none was named.
    async fn loss_of(&self, asked: Option<String>) -> Error {
        let Some(mut lost) = self.lost.clone() else { return std::future::pending().await };
        let before = lost.borrow_and_update().len();
        let named = |names: &Vec<String>| {
            let fits = |name: &&String| asked.as_ref().is_none_or(|asked| *name == asked);
            names.iter().skip(before).find(fits).cloned()
        };
        match lost.wait_for(|names| named(names).is_some()).await {
            Ok(names) => {
                let runner = named(&names).unwrap_or_default();
                Error::new(ErrorKind::Unreachable, format!("runner {runner} does not answer any more"))
                    .hint("it is looked for again, so try again; if it stays away: oqtoctl doctor")
            }
            // The connection has ended, and what was asked ends with it.
            Err(_) => std::future::pending().await,
        }
    }

    async fn send<T: DeserializeOwned>(&self, frame: Frame, deadline: Duration) -> Result<T> {
        let cmd = frame.cmd.clone().unwrap_or_default();
        let lost = self.loss_of(frame.runner.clone());
        let ok = tokio::select! {
            biased;
            answered = self.peer.call(frame, deadline) => answered.map_err(|error| Error::from(error.to_wire()))?,
            error = lost => return Err(error),
        };
        ok.decode().map_err(|e| Error::new(ErrorKind::Internal, format!("cannot read the answer to {cmd}")).because(e))
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.driver.abort();
    }
}

fn lost_runner(frame: &Frame) -> Option<String> {
    match SystemEvent::decode(frame.event.as_deref()?, frame.data.as_ref()?.get()) {
        Some(Ok(SystemEvent::RunnerLost(lost))) => Some(lost.runner),
        Some(_) | None => None,
    }
}

fn frame(command: &Command) -> Result<Frame> {
    let params = command
        .data()
        .map_err(|e| Error::new(ErrorKind::Internal, format!("cannot write {}", command.name())).because(e))?;
    let channel = if matches!(command, Command::Search(_)) { Channel::Hstry } else { Channel::Agent };
    Ok(Frame { channel: Some(channel), cmd: Some(command.name().to_owned()), params: Some(params), ..Frame::default() })
}

fn gathered<T>(lists: Vec<(String, Result<Vec<T>>)>) -> Result<Everywhere<T>> {
    let asked = lists.len();
    let mut all = Everywhere { rows: Vec::new(), unreachable: Vec::new() };
    let mut last = None;
    for (runner, rows) in lists {
        match rows {
            Ok(rows) => all.rows.extend(rows),
            Err(error) => {
                all.unreachable.push(Unreachable { runner, error: error.to_wire() });
                last = Some(error);
            }
        }
    }
    match last {
        Some(error) if all.unreachable.len() == asked => Err(error),
        Some(_) | None => Ok(all),
    }
}
