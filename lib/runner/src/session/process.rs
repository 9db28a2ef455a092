//! The harness's process behind a session: starting, ending, restarting, parking. The holder keeps it alive; the
//! session only remembers why it is being ended.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

use oqto_harness::adapter::{Action, Adapter, Exit, Outgoing};
use oqto_process::Holder;
use oqto_protocol::entry::{CloseReason, LogEvent, SessionClosed, TurnEnd};
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::ids::EntryId;
use oqto_protocol::live::{AgentWorking, LiveEvent};
use oqto_protocol::session::{Phase, SessionState};
use tokio::sync::mpsc;

use super::holding::{self, kill, launch_holder};
use super::outbox::Deed;
use super::state::{Birth, Event, Session, Waiter};
use crate::harnesses::{Installation, Launch};

/// The process of a session.
pub(super) enum Process {
    /// There is none.
    None,
    /// It is being started; when that is done it is ended for this purpose, if there is one.
    Starting { start: String, end: Option<Purpose> },
    /// It is there.
    Up(Box<Up>),
}

/// Why a process is being ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A person stops the session.
    Stop,
    /// It has been idle for long.
    Park,
    /// The session is deleted.
    Delete,
    /// It starts again with another model, or without steers that it cannot give back.
    Restart,
    /// It does not answer an abort.
    AbortRestart,
    /// It does not become ready.
    BootTimeout,
}

/// The end of a process that was asked for.
#[derive(Debug)]
pub(super) struct Ending {
    pub(super) purpose: Purpose,
    pub(super) since: Instant,
    pub(super) insisted: bool,
}

/// A process that is there.
pub(super) struct Up {
    pub(super) start: String,
    pub(super) dir: PathBuf,
    pub(super) holder: Option<Holder>,
    pub(super) sends: mpsc::UnboundedSender<Outgoing>,
    pub(super) adapter: Box<dyn Adapter>,
    pub(super) installation: Installation,
    pub(super) next_index: u64,
    pub(super) since: Instant,
    pub(super) bound: bool,
    pub(super) ending: Option<Ending>,
    /// Records below this number come from the journal, not from now.
    pub(super) replay_until: u64,
    /// What a replay wants to send; sent at its end unless the journal shows that it was.
    pub(super) deferred: Vec<Outgoing>,
    pub(super) sent_ids: HashSet<String>,
    pub(super) exit: Exit,
}

impl std::fmt::Debug for Up {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Up").field("start", &self.start).field("next_index", &self.next_index).finish_non_exhaustive()
    }
}

impl Up {
    /// Whether commands can go to it.
    pub(super) fn ready(&self) -> bool {
        self.bound && self.ending.is_none() && !self.replaying()
    }

    pub(super) const fn replaying(&self) -> bool {
        self.next_index < self.replay_until
    }
}

/// From the task that reads a holder.
#[derive(Debug)]
pub(super) enum FromHolder {
    Record(String, oqto_process::Record),
    Ended(String, StreamEnd),
}

/// Why a holder's records end.
#[derive(Debug)]
pub(super) enum StreamEnd {
    /// It was released.
    Released,
    /// A newer runner has it.
    Fenced,
    /// It is gone; its journal can be read.
    Lost,
}

impl Session {
    /// A process is wanted: it is started if there is none.
    pub(super) fn ensure_process(&mut self) {
        if matches!(self.process, Process::None) {
            self.start_process();
        }
    }

    pub(super) fn start_process(&mut self) {
        let start = uuid::Uuid::now_v7().simple().to_string();
        self.resuming = matches!(self.ahead.state, SessionState::Asleep | SessionState::Stopped | SessionState::Failed);
        let working = AgentWorking { phase: Phase::Initializing, detail: None };
        self.show(self.ctx.now(), LiveEvent::AgentWorking(working));
        self.process = Process::Starting { start: start.clone(), end: None };
        self.last_start = Some(start.clone());
        let fork_file = match &self.birth {
            Some(Birth::Fork { native_file, .. }) => native_file.clone(),
            Some(Birth::Fresh { .. }) | None => None,
        };
        let (session_file, fresh_reason) = self.native_file_to_resume(fork_file.is_some());
        self.fresh_reason = fresh_reason;
        let launch = Launch {
            harness: self.ahead.harness.clone(),
            workspace: self.ahead.workspace.clone(),
            model: qualified(self.ahead.provider.as_deref(), self.ahead.model.as_deref()),
            thinking: self.ahead.thinking.clone(),
            session_file,
            fork_file,
            session: self.id,
            budget: self.ahead.budget.clone(),
        };
        let (ctx, events, records, id) = (self.ctx.clone(), self.events.clone(), self.records.clone(), self.id);
        self.ctx.tasks.spawn(async move {
            let result = launch_holder(&ctx, id, &start, &launch, records).await;
            let _ended = events.send(Event::Started(start, Box::new(result)));
        });
    }

    /// The native file to go on from, or why the agent starts without its memory.
    fn native_file_to_resume(&self, forking: bool) -> (Option<String>, Option<String>) {
        if forking {
            return (None, None);
        }
        match &self.native.file {
            Some(file) if Path::new(file).exists() => (Some(file.clone()), None),
            Some(file) if self.has_answers() => (None, Some(format!("its session file {file} is gone"))),
            None if self.has_answers() => (None, Some("no session file of it is known".to_owned())),
            Some(_) | None => (None, None),
        }
    }

    /// Whether the agent has said anything that it could remember.
    fn has_answers(&self) -> bool {
        self.has_messages && self.ahead.last_turn.is_some()
    }

    /// The process has been started, or not.
    pub(super) fn started(&mut self, start: &str, result: Result<Up, WireError>) {
        let Process::Starting { start: expected, end } = &self.process else { return };
        if expected != start {
            return;
        }
        let end = *end;
        match result {
            Ok(up) => {
                self.process = Process::Up(Box::new(up));
                self.checkpoint();
                self.boot();
                if std::mem::take(&mut self.budget_owed) {
                    self.renew_budget();
                }
                if let Some(purpose) = end {
                    self.end_process(purpose);
                }
            }
            Err(error) => {
                self.process = Process::None;
                self.process_failed(error, end);
            }
        }
    }

    pub(super) fn boot(&mut self) {
        let Process::Up(up) = &self.process else { return };
        match up.adapter.encode(&Action::Boot) {
            Ok(outgoing) => self.send_all(outgoing),
            Err(error) => tracing::error!(session = %self.id, %error, "the harness cannot be asked for its state"),
        }
    }

    /// Whether the process is being ended, or will be as soon as it is there.
    pub(super) fn is_ending(&self) -> bool {
        match &self.process {
            Process::None => false,
            Process::Starting { end, .. } => end.is_some(),
            Process::Up(up) => up.ending.is_some(),
        }
    }

    /// The process could not be started, or ended before it was ready.
    pub(super) fn process_failed(&mut self, error: WireError, end: Option<Purpose>) {
        self.fail_waiters(&error);
        if let Some(turn) = self.turn.as_ref().map(|turn| turn.id) {
            self.end_turn(turn, TurnEnd::Error, Some(error.clone()), None);
        }
        let reason = match end {
            Some(Purpose::Stop) => CloseReason::Stopped,
            Some(Purpose::Park) => CloseReason::Parked,
            Some(Purpose::Delete | Purpose::Restart | Purpose::AbortRestart | Purpose::BootTimeout) | None => {
                CloseReason::Crashed
            }
        };
        self.close(reason, Some(error.message));
        if end == Some(Purpose::Delete) {
            self.delete_now();
        }
        self.answer_stops();
    }

    pub(super) fn close(&mut self, reason: CloseReason, message: Option<String>) {
        let closed = LogEvent::SessionClosed(SessionClosed { reason, message });
        // The end of a start is told once, however often its journal is read; anything else is a new fact.
        let id = match self.gone_start.take() {
            Some(start) => EntryId::derived(&[self.id.to_string().as_bytes(), start.as_bytes(), b"closed"]),
            None => EntryId::mint(),
        };
        self.produce(id, closed);
        self.checkpoint_without_process();
    }

    /// Sends to the child; during a replay only remembers.
    pub(super) fn send_all(&mut self, outgoing: Vec<Outgoing>) {
        let Process::Up(up) = &mut self.process else { return };
        for one in outgoing {
            if up.replaying() {
                up.deferred.push(one);
            } else if up.sends.send(one).is_err() {
                tracing::debug!(session = %self.id, "the holder is gone; its records will say so");
            }
        }
    }

    /// Sends an action when everything before it is durable.
    pub(super) fn act_after(&mut self, action: &Action) {
        let Process::Up(up) = &self.process else { return };
        match up.adapter.encode(action) {
            Ok(outgoing) => self.then(Deed::Send(outgoing)),
            Err(error) => tracing::warn!(session = %self.id, %error, "the harness cannot be asked for this"),
        }
    }

    /// Ends the process for a purpose: SIGTERM to the tree, SIGKILL after the grace.
    pub(super) fn end_process(&mut self, purpose: Purpose) {
        match &mut self.process {
            Process::None => self.process_gone(Some(purpose), Exit::default(), ""),
            Process::Starting { end, .. } => *end = Some(stronger(*end, purpose)),
            Process::Up(up) => {
                let purpose = stronger(up.ending.as_ref().map(|ending| ending.purpose), purpose);
                let first = up.ending.is_none();
                up.ending = Some(Ending { purpose, since: Instant::now(), insisted: false });
                if first {
                    kill(&self.ctx, up.holder.clone());
                }
            }
        }
    }

    /// When the process must have become ready, or ended.
    pub(super) fn process_due(&self) -> Option<Instant> {
        let Process::Up(up) = &self.process else { return None };
        match &up.ending {
            Some(ending) => (!ending.insisted).then(|| ending.since + self.ctx.limits.stop),
            None => (!up.bound && !up.replaying()).then(|| up.since + self.ctx.limits.boot),
        }
    }

    /// Deadlines of the process: becoming ready, ending.
    pub(super) fn enforce_process(&mut self, now: Instant) {
        if self.process_due().is_none_or(|at| at > now) {
            return;
        }
        let Process::Up(up) = &mut self.process else { return };
        match &mut up.ending {
            Some(ending) => {
                ending.insisted = true;
                let dir = up.dir.clone();
                let purpose = ending.purpose;
                self.ctx.tasks.spawn_blocking(move || holding::sweep(&dir));
                // What never became ready is not heard out: it may have written more than can be read in time.
                if purpose == Purpose::BootTimeout {
                    self.process_gone(Some(purpose), Exit::default(), "");
                }
            }
            None => self.end_process(Purpose::BootTimeout),
        }
    }

    /// The process is gone and everything it had open is closed.
    pub(super) fn process_gone(&mut self, purpose: Option<Purpose>, exit: Exit, last_words: &str) {
        let was_bound = matches!(&self.process, Process::Up(up) if up.bound);
        let start = match std::mem::replace(&mut self.process, Process::None) {
            Process::Up(up) => Some((up.start, up.holder)),
            Process::None | Process::Starting { .. } => None,
        };
        self.idle_since = Instant::now();
        self.gone_start = start.as_ref().map(|(start, _)| start.clone());
        self.fail_questions();
        match purpose {
            Some(Purpose::Restart | Purpose::AbortRestart) => self.restart(purpose == Some(Purpose::AbortRestart)),
            Some(Purpose::Park) if self.turn.is_some() => self.start_process(),
            Some(Purpose::Park) => self.close(CloseReason::Parked, None),
            Some(Purpose::Stop | Purpose::Delete) => self.stopped(),
            Some(Purpose::BootTimeout) => {
                let seconds = self.ctx.limits.boot.as_secs();
                let said = format!("{} did not become ready within {seconds} s", self.ahead.harness);
                self.process_failed(harness_failed(said, last_words), None);
            }
            None if was_bound => self.crashed(exit, last_words),
            None => {
                let said = format!("{} {}", self.ahead.harness, ended_how(exit));
                self.process_failed(harness_failed(said, last_words), None);
            }
        }
        if let Some((start, holder)) = start {
            self.then(Deed::Release { start, holder });
        }
        if purpose == Some(Purpose::Delete) {
            self.delete_now();
        }
        self.answer_stops();
    }

    fn restart(&mut self, aborted: bool) {
        self.restart_wanted = false;
        self.checkpoint_without_process();
        if aborted && let Some(turn) = self.turn.as_ref().map(|turn| turn.id) {
            self.end_turn(turn, TurnEnd::Aborted, None, None);
        }
        self.ensure_process();
    }

    fn stopped(&mut self) {
        if let Some(turn) = self.turn.as_ref().map(|turn| turn.id) {
            self.end_turn(turn, TurnEnd::Aborted, None, None);
        }
        self.fail_waiters(&WireError::new(ErrorKind::Cancelled, "the session was stopped"));
        self.close(CloseReason::Stopped, None);
    }

    fn crashed(&mut self, exit: Exit, last_words: &str) {
        let how = format!("{} {}", self.ahead.harness, ended_how(exit));
        let error = harness_failed(how, last_words);
        let in_turn = self.turn.as_ref().map(|turn| turn.id);
        if let Some(turn) = in_turn {
            self.end_turn(turn, TurnEnd::Crashed, Some(error.clone()), None);
        }
        self.fail_waiters(&error);
        let clean = exit.code == Some(0) && in_turn.is_none();
        let reason = if clean { CloseReason::Exited } else { CloseReason::Crashed };
        self.close(reason, Some(error.message));
    }

    pub(super) fn fail_waiters(&mut self, error: &WireError) {
        for waiter in std::mem::take(&mut self.waiters) {
            match waiter {
                Waiter::Ready { reply, .. } | Waiter::Command { reply, .. } => reply.send(Err(error.clone())),
            }
        }
    }

    /// The journal before this record is not needed any more.
    pub(super) fn trim(&self, start: &str, position: u64) {
        let Process::Up(up) = &self.process else { return };
        let Some(holder) = up.holder.clone().filter(|_| up.start == start) else { return };
        self.ctx.tasks.spawn(async move {
            if let Err(error) = holder.trim(position).await {
                tracing::debug!(%error, "the journal cannot be shortened now");
            }
        });
    }

    /// The journal of a start has been read to its end and everything of it is in the log.
    pub(super) fn release(&self, start: String, holder: Option<Holder>) {
        let (ctx, id) = (self.ctx.clone(), self.id);
        self.ctx.tasks.spawn(async move { holding::release(&ctx, id, &start, holder).await });
    }

    /// Whether nothing of this session runs or waits.
    pub(super) fn is_idle(&self) -> bool {
        self.turn.is_none()
            && self.ahead.inputs.is_empty()
            && self.ahead.queue.is_empty()
            && self.waiters.is_empty()
            && self.asked.is_empty()
            && self.outbox.is_empty()
    }

    /// When the session has been idle for long.
    pub(super) fn parking_due(&self) -> Option<Instant> {
        let after = self.ctx.limits.park_after;
        let Process::Up(up) = &self.process else { return None };
        let could = !after.is_zero() && up.holder.is_some() && up.ready() && self.is_idle();
        could.then(|| self.idle_since + after)
    }

    /// A session that is idle for long asks its holder whether anything but the harness lives; if not, it is parked.
    pub(super) fn consider_parking(&mut self, now: Instant) {
        if self.parking_due().is_none_or(|at| at > now) {
            return;
        }
        let Process::Up(up) = &self.process else { return };
        let Some(holder) = up.holder.clone() else { return };
        self.idle_since = now;
        let events = self.events.clone();
        self.ctx.tasks.spawn(async move {
            let alone = holder.status().await.is_ok_and(|status| status.others.is_empty());
            let _ended = events.send(Event::Parkable(alone));
        });
    }

    pub(super) fn park_if(&mut self, alone: bool) {
        if alone && self.is_idle() && matches!(&self.process, Process::Up(up) if up.ready()) {
            self.end_process(Purpose::Park);
        }
    }
}

/// A stop may not be weakened by a restart that was asked for before or after it.
const fn stronger(first: Option<Purpose>, second: Purpose) -> Purpose {
    match (first, second) {
        (Some(Purpose::Delete), _) | (_, Purpose::Delete) => Purpose::Delete,
        (Some(Purpose::Stop), _) | (_, Purpose::Stop) => Purpose::Stop,
        (_, second) => second,
    }
}

pub(super) fn qualified(provider: Option<&str>, model: Option<&str>) -> Option<String> {
    match (provider, model) {
        (Some(provider), Some(model)) => Some(format!("{provider}/{model}")),
        (None, Some(model)) => Some(model.to_owned()),
        (_, None) => None,
    }
}

/// An end of the harness that nobody asked for, with the kind and the hint that its last words tell.
fn harness_failed(what: String, last_words: &str) -> WireError {
    let words = last_words.trim();
    let mut error = crate::harnesses::failure(words);
    error.message = if words.is_empty() { what } else { format!("{what}: {words}") };
    if error.hint.is_none() {
        error.hint = Some("look for what is wrong with: oqtoctl doctor".to_owned());
    }
    error
}

fn ended_how(exit: Exit) -> String {
    match (exit.code, exit.signal) {
        (Some(code), _) => format!("ended with code {code}"),
        (None, Some(signal)) => format!("was ended by signal {signal}"),
        (None, None) => "is gone and nobody saw how".to_owned(),
    }
}
