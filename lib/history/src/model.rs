//! Conversations, entries, and what is asked and answered. Times are Unix milliseconds; JSON is kept as text.

use bytes::Bytes;

/// The event whose entries are messages: their data is `{"message": {…}}`.
pub const MESSAGE: &str = "message";

/// What is known of a conversation without reading its log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conversation {
    /// Given by the writer, never changed (`ses_…`).
    pub id: String,
    /// The identity of its log (`log_…`); another one means that the history was restored or replaced.
    pub log: String,
    /// The writer that owns it.
    pub writer: String,
    /// The title.
    pub title: String,
    /// The workspace.
    pub workspace: String,
    /// The harness.
    pub harness: String,
    /// The model last used.
    pub model: String,
    /// The provider of that model.
    pub provider: String,
    /// The writer's own state: one JSON value, `null` at first.
    pub state: String,
    /// What it was forked from.
    pub parent: Option<String>,
    /// The number in the parent's log from which it was forked.
    pub parent_seq: Option<u64>,
    /// The harness's own id.
    pub native_id: Option<String>,
    /// The harness's own file.
    pub native_file: Option<String>,
    /// When it was made.
    pub created_at: i64,
    /// When it last changed.
    pub updated_at: i64,
    /// The number of its last entry, 0 for an empty log.
    pub head: u64,
    /// How many of its entries are messages.
    pub message_count: u64,
    /// Anything else: one JSON object, `{}` at first.
    pub metadata: String,
}

/// Metadata that changes: only the fields that are set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConversationPatch {
    /// The title.
    pub title: Option<String>,
    /// The workspace.
    pub workspace: Option<String>,
    /// The harness.
    pub harness: Option<String>,
    /// The model.
    pub model: Option<String>,
    /// The provider.
    pub provider: Option<String>,
    /// The writer's state, one JSON value.
    pub state: Option<String>,
    /// The harness's id; an empty one removes it.
    pub native_id: Option<String>,
    /// The harness's file; an empty one removes it.
    pub native_file: Option<String>,
    /// Anything else, one JSON object, as a whole.
    pub metadata: Option<String>,
}

/// An entry of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Unique within its conversation.
    pub id: String,
    /// Its number, from 1.
    pub seq: u64,
    /// When it happened.
    pub ts: i64,
    /// Its name, for example `message`.
    pub event: String,
    /// One JSON value, byte for byte as it was given.
    pub data: Bytes,
}

/// An entry on its way into a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// Unique within its conversation.
    pub id: String,
    /// When it happened.
    pub ts: i64,
    /// Its name.
    pub event: String,
    /// One JSON value.
    pub data: Bytes,
}

/// How far a writer has folded the journal of its harness, and the state it had then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The position in the journal.
    pub position: u64,
    /// The state, opaque.
    pub state: Bytes,
}

/// What a command answered, kept under the key that its asker chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The key.
    pub client_id: String,
    /// The answer, usually JSON; kept byte for byte.
    pub reply: Bytes,
}

/// Who writes: only the newest epoch of a writer may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fence {
    /// The writer.
    pub writer: String,
    /// What its claim returned.
    pub epoch: u64,
}

/// Taking over as a writer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claim {
    /// The writer.
    pub writer: String,
    /// Other writers whose conversations it takes over, and which may not write any more.
    pub adopt: Vec<String>,
    /// The lineage and epoch of its last claim, where it remembers it: tells a restored history from the one it wrote.
    pub known: Option<(String, u64)>,
}

/// The answer to a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The new epoch.
    pub epoch: u64,
    /// The identity of the database.
    pub lineage: String,
    /// The database is older than what the writer remembers; lineage and logs have new identities.
    pub restored: bool,
}

/// A new conversation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewConversation {
    /// Its id.
    pub id: String,
    /// Its first metadata.
    pub values: ConversationPatch,
    /// Its first entries.
    pub entries: Vec<NewEntry>,
    /// The first checkpoint.
    pub checkpoint: Option<Checkpoint>,
    /// What the command that makes it answers.
    pub outcome: Option<Outcome>,
    /// When it was made; `None` for now.
    pub created_at: Option<i64>,
}

/// An append: everything in it happens, or nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Append {
    /// The conversation.
    pub conversation: String,
    /// The entries, in order; may be empty.
    pub entries: Vec<NewEntry>,
    /// The new checkpoint.
    pub checkpoint: Option<Checkpoint>,
    /// What the command behind it answers.
    pub outcome: Option<Outcome>,
    /// Metadata that changes with it.
    pub patch: Option<ConversationPatch>,
    /// The log that is meant; another one is refused.
    pub log: Option<String>,
}

/// The number of an entry that was appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppendedEntry {
    /// The entry.
    pub id: String,
    /// Its number.
    pub seq: u64,
    /// It was there already; nothing of it was changed.
    pub existed: bool,
}

/// The answer to an append.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// In the order of the request; where `repeated` is set, only those that are in the log.
    pub entries: Vec<AppendedEntry>,
    /// The number of the last entry.
    pub head: u64,
    /// The client id was known: nothing was done, and this is what was answered then.
    pub repeated: Option<Bytes>,
}

/// The answer to a change of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The conversation as it is now, where it exists.
    pub conversation: Option<Conversation>,
    /// The client id was known: nothing was done, and this is what was answered then.
    pub repeated: Option<Bytes>,
}

/// The answer to a deletion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deleted {
    /// How many entries went.
    pub entries: u64,
    /// The client id was known: nothing was done, and this is what was answered then.
    pub repeated: Option<Bytes>,
}

/// Which entries a fork copies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ForkRange {
    /// All up to this number.
    UpTo(u64),
    /// Exactly these numbers, rising.
    Exactly(Vec<u64>),
}

/// A new conversation with copies of another's entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fork {
    /// What is copied from.
    pub source: String,
    /// The id of the new conversation.
    pub id: String,
    /// Which entries.
    pub range: ForkRange,
    /// The number that is recorded as the origin; `None` for the last one copied.
    pub parent_seq: Option<u64>,
    /// What differs from the source's metadata.
    pub values: ConversationPatch,
    /// Appended after the copies.
    pub entries: Vec<NewEntry>,
    /// What the command behind it answers.
    pub outcome: Option<Outcome>,
}

/// Bytes that are kept under their SHA-256.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    /// Lower-case hexadecimal.
    pub sha256: String,
    /// Their number.
    pub bytes: u64,
}

/// Which conversations to list, the newest change first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListFilter {
    /// Only of this workspace.
    pub workspace: Option<String>,
    /// Only of this harness.
    pub harness: Option<String>,
    /// Only of this writer.
    pub writer: Option<String>,
    /// Only with this model.
    pub model: Option<String>,
    /// Only forks of this conversation.
    pub parent: Option<String>,
    /// Changed at this time or later.
    pub after: Option<i64>,
    /// Changed before this time.
    pub before: Option<i64>,
    /// At most this many, up to 1000; 0 means 100.
    pub limit: u32,
    /// Where the page before ended.
    pub cursor: Option<String>,
}

/// A page of conversations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversationPage {
    /// The conversations.
    pub conversations: Vec<Conversation>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

/// A page of a log, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryPage {
    /// The identity of the log.
    pub log: String,
    /// The number of its last entry.
    pub head: u64,
    /// The entries.
    pub entries: Vec<Entry>,
}

/// A page of messages, in order, read backwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessagePage {
    /// The identity of the log.
    pub log: String,
    /// The number of its last entry.
    pub head: u64,
    /// The `message` entries.
    pub entries: Vec<Entry>,
    /// Whether there are older ones.
    pub more: bool,
}

/// Figures of a database.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// The identity of the database.
    pub lineage: String,
    /// Conversations.
    pub conversations: u64,
    /// Entries.
    pub entries: u64,
    /// Entries that are messages.
    pub messages: u64,
    /// Size of the database with its log, in bytes.
    pub database_bytes: u64,
    /// Size of the search index, in bytes.
    pub index_bytes: u64,
    /// Size of the blobs, in bytes.
    pub blob_bytes: u64,
    /// The position of the last entry, over all conversations.
    pub position: u64,
    /// The position up to which the search index has come.
    pub indexed_to: u64,
    /// The version of the program that answers.
    pub version: String,
}
