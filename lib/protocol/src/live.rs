//! Events that are shown but not kept. From any one of the state events a page can draw the state; what they
//! carried is in a durable entry by the time it matters.

use serde_json::Value;

use crate::ids::{MessageId, TurnId};
use crate::message::{Media, Role, Usage};
use crate::session::{Phase, Snapshot};
use crate::tagged::{tagged, wire, words};

words! {
    /// How much a notice matters.
    pub enum NoticeLevel {
        /// For information.
        Info = "info",
        /// Something to look at.
        Warning = "warning",
        /// Something failed.
        Error = "error",
    }
}

wire! {
    /// `stream.message_start`.
    pub struct MessageStart {
        /// The message that begins.
        pub message_id: MessageId,
        /// Who it is from.
        pub role: Role,
        /// The turn it belongs to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub turn: Option<TurnId>,
        /// The model that answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub model: Option<String>,
        /// Its provider.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub provider: Option<String>,
    }

    /// `stream.text_delta` and `stream.thinking_delta`: text at the end of a part.
    pub struct TextDelta {
        /// The message.
        pub message_id: MessageId,
        /// Which part of it, from 0.
        pub part: u32,
        /// Where the text goes, in UTF-16 code units from the start of the part.
        pub offset: u64,
        /// The text.
        pub delta: String,
    }

    /// `stream.tool_call_delta`: the arguments of a call as they are written, JSON text.
    pub struct ToolCallDelta {
        /// The message.
        pub message_id: MessageId,
        /// Which part of it, from 0.
        pub part: u32,
        /// Where the text goes, in UTF-16 code units from the start of the arguments.
        pub offset: u64,
        /// More of the arguments.
        pub delta: String,
        /// The call, on the first delta of a part.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub tool_call_id: Option<String>,
        /// The tool, on the first delta of a part.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub name: Option<String>,
    }

    /// `tool.start`.
    pub struct ToolStart {
        /// The call.
        pub tool_call_id: String,
        /// The tool.
        pub name: String,
        /// Its arguments.
        #[cfg_attr(feature = "schema", ts(type = "unknown"))]
        pub input: Value,
    }

    /// `tool.progress`: all output so far, or its end when it is long.
    pub struct ToolProgress {
        /// The call.
        pub tool_call_id: String,
        /// The output so far; replaces the earlier one.
        pub output: String,
    }

    /// `tool.end`.
    pub struct ToolEnd {
        /// The call.
        pub tool_call_id: String,
        /// Its output.
        pub output: String,
        /// Pictures it gave back.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "schema", ts(as = "Option<Vec<Media>>", optional))]
        pub media: Vec<Media>,
        /// Whether it failed.
        pub is_error: bool,
        /// How long it ran, in milliseconds.
        pub duration_ms: u64,
    }

    /// `agent.working`.
    pub struct AgentWorking {
        /// At what.
        pub phase: Phase,
        /// More about it (the tool's name, for example).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub detail: Option<String>,
    }

    /// A payload without content: `agent.idle`, `agent.waiting`.
    #[derive(Default, Eq, Copy)]
    pub struct Empty {}

    /// `agent.error`: something failed that did not end the turn.
    pub struct AgentError {
        /// What.
        pub message: String,
    }

    /// `retry.start`.
    pub struct RetryStart {
        /// Which attempt comes next, from 1.
        pub attempt: u32,
        /// How many there are at most.
        pub max_attempts: u32,
        /// How long it waits, in milliseconds.
        pub delay_ms: u64,
        /// Why.
        pub error: String,
    }

    /// `retry.end`.
    pub struct RetryEnd {
        /// Whether an attempt succeeded.
        pub success: bool,
        /// What failed last.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub error: Option<String>,
    }

    /// `compact.start`.
    pub struct CompactStart {
        /// `manual`, `threshold` or `overflow`.
        pub reason: String,
    }

    /// `compact.end`.
    pub struct CompactEnd {
        /// Whether the context was summarised.
        pub success: bool,
        /// What failed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub error: Option<String>,
    }

    /// `status`: a line that an extension of the harness keeps on the screen.
    pub struct Status {
        /// Which line.
        pub key: String,
        /// Its text; absent takes it away.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub text: Option<String>,
    }

    /// `notify`: a passing notice.
    pub struct Notify {
        /// How much it matters.
        pub level: NoticeLevel,
        /// What it says.
        pub message: String,
    }

    /// `session.heartbeat`, every 10 s while a session works.
    pub struct Heartbeat {
        /// Unix milliseconds of the last sign of life of the harness.
        pub last_activity: u64,
    }

    /// `usage`: tokens of the answer so far.
    pub struct UsageSoFar {
        /// The message.
        pub message_id: MessageId,
        /// Cumulative for this answer.
        pub usage: Usage,
    }
}

tagged! {
    /// An event that is shown but not kept.
    pub enum LiveEvent by "event", "data" {
        /// All that a fold of the entries alone cannot know, as of a number.
        Snapshot(Box<Snapshot>) = "session.snapshot",
        /// A message begins.
        MessageStart(MessageStart) = "stream.message_start",
        /// More text.
        TextDelta(TextDelta) = "stream.text_delta",
        /// More thinking.
        ThinkingDelta(TextDelta) = "stream.thinking_delta",
        /// More of a tool call's arguments.
        ToolCallDelta(ToolCallDelta) = "stream.tool_call_delta",
        /// Tokens so far.
        Usage(UsageSoFar) = "stream.usage",
        /// A tool runs.
        ToolStart(ToolStart) = "tool.start",
        /// Output of a running tool.
        ToolProgress(ToolProgress) = "tool.progress",
        /// A tool is done.
        ToolEnd(ToolEnd) = "tool.end",
        /// The agent works.
        AgentWorking(AgentWorking) = "agent.working",
        /// The agent waits for a prompt.
        AgentIdle(Empty) = "agent.idle",
        /// The agent waits for an answer of the person.
        AgentWaiting(Empty) = "agent.waiting",
        /// Something failed.
        AgentError(AgentError) = "agent.error",
        /// A failed request will be tried again.
        RetryStart(RetryStart) = "retry.start",
        /// The end of trying again.
        RetryEnd(RetryEnd) = "retry.end",
        /// The agent summarises its context.
        CompactStart(CompactStart) = "compact.start",
        /// The end of summarising.
        CompactEnd(CompactEnd) = "compact.end",
        /// A line of an extension.
        Status(Status) = "status",
        /// A passing notice.
        Notify(Notify) = "notify",
        /// A sign of life.
        Heartbeat(Heartbeat) = "session.heartbeat",
    }
}
