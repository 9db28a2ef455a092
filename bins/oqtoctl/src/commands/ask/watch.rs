//! One turn as its events tell it: a pure fold, so that a cut in between changes nothing.

use super::transcript::Transcript;
use oqto_kit::{Error, Result};
use oqto_protocol::command::Prompted;
use oqto_protocol::entry::{InputRequest, LogEvent, TurnEnded};
use oqto_protocol::error::ErrorKind;
use oqto_protocol::frame::Frame;
use oqto_protocol::ids::{InputId, MessageId, PromptId, TurnId};
use oqto_protocol::live::{LiveEvent, Notify};
use oqto_protocol::message::Role;
use oqto_protocol::session::Snapshot;
use std::collections::HashSet;

/// The turn of one question.
#[derive(Debug)]
pub(super) struct Watch {
    turn: Option<TurnId>,
    prompt: Option<PromptId>,
    /// Messages of the turn that are being written.
    open: HashSet<MessageId>,
    asked: HashSet<InputId>,
    said: Transcript,
}

/// What an event means to whoever asked.
#[derive(Debug, PartialEq)]
pub(super) enum News {
    /// The agent says more.
    Text(String),
    /// Something to know besides.
    Notice(String),
    /// The agent asks something back.
    Asked(InputRequest),
    /// That is settled.
    Resolved(InputId),
    /// The question was taken out of the queue.
    TakenBack,
    /// The turn is over.
    Ended(TurnEnded),
}

impl Watch {
    /// The turn that a prompt has opened or waits for.
    pub(super) fn new(prompted: &Prompted) -> Self {
        Self {
            turn: prompted.turn,
            prompt: prompted.prompt,
            open: HashSet::new(),
            asked: HashSet::new(),
            said: Transcript::default(),
        }
    }

    /// The prompt, while it waits for its turn.
    pub(super) fn queued(&self) -> Option<PromptId> {
        self.prompt.filter(|_| self.turn.is_none())
    }

    /// Whether the text given out last does not end its line.
    pub(super) fn is_amid_line(&self) -> bool {
        self.said.is_amid_line()
    }

    /// Everything the agent said in finished messages.
    pub(super) fn into_texts(self) -> Vec<String> {
        self.said.into_texts()
    }

    /// Whether an event may belong to the turn: everything from its beginning on.
    pub(super) fn concerns(&self, frame: &Frame) -> bool {
        self.turn.is_some() || frame.event.as_deref() == Some("turn.started")
    }

    /// Folds an event in.
    ///
    /// # Errors
    /// When a known event does not have its shape.
    pub(super) fn take(&mut self, frame: &Frame) -> Result<Vec<News>> {
        let name = frame.event.as_deref().unwrap_or_default();
        let data = frame.data.as_ref().map_or("null", |data| data.get());
        let unreadable =
            |error| Error::new(ErrorKind::Internal, format!("cannot read the event {name}")).because(error);
        if frame.seq.is_some() {
            let entry = LogEvent::decode(name, data).transpose().map_err(unreadable)?;
            return Ok(entry.and_then(|event| self.entry(event)).unwrap_or_default());
        }
        let live = LiveEvent::decode(name, data).transpose().map_err(unreadable)?;
        Ok(live.map(|event| self.live(event)).unwrap_or_default())
    }

    fn is_ours(&self, turn: Option<TurnId>) -> bool {
        turn.is_some() && turn == self.turn
    }

    fn entry(&mut self, event: LogEvent) -> Option<Vec<News>> {
        let news = match event {
            LogEvent::TurnStarted(started) if started.prompt.is_some() && started.prompt == self.prompt => {
                self.turn = Some(started.turn);
                return None;
            }
            LogEvent::Message(entry) if self.is_ours(entry.turn) && entry.message.role == Role::Assistant => {
                self.open.remove(&entry.message.id);
                News::Text(self.said.message(&entry.message)?)
            }
            LogEvent::PromptCancelled(gone) if self.queued() == Some(gone.prompt) => News::TakenBack,
            // A prompt that is held waits for a person to send it; this program is not the one.
            LogEvent::PromptQueued(queued) if queued.held && self.queued() == Some(queued.prompt) => News::TakenBack,
            LogEvent::InputRequested(asked) if self.is_ours(asked.turn) => return self.question(asked.request),
            LogEvent::InputResolved(resolved) => News::Resolved(resolved.request_id),
            LogEvent::TurnEnded(ended) if self.is_ours(Some(ended.turn)) => News::Ended(ended),
            LogEvent::SessionCreated(_)
            | LogEvent::Message(_)
            | LogEvent::PromptQueued(_)
            | LogEvent::PromptCancelled(_)
            | LogEvent::TurnStarted(_)
            | LogEvent::TurnEnded(_)
            | LogEvent::InputRequested(_)
            | LogEvent::SessionRenamed(_)
            | LogEvent::SessionRewound(_)
            | LogEvent::SessionResumed(_)
            | LogEvent::ConfigChanged(_)
            | LogEvent::BudgetChanged(_)
            | LogEvent::ContextCompacted(_)
            | LogEvent::SessionForked(_)
            | LogEvent::HarnessBound(_)
            | LogEvent::SessionClosed(_) => return None,
        };
        Some(vec![news])
    }

    fn live(&mut self, event: LiveEvent) -> Vec<News> {
        let text = |more: Option<String>| more.map(News::Text).into_iter().collect();
        let notice = |text: String| vec![News::Notice(text)];
        match event {
            LiveEvent::Snapshot(snapshot) => self.snapshot(&snapshot),
            LiveEvent::MessageStart(start) if self.is_ours(start.turn) && start.role == Role::Assistant => {
                self.open.insert(start.message_id);
                Vec::new()
            }
            LiveEvent::TextDelta(delta) if self.open.contains(&delta.message_id) => {
                text(self.said.delta(delta.message_id, delta.part as usize, delta.offset, &delta.delta))
            }
            LiveEvent::Notify(Notify { message, .. }) if self.turn.is_some() => notice(message),
            LiveEvent::AgentError(failed) if self.turn.is_some() => notice(failed.message),
            LiveEvent::RetryStart(retry) if self.turn.is_some() => {
                notice(format!("trying again ({} of {}): {}", retry.attempt, retry.max_attempts, retry.error))
            }
            LiveEvent::MessageStart(_)
            | LiveEvent::TextDelta(_)
            | LiveEvent::ThinkingDelta(_)
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
            | LiveEvent::Heartbeat(_) => Vec::new(),
        }
    }

    /// After a cut: what is being written, as far as it has come.
    fn snapshot(&mut self, snapshot: &Snapshot) -> Vec<News> {
        let streaming = snapshot.streaming.as_ref();
        let ours = streaming.filter(|open| self.is_ours(open.turn) && open.role == Role::Assistant);
        let Some(message) = ours else { return Vec::new() };
        self.open.insert(message.message_id);
        self.said.streaming(message).map(News::Text).into_iter().collect()
    }

    fn question(&mut self, request: InputRequest) -> Option<Vec<News>> {
        self.asked.insert(request.id).then(|| vec![News::Asked(request)])
    }
}
