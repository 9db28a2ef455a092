//! This user's own runner: its socket, and its start when nobody answers there.

use super::{Connect, Link};
use oqto_process::helper::{Look, OnDemand, OnDemandError};
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_wire::unix::{self, SocketError};
use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

/// How the local runner is reached and started.
#[derive(Debug)]
pub struct LocalRunner {
    /// Its socket.
    pub socket: PathBuf,
    /// How it is started. One that is stopped or hangs counts as absent: its successor takes the socket over.
    pub daemon: OnDemand,
}

/// Opens pipes to this user's runner, starting it when it is not there.
#[must_use]
pub fn local(runner: LocalRunner) -> Connect {
    let runner = Arc::new(runner);
    Arc::new(move || {
        let runner = Arc::clone(&runner);
        Box::pin(async move {
            let look = || async { Look::of(unix::connect_speaking(&runner.socket).await, SocketError::is_absent) };
            let stream = runner.daemon.reach(look).await.map_err(|error| unreachable(&runner, &error))?;
            let (read, write) = stream.into_split();
            Ok(Link::new(read, write, ()))
        })
    })
}

fn unreachable(runner: &LocalRunner, error: &OnDemandError<SocketError>) -> WireError {
    let log = runner.daemon.log().display();
    let (what, hint) = match error {
        OnDemandError::Absent(why) => (
            format!("the runner cannot be reached: {}", chain(why)),
            "start it and see what it says: oqto-runner serve -v".to_owned(),
        ),
        OnDemandError::Start(why) => {
            (format!("the runner cannot be started: {}", chain(why)), "oqtoctl doctor".to_owned())
        }
        OnDemandError::Ended { .. } | OnDemandError::Deadline { .. } => {
            (format!("the runner cannot be reached: {error}"), format!("see why: tail {log}"))
        }
    };
    WireError::new(ErrorKind::Unreachable, what).with_hint(hint)
}

/// An error with what is behind it.
fn chain(error: &dyn Error) -> String {
    error.source().map_or_else(|| error.to_string(), |source| format!("{error}: {source}"))
}
