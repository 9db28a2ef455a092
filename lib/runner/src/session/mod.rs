//! One actor a session. It owns everything about it: the log's end, the process, the turn, the queue, the subscribers.
//!
//! | module | holds |
//! |---|---|
//! | [`outbox`] | durable before visible: entries on their way to the history, and what waits behind them |
//! | `state` | what a session is made of |
//! | `packed` | the person's messages in a checkpoint |
//! | `facts` | how a fact gets into the log |
//! | `audience` | who is told |
//! | `turns` | the turn machine: prompts, steers, the queue, aborts, the one end of a turn |
//! | `native` | what the harness's records mean for the session |
//! | `process` | starting, ending, restarting and parking the harness |
//! | `holding` | the holder behind it |
//! | `recover` | going on from the log, the checkpoint and the journal |
//! | `commands` | what can be asked of a session |
//! | `budget` | what it may use of the gateway |
//! | `queries` | questions that the harness answers |
//! | `actor` | the loop |

mod actor;
mod audience;
mod budget;
mod commands;
mod facts;
mod holding;
mod native;
pub mod outbox;
mod packed;
mod process;
mod queries;
mod recover;
mod state;
mod turns;

use bytes::Bytes;
use oqto_protocol::command::Command;
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::ids::{LogId, SessionId};
use oqto_protocol::raw::RawJson;
use oqto_protocol::system::PeerInfo;
use oqto_wire::queue::Outgoing as Lines;
use tokio::sync::{mpsc, oneshot};

pub use actor::{open, spawn_new};
pub(crate) use budget::no_gateway;
pub(crate) use state::Native;
pub use state::{Birth, NewSession};

/// What a command answers.
pub type Answer = Result<RawJson, WireError>;

/// Where the answer goes. Nobody waiting any more is no error.
#[derive(Debug)]
pub struct Replier {
    to: oneshot::Sender<Answer>,
    repeatable: bool,
}

impl Replier {
    /// Where the answer of a command goes. One with a key can be asked again, and happens once all the same.
    #[must_use]
    pub fn new(to: oneshot::Sender<Answer>, client_id: Option<&str>) -> Self {
        Self { to, repeatable: client_id.is_some() }
    }

    /// Whether asking again is safe.
    #[must_use]
    pub const fn is_repeatable(&self) -> bool {
        self.repeatable
    }

    /// Answers.
    pub fn send(self, answer: Answer) {
        // The asker may have gone; what was done stays done.
        let _nobody = self.to.send(answer);
    }
}

/// What an actor is asked.
#[derive(Debug)]
pub enum Request {
    /// A command of a peer.
    Command {
        /// The command.
        command: Box<Command>,
        /// Who asks.
        peer: Option<PeerInfo>,
        /// Where the answer goes.
        reply: Replier,
    },
    /// Where the log stands.
    Head {
        /// Where the answer goes.
        reply: oneshot::Sender<Head>,
    },
    /// What a fork before a user message would take over.
    PlanFork {
        /// The number of the message; everything so far when absent.
        at: Option<u64>,
        /// Where the answer goes.
        reply: oneshot::Sender<Result<ForkPlan, WireError>>,
    },
    /// A session was forked from this one.
    RecordFork {
        /// The new session.
        session: SessionId,
        /// The last entry that it took over.
        at: u64,
    },
    /// A subscriber that has everything up to a number wants what follows.
    Join {
        /// The last number it has.
        after: u64,
        /// Where lines go.
        lines: Lines,
        /// Where the answer goes.
        reply: oneshot::Sender<Joined>,
    },
}

/// What a fork takes over.
#[derive(Debug, Clone)]
pub struct ForkPlan {
    /// Numbers of the visible entries, rising.
    pub entries: Vec<u64>,
    /// The last of them.
    pub keep: u64,
    /// The native file to begin from.
    pub native_file: Option<String>,
    /// How many user messages of it are to be taken back, and nothing for none.
    pub back: Option<u32>,
}

/// Where a log stands.
#[derive(Debug, Clone, Copy)]
pub struct Head {
    /// Its identity.
    pub log: LogId,
    /// The number of its last visible entry.
    pub seq: u64,
}

/// The answer to a subscriber.
#[derive(Debug)]
pub enum Joined {
    /// It is one of them now: the line of its snapshot; live events go to its lines.
    Live(Bytes),
    /// These entries come first, from memory.
    Entries(Vec<(u64, Bytes)>),
    /// Entries up to this number come first, from the history.
    Behind(u64),
}

/// A session's actor.
#[derive(Debug, Clone)]
pub struct SessionHandle {
    /// The session.
    pub id: SessionId,
    inbox: mpsc::Sender<Request>,
}

impl SessionHandle {
    /// Asks, in order with everything asked before.
    ///
    /// # Errors
    /// `unavailable` when the actor has ended in the meantime; asking again starts it anew.
    pub async fn ask(&self, request: Request) -> Result<(), WireError> {
        self.inbox.send(request).await.map_err(|_| gone())
    }

    /// Where the log stands.
    ///
    /// # Errors
    /// As [`ask`](Self::ask).
    pub async fn head(&self) -> Result<Head, WireError> {
        let (reply, answer) = oneshot::channel();
        self.ask(Request::Head { reply }).await?;
        answer.await.map_err(|_| gone())
    }

    /// Runs a command and waits for its answer.
    ///
    /// # Errors
    /// Those of the command, and as [`ask`](Self::ask).
    pub async fn run(&self, command: Command, peer: Option<PeerInfo>) -> Answer {
        let (reply, answer) = oneshot::channel();
        let reply = Replier::new(reply, command.client_id());
        self.ask(Request::Command { command: Box::new(command), peer, reply }).await?;
        answer.await.unwrap_or_else(|_| Err(gone()))
    }
}

/// The session's actor has ended while something was asked of it.
#[must_use]
pub fn gone() -> WireError {
    WireError::new(ErrorKind::Unavailable, "the session is being closed").with_hint("ask again")
}

/// The payload of an answer.
///
/// # Errors
/// Never for the types of the protocol.
pub fn answer<T: serde::Serialize>(value: &T) -> Answer {
    RawJson::of(value).map_err(|error| WireError::new(ErrorKind::Internal, error.to_string()))
}
