//! The session log: durable facts, numbered from 1 without a gap. Screens, tools and searches are folds of it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::ErrorKind;
use crate::ids::{EntryId, InputId, MessageId, PromptId, SessionId, TurnId};
use crate::message::{Message, Part, Usage};
use crate::raw::RawJson;
use crate::tagged::{tagged, wire, words};

words! {
    /// How a turn ended. Exactly one per turn, written by the runner.
    pub enum TurnEnd {
        /// The harness has settled.
        Done = "done",
        /// A person aborted it.
        Aborted = "aborted",
        /// The harness or the model refused or failed.
        Error = "error",
        /// The harness, its holder or the machine died.
        Crashed = "crashed",
    }

    /// How a question to the person ended.
    pub enum InputOutcome {
        /// The person answered.
        Answered = "answered",
        /// The person declined, or an abort closed it.
        Cancelled = "cancelled",
        /// The harness's own time ran out.
        Expired = "expired",
        /// Nobody waits for the answer any more.
        Gone = "gone",
    }

    /// What kind of answer a question wants.
    pub enum InputKind {
        /// One of the options.
        Select = "select",
        /// Yes or no.
        Confirm = "confirm",
        /// A line of text.
        Input = "input",
        /// A longer text.
        Editor = "editor",
        /// Whether a tool may run.
        Permission = "permission",
    }

    /// How a prompt gets to the harness.
    pub enum Delivery {
        /// A turn of its own, as soon as nothing runs.
        Turn = "turn",
        /// Into the running turn, at the next step.
        Steer = "steer",
    }

    /// Who changed something.
    pub enum Origin {
        /// A person (or a program in their name).
        Person = "person",
        /// The harness.
        Harness = "harness",
        /// The runner.
        Runner = "runner",
    }

    /// What a budget is counted in.
    pub enum BudgetPart {
        /// US dollars.
        Usd = "usd",
        /// Tokens, read and written.
        Tokens = "tokens",
    }

    /// Why a session has no process any more.
    pub enum CloseReason {
        /// A person stopped it.
        Stopped = "stopped",
        /// Idle for long; it wakes with the next prompt.
        Parked = "parked",
        /// The harness ended by itself between two turns.
        Exited = "exited",
        /// The harness, its holder or the machine died.
        Crashed = "crashed",
    }
}

wire! {
    /// Where a forked session comes from.
    #[derive(Eq, Copy)]
    pub struct ForkOrigin {
        /// The session.
        pub session: SessionId,
        /// The last entry that was taken over.
        pub seq: u64,
    }

    /// `session.created`: always entry 1.
    pub struct SessionCreated {
        /// The name of the harness.
        pub harness: String,
        /// Absolute path of the workspace.
        pub workspace: String,
        /// The title, where one was given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub title: Option<String>,
        /// `provider/model`, where one was chosen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub model: Option<String>,
        /// The thinking level, where one was chosen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub thinking: Option<String>,
        /// Where it was forked from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub parent: Option<ForkOrigin>,
    }

    /// `message`: a finished message.
    pub struct MessageEntry {
        /// The message.
        pub message: Message,
        /// The turn it belongs to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub turn: Option<TurnId>,
    }

    /// `prompt.queued`: a prompt waits. The same prompt again replaces the earlier form (edited, or a steer that came back).
    pub struct PromptQueued {
        /// The prompt.
        pub prompt: PromptId,
        /// What the person wrote.
        pub parts: Vec<Part>,
        /// How it gets to the harness.
        pub delivery: Delivery,
        /// Whether it waits for a person to send it (it came back from an aborted turn, for example).
        #[serde(default)]
        pub held: bool,
        /// The key under which the asker sent it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub client_id: Option<String>,
    }

    /// `prompt.cancelled`.
    pub struct PromptCancelled {
        /// The prompt.
        pub prompt: PromptId,
    }

    /// `turn.started`.
    pub struct TurnStarted {
        /// The turn.
        pub turn: TurnId,
        /// The user message that opens it. It is the entry after this one.
        pub message: MessageId,
        /// The queued prompt that it came from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub prompt: Option<PromptId>,
    }

    /// `turn.ended`.
    pub struct TurnEnded {
        /// The turn.
        pub turn: TurnId,
        /// How.
        pub reason: TurnEnd,
        /// What went wrong, for `error` and `crashed`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub message: Option<String>,
        /// What to do about it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub hint: Option<String>,
        /// What kind of error it was: `budget` where what the session may use is used up.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub code: Option<ErrorKind>,
        /// Tokens and cost of the whole turn.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub usage: Option<Usage>,
        /// From `turn.started` to here, in milliseconds.
        #[serde(default)]
        pub duration_ms: u64,
    }

    /// A question to the person.
    pub struct InputRequest {
        /// The question.
        pub id: InputId,
        /// What kind of answer it wants.
        pub kind: InputKind,
        /// One line.
        pub title: String,
        /// More about it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub message: Option<String>,
        /// What can be chosen.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "schema", ts(as = "Option<Vec<String>>", optional))]
        pub options: Vec<String>,
        /// What an empty field shows.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub placeholder: Option<String>,
        /// What the field holds at first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub prefill: Option<String>,
        /// When the harness stops waiting, Unix milliseconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub expires_at: Option<u64>,
    }

    /// `input.requested`.
    pub struct InputRequested {
        /// The question.
        pub request: InputRequest,
        /// The turn that waits for it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub turn: Option<TurnId>,
    }

    /// `input.resolved`: exactly one a question.
    pub struct InputResolved {
        /// The question.
        pub request_id: InputId,
        /// How it ended.
        pub outcome: InputOutcome,
        /// The answer: a text, or `true`/`false` for `confirm`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional, type = "string | boolean"))]
        pub value: Option<Value>,
        /// Who answered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub by: Option<String>,
    }

    /// `session.renamed`.
    pub struct SessionRenamed {
        /// The new title; empty takes it away.
        pub title: String,
        /// Who did it.
        pub by: Origin,
    }

    /// `session.rewound`: the entries after `to` and before this one are hidden from the conversation, not deleted.
    #[derive(Eq, Copy)]
    pub struct SessionRewound {
        /// The last entry that stays visible; 0 hides everything.
        pub to: u64,
    }

    /// `session.resumed`: the session has a process again.
    pub struct SessionResumed {
        /// Whether the agent had to start without its memory of the conversation.
        pub fresh: bool,
        /// Why, when it had to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub reason: Option<String>,
    }

    /// `config.changed`: only the fields that changed.
    pub struct ConfigChanged {
        /// The model.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub model: Option<String>,
        /// Its provider.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub provider: Option<String>,
        /// The thinking level.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub thinking: Option<String>,
        /// Who did it.
        pub by: Origin,
    }

    /// `budget.changed`: what a person has said of this session's budget; what is not said stays.
    pub struct BudgetChanged {
        /// US dollars that the session may cost.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub usd: Option<f64>,
        /// Tokens that it may use, read and written.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub tokens: Option<u64>,
        /// What has no limit any more.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "schema", ts(as = "Option<Vec<BudgetPart>>", optional))]
        pub unlimited: Vec<BudgetPart>,
        /// Who did it.
        pub by: Origin,
    }

    /// `context.compacted`: the agent replaced the earlier conversation by a summary. The log keeps everything.
    pub struct ContextCompacted {
        /// The summary.
        pub summary: String,
        /// Estimated tokens of the context before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub tokens_before: Option<u64>,
        /// Estimated tokens of the context after.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub tokens_after: Option<u64>,
        /// `manual`, `threshold` or `overflow`.
        pub reason: String,
    }

    /// `session.forked`, in the session that was forked.
    #[derive(Eq, Copy)]
    pub struct SessionForked {
        /// The new session.
        pub session: SessionId,
        /// The last entry that it took over.
        pub at: u64,
    }

    /// `harness.bound`: which process, version and native session serve this session from here on.
    pub struct HarnessBound {
        /// The name of the harness.
        pub harness: String,
        /// Its version.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub version: Option<String>,
        /// Its own id of the conversation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub native_id: Option<String>,
        /// Its own file of the conversation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub native_file: Option<String>,
    }

    /// `session.closed`: the session has no process any more; it can be resumed.
    pub struct SessionClosed {
        /// Why.
        pub reason: CloseReason,
        /// What happened, for a person.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub message: Option<String>,
    }
}

tagged! {
    /// A durable fact.
    pub enum LogEvent by "event", "data" {
        /// A session begins.
        SessionCreated(SessionCreated) = "session.created",
        /// A finished message.
        Message(MessageEntry) = "message",
        /// A prompt waits.
        PromptQueued(PromptQueued) = "prompt.queued",
        /// A waiting prompt was taken back.
        PromptCancelled(PromptCancelled) = "prompt.cancelled",
        /// A turn begins.
        TurnStarted(TurnStarted) = "turn.started",
        /// A turn is over.
        TurnEnded(TurnEnded) = "turn.ended",
        /// A question to the person.
        InputRequested(InputRequested) = "input.requested",
        /// The end of a question.
        InputResolved(InputResolved) = "input.resolved",
        /// Another title.
        SessionRenamed(SessionRenamed) = "session.renamed",
        /// A part of the conversation is hidden.
        SessionRewound(SessionRewound) = "session.rewound",
        /// The session has a process again.
        SessionResumed(SessionResumed) = "session.resumed",
        /// Another model or thinking level.
        ConfigChanged(ConfigChanged) = "config.changed",
        /// Another budget.
        BudgetChanged(BudgetChanged) = "budget.changed",
        /// The agent summarised its context.
        ContextCompacted(ContextCompacted) = "context.compacted",
        /// Another session was forked from this one.
        SessionForked(SessionForked) = "session.forked",
        /// The native session behind this one.
        HarnessBound(HarnessBound) = "harness.bound",
        /// The session has no process any more.
        SessionClosed(SessionClosed) = "session.closed",
    }
}

/// A numbered fact as it is kept: the payload stays the text it was appended as.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LogEntry {
    /// Appending is idempotent by it.
    pub id: EntryId,
    /// From 1, without a gap.
    pub seq: u64,
    /// Unix milliseconds.
    pub ts: u64,
    /// A name of [`LogEvent`], or `x-…`.
    pub event: String,
    /// The payload.
    pub data: RawJson,
}

impl LogEntry {
    /// The payload, decoded; `None` for an event that this version does not know.
    ///
    /// # Errors
    /// When the payload does not have the shape that belongs to the event's name.
    pub fn decode(&self) -> Option<Result<LogEvent, serde_json::Error>> {
        LogEvent::decode(&self.event, self.data.get())
    }
}
