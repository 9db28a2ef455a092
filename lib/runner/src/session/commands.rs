//! What can be asked of a session.

use oqto_protocol::command::{
    Appended, Command, InputRespond, QueueEdit, QueueItem, SessionRename, SessionReply, Stopped,
};
use oqto_protocol::entry::{
    ConfigChanged, InputKind, LogEvent, Origin, PromptCancelled, PromptQueued, SessionForked, SessionRenamed,
};
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::ids::{EntryId, SessionId};
use oqto_protocol::message::Part;
use oqto_protocol::system::PeerInfo;

use oqto_harness::adapter::{Action, Answer as PersonsAnswer};

use super::outbox::Deed;
use super::process::{Process, Purpose};
use super::state::{Session, Waiter};
use super::{ForkPlan, Replier, Request, answer};

/// The longest title, in characters.
const MAX_TITLE: usize = 500;

/// Where a user message stands for going back.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// The last entry that stays.
    pub(super) keep: u64,
    /// How many user messages are later than it.
    pub(super) back: u32,
}

impl Session {
    pub(super) fn request(&mut self, request: Request) {
        match request {
            Request::Command { command, peer, reply } => self.command(*command, peer.as_ref(), reply),
            // Nobody waiting any more is no error.
            Request::Head { reply } => {
                let _gone = reply.send(super::Head { log: self.log, seq: self.visible.seq });
            }
            Request::PlanFork { at, reply } => self.then(Deed::PlanFork(at, reply)),
            Request::RecordFork { session, at } => self.record_fork(session, at),
            Request::Join { after, lines, reply } => {
                let joined = self.join(after, lines);
                let _gone = reply.send(joined);
            }
        }
    }

    fn command(&mut self, command: Command, peer: Option<&PeerInfo>, reply: Replier) {
        if let Some(known) = command.client_id().and_then(|key| self.outcomes.get(key)) {
            let known = known.clone();
            return self.reply_after(reply, Ok(known));
        }
        if let Some(missing) = command.capability().filter(|needed| !self.visible.capabilities.contains(needed)) {
            let said = format!("{} cannot do this ({missing})", self.visible.harness);
            return reply.send(Err(WireError::new(ErrorKind::Unsupported, said)));
        }
        if is_durable(&command)
            && let Some(error) = &self.history_error
        {
            return reply.send(Err(error.clone()));
        }
        match command {
            Command::Prompt(prompt) | Command::FollowUp(prompt) => self.prompt(prompt, peer, reply),
            Command::Steer(prompt) => self.steer(prompt, peer, reply),
            Command::Abort(_) => self.abort(reply),
            Command::QueueCancel(item) => self.queue_cancel(item, reply),
            Command::QueueEdit(edit) => self.queue_edit(edit, reply),
            Command::QueueSend(item) => self.send_queued(item.prompt, item.client_id, reply),
            Command::InputRespond(respond) => self.respond(respond, peer, reply),
            Command::SessionRename(rename) => self.rename(rename, reply),
            Command::SessionGet(_) => reply.send(answer(&SessionReply { session: self.info() })),
            Command::GetState(_) => reply.send(answer(&self.visible)),
            Command::SessionStop(keyed) => self.stop(Purpose::Stop, reply, keyed.client_id),
            Command::SessionDelete(keyed) => self.stop(Purpose::Delete, reply, keyed.client_id),
            Command::SessionResume(keyed) => self.resume(reply, keyed.client_id),
            Command::SetBudget(params) => self.set_budget(params, reply),
            Command::SetThinkingLevel(params) => {
                let thinking = Some(params.level);
                let changed = ConfigChanged { model: None, provider: None, thinking, by: Origin::Person };
                self.configure(changed, params.client_id, reply);
            }
            command @ (Command::SetModel(_)
            | Command::Compact(_)
            | Command::Rewind(_)
            | Command::GetModels(_)
            | Command::GetCommands(_)
            | Command::GetStats(_)) => self.harness_command(command, reply),
            other @ (Command::SessionsWatch(_)
            | Command::SessionCreate(_)
            | Command::SessionList(_)
            | Command::Subscribe(_)
            | Command::Unsubscribe(_)
            | Command::Fork(_)
            | Command::GetMessages(_)
            | Command::GetBudget(_)
            | Command::WorkspaceTrust(_)
            | Command::RunnerInfo(_)
            | Command::BlobPut(_)
            | Command::BlobGet(_)
            | Command::Search(_)) => reply
                .send(Err(WireError::new(ErrorKind::Internal, format!("`{}` does not go to a session", other.name())))),
        }
    }

    fn append_and_reply(&mut self, event: LogEvent, client_id: Option<String>, reply: Replier) {
        let answered = answer(&Appended { seq: self.ahead.seq + 1 });
        let outcome = client_id.zip(answered.clone().ok());
        self.produce_with(EntryId::mint(), self.ctx.now(), event, outcome);
        self.reply_after(reply, answered);
    }

    fn rename(&mut self, rename: SessionRename, reply: Replier) {
        let title = rename.title.trim().to_owned();
        if title.chars().count() > MAX_TITLE {
            let said = format!("a title has at most {MAX_TITLE} characters");
            return reply.send(Err(WireError::new(ErrorKind::InvalidParams, said)));
        }
        let renamed = LogEvent::SessionRenamed(SessionRenamed { title: title.clone(), by: Origin::Person });
        self.append_and_reply(renamed, rename.client_id, reply);
        if matches!(&self.process, Process::Up(up) if up.ready()) && !title.is_empty() {
            self.ask(|key| Action::Rename { key, title }, None, super::state::Then::Nothing);
        }
    }

    fn queue_cancel(&mut self, item: QueueItem, reply: Replier) {
        let Some(waiting) = self.ahead.queue.iter().find(|waiting| waiting.prompt == item.prompt) else {
            return reply.send(Err(WireError::not_found("waiting prompt", item.prompt)));
        };
        if waiting.delivery == oqto_protocol::entry::Delivery::Steer && self.turn.is_some() {
            let said = "the steer is with the agent already";
            return reply.send(Err(WireError::new(ErrorKind::Conflict, said)));
        }
        let cancelled = LogEvent::PromptCancelled(PromptCancelled { prompt: item.prompt });
        self.append_and_reply(cancelled, item.client_id, reply);
    }

    fn queue_edit(&mut self, edit: QueueEdit, reply: Replier) {
        let Some(waiting) = self.ahead.queue.iter().find(|waiting| waiting.prompt == edit.prompt).cloned() else {
            return reply.send(Err(WireError::not_found("waiting prompt", edit.prompt)));
        };
        if waiting.delivery == oqto_protocol::entry::Delivery::Steer && self.turn.is_some() {
            let said = "the steer is with the agent already";
            return reply.send(Err(WireError::new(ErrorKind::Conflict, said)));
        }
        let others = waiting.parts.into_iter().filter(|part| !matches!(part, Part::Text { .. }));
        let text = (!edit.text.is_empty()).then_some(Part::Text { text: edit.text });
        let parts: Vec<Part> = text.into_iter().chain(others).collect();
        if parts.is_empty() {
            return reply.send(Err(WireError::new(ErrorKind::InvalidParams, "the prompt is empty")));
        }
        let queued = PromptQueued {
            prompt: edit.prompt,
            parts,
            delivery: edit.delivery.unwrap_or(waiting.delivery),
            held: waiting.held,
            client_id: None,
        };
        self.append_and_reply(LogEvent::PromptQueued(queued), edit.client_id, reply);
    }

    /// The first answer wins.
    fn respond(&mut self, respond: InputRespond, peer: Option<&PeerInfo>, reply: Replier) {
        let Some(open) = self.ahead.inputs.iter().find(|open| open.id == respond.request_id) else {
            let said = format!("question {} is not open (any more)", respond.request_id);
            return reply.send(Err(WireError::new(ErrorKind::Conflict, said)));
        };
        if self.answering.contains_key(&respond.request_id) {
            let said = "somebody has just answered this question";
            return reply.send(Err(WireError::new(ErrorKind::Conflict, said)));
        }
        let given = match persons_answer(&respond, open.kind, &open.options) {
            Ok(given) => given,
            Err(error) => return reply.send(Err(error)),
        };
        let Process::Up(up) = &self.process else { return reply.send(Err(super::gone())) };
        match up.adapter.encode(&Action::Respond { input: respond.request_id, answer: given }) {
            Ok(outgoing) => {
                let by = peer.map(|peer| peer.name.clone());
                self.answering.insert(respond.request_id, (reply, by, respond.client_id));
                self.send_all(outgoing);
            }
            Err(error) => reply.send(Err(error)),
        }
    }

    fn stop(&mut self, purpose: Purpose, reply: Replier, client_id: Option<String>) {
        self.stop_replies.push((reply, client_id));
        self.stopping_turn |= self.turn.is_some();
        match (&self.process, purpose) {
            (Process::None, Purpose::Delete) => self.delete_now(),
            (Process::None, _) => self.answer_stops(),
            (Process::Starting { .. }, _) => self.end_process(purpose),
            (Process::Up(up), _) => {
                let Some(holder) = up.holder.clone() else { return self.end_process(purpose) };
                let events = self.events.clone();
                self.ctx.tasks.spawn(async move {
                    let others = holder.status().await.map(|status| status.others).unwrap_or_default();
                    let names = others.into_iter().map(|other| other.name).collect();
                    let _ended = events.send(super::state::Event::Stopping(purpose, names));
                });
            }
        }
    }

    /// What a stop will end is known now.
    pub(super) fn stop_with(&mut self, purpose: Purpose, processes: Vec<String>) {
        self.stopping_processes = processes;
        if matches!(self.process, Process::None) {
            if purpose == Purpose::Delete {
                self.delete_now();
            }
            return self.answer_stops();
        }
        self.end_process(purpose);
    }

    pub(super) fn answer_stops(&mut self) {
        if self.stop_replies.is_empty() || self.deleting {
            return;
        }
        let stopped = self.stopped_reply();
        self.stopping_turn = false;
        self.stopping_processes.clear();
        for (reply, client_id) in std::mem::take(&mut self.stop_replies) {
            let answered = answer(&stopped);
            if let (Some(client_id), Ok(outcome)) = (client_id, &answered) {
                self.remember_outcome(client_id, outcome.clone());
            }
            self.reply_after(reply, answered);
        }
    }

    fn stopped_reply(&self) -> Stopped {
        Stopped {
            turn_ended: self.stopping_turn,
            queued: u32::try_from(self.ahead.queue.len()).unwrap_or(u32::MAX),
            processes: self.stopping_processes.clone(),
        }
    }

    /// Deletes the session from the history; nothing of it remains.
    pub(super) fn delete_now(&mut self) {
        if std::mem::replace(&mut self.deleting, true) {
            return;
        }
        let (ctx, events, id) = (self.ctx.clone(), self.events.clone(), self.id);
        let key = self.stop_replies.iter().find_map(|(_, client_id)| client_id.clone());
        let outcome = key.and_then(|key| crate::dispatch::outcome(&key, &self.stopped_reply()));
        self.ctx.tasks.spawn(async move {
            let result = ctx.history.delete(id, outcome).await.map_err(|error| error.to_wire());
            let _ended = events.send(super::state::Event::Deleted(result));
        });
    }

    pub(super) fn deleted(&mut self, result: Result<(), WireError>) {
        self.deleting = false;
        match result {
            Ok(()) => {
                self.done = true;
                // A holder that may go need not wait for a history that keeps nothing of it.
                for deed in self.outbox.withdraw(|deed| matches!(deed, Deed::Release { .. })) {
                    self.perform(deed);
                }
                super::holding::remove(&self.ctx.holders_of(self.id));
                self.ctx.registry.remove(self.id);
                let stopped = self.stopped_reply();
                for (reply, _) in std::mem::take(&mut self.stop_replies) {
                    reply.send(answer(&stopped));
                }
            }
            Err(error) => {
                for (reply, _) in std::mem::take(&mut self.stop_replies) {
                    reply.send(Err(error.clone()));
                }
            }
        }
    }

    fn resume(&mut self, reply: Replier, client_id: Option<String>) {
        if matches!(&self.process, Process::Up(up) if up.ready()) {
            return self.reply_after(reply, answer(&SessionReply { session: self.info_ahead() }));
        }
        self.waiters.push(Waiter::Ready { reply, client_id });
        self.ensure_process();
    }

    /// Another session was forked from this one.
    pub(super) fn record_fork(&mut self, session: SessionId, at: u64) {
        let forked = LogEvent::SessionForked(SessionForked { session, at });
        let id = EntryId::derived(&[session.to_string().as_bytes(), b"forked"]);
        self.produce(id, forked);
    }

    pub(super) fn plan_fork(&self, at: Option<u64>) -> Result<ForkPlan, WireError> {
        if self.turn.is_some() {
            return Err(super::queries::busy("fork"));
        }
        let (keep, back) = match at {
            None => (self.visible.seq, None),
            Some(seq) => {
                let place = self.user_message(seq).ok_or_else(|| {
                    let said = format!("entry {seq} is not a visible message of the person");
                    WireError::new(ErrorKind::InvalidParams, said)
                })?;
                (place.keep, Some(place.back))
            }
        };
        let native_file = self.native.file.clone().filter(|file| std::path::Path::new(file).exists());
        let entries = (1..=keep).filter(|seq| self.visible.shows(*seq)).collect();
        let back = back.filter(|_| native_file.is_some());
        Ok(ForkPlan { entries, keep, native_file, back })
    }

    /// Where a visible user message stands.
    pub(super) fn user_message(&self, seq: u64) -> Option<Place> {
        let known: Vec<_> = self.user_messages.iter().filter(|message| message.delivered).collect();
        let place = known.iter().position(|message| message.seq == seq)?;
        let back = u32::try_from(known.len() - 1 - place).ok()?;
        let message = known[place];
        let keep = if message.opens_turn { seq.saturating_sub(2) } else { seq - 1 };
        Some(Place { keep, back })
    }
}

/// Whether a command is answered only when something is durable.
const fn is_durable(command: &Command) -> bool {
    matches!(
        command,
        Command::Prompt(_)
            | Command::FollowUp(_)
            | Command::Steer(_)
            | Command::QueueCancel(_)
            | Command::QueueEdit(_)
            | Command::QueueSend(_)
            | Command::SessionRename(_)
            | Command::SetModel(_)
            | Command::SetThinkingLevel(_)
            | Command::SetBudget(_)
            | Command::Rewind(_)
            | Command::SessionDelete(_)
    )
}

fn persons_answer(respond: &InputRespond, kind: InputKind, options: &[String]) -> Result<PersonsAnswer, WireError> {
    let wrong = |said: &str| Err(WireError::new(ErrorKind::InvalidParams, said.to_owned()));
    if respond.cancelled {
        return Ok(PersonsAnswer::Cancelled);
    }
    match (kind, &respond.value, respond.confirmed) {
        (InputKind::Confirm | InputKind::Permission, _, Some(confirmed)) => Ok(PersonsAnswer::Confirmed(confirmed)),
        (InputKind::Confirm | InputKind::Permission, _, None) => wrong("this question wants `confirmed`"),
        (InputKind::Select, Some(value), _) if !options.contains(value) => wrong("this is none of the options"),
        (InputKind::Select | InputKind::Input | InputKind::Editor, Some(value), _) => {
            Ok(PersonsAnswer::Value(value.clone()))
        }
        (InputKind::Select | InputKind::Input | InputKind::Editor, None, _) => wrong("this question wants `value`"),
    }
}
