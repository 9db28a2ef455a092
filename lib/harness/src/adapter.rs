//! The contract between a session and its harness.

use oqto_protocol::command::{CommandInfo, ModelInfo, Stats};
use oqto_protocol::entry::{LogEvent, TurnEnd};
use oqto_protocol::error::WireError;
use oqto_protocol::ids::{InputId, PromptId, TurnId};
use oqto_protocol::live::LiveEvent;
use oqto_protocol::message::Usage;
use oqto_protocol::session::Capability;

/// A picture of a prompt, its bytes already encoded for the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Standard base64 with padding.
    pub data: String,
    /// For example `image/png`.
    pub mime_type: String,
}

/// An answer of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The chosen option or the text.
    Value(String),
    /// Yes or no.
    Confirmed(bool),
    /// The person declined.
    Cancelled,
}

/// What a session asks its harness to do. Encoding changes no state: an action takes effect when its echo comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Asks for the native session and whether it is ready. Sent once after every start.
    Boot,
    /// Opens a turn.
    Prompt {
        /// The turn; also makes the id of the send.
        turn: TurnId,
        /// What the person says.
        text: String,
        /// Pictures.
        images: Vec<Image>,
    },
    /// Says something into the running turn.
    Steer {
        /// The queued prompt; also makes the id of the send.
        prompt: PromptId,
        /// What the person says.
        text: String,
        /// Pictures.
        images: Vec<Image>,
    },
    /// Ends the running turn: open questions are cancelled and undelivered steers taken back where the dialect can.
    Abort {
        /// The turn.
        turn: TurnId,
    },
    /// Answers a question.
    Respond {
        /// The question.
        input: InputId,
        /// The answer.
        answer: Answer,
    },
    /// Summarises the context. Answered by [`Reply::Done`].
    Compact {
        /// What the answer repeats.
        key: String,
        /// What the summary should keep.
        instructions: Option<String>,
    },
    /// Gives the native session a name. Answered by [`Reply::Done`].
    Rename {
        /// What the answer repeats.
        key: String,
        /// The name.
        title: String,
    },
    /// Asks for the models. Answered by [`Reply::Models`].
    Models {
        /// What the answer repeats.
        key: String,
    },
    /// Asks for the slash commands. Answered by [`Reply::Commands`].
    Commands {
        /// What the answer repeats.
        key: String,
    },
    /// Asks for tokens and cost. Answered by [`Reply::Stats`].
    Stats {
        /// What the answer repeats.
        key: String,
    },
    /// Goes back, in this process, to before a user message. Answered by [`Reply::Rewound`]; the native session may be
    /// another one afterwards, which [`Output::Bound`] says before the answer.
    Rewind {
        /// What the answer repeats.
        key: String,
        /// Which user message, counted from the last one the harness has (0 = the last).
        user_messages_back: u32,
    },
}

/// The answer to an action with a key.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// It is done.
    Done,
    /// The models that can be chosen, and the thinking levels of the present one.
    Models {
        /// The models.
        models: Vec<ModelInfo>,
        /// The levels.
        thinking_levels: Vec<String>,
    },
    /// The slash commands.
    Commands(Vec<CommandInfo>),
    /// Tokens and cost.
    Stats(Stats),
    /// The text of the message that was taken back.
    Rewound {
        /// The text.
        text: String,
    },
}

/// Bytes for the child's standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Never sent twice under the same id.
    pub id: String,
    /// The bytes, newline included.
    pub bytes: Vec<u8>,
}

/// How the child ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Exit {
    /// Its exit code.
    pub code: Option<i32>,
    /// The signal that ended it.
    pub signal: Option<i32>,
}

/// One record of the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input<'a> {
    /// Bytes the child wrote to its standard output, cut anywhere.
    Stdout(&'a [u8]),
    /// Bytes the child wrote to its standard error, cut anywhere.
    Stderr(&'a [u8]),
    /// What was sent to the child.
    Sent {
        /// The id of the send.
        id: &'a str,
        /// The bytes.
        bytes: &'a [u8],
    },
    /// The child is gone; nothing more comes. With an empty [`Exit`] nobody knows how.
    Exited(Exit),
}

/// What a record means.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// A durable fact.
    Entry(LogEvent),
    /// Something to show.
    Live(LiveEvent),
    /// Something the dialect needs to say by itself (a probe, a cancelled dialog).
    Send(Outgoing),
    /// The native session behind this one is known or is another one now.
    Bound {
        /// The harness's own id of the conversation.
        native_id: Option<String>,
        /// The harness's own file of the conversation; it may not exist yet.
        native_file: Option<String>,
        /// The model in use.
        model: Option<String>,
        /// Its provider.
        provider: Option<String>,
        /// The thinking level in use.
        thinking: Option<String>,
        /// The name of the native session.
        title: Option<String>,
        /// Whether the harness already knows something of the conversation.
        has_messages: bool,
    },
    /// The harness took the prompt of the turn.
    PromptAccepted {
        /// The turn.
        turn: TurnId,
    },
    /// A steer is now part of the conversation: its user message belongs into the log here.
    SteerDelivered {
        /// The prompt.
        prompt: PromptId,
    },
    /// A steer will not be delivered: it goes back to the queue.
    SteerReturned {
        /// The prompt.
        prompt: PromptId,
    },
    /// The harness has settled after the prompt of the turn. Exactly one a turn, unless the child exits first.
    Settled {
        /// The turn.
        turn: TurnId,
        /// `done`, `aborted` or `error`.
        reason: TurnEnd,
        /// What failed, for `error`.
        message: Option<String>,
        /// Tokens and cost of the turn, where they are known.
        usage: Option<Usage>,
    },
    /// The answer to an action with a key.
    Reply {
        /// The key.
        key: String,
        /// The answer.
        result: Result<Reply, WireError>,
    },
    /// The child cannot go on as it is (steers that the dialect cannot take back, for example): once idle it is to be
    /// ended and started again on its native session.
    NeedsRestart,
    /// The child is gone. Everything that was open (a message, tools, questions) has been closed by outputs before this.
    Exited {
        /// How.
        exit: Exit,
        /// The last lines of its standard error, for a person.
        last_words: String,
    },
}

/// A harness's dialect as a pure state machine over the records of one child.
pub trait Adapter: Send + Sync {
    /// What can be asked of this child.
    fn capabilities(&self) -> Vec<Capability>;

    /// The bytes of an action. Changes nothing.
    ///
    /// # Errors
    /// `unsupported` when the dialect cannot do it, `conflict` when it cannot do it now, `invalid_params` when the
    /// action is not one for this state.
    fn encode(&self, action: &Action) -> Result<Vec<Outgoing>, WireError>;

    /// Reads the record with this index of the journal. `ts` is its time in Unix milliseconds. Ids of what comes out
    /// derive from the session, the index and the order, so that reading again gives the same ones.
    fn read(&mut self, index: u64, ts: u64, input: Input<'_>, out: &mut Vec<Output>);

    /// The state after the last record, to go on from; `None` in the middle of a line.
    fn checkpoint(&self) -> Option<Vec<u8>>;

    /// When the adapter wants to be woken although no record comes (Unix milliseconds): a question has expired, or it
    /// has to be asked again whether the harness is idle. Past it, what [`Adapter::wake`] gives is to be sent.
    fn deadline(&self) -> Option<u64> {
        None
    }

    /// What to send at the deadline: something harmless, so that a record comes. Changes nothing.
    fn wake(&self) -> Vec<Outgoing> {
        Vec::new()
    }
}
