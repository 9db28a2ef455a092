//! Saying something to an agent, answering it, and reading what was said.

use crate::entry::Delivery;
use crate::ids::{InputId, LogId, MessageId, PromptId, TurnId};
use crate::message::{Media, Message};
use crate::tagged::wire;

wire! {
    /// Parameters of `subscribe`: `log` and `after` go on from a number, `tail` begins near the end, nothing means the
    /// whole log. With both, who has more than `tail` entries to catch up with, or a log that is void, begins near the
    /// end too.
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
        /// At most the last so many entries.
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
        /// Whether what the reader has does not count: another log, a number past head, or one that is further back than
        /// the `tail` it asked for. It starts from nothing, after `from`.
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
}
