//! What can be asked for on the `agent` and `hstry` channels: one table of commands with their parameters and replies.
//!
//! A command that changes something takes a `client_id`. It is kept with the command's outcome: the same command with
//! the same key, sent again after a cut, returns that outcome and does nothing else.
//!
//! | module | parameters and replies of |
//! |---|---|
//! | `sessions` | making, listing, copying and ending sessions: what is asked and answered |
//! | `conversation` | saying something to an agent, answering it, and reading what was said |
//! | `harness` | what a harness is asked about itself, and told to change: models, commands, tokens, its context |
//! | `runner` | a runner about itself: its harnesses, what it trusts |
//! | `history` | the `hstry` channel: bytes that entries refer to, and searching |

mod conversation;
mod harness;
mod history;
mod runner;
mod sessions;

pub use conversation::{
    GetMessages, InputRespond, Messages, NumberedMessage, Prompt, Prompted, QueueEdit, QueueItem, Subscribe, Subscribed,
};
pub use harness::{
    Budget, CommandInfo, Commands, Compact, GetModels, ModelInfo, Models, SetBudget, SetModel, SetThinkingLevel, Stats,
};
pub use history::{BlobChunk, BlobGet, BlobPut, BlobStored, Search, SearchHit, SearchResults};
pub use runner::{GatewayInfo, HarnessInfo, RunnerDetails, Trust, WorkspaceTrust};
pub use sessions::{
    Appended, Fork, Forked, Keyed, Rewind, Rewound, SessionCreate, SessionList, SessionRename, SessionReply, Sessions,
    Stopped,
};

use crate::live::Empty;
use crate::session::Capability;
use crate::tagged::tagged;

tagged! {
    /// A command.
    pub enum Command by "cmd", "params" {
        /// The list of sessions, then its changes. Reply: [`Sessions`].
        SessionsWatch(Empty) = "sessions.watch",
        /// A new session; its process is ready when the reply comes. Reply: [`SessionReply`].
        SessionCreate(SessionCreate) = "session.create",
        /// The list of sessions. Reply: [`Sessions`].
        SessionList(SessionList) = "session.list",
        /// One session. Reply: [`SessionReply`].
        SessionGet(Empty) = "session.get",
        /// Ends the session's process; the session stays. Reply: [`Stopped`].
        SessionStop(Keyed) = "session.stop",
        /// Starts the session's process again. Reply: [`SessionReply`].
        SessionResume(Keyed) = "session.resume",
        /// Ends the session's process and deletes the session. Reply: [`Stopped`].
        SessionDelete(Keyed) = "session.delete",
        /// Another title. Reply: [`Appended`].
        SessionRename(SessionRename) = "session.rename",
        /// Entries, a snapshot, then live events. Reply: [`Subscribed`].
        Subscribe(Subscribe) = "subscribe",
        /// No more of them. Reply: [`Empty`].
        Unsubscribe(Empty) = "unsubscribe",
        /// Says something to the agent; waits in the queue while a turn runs. Reply: [`Prompted`].
        Prompt(Prompt) = "prompt",
        /// Says something into the running turn. Reply: [`Prompted`].
        Steer(Prompt) = "steer",
        /// Says something after the running turn. Reply: [`Prompted`].
        FollowUp(Prompt) = "follow_up",
        /// Takes a waiting prompt back. Reply: [`Appended`].
        QueueCancel(QueueItem) = "queue.cancel",
        /// Changes a waiting prompt. Reply: [`Appended`].
        QueueEdit(QueueEdit) = "queue.edit",
        /// Sends a waiting prompt next. Reply: [`Prompted`].
        QueueSend(QueueItem) = "queue.send",
        /// Ends the running turn. Reply: [`Empty`] as soon as it is asked for.
        Abort(Empty) = "abort",
        /// Answers a question. Reply: [`Appended`].
        InputRespond(InputRespond) = "input.respond",
        /// Another model. Reply: [`Appended`].
        SetModel(SetModel) = "set_model",
        /// Another thinking level. Reply: [`Appended`].
        SetThinkingLevel(SetThinkingLevel) = "set_thinking_level",
        /// Summarises the agent's context. Reply: [`Empty`] when it is done.
        Compact(Compact) = "compact",
        /// A new session from a place in this one. Reply: [`Forked`].
        Fork(Fork) = "fork",
        /// Goes back to a place in this session. Reply: [`Rewound`].
        Rewind(Rewind) = "rewind",
        /// The present state. Reply: [`crate::session::Snapshot`].
        GetState(Empty) = "get_state",
        /// Messages, page by page backwards. Reply: [`Messages`].
        GetMessages(GetMessages) = "get_messages",
        /// Models that can be chosen. Reply: [`Models`].
        GetModels(GetModels) = "get_models",
        /// Slash commands. Reply: [`Commands`].
        GetCommands(Empty) = "get_commands",
        /// Tokens, cost, context. Reply: [`Stats`].
        GetStats(Empty) = "get_stats",
        /// What the session may use of the model gateway and has used. Reply: [`Budget`].
        GetBudget(Empty) = "get_budget",
        /// Another budget for this session, within the maximum of its runner. Reply: [`Budget`].
        SetBudget(SetBudget) = "set_budget",
        /// Whether a workspace's own extensions are loaded. Reply: [`Trust`].
        WorkspaceTrust(WorkspaceTrust) = "workspace.trust",
        /// About the runner. Reply: [`RunnerDetails`].
        RunnerInfo(Empty) = "runner.info",
        /// Keeps the bytes of a picture or file (channel `hstry`). Reply: [`BlobStored`].
        BlobPut(BlobPut) = "blob.put",
        /// The bytes of a picture or file (channel `hstry`). Reply: [`BlobChunk`].
        BlobGet(BlobGet) = "blob.get",
        /// Searches all history (channel `hstry`). Reply: [`SearchResults`].
        Search(Search) = "search",
    }
}

impl Command {
    /// Whether it is about one session, which the frame must name.
    #[must_use]
    pub const fn needs_session(&self) -> bool {
        match self {
            Self::SessionsWatch(_)
            | Self::SessionCreate(_)
            | Self::SessionList(_)
            | Self::GetModels(_)
            | Self::WorkspaceTrust(_)
            | Self::RunnerInfo(_)
            | Self::BlobPut(_)
            | Self::BlobGet(_)
            | Self::Search(_) => false,
            Self::SessionGet(_)
            | Self::SessionStop(_)
            | Self::SessionResume(_)
            | Self::SessionDelete(_)
            | Self::SessionRename(_)
            | Self::Subscribe(_)
            | Self::Unsubscribe(_)
            | Self::Prompt(_)
            | Self::Steer(_)
            | Self::FollowUp(_)
            | Self::QueueCancel(_)
            | Self::QueueEdit(_)
            | Self::QueueSend(_)
            | Self::Abort(_)
            | Self::InputRespond(_)
            | Self::SetModel(_)
            | Self::SetThinkingLevel(_)
            | Self::Compact(_)
            | Self::Fork(_)
            | Self::Rewind(_)
            | Self::GetState(_)
            | Self::GetMessages(_)
            | Self::GetCommands(_)
            | Self::GetStats(_)
            | Self::GetBudget(_)
            | Self::SetBudget(_) => true,
        }
    }

    /// The capability that the session's harness must have.
    #[must_use]
    pub const fn capability(&self) -> Option<Capability> {
        match self {
            Self::Steer(_) => Some(Capability::Steer),
            Self::Abort(_) => Some(Capability::Abort),
            Self::SetModel(_) => Some(Capability::Models),
            Self::SetThinkingLevel(_) => Some(Capability::Thinking),
            Self::Compact(_) => Some(Capability::Compact),
            Self::Fork(_) => Some(Capability::Fork),
            Self::Rewind(_) => Some(Capability::Rewind),
            Self::GetCommands(_) => Some(Capability::Commands),
            Self::GetStats(_) => Some(Capability::Stats),
            Self::SessionResume(_) => Some(Capability::Resume),
            Self::SessionsWatch(_)
            | Self::SessionCreate(_)
            | Self::SessionList(_)
            | Self::SessionGet(_)
            | Self::SessionStop(_)
            | Self::SessionDelete(_)
            | Self::SessionRename(_)
            | Self::Subscribe(_)
            | Self::Unsubscribe(_)
            | Self::Prompt(_)
            | Self::FollowUp(_)
            | Self::QueueCancel(_)
            | Self::QueueEdit(_)
            | Self::QueueSend(_)
            | Self::InputRespond(_)
            | Self::GetState(_)
            | Self::GetMessages(_)
            | Self::GetModels(_)
            | Self::GetBudget(_)
            | Self::SetBudget(_)
            | Self::WorkspaceTrust(_)
            | Self::RunnerInfo(_)
            | Self::BlobPut(_)
            | Self::BlobGet(_)
            | Self::Search(_) => None,
        }
    }

    /// The key under which the outcome of a command that changes something is kept.
    #[must_use]
    pub fn client_id(&self) -> Option<&str> {
        match self {
            Self::SessionCreate(params) => params.client_id.as_deref(),
            Self::SessionStop(params) | Self::SessionResume(params) | Self::SessionDelete(params) => {
                params.client_id.as_deref()
            }
            Self::SessionRename(params) => params.client_id.as_deref(),
            Self::Prompt(params) | Self::Steer(params) | Self::FollowUp(params) => params.client_id.as_deref(),
            Self::QueueCancel(params) | Self::QueueSend(params) => params.client_id.as_deref(),
            Self::QueueEdit(params) => params.client_id.as_deref(),
            Self::InputRespond(params) => params.client_id.as_deref(),
            Self::SetModel(params) => params.client_id.as_deref(),
            Self::SetThinkingLevel(params) => params.client_id.as_deref(),
            Self::SetBudget(params) => params.client_id.as_deref(),
            Self::Compact(params) => params.client_id.as_deref(),
            Self::Fork(params) => params.client_id.as_deref(),
            Self::Rewind(params) => params.client_id.as_deref(),
            Self::WorkspaceTrust(params) => params.client_id.as_deref(),
            Self::SessionsWatch(_)
            | Self::SessionList(_)
            | Self::SessionGet(_)
            | Self::Subscribe(_)
            | Self::Unsubscribe(_)
            | Self::Abort(_)
            | Self::GetState(_)
            | Self::GetMessages(_)
            | Self::GetModels(_)
            | Self::GetCommands(_)
            | Self::GetStats(_)
            | Self::GetBudget(_)
            | Self::RunnerInfo(_)
            | Self::BlobPut(_)
            | Self::BlobGet(_)
            | Self::Search(_) => None,
        }
    }
}
