//! The client of the service: plain values in, plain values out. Cloning is cheap, and a client connects again by
//! itself when the service was started anew.

mod connect;
mod read;
mod write;

use std::time::Duration;

use tonic::Request;
use tonic::transport::Channel;

use crate::proto::v1::{read_client::ReadClient, search_client::SearchClient, write_client::WriteClient};

/// A client. Every method may fail with `Unavailable`, after which the same call may be made again: changes are
/// idempotent by the ids that they carry.
#[derive(Debug, Clone)]
pub struct Client {
    write: WriteClient<Channel>,
    read: ReadClient<Channel>,
    search: SearchClient<Channel>,
    patience: Duration,
}

/// How long a request may take unless [`Client::with_patience`] says otherwise: longer than a locked database is
/// waited for.
const PATIENCE: Duration = Duration::from_secs(15);

impl Client {
    /// The same client with another deadline for each request; a request that takes longer fails with `Unavailable`.
    /// Blobs and followed logs have none.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    fn request<T>(&self, message: T) -> Request<T> {
        let mut request = Request::new(message);
        request.set_timeout(self.patience);
        request
    }
}
