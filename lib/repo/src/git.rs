//! Where calls go to, and what they get.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use oqto_process::helper::{Bounds, Environment, Helper, Output, Terminal, run_blocking};
use oqto_process::program;

use crate::error::{GitError, Result};

/// What a local call may take.
const LOCAL: Bounds = Bounds { deadline: Duration::from_secs(120), output: 256 << 20 };
/// What a call to another machine may take.
const REMOTE: Bounds = Bounds { deadline: Duration::from_secs(300), output: 16 << 20 };

/// Variables that name a repository or a part of one. A hook has them for its own; a call about another must not.
const OF_A_REPOSITORY: [&str; 13] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
    "GIT_QUARANTINE_PATH",
];

/// git, in a folder. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Git {
    program: Arc<Path>,
    dir: PathBuf,
    environment: Arc<[(OsString, OsString)]>,
    until: Option<Instant>,
}

impl Git {
    /// git in the folder `dir`, which need not be the root of its repository.
    ///
    /// # Errors
    /// There is no git.
    pub fn at(dir: impl Into<PathBuf>) -> Result<Self> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let missing = |_| GitError::Missing { path: path.to_string_lossy().into_owned() };
        let program = program::resolve(OsStr::new("git"), &path).map_err(missing)?;
        let environment = environment(std::env::vars_os(), |name| OF_A_REPOSITORY.contains(&name));
        Ok(Self { program: program.into(), dir: dir.into(), environment, until: None })
    }

    /// The same git in another folder.
    #[must_use]
    pub fn beside(&self, dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into(), ..self.clone() }
    }

    /// Calls to other machines end by then at the latest.
    #[must_use]
    pub fn until(self, instant: Instant) -> Self {
        Self { until: Some(instant), ..self }
    }

    /// Obeys `GIT_DIR`, `GIT_INDEX_FILE` and their like: for what a hook of this repository runs, where the index that is
    /// about to be committed need not be the usual one.
    #[must_use]
    pub fn in_hook(self) -> Self {
        Self { environment: environment(std::env::vars_os(), |_| false), ..self }
    }

    /// The folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// A call with these arguments.
    pub(crate) fn call<A: Into<OsString>>(&self, arguments: impl IntoIterator<Item = A>) -> Call<'_> {
        Call {
            git: self,
            arguments: arguments.into_iter().map(Into::into).collect(),
            variables: Vec::new(),
            input: Vec::new(),
            reach: Reach::Local,
        }
    }
}

impl Git {
    fn remote_bounds(&self) -> Bounds {
        let left = self.until.map(|until| until.saturating_duration_since(Instant::now()));
        // A call that may take no time at all says so itself, as one that took too long.
        Bounds { deadline: left.map_or(REMOTE.deadline, |left| left.min(REMOTE.deadline)), ..REMOTE }
    }

    /// The variable that makes ssh fail where it would ask, unless somebody has chosen a program of their own.
    fn silent_ssh(&self) -> Result<Option<(OsString, OsString)>> {
        let chosen = |name: &str| self.environment.iter().any(|(known, _)| known == name);
        if chosen("GIT_SSH_COMMAND") || chosen("GIT_SSH") || self.setting("core.sshCommand")?.is_some() {
            return Ok(None);
        }
        Ok(Some(("GIT_SSH_COMMAND".into(), "ssh -o BatchMode=yes".into())))
    }
}

/// Our own environment without what names a repository, and with what keeps git from asking anybody.
fn environment(
    own: impl Iterator<Item = (OsString, OsString)>,
    dropped: impl Fn(&str) -> bool,
) -> Arc<[(OsString, OsString)]> {
    let mut kept: Vec<(OsString, OsString)> = own.filter(|(name, _)| !name.to_str().is_some_and(&dropped)).collect();
    let mut set = |name: &str, value: &str| {
        kept.retain(|(known, _)| known != name);
        kept.push((name.into(), value.into()));
    };
    set("GIT_TERMINAL_PROMPT", "0");
    set("SSH_ASKPASS_REQUIRE", "never");
    set("GIT_EDITOR", "true");
    set("GIT_SEQUENCE_EDITOR", "true");
    set("GIT_MERGE_AUTOEDIT", "no");
    set("GIT_PAGER", "cat");
    // What git says is read by us, too.
    set("LANGUAGE", "en");
    set("GIT_ADVICE", "0");
    set("GIT_LITERAL_PATHSPECS", "1");
    // A pipeline may answer for its person with a program of its own; otherwise there is nobody to ask.
    if !kept.iter().any(|(name, _)| name == "GIT_ASKPASS") {
        kept.push(("GIT_ASKPASS".into(), OsString::new()));
    }
    kept.into()
}

/// Whether a call talks to another machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    Local,
    Remote,
}

/// One call of git.
pub(crate) struct Call<'g> {
    git: &'g Git,
    arguments: Vec<OsString>,
    variables: Vec<(OsString, OsString)>,
    input: Vec<u8>,
    reach: Reach,
}

/// What one call said.
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
}

impl Call<'_> {
    pub(crate) fn arg(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    pub(crate) fn args<A: Into<OsString>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.arguments.extend(arguments.into_iter().map(Into::into));
        self
    }

    /// Adds `--` and paths.
    pub(crate) fn paths<P: AsRef<Path>>(self, paths: impl IntoIterator<Item = P>) -> Self {
        self.arg("--").args(paths.into_iter().map(|path| path.as_ref().as_os_str().to_owned()))
    }

    pub(crate) fn env(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    pub(crate) fn envs(mut self, variables: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        self.variables.extend(variables.into_iter().map(|(name, value)| (name.into(), value.into())));
        self
    }

    pub(crate) fn input(mut self, input: impl Into<Vec<u8>>) -> Self {
        self.input = input.into();
        self
    }

    pub(crate) fn remote(mut self) -> Self {
        self.reach = Reach::Remote;
        self
    }

    /// The command with its first arguments, for messages.
    fn name(&self) -> String {
        let words: Vec<_> = self.arguments.iter().take(4).map(|word| word.to_string_lossy()).collect();
        words.join(" ")
    }

    /// Runs it; a status other than 0 is not an error here.
    pub(crate) fn said(self) -> Result<Said> {
        let command = self.name();
        let (terminal, bounds) = match self.reach {
            Reach::Local => (Terminal::Shared, LOCAL),
            Reach::Remote => (Terminal::None, self.git.remote_bounds()),
        };
        let silent = match self.reach {
            Reach::Local => None,
            Reach::Remote => self.git.silent_ssh()?,
        };
        let own = self.git.environment.iter().cloned().chain(silent);
        let environment: Vec<_> = own.chain(self.variables).collect();
        let helper = Helper::new(&*self.git.program)
            .args(self.arguments)
            .environment(Environment::Exactly(environment))
            .cwd(&self.git.dir);
        if !self.git.dir.is_dir() {
            return Err(GitError::NotARepository { dir: self.git.dir.clone() });
        }
        let output = run_blocking(&helper, terminal, &self.input, bounds)
            .map_err(|source| GitError::Run { command: command.clone(), source })?;
        let Output { status, stdout, stderr } = output;
        Ok(Said { code: status.code(), stdout, stderr: String::from_utf8_lossy(&stderr).into_owned() })
    }

    /// Runs it; a status other than 0 is an error.
    pub(crate) fn run(self) -> Result<Vec<u8>> {
        let (command, dir) = (self.name(), self.git.dir.clone());
        let said = self.said()?;
        if said.code == Some(0) { Ok(said.stdout) } else { Err(failure(command, dir, &said)) }
    }

    /// As [`run`](Self::run); what it says is text.
    pub(crate) fn text(self) -> Result<String> {
        let command = self.name();
        let bytes = self.run()?;
        String::from_utf8(bytes).map_err(|_| GitError::Unexpected { command, said: "not UTF-8".into() })
    }

    /// As [`run`](Self::run); nothing where git ends with 1, which many commands do to say no.
    pub(crate) fn maybe(self) -> Result<Option<Vec<u8>>> {
        let (command, dir) = (self.name(), self.git.dir.clone());
        let said = self.said()?;
        match said.code {
            Some(0) => Ok(Some(said.stdout)),
            Some(1) => Ok(None),
            Some(_) | None => Err(failure(command, dir, &said)),
        }
    }
}

/// The error that git's words mean.
pub(crate) fn failure(command: String, dir: PathBuf, said: &Said) -> GitError {
    let words = essence(&said.stderr, &said.stdout);
    let has = |text: &str| said.stderr.contains(text);
    if has("not a git repository") && !has("appear to be a git repository") {
        GitError::NotARepository { dir }
    } else if has("dubious ownership") {
        GitError::NotTrusted { dir }
    } else if has(".lock': File exists") || has("cannot lock ref") {
        GitError::Locked { dir, said: words }
    } else {
        GitError::Failed { command, code: said.code, said: words }
    }
}

/// What git said, without the words it puts before everything, on one line.
pub(crate) fn essence(stderr: &str, stdout: &[u8]) -> String {
    let lines = stderr.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("hint:"));
    let lines: Vec<&str> = lines
        .map(|line| line.strip_prefix("fatal: ").or_else(|| line.strip_prefix("error: ")).unwrap_or(line))
        .take(6)
        .collect();
    if lines.is_empty() {
        let stdout = String::from_utf8_lossy(stdout);
        return stdout.lines().find(|line| !line.trim().is_empty()).unwrap_or("it did not say why").trim().to_owned();
    }
    lines.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(stderr: &str) -> Said {
        Said { code: Some(128), stdout: Vec::new(), stderr: stderr.into() }
    }

    #[test]
    fn the_words_of_git_become_kinds() {
        let of = |stderr: &str| failure("status".into(), "/x".into(), &said(stderr));
        let outside = of("fatal: not a git repository (or any of the parent directories): .git\n");
        assert!(matches!(outside, GitError::NotARepository { .. }), "{outside:?}");
        let foreign = of("fatal: detected dubious ownership in repository at '/x'\nTo add an exception…\n");
        assert!(matches!(foreign, GitError::NotTrusted { .. }), "{foreign:?}");
        let locked = of("fatal: Unable to create '/x/.git/index.lock': File exists.\n");
        assert!(matches!(locked, GitError::Locked { .. }), "{locked:?}");
        let other = of("error: one\nhint: two\nfatal: three\n");
        assert_eq!(other.to_string(), "`git status` failed (128): one; three");
    }

    #[test]
    fn a_call_never_asks_and_never_goes_elsewhere() {
        let own = [("GIT_DIR", "/other"), ("HOME", "/h"), ("GIT_TERMINAL_PROMPT", "1")];
        let own = || own.iter().map(|(name, value)| (OsString::from(name), OsString::from(value)));
        let given = environment(own(), |name| OF_A_REPOSITORY.contains(&name));
        let value = |name: &str| given.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        assert_eq!(value("GIT_DIR"), None);
        assert_eq!(value("GIT_TERMINAL_PROMPT"), Some("0".into()));
        assert_eq!((value("HOME"), value("GIT_ASKPASS")), (Some("/h".into()), Some("".into())));
        let hook = environment(own(), |_| false);
        assert!(hook.iter().any(|(name, value)| name == "GIT_DIR" && value == "/other"), "the control");
    }
}
