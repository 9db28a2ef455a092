//! What the records of a holder mean for the session.

use std::time::Instant;

use oqto_harness::adapter::{Exit, Input, Output, Reply};
use oqto_process::{Kind, Record};
use oqto_protocol::entry::{ConfigChanged, HarnessBound, LogEvent, Origin, SessionResumed};
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::ids::EntryId;
use oqto_protocol::live::{Empty, LiveEvent};
use oqto_protocol::session::SessionState;

use super::actor::AGAIN;
use super::process::{FromHolder, Process, Purpose, StreamEnd};
use super::state::{Birth, Session, Then, Waiter};

/// What `Bound` says, as one value.
pub(super) struct Binding {
    pub(super) native_id: Option<String>,
    pub(super) native_file: Option<String>,
    pub(super) model: Option<String>,
    pub(super) provider: Option<String>,
    pub(super) thinking: Option<String>,
}

impl Session {
    pub(super) fn take(&mut self, from: FromHolder) {
        match from {
            FromHolder::Record(start, record) => self.record(&start, &record),
            FromHolder::Ended(start, end) => self.records_ended(&start, &end),
        }
    }

    /// What the dialect wants to say when nothing comes for long.
    pub(super) fn wake_adapter(&mut self, now: Instant) {
        if self.adapter_due(now).is_none_or(|at| at > now) {
            return;
        }
        let Process::Up(up) = &self.process else { return };
        let outgoing = up.adapter.wake();
        self.woken = Some(now);
        self.send_all(outgoing);
    }

    /// When the dialect wants to be woken. What it says then only comes back as a record, so it is given some time.
    pub(super) fn adapter_due(&self, now: Instant) -> Option<Instant> {
        let Process::Up(up) = &self.process else { return None };
        let at = up.adapter.deadline().filter(|_| !up.replaying())?;
        let at = now + std::time::Duration::from_millis(at.saturating_sub(self.ctx.now()));
        Some(self.woken.map_or(at, |woken| at.max(woken + AGAIN)))
    }

    fn is_current(&self, start: &str) -> bool {
        matches!(&self.process, Process::Up(up) if up.start == start)
    }

    /// One record of the journal.
    pub(super) fn record(&mut self, start: &str, record: &Record) {
        let Process::Up(up) = &mut self.process else { return };
        if up.start != start || record.index < up.next_index {
            return;
        }
        self.last_activity = record.ts;
        let input = match &record.kind {
            Kind::Out(bytes) => Input::Stdout(bytes),
            Kind::Err(bytes) => Input::Stderr(bytes),
            Kind::In { send_id, bytes } => {
                up.sent_ids.insert(send_id.clone());
                Input::Sent { id: send_id, bytes }
            }
            Kind::Exit(exit) => {
                up.exit = exit_of(*exit);
                return self.read_up_to(record.index);
            }
            Kind::End { .. } => Input::Exited(up.exit),
            Kind::Start { .. }
            | Kind::OutClosed
            | Kind::ErrClosed
            | Kind::StdinClosed { .. }
            | Kind::Resize { .. }
            | Kind::Signal { .. }
            | Kind::KillTree => return self.read_up_to(record.index),
        };
        let mut outputs = Vec::new();
        up.adapter.read(record.index, record.ts, input, &mut outputs);
        let start = up.start.clone();
        self.take_in(&start, record.index, record.ts, outputs);
        self.read_up_to(record.index);
        if std::mem::take(&mut self.checkpoint_wanted) {
            self.checkpoint();
        }
    }

    fn take_in(&mut self, start: &str, index: u64, ts: u64, outputs: Vec<Output>) {
        self.reading = true;
        for (place, output) in outputs.into_iter().enumerate() {
            self.output(start, index, place, ts, output);
        }
        self.reading = false;
    }

    fn read_up_to(&mut self, index: u64) {
        let Process::Up(up) = &mut self.process else { return };
        let was_replaying = up.replaying();
        up.next_index = index + 1;
        if was_replaying && !up.replaying() {
            self.caught_up();
        }
    }

    fn records_ended(&mut self, start: &str, end: &StreamEnd) {
        if !self.is_current(start) {
            return;
        }
        match end {
            StreamEnd::Fenced => {
                self.done = true;
                self.ctx.fail(WireError::new(ErrorKind::Fenced, "a newer runner has taken the agents over"));
            }
            StreamEnd::Released | StreamEnd::Lost => self.holder_lost(start),
        }
    }

    /// The holder is gone: what it still journalled is read, and whatever it held is ended.
    pub(super) fn holder_lost(&mut self, start: &str) {
        let Process::Up(up) = &mut self.process else { return };
        up.holder = None;
        let (dir, from) = (up.dir.clone(), up.next_index);
        match oqto_process::journal::read(&dir, from) {
            Ok(reader) => {
                for record in reader {
                    match record {
                        Ok(record) => self.record(start, &record),
                        Err(error) => {
                            tracing::warn!(dir = %dir.display(), %error, "the journal ends here");
                            break;
                        }
                    }
                    if !self.is_current(start) {
                        break;
                    }
                }
            }
            Err(error) => tracing::warn!(dir = %dir.display(), %error, "the journal cannot be read"),
        }
        if self.is_current(start) {
            self.exited_unseen(start);
        }
        let dir = super::holding::holder_dir(&self.ctx, self.id, start);
        self.ctx.tasks.spawn_blocking(move || super::holding::sweep(&dir));
    }

    /// Nobody saw how the child ended: everything that was open is closed all the same.
    pub(super) fn exited_unseen(&mut self, start: &str) {
        let Process::Up(up) = &mut self.process else { return };
        up.replay_until = 0;
        let index = up.next_index;
        let mut outputs = Vec::new();
        up.adapter.read(index, self.ctx.now(), Input::Exited(up.exit), &mut outputs);
        self.take_in(start, index, self.ctx.now(), outputs);
    }

    /// The gateway takes the key of this start no more: the next prompt begins one with another.
    fn let_go_of_key(&mut self) {
        if self.ctx.gateway.is_some() && self.turn.is_none() && !self.is_catching_up() && !self.is_ending() {
            self.end_process(Purpose::Park);
        }
    }

    /// Whether what happens is still being read from the journal: nobody is answered before that is done.
    pub(super) fn is_catching_up(&self) -> bool {
        matches!(&self.process, Process::Up(up) if up.replaying())
    }

    fn output(&mut self, start: &str, index: u64, place: usize, ts: u64, output: Output) {
        match output {
            Output::Entry(event) => self.native_entry(start, index, place, ts, event),
            Output::Live(event) => {
                // The agent only begins to work once the prompt is part of what it knows.
                if self.turn.is_some() && matches!(event, LiveEvent::AgentWorking(_)) {
                    self.prompt_delivered();
                }
                self.show(ts, event);
            }
            Output::Send(outgoing) => self.send_all(vec![outgoing]),
            Output::Bound { native_id, native_file, model, provider, thinking, .. } => {
                let binding = Binding { native_id, native_file, model, provider, thinking };
                self.bound(start, index, place, ts, binding);
            }
            Output::PromptAccepted { .. } => {}
            Output::SteerDelivered { prompt } => self.steer_delivered(prompt, ts),
            Output::SteerReturned { prompt } => self.steer_returned(prompt, start, index),
            Output::Settled { turn, reason, message, usage } => {
                if self.turn.as_ref().is_some_and(|running| running.id == turn) {
                    let refused = message.as_deref().is_some_and(oqto_harness::pi::is_key_refused);
                    let why = message.as_deref().map(crate::harnesses::failure);
                    self.end_turn(turn, reason, why, usage);
                    if refused {
                        self.let_go_of_key();
                    }
                } else {
                    self.ahead.nothing_runs();
                    self.visible.nothing_runs();
                }
            }
            Output::Reply { key, result } => self.answered(&key, result),
            Output::NeedsRestart => {
                self.restart_wanted = true;
                self.go_on();
            }
            Output::Exited { exit, last_words } => {
                let purpose = match &self.process {
                    Process::Up(up) => up.ending.as_ref().map(|ending| ending.purpose),
                    Process::None | Process::Starting { .. } => None,
                };
                self.process_gone(purpose, exit, &last_words);
            }
        }
    }

    fn native_entry(&mut self, start: &str, index: u64, place: usize, ts: u64, mut event: LogEvent) {
        let id = entry_id(self, start, index, place);
        if let LogEvent::InputResolved(resolved) = &mut event
            && let Some((reply, by, client_id)) = self.answering.remove(&resolved.request_id)
        {
            resolved.by = by;
            let appended = oqto_protocol::command::Appended { seq: self.ahead.seq + 1 };
            let answered = super::answer(&appended);
            let outcome = client_id.zip(answered.clone().ok());
            self.produce_with(id, ts, event, outcome);
            return self.reply_after(reply, answered);
        }
        self.produce_with(id, ts, event, None);
    }

    /// The native session behind this one is known, or is another one now.
    fn bound(&mut self, start: &str, index: u64, place: usize, ts: u64, binding: Binding) {
        let Process::Up(up) = &mut self.process else { return };
        let first = !up.bound;
        up.bound = true;
        let version = Some(up.installation.version.clone());
        let native =
            super::state::Native { id: binding.native_id, file: binding.native_file, version: version.clone() };
        let changed = native != self.native;
        self.native = native;
        let (id, file) = (self.native.id.clone(), self.native.file.clone());
        if changed || self.ahead.state != SessionState::Idle {
            let bound = HarnessBound { harness: self.ahead.harness.clone(), version, native_id: id, native_file: file };
            let entry = EntryId::derived(&[&key(self, start, index, place)[..], b"bound"]);
            self.produce_with(entry, ts, LogEvent::HarnessBound(bound), None);
        }
        let reason = self.fresh_reason.take();
        if first && (reason.is_some() || std::mem::take(&mut self.resuming)) {
            let resumed = LogEvent::SessionResumed(SessionResumed { fresh: reason.is_some(), reason });
            let entry = EntryId::derived(&[&key(self, start, index, place)[..], b"resumed"]);
            self.produce_with(entry, ts, resumed, None);
        }
        self.config_from_harness(start, index, place, ts, binding.model, binding.provider, binding.thinking);
        self.show(ts, LiveEvent::AgentIdle(Empty {}));
        if first {
            self.became_ready();
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the place of a record and what it says")]
    fn config_from_harness(
        &mut self,
        start: &str,
        index: u64,
        place: usize,
        ts: u64,
        model: Option<String>,
        provider: Option<String>,
        thinking: Option<String>,
    ) {
        let new = |now: &Option<String>, seen: Option<String>| seen.filter(|seen| now.as_ref() != Some(seen));
        let changed = ConfigChanged {
            model: new(&self.ahead.model, model),
            provider: new(&self.ahead.provider, provider),
            thinking: new(&self.ahead.thinking, thinking),
            by: Origin::Harness,
        };
        if changed.model.is_some() || changed.provider.is_some() || changed.thinking.is_some() {
            let entry = EntryId::derived(&[&key(self, start, index, place)[..], b"config"]);
            self.produce_with(entry, ts, LogEvent::ConfigChanged(changed), None);
        }
    }

    /// Commands can go to the harness now.
    fn became_ready(&mut self) {
        self.idle_since = Instant::now();
        match self.birth.take() {
            Some(Birth::Fork { user_messages_back: Some(back), .. }) => self.cut_fork(back),
            Some(Birth::Fresh { model_chosen: true }) => self.check_model(),
            Some(Birth::Fork { .. } | Birth::Fresh { .. }) | None => self.serve_waiters(),
        }
    }

    pub(super) fn serve_waiters(&mut self) {
        self.checkpoint();
        for waiter in std::mem::take(&mut self.waiters) {
            match waiter {
                Waiter::Ready { reply, client_id } => {
                    let session = self.info_ahead();
                    let answered = super::answer(&oqto_protocol::command::SessionReply { session });
                    if let (Some(client_id), Ok(outcome)) = (client_id, &answered) {
                        self.remember_outcome(client_id, outcome.clone());
                    }
                    self.reply_after(reply, answered);
                }
                Waiter::Command { command, reply } => self.harness_command(*command, reply),
            }
        }
        self.try_send_prompt();
        self.go_on();
    }

    /// The journal has been read up to now: what the replay wanted to send and the journal does not show goes out.
    pub(super) fn caught_up(&mut self) {
        let Process::Up(up) = &mut self.process else { return };
        let deferred: Vec<_> =
            std::mem::take(&mut up.deferred).into_iter().filter(|one| !up.sent_ids.contains(&one.id)).collect();
        let sent = std::mem::take(&mut up.sent_ids);
        let bound = up.bound;
        self.known.clear();
        if let Some(turn) = self.turn.as_mut()
            && sent.contains(&format!("prompt:{}", turn.id))
        {
            turn.sent = true;
        }
        self.send_all(deferred);
        if bound {
            self.serve_waiters();
        } else if !sent.contains("boot") {
            self.boot();
        }
    }

    fn answered(&mut self, key: &str, result: Result<Reply, WireError>) {
        let Some(asked) = self.asked.remove(key) else { return };
        self.idle_since = Instant::now();
        match asked.then {
            Then::Answer => {
                if let Some(reply) = asked.reply {
                    reply.send(result.and_then(|reply| super::queries::render(&reply)));
                }
            }
            Then::Rewind { to, client_id } => self.rewound(to, client_id, asked.reply, result),
            Then::ForkCut => match result {
                Ok(_) => self.serve_waiters(),
                Err(error) => self.fail_waiters(&error),
            },
            Then::CheckModel => self.model_checked(result),
            Then::SetModel { model, provider, client_id } => {
                self.model_looked_up(model, provider, client_id, asked.reply, result);
            }
            Then::Nothing => {}
        }
    }
}

fn key(session: &Session, start: &str, index: u64, place: usize) -> Vec<u8> {
    let mut key = session.id.to_string().into_bytes();
    key.extend_from_slice(start.as_bytes());
    key.extend_from_slice(&index.to_be_bytes());
    key.extend_from_slice(&(place as u64).to_be_bytes());
    key
}

fn entry_id(session: &Session, start: &str, index: u64, place: usize) -> EntryId {
    EntryId::derived(&[&key(session, start, index, place)[..]])
}

const fn exit_of(exit: oqto_process::Exit) -> Exit {
    match exit {
        oqto_process::Exit::Code(code) => Exit { code: Some(code), signal: None },
        oqto_process::Exit::Signal(signal) => Exit { code: None, signal: Some(signal) },
    }
}
