//! How a fact gets into the log: drafted, put into the outbox, appended, acknowledged, and only then shown.

use std::collections::HashMap;
use std::time::Instant;

use oqto_history::HistoryError;
use oqto_history::model::Checkpoint;
use oqto_protocol::entry::LogEvent;
use oqto_protocol::error::WireError;
use oqto_protocol::ids::EntryId;
use oqto_protocol::live::LiveEvent;
use oqto_protocol::raw::RawJson;

use super::outbox::{self, Deed, Draft, Front, Item};
use super::process::Process;
use super::state::{Acknowledged, Event, Native, Saved, Session, UserMessage};
use super::{Answer, Replier};
use crate::context::Shared;
use crate::media;

/// Outcomes of commands kept in memory; the history keeps all.
const OUTCOMES: usize = 512;

impl Session {
    /// Puts a fact on its way into the log; gives its number.
    pub(super) fn produce(&mut self, id: EntryId, event: LogEvent) -> u64 {
        self.produce_with(id, self.ctx.now(), event, None)
    }

    /// The same with its time and the outcome of the command behind it.
    pub(super) fn produce_with(
        &mut self,
        id: EntryId,
        ts: u64,
        event: LogEvent,
        outcome: Option<(String, RawJson)>,
    ) -> u64 {
        if self.known.contains(&id) {
            self.ahead.close_after(&event);
            self.visible.close_after(&event);
            return self.ahead.seq;
        }
        let data = match event.data() {
            Ok(data) => data,
            Err(error) => {
                tracing::error!(session = %self.id, %error, "an event cannot be written");
                return self.ahead.seq;
            }
        };
        let seq = self.ahead.seq + 1;
        self.ahead.apply_entry(seq, ts, &event);
        self.note_message(seq, &event);
        if let Some((client_id, reply)) = &outcome {
            self.remember_outcome(client_id.clone(), reply.clone());
        }
        self.outbox.push(Item::Entry(Box::new(Draft { id, seq, ts, event, data, outcome })));
        seq
    }

    /// Remembers what forks and rewinds count by.
    pub(super) fn note_message(&mut self, seq: u64, event: &LogEvent) {
        match event {
            LogEvent::Message(entry) => {
                self.has_messages = true;
                if entry.message.role == oqto_protocol::message::Role::User {
                    let opens_turn = self.ahead.turn.as_ref().is_some_and(|turn| turn.message == entry.message.id);
                    self.user_messages.push(UserMessage { seq, opens_turn, delivered: !opens_turn });
                } else {
                    self.prompt_delivered();
                }
            }
            LogEvent::SessionRewound(rewound) => self.user_messages.retain(|message| message.seq <= rewound.to),
            LogEvent::SessionCreated(_)
            | LogEvent::PromptQueued(_)
            | LogEvent::PromptCancelled(_)
            | LogEvent::TurnStarted(_)
            | LogEvent::TurnEnded(_)
            | LogEvent::InputRequested(_)
            | LogEvent::InputResolved(_)
            | LogEvent::SessionRenamed(_)
            | LogEvent::SessionResumed(_)
            | LogEvent::ConfigChanged(_)
            | LogEvent::BudgetChanged(_)
            | LogEvent::ContextCompacted(_)
            | LogEvent::SessionForked(_)
            | LogEvent::HarnessBound(_)
            | LogEvent::SessionClosed(_) => {}
        }
    }

    /// Remembers which native session the log names.
    pub(super) fn note_binding(&mut self, event: &LogEvent) {
        if let LogEvent::HarnessBound(bound) = event {
            self.native =
                Native { id: bound.native_id.clone(), file: bound.native_file.clone(), version: bound.version.clone() };
        }
    }

    /// The harness has taken the prompt of the turn.
    pub(super) fn prompt_delivered(&mut self) {
        if let Some(message) = self.user_messages.iter_mut().rev().find(|message| message.opens_turn) {
            message.delivered = true;
        }
    }

    /// Shows something, in its place in the order.
    pub(super) fn show(&mut self, ts: u64, event: LiveEvent) {
        self.ahead.apply_live(ts, &event);
        if self.outbox.is_empty() {
            self.publish_live(ts, &event);
        } else {
            self.outbox.push(Item::Live(ts, event));
        }
    }

    /// Does something when everything before it is durable.
    pub(super) fn then(&mut self, deed: Deed) {
        self.outbox.push(Item::Deed(deed));
    }

    /// Answers when everything before it is durable.
    pub(super) fn reply_after(&mut self, reply: Replier, answer: Answer) {
        self.then(Deed::Reply(reply, answer));
    }

    /// Keeps how far the journal is folded, if the adapter is between two lines.
    ///
    /// In the middle of a record's outputs it waits for the last of them: a position is only good together with
    /// everything that the record means.
    pub(super) fn checkpoint(&mut self) {
        if self.reading {
            self.checkpoint_wanted = true;
            return;
        }
        let Process::Up(up) = &self.process else { return };
        let Some(adapter) = up.adapter.checkpoint() else { return };
        let (start, position) = (up.start.clone(), up.next_index);
        let adapter = String::from_utf8_lossy(&adapter).into_owned();
        self.push_checkpoint(Some(adapter), position);
        self.then(Deed::Trim { start, position });
    }

    /// Keeps that no process is there.
    pub(super) fn checkpoint_without_process(&mut self) {
        self.push_checkpoint(None, 0);
    }

    fn push_checkpoint(&mut self, adapter: Option<String>, position: u64) {
        let saved = Saved {
            start: self.last_start.clone(),
            adapter,
            bound: matches!(&self.process, Process::Up(up) if up.bound),
            snapshot: self.ahead.clone(),
            native: self.native.clone(),
            sent: self.turn.as_ref().filter(|turn| turn.sent).map(|turn| turn.id),
            restart_wanted: self.restart_wanted,
            has_messages: self.has_messages,
            user_messages: self.user_messages.clone(),
        };
        match serde_json::to_vec(&saved) {
            Ok(state) => self.outbox.push(Item::Checkpoint(Checkpoint { position, state: state.into() })),
            Err(error) => tracing::error!(session = %self.id, %error, "the state cannot be kept"),
        }
    }

    pub(super) fn remember_outcome(&mut self, client_id: String, reply: RawJson) {
        if self.outcomes.insert(client_id.clone(), reply).is_none() {
            self.outcome_order.push_back(client_id);
        }
        while self.outcome_order.len() > OUTCOMES {
            if let Some(oldest) = self.outcome_order.pop_front() {
                self.outcomes.remove(&oldest);
            }
        }
    }

    /// Shows and does what is ready, and starts the next append.
    pub(super) fn pump(&mut self) {
        loop {
            match self.outbox.take_ready() {
                Front::Empty => return,
                Front::Ready(item) => self.flush(item, None),
                Front::Blocked(_) => {
                    self.append();
                    return;
                }
            }
        }
    }

    fn append(&mut self) {
        if self.appending || self.deleting || self.retry_append.is_some_and(|at| at > Instant::now()) {
            return;
        }
        self.retry_append = None;
        self.appending = true;
        let drafts = self.outbox.batch();
        let checkpoint = self.outbox.checkpoint();
        let info = self.info_of(&self.ahead);
        let patch = crate::history::patch(&info, &self.native);
        let (ctx, events) = (self.ctx.clone(), self.events.clone());
        let (conversation, log) = (self.id.to_string(), self.log.to_string());
        self.ctx.tasks.spawn(async move {
            let result = write(&ctx, conversation, log, drafts, checkpoint, patch).await;
            // The actor may have ended; then nobody needs the answer.
            let _ended = events.send(Event::Appended(result));
        });
    }

    /// The history has answered.
    pub(super) fn appended(&mut self, result: Result<Acknowledged, HistoryError>) {
        self.appending = false;
        match result {
            Ok(acknowledged) => {
                self.history_error = None;
                self.history_away_since = None;
                let expected = self.visible.seq + 1;
                if !acknowledged.seqs.iter().copied().eq((expected..).take(acknowledged.seqs.len())) {
                    let got = &acknowledged.seqs;
                    tracing::error!(session = %self.id, expected, ?got, "the log is not what it was; it is read again");
                    self.done = true;
                    return;
                }
                for item in self.outbox.acknowledged() {
                    self.flush(item, Some(&acknowledged.rewritten));
                }
                self.publish_info();
            }
            Err(HistoryError::Fenced(message)) => {
                self.outbox.failed();
                self.done = true;
                self.ctx.fail(WireError::new(oqto_protocol::error::ErrorKind::Fenced, message));
            }
            // What is being deleted is not there any more: that is told by the deletion itself.
            Err(HistoryError::NotFound(_)) if self.deleting => self.outbox.failed(),
            Err(error @ (HistoryError::LogReplaced(_) | HistoryError::NotFound(_))) => {
                tracing::warn!(session = %self.id, %error, "the history was replaced");
                self.outbox.failed();
                self.done = true;
            }
            Err(error) => {
                tracing::warn!(session = %self.id, %error, "the history does not take entries now");
                self.outbox.failed();
                self.history_error = Some(error.to_wire());
                self.history_away_since.get_or_insert_with(Instant::now);
                self.retry_append = Some(Instant::now() + std::time::Duration::from_millis(250));
            }
        }
        self.pump();
    }

    fn flush(&mut self, item: Item, rewritten: Option<&HashMap<EntryId, (LogEvent, RawJson)>>) {
        match item {
            Item::Entry(draft) => {
                let changed = rewritten.and_then(|rewritten| rewritten.get(&draft.id));
                let (event, data) = changed.map_or((&draft.event, &draft.data), |(event, data)| (event, data));
                self.publish_entry(&draft, event, data);
            }
            Item::Live(ts, event) => self.publish_live(ts, &event),
            Item::Deed(deed) => self.perform(deed),
            Item::Checkpoint(_) => {}
        }
    }

    pub(super) fn perform(&mut self, deed: Deed) {
        match deed {
            Deed::Send(outgoing) => self.send_all(outgoing),
            Deed::SendPrompt(turn) => self.prompt_is_durable(turn),
            Deed::Reply(reply, answer) => reply.send(answer),
            Deed::PlanFork(at, reply) => {
                let plan = self.plan_fork(at);
                // Nobody waiting any more is no error.
                let _gone = reply.send(plan);
            }
            Deed::Trim { start, position } => self.trim(&start, position),
            Deed::Release { start, holder } => self.release(start, holder),
        }
    }
}

async fn write(
    ctx: &Shared,
    conversation: String,
    log: String,
    mut drafts: Vec<Draft>,
    checkpoint: Option<Checkpoint>,
    patch: oqto_history::model::ConversationPatch,
) -> Result<Acknowledged, HistoryError> {
    let mut rewritten = HashMap::new();
    for draft in &mut drafts {
        if media::externalize(&ctx.history, &mut draft.event).await? {
            draft.data = draft.event.data().map_err(|error| HistoryError::Internal(error.to_string()))?;
            rewritten.insert(draft.id, (draft.event.clone(), draft.data.clone()));
        }
    }
    let mut append = outbox::append(conversation, log, &drafts, checkpoint);
    append.patch = Some(patch);
    let appended = ctx.history.append(append).await?;
    Ok(Acknowledged { rewritten, seqs: appended.entries.iter().map(|entry| entry.seq).collect() })
}
