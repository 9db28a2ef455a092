//! This user's own runner: its socket, and how it is started when nobody listens there.

use super::{Connect, Link};
use oqto_process::helper::{Detached, Helper, detached};
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_wire::unix::{self, SocketError};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::UnixStream;
use tokio::sync::Mutex;

/// How long a runner may take from its start until it listens.
const START_DEADLINE: Duration = Duration::from_secs(10);

/// How often a starting runner's socket is tried. There is nothing to wait on: the socket is made by another process.
const TRY_AGAIN: Duration = Duration::from_millis(5);

/// How the local runner is reached and started.
#[derive(Clone, Debug)]
pub struct LocalRunner {
    /// Its socket.
    pub socket: PathBuf,
    /// The program to start when nobody listens; `None`: it is not ours to start.
    pub program: Option<Helper>,
    /// Where what a started runner says is kept.
    pub log: PathBuf,
}

/// Opens pipes to this user's runner, starting it when it is not there.
#[must_use]
pub fn local(runner: LocalRunner) -> Connect {
    let runner = Arc::new(Starter { runner, starting: Mutex::new(()) });
    Arc::new(move || {
        let runner = Arc::clone(&runner);
        Box::pin(async move {
            let stream = runner.stream().await?;
            let (read, write) = stream.into_split();
            Ok(Link::new(read, write, ()))
        })
    })
}

struct Starter {
    runner: LocalRunner,
    /// Held while one is being started, so that many browsers start one.
    starting: Mutex<()>,
}

impl Starter {
    async fn stream(&self) -> Result<UnixStream, WireError> {
        match unix::connect(&self.runner.socket).await {
            Ok(stream) => Ok(stream),
            Err(SocketError::NobodyListens(_)) => self.start_and_connect().await,
            Err(error) => Err(self.unreachable(&error)),
        }
    }

    async fn start_and_connect(&self) -> Result<UnixStream, WireError> {
        let _starting = self.starting.lock().await;
        // Another browser may have started it while this one waited.
        match (unix::connect(&self.runner.socket).await, &self.runner.program) {
            (Ok(stream), _) => Ok(stream),
            (Err(SocketError::NobodyListens(_)), Some(program)) => self.start(program).await,
            (Err(error), _) => Err(self.unreachable(&error)),
        }
    }

    async fn start(&self, program: &Helper) -> Result<UnixStream, WireError> {
        tracing::info!(?program, "starting the runner");
        let started = detached(program, &self.runner.log).map_err(|error| {
            let reason = std::error::Error::source(&error).map(|source| format!(": {source}")).unwrap_or_default();
            WireError::new(ErrorKind::Unreachable, format!("the runner cannot be started: {error}{reason}"))
        })?;
        match tokio::time::timeout(START_DEADLINE, self.ready(started)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(self.look_at_log(format!("the runner did not listen within {} s", START_DEADLINE.as_secs()))),
        }
    }

    /// Waits until the started runner listens, or has ended.
    async fn ready(&self, mut started: Detached) -> Result<UnixStream, WireError> {
        let connected = async {
            loop {
                match unix::connect(&self.runner.socket).await {
                    Ok(stream) => return Ok(stream),
                    Err(SocketError::NobodyListens(_)) => tokio::time::sleep(TRY_AGAIN).await,
                    Err(error) => return Err(self.unreachable(&error)),
                }
            }
        };
        let mut connected = std::pin::pin!(connected);
        tokio::select! {
            connected = &mut connected => connected,
            ended = started.exited() => {
                // It may have ended because another runner has just won the socket.
                match (unix::connect(&self.runner.socket).await, ended) {
                    (Ok(stream), _) => Ok(stream),
                    (Err(_), Ok(status)) => Err(self.look_at_log(format!("the runner ended at once ({status})"))),
                    (Err(_), Err(error)) => Err(self.look_at_log(format!("the runner ended at once ({error})"))),
                }
            }
        }
    }

    fn look_at_log(&self, what: String) -> WireError {
        let error = WireError::new(ErrorKind::Unreachable, what);
        error.with_hint(format!("see why: tail {}", self.runner.log.display()))
    }

    fn unreachable(&self, error: &SocketError) -> WireError {
        let reason = std::error::Error::source(error).map(|source| format!(": {source}")).unwrap_or_default();
        WireError::new(ErrorKind::Unreachable, format!("the runner cannot be reached: {error}{reason}"))
            .with_hint("start it and see what it says: oqto-runner serve -v")
    }
}
