//! The agents' tools seen from outside: what holds for every one of them, and what holds when many of them work on one
//! store at once, are killed, or find the disk full. Needs the built programs (`cargo build --workspace --bins`).
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, and starts what it tests"
)]

use std::path::Path;
use std::process::{Command, Output, Stdio};

use oqto_testkit::binaries;
use serde_json::Value;
use tempfile::TempDir;

/// The tools that agents and people type.
pub const TOOLS: [&str; 3] = ["trx", "byt", "sx"];

/// A home and a workspace of their own.
#[derive(Debug)]
pub struct Place {
    home: TempDir,
    workspace: TempDir,
}

/// What a tool did.
#[derive(Debug)]
pub struct Ran {
    /// The exit code; `None` when a signal ended it.
    pub code: Option<i32>,
    /// What it said on stdout.
    pub out: String,
    /// What it said on stderr.
    pub err: String,
}

impl Default for Place {
    fn default() -> Self {
        Self::new()
    }
}

impl Place {
    /// An empty one.
    ///
    /// # Panics
    /// When no temporary folder can be made.
    pub fn new() -> Self {
        let folder = || tempfile::tempdir().expect("a temporary folder");
        Self { home: folder(), workspace: folder() }
    }

    /// The workspace, in which the tools run.
    pub fn workspace(&self) -> &Path {
        self.workspace.path()
    }

    /// A tool that is ready to start here, with nothing of the machine's environment but the path.
    ///
    /// # Panics
    /// When the tool is not built.
    pub fn command(&self, tool: &str) -> Command {
        let program = binaries::bin(tool).unwrap_or_else(|error| panic!("{error}"));
        let mut command = Command::new(program);
        self.prepare(&mut command);
        command
    }

    /// The same for any program.
    pub fn prepare(&self, command: &mut Command) {
        let path = std::env::var_os("PATH").unwrap_or_default();
        command.env_clear().env("PATH", path).env("HOME", self.home.path()).current_dir(self.workspace());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    }

    /// Runs a tool to its end.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn run(&self, tool: &str, arguments: &[&str]) -> Ran {
        Ran::of(self.command(tool).args(arguments).output().expect("the tool starts"))
    }
}

impl Ran {
    /// What the output of a process says.
    ///
    /// # Panics
    /// When its stdout is not UTF-8.
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The one line of JSON on stdout.
    ///
    /// # Panics
    /// When there is something else.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}
