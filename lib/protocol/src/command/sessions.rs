//! Making, listing, copying and ending sessions: what is asked and answered.

use serde_json::Value;

use crate::ids::SessionId;
use crate::session::SessionInfo;
use crate::tagged::wire;

wire! {
    /// Parameters of `session.create`.
    pub struct SessionCreate {
        /// The harness: `pi`.
        pub harness: String,
        /// Path of the workspace; a relative one is taken from the runner's directory (`--stdio`: the script's).
        pub workspace: String,
        /// `provider/model` or a name that the harness understands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub model: Option<String>,
        /// The thinking level.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub thinking: Option<String>,
        /// The title.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub title: Option<String>,
        /// Refused until isolation exists: no option that does nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional, type = "unknown"))]
        pub sandbox: Option<Value>,
        /// The session that asks for this one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub parent: Option<SessionId>,
        /// The key of the command.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub client_id: Option<String>,
    }

    /// Parameters of commands that need nothing but, perhaps, a key.
    #[derive(Default, Eq)]
    pub struct Keyed {
        /// The key of the command.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub client_id: Option<String>,
    }

    /// Parameters of `session.rename`.
    #[derive(Eq)]
    pub struct SessionRename {
        /// The new title, at most 500 characters.
        pub title: String,
        /// The key of the command.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub client_id: Option<String>,
    }

    /// Parameters of `session.list`.
    #[derive(Default, Eq)]
    pub struct SessionList {
        /// Only sessions of this workspace.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub workspace: Option<String>,
        /// Only sessions whose title or workspace contains this, without regard to case.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub query: Option<String>,
        /// At most so many, 1 to 10000; 1000 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub limit: Option<u32>,
    }

    /// Reply of `session.list` and `sessions.watch`, newest first.
    pub struct Sessions {
        /// Rises by one with every change.
        pub revision: u64,
        /// The sessions.
        pub sessions: Vec<SessionInfo>,
    }

    /// Reply of commands that name one session.
    pub struct SessionReply {
        /// The session.
        pub session: SessionInfo,
    }

    /// Reply of `session.stop`: what was ended.
    #[derive(Default, Eq)]
    pub struct Stopped {
        /// Whether a turn was running.
        pub turn_ended: bool,
        /// How many prompts stay in the queue.
        pub queued: u32,
        /// Command lines of processes that were ended with it.
        pub processes: Vec<String>,
    }

    /// Parameters of `fork`: a new session that knows everything before a user message.
    #[derive(Eq)]
    pub struct Fork {
        /// Number of the entry of the user message to fork before; absent: everything so far.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub at: Option<u64>,
        /// The key of the command.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub client_id: Option<String>,
    }

    /// Reply of `fork`.
    pub struct Forked {
        /// The new session.
        pub session: SessionInfo,
        /// The text of the message it was forked before, to be edited and sent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub text: Option<String>,
    }

    /// Parameters of `rewind`.
    #[derive(Eq)]
    pub struct Rewind {
        /// Number of the entry of the user message to go back before.
        pub to: u64,
        /// The key of the command.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub client_id: Option<String>,
    }

    /// Reply of `rewind`.
    #[derive(Eq)]
    pub struct Rewound {
        /// Number of the entry.
        pub seq: u64,
        /// The text of the message that was taken back, to be edited and sent again.
        pub text: String,
    }

    /// Reply of commands that append one entry.
    #[derive(Eq, Copy)]
    pub struct Appended {
        /// Number of the entry.
        pub seq: u64,
    }
}
