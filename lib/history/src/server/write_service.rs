//! The Write service: decode, check at the edge, change, answer.

use tonic::{Request, Response, Status, Streaming};

use super::heads::Heads;
use super::history::History;
use crate::convert::required;
use crate::error::HistoryError;
use crate::model::{Append, Appended, Claim, ConversationPatch, Fence, Fork, NewConversation, Outcome, Written};
use crate::names;
use crate::proto::v1::{self, write_server::Write};
use crate::write;

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl Write for History {
    async fn claim(&self, request: Request<v1::ClaimRequest>) -> Answer<v1::ClaimResponse> {
        let claim: Claim = request.into_inner().into();
        names::name("the writer", &claim.writer)?;
        let claimed = self.change(move |change| write::claim(change, &claim), |_, _| {}).await?;
        let (epoch, lineage, restored) = (claimed.epoch, claimed.lineage, claimed.restored);
        Ok(Response::new(v1::ClaimResponse { epoch, lineage, restored }))
    }

    async fn create(&self, request: Request<v1::CreateRequest>) -> Answer<v1::CreateResponse> {
        let mut request = request.into_inner();
        let fence: Fence = required(request.fence.take(), "fence")?.into();
        let new: NewConversation = request.into();
        check_new(&new)?;
        let written = self.change(move |change| write::create(change, &fence, &new), moved).await?;
        let conversation = written.conversation.map(Into::into);
        Ok(Response::new(v1::CreateResponse { conversation, repeated_reply: written.repeated }))
    }

    async fn append(&self, request: Request<v1::AppendRequest>) -> Answer<v1::AppendResponse> {
        let mut request = request.into_inner();
        let fence: Fence = required(request.fence.take(), "fence")?.into();
        let append: Append = request.into();
        check_append(&append)?;
        let conversation = append.conversation.clone();
        let after = move |appended: &Appended, heads: &Heads| heads.moved(&conversation, appended.head);
        let appended = self.change(move |change| write::append(change, &fence, &append), after).await?;
        Ok(Response::new(appended.into()))
    }

    async fn update(&self, request: Request<v1::UpdateRequest>) -> Answer<v1::UpdateResponse> {
        let request = request.into_inner();
        let fence: Fence = required(request.fence, "fence")?.into();
        let patch: ConversationPatch = request.patch.unwrap_or_default().into();
        let outcome: Option<Outcome> = request.outcome.map(Into::into);
        names::patch(&patch)?;
        names::outcome(outcome.as_ref())?;
        let id = request.conversation;
        let work = move |change: write::Change<'_>| write::update(change, &fence, &id, &patch, outcome.as_ref());
        let written = self.change(work, moved).await?;
        let conversation = written.conversation.map(Into::into);
        Ok(Response::new(v1::UpdateResponse { conversation, repeated_reply: written.repeated }))
    }

    async fn delete(&self, request: Request<v1::DeleteRequest>) -> Answer<v1::DeleteResponse> {
        let request = request.into_inner();
        let fence: Fence = required(request.fence, "fence")?.into();
        let outcome: Option<Outcome> = request.outcome.map(Into::into);
        names::outcome(outcome.as_ref())?;
        let (id, gone) = (request.conversation.clone(), request.conversation);
        let bell = self.indexer.bell();
        let work = move |change: write::Change<'_>| write::delete(change, &fence, &id, outcome.as_ref());
        let after = move |(_, key): &(_, Option<i64>), heads: &Heads| {
            heads.gone(&gone);
            if let Some(key) = key {
                bell.deleted(*key);
            }
        };
        let (deleted, _) = self.change(work, after).await?;
        self.clearing.notify_one();
        Ok(Response::new(v1::DeleteResponse { entries: deleted.entries, repeated_reply: deleted.repeated }))
    }

    async fn fork(&self, request: Request<v1::ForkRequest>) -> Answer<v1::ForkResponse> {
        let mut request = request.into_inner();
        let fence: Fence = required(request.fence.take(), "fence")?.into();
        let fork: Fork = request.try_into()?;
        names::name("the id of the conversation", &fork.id)?;
        names::entries(&fork.entries)?;
        names::patch(&fork.values)?;
        names::outcome(fork.outcome.as_ref())?;
        let written = self.change(move |change| write::fork(change, &fence, &fork), moved).await?;
        let conversation = written.conversation.map(Into::into);
        Ok(Response::new(v1::ForkResponse { conversation, repeated_reply: written.repeated }))
    }

    async fn put_blob(&self, request: Request<Streaming<v1::PutBlobRequest>>) -> Answer<v1::PutBlobResponse> {
        let blob = self.receive_blob(request.into_inner()).await?;
        Ok(Response::new(v1::PutBlobResponse { sha256: blob.sha256, bytes: blob.bytes }))
    }
}

/// Tells those that follow the conversation.
fn moved(written: &Written, heads: &Heads) {
    if let Some(conversation) = &written.conversation {
        heads.moved(&conversation.id, conversation.head);
    }
}

fn check_new(new: &NewConversation) -> Result<(), HistoryError> {
    names::name("the id of the conversation", &new.id)?;
    names::entries(&new.entries)?;
    let mut ids: Vec<&str> = new.entries.iter().map(|entry| entry.id.as_str()).collect();
    ids.sort_unstable();
    if ids.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(HistoryError::Invalid("two entries have the same id".into()));
    }
    names::patch(&new.values)?;
    names::outcome(new.outcome.as_ref())?;
    new.checkpoint.as_ref().map_or(Ok(()), |checkpoint| names::size("the checkpoint", &checkpoint.state))
}

fn check_append(append: &Append) -> Result<(), HistoryError> {
    names::entries(&append.entries)?;
    names::outcome(append.outcome.as_ref())?;
    append.patch.as_ref().map_or(Ok(()), names::patch)?;
    append.checkpoint.as_ref().map_or(Ok(()), |checkpoint| names::size("the checkpoint", &checkpoint.state))
}
