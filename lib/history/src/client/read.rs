//! Questions.

use bytes::{Bytes, BytesMut};
use tokio_stream::{Stream, StreamExt};

use super::Client;
use crate::blobs::MAX_BLOB;
use crate::convert::{all, answered};
use crate::error::HistoryError;
use crate::model::{Checkpoint, Conversation, ConversationPage, EntryPage, ListFilter, MessagePage, Stats};
use crate::proto::v1;
use crate::search::{SearchPage, SearchQuery};

impl Client {
    /// One conversation.
    ///
    /// # Errors
    /// `NotFound`, or a failure of the database or the connection.
    pub async fn get(&self, id: &str) -> Result<Conversation, HistoryError> {
        let request = v1::GetConversationRequest { id: id.to_owned() };
        let answer = self.read.clone().get_conversation(self.request(request)).await?.into_inner();
        Ok(answered(answer.conversation, "conversation")?.into())
    }

    /// A page of conversations, the newest change first.
    ///
    /// # Errors
    /// `Invalid` for a cursor that is none, or a failure of the database or the connection.
    pub async fn list(&self, filter: ListFilter) -> Result<ConversationPage, HistoryError> {
        let request = v1::ListConversationsRequest::from(filter);
        let answer = self.read.clone().list_conversations(self.request(request)).await?.into_inner();
        let next = (!answer.next_cursor.is_empty()).then_some(answer.next_cursor);
        Ok(ConversationPage { conversations: all(answer.conversations), next })
    }

    /// The entries after a number; at most `limit` (up to 1000, 0 means 200), fewer where they are large.
    ///
    /// # Errors
    /// `NotFound`, `Corrupt`, or a failure of the database or the connection.
    pub async fn entries(&self, conversation: &str, after: u64, limit: u32) -> Result<EntryPage, HistoryError> {
        let request = v1::EntriesRequest { conversation: conversation.to_owned(), after, limit };
        let v1::EntriesResponse { log, head, entries } =
            self.read.clone().entries(self.request(request)).await?.into_inner();
        Ok(EntryPage { log, head, entries: all(entries) })
    }

    /// The messages before a number (`None`: the newest); at most `limit` (up to 1000, 0 means 50).
    ///
    /// # Errors
    /// `NotFound`, `Corrupt`, or a failure of the database or the connection.
    pub async fn messages(
        &self,
        conversation: &str,
        before: Option<u64>,
        limit: u32,
    ) -> Result<MessagePage, HistoryError> {
        let request = v1::MessagesRequest { conversation: conversation.to_owned(), before, limit };
        let answer = self.read.clone().messages(self.request(request)).await?.into_inner();
        let v1::MessagesResponse { log, head, entries, more } = answer;
        Ok(MessagePage { log, head, entries: all(entries), more })
    }

    /// The entries after a number, then every new one as soon as it is on the disk. The first page comes at once,
    /// also an empty one. Ends with `NotFound` when the conversation is deleted, with `LogReplaced` when the number is
    /// past the end, and with `Unavailable` when the service goes down.
    ///
    /// # Errors
    /// A failure of the connection; those of the log come through the stream.
    pub async fn tail(
        &self,
        conversation: &str,
        after: u64,
    ) -> Result<impl Stream<Item = Result<EntryPage, HistoryError>> + Send + Unpin + use<>, HistoryError> {
        let request = v1::TailRequest { conversation: conversation.to_owned(), after };
        let pages = self.read.clone().tail(request).await?.into_inner();
        Ok(pages.map(|page| {
            let v1::TailResponse { log, head, entries } = page?;
            Ok(EntryPage { log, head, entries: all(entries) })
        }))
    }

    /// The checkpoint of a conversation, where it has one.
    ///
    /// # Errors
    /// `NotFound`, `Corrupt`, or a failure of the database or the connection.
    pub async fn checkpoint(&self, conversation: &str) -> Result<Option<Checkpoint>, HistoryError> {
        let request = v1::GetCheckpointRequest { conversation: conversation.to_owned() };
        let answer = self.read.clone().get_checkpoint(self.request(request)).await?.into_inner();
        Ok(answer.checkpoint.map(Into::into))
    }

    /// What a command answered, where it was answered.
    ///
    /// # Errors
    /// `Corrupt`, or a failure of the database or the connection.
    pub async fn outcome(&self, client_id: &str) -> Result<Option<Bytes>, HistoryError> {
        let request = v1::GetOutcomeRequest { client_id: client_id.to_owned() };
        Ok(self.read.clone().get_outcome(self.request(request)).await?.into_inner().reply)
    }

    /// The bytes under a SHA-256.
    ///
    /// # Errors
    /// `NotFound`, `Corrupt` when they do not hash to their name, or a failure of the connection.
    pub async fn get_blob(&self, sha256: &str) -> Result<Bytes, HistoryError> {
        let request = v1::GetBlobRequest { sha256: sha256.to_owned() };
        let mut pieces = self.read.clone().get_blob(request).await?.into_inner();
        let mut bytes = BytesMut::new();
        while let Some(piece) = pieces.message().await? {
            bytes.reserve(usize::try_from(piece.bytes.min(MAX_BLOB)).unwrap_or(0));
            bytes.extend_from_slice(&piece.chunk);
        }
        Ok(bytes.freeze())
    }

    /// Figures of the database.
    ///
    /// # Errors
    /// A failure of the database or the connection.
    pub async fn stats(&self) -> Result<Stats, HistoryError> {
        Ok(self.read.clone().stats(self.request(v1::StatsRequest {})).await?.into_inner().into())
    }

    /// Messages, best first.
    ///
    /// # Errors
    /// `EmptyQuery`, or a failure of the database or the connection.
    pub async fn search(&self, query: SearchQuery) -> Result<SearchPage, HistoryError> {
        Ok(self.search.clone().search(self.request(v1::SearchRequest::from(query))).await?.into_inner().into())
    }
}
