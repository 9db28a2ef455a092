//! What a session is doing: the row of a list, and the snapshot that a subscriber gets between the past and the live.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::entry::{BudgetPart, Delivery, ForkOrigin, InputRequest, TurnEnd};
use crate::ids::{LogId, MessageId, PromptId, SessionId, TurnId};
use crate::message::{Part, Role, Usage};
use crate::tagged::{wire, words};

words! {
    /// What a session is doing, at a glance.
    pub enum SessionState {
        /// Its process starts.
        Starting = "starting",
        /// It waits for a prompt.
        Idle = "idle",
        /// A turn runs.
        Working = "working",
        /// A turn waits for an answer of the person.
        Waiting = "waiting",
        /// Parked: no process; it wakes with the next prompt.
        Asleep = "asleep",
        /// Stopped by a person; resume starts it again.
        Stopped = "stopped",
        /// Its process ended unexpectedly; resume starts it again.
        Failed = "failed",
    }

    /// What a working agent is at.
    pub enum Phase {
        /// The process starts.
        Initializing = "initializing",
        /// It waits for the model, or the model writes.
        Generating = "generating",
        /// The model thinks.
        Thinking = "thinking",
        /// Tools run.
        ToolRunning = "tool_running",
        /// It summarises its context.
        Compacting = "compacting",
        /// A failed request waits to be tried again.
        Retrying = "retrying",
    }

    /// What a harness can do. A command outside a session's capabilities is refused with `unsupported`.
    pub enum Capability {
        /// Pictures in prompts.
        Images = "images",
        /// Steering a running turn.
        Steer = "steer",
        /// Ending a running turn.
        Abort = "abort",
        /// Summarising the context.
        Compact = "compact",
        /// Forking at a message.
        Fork = "fork",
        /// Going back to a message.
        Rewind = "rewind",
        /// Switching the model.
        Models = "models",
        /// Switching the thinking level.
        Thinking = "thinking",
        /// Listing slash commands.
        Commands = "commands",
        /// Tokens, cost and context.
        Stats = "stats",
        /// Continuing after the process has ended.
        Resume = "resume",
        /// Trusting a workspace's own extensions.
        Trust = "trust",
    }
}

wire! {
    /// One session in a list.
    pub struct SessionInfo {
        /// The session.
        pub id: SessionId,
        /// The runner that owns it.
        pub runner: String,
        /// Its title; empty when it has none yet.
        pub title: String,
        /// Absolute path of the workspace.
        pub workspace: String,
        /// The name of the harness.
        pub harness: String,
        /// What it is doing.
        pub state: SessionState,
        /// The model.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub model: Option<String>,
        /// Its provider.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub provider: Option<String>,
        /// Number of the last entry.
        pub head: u64,
        /// Unix milliseconds.
        pub created_at: u64,
        /// Unix milliseconds of the last entry.
        pub updated_at: u64,
        /// How the last turn ended.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub last_turn: Option<TurnEnd>,
        /// How many questions wait for the person.
        #[serde(default)]
        pub open_inputs: u32,
        /// Where it was forked from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub parent: Option<ForkOrigin>,
    }

    /// A running turn.
    #[derive(Eq)]
    pub struct TurnInfo {
        /// The turn.
        pub turn: TurnId,
        /// The user message that opened it.
        pub message: MessageId,
        /// Unix milliseconds.
        pub started_at: u64,
    }

    /// A message that is still being written. Its parts hold everything shown so far.
    pub struct StreamingMessage {
        /// The message.
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
        /// The parts by their index.
        pub parts: Vec<StreamingPart>,
        /// Tokens so far.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub usage: Option<Usage>,
    }

    /// A part that is still being written.
    #[derive(Eq)]
    pub struct StreamingPart {
        /// `text`, `thinking` or `tool_call`.
        pub kind: StreamingKind,
        /// The text so far; for a tool call its arguments as JSON text.
        pub text: String,
        /// The call, for `tool_call`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub tool_call_id: Option<String>,
        /// The tool, for `tool_call`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub name: Option<String>,
    }

    /// A tool that runs, or has ended while its result is not in the log yet.
    pub struct RunningTool {
        /// The call.
        pub tool_call_id: String,
        /// The tool.
        pub name: String,
        /// Its arguments.
        #[cfg_attr(feature = "schema", ts(type = "unknown"))]
        pub input: Value,
        /// Unix milliseconds.
        pub started_at: u64,
        /// The output so far.
        #[serde(default)]
        pub output: String,
        /// Whether it has ended, and how.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub ended: Option<ToolEnded>,
    }

    /// How a tool ended.
    #[derive(Eq, Copy)]
    pub struct ToolEnded {
        /// Whether it failed.
        pub is_error: bool,
        /// How long it ran, in milliseconds.
        pub duration_ms: u64,
    }

    /// A prompt that waits.
    pub struct QueuedPrompt {
        /// The prompt.
        pub prompt: PromptId,
        /// What the person wrote.
        pub parts: Vec<Part>,
        /// How it gets to the harness.
        pub delivery: Delivery,
        /// Whether it waits for a person to send it.
        pub held: bool,
    }

    /// Entries `after < seq < before` that a rewind has hidden.
    #[derive(Eq, Copy)]
    pub struct HiddenRange {
        /// The last visible entry before the range.
        pub after: u64,
        /// The entry that hid it.
        pub before: u64,
    }

    /// What a person has said of a session's budget. What is not said is as the configuration of its runner says.
    #[derive(Default)]
    pub struct BudgetTerms {
        /// US dollars that it may cost over all its starts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub usd: Option<f64>,
        /// Tokens that it may use, read and written.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub tokens: Option<u64>,
        /// What has no limit.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "schema", ts(as = "Option<Vec<BudgetPart>>", optional))]
        pub unlimited: Vec<BudgetPart>,
    }

    /// A retry that waits.
    #[derive(Eq)]
    pub struct RetryInfo {
        /// Which attempt comes next, from 1.
        pub attempt: u32,
        /// How many there are at most.
        pub max_attempts: u32,
        /// When, Unix milliseconds.
        pub at: u64,
        /// Why.
        pub error: String,
    }

    /// Everything about a session that a tail of its entries cannot tell, as of entry `seq`.
    ///
    /// Runner, page and tests fold the same events into this type with the same rules ([`crate::fold`]), so two
    /// readers that have seen the same numbers hold equal snapshots.
    pub struct Snapshot {
        /// The session.
        pub session: SessionId,
        /// The log it belongs to.
        pub log: LogId,
        /// The number of the last entry that is folded in.
        pub seq: u64,
        /// What the session is doing.
        pub state: SessionState,
        /// What a working agent is at.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub phase: Option<Phase>,
        /// More about the phase.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub detail: Option<String>,
        /// The title; empty when it has none.
        pub title: String,
        /// Absolute path of the workspace.
        pub workspace: String,
        /// The name of the harness.
        pub harness: String,
        /// Its version.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub harness_version: Option<String>,
        /// What can be asked of it.
        pub capabilities: Vec<Capability>,
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
        /// What a person has said of its budget.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub budget: Option<BudgetTerms>,
        /// The turn that runs.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub turn: Option<TurnInfo>,
        /// How the last turn ended.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub last_turn: Option<TurnEnd>,
        /// The message being written.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub streaming: Option<StreamingMessage>,
        /// Tools that run, in the order they began.
        pub tools: Vec<RunningTool>,
        /// Questions that wait for the person.
        pub inputs: Vec<InputRequest>,
        /// Prompts that wait, in order.
        pub queue: Vec<QueuedPrompt>,
        /// What a rewind has hidden, in order.
        pub hidden: Vec<HiddenRange>,
        /// A retry that waits.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub retry: Option<RetryInfo>,
        /// Lines of extensions, by key.
        pub statuses: BTreeMap<String, String>,
        /// Where it was forked from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub parent: Option<ForkOrigin>,
        /// Unix milliseconds.
        pub created_at: u64,
        /// Unix milliseconds of the last entry.
        pub updated_at: u64,
    }
}

words! {
    /// What a part that is still being written will be.
    pub enum StreamingKind {
        /// Text.
        Text = "text",
        /// Thinking.
        Thinking = "thinking",
        /// A call of a tool.
        ToolCall = "tool_call",
    }
}
