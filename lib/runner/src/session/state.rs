//! What a session is made of.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::time::Instant;

use bytes::Bytes;
use oqto_harness::adapter::Image;
use oqto_history::HistoryError;
use oqto_protocol::command::SessionCreate;
use oqto_protocol::entry::{ForkOrigin, LogEvent};
use oqto_protocol::error::WireError;
use oqto_protocol::ids::{EntryId, InputId, LogId, SessionId, TurnId};
use oqto_protocol::message::Part;
use oqto_protocol::raw::RawJson;
use oqto_protocol::session::Snapshot;
use oqto_wire::queue::Outgoing as Lines;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use super::Replier;
use super::outbox::Outbox;
use super::process::{FromHolder, Process, Purpose};
use crate::context::Shared;

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
    #[serde(with = "super::packed")]
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
    Budgeted(Box<super::budget::Change>),
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
    /// When it was last said to those who wait that the history is away.
    pub(super) durable_told: Option<Instant>,
    /// When the adapter was last woken.
    pub(super) woken: Option<Instant>,
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
    /// A change of the budget is with the gateway.
    pub(super) budgeting: bool,
    /// The process that is being started began with another budget.
    pub(super) budget_owed: bool,
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
            durable_told: None,
            woken: None,
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
            budgeting: false,
            budget_owed: false,
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
}
