//! Between the generated messages and the plain values. Missing messages are refused, never guessed.

use crate::error::HistoryError;
use crate::model;
use crate::proto::v1;

/// A nested message that must be there.
pub(crate) fn required<T>(value: Option<T>, what: &str) -> Result<T, HistoryError> {
    value.ok_or_else(|| HistoryError::Invalid(format!("the request has no `{what}`")))
}

/// A nested message that an answer must hold.
pub(crate) fn answered<T>(value: Option<T>, what: &str) -> Result<T, HistoryError> {
    value.ok_or_else(|| HistoryError::Internal(format!("the answer has no `{what}`")))
}

macro_rules! same_fields {
    ($($type:ident { $($field:ident),* $(; $($theirs:ident = $ours:ident),*)? })*) => {$(
        impl From<v1::$type> for model::$type {
            fn from(value: v1::$type) -> Self {
                Self { $($field: value.$field.into(),)* $($($ours: value.$theirs.into(),)*)? }
            }
        }
        impl From<model::$type> for v1::$type {
            fn from(value: model::$type) -> Self {
                Self { $($field: value.$field.into(),)* $($($theirs: value.$ours.into(),)*)? }
            }
        }
    )*};
}

same_fields! {
    Conversation {
        id, log, writer, title, workspace, harness, model, provider, parent, parent_seq, native_id, native_file,
        created_at, updated_at, head, message_count; state_json = state, metadata_json = metadata
    }
    ConversationPatch {
        title, workspace, harness, model, provider, native_id, native_file;
        state_json = state, metadata_json = metadata
    }
    Entry { id, seq, ts, event, data }
    NewEntry { id, ts, event, data }
    Checkpoint { position, state }
    Outcome { client_id, reply }
    Fence { writer, epoch }
    AppendedEntry { id, seq, existed }
}

pub(crate) fn all<A, B: From<A>>(values: Vec<A>) -> Vec<B> {
    values.into_iter().map(B::from).collect()
}

impl From<v1::ClaimRequest> for model::Claim {
    fn from(value: v1::ClaimRequest) -> Self {
        Self { writer: value.writer, adopt: value.adopt, known: value.known_lineage.zip(value.known_epoch) }
    }
}

impl From<model::Claim> for v1::ClaimRequest {
    fn from(value: model::Claim) -> Self {
        let (known_lineage, known_epoch) = value.known.unzip();
        Self { writer: value.writer, adopt: value.adopt, known_lineage, known_epoch }
    }
}

impl From<v1::CreateRequest> for model::NewConversation {
    fn from(value: v1::CreateRequest) -> Self {
        Self {
            id: value.id,
            values: value.values.unwrap_or_default().into(),
            entries: all(value.entries),
            checkpoint: value.checkpoint.map(Into::into),
            outcome: value.outcome.map(Into::into),
            created_at: (value.created_at != 0).then_some(value.created_at),
        }
    }
}

pub(crate) fn create_request(fence: &model::Fence, value: model::NewConversation) -> v1::CreateRequest {
    v1::CreateRequest {
        fence: Some(fence.clone().into()),
        id: value.id,
        values: Some(value.values.into()),
        entries: all(value.entries),
        checkpoint: value.checkpoint.map(Into::into),
        outcome: value.outcome.map(Into::into),
        created_at: value.created_at.unwrap_or(0),
    }
}

impl From<v1::AppendRequest> for model::Append {
    fn from(value: v1::AppendRequest) -> Self {
        Self {
            conversation: value.conversation,
            entries: all(value.entries),
            checkpoint: value.checkpoint.map(Into::into),
            outcome: value.outcome.map(Into::into),
            patch: value.patch.map(Into::into),
            log: value.log,
        }
    }
}

pub(crate) fn append_request(fence: &model::Fence, value: model::Append) -> v1::AppendRequest {
    v1::AppendRequest {
        fence: Some(fence.clone().into()),
        conversation: value.conversation,
        entries: all(value.entries),
        checkpoint: value.checkpoint.map(Into::into),
        outcome: value.outcome.map(Into::into),
        patch: value.patch.map(Into::into),
        log: value.log,
    }
}

impl From<model::Appended> for v1::AppendResponse {
    fn from(value: model::Appended) -> Self {
        Self { entries: all(value.entries), head: value.head, repeated_reply: value.repeated }
    }
}

impl From<v1::AppendResponse> for model::Appended {
    fn from(value: v1::AppendResponse) -> Self {
        Self { entries: all(value.entries), head: value.head, repeated: value.repeated_reply }
    }
}

impl TryFrom<v1::ForkRequest> for model::Fork {
    type Error = HistoryError;

    fn try_from(value: v1::ForkRequest) -> Result<Self, HistoryError> {
        let range = match required(value.which, "which")? {
            v1::fork_request::Which::UptoSeq(last) => model::ForkRange::UpTo(last),
            v1::fork_request::Which::Seqs(list) => model::ForkRange::Exactly(list.seqs),
        };
        Ok(Self {
            source: value.source,
            id: value.id,
            range,
            parent_seq: value.parent_seq,
            values: value.values.unwrap_or_default().into(),
            entries: all(value.entries),
            outcome: value.outcome.map(Into::into),
        })
    }
}

pub(crate) fn fork_request(fence: &model::Fence, value: model::Fork) -> v1::ForkRequest {
    let which = match value.range {
        model::ForkRange::UpTo(last) => v1::fork_request::Which::UptoSeq(last),
        model::ForkRange::Exactly(seqs) => v1::fork_request::Which::Seqs(v1::SeqList { seqs }),
    };
    v1::ForkRequest {
        fence: Some(fence.clone().into()),
        source: value.source,
        id: value.id,
        which: Some(which),
        parent_seq: value.parent_seq,
        values: Some(value.values.into()),
        entries: all(value.entries),
        outcome: value.outcome.map(Into::into),
    }
}

impl From<v1::ListConversationsRequest> for model::ListFilter {
    fn from(value: v1::ListConversationsRequest) -> Self {
        Self {
            workspace: value.workspace,
            harness: value.harness,
            writer: value.writer,
            model: value.model,
            parent: value.parent,
            after: value.after,
            before: value.before,
            limit: value.limit,
            cursor: (!value.cursor.is_empty()).then_some(value.cursor),
        }
    }
}

impl From<model::ListFilter> for v1::ListConversationsRequest {
    fn from(value: model::ListFilter) -> Self {
        Self {
            workspace: value.workspace,
            harness: value.harness,
            writer: value.writer,
            model: value.model,
            parent: value.parent,
            after: value.after,
            before: value.before,
            limit: value.limit,
            cursor: value.cursor.unwrap_or_default(),
        }
    }
}

impl From<model::Stats> for v1::StatsResponse {
    fn from(value: model::Stats) -> Self {
        let model::Stats {
            lineage,
            conversations,
            entries,
            messages,
            database_bytes,
            index_bytes,
            blob_bytes,
            position,
            indexed_to,
            version,
        } = value;
        Self {
            lineage,
            conversations,
            entries,
            messages,
            database_bytes,
            index_bytes,
            blob_bytes,
            position,
            indexed_to,
            version,
        }
    }
}

impl From<v1::StatsResponse> for model::Stats {
    fn from(value: v1::StatsResponse) -> Self {
        Self {
            lineage: value.lineage,
            conversations: value.conversations,
            entries: value.entries,
            messages: value.messages,
            database_bytes: value.database_bytes,
            index_bytes: value.index_bytes,
            blob_bytes: value.blob_bytes,
            position: value.position,
            indexed_to: value.indexed_to,
            version: value.version,
        }
    }
}
