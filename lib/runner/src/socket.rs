//! The runner's socket: who serves it, and taking it over from a runner that does not move any more. Whatever such a one
//! does when it wakes is refused, since its number is older; and it sees that the socket is no longer its own.

use std::path::Path;
use std::time::{Duration, Instant};

use oqto_protocol::error::{ErrorKind, WireError};
use oqto_wire::unix::{self, Listener, SocketError, TakeOver};

use crate::harnesses::chain;

/// How long a runner may be silent, once it serves the socket, before it counts as hanging: it may be starting.
const STARTING: Duration = Duration::from_secs(15);
/// How often it is looked at whether the socket is still this runner's, and free.
const LOOK: Duration = Duration::from_secs(2);
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Serves the runner's socket. One that another runner serves is not taken, unless that one does not move any more: it is
/// stopped, or it does not say hello.
///
/// # Errors
/// `already_exists` when another runner serves it; what else is in the way.
pub async fn bind(socket: &Path) -> Result<Listener, WireError> {
    let deadline = Instant::now() + STARTING;
    loop {
        match Listener::bind(socket) {
            Ok(listener) => return Ok(listener),
            Err(SocketError::InUse(_)) => {}
            Err(error) => return Err(socket_error(&error)),
        }
        let server = match serving(socket).await {
            Serving::Answers => return Err(served(socket)),
            Serving::Stopped(server) => Some(server),
            Serving::Silent(server) => (Instant::now() >= deadline).then_some(server),
        };
        if let Some(server) = server
            && let Some(listener) = take_over(socket, server).await?
        {
            return Ok(listener);
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

fn served(socket: &Path) -> WireError {
    let said = format!("a runner serves {} already", socket.display());
    WireError::new(ErrorKind::AlreadyExists, said).with_hint("talk to it: oqto-runner connect")
}

/// The process behind a socket; `None` where nobody is to be seen.
type Server = Option<i32>;

enum Serving {
    Answers,
    /// Its process is stopped by a signal.
    Stopped(Server),
    /// It may be starting.
    Silent(Server),
}

async fn serving(socket: &Path) -> Serving {
    match unix::connect_speaking(socket).await {
        Ok(_) => Serving::Answers,
        Err(SocketError::Silent { pid, .. }) if pid.is_some_and(is_stopped) => Serving::Stopped(pid),
        Err(SocketError::Silent { pid, .. }) => Serving::Silent(pid),
        Err(_) => Serving::Silent(None),
    }
}

/// Takes the socket over from a server that was found not to move, unless meanwhile another one serves it.
async fn take_over(socket: &Path, from: Server) -> Result<Option<Listener>, WireError> {
    let Some(turn) = TakeOver::begin(socket).map_err(|error| socket_error(&error))? else { return Ok(None) };
    let now = unix::connect(socket).await.ok().and_then(|stream| stream.peer_cred().ok()?.pid());
    if now != from {
        return Ok(None);
    }
    tracing::warn!(socket = %socket.display(), pid = from, "the runner that serves this socket does not move; taking over");
    match turn.bind() {
        Ok(listener) => Ok(Some(listener)),
        Err(SocketError::InUse(_)) => Ok(None),
        Err(error) => Err(socket_error(&error)),
    }
}

/// Whether a process is stopped (`T` in proc_pid_stat(5)).
fn is_stopped(pid: i32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let state = stat.rsplit(')').next().and_then(|rest| rest.split_whitespace().next());
    state.is_some_and(|state| matches!(state, "T" | "t"))
}

/// Waits until the socket is no longer this runner's. Nobody could reach it any more, and without agents to hear of it
/// would never learn that it has a successor.
pub(crate) async fn lost(listener: &Listener) -> WireError {
    let mut looks = tokio::time::interval(LOOK);
    looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        if !listener.is_in_place() {
            let said = format!("{} does not lead to this runner any more", listener.path().display());
            return WireError::new(ErrorKind::Fenced, said);
        }
    }
}

/// A socket's error as it crosses a pipe.
#[must_use]
pub fn socket_error(error: &SocketError) -> WireError {
    let kind = match error {
        SocketError::InUse(_) => ErrorKind::AlreadyExists,
        SocketError::NobodyListens(_) | SocketError::Silent { .. } => ErrorKind::Unreachable,
        SocketError::PathTooLong(_) | SocketError::OpenFolder(_) | SocketError::NotASocket(_) => ErrorKind::Config,
        SocketError::ForeignPeer { .. } => ErrorKind::NotPermitted,
        SocketError::Io { .. } => ErrorKind::Unavailable,
    };
    WireError::new(kind, chain(error))
}
