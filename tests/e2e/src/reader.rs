//! A subscriber that keeps its number and folds, and nothing else. Whatever contradicts the protocol becomes a problem.

use std::collections::BTreeMap;

use oqto_protocol::command::Subscribed;
use oqto_protocol::entry::LogEvent;
use oqto_protocol::frame::Frame;
use oqto_protocol::ids::{LogId, MessageId, SessionId};
use oqto_protocol::live::LiveEvent;
use oqto_protocol::message::Part;
use oqto_protocol::session::Snapshot;
use serde_json::{Value, json};

use crate::Outcome;
use crate::client::Client;

/// An entry as it was received.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its number.
    pub seq: u64,
    /// Unix milliseconds.
    pub ts: u64,
    /// What it says; an event that this version does not know is `None`.
    pub event: Option<LogEvent>,
    /// The payload as text.
    pub data: String,
}

/// A reader of one session.
#[derive(Debug, Clone)]
pub struct Reader {
    /// The session.
    pub session: SessionId,
    /// The log that the number counts in.
    pub log: Option<LogId>,
    /// Every entry, from 1.
    pub entries: Vec<Entry>,
    /// Entries and live events, folded.
    pub fold: Option<Snapshot>,
    /// How many live events came.
    pub live: u64,
    /// What contradicts the protocol.
    pub problems: Vec<String>,
    /// Text on the screen that is not in the log yet, by message and part.
    shown: BTreeMap<(String, u32), String>,
    /// The most that was ever on the screen: a snapshot may begin a message again, but what is kept has all of it.
    seen: BTreeMap<(String, u32), String>,
    /// Whether the snapshot after a subscription has come; live events mean nothing before it.
    caught_up: bool,
}

impl Reader {
    /// A reader that has nothing yet.
    pub fn new(session: SessionId) -> Self {
        Self {
            session,
            log: None,
            entries: Vec::new(),
            fold: None,
            live: 0,
            problems: Vec::new(),
            shown: BTreeMap::new(),
            seen: BTreeMap::new(),
            caught_up: false,
        }
    }

    /// The last number it has.
    pub fn seq(&self) -> u64 {
        self.entries.last().map_or(0, |entry| entry.seq)
    }

    /// Whether the snapshot after the last subscription has come.
    pub fn caught_up(&self) -> bool {
        self.caught_up
    }

    /// Subscribes, naming the number it has.
    ///
    /// # Errors
    /// When the connection is gone or the runner refuses.
    pub async fn subscribe(&mut self, client: &mut Client) -> Outcome {
        let params = match self.log {
            Some(log) => json!({"log": log, "after": self.seq()}),
            None => json!({}),
        };
        self.caught_up = false;
        let reply: Subscribed = serde_json::from_value(client.call("subscribe", Some(self.session), params).await?)?;
        if reply.reset {
            *self = Self { problems: std::mem::take(&mut self.problems), ..Self::new(self.session) };
        }
        if reply.from != self.seq() {
            self.problems.push(format!("subscribed after {} and got {}", self.seq(), reply.from));
        }
        self.log = Some(reply.log);
        Ok(())
    }

    /// Takes a frame; frames of other sessions and replies are ignored.
    pub fn take(&mut self, frame: &Frame) {
        if frame.session != Some(self.session) {
            return;
        }
        let (Some(name), Some(data)) = (frame.event.as_deref(), frame.data.as_ref()) else {
            return;
        };
        let ts = frame.ts.unwrap_or_default();
        match frame.seq {
            Some(seq) => self.entry(seq, ts, name, data.get()),
            None => self.live(ts, name, data.get()),
        }
    }

    fn entry(&mut self, seq: u64, ts: u64, name: &str, data: &str) {
        if seq != self.seq() + 1 {
            self.problems.push(format!("entry {seq} ({name}) came after {}", self.seq()));
        }
        let event = match LogEvent::decode(name, data) {
            Some(Ok(event)) => Some(event),
            Some(Err(error)) => {
                self.problems.push(format!("entry {seq} ({name}): {error}"));
                None
            }
            None => None,
        };
        let log = self.log.unwrap_or_else(LogId::mint);
        let fold = self.fold.get_or_insert_with(|| Snapshot::empty(self.session, log));
        match &event {
            Some(event) => fold.apply_entry(seq, ts, event),
            None => fold.apply_unknown(seq, ts),
        }
        if let Some(LogEvent::Message(entry)) = &event {
            let kept = entry.message.parts.clone();
            self.compare_with_shown(entry.message.id, &kept);
        }
        self.entries.push(Entry { seq, ts, event, data: data.to_owned() });
    }

    /// What was shown while it streamed is in the message that is kept. Pi trims the ends of some parts.
    fn compare_with_shown(&mut self, message: MessageId, parts: &[Part]) {
        let id = message.to_string();
        self.keep_the_longest();
        let of_this = |(of, _): &(String, u32), _: &mut String| *of == id;
        let seen: Vec<_> = self.seen.extract_if(.., of_this).collect();
        for (_, text) in seen {
            if !parts.iter().any(|kept| text_of(kept).is_some_and(|kept| kept.starts_with(text.trim_end()))) {
                self.problems.push(format!("message {id}: shown but not kept: {text:?} is in none of {parts:?}"));
            }
        }
    }

    /// Moves what is on the screen to what was seen.
    fn keep_the_longest(&mut self) {
        for (place, text) in std::mem::take(&mut self.shown) {
            let seen = self.seen.entry(place).or_default();
            if !text.starts_with(seen.as_str()) && !seen.starts_with(&text) {
                self.problems.push(format!("what was shown changed from {seen:?} to {text:?}"));
            }
            if text.len() > seen.len() {
                *seen = text;
            }
        }
    }

    fn live(&mut self, ts: u64, name: &str, data: &str) {
        self.live += 1;
        match LiveEvent::decode(name, data) {
            Some(Ok(event)) => self.live_event(ts, &event),
            Some(Err(error)) => self.problems.push(format!("{name}: {error}")),
            None => self.problems.push(format!("no live event is called {name}")),
        }
    }

    fn live_event(&mut self, ts: u64, event: &LiveEvent) {
        match event {
            LiveEvent::Snapshot(snapshot) => {
                if snapshot.seq != self.seq() {
                    self.problems.push(format!(
                        "the snapshot is of {}, the entries end at {}",
                        snapshot.seq,
                        self.seq()
                    ));
                }
                self.caught_up = true;
                self.remember_shown(snapshot);
            }
            LiveEvent::TextDelta(delta) | LiveEvent::ThinkingDelta(delta) => {
                let shown = self.shown.entry((delta.message_id.to_string(), delta.part)).or_default();
                if shown.encode_utf16().count() as u64 != delta.offset {
                    let problem = format!("a delta at {} after {:?} of {}", delta.offset, shown, delta.message_id);
                    self.problems.push(problem);
                }
                shown.push_str(&delta.delta);
            }
            LiveEvent::MessageStart(_)
            | LiveEvent::ToolCallDelta(_)
            | LiveEvent::Usage(_)
            | LiveEvent::ToolStart(_)
            | LiveEvent::ToolProgress(_)
            | LiveEvent::ToolEnd(_)
            | LiveEvent::AgentWorking(_)
            | LiveEvent::AgentIdle(_)
            | LiveEvent::AgentWaiting(_)
            | LiveEvent::AgentError(_)
            | LiveEvent::RetryStart(_)
            | LiveEvent::RetryEnd(_)
            | LiveEvent::CompactStart(_)
            | LiveEvent::CompactEnd(_)
            | LiveEvent::Status(_)
            | LiveEvent::Notify(_)
            | LiveEvent::Heartbeat(_) => {}
        }
        if !self.caught_up {
            self.problems.push(format!("a live event before the snapshot: {event:?}"));
        }
        if let Some(fold) = &mut self.fold {
            fold.apply_live(ts, event);
        }
    }

    fn remember_shown(&mut self, snapshot: &Snapshot) {
        self.keep_the_longest();
        let Some(streaming) = &snapshot.streaming else {
            return;
        };
        for (part, index) in streaming.parts.iter().zip(0..) {
            if part.tool_call_id.is_none() {
                self.shown.insert((streaming.message_id.to_string(), index), part.text.clone());
            }
        }
    }

    /// Payloads of the entries called `name`, in order.
    pub fn payloads(&self, name: &str) -> Vec<Value> {
        let named = |entry: &&Entry| entry.event.as_ref().is_some_and(|event| event.name() == name);
        self.entries.iter().filter(named).filter_map(|entry| serde_json::from_str(&entry.data).ok()).collect()
    }
}

fn text_of(part: &Part) -> Option<&str> {
    if let Part::Text { text } | Part::Thinking { text } = part { Some(text) } else { None }
}
