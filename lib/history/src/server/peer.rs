//! Only the user who runs the service may ask it.

use tonic::transport::server::UdsConnectInfo;
use tonic::{Request, Status};

use crate::error::HistoryError;

/// Refuses requests from another user's process. Connections without a Unix socket come from this process.
pub(super) fn same_user(request: Request<()>) -> Result<Request<()>, Status> {
    let Some(connection) = request.extensions().get::<UdsConnectInfo>() else { return Ok(request) };
    let ours = rustix::process::geteuid().as_raw();
    allowed(ours, connection.peer_cred.map(|peer| peer.uid()))?;
    Ok(request)
}

/// Root is another user too: who may read the file needs no service.
fn allowed(ours: u32, theirs: Option<u32>) -> Result<(), HistoryError> {
    let text = match theirs {
        Some(theirs) if theirs == ours => return Ok(()),
        Some(theirs) => format!("this history belongs to user {ours}, the request came from user {theirs}"),
        None => "the request came from an unknown user".into(),
    };
    Err(HistoryError::NotPermitted(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_own_user_may_ask() {
        assert_eq!(allowed(1000, Some(1000)), Ok(()));
        for theirs in [Some(1001), Some(0), None] {
            assert!(matches!(allowed(1000, theirs), Err(HistoryError::NotPermitted(_))), "{theirs:?}");
        }
    }
}
