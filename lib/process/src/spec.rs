//! What a holder is asked to start, and what it answers. Both are one JSON object: the request on the holder's standard
//! input (an environment holds secrets, so never a file or an argument), the answer on its standard output.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::meta::Meta;

/// A child to hold.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolderSpec {
    /// The holder's own directory, absolute. It must not exist: the holder makes it (0700) and is its only writer.
    pub dir: PathBuf,
    /// Program and arguments. A bare name is looked up in the `PATH` of `env`.
    pub argv: Vec<String>,
    /// The child's working directory, absolute.
    pub cwd: PathBuf,
    /// The child's complete environment; [`TAG_VARIABLE`](crate::TAG_VARIABLE) is added to it.
    pub env: Vec<(String, String)>,
    /// What the child's standard streams are.
    pub stdio: Stdio,
    /// A name for this holder that no other ever has: 8 to 128 of `A-Z a-z 0-9 . _ -`.
    pub tag: String,
    /// Resource limits of the child and its tree.
    pub limits: Vec<Limit>,
    /// Journalled bytes past the last trim at which the child is no longer read.
    pub journal_limit: u64,
    /// Milliseconds between asking the tree to end (SIGTERM) and ending it (SIGKILL).
    pub grace_ms: u64,
    /// Milliseconds that a holder stays after its child's end when nobody releases it.
    pub linger_ms: u64,
    /// How the tree is kept together.
    pub containment: Containment,
}

impl std::fmt::Debug for HolderSpec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HolderSpec").field("dir", &self.dir).field("tag", &self.tag).finish_non_exhaustive()
    }
}

impl HolderSpec {
    /// The default of [`journal_limit`](Self::journal_limit): 512 MiB.
    pub const JOURNAL_LIMIT: u64 = 512 << 20;

    /// A spec with the usual limits: pipes, a journal of 512 MiB, 3 s of grace, 7 days to be collected.
    pub fn new(dir: impl Into<PathBuf>, tag: impl Into<String>, argv: Vec<String>, cwd: impl Into<PathBuf>) -> Self {
        Self {
            dir: dir.into(),
            argv,
            cwd: cwd.into(),
            env: Vec::new(),
            stdio: Stdio::Pipes,
            tag: tag.into(),
            limits: Vec::new(),
            journal_limit: Self::JOURNAL_LIMIT,
            grace_ms: 3_000,
            linger_ms: Duration::from_hours(7 * 24).as_millis() as u64,
            containment: Containment::Auto,
        }
    }

    /// Why no holder could be started from this, if so.
    pub(crate) fn fault(&self) -> Option<String> {
        let tag_ok = (8..=128).contains(&self.tag.len())
            && self.tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
        let variable_ok = |name: &str| !name.is_empty() && !name.contains(['=', '\0']);
        if !tag_ok {
            Some(format!("tag {:?} is not 8 to 128 of A-Z a-z 0-9 . _ -", self.tag))
        } else if self.argv.is_empty() {
            Some("no program is named".into())
        } else if !self.dir.is_absolute() || !self.cwd.is_absolute() {
            Some("directories must be absolute".into())
        } else if let Some((name, _)) = self.env.iter().find(|(name, value)| !variable_ok(name) || value.contains('\0'))
        {
            Some(format!("environment variable {name:?} cannot be passed on"))
        } else if self.argv.iter().any(|argument| argument.contains('\0')) {
            Some("an argument contains a zero byte".into())
        } else {
            None
        }
    }
}

/// What a child's standard streams are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stdio {
    /// Three pipes.
    Pipes,
    /// One terminal of this size.
    Pty {
        /// Lines.
        rows: u16,
        /// Columns.
        cols: u16,
    },
}

/// How a tree is kept together, beyond the environment tag that every process carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Containment {
    /// In a control group (v2) of its own where one can be made, else by descent alone.
    Auto,
    /// By descent alone.
    Descent,
}

/// A resource limit, soft and hard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// Bytes of address space of each process.
    AddressSpace(u64),
    /// Open files of each process.
    OpenFiles(u64),
    /// Processes of the whole user.
    Processes(u64),
    /// Bytes of each file written.
    FileSize(u64),
    /// Seconds of processor time of each process.
    CpuSeconds(u64),
    /// Bytes of a core dump.
    CoreSize(u64),
}

/// What a starting holder answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Report {
    /// The child runs, and the holder can be attached to.
    Ready(Meta),
    /// Nothing runs, and nothing is left behind.
    Failed(Failure),
}

/// Why a holder could not start its child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The kind of failure.
    pub reason: Reason,
    /// What failed, with its path.
    pub message: String,
}

/// The kinds of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The spec itself is wrong.
    BadSpec,
    /// The directory exists: a holder was started there before.
    Exists,
    /// There is no such program, or its interpreter is missing.
    NotFound,
    /// The program may not be run by this user.
    NotPermitted,
    /// The file is not a program.
    NotExecutable,
    /// The working directory is not there, or may not be entered.
    BadDirectory,
    /// Anything else the system refused.
    System,
}
