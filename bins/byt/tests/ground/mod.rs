//! A home directory with repositories, and the program run in it.
#![allow(dead_code, reason = "each test file uses its part")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

pub(crate) struct Home {
    folder: tempfile::TempDir,
}

#[expect(clippy::disallowed_methods, reason = "the test runs real programs")]
pub(crate) fn command(program: &str) -> Command {
    Command::new(program)
}

impl Home {
    pub(crate) fn new() -> Self {
        let home = Self { folder: tempfile::tempdir().unwrap() };
        std::fs::create_dir(home.path("code")).unwrap();
        home
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn git(&self, dir: &Path, arguments: &[&str]) {
        let done = command("git")
            .args(["-c", "user.name=Ada", "-c", "user.email=a@localhost", "-c", "init.defaultBranch=main"])
            .args(arguments)
            .current_dir(dir)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_COMMITTER_DATE", "2020-02-03T04:05:06Z")
            .stdout(Stdio::null())
            .status()
            .unwrap();
        assert!(done.success(), "git {arguments:?}");
    }

    pub(crate) fn repository(&self, name: &str) -> PathBuf {
        let path = self.path("code").join(name);
        std::fs::create_dir_all(&path).unwrap();
        self.git(&path, &["init", "-q"]);
        std::fs::write(path.join("README.md"), format!("# {name}\n\nKeeps “{name}” – 日本.\n")).unwrap();
        std::fs::write(path.join("main.rs"), "fn main() {}\n").unwrap();
        self.git(&path, &["add", "."]);
        self.git(&path, &["commit", "-q", "-m", "first"]);
        path
    }

    /// Exit code, stdout, stderr.
    pub(crate) fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        self.run_with(arguments, std::env::var_os("PATH").unwrap())
    }

    pub(crate) fn run_with(&self, arguments: &[&str], path: impl AsRef<std::ffi::OsStr>) -> (i32, String, String) {
        self.run_in(&self.path("code"), arguments, path)
    }

    pub(crate) fn byt(&self, dir: &Path) -> Command {
        let mut byt = command(env!("CARGO_BIN_EXE_byt"));
        byt.current_dir(dir).env_clear().env("HOME", self.folder.path()).stdin(Stdio::null());
        byt.env("PATH", std::env::var_os("PATH").unwrap()).env("CI", "true").env("USER", "ada");
        byt
    }

    pub(crate) fn run_in(
        &self,
        dir: &Path,
        arguments: &[&str],
        path: impl AsRef<std::ffi::OsStr>,
    ) -> (i32, String, String) {
        let output = self.byt(dir).args(arguments).env("PATH", path).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    pub(crate) fn json(&self, arguments: &[&str]) -> (i32, Value) {
        let (code, stdout, stderr) = self.run(&[arguments, &["--json"]].concat());
        (code, serde_json::from_str(&stdout).unwrap_or_else(|e| panic!("{e}: {stdout:?} {stderr:?}")))
    }

    /// As [`json`](Self::json), in another folder.
    pub(crate) fn json_in(&self, dir: &Path, arguments: &[&str]) -> (i32, Value) {
        let arguments = [arguments, &["--json"]].concat();
        let (code, stdout, stderr) = self.run_in(dir, &arguments, std::env::var_os("PATH").unwrap());
        (code, serde_json::from_str(&stdout).unwrap_or_else(|e| panic!("{e}: {stdout:?} {stderr:?}")))
    }

    /// What git says, without the last line end.
    pub(crate) fn says(&self, dir: &Path, arguments: &[&str]) -> String {
        let done =
            command("git").args(arguments).current_dir(dir).env("GIT_CONFIG_GLOBAL", "/dev/null").output().unwrap();
        assert!(done.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap().trim_end().to_owned()
    }
}
