//! A daemon started on demand: it outlives who started it.

use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::{ExitStatus, Stdio};

use tokio::process::{Child, Command};

use super::{Helper, HelperError};
use crate::spawn::{Setup, prepare};

/// A started daemon. Dropping this leaves it alone.
#[derive(Debug)]
pub struct Detached {
    child: Child,
}

/// Starts `helper` in a session of its own, without a terminal, with nothing on its standard input and its outputs
/// appended to `log` (made 0600 if it is not there; its folder must be). No tag, no tree: it may do as it likes.
///
/// # Errors
///
/// The log cannot be opened, or the program not started.
pub fn detached(helper: &Helper, log: &Path) -> Result<Detached, HelperError> {
    let open = OpenOptions::new().append(true).create(true).mode(0o600).open(log);
    let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", log.display()));
    let log = open.map_err(|error| helper.spawn_error(named(error)))?;
    let copy = log.try_clone().map_err(|error| helper.spawn_error(named(error)))?;
    let mut command = helper.command();
    command.stdin(Stdio::null()).stdout(copy).stderr(log);
    // A daemon is not part of the tree that happened to ask for it first.
    command.env_remove(crate::TAG_VARIABLE);
    prepare(&mut command, Setup { session: true, ..Setup::default() });
    let child = Command::from(command).spawn().map_err(|error| helper.spawn_error(error))?;
    Ok(Detached { child })
}

impl Detached {
    /// The daemon's process id; `None` once it was collected.
    pub fn pid(&self) -> Option<u32> {
        self.child.id()
    }

    /// Waits until the daemon ends, which a good one does not; for telling early why a start failed.
    ///
    /// # Errors
    ///
    /// The system does not tell.
    pub async fn exited(&mut self) -> io::Result<ExitStatus> {
        self.child.wait().await
    }
}
