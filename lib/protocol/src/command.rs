//! What can be asked for on the `agent` and `hstry` channels: one table of commands with their parameters and replies.
//!
//! A command that changes something takes a `client_id`. It is kept with the command's outcome: the same command with
//! the same key, sent again after a cut, returns that outcome and does nothing else.

use serde_json::Value;

use crate::entry::Delivery;
use crate::ids::{InputId, LogId, MessageId, PromptId, SessionId, TurnId};
use crate::live::Empty;
use crate::message::{Media, Message, Usage};
use crate::session::{Capability, SessionInfo};
use crate::tagged::{tagged, wire};

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

    /// Parameters of `subscribe`: either `log` and `after`, or `tail`; nothing means the whole log.
    #[derive(Default, Eq)]
    pub struct Subscribe {
        /// The log that `after` counts in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub log: Option<LogId>,
        /// The last number the reader has.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub after: Option<u64>,
        /// Only the last so many entries.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub tail: Option<u64>,
    }

    /// Reply of `subscribe`. The entries follow, then one `session.snapshot`, then live events.
    #[derive(Eq)]
    pub struct Subscribed {
        /// The identity of the log.
        pub log: LogId,
        /// The number of the last entry.
        pub head: u64,
        /// The number that the entries that follow come after.
        pub from: u64,
        /// Whether what the reader has is void: another log, or a number past head. It starts from nothing.
        #[serde(default)]
        pub reset: bool,
    }

    /// Parameters of `prompt`, `steer` and `follow_up`.
    pub struct Prompt {
        /// What the person says.
        #[serde(default)]
        pub text: String,
        /// Pictures.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "schema", ts(as = "Option<Vec<Media>>", optional))]
        pub images: Vec<Media>,
        /// The key of the command.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub client_id: Option<String>,
    }

    /// Reply of `prompt`, `steer` and `follow_up`: it is durable.
    #[derive(Eq)]
    pub struct Prompted {
        /// Number of the entry that holds it.
        pub seq: u64,
        /// The turn that it opened, when it did not have to wait.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub turn: Option<TurnId>,
        /// The user message, when it did not have to wait.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub message: Option<MessageId>,
        /// The queued prompt, when it has to wait.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub prompt: Option<PromptId>,
    }

    /// Parameters of `queue.cancel` and `queue.send`.
    #[derive(Eq)]
    pub struct QueueItem {
        /// The prompt.
        pub prompt: PromptId,
        /// The key of the command.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub client_id: Option<String>,
    }

    /// Parameters of `queue.edit`.
    #[derive(Eq)]
    pub struct QueueEdit {
        /// The prompt.
        pub prompt: PromptId,
        /// Its new text.
        pub text: String,
        /// Another way of delivery.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub delivery: Option<Delivery>,
        /// The key of the command.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub client_id: Option<String>,
    }

    /// Parameters of `input.respond`: `value` for select, input and editor; `confirmed` for confirm and permission; or `cancelled`.
    #[derive(Eq)]
    pub struct InputRespond {
        /// The question.
        pub request_id: InputId,
        /// The chosen option or the text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub value: Option<String>,
        /// Yes or no.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub confirmed: Option<bool>,
        /// The person declines to answer.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "schema", ts(as = "Option<bool>", optional))]
        pub cancelled: bool,
        /// The key of the command.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub client_id: Option<String>,
    }

    /// Parameters of `set_model`.
    #[derive(Eq)]
    pub struct SetModel {
        /// The model's id at its provider.
        pub model: String,
        /// The provider.
        pub provider: String,
        /// The key of the command.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub client_id: Option<String>,
    }

    /// Parameters of `set_thinking_level`.
    #[derive(Eq)]
    pub struct SetThinkingLevel {
        /// `off`, `minimal`, `low`, `medium`, `high`, `xhigh`, `max`: what the harness offers.
        pub level: String,
        /// The key of the command.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub client_id: Option<String>,
    }

    /// Parameters of `compact`.
    #[derive(Default, Eq)]
    pub struct Compact {
        /// What the summary should keep.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub instructions: Option<String>,
        /// The key of the command.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub client_id: Option<String>,
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

    /// Parameters of `get_messages`.
    #[derive(Default, Eq)]
    pub struct GetMessages {
        /// Only messages before this number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub before: Option<u64>,
        /// At most so many, 1 to 1000; 50 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub limit: Option<u32>,
    }

    /// A message with its number.
    pub struct NumberedMessage {
        /// The number of its entry.
        pub seq: u64,
        /// The message.
        pub message: Message,
    }

    /// Reply of `get_messages`, in order.
    pub struct Messages {
        /// The messages.
        pub messages: Vec<NumberedMessage>,
        /// Whether there are earlier ones.
        pub more: bool,
    }

    /// Parameters of `get_models`.
    #[derive(Default, Eq)]
    pub struct GetModels {
        /// Without a session: the harness to ask.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub harness: Option<String>,
        /// Without a session: the workspace to ask in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub workspace: Option<String>,
    }

    /// A model that a harness offers.
    pub struct ModelInfo {
        /// Its id at the provider.
        pub id: String,
        /// The provider.
        pub provider: String,
        /// The name to show.
        pub name: String,
        /// Whether it can think.
        #[serde(default)]
        pub reasoning: bool,
        /// Whether it understands pictures.
        #[serde(default)]
        pub images: bool,
        /// Tokens of its context.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub context_window: Option<u64>,
    }

    /// Reply of `get_models`.
    pub struct Models {
        /// What can be chosen.
        pub models: Vec<ModelInfo>,
        /// Thinking levels that can be chosen.
        pub thinking_levels: Vec<String>,
    }

    /// A slash command that a harness offers.
    #[derive(Eq)]
    pub struct CommandInfo {
        /// Its name, without the slash.
        pub name: String,
        /// What it does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub description: Option<String>,
        /// Where it comes from: `extension`, `prompt`, `skill`.
        pub source: String,
    }

    /// Reply of `get_commands`.
    #[derive(Eq)]
    pub struct Commands {
        /// What can be typed.
        pub commands: Vec<CommandInfo>,
    }

    /// Reply of `get_stats`.
    pub struct Stats {
        /// Tokens and cost of the session, as the harness counts them.
        pub usage: Usage,
        /// Messages of the person.
        pub user_messages: u64,
        /// Messages of the agent.
        pub assistant_messages: u64,
        /// Tool calls.
        pub tool_calls: u64,
        /// Tokens in the context now, where they are known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub context_tokens: Option<u64>,
        /// Size of the context.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub context_window: Option<u64>,
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

    /// Reply of commands that append one entry.
    #[derive(Eq, Copy)]
    pub struct Appended {
        /// Number of the entry.
        pub seq: u64,
    }

    /// Parameters of `workspace.trust`: whether the workspace's own extensions and prompts may be loaded by the harness.
    #[derive(Eq)]
    pub struct WorkspaceTrust {
        /// Absolute path.
        pub workspace: String,
        /// The person's choice; absent: only ask.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub trusted: Option<bool>,
        /// The key of the command.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub client_id: Option<String>,
    }

    /// Reply of `workspace.trust`.
    #[derive(Eq, Copy)]
    pub struct Trust {
        /// Whether it is trusted; absent: nobody has chosen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub trusted: Option<bool>,
        /// Whether the workspace has extensions or prompts of its own.
        pub has_project_files: bool,
    }

    /// A harness that a runner can or could drive.
    #[derive(Eq)]
    pub struct HarnessInfo {
        /// Its name.
        pub name: String,
        /// Its version, where it is installed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub version: Option<String>,
        /// Absolute path of the program, where it is installed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub program: Option<String>,
        /// What it can do.
        pub capabilities: Vec<Capability>,
        /// Why it cannot be used, with how to mend it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub problem: Option<crate::error::WireError>,
    }

    /// Reply of `runner.info`: what `oqtoctl doctor` looks at.
    #[derive(Eq)]
    pub struct RunnerDetails {
        /// The name of the runner.
        pub name: String,
        /// Its version.
        pub version: String,
        /// The process.
        pub pid: u32,
        /// Its fencing number.
        pub epoch: u64,
        /// The harnesses.
        pub harnesses: Vec<HarnessInfo>,
        /// Names of the environment variables that agents get. Values are not shown.
        pub agent_environment: Vec<String>,
        /// The state directory.
        pub state_dir: String,
        /// The history service's socket.
        pub hstry_socket: String,
        /// The directory that relative workspaces are taken from; the page offers it for a first session.
        pub home: String,
        /// Whether agents talk to the scripted demo model because no provider is connected.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "schema", ts(as = "Option<bool>", optional))]
        pub demo: bool,
    }

    /// Parameters of `blob.put` on the `hstry` channel: bytes of a picture or file, in order, in chunks of at most 4 MiB.
    #[derive(Eq)]
    pub struct BlobPut {
        /// Names the upload on this connection; chosen by the asker.
        pub upload: String,
        /// The next bytes, standard base64 with padding.
        pub data: String,
        /// Whether these are the last ones.
        pub last: bool,
        /// For example `image/png`.
        pub mime_type: String,
    }

    /// Reply of `blob.put`.
    #[derive(Eq)]
    pub struct BlobStored {
        /// Bytes received so far.
        pub bytes: u64,
        /// After the last chunk: where the bytes are now. Durable.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub media: Option<Media>,
    }

    /// Parameters of `blob.get` on the `hstry` channel.
    #[derive(Eq)]
    pub struct BlobGet {
        /// Lower-case hexadecimal SHA-256 of the bytes.
        pub sha256: String,
        /// Where to begin, in bytes.
        #[serde(default)]
        pub offset: u64,
    }

    /// Reply of `blob.get`: at most 4 MiB of the bytes.
    #[derive(Eq)]
    pub struct BlobChunk {
        /// The bytes, standard base64 with padding.
        pub data: String,
        /// Where they begin.
        pub offset: u64,
        /// Size of the whole.
        pub total: u64,
    }

    /// Parameters of `search` on the `hstry` channel.
    #[derive(Default, Eq)]
    pub struct Search {
        /// What to look for.
        pub query: String,
        /// `auto`, `natural` or `code`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub mode: Option<String>,
        /// Only in this workspace.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub workspace: Option<String>,
        /// Only from this harness.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub harness: Option<String>,
        /// Only messages of this role.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub role: Option<String>,
        /// Only answers of this model.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub model: Option<String>,
        /// Only after this time, Unix milliseconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub after: Option<u64>,
        /// Only before this time, Unix milliseconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub before: Option<u64>,
        /// At most so many, 1 to 200; 20 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub limit: Option<u32>,
    }

    /// One message that was found.
    pub struct SearchHit {
        /// The session.
        pub session: SessionId,
        /// The number of the message's entry.
        pub seq: u64,
        /// The message.
        pub message_id: String,
        /// Who it is from.
        pub role: String,
        /// The place, with the hits between U+E000 and U+E001.
        pub snippet: String,
        /// Unix milliseconds of the message.
        pub ts: u64,
        /// The session's title.
        pub title: String,
        /// The session's workspace.
        pub workspace: String,
        /// Higher is better.
        pub score: f64,
    }

    /// Reply of `search`, best first.
    pub struct SearchResults {
        /// What was found.
        pub hits: Vec<SearchHit>,
        /// Whether there may be more.
        pub more: bool,
    }
}

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
            | Self::GetStats(_) => true,
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
            | Self::RunnerInfo(_)
            | Self::BlobPut(_)
            | Self::BlobGet(_)
            | Self::Search(_) => None,
        }
    }
}
