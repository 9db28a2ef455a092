//! A client that comes back after every cut, as the page does: it keeps its number, and sends again what was not answered.

use std::time::Duration;

use oqto_protocol::ids::SessionId;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::client::{Client, Gone};
use crate::reader::Reader;
use crate::session::Session;
use crate::{Outcome, session};

/// How to get a new connection.
pub trait Door {
    /// Opens one.
    fn open(&self) -> impl Future<Output = Outcome<Client>> + Send;
}

impl<F, Opening> Door for F
where
    F: Fn() -> Opening,
    Opening: Future<Output = Outcome<Client>> + Send,
{
    fn open(&self) -> impl Future<Output = Outcome<Client>> + Send {
        self()
    }
}

/// A session that is followed through cuts.
pub struct Persistent<D> {
    door: D,
    /// The session as it is followed now.
    pub session: Session,
    /// How often it came back.
    pub returns: u64,
    deadline: Duration,
    keys: u64,
}

impl<D: Door> Persistent<D> {
    /// Creates a session through the door and follows it. Every later wait ends after `deadline`.
    ///
    /// # Errors
    /// When it does not succeed within the deadline.
    pub async fn create(door: D, mut params: Value, deadline: Duration) -> Outcome<Self> {
        let end = Instant::now() + deadline;
        params["client_id"] = "create".into();
        let mut client = reconnect(&door, end).await?;
        let created = loop {
            match client.ask("session.create", None, params.clone()).await {
                Ok(Ok(created)) => break created,
                Ok(Err(error)) if !error.retryable => {
                    return Err(format!("session.create: {error:?}").into());
                }
                Ok(Err(_)) | Err(_) if Instant::now() < end => {
                    client = reconnect(&door, end).await?;
                }
                other => return Err(format!("session.create: {other:?}").into()),
            }
        };
        let id: SessionId = serde_json::from_value(created["session"]["id"].clone())?;
        let reader = Reader::new(id);
        let session = Session { id, client, reader };
        let mut own = Self { door, session, returns: 0, deadline, keys: 0 };
        own.come_back(end).await?;
        Ok(own)
    }

    /// Follows a session that is there through the door. Every later wait ends after `deadline`.
    ///
    /// # Errors
    /// When it does not succeed within the deadline.
    pub async fn of(door: D, id: SessionId, deadline: Duration) -> Outcome<Self> {
        let end = Instant::now() + deadline;
        let client = reconnect(&door, end).await?;
        let session = Session { id, client, reader: Reader::new(id) };
        let mut own = Self { door, session, returns: 0, deadline, keys: 0 };
        own.come_back(end).await?;
        Ok(own)
    }

    /// Sends a prompt until it is answered, under one key; gives the key.
    ///
    /// # Errors
    /// When it is refused for good, or not answered within the deadline.
    pub async fn prompt(&mut self, text: &str) -> Outcome<String> {
        self.keys += 1;
        let key = format!("key-{}", self.keys);
        self.insist("prompt", json!({"text": text, "client_id": key})).await?;
        Ok(key)
    }

    /// Sends a command until it is answered; it must carry a key when it changes something.
    ///
    /// # Errors
    /// When it is refused for good, or not answered within the deadline.
    pub async fn insist(&mut self, cmd: &str, params: Value) -> Outcome<Value> {
        let end = Instant::now() + self.deadline;
        loop {
            match self.session.client.ask(cmd, Some(self.session.id), params.clone()).await {
                Ok(Ok(reply)) => return Ok(reply),
                Ok(Err(error)) if !error.retryable => {
                    return Err(format!("{cmd}: {error:?}").into());
                }
                Ok(Err(error)) if Instant::now() > end => {
                    return Err(format!("{cmd}: {error:?}").into());
                }
                // A retryable refusal: something is being replaced, and tells when it is back by a closed connection
                // or by accepting the same command.
                Ok(Err(_)) => tokio::time::sleep(Duration::from_millis(20)).await,
                Err(_) => self.come_back(end).await?,
            }
        }
    }

    /// Reads on until `done`, coming back as often as it takes.
    ///
    /// # Errors
    /// When it does not come true within the deadline.
    pub async fn until(&mut self, what: &str, done: impl Fn(&Reader) -> bool) -> Outcome {
        let end = Instant::now() + self.deadline;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.session.until_within(what, left, &done).await {
                Ok(()) => return Ok(()),
                Err(lost) if lost.to_string().contains(&Gone::Closed.to_string()) => {
                    self.come_back(end).await?;
                }
                Err(lost) => return Err(lost),
            }
        }
    }

    /// Waits until `turns` turns have ended and none runs.
    ///
    /// # Errors
    /// When they do not within the deadline.
    pub async fn settled(&mut self, turns: usize) -> Outcome {
        let rests = |reader: &Reader| reader.fold.as_ref().is_some_and(|fold| fold.turn.is_none());
        let done = |reader: &Reader| session::ended(reader).len() >= turns && rests(reader) && reader.caught_up();
        self.until(&format!("{turns} ended turns"), done).await
    }

    async fn come_back(&mut self, end: Instant) -> Outcome {
        loop {
            self.session.client = reconnect(&self.door, end).await?;
            self.returns += 1;
            match self.session.reader.subscribe(&mut self.session.client).await {
                Ok(()) => return Ok(()),
                Err(error) if Instant::now() > end => return Err(error),
                Err(_) => {}
            }
        }
    }
}

async fn reconnect(door: &impl Door, end: Instant) -> Outcome<Client> {
    loop {
        match door.open().await {
            Ok(client) => return Ok(client),
            Err(error) if Instant::now() > end => {
                return Err(format!("no way back: {error}").into());
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(5)).await,
        }
    }
}
