//! A home and a workspace of their own, and the program in them.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

pub(crate) struct World {
    folder: tempfile::TempDir,
}

/// What a process did.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The exit code; `None` when a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl World {
    pub(crate) fn new() -> Self {
        let world = Self { folder: tempfile::tempdir().unwrap() };
        for name in ["home", "work"] {
            std::fs::create_dir(world.folder.path().join(name)).unwrap();
        }
        world
    }

    /// The workspace, in which everything runs.
    pub(crate) fn work(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join("work")
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    pub(crate) fn state(&self) -> PathBuf {
        self.home().join(".local/state/oqto")
    }

    /// Any program, with nothing of the machine's environment but the path.
    #[expect(clippy::disallowed_methods, reason = "the test runs real programs")]
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", self.home()).env("USER", "ada").env("GIT_CONFIG_GLOBAL", "/dev/null");
        for name in ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"] {
            command.env(name, "ada@localhost");
        }
        command.current_dir(self.work()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// `agntz`, acting as somebody.
    pub(crate) fn acting(&self, who: &str) -> Command {
        let mut command = self.command(env!("CARGO_BIN_EXE_agntz"));
        command.env("AGENT_CTX_AGENT_ADDRESS", who);
        command
    }

    pub(crate) fn start(&self, who: &str, arguments: &[&str]) -> Child {
        self.acting(who).args(arguments).arg("--json").spawn().unwrap()
    }

    pub(crate) fn run(&self, who: &str, arguments: &[&str]) -> Ran {
        Ran::of(self.start(who, arguments).wait_with_output().unwrap())
    }

    /// What a command that succeeds says.
    pub(crate) fn ok(&self, who: &str, arguments: &[&str]) -> Value {
        let ran = self.run(who, arguments);
        assert_eq!(ran.code, Some(0), "{arguments:?}: {ran:?}");
        ran.json()["ok"].clone()
    }

    /// How a command that fails ends: exit code, kind, message.
    pub(crate) fn fails(&self, who: &str, arguments: &[&str]) -> (i32, String, String) {
        let ran = self.run(who, arguments);
        let error = ran.json()["error"].clone();
        assert!(ran.err.is_empty() && error.is_object(), "{arguments:?}: {ran:?}");
        let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
        (ran.code.unwrap(), text("code"), text("message"))
    }

    pub(crate) fn git(&self, arguments: &[&str]) {
        let output = self.command("git").args(["-c", "init.defaultBranch=main"]).args(arguments).output().unwrap();
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.work().join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("/"))).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

impl Ran {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The one line of JSON on stdout.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// The texts under a name in each of an array.
pub(crate) fn each(values: &Value, name: &str) -> Vec<String> {
    let text = |value: &Value| value[name].as_str().map_or_else(|| value[name].to_string(), str::to_owned);
    values.as_array().unwrap().iter().map(text).collect()
}
