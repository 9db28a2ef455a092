//! A runner behind a command that speaks frames on its stdin and stdout: ssh, podman, kubectl, anything.

use super::{Connect, Link};
use oqto_process::helper::{Helper, Piped, piped};
use oqto_process::program::resolve;
use oqto_protocol::error::{ErrorKind, WireError};
use std::ffi::{OsStr, OsString};
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::ChildStderr;

/// The longest line of a command's stderr that is logged, in characters.
const LOGGED: usize = 400;

/// Opens pipes by running a command, one process a pipe.
#[must_use]
pub fn program(runner: &str, command: Vec<String>) -> Connect {
    let (runner, command) = (Arc::<str>::from(runner), Arc::new(command));
    Arc::new(move || {
        let (runner, command) = (Arc::clone(&runner), Arc::clone(&command));
        Box::pin(async move { start(&runner, &command) })
    })
}

fn start(runner: &Arc<str>, command: &[String]) -> Result<Link, WireError> {
    let failed = |why: String| {
        WireError::new(ErrorKind::Unreachable, format!("runner {runner} cannot be reached: {why}"))
            .with_hint(format!("try the command by hand: {}", command.join(" ")))
    };
    let (name, arguments) = command.split_first().ok_or_else(|| failed("its command is empty".to_owned()))?;
    let path = std::env::var_os("PATH").unwrap_or_default();
    let program = resolve(OsStr::new(name), &path).map_err(|error| failed(error.to_string()))?;
    let helper = Helper::new(program).args(arguments.iter().map(OsString::from));
    let mut child = piped(&helper).map_err(|error| {
        let reason = std::error::Error::source(&error).map(|source| format!(": {source}")).unwrap_or_default();
        failed(format!("{error}{reason}"))
    })?;
    let streams = (child.stdout.take(), child.stdin.take(), child.stderr.take());
    let (Some(stdout), Some(stdin), Some(stderr)) = streams else {
        return Err(failed("it has no standard streams".to_owned()));
    };
    let listener = tokio::spawn(log_stderr(Arc::clone(runner), stderr));
    Ok(Link::new(stdout, stdin, Carrier { child: Some(child), listener }))
}

/// Keeps the process; ends it and its tree away from the async threads, since that takes some milliseconds.
struct Carrier {
    child: Option<Piped>,
    listener: tokio::task::JoinHandle<()>,
}

impl Drop for Carrier {
    fn drop(&mut self) {
        self.listener.abort();
        let child = self.child.take();
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn_blocking(move || drop(child))),
            Err(_) => drop(child),
        }
    }
}

async fn log_stderr(runner: Arc<str>, stderr: ChildStderr) {
    let mut lines = BufReader::new(tokio::io::AsyncReadExt::take(stderr, u64::MAX)).split(b'\n');
    while let Ok(Some(line)) = lines.next_segment().await {
        let text: String = String::from_utf8_lossy(&line).chars().take(LOGGED).collect();
        tracing::warn!(runner = &*runner, said = %oqto_kit::escape::line(&text), "runner command");
    }
}
