//! Following one session over a connection that may be cut: by its log and the last number that was heard.

use crate::client::Client;
use crate::place::Place;
use oqto_kit::{Ctx, Error, Result, escape};
use oqto_protocol::command::{Command, InputRespond, Prompt, Prompted, QueueItem, Subscribe, Subscribed};
use oqto_protocol::error::ErrorKind;
use oqto_protocol::frame::{Channel, Frame};
use oqto_protocol::ids::{LogId, PromptId, SessionId};
use oqto_protocol::live::Empty;
use oqto_protocol::system::SystemEvent;
use oqto_wire::Events;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::VecDeque;
use std::time::Duration;
use tokio::time::Instant;

/// How long a server may be away before it counts as gone.
const AWAY: Duration = Duration::from_secs(20);

/// How long to wait before the first attempt to connect again; each next one waits twice as long, up to a second.
const AGAIN: Duration = Duration::from_millis(50);

/// A session that is followed.
pub(super) struct Follow<'a> {
    ctx: &'a Ctx,
    place: &'a Place,
    client: Client,
    /// `None` while the connection is lost.
    events: Option<Events>,
    /// What came while an answer was waited for.
    early: VecDeque<Frame>,
    session: SessionId,
    log: LogId,
    seq: u64,
    lost_at: Option<Instant>,
}

impl<'a> Follow<'a> {
    /// Follows a session from now on.
    ///
    /// # Errors
    /// What the runner answers.
    pub(super) async fn begin(
        ctx: &'a Ctx,
        place: &'a Place,
        client: Client,
        events: Events,
        session: SessionId,
    ) -> Result<Self> {
        let asked = Subscribe { tail: Some(0), ..Subscribe::default() };
        let subscribed: Subscribed = client.about(session, &Command::Subscribe(asked)).await?;
        Ok(Self {
            ctx,
            place,
            client,
            events: Some(events),
            early: VecDeque::new(),
            session,
            log: subscribed.log,
            seq: subscribed.from,
            lost_at: None,
        })
    }

    /// The session.
    pub(super) fn session(&self) -> SessionId {
        self.session
    }

    /// Sends a question. Should the connection be cut, the same one is sent again under its key.
    ///
    /// # Errors
    /// What the runner answers; `unreachable` when the server stays away.
    pub(super) async fn prompt(&mut self, text: String) -> Result<Prompted> {
        let client_id = Some(PromptId::mint().to_string());
        let command = Command::Prompt(Prompt { text, images: Vec::new(), client_id });
        loop {
            match self.call(&command).await {
                // A server that cannot reach the runner says so over a connection that stands.
                Err(error) if error.kind() == ErrorKind::Unreachable && self.is_cut() => self.reconnect().await?,
                answered => return answered,
            }
        }
    }

    fn is_cut(&self) -> bool {
        let lost = |frame: &Frame| matches!(system_event(frame), Some(SystemEvent::RunnerLost(_)));
        self.events.is_none() || self.client.is_closed() || self.early.iter().any(lost)
    }

    /// Ends the running turn.
    ///
    /// # Errors
    /// What the runner answers.
    pub(super) async fn abort(&mut self) -> Result<()> {
        self.call::<Value>(&Command::Abort(Empty {})).await.map(drop)
    }

    /// Takes a question back that waits for its turn.
    ///
    /// # Errors
    /// What the runner answers.
    pub(super) async fn take_back(&mut self, prompt: PromptId) -> Result<()> {
        self.call::<Value>(&Command::QueueCancel(QueueItem { prompt, client_id: None })).await.map(drop)
    }

    /// Answers a question of the agent.
    ///
    /// # Errors
    /// What the runner answers.
    pub(super) async fn respond(&mut self, given: InputRespond) -> Result<()> {
        self.call::<Value>(&Command::InputRespond(given)).await.map(drop)
    }

    /// The next event of the session. A lost connection is opened again. Dropping the future loses nothing.
    ///
    /// # Errors
    /// `unreachable` when the server stays away; why the session cannot be followed any more.
    pub(super) async fn next(&mut self) -> Result<Frame> {
        loop {
            while let Some(frame) = self.early.pop_front() {
                if let Some(frame) = self.sorted(frame)? {
                    return Ok(frame);
                }
            }
            match &mut self.events {
                None => self.reconnect().await?,
                Some(events) => match events.next().await {
                    Some(event) => self.early.push_back(event.frame),
                    None => self.cut("the connection to the server was lost"),
                },
            }
        }
    }

    /// What is not about the session is dealt with here.
    fn sorted(&mut self, frame: Frame) -> Result<Option<Frame>> {
        let ours = frame.session == Some(self.session);
        if frame.channel() != Channel::System {
            self.seq = frame.seq.filter(|_| ours).unwrap_or(self.seq);
            return Ok(ours.then_some(frame));
        }
        match system_event(&frame) {
            // A new connection makes the server look for the runner at once.
            Some(SystemEvent::RunnerLost(lost)) => self.cut(&format!("runner {} was lost", lost.runner)),
            Some(SystemEvent::SubscriptionEnded(ended)) if ours => return Err(Error::from(ended.error)),
            Some(
                SystemEvent::Hello(_)
                | SystemEvent::RunnerBack(_)
                | SystemEvent::ProtocolError(_)
                | SystemEvent::SessionChanged(_)
                | SystemEvent::SessionRemoved(_)
                | SystemEvent::SubscriptionEnded(_),
            )
            | None => {}
        }
        Ok(None)
    }

    /// Asks, and keeps what comes meanwhile: a connection whose events nobody takes is not read.
    async fn call<T: DeserializeOwned>(&mut self, command: &Command) -> Result<T> {
        let Self { client, events, early, session, .. } = self;
        let mut asked = std::pin::pin!(client.about(*session, command));
        loop {
            tokio::select! {
                reply = &mut asked => return reply,
                heard = next_of(events) => match heard {
                    Some(event) => {
                        let lost = matches!(system_event(&event.frame), Some(SystemEvent::RunnerLost(_)));
                        early.push_back(event.frame);
                        if lost {
                            // Nobody will answer: what is asked of a lost runner is void.
                            return Err(Error::new(ErrorKind::Unreachable, "the runner was lost"));
                        }
                    }
                    // The request fails with the connection.
                    None => *events = None,
                },
            }
        }
    }

    fn cut(&mut self, why: &str) {
        self.events = None;
        self.lost_at.get_or_insert_with(Instant::now);
        self.ctx.note(&format!("{}; trying again", escape::line(why)));
    }

    async fn reconnect(&mut self) -> Result<()> {
        let lost_at = *self.lost_at.get_or_insert_with(Instant::now);
        let mut pause = AGAIN;
        loop {
            match Box::pin(self.attempt()).await {
                Ok((client, events, subscribed)) => {
                    (self.client, self.events) = (client, Some(events));
                    (self.log, self.seq) = (subscribed.log, subscribed.from);
                    self.lost_at = None;
                    return Ok(());
                }
                Err(error) if error.kind() != ErrorKind::Unreachable || lost_at.elapsed() >= AWAY => {
                    return Err(error);
                }
                Err(_) => tokio::time::sleep(pause).await,
            }
            pause = (pause * 2).min(Duration::from_secs(1));
        }
    }

    async fn attempt(&self) -> Result<(Client, Events, Subscribed)> {
        let (client, events) = self.place.open(self.ctx).await?;
        let asked = Subscribe { log: Some(self.log), after: Some(self.seq), tail: None };
        let subscribed = client.about(self.session, &Command::Subscribe(asked)).await?;
        Ok((client, events, subscribed))
    }
}

fn system_event(frame: &Frame) -> Option<SystemEvent> {
    let data = frame.data.as_ref().map_or("null", |data| data.get());
    let name = frame.event.as_deref().filter(|_| frame.channel() == Channel::System)?;
    SystemEvent::decode(name, data)?.ok()
}

async fn next_of(events: &mut Option<Events>) -> Option<oqto_wire::Event> {
    match events {
        Some(events) => events.next().await,
        None => std::future::pending().await,
    }
}
