//! How entries and live events become a [`Snapshot`]. The runner, the page and the tests follow the same rules, so
//! that two readers who have seen the same numbers hold the same state.
//!
//! The state of a session follows from what is open: a question that waits makes it `waiting`, else a turn or a
//! compaction makes it `working`, else it is `idle`; only the entries about the process itself say otherwise.

use crate::entry::{
    BudgetChanged, BudgetPart, CloseReason, LogEvent, MessageEntry, PromptQueued, SessionCreated, TurnStarted,
};
use crate::ids::{LogId, PromptId, SessionId};
use crate::live::{LiveEvent, TextDelta, ToolCallDelta, ToolEnd, ToolStart};
use crate::message::Part;
use crate::session::{
    BudgetTerms, HiddenRange, Phase, QueuedPrompt, RetryInfo, RunningTool, SessionState, Snapshot, StreamingKind,
    StreamingMessage, StreamingPart, ToolEnded, TurnInfo,
};

impl BudgetTerms {
    /// Takes in what was said: of each part the last word counts.
    pub fn change(&mut self, said: &BudgetChanged) {
        if said.usd.is_some() || said.unlimited.contains(&BudgetPart::Usd) {
            self.usd = said.usd;
        }
        if said.tokens.is_some() || said.unlimited.contains(&BudgetPart::Tokens) {
            self.tokens = said.tokens;
        }
        let before = std::mem::take(&mut self.unlimited);
        let is_unlimited =
            |part: BudgetPart, limited: bool| !limited && (before.contains(&part) || said.unlimited.contains(&part));
        let parts = [(BudgetPart::Usd, self.usd.is_some()), (BudgetPart::Tokens, self.tokens.is_some())];
        self.unlimited =
            parts.into_iter().filter(|(part, set)| is_unlimited(*part, *set)).map(|(part, _)| part).collect();
    }
}

impl Snapshot {
    /// What is known of a session before its first entry.
    #[must_use]
    pub fn empty(session: SessionId, log: LogId) -> Self {
        Self {
            session,
            log,
            seq: 0,
            state: SessionState::Starting,
            phase: None,
            detail: None,
            title: String::new(),
            workspace: String::new(),
            harness: String::new(),
            harness_version: None,
            capabilities: Vec::new(),
            model: None,
            provider: None,
            thinking: None,
            budget: None,
            turn: None,
            last_turn: None,
            streaming: None,
            tools: Vec::new(),
            inputs: Vec::new(),
            queue: Vec::new(),
            hidden: Vec::new(),
            retry: None,
            statuses: std::collections::BTreeMap::new(),
            parent: None,
            created_at: 0,
            updated_at: 0,
        }
    }

    /// Folds the entry with the next number in. `ts` is its time in Unix milliseconds.
    pub fn apply_entry(&mut self, seq: u64, ts: u64, event: &LogEvent) {
        self.seq = seq;
        self.updated_at = ts;
        match event {
            LogEvent::SessionCreated(created) => self.created(ts, created),
            LogEvent::Message(entry) => self.message(entry),
            LogEvent::PromptQueued(queued) => self.queued(queued),
            LogEvent::PromptCancelled(cancelled) => self.unqueue(cancelled.prompt),
            LogEvent::TurnStarted(started) => self.turn_started(ts, started),
            LogEvent::TurnEnded(ended) => {
                self.last_turn = Some(ended.reason);
                self.turn = None;
                self.nothing_runs();
                self.settle();
            }
            LogEvent::InputRequested(requested) => {
                self.inputs.retain(|open| open.id != requested.request.id);
                self.inputs.push(requested.request.clone());
                self.settle();
            }
            LogEvent::InputResolved(resolved) => {
                self.inputs.retain(|open| open.id != resolved.request_id);
                self.settle();
            }
            LogEvent::SessionRenamed(renamed) => self.title.clone_from(&renamed.title),
            LogEvent::SessionRewound(rewound) => {
                self.hidden.push(HiddenRange { after: rewound.to, before: seq });
            }
            LogEvent::SessionResumed(_) => self.process_is_there(),
            LogEvent::ConfigChanged(changed) => {
                replace(&mut self.model, changed.model.as_ref());
                replace(&mut self.provider, changed.provider.as_ref());
                replace(&mut self.thinking, changed.thinking.as_ref());
            }
            LogEvent::BudgetChanged(changed) => self.budget.get_or_insert_default().change(changed),
            LogEvent::HarnessBound(bound) => {
                replace(&mut self.harness_version, bound.version.as_ref());
                self.process_is_there();
            }
            LogEvent::SessionClosed(closed) => {
                self.nothing_runs();
                self.statuses.clear();
                self.state = match closed.reason {
                    CloseReason::Stopped => SessionState::Stopped,
                    CloseReason::Parked => SessionState::Asleep,
                    CloseReason::Exited | CloseReason::Crashed => SessionState::Failed,
                };
            }
            LogEvent::ContextCompacted(_) | LogEvent::SessionForked(_) => {}
        }
    }

    /// Folds an entry of a name that this version does not know: only its number and time count.
    pub const fn apply_unknown(&mut self, seq: u64, ts: u64) {
        self.seq = seq;
        self.updated_at = ts;
    }

    /// Folds a live event in. `ts` is its time in Unix milliseconds.
    pub fn apply_live(&mut self, ts: u64, event: &LiveEvent) {
        match event {
            LiveEvent::Snapshot(snapshot) => self.clone_from(snapshot),
            LiveEvent::MessageStart(start) => {
                self.streaming = Some(StreamingMessage {
                    message_id: start.message_id,
                    role: start.role,
                    turn: start.turn,
                    model: start.model.clone(),
                    provider: start.provider.clone(),
                    parts: Vec::new(),
                    usage: None,
                });
            }
            LiveEvent::TextDelta(delta) => self.text(StreamingKind::Text, delta),
            LiveEvent::ThinkingDelta(delta) => self.text(StreamingKind::Thinking, delta),
            LiveEvent::ToolCallDelta(delta) => self.tool_call(delta),
            LiveEvent::Usage(usage) => {
                if let Some(message) = self.streaming.as_mut().filter(|open| open.message_id == usage.message_id) {
                    message.usage = Some(usage.usage.clone());
                }
            }
            LiveEvent::ToolStart(start) => self.tool_start(ts, start),
            LiveEvent::ToolProgress(progress) => {
                if let Some(tool) = self.tool(&progress.tool_call_id) {
                    tool.output.clone_from(&progress.output);
                }
            }
            LiveEvent::ToolEnd(end) => self.tool_end(end),
            LiveEvent::AgentWorking(working) => {
                self.phase = Some(working.phase);
                self.detail.clone_from(&working.detail);
                self.settle();
            }
            LiveEvent::AgentIdle(_) => {
                self.phase = None;
                self.detail = None;
                self.settle();
            }
            LiveEvent::AgentWaiting(_) => self.settle(),
            LiveEvent::RetryStart(start) => {
                self.phase = Some(Phase::Retrying);
                self.retry = Some(RetryInfo {
                    attempt: start.attempt,
                    max_attempts: start.max_attempts,
                    at: ts.saturating_add(start.delay_ms),
                    error: start.error.clone(),
                });
            }
            LiveEvent::RetryEnd(_) => self.retry = None,
            LiveEvent::CompactStart(_) => {
                self.phase = Some(Phase::Compacting);
                self.settle();
            }
            LiveEvent::CompactEnd(_) => {
                self.phase = None;
                self.settle();
            }
            LiveEvent::Status(status) => match &status.text {
                Some(text) => {
                    self.statuses.insert(status.key.clone(), text.clone());
                }
                None => {
                    self.statuses.remove(&status.key);
                }
            },
            LiveEvent::AgentError(_) | LiveEvent::Notify(_) | LiveEvent::Heartbeat(_) => {}
        }
    }

    /// An entry that is folded in already comes by again because a journal is read a second time: what the live events
    /// before it have opened anew is closed again.
    pub fn close_after(&mut self, event: &LogEvent) {
        match event {
            LogEvent::Message(entry) => self.message(entry),
            LogEvent::TurnEnded(_) | LogEvent::SessionClosed(_) => self.nothing_runs(),
            LogEvent::SessionCreated(_)
            | LogEvent::PromptQueued(_)
            | LogEvent::PromptCancelled(_)
            | LogEvent::TurnStarted(_)
            | LogEvent::InputRequested(_)
            | LogEvent::InputResolved(_)
            | LogEvent::SessionRenamed(_)
            | LogEvent::SessionRewound(_)
            | LogEvent::SessionResumed(_)
            | LogEvent::ConfigChanged(_)
            | LogEvent::BudgetChanged(_)
            | LogEvent::ContextCompacted(_)
            | LogEvent::SessionForked(_)
            | LogEvent::HarnessBound(_) => {}
        }
    }

    /// Whether the entry with this number is part of the visible conversation.
    #[must_use]
    pub fn shows(&self, seq: u64) -> bool {
        !self.hidden.iter().any(|range| range.after < seq && seq < range.before)
    }

    fn created(&mut self, ts: u64, created: &SessionCreated) {
        self.created_at = ts;
        self.title = created.title.clone().unwrap_or_default();
        self.workspace.clone_from(&created.workspace);
        self.harness.clone_from(&created.harness);
        self.thinking.clone_from(&created.thinking);
        self.parent = created.parent;
        if let Some(chosen) = &created.model {
            let (provider, model) = split_model(chosen);
            self.provider = provider.map(str::to_owned);
            self.model = Some(model.to_owned());
        }
    }

    fn message(&mut self, entry: &MessageEntry) {
        let message = &entry.message;
        if self.streaming.as_ref().is_some_and(|open| open.message_id == message.id) {
            self.streaming = None;
        }
        if let Some(prompt) = message.prompt {
            self.unqueue(prompt);
        }
        self.tools.retain(|tool| {
            !message
                .parts
                .iter()
                .any(|part| matches!(part, Part::ToolResult(result) if result.tool_call_id == tool.tool_call_id))
        });
    }

    fn queued(&mut self, queued: &PromptQueued) {
        let item = QueuedPrompt {
            prompt: queued.prompt,
            parts: queued.parts.clone(),
            delivery: queued.delivery,
            held: queued.held,
        };
        match self.queue.iter_mut().find(|waiting| waiting.prompt == queued.prompt) {
            Some(waiting) => *waiting = item,
            None => self.queue.push(item),
        }
    }

    fn unqueue(&mut self, prompt: PromptId) {
        self.queue.retain(|waiting| waiting.prompt != prompt);
    }

    fn turn_started(&mut self, ts: u64, started: &TurnStarted) {
        if let Some(prompt) = started.prompt {
            self.unqueue(prompt);
        }
        self.turn = Some(TurnInfo { turn: started.turn, message: started.message, started_at: ts });
        self.phase = Some(Phase::Generating);
        self.detail = None;
        self.settle();
    }

    fn text(&mut self, kind: StreamingKind, delta: &TextDelta) {
        let Some(message) = self.streaming.as_mut().filter(|open| open.message_id == delta.message_id) else {
            return;
        };
        part(message, delta.part, kind).text.push_str(&delta.delta);
    }

    fn tool_call(&mut self, delta: &ToolCallDelta) {
        let Some(message) = self.streaming.as_mut().filter(|open| open.message_id == delta.message_id) else {
            return;
        };
        let part = part(message, delta.part, StreamingKind::ToolCall);
        part.text.push_str(&delta.delta);
        replace(&mut part.tool_call_id, delta.tool_call_id.as_ref());
        replace(&mut part.name, delta.name.as_ref());
    }

    fn tool(&mut self, tool_call_id: &str) -> Option<&mut RunningTool> {
        self.tools.iter_mut().find(|tool| tool.tool_call_id == tool_call_id)
    }

    fn tool_start(&mut self, ts: u64, start: &ToolStart) {
        self.tools.retain(|tool| tool.tool_call_id != start.tool_call_id);
        self.tools.push(RunningTool {
            tool_call_id: start.tool_call_id.clone(),
            name: start.name.clone(),
            input: start.input.clone(),
            started_at: ts,
            output: String::new(),
            ended: None,
        });
    }

    fn tool_end(&mut self, end: &ToolEnd) {
        if let Some(tool) = self.tool(&end.tool_call_id) {
            tool.output.clone_from(&end.output);
            tool.ended = Some(ToolEnded { is_error: end.is_error, duration_ms: end.duration_ms });
        }
    }

    /// No message is being written, no tool runs, nothing is tried again.
    pub fn nothing_runs(&mut self) {
        self.streaming = None;
        self.tools.clear();
        self.retry = None;
        self.phase = None;
        self.detail = None;
    }

    fn process_is_there(&mut self) {
        self.state = SessionState::Idle;
        self.settle();
    }

    const fn settle(&mut self) {
        let starting = matches!(self.phase, Some(Phase::Initializing)) && self.turn.is_none();
        let gone = matches!(self.state, SessionState::Asleep | SessionState::Stopped | SessionState::Failed);
        self.state = if starting {
            SessionState::Starting
        } else if gone && self.turn.is_none() {
            return;
        } else if !self.inputs.is_empty() {
            SessionState::Waiting
        } else if self.turn.is_some() || matches!(self.phase, Some(Phase::Compacting)) {
            SessionState::Working
        } else {
            SessionState::Idle
        };
    }
}

/// Splits `provider/model` at the first slash; a name without one has no provider.
#[must_use]
pub fn split_model(chosen: &str) -> (Option<&str>, &str) {
    match chosen.split_once('/') {
        Some((provider, model)) => (Some(provider), model),
        None => (None, chosen),
    }
}

fn replace(field: &mut Option<String>, value: Option<&String>) {
    if value.is_some() {
        *field = value.cloned();
    }
}

fn part(message: &mut StreamingMessage, index: u32, kind: StreamingKind) -> &mut StreamingPart {
    let index = usize::try_from(index).unwrap_or(usize::MAX).min(10_000);
    while message.parts.len() <= index {
        message.parts.push(StreamingPart { kind, text: String::new(), tool_call_id: None, name: None });
    }
    let part = &mut message.parts[index];
    part.kind = kind;
    part
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::{TurnEnd, TurnEnded};
    use crate::ids::{MessageId, TurnId};
    use crate::live::{MessageStart, RetryStart};
    use crate::message::Role;

    fn session() -> Snapshot {
        let mut fold = Snapshot::empty(SessionId::mint(), LogId::mint());
        let created: LogEvent = LogEvent::SessionCreated(SessionCreated {
            harness: "pi".into(),
            workspace: "/w".into(),
            title: None,
            model: Some("demo/one".into()),
            thinking: None,
            parent: None,
        });
        fold.apply_entry(1, 10, &created);
        fold
    }

    #[test]
    fn a_turn_goes_from_working_to_idle_and_leaves_nothing_running() {
        let mut fold = session();
        let (turn, message) = (TurnId::mint(), MessageId::mint());
        fold.apply_entry(2, 20, &LogEvent::TurnStarted(TurnStarted { turn, message, prompt: None }));
        assert_eq!(fold.state, SessionState::Working);
        let answer = MessageId::mint();
        let start =
            MessageStart { message_id: answer, role: Role::Assistant, turn: Some(turn), model: None, provider: None };
        fold.apply_live(21, &LiveEvent::MessageStart(start));
        let delta = TextDelta { message_id: answer, part: 0, offset: 0, delta: "Hi".into() };
        fold.apply_live(22, &LiveEvent::TextDelta(delta));
        assert_eq!(fold.streaming.as_ref().map(|open| open.parts[0].text.as_str()), Some("Hi"));
        let ended = TurnEnded {
            turn,
            reason: TurnEnd::Done,
            message: None,
            hint: None,
            code: None,
            usage: None,
            duration_ms: 3,
        };
        fold.apply_entry(3, 23, &LogEvent::TurnEnded(ended));
        assert_eq!((fold.state, fold.streaming, fold.turn), (SessionState::Idle, None, None));
        assert_eq!((fold.provider.as_deref(), fold.model.as_deref()), (Some("demo"), Some("one")));
    }

    #[test]
    fn a_delay_without_an_end_is_no_overflow() {
        let mut fold = session();
        let start = RetryStart { attempt: 1, max_attempts: 3, delay_ms: u64::MAX, error: "busy".into() };
        fold.apply_live(20, &LiveEvent::RetryStart(start));
        assert_eq!(fold.retry.map(|retry| retry.at), Some(u64::MAX));
    }

    #[test]
    fn a_rewind_hides_exactly_what_lies_between() {
        let mut fold = session();
        fold.apply_entry(9, 1, &LogEvent::SessionRewound(crate::entry::SessionRewound { to: 4 }));
        assert_eq!([4, 5, 8, 9].map(|seq| fold.shows(seq)), [true, false, false, true]);
    }
}
