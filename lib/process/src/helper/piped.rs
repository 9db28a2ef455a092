//! A program that someone speaks with over its standard streams.

use std::io;
use std::process::{ExitStatus, Stdio};

use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};

use super::{Helper, HelperError, Tree};

/// A running program and our ends of its streams. The streams may be taken apart and moved elsewhere; dropping this
/// handle kills the program at once and has the rest of its tree ended in the background.
#[derive(Debug)]
pub struct Piped {
    /// What is written here the program reads. Closing it is how one asks most such programs to end.
    pub stdin: Option<ChildStdin>,
    /// What the program says.
    pub stdout: Option<ChildStdout>,
    /// What it says to people; somebody should read it.
    pub stderr: Option<ChildStderr>,
    // Fields are dropped in this order: first the tree is ended, then the runtime collects the program.
    tree: Tree,
    child: Child,
}

/// Starts `helper` with three pipes.
///
/// # Errors
///
/// It cannot be started.
pub fn piped(helper: &Helper) -> Result<Piped, HelperError> {
    let mut command = helper.command();
    let mut tree = Tree::plant(&mut command);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = Command::from(command).spawn().map_err(|error| {
        tree.over = true;
        helper.spawn_error(error)
    })?;
    tree.rooted(child.id());
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    Ok(Piped { stdin, stdout, stderr, tree, child })
}

impl Piped {
    /// The program's process id; `None` once it was collected.
    pub fn pid(&self) -> Option<u32> {
        self.child.id()
    }

    /// Waits until the program has ended by itself. May be dropped and called again.
    ///
    /// # Errors
    ///
    /// The system does not tell.
    pub async fn exited(&mut self) -> io::Result<ExitStatus> {
        self.child.wait().await
    }

    /// Ends the program and its tree now, and tells how it ended.
    ///
    /// # Errors
    ///
    /// The system does not tell.
    pub async fn end(mut self) -> io::Result<ExitStatus> {
        self.tree.end().await;
        self.child.wait().await
    }
}
