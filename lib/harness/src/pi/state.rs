//! Everything that is known of one child after the records read so far, and which part reads which record.

use oqto_protocol::entry::{LogEvent, MessageEntry};
use oqto_protocol::message::{Message, Role, StopReason};
use oqto_protocol::session::Phase;
use serde::{Deserialize, Serialize};

use crate::adapter::{Exit, Output};

use super::Generation;
use super::answers::{Rewind, Waiting};
use super::content;
use super::dialogs::Dialog;
use super::last_words::LastWords;
use super::scribe::Scribe;
use super::steers::Steers;
use super::stream::Stream;
use super::tools::Tool;
use super::turn::{Probe, Run, Turn};
use super::wire::{Head, NativeMessage, SessionInfoChanged, ThinkingLevel, WithMessage};

/// The state of one child.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct State {
    pub generation: Generation,
    /// Time of the first record.
    pub epoch: Option<u64>,
    /// Index of the last record.
    pub index: u64,
    pub known: Known,
    pub turn: Option<Turn>,
    pub run: Run,
    pub probe: Probe,
    /// After which record Pi was asked last whether it is idle.
    pub probed_after: Option<u64>,
    pub stream: Option<Stream>,
    /// A failed answer of which it is not known yet whether it is tried again.
    pub failure: Option<Message>,
    pub tools: Vec<Tool>,
    /// What was told last of what the agent is at.
    pub phase: Option<(Phase, Option<String>)>,
    pub steers: Steers,
    pub dialogs: Vec<Dialog>,
    /// Commands without an answer, in the order they were sent.
    pub waiting: Vec<Waiting>,
    pub rewinds: Vec<Rewind>,
    /// The thinking levels that were told last, until they are asked for.
    pub levels: Option<Vec<String>>,
    /// Slash commands that extensions handle themselves: a prompt with one of them has no user message.
    pub extension_commands: Vec<String>,
    pub garbage: Garbage,
    pub last_words: LastWords,
    pub exited: bool,
}

/// What Pi said last about the conversation, to tell what changes.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Known {
    /// Pi's id of the conversation.
    pub native_id: Option<String>,
    pub model: Option<String>,
    pub provider: Option<String>,
    pub thinking: Option<String>,
    pub title: Option<String>,
}

/// What on the standard output was not the protocol.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Garbage {
    pub lines: u64,
    /// Whether the line before was unreadable too.
    pub in_burst: bool,
}

impl State {
    pub(super) fn new(generation: Generation) -> Self {
        Self {
            generation,
            epoch: None,
            index: 0,
            known: Known::default(),
            turn: None,
            run: Run::default(),
            probe: Probe::default(),
            probed_after: None,
            stream: None,
            failure: None,
            tools: Vec::new(),
            phase: None,
            steers: Steers::default(),
            dialogs: Vec::new(),
            waiting: Vec::new(),
            rewinds: Vec::new(),
            levels: None,
            extension_commands: Vec::new(),
            garbage: Garbage::default(),
            last_words: LastWords::default(),
            exited: false,
        }
    }

    /// Reads one record. Kinds that are not known are no concern of ours.
    pub(super) fn record(
        &mut self,
        scribe: &mut Scribe<'_>,
        head: &Head<'_>,
        text: &str,
    ) -> Result<(), serde_json::Error> {
        match head.kind.as_ref() {
            "message_update" => {
                if let Some(update) = head.update {
                    self.answer_grows(scribe, update, head.usage)?;
                }
            }
            "message_start" => self.message_starts(scribe, &message_of(text)?),
            "message_end" => self.message_ends(scribe, &message_of(text)?)?,
            "response" => self.answered(scribe, &serde_json::from_str(text)?),
            "tool_execution_start" => self.tool_starts(scribe, serde_json::from_str(text)?),
            "tool_execution_update" => self.tool_goes_on(scribe, &serde_json::from_str(text)?)?,
            "tool_execution_end" => self.tool_ends(scribe, &serde_json::from_str(text)?)?,
            "agent_start" => self.run_starts(scribe),
            "agent_end" => self.run_ends(scribe, &serde_json::from_str(text)?),
            "agent_settled" => self.settled_by_pi(scribe),
            "turn_start" => self.works(scribe, Phase::Generating, None),
            "extension_ui_request" => self.extension_shows(scribe, serde_json::from_str(text)?),
            kind => self.notice(scribe, kind, text)?,
        }
        Ok(())
    }

    fn notice(&mut self, scribe: &mut Scribe<'_>, kind: &str, text: &str) -> Result<(), serde_json::Error> {
        match kind {
            "queue_update" => {
                let queue: super::wire::QueueUpdate = serde_json::from_str(text)?;
                self.steers.queue_is(queue.steering.len());
            }
            "auto_retry_start" => self.retry_starts(scribe, serde_json::from_str(text)?),
            "auto_retry_end" => self.retry_ends(scribe, serde_json::from_str(text)?),
            "summarization_retry_scheduled" => {
                self.retry_waits(scribe, serde_json::from_str(text)?);
            }
            "compaction_start" => self.compaction_starts(scribe, serde_json::from_str(text)?),
            "compaction_end" => self.compaction_ends(scribe, serde_json::from_str(text)?),
            "thinking_level_changed" => {
                let changed: ThinkingLevel = serde_json::from_str(text)?;
                self.thinking_is(scribe, changed.level);
            }
            "session_info_changed" => {
                let changed: SessionInfoChanged = serde_json::from_str(text)?;
                self.session_named(scribe, changed.name);
            }
            "extension_error" => self.extension_failed(scribe, &serde_json::from_str(text)?),
            _ => {}
        }
        Ok(())
    }

    fn message_starts(&mut self, scribe: &mut Scribe<'_>, message: &NativeMessage<'_>) {
        if message.role == "assistant" {
            self.answer_starts(scribe, message);
        }
    }

    /// A finished message. Pi's own instructions (`system`) and its bookkeeping are not part of the conversation.
    fn message_ends(&mut self, scribe: &mut Scribe<'_>, message: &NativeMessage<'_>) -> Result<(), serde_json::Error> {
        match message.role.as_str() {
            "assistant" => self.answer_ends(scribe, message),
            "toolResult" => self.tool_result(scribe, message),
            "user" => self.user_message(scribe, message),
            "custom" if message.display => self.said_by_pi(scribe, message, Role::System),
            _ => Ok(()),
        }
    }

    /// A user message is the echo of our prompt, a steer that got through, or what an extension says in the person's
    /// place; told apart by their order.
    fn user_message(&mut self, scribe: &mut Scribe<'_>, message: &NativeMessage<'_>) -> Result<(), serde_json::Error> {
        if let Some(turn) = self.turn.as_mut().filter(|turn| turn.accepted && !turn.echoed) {
            turn.echoed = true;
            return Ok(());
        }
        if self.is_steer(scribe) {
            return Ok(());
        }
        self.said_by_pi(scribe, message, Role::User)
    }

    fn said_by_pi(
        &self,
        scribe: &mut Scribe<'_>,
        native: &NativeMessage<'_>,
        role: Role,
    ) -> Result<(), serde_json::Error> {
        let parts = content::parts(native.content)?;
        let message = Message::new(scribe.message_id(), role, parts, native.timestamp.unwrap_or(scribe.ts));
        let turn = self.turn_id();
        scribe.entry(LogEvent::Message(MessageEntry { message, turn }));
        Ok(())
    }

    /// The child is gone: closes everything that was open.
    pub(super) fn exit(&mut self, scribe: &mut Scribe<'_>, exit: Exit) {
        self.keep_failure(scribe);
        let stop_reason = if self.is_aborting() { StopReason::Aborted } else { StopReason::Crashed };
        self.close_answer(scribe, stop_reason);
        self.close_tools(scribe, "[the agent ended before the tool did]");
        self.drop_dialogs(scribe);
        self.give_steers_back(scribe);
        self.refuse_waiting(scribe);
        self.turn = None;
        self.run = Run::default();
        self.probe = Probe::default();
        self.exited = true;
        scribe.put(Output::Exited { exit, last_words: self.last_words.text() });
    }
}

fn message_of(text: &str) -> Result<NativeMessage<'_>, serde_json::Error> {
    serde_json::from_str::<WithMessage<'_>>(text).map(|with| with.message)
}
