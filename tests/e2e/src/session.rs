//! A session with its client and reader, in the words of a test.

use std::time::Duration;

use oqto_protocol::entry::{LogEvent, TurnEnd};
use oqto_protocol::ids::SessionId;
use oqto_protocol::message::{Message, Part, Role};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::client::{Client, Gone};
use crate::reader::Reader;
use crate::{DEADLINE, Outcome, log};

/// One session, followed from its beginning.
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// The connection it was created on.
    pub client: Client,
    /// What that connection was told.
    pub reader: Reader,
}

impl Session {
    /// Creates a session and subscribes to it.
    ///
    /// # Errors
    /// When the runner refuses.
    pub async fn create(mut client: Client, params: Value) -> Outcome<Self> {
        let created = client.call("session.create", None, params).await?;
        let id: SessionId = serde_json::from_value(created["session"]["id"].clone())?;
        Self::follow(client, Reader::new(id)).await
    }

    /// Goes on with a reader on another connection.
    ///
    /// # Errors
    /// When the runner refuses.
    pub async fn follow(mut client: Client, mut reader: Reader) -> Outcome<Self> {
        reader.subscribe(&mut client).await?;
        Ok(Self { id: reader.session, client, reader })
    }

    /// Sends a command about this session; a refusal fails the test.
    ///
    /// # Errors
    /// When the connection is gone or the command is refused.
    pub async fn call(&mut self, cmd: &str, params: Value) -> Outcome<Value> {
        self.client.call(cmd, Some(self.id), params).await
    }

    /// Sends a prompt; gives the reply.
    ///
    /// # Errors
    /// When the connection is gone or the prompt is refused.
    pub async fn prompt(&mut self, text: &str) -> Outcome<Value> {
        self.call("prompt", json!({"text": text})).await
    }

    /// Reads on until `done` says so.
    ///
    /// # Errors
    /// When the connection is gone, or it does not come true within the deadline: names `what` and shows the log.
    pub async fn until(&mut self, what: &str, done: impl Fn(&Reader) -> bool) -> Outcome {
        self.until_within(what, DEADLINE, done).await
    }

    /// [`Session::until`] with a deadline of one's own.
    ///
    /// # Errors
    /// As [`Session::until`].
    pub async fn until_within(&mut self, what: &str, deadline: Duration, done: impl Fn(&Reader) -> bool) -> Outcome {
        let end = Instant::now() + deadline;
        while !done(&self.reader) {
            let left = end.saturating_duration_since(Instant::now());
            match self.client.event(left).await {
                Ok(frame) => self.reader.take(&frame),
                Err(gone) => return Err(self.lost(what, &gone).into()),
            }
        }
        Ok(())
    }

    fn lost(&self, what: &str, gone: &Gone) -> String {
        format!("waiting for {what}: {gone}; {}", self.dump())
    }

    /// The log and the state, for a failure.
    pub fn dump(&self) -> String {
        let line = |entry: &crate::reader::Entry| {
            let name = entry.event.as_ref().map_or("?", LogEvent::name);
            format!("  {} {name} {:.300}", entry.seq, entry.data)
        };
        let entries: Vec<_> = self.reader.entries.iter().map(line).collect();
        let fold = self.reader.fold.as_ref().map(|fold| (fold.state, fold.phase));
        format!("state {fold:?}; the log:\n{}\n{}", entries.join("\n"), self.reader.problems.join("\n"))
    }

    /// Waits until as many turns have ended as have begun, at least `turns`; gives how they ended.
    ///
    /// # Errors
    /// As [`Session::until`].
    pub async fn turns(&mut self, turns: usize) -> Outcome<Vec<TurnEnd>> {
        self.until(&format!("{turns} ended turns"), |reader| ended(reader).len() >= turns).await?;
        Ok(ended(&self.reader))
    }

    /// Sends a prompt, waits for the end of its turn, and gives how it ended.
    ///
    /// # Errors
    /// As [`Session::until`].
    pub async fn run(&mut self, text: &str) -> Outcome<TurnEnd> {
        self.until("the snapshot", Reader::caught_up).await?;
        let before = ended(&self.reader).len();
        self.prompt(text).await?;
        let ends = self.turns(before + 1).await?;
        ends.last().copied().ok_or_else(|| "no turn ended".into())
    }

    /// [`Session::run`] that must end in one way.
    ///
    /// # Errors
    /// When it ends in another: shows the log.
    pub async fn ends(&mut self, text: &str, expected: TurnEnd) -> Outcome {
        let reason = self.run(text).await?;
        if reason == expected {
            Ok(())
        } else {
            Err(format!("{text:.80}: the turn ended {reason}\n{}", self.dump()).into())
        }
    }

    /// Every message so far.
    pub fn messages(&self) -> Vec<Message> {
        let message = |entry: &crate::reader::Entry| match &entry.event {
            Some(LogEvent::Message(entry)) => Some(entry.message.clone()),
            _ => None,
        };
        self.reader.entries.iter().filter_map(message).collect()
    }

    /// The texts of the agent, a message each.
    pub fn answers(&self) -> Vec<String> {
        let assistant = |message: &&Message| message.role == Role::Assistant;
        self.messages().iter().filter(assistant).map(text).collect()
    }

    /// The results of tools: (output, whether it failed).
    pub fn results(&self) -> Vec<(String, bool)> {
        let result = |part: &Part| {
            if let Part::ToolResult(result) = part { Some((result.output.clone(), result.is_error)) } else { None }
        };
        self.messages().iter().flat_map(|message| message.parts.clone()).filter_map(|part| result(&part)).collect()
    }

    /// Fails when anything that this reader saw contradicts the protocol.
    ///
    /// # Errors
    /// Every contradiction.
    pub fn check(&self) -> Outcome {
        let mut problems = self.reader.problems.clone();
        problems.extend(log::problems(&self.reader.entries));
        if problems.is_empty() { Ok(()) } else { Err(problems.join("\n").into()) }
    }

    /// Compares with a reader that starts now: both must have the same log, and hold the same state.
    ///
    /// # Errors
    /// Every difference.
    pub async fn agrees_with(&mut self, fresh: Client) -> Outcome {
        self.until("the snapshot", Reader::caught_up).await?;
        let mut other = Self::follow(fresh, Reader::new(self.id)).await?;
        other.until("the snapshot", Reader::caught_up).await?;
        let head = other.reader.seq();
        self.until(&format!("entry {head}"), |reader| reader.seq() >= head).await?;
        other.check()?;
        self.check()?;
        if self.reader.entries != other.reader.entries {
            return Err(format!("two readers differ:\n{:#?}\n{:#?}", self.reader.entries, other.reader.entries).into());
        }
        if self.reader.fold != other.reader.fold {
            return Err(format!("two folds differ:\n{:#?}\n{:#?}", self.reader.fold, other.reader.fold).into());
        }
        Ok(())
    }
}

/// How each turn ended, in order.
pub fn ended(reader: &Reader) -> Vec<TurnEnd> {
    let end = |entry: &crate::reader::Entry| match &entry.event {
        Some(LogEvent::TurnEnded(ended)) => Some(ended.reason),
        _ => None,
    };
    reader.entries.iter().filter_map(end).collect()
}

/// The text parts of a message, joined.
pub fn text(message: &Message) -> String {
    let text = |part: &Part| {
        if let Part::Text { text } = part { Some(text.clone()) } else { None }
    };
    message.parts.iter().filter_map(text).collect()
}
