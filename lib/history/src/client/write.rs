//! Changes. All of them are on the disk when they return.

use bytes::Bytes;

use super::Client;
use crate::blobs::PIECE;
use crate::convert::{append_request, create_request, fork_request};
use crate::error::HistoryError;
use crate::model::{
    Append, Appended, Blob, Claim, Claimed, ConversationPatch, Deleted, Fence, Fork, NewConversation, Outcome, Written,
};
use crate::proto::v1;

impl Client {
    /// Takes over as a writer; older epochs may not write any more.
    ///
    /// # Errors
    /// `Invalid` for an empty name, or a failure of the database or the connection.
    pub async fn claim(&self, claim: Claim) -> Result<Claimed, HistoryError> {
        let v1::ClaimResponse { epoch, lineage, restored } =
            self.write.clone().claim(self.request(v1::ClaimRequest::from(claim))).await?.into_inner();
        Ok(Claimed { epoch, lineage, restored })
    }

    /// Makes a conversation with its first entries.
    ///
    /// # Errors
    /// `Fenced`, `AlreadyExists`, `Invalid`, or a failure of the database or the connection.
    pub async fn create(&self, fence: &Fence, new: NewConversation) -> Result<Written, HistoryError> {
        let answer = self.write.clone().create(self.request(create_request(fence, new))).await?.into_inner();
        Ok(Written { conversation: answer.conversation.map(Into::into), repeated: answer.repeated_reply })
    }

    /// Appends entries, with the checkpoint, metadata and outcome that belong to them.
    ///
    /// # Errors
    /// `Fenced`, `NotFound`, `LogReplaced`, `Invalid`, `TooLarge`, or a failure of the database or the connection.
    pub async fn append(&self, fence: &Fence, append: Append) -> Result<Appended, HistoryError> {
        Ok(self.write.clone().append(self.request(append_request(fence, append))).await?.into_inner().into())
    }

    /// Changes metadata.
    ///
    /// # Errors
    /// `Fenced`, `NotFound`, `Invalid`, or a failure of the database or the connection.
    pub async fn update(
        &self,
        fence: &Fence,
        conversation: &str,
        patch: ConversationPatch,
        outcome: Option<Outcome>,
    ) -> Result<Written, HistoryError> {
        let request = v1::UpdateRequest {
            fence: Some(fence.clone().into()),
            conversation: conversation.to_owned(),
            patch: Some(patch.into()),
            outcome: outcome.map(Into::into),
        };
        let answer = self.write.clone().update(self.request(request)).await?.into_inner();
        Ok(Written { conversation: answer.conversation.map(Into::into), repeated: answer.repeated_reply })
    }

    /// Deletes a conversation with its log.
    ///
    /// # Errors
    /// `Fenced`, `NotFound`, or a failure of the database or the connection.
    pub async fn delete(
        &self,
        fence: &Fence,
        conversation: &str,
        outcome: Option<Outcome>,
    ) -> Result<Deleted, HistoryError> {
        let request = v1::DeleteRequest {
            fence: Some(fence.clone().into()),
            conversation: conversation.to_owned(),
            outcome: outcome.map(Into::into),
        };
        let answer = self.write.clone().delete(self.request(request)).await?.into_inner();
        Ok(Deleted { entries: answer.entries, repeated: answer.repeated_reply })
    }

    /// Makes a conversation with copies of another's entries.
    ///
    /// # Errors
    /// `Fenced`, `NotFound`, `AlreadyExists`, `Invalid`, or a failure of the database or the connection.
    pub async fn fork(&self, fence: &Fence, fork: Fork) -> Result<Written, HistoryError> {
        let answer = self.write.clone().fork(self.request(fork_request(fence, fork))).await?.into_inner();
        Ok(Written { conversation: answer.conversation.map(Into::into), repeated: answer.repeated_reply })
    }

    /// Keeps bytes under their SHA-256; putting the same bytes again changes nothing.
    ///
    /// # Errors
    /// `TooLarge` above 256 MiB, or a failure of the disk or the connection.
    pub async fn put_blob(&self, bytes: Bytes) -> Result<Blob, HistoryError> {
        let mut pieces = Vec::with_capacity(bytes.len() / PIECE + 1);
        let mut rest = bytes;
        while !rest.is_empty() {
            let chunk = rest.split_to(rest.len().min(PIECE));
            pieces.push(v1::PutBlobRequest { chunk });
        }
        let answer = self.write.clone().put_blob(tokio_stream::iter(pieces)).await?.into_inner();
        Ok(Blob { sha256: answer.sha256, bytes: answer.bytes })
    }
}
