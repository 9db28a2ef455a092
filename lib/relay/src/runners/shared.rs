//! The one connection to a runner that REST requests share.

use super::Runner;
use super::silence::{ASK_AFTER, DEAD_AFTER, ping_frame};
use oqto_kit::Tasks;
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::frame::Frame;
use oqto_protocol::raw::RawJson;
use oqto_protocol::system::{Hello, RunnerState};
use oqto_wire::peer;
use oqto_wire::{CallError, Peer};
use std::time::Duration;
use tokio::sync::Mutex;

/// How long a REST request may take, opening the pipe and starting the agent included.
const CALL_DEADLINE: Duration = Duration::from_secs(60);

/// A connection that is opened when it is needed and when the last one was lost.
#[derive(Debug, Default)]
pub(crate) struct SharedPeer {
    open: Mutex<Option<Peer>>,
}

impl Runner {
    /// Asks the runner on the shared connection.
    ///
    /// # Errors
    /// The runner's own error, or `unreachable`, or `timed_out`.
    pub(crate) async fn call(&self, frame: Frame, hello: &Hello, tasks: &Tasks) -> Result<RawJson, WireError> {
        let asked = async {
            let peer = self.peer(hello, tasks).await?;
            match peer.call(frame.clone(), CALL_DEADLINE).await {
                // Nothing was sent on a connection that had died unnoticed; what was sent is not repeated.
                Err(CallError::Lost) if peer.is_closed() => {
                    self.forget(&peer).await;
                    Err(self.lost())
                }
                Err(error) => Err(error.to_wire()),
                Ok(reply) => Ok(reply),
            }
        };
        let slow = || WireError::new(ErrorKind::TimedOut, format!("runner {} did not answer in time", self.name()));
        tokio::time::timeout(CALL_DEADLINE, asked).await.unwrap_or_else(|_| Err(slow()))
    }

    async fn peer(&self, hello: &Hello, tasks: &Tasks) -> Result<Peer, WireError> {
        let mut open = self.shared.open.lock().await;
        if let Some(peer) = open.as_ref().filter(|peer| !peer.is_closed()) {
            return Ok(peer.clone());
        }
        let link = self.connect().await.inspect_err(|_| self.set_state(RunnerState::Lost))?;
        let greeted = peer::open(link.source, link.sink, hello.clone()).await;
        let (peer, events, driver) = greeted.map_err(|error| {
            WireError::new(ErrorKind::Unreachable, format!("runner {} cannot be used: {error}", self.name()))
        })?;
        drop(events);
        self.set_state(RunnerState::Connected);
        let carrier = link.carrier;
        let token = tasks.token().clone();
        let asked = peer.clone();
        let name = self.name().to_owned();
        tasks.spawn("shared runner connection", async move {
            tokio::select! {
                ended = driver.run() => tracing::debug!(?ended, "shared connection ended"),
                () = hangs(&asked) => tracing::info!(runner = name, "the runner does not answer; connection given up"),
                () = token.cancelled() => {}
            }
            drop(carrier);
        });
        *open = Some(peer.clone());
        Ok(peer)
    }

    async fn forget(&self, lost: &Peer) {
        let mut open = self.shared.open.lock().await;
        if open.as_ref().is_some_and(|peer| peer.is_same(lost)) {
            *open = None;
        }
    }

    fn lost(&self) -> WireError {
        let message = format!("the connection to runner {} was lost before the reply came", self.name());
        WireError::new(ErrorKind::Unreachable, message)
    }
}

/// Comes back when a runner does not answer any more although its connection is open.
async fn hangs(peer: &Peer) {
    loop {
        tokio::time::sleep(ASK_AFTER).await;
        match peer.call(ping_frame(), DEAD_AFTER - ASK_AFTER).await {
            Err(CallError::TimedOut(_)) => return,
            // Whatever it says, it says something. A connection that is lost ends its driver.
            Ok(_) | Err(CallError::Refused(_) | CallError::Lost | CallError::Json(_)) => {}
        }
    }
}
