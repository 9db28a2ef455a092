//! A folder with git repositories and stores, and the program run in them.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

pub(crate) struct Home {
    folder: tempfile::TempDir,
}

#[expect(clippy::disallowed_methods, reason = "the test runs real programs")]
pub(crate) fn command(program: &str, dir: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(dir).env("GIT_CONFIG_GLOBAL", "/dev/null").stdin(Stdio::null());
    for name in ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"] {
        command.env(name, "ada@localhost");
    }
    for name in oqto_protocol::agent_context::VARIABLES {
        command.env_remove(name);
    }
    command
}

/// What git says.
pub(crate) fn git(dir: &Path, arguments: &[&str]) -> String {
    let output = command("git", dir).args(["-c", "init.defaultBranch=main"]).args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "git {arguments:?}: {said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

impl Home {
    pub(crate) fn new() -> Self {
        let home = Self { folder: tempfile::tempdir().unwrap() };
        git(home.dir(), &["init", "-q", "one"]);
        home.ok("one", &["init", "--prefix", "t"]);
        home
    }

    pub(crate) fn dir(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.dir().join("one/.trx").join(name)
    }

    /// What it prints for people.
    pub(crate) fn text(&self, arguments: &[&str]) -> String {
        let mut trx = command(env!("CARGO_BIN_EXE_trx"), &self.dir().join("one"));
        let output = trx.args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Exit code and answer with this on standard input.
    pub(crate) fn fed(&self, arguments: &[&str], input: &[u8]) -> (i32, Value) {
        let mut trx = command(env!("CARGO_BIN_EXE_trx"), &self.dir().join("one"));
        let trx = trx.arg("--json").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = trx.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        ended(child)
    }

    /// The exit code of a command that fails, and what it says.
    pub(crate) fn refused(&self, arguments: &[&str]) -> (i32, String) {
        let (code, value) = self.run("one", arguments);
        (code, value["error"]["message"].as_str().unwrap_or_else(|| panic!("{arguments:?}: {value}")).to_owned())
    }

    /// Like [`Home::start`], as somebody.
    pub(crate) fn start_as(&self, actor: &str, arguments: &[&str]) -> Child {
        let mut trx = command(env!("CARGO_BIN_EXE_trx"), &self.dir().join("one"));
        let trx = trx.arg("--json").args(arguments).env("USER", actor);
        trx.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    pub(crate) fn start(&self, dir: &str, arguments: &[&str]) -> Child {
        let mut trx = command(env!("CARGO_BIN_EXE_trx"), &self.dir().join(dir));
        trx.arg("--json").args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Exit code, and what was printed: the value or the error.
    pub(crate) fn run(&self, dir: &str, arguments: &[&str]) -> (i32, Value) {
        ended(self.start(dir, arguments))
    }

    pub(crate) fn ok(&self, dir: &str, arguments: &[&str]) -> Value {
        let (code, value) = self.run(dir, arguments);
        assert_eq!(code, 0, "{arguments:?}: {value}");
        value["ok"].clone()
    }

    pub(crate) fn create(&self, arguments: &[&str]) -> String {
        let made = self.ok("one", &[&["create"], arguments].concat());
        made["id"].as_str().unwrap().to_owned()
    }

    pub(crate) fn ready(&self) -> Vec<String> {
        let ready = self.ok("one", &["ready"]);
        ready.as_array().unwrap().iter().map(|issue| issue["id"].as_str().unwrap().to_owned()).collect()
    }
}

pub(crate) fn ended(child: Child) -> (i32, Value) {
    let output = child.wait_with_output().unwrap();
    let said = if output.stdout.is_empty() { output.stderr } else { output.stdout };
    (output.status.code().unwrap(), serde_json::from_slice(&said).unwrap_or(Value::Null))
}
