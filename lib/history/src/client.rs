//! The client of the service: plain values in, plain values out. Cloning is cheap, and a client connects again by
//! itself when the service was started anew.

mod connect;
mod read;
mod write;

use tonic::transport::Channel;

use crate::proto::v1::{read_client::ReadClient, search_client::SearchClient, write_client::WriteClient};

/// A client. Every method may fail with `Unavailable`, after which the same call may be made again: changes are
/// idempotent by the ids that they carry.
#[derive(Debug, Clone)]
pub struct Client {
    write: WriteClient<Channel>,
    read: ReadClient<Channel>,
    search: SearchClient<Channel>,
}
