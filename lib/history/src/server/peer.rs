//! Only the user who runs the service may ask it.

use tonic::transport::server::UdsConnectInfo;
use tonic::{Request, Status};

use crate::error::HistoryError;

/// Refuses requests from another user's process. Connections without a Unix socket come from this process.
pub(super) fn same_user(request: Request<()>) -> Result<Request<()>, Status> {
    let Some(connection) = request.extensions().get::<UdsConnectInfo>() else { return Ok(request) };
    let ours = rustix::process::geteuid().as_raw();
    match connection.peer_cred.map(|peer| peer.uid()) {
        Some(theirs) if theirs == ours => Ok(request),
        Some(theirs) => {
            let text = format!("this history belongs to user {ours}, the request came from user {theirs}");
            Err(HistoryError::NotPermitted(text).to_status())
        }
        None => Err(HistoryError::NotPermitted("the request came from an unknown user".into()).to_status()),
    }
}
