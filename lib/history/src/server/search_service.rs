//! The Search service.

use std::time::Duration;

use tonic::{Request, Response, Status};

use super::history::History;
use crate::proto::v1::{self, search_server::Search};

/// How long a search waits for messages that were just appended; what is missing then is said in the answer.
const PATIENCE: Duration = Duration::from_millis(200);

#[tonic::async_trait]
impl Search for History {
    async fn search(&self, request: Request<v1::SearchRequest>) -> Result<Response<v1::SearchResponse>, Status> {
        self.indexer.catch_up(PATIENCE).await;
        let page = self.reader.search(request.into_inner().into()).await?;
        Ok(Response::new(page.into()))
    }
}
