//! When a turn is over. The harness's own turns and runs do not say so: a run may be followed by a retry, by a
//! compaction or by queued work, and a prompt may never become a run.
//!
//! - A prompt that is refused ends its turn.
//! - A newer Pi says `agent_settled`. It ends the turn whose run was seen.
//! - Everything else is asked for with `get_state`, a *probe*: after an older Pi's `agent_end`, and after a prompt
//!   that was accepted without a run so far (an extension handled it). Pi is streaming from the moment in which it
//!   accepts a prompt, so an idle answer means that there is no run.

use oqto_protocol::entry::TurnEnd;
use oqto_protocol::ids::TurnId;
use oqto_protocol::live::{AgentWorking, Empty, LiveEvent};
use oqto_protocol::message::{StopReason, Usage};
use oqto_protocol::session::Phase;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::adapter::Output;

use super::Generation;
use super::scribe::{Scribe, line};
use super::state::State;
use super::wire::{AgentEnd, NativeMessage};

/// What an announced continuation may take to begin, in milliseconds, on top of its delay. An older Pi fails in silence
/// to go on after some summaries; if it is idle then, nothing comes any more.
const CONTINUES_WITHIN_MS: u64 = 2_000;

/// How long an older Pi needs after a compaction to go on with queued messages, in milliseconds.
const QUEUE_GOES_ON_WITHIN_MS: u64 = 1_000;

/// The first pause before a probe is repeated, in milliseconds; it doubles up to the last.
const FIRST_PAUSE_MS: u64 = 50;
const LAST_PAUSE_MS: u64 = 2_000;

/// The turn that is open.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Turn {
    pub id: TurnId,
    /// Pi took the prompt.
    pub accepted: bool,
    /// Its user message has been seen.
    pub echoed: bool,
    /// A run began after that.
    pub run_seen: bool,
    /// The person asked for its end.
    pub aborting: bool,
    /// Pi has answered that.
    pub abort_answered: bool,
    /// Nothing runs any more; only answers about steers are outstanding.
    pub settled: bool,
    pub usage: Option<Usage>,
}

impl Turn {
    pub(super) const fn new(id: TurnId) -> Self {
        Self {
            id,
            accepted: false,
            echoed: false,
            run_seen: false,
            aborting: false,
            abort_answered: false,
            settled: false,
            usage: None,
        }
    }
}

/// How the last answer ended.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Outcome {
    #[default]
    Done,
    /// Somebody aborted it: we, or an extension.
    Aborted,
    /// In Pi's words.
    Failed(Option<String>),
}

/// What Pi is at.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Run {
    /// Between `agent_start` and `agent_end`.
    pub active: bool,
    /// Whether this run has ended an answer.
    pub told: bool,
    /// Between `compaction_start` and `compaction_end`.
    pub compacting: bool,
    /// A retry or another continuation is announced; it begins before this time, Unix milliseconds.
    pub continues_by: Option<u64>,
    /// A queue may go on after a compaction up to this time, Unix milliseconds.
    pub queue_goes_on_by: Option<u64>,
    pub outcome: Outcome,
}

/// The question whether Pi is idle.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Probe {
    /// The newest one; older answers do not count.
    pub id: Option<String>,
    /// When to ask again if nothing happens, Unix milliseconds.
    pub again_at: Option<u64>,
    pause_ms: u64,
}

/// What Pi answers to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct IdleState {
    pub streaming: bool,
    pub compacting: bool,
    /// How many messages wait in its queues.
    pub queued: u64,
}

impl State {
    pub(super) fn turn_id(&self) -> Option<TurnId> {
        self.turn.as_ref().map(|turn| turn.id)
    }

    pub(super) fn is_aborting(&self) -> bool {
        self.turn.as_ref().is_some_and(|turn| turn.aborting)
    }

    /// Whether Pi does something, whoever asked for it.
    pub(super) const fn is_busy(&self) -> bool {
        self.turn.is_some() || self.run.active || self.run.compacting
    }

    /// Tells what the agent is at, when that is another thing than before.
    pub(super) fn works(&mut self, scribe: &mut Scribe<'_>, phase: Phase, detail: Option<String>) {
        if self.phase.as_ref().is_some_and(|(known, of)| *known == phase && *of == detail) {
            return;
        }
        self.phase = Some((phase, detail.clone()));
        scribe.live(LiveEvent::AgentWorking(AgentWorking { phase, detail }));
    }

    pub(super) fn spend(&mut self, usage: &Usage) {
        let Some(turn) = self.turn.as_mut() else {
            return;
        };
        let sum = turn.usage.get_or_insert_default();
        sum.input_tokens += usage.input_tokens;
        sum.output_tokens += usage.output_tokens;
        sum.cache_read_tokens += usage.cache_read_tokens;
        sum.cache_write_tokens += usage.cache_write_tokens;
        sum.cost_usd += usage.cost_usd;
    }

    /// The prompt of a turn was written to Pi.
    pub(super) fn turn_opens(&mut self, id: TurnId, text: &str) {
        if self.turn.is_none() {
            self.turn = Some(Turn { echoed: self.is_for_an_extension(text), ..Turn::new(id) });
            self.run.outcome = Outcome::Done;
        }
    }

    /// Pi's own rule. What an extension makes the agent say and do then is not the echo of the prompt.
    fn is_for_an_extension(&self, text: &str) -> bool {
        let name = text.strip_prefix('/').map(|rest| rest.split(' ').next());
        let mut known = self.extension_commands.iter();
        name.flatten().is_some_and(|name| known.any(|command| command == name))
    }

    /// The answer to a prompt.
    pub(super) fn prompt_answered(&mut self, scribe: &mut Scribe<'_>, id: TurnId, refused: Option<String>) {
        if self.turn_id() != Some(id) {
            return;
        }
        match refused {
            None => {
                if let Some(turn) = self.turn.as_mut() {
                    turn.accepted = true;
                }
                scribe.put(Output::PromptAccepted { turn: id });
                self.probe(scribe);
            }
            Some(reason) => {
                self.run.outcome = Outcome::Failed(Some(reason));
                self.end_turn(scribe);
            }
        }
    }

    /// `agent_start`.
    pub(super) fn run_starts(&mut self, scribe: &mut Scribe<'_>) {
        self.let_go_of_failure(scribe);
        self.run.active = true;
        self.run.told = false;
        self.run.continues_by = None;
        self.run.queue_goes_on_by = None;
        self.probe = Probe::default();
        self.works(scribe, Phase::Generating, None);
        let Some(turn) = self.turn.as_mut() else {
            return;
        };
        turn.settled = false;
        turn.run_seen |= turn.accepted;
        if turn.aborting && turn.abort_answered {
            // The abort came between two runs, where Pi has nothing to abort.
            turn.abort_answered = false;
            let id = format!("abort:{}:{}", turn.id, scribe.index);
            scribe.send(line(id.clone(), &json!({"id": id, "type": "abort"})));
        }
    }

    /// `agent_end`. The field that tells about a retry is older than `agent_settled`; a Pi without it has neither.
    pub(super) fn run_ends(&mut self, scribe: &mut Scribe<'_>, event: &AgentEnd<'_>) {
        self.run.active = false;
        if event.will_retry.is_none() {
            self.generation = Generation::Full;
        }
        if !self.run.told {
            self.note_silent_failure(event);
        }
        match self.generation {
            Generation::Full if event.will_retry != Some(true) => self.probe(scribe),
            Generation::Full | Generation::Delta => {}
        }
    }

    /// `agent_settled`.
    pub(super) fn settled_by_pi(&mut self, scribe: &mut Scribe<'_>) {
        self.generation = Generation::Delta;
        self.run.active = false;
        self.run.continues_by = None;
        match &self.turn {
            Some(turn) if turn.accepted && turn.run_seen => self.settle(scribe),
            // It was the end of something that ran before the prompt; the probe of the prompt tells the rest.
            Some(_) => {}
            None => self.settle(scribe),
        }
    }

    /// The answer to an abort: Pi is idle now.
    pub(super) fn abort_answered(&mut self, scribe: &mut Scribe<'_>, id: TurnId) {
        let Some(turn) = self.turn.as_mut().filter(|turn| turn.id == id) else {
            return;
        };
        turn.abort_answered = true;
        self.run.continues_by = None;
        if turn.accepted && !self.run.active {
            self.probe(scribe);
        }
    }

    /// Asks Pi whether it is idle.
    pub(super) fn probe(&mut self, scribe: &mut Scribe<'_>) {
        let id = format!("probe:{}", scribe.index);
        // Whatever a record brings, one question after it is enough.
        if self.probed_after.replace(scribe.index) != Some(scribe.index) {
            scribe.send(line(id.clone(), &json!({"id": id, "type": "get_state"})));
        }
        self.probe.id = Some(id);
    }

    /// The answer to a probe.
    pub(super) fn probe_answered(&mut self, scribe: &mut Scribe<'_>, id: &str, pi: IdleState) {
        if self.probe.id.as_deref() != Some(id) {
            return;
        }
        self.probe.id = None;
        if self.run.active || self.run.compacting {
            return;
        }
        let awaits_settled = self.generation == Generation::Delta
            && self.turn.as_ref().is_some_and(|turn| turn.run_seen && !turn.abort_answered);
        let by = if pi.queued > 0 && !self.is_aborting() {
            self.run.continues_by.max(self.run.queue_goes_on_by)
        } else {
            self.run.continues_by
        };
        let goes_on = by.is_some_and(|by| scribe.ts < by);
        if pi.streaming || pi.compacting || goes_on {
            self.ask_again_later(scribe.ts);
        } else if !awaits_settled && self.turn.as_ref().is_none_or(|turn| turn.accepted) {
            self.run.continues_by = None;
            self.settle(scribe);
        }
    }

    /// Something that Pi announced is to begin within so many milliseconds.
    pub(super) fn continues_within(&mut self, now: u64, delay_ms: u64) {
        let by = now.saturating_add(delay_ms).saturating_add(CONTINUES_WITHIN_MS);
        self.run.continues_by = Some(by);
        self.probe.again_at = Some(by);
    }

    /// A compaction is over. Without a word an older Pi goes on with messages that wait in its queue.
    pub(super) fn after_compaction(&mut self, scribe: &mut Scribe<'_>) {
        self.run.queue_goes_on_by = Some(scribe.ts.saturating_add(QUEUE_GOES_ON_WITHIN_MS));
        if self.generation == Generation::Full && self.turn.is_some() && !self.run.active {
            self.probe(scribe);
        }
    }

    /// Answers about steers have come; a turn may have waited for them.
    pub(super) fn settle_if_it_waited(&mut self, scribe: &mut Scribe<'_>) {
        if self.turn.as_ref().is_some_and(|turn| turn.settled) {
            self.settle(scribe);
        }
    }

    /// Takes what Pi holds in its queue out of it, or says that this child cannot go on.
    pub(super) fn empty_queue(&mut self, scribe: &mut Scribe<'_>) {
        match self.generation {
            Generation::Delta if !self.steers.is_stuck() => {
                let id = format!("clear:{}", scribe.index);
                scribe.send(line(id.clone(), &json!({"id": id, "type": "clear_queue"})));
            }
            Generation::Full | Generation::Delta => scribe.put(Output::NeedsRestart),
        }
    }

    fn ask_again_later(&mut self, now: u64) {
        let pause = self.probe.pause_ms.clamp(FIRST_PAUSE_MS, LAST_PAUSE_MS);
        self.probe.pause_ms = pause * 2;
        self.probe.again_at = Some(now.saturating_add(pause));
    }

    /// A run that failed outside the model (no credentials, say) tells it only in `agent_end`.
    fn note_silent_failure(&mut self, event: &AgentEnd<'_>) {
        let messages = event.messages.map(|raw| raw.get()).unwrap_or_default();
        let messages: Vec<NativeMessage<'_>> = serde_json::from_str(messages).unwrap_or_default();
        let last = messages.iter().rev().find(|message| message.role == "assistant");
        self.run.outcome = match last.and_then(|last| last.stop_reason.as_deref()) {
            Some("error") => Outcome::Failed(last.and_then(|last| last.error_message.clone())),
            Some("aborted") => Outcome::Aborted,
            Some(_) | None => return,
        };
    }

    /// Pi is idle.
    fn settle(&mut self, scribe: &mut Scribe<'_>) {
        if self.turn.is_some() && self.steers.is_unsettled() {
            if let Some(turn) = self.turn.as_mut() {
                turn.settled = true;
            }
            return;
        }
        self.close_answer(scribe, self.cut_short());
        self.close_tools(scribe, "[the tool did not finish]");
        if self.turn.is_some() {
            self.end_turn(scribe);
        } else {
            self.keep_failure(scribe);
            self.take_steers_back(scribe);
            scribe.live(LiveEvent::AgentIdle(Empty {}));
        }
        self.phase = None;
        self.probe = Probe::default();
    }

    fn cut_short(&self) -> StopReason {
        if self.is_aborting() { StopReason::Aborted } else { StopReason::Error }
    }

    fn end_turn(&mut self, scribe: &mut Scribe<'_>) {
        self.keep_failure(scribe);
        self.take_steers_back(scribe);
        self.tools.clear();
        let Some(turn) = self.turn.take() else {
            return;
        };
        let outcome = std::mem::take(&mut self.run.outcome);
        let (reason, message) = match outcome {
            Outcome::Done | Outcome::Aborted | Outcome::Failed(_) if turn.aborting => (TurnEnd::Aborted, None),
            Outcome::Done => (TurnEnd::Done, None),
            Outcome::Aborted => (TurnEnd::Aborted, None),
            Outcome::Failed(message) => {
                (TurnEnd::Error, Some(message.unwrap_or_else(|| "the model's answer failed".to_owned())))
            }
        };
        scribe.put(Output::Settled { turn: turn.id, reason, message, usage: turn.usage });
    }
}
