//! A session, and how a fact becomes visible.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::time::Instant;

use bytes::Bytes;
use oqto_harness::adapter::Image;
use oqto_history::HistoryError;
use oqto_history::model::Checkpoint;
use oqto_protocol::MAX_LINE_BYTES;
use oqto_protocol::command::SessionCreate;
use oqto_protocol::entry::{ForkOrigin, LogEvent};
use oqto_protocol::error::WireError;
use oqto_protocol::frame::{Frame, live_line};
use oqto_protocol::ids::{EntryId, InputId, LogId, SessionId, TurnId};
use oqto_protocol::live::LiveEvent;
use oqto_protocol::message::Part;
use oqto_protocol::raw::RawJson;
use oqto_protocol::session::{SessionInfo, Snapshot};
use oqto_wire::queue::Outgoing as Lines;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use super::outbox::{self, Deed, Draft, Front, Item, Outbox};
use super::process::{FromHolder, Process, Purpose};
use super::{Answer, Joined, Replier};
use crate::context::Shared;
use crate::media;

/// Entries kept in memory for subscribers that are just behind.
const RECENT_ENTRIES: usize = 512;
/// Bytes of them.
const RECENT_BYTES: usize = 4 << 20;
/// Outcomes of commands kept in memory; the history keeps all.
const OUTCOMES: usize = 512;

/// A session that does not exist yet.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// Its id.
    pub id: SessionId,
    /// What was asked for; `workspace` is absolute and exists.
    pub params: SessionCreate,
    /// How it comes into being.
    pub birth: Birth,
}

/// How a session comes into being.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Birth {
    /// With an empty log.
    Fresh {
        /// Whether a model was asked for, which must exist.
        model_chosen: bool,
    },
    /// As a copy of another one's visible entries, which are in the history already.
    Fork {
        /// Where it comes from.
        origin: ForkOrigin,
        /// The native file that it begins from, where there is one.
        native_file: Option<String>,
        /// How many user messages of it are to be taken back.
        user_messages_back: Option<u32>,
    },
}

/// What is known of the harness's own session.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Native {
    pub(crate) id: Option<String>,
    pub(crate) file: Option<String>,
    pub(crate) version: Option<String>,
}

/// A visible message of the person: a place to go back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct UserMessage {
    pub(super) seq: u64,
    /// Whether a `turn.started` stands right before it.
    pub(super) opens_turn: bool,
    /// Whether the harness has it.
    pub(super) delivered: bool,
}

/// What a checkpoint keeps besides the position in the journal.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Saved {
    /// The last start of the harness; the position counts in its journal.
    pub(super) start: Option<String>,
    /// The adapter's state; none when that start is over and everything of it is in the log.
    pub(super) adapter: Option<String>,
    /// Whether that start had said what it is.
    pub(super) bound: bool,
    /// The fold, as of its number.
    pub(super) snapshot: Snapshot,
    /// The harness's own session.
    pub(super) native: Native,
    /// The turn whose prompt the harness has been sent.
    pub(super) sent: Option<TurnId>,
    /// Whether the process is to be started again as soon as it is idle.
    pub(super) restart_wanted: bool,
    /// Whether any message is in the log.
    pub(super) has_messages: bool,
    /// The person's visible messages.
    pub(super) user_messages: Vec<UserMessage>,
}

/// The turn that runs, beyond what its fold says.
#[derive(Debug)]
pub(super) struct Turn {
    pub(super) id: TurnId,
    pub(super) started_at: u64,
    pub(super) parts: Vec<Part>,
    /// Its entries are durable: the prompt may go out.
    pub(super) durable: bool,
    /// The pictures of the prompt, once they are loaded.
    pub(super) images: Option<Vec<Image>>,
    /// The prompt is on its way to the holder or was seen in its journal.
    pub(super) sent: bool,
    pub(super) abort: Option<Instant>,
}

/// A question to the harness about itself that waits for its answer.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) reply: Option<Replier>,
    pub(super) then: Then,
    pub(super) deadline: Instant,
}

/// What follows from a harness's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Then {
    /// It is the answer.
    Answer,
    /// The native session has gone back; so does ours.
    Rewind { to: u64, client_id: Option<String> },
    /// A fork has been cut to its place.
    ForkCut,
    /// The model that a new session asked for was looked up.
    CheckModel,
    /// The model was looked up; it is set if it is there.
    SetModel { model: String, provider: String, client_id: Option<String> },
    /// Nothing.
    Nothing,
}

/// Who waits for the process.
#[derive(Debug)]
pub(super) enum Waiter {
    /// `session.create` and `session.resume`: answered with the session.
    Ready { reply: Replier, client_id: Option<String> },
    /// A command that the harness must answer.
    Command { command: Box<oqto_protocol::command::Command>, reply: Replier },
}

/// What comes back to the actor from its own tasks.
#[derive(Debug)]
pub(super) enum Event {
    Started(String, Box<Result<super::process::Up, WireError>>),
    Appended(Result<Acknowledged, HistoryError>),
    Images(TurnId, Result<Vec<Image>, WireError>),
    Parkable(bool),
    SteerImages(oqto_protocol::ids::PromptId, String, Vec<Image>),
    Deleted(Result<(), WireError>),
    Stopping(Purpose, Vec<String>),
}

/// What an append gave back.
#[derive(Debug)]
pub(super) struct Acknowledged {
    /// Payloads that were changed on their way (pictures that became blobs).
    pub(super) rewritten: HashMap<EntryId, (LogEvent, RawJson)>,
    /// The numbers.
    pub(super) seqs: Vec<u64>,
}

/// A session.
pub(super) struct Session {
    pub(super) ctx: Shared,
    pub(super) id: SessionId,
    pub(super) log: LogId,
    /// What subscribers have seen.
    pub(super) visible: Snapshot,
    /// The same with everything that is still in the outbox.
    pub(super) ahead: Snapshot,
    pub(super) has_messages: bool,
    pub(super) outbox: Outbox,
    pub(super) appending: bool,
    pub(super) retry_append: Option<Instant>,
    pub(super) history_error: Option<WireError>,
    pub(super) history_away_since: Option<Instant>,
    pub(super) subscribers: Vec<Lines>,
    pub(super) recent: VecDeque<(u64, Bytes)>,
    pub(super) recent_bytes: usize,
    pub(super) known: HashSet<EntryId>,
    pub(super) outcomes: HashMap<String, RawJson>,
    pub(super) outcome_order: VecDeque<String>,
    pub(super) process: Process,
    pub(super) last_start: Option<String>,
    pub(super) native: Native,
    pub(super) turn: Option<Turn>,
    pub(super) restart_wanted: bool,
    /// The outputs of a record are being taken in.
    pub(super) reading: bool,
    pub(super) checkpoint_wanted: bool,
    /// The start whose process has just gone.
    pub(super) gone_start: Option<String>,
    pub(super) fresh_reason: Option<String>,
    pub(super) resuming: bool,
    pub(super) waiters: Vec<Waiter>,
    pub(super) asked: BTreeMap<String, Asked>,
    pub(super) next_key: u64,
    pub(super) answering: HashMap<InputId, (Replier, Option<String>, Option<String>)>,
    pub(super) stop_replies: Vec<(Replier, Option<String>)>,
    pub(super) stopping_turn: bool,
    pub(super) stopping_processes: Vec<String>,
    pub(super) deleting: bool,
    pub(super) birth: Option<Birth>,
    pub(super) user_messages: Vec<UserMessage>,
    pub(super) idle_since: Instant,
    pub(super) last_heartbeat: Instant,
    pub(super) last_activity: u64,
    pub(super) events: mpsc::UnboundedSender<Event>,
    pub(super) records: mpsc::Sender<FromHolder>,
    pub(super) done: bool,
}

impl Session {
    pub(super) fn new(
        ctx: Shared,
        id: SessionId,
        log: LogId,
        snapshot: Snapshot,
        (events, records): (mpsc::UnboundedSender<Event>, mpsc::Sender<FromHolder>),
    ) -> Self {
        let now = Instant::now();
        Self {
            id,
            log,
            ahead: snapshot.clone(),
            visible: snapshot,
            has_messages: false,
            outbox: Outbox::default(),
            appending: false,
            retry_append: None,
            history_error: None,
            history_away_since: None,
            subscribers: Vec::new(),
            recent: VecDeque::new(),
            recent_bytes: 0,
            known: HashSet::new(),
            outcomes: HashMap::new(),
            outcome_order: VecDeque::new(),
            process: Process::None,
            last_start: None,
            native: Native::default(),
            turn: None,
            restart_wanted: false,
            reading: false,
            checkpoint_wanted: false,
            gone_start: None,
            fresh_reason: None,
            resuming: false,
            waiters: Vec::new(),
            asked: BTreeMap::new(),
            next_key: 0,
            answering: HashMap::new(),
            stop_replies: Vec::new(),
            stopping_turn: false,
            stopping_processes: Vec::new(),
            deleting: false,
            birth: None,
            user_messages: Vec::new(),
            idle_since: now,
            last_heartbeat: now,
            last_activity: ctx.now(),
            events,
            records,
            done: false,
            ctx,
        }
    }

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

    fn perform(&mut self, deed: Deed) {
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

    fn publish_entry(&mut self, draft: &Draft, event: &LogEvent, data: &RawJson) {
        self.visible.apply_entry(draft.seq, draft.ts, event);
        let frame = Frame {
            channel: Some(oqto_protocol::frame::Channel::Agent),
            session: Some(self.id),
            seq: Some(draft.seq),
            ts: Some(draft.ts),
            event: Some(event.name().to_owned()),
            data: Some(data.clone()),
            ..Frame::default()
        };
        let Ok(line) = frame.to_line() else { return };
        let line = Bytes::from(line);
        self.recent_bytes += line.len();
        self.recent.push_back((draft.seq, line.clone()));
        while self.recent.len() > RECENT_ENTRIES || self.recent_bytes > RECENT_BYTES {
            let Some((_, old)) = self.recent.pop_front() else { break };
            self.recent_bytes -= old.len();
        }
        self.broadcast(&line);
    }

    fn publish_live(&mut self, ts: u64, event: &LiveEvent) {
        self.visible.apply_live(ts, event);
        if self.subscribers.is_empty() {
            return;
        }
        match live_line(self.id, ts, event) {
            Ok(line) if line.len() <= MAX_LINE_BYTES => self.broadcast(&Bytes::from(line)),
            // What no line holds cannot be told: everybody comes back for a snapshot.
            Ok(_) | Err(_) => self.subscribers.clear(),
        }
    }

    /// The line of a snapshot. Text that is too much for a line is left out: it comes with its entry.
    fn snapshot_line(&self) -> Option<Bytes> {
        let line = |snapshot| live_line(self.id, self.ctx.now(), &LiveEvent::Snapshot(Box::new(snapshot))).ok();
        let fits = |line: &Vec<u8>| line.len() <= MAX_LINE_BYTES;
        let whole = line(self.visible.clone()).filter(fits);
        let line = whole.or_else(|| line(Snapshot { streaming: None, tools: Vec::new(), ..self.visible.clone() }))?;
        Some(Bytes::from(line))
    }

    /// To everybody who keeps up. Who does not is let go: its task comes back with the number it has.
    fn broadcast(&mut self, line: &Bytes) {
        self.subscribers.retain(|lines| lines.try_send(line.clone()).is_ok());
    }

    /// A subscriber wants to be one of those who are told.
    pub(super) fn join(&mut self, after: u64, lines: Lines) -> Joined {
        if after == self.visible.seq {
            return match self.snapshot_line() {
                Some(line) => {
                    self.subscribers.push(lines);
                    Joined::Live(line)
                }
                None => Joined::Behind(self.visible.seq),
            };
        }
        let from_memory = self.recent.front().is_some_and(|(first, _)| *first <= after + 1);
        if from_memory && after < self.visible.seq {
            return Joined::Entries(self.recent.iter().filter(|(seq, _)| *seq > after).cloned().collect());
        }
        Joined::Behind(self.visible.seq)
    }

    /// The row of the list.
    pub(super) fn info(&self) -> SessionInfo {
        self.info_of(&self.visible)
    }

    fn info_of(&self, fold: &Snapshot) -> SessionInfo {
        SessionInfo {
            id: self.id,
            runner: self.ctx.name.clone(),
            title: fold.title.clone(),
            workspace: fold.workspace.clone(),
            harness: fold.harness.clone(),
            state: fold.state,
            model: fold.model.clone(),
            provider: fold.provider.clone(),
            head: fold.seq,
            created_at: fold.created_at,
            updated_at: fold.updated_at,
            last_turn: fold.last_turn,
            open_inputs: u32::try_from(fold.inputs.len()).unwrap_or(u32::MAX),
            parent: fold.parent,
        }
    }

    /// The row as it will be once everything on its way is durable.
    pub(super) fn info_ahead(&self) -> SessionInfo {
        self.info_of(&self.ahead)
    }

    pub(super) fn publish_info(&self) {
        if !self.done {
            self.ctx.registry.update(self.info());
        }
    }

    /// Whether the process is being ended for this reason.
    pub(super) fn ending_for(&self, wanted: Purpose) -> bool {
        matches!(&self.process, Process::Up(up) if up.ending.as_ref().is_some_and(|ending| ending.purpose == wanted))
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
