//! Running the tools that the project is built with.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead as _, BufReader, Read};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use crate::checkout;
use crate::failure::{Failure, Result, While as _};
use crate::say;

/// A command to run; in the root of the checkout unless told otherwise.
#[derive(Debug)]
pub(crate) struct Tool {
    command: Command,
    words: Vec<String>,
    hint: Option<String>,
}

impl Tool {
    #[expect(clippy::disallowed_methods, reason = "this tool runs other tools, and is never shipped")]
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(&program);
        command.current_dir(checkout::root()).stdin(Stdio::null());
        Self { command, words: vec![program.as_ref().to_string_lossy().into_owned()], hint: None }
    }

    /// The cargo that runs this tool.
    pub(crate) fn cargo() -> Self {
        let mut tool = Self::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
        // What cargo told this tool must not reach the cargo that it starts: it would see other crates as changed.
        for (name, _) in std::env::vars_os() {
            let own = name.to_string_lossy().into_owned();
            if own.starts_with("CARGO_PKG_") || own.starts_with("CARGO_MANIFEST_") {
                tool.command.env_remove(name);
            }
        }
        tool.words = vec!["cargo".into()];
        tool
    }

    pub(crate) fn args(mut self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        for arg in args {
            self.words.push(arg.as_ref().to_string_lossy().into_owned());
            self.command.arg(arg);
        }
        self
    }

    pub(crate) fn dir(mut self, dir: impl AsRef<Path>) -> Self {
        self.command.current_dir(dir);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// What helps when it fails.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Runs it in front of the person, keyboard included.
    pub(crate) fn interactive(mut self) -> Result {
        self.command.stdin(Stdio::inherit());
        self.run()
    }

    /// Runs it; its output goes where ours goes.
    pub(crate) fn run(mut self) -> Result {
        say::note(&format!("$ {}", self.words.join(" ")));
        let status = self.command.status().doing(|| self.words.join(" "))?;
        if status.success() { Ok(()) } else { Err(self.failed(&status.to_string())) }
    }

    /// Runs it, showing its output and giving it back too (both streams, in the order they came).
    pub(crate) fn tee(mut self) -> (String, Result) {
        say::note(&format!("$ {}", self.words.join(" ")));
        self.command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = match self.command.spawn() {
            Ok(child) => child,
            Err(error) => return (String::new(), Err(self.failed(&error.to_string()))),
        };
        let streams: [Option<Box<dyn Read + Send>>; 2] =
            [child.stdout.take().map(|s| Box::new(s) as _), child.stderr.take().map(|s| Box::new(s) as _)];
        let readers = streams.map(|stream| stream.map(|stream| thread::spawn(move || show(stream))));
        let seen = readers.into_iter().flatten().filter_map(|reader| reader.join().ok()).collect::<String>();
        let result = match child.wait() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(self.failed(&status.to_string())),
            Err(error) => Err(self.failed(&error.to_string())),
        };
        (seen, result)
    }

    /// Runs it quietly and gives back its stdout.
    pub(crate) fn read(mut self) -> Result<String> {
        let output = self.command.output().doing(|| self.words.join(" "))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(self.failed(&format!("{}\n{said}", output.status)))
    }

    fn failed(&self, how: &str) -> Failure {
        let failure = Failure::new(format!("`{}` failed: {how}", self.words.join(" ")));
        match &self.hint {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }
}

/// Shows a stream line by line while reading it.
fn show(stream: Box<dyn Read + Send>) -> String {
    let mut seen = String::new();
    for line in BufReader::new(stream).split(b'\n').map_while(std::result::Result::ok) {
        let line = String::from_utf8_lossy(&line).into_owned();
        say::note(&line);
        seen.push_str(&line);
        seen.push('\n');
    }
    seen
}

/// Path of a program on `PATH`.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    // As a shell does: what may not be executed is passed over.
    let runs = |file: &PathBuf| file.metadata().is_ok_and(|of| of.is_file() && of.permissions().mode() & 0o111 != 0);
    std::env::split_paths(&path).map(|dir| dir.join(program)).find(runs)
}
