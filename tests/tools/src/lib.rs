//! The agents' tools seen from outside: what holds for every one of them, and what holds when many of them work on one
//! store at once, are killed, or find the disk full. Needs the built programs (`cargo build --workspace --bins`).
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, and starts what it tests"
)]

use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use oqto_testkit::binaries;
use serde_json::Value;
use tempfile::TempDir;

/// The tools that agents and people type.
pub const TOOLS: [&str; 4] = ["agntz", "trx", "byt", "sx"];

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

    /// Runs a tool that must succeed, and returns what it says with `--json`.
    ///
    /// # Panics
    /// When it fails, or says something that is no JSON.
    pub fn ok(&self, tool: &str, arguments: &[&str]) -> Value {
        let ran = Ran::of(self.command(tool).args(arguments).arg("--json").output().expect("the tool starts"));
        assert_eq!(ran.code, Some(0), "{tool} {arguments:?}: {ran:?}");
        ran.json()["ok"].clone()
    }

    /// Runs a tool that reads this on stdin. A tool may have seen enough before the end of it.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn feed(&self, tool: &str, arguments: &[&str], input: &[u8]) -> Ran {
        let mut child = self.command(tool).args(arguments).stdin(Stdio::piped()).spawn().expect("the tool starts");
        let stdin = child.stdin.take();
        std::thread::scope(|scope| {
            // Beside the reading, so that neither waits for the other when both have much to say.
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
            Ran::of(child.wait_with_output().expect("the tool ends"))
        })
    }

    /// The same tool without the right of root to write what is read-only. A person who is not root has none.
    ///
    /// # Panics
    /// When the tool is not built.
    pub fn without_privileges(&self, tool: &str, arguments: &[&str]) -> Ran {
        let program = binaries::bin(tool).unwrap_or_else(|error| panic!("{error}"));
        let mut command = Command::new("setpriv");
        self.prepare(&mut command);
        command.args(["--inh-caps=-all", "--bounding-set=-all"]).arg(program).args(arguments);
        let ran = Ran::of(command.output().expect("setpriv is there"));
        let is_refused = ran.err.contains("setpriv:");
        if is_refused { self.run(tool, arguments) } else { ran }
    }
}

/// Starts many processes at once, waits for all of them, and returns what they did.
///
/// # Panics
/// When one cannot be started.
pub fn together(commands: impl IntoIterator<Item = Command>) -> Vec<Ran> {
    let children: Vec<Child> =
        commands.into_iter().map(|mut command| command.spawn().expect("the tool starts")).collect();
    children.into_iter().map(|child| Ran::of(child.wait_with_output().expect("the tool ends"))).collect()
}

/// An error as `--json` says it: one envelope, one line, nothing beside it. Its exit code and its name.
///
/// # Panics
/// When it is anything else.
pub fn envelope(ran: &Ran) -> (i32, String) {
    let value = ran.json();
    assert_eq!(ran.out.lines().count(), 1, "{ran:?}");
    let keys: Vec<&String> = value.as_object().map(|object| object.keys().collect()).unwrap_or_default();
    assert_eq!(keys, ["error"], "{ran:?}");
    let error = &value["error"];
    assert!(error["message"].as_str().is_some_and(|message| !message.is_empty()), "{ran:?}");
    assert!(error["retryable"].is_boolean(), "{ran:?}");
    assert_eq!(ran.err, "", "with --json nothing is said on stderr");
    (ran.code.expect("no signal ended it"), error["code"].as_str().unwrap_or_default().to_owned())
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
