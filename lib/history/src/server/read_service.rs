//! The Read service.

use tonic::{Request, Response, Status};

use super::blob_service::BlobStream;
use super::history::History;
use super::tail::TailStream;
use crate::convert::all;
use crate::proto::v1::{self, read_server::Read};

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl Read for History {
    async fn get_conversation(
        &self,
        request: Request<v1::GetConversationRequest>,
    ) -> Answer<v1::GetConversationResponse> {
        let conversation = self.reader.get(&request.into_inner().id).await?;
        Ok(Response::new(v1::GetConversationResponse { conversation: Some(conversation.into()) }))
    }

    async fn list_conversations(
        &self,
        request: Request<v1::ListConversationsRequest>,
    ) -> Answer<v1::ListConversationsResponse> {
        let page = self.reader.list(request.into_inner().into()).await?;
        let (conversations, next_cursor) = (all(page.conversations), page.next.unwrap_or_default());
        Ok(Response::new(v1::ListConversationsResponse { conversations, next_cursor }))
    }

    async fn entries(&self, request: Request<v1::EntriesRequest>) -> Answer<v1::EntriesResponse> {
        let request = request.into_inner();
        let page = self.reader.entries(&request.conversation, request.after, request.limit).await?;
        Ok(Response::new(v1::EntriesResponse { log: page.log, head: page.head, entries: all(page.entries) }))
    }

    async fn messages(&self, request: Request<v1::MessagesRequest>) -> Answer<v1::MessagesResponse> {
        let request = request.into_inner();
        let page = self.reader.messages(&request.conversation, request.before, request.limit).await?;
        let (log, head, entries, more) = (page.log, page.head, all(page.entries), page.more);
        Ok(Response::new(v1::MessagesResponse { log, head, entries, more }))
    }

    type TailStream = TailStream;

    async fn tail(&self, request: Request<v1::TailRequest>) -> Answer<TailStream> {
        let request = request.into_inner();
        Ok(Response::new(self.follow(request.conversation, request.after)))
    }

    async fn get_checkpoint(&self, request: Request<v1::GetCheckpointRequest>) -> Answer<v1::GetCheckpointResponse> {
        let checkpoint = self.reader.checkpoint(&request.into_inner().conversation).await?;
        Ok(Response::new(v1::GetCheckpointResponse { checkpoint: checkpoint.map(Into::into) }))
    }

    async fn get_outcome(&self, request: Request<v1::GetOutcomeRequest>) -> Answer<v1::GetOutcomeResponse> {
        let reply = self.reader.outcome(&request.into_inner().client_id).await?;
        Ok(Response::new(v1::GetOutcomeResponse { reply }))
    }

    type GetBlobStream = BlobStream;

    async fn get_blob(&self, request: Request<v1::GetBlobRequest>) -> Answer<BlobStream> {
        Ok(Response::new(self.send_blob(&request.into_inner().sha256)?))
    }

    async fn stats(&self, _: Request<v1::StatsRequest>) -> Answer<v1::StatsResponse> {
        Ok(Response::new(self.reader.stats().await?.into()))
    }
}
