//! Mails and their deliveries as values.

use std::time::Duration;

use oqto_protocol::agent_context::AgentContext;
use serde::Serialize;

use crate::clock::Stamp;
use crate::name::Name;
use crate::words::words;

words! {
    /// How far a delivery has come.
    State {
        /// Its recipient has not listed it.
        Queued = "queued",
        /// Its recipient has seen that it is there.
        Delivered = "delivered",
        /// Its recipient has read it.
        Read = "read",
        /// Its recipient has said that it is done with it.
        Acknowledged = "acknowledged",
        /// It was not read in time, or its recipient is gone.
        Dead = "dead",
    }
}

words! {
    /// How urgent a mail is.
    Importance {
        /// Whenever there is time.
        Low = "low",
        /// As usual.
        Normal = "normal",
        /// Soon.
        High = "high",
        /// At once.
        Urgent = "urgent",
    }
}

/// Whether the sender waits for an acknowledgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ack {
    /// The mail stays in the inbox until it is acknowledged.
    Wanted,
    /// Reading is enough.
    NotNeeded,
}

/// Whether mail may go to a name that nobody has used yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Newcomers {
    /// No: it is more likely a mistake.
    Refused,
    /// Yes: it waits until they come.
    Welcome,
}

/// Who gets a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum To {
    /// These.
    Names(Vec<Name>),
    /// Everybody who is known in the sender's workspace, without the sender.
    Workspace,
}

/// A mail on its way.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Who gets it.
    pub to: To,
    /// One line of at most 500 characters, not empty.
    pub subject: String,
    /// At most 1 MiB; may be empty.
    pub body: String,
    /// How urgent it is.
    pub importance: Importance,
    /// Whether an acknowledgement is waited for.
    pub ack: Ack,
    /// Absolute paths; the files stay where they are.
    pub attachments: Vec<String>,
    /// How long it may stay unread, up to a year.
    pub ttl: Duration,
    /// A key of the sender's own: a second mail with the same key and the same content is the first one.
    pub key: Option<String>,
    /// Whether unknown names are accepted.
    pub newcomers: Newcomers,
    /// Names that are known without having done anything, such as the person at this machine.
    pub also_known: Vec<Name>,
}

impl Draft {
    /// A draft with nothing but its recipients and text: normal, no acknowledgement, 30 days.
    #[must_use]
    pub fn new(to: To, subject: impl Into<String>, body: impl Into<String>) -> Self {
        Self {
            to,
            subject: subject.into(),
            body: body.into(),
            importance: Importance::Normal,
            ack: Ack::NotNeeded,
            attachments: Vec::new(),
            ttl: Duration::from_secs(30 * 86_400),
            key: None,
            newcomers: Newcomers::Refused,
            also_known: Vec::new(),
        }
    }
}

/// What became of a mail at one recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The recipient.
    pub name: String,
    /// How far it has come.
    pub state: State,
    /// Why it is dead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// When it was listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<Stamp>,
    /// When it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_at: Option<Stamp>,
    /// When it was acknowledged or died.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Stamp>,
}

/// A mail with everything.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Letter {
    /// Its id, for ever.
    pub id: String,
    /// The id of the first mail of its thread.
    pub thread: String,
    /// What it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// Who sent it.
    pub from: String,
    /// Who got it, and what became of it.
    pub to: Vec<Receipt>,
    /// Where it was sent from.
    pub workspace: String,
    /// Whether it went to everybody there.
    pub broadcast: bool,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
    /// How urgent it is.
    pub importance: Importance,
    /// Whether the sender waits for an acknowledgement.
    pub ack_wanted: bool,
    /// Absolute paths.
    pub attachments: Vec<String>,
    /// When it was sent.
    pub sent_at: Stamp,
    /// When it dies if it is not read.
    pub expires_at: Stamp,
    /// What was known of its sender.
    pub context: AgentContext,
}
