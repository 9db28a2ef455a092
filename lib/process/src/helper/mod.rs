//! Programs that are not held: run to the end, piped, or detached.
//!
//! A [`Helper`] says what to start. [`run`] waits for its end and its output ([`run_blocking`] on a thread, without a
//! runtime), [`piped`] gives its standard streams to
//! someone who speaks with it, [`detached`] starts a daemon that outlives this process, [`OnDemand`] only when nobody answers for it. What is run or piped is ended
//! with its whole tree: on its deadline, or when its handle is dropped.

mod blocking;
mod detached;
mod on_demand;
mod piped;
mod run;

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use thiserror::Error;

use crate::procfs;
use crate::spawn;
use crate::{TAG_VARIABLE, tree};

pub use blocking::{Terminal, run_blocking};
pub use detached::{Detached, detached};
pub use on_demand::{Look, OnDemand, OnDemandError};
pub use piped::{Piped, piped};
pub use run::{Bounds, Output, run};

/// How long what a finished program left running may keep its output open.
const STRAGGLERS: Duration = Duration::from_millis(200);

/// A program to start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Helper {
    program: PathBuf,
    arguments: Vec<OsString>,
    environment: Environment,
    cwd: Option<PathBuf>,
}

/// The environment a helper gets.
#[derive(Clone, PartialEq, Eq)]
pub enum Environment {
    /// This process's own.
    Inherited,
    /// This process's own, with these variables set besides.
    InheritedWith(Vec<(OsString, OsString)>),
    /// Exactly these variables.
    Exactly(Vec<(OsString, OsString)>),
}

impl std::fmt::Debug for Environment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Inherited => "Inherited",
            Self::InheritedWith(_) => "InheritedWith(..)",
            Self::Exactly(_) => "Exactly(..)",
        })
    }
}

/// Why a helper did not do its work.
#[derive(Debug, Error)]
pub enum HelperError {
    /// It cannot be started.
    #[error("{} cannot be started", program.display())]
    Spawn {
        /// The program.
        program: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// It, or its streams, broke.
    #[error("{}", program.display())]
    Io {
        /// The program.
        program: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// It was not done in time, and was ended with everything it had started.
    #[error("{} was not done after {} ms", program.display(), after.as_millis())]
    Deadline {
        /// The program.
        program: PathBuf,
        /// The time it had.
        after: Duration,
    },
    /// It said more than allowed, and was ended with everything it had started.
    #[error("{} said more than {limit} bytes", program.display())]
    TooMuch {
        /// The program.
        program: PathBuf,
        /// Bytes of output allowed.
        limit: usize,
    },
}

impl Helper {
    /// `program` (an absolute path: see [`resolve`](crate::program::resolve)) without arguments, with this process's
    /// environment and working directory.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), arguments: Vec::new(), environment: Environment::Inherited, cwd: None }
    }

    /// Adds an argument.
    #[must_use]
    pub fn arg(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Adds arguments.
    #[must_use]
    pub fn args(mut self, arguments: impl IntoIterator<Item = impl Into<OsString>>) -> Self {
        self.arguments.extend(arguments.into_iter().map(Into::into));
        self
    }

    /// Gives it this environment.
    #[must_use]
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = environment;
        self
    }

    /// Starts it in this directory.
    #[must_use]
    pub fn cwd(mut self, cwd: impl Into<PathBuf>) -> Self {
        self.cwd = Some(cwd.into());
        self
    }

    fn command(&self) -> std::process::Command {
        let mut command = spawn::command(&self.program);
        command.args(&self.arguments);
        match &self.environment {
            Environment::Inherited => {
                command.envs(std::env::vars_os());
            }
            Environment::InheritedWith(more) => {
                command.envs(std::env::vars_os()).envs(more.iter().map(|(name, value)| (name, value)));
            }
            Environment::Exactly(all) => {
                command.envs(all.iter().map(|(name, value)| (name, value)));
            }
        }
        if let Some(cwd) = &self.cwd {
            command.current_dir(cwd);
        }
        command
    }

    fn spawn_error(&self, source: io::Error) -> HelperError {
        HelperError::Spawn { program: self.program.clone(), source }
    }

    fn io_error(&self, source: io::Error) -> HelperError {
        HelperError::Io { program: self.program.clone(), source }
    }
}

/// A started helper's tree. Dropping it ends everything in it that is left.
#[derive(Debug)]
struct Tree {
    tag: String,
    /// The program itself, and when it started, in ticks since boot.
    root: Option<procfs::Stat>,
    over: bool,
}

impl Tree {
    /// Gives `command` a tag of its own and a session of its own.
    fn plant(command: &mut std::process::Command) -> Self {
        let tree = Self::tag(command);
        spawn::prepare(command, spawn::Setup { session: true, ..spawn::Setup::default() });
        tree
    }

    /// As [`plant`](Self::plant), and asked to end when the thread that starts it does.
    fn plant_dying(command: &mut std::process::Command) -> Self {
        let tree = Self::tag(command);
        let parent = spawn::Parent { pid: tree::own_pid(), signal: rustix::process::Signal::TERM };
        spawn::prepare(command, spawn::Setup { session: true, die_with: Some(parent), ..spawn::Setup::default() });
        tree
    }

    /// Gives `command` a tag of its own.
    fn tag(command: &mut std::process::Command) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        static START: OnceLock<u64> = OnceLock::new();
        let me = tree::own_pid();
        let start = START.get_or_init(|| procfs::stat(me).map_or(0, |stat| stat.start));
        let tag = format!("helper-{me}-{start}-{}", NEXT.fetch_add(1, Ordering::Relaxed));
        command.env(TAG_VARIABLE, &tag);
        Self { tag, root: None, over: false }
    }

    fn rooted(&mut self, pid: Option<u32>) {
        self.root = pid.and_then(|pid| procfs::stat(pid.cast_signed()));
    }

    /// Ends everything, and returns when it is gone.
    async fn end(&mut self) {
        if let Some(sweep) = self.fell() {
            // It cannot fail but for a panic, which has been reported then.
            let _ = tokio::task::spawn_blocking(sweep).await;
        }
    }

    /// Kills the root at once, which is what matters most and needs no search. What it returns ends whatever else carries
    /// the tag, and blocks for some milliseconds; `None` when everything was over before.
    fn fell(&mut self) -> Option<impl FnOnce() + Send + use<>> {
        if std::mem::replace(&mut self.over, true) {
            return None;
        }
        if let Some(root) = self.root.as_ref().and_then(tree::Handle::open) {
            let _ = root.signal(rustix::process::Signal::KILL);
        }
        let tag = std::mem::take(&mut self.tag);
        Some(move || {
            // What cannot be killed has been told so by the system; there is nobody to tell it to.
            let _ = tree::sweep(&tag);
        })
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        if let Some(sweep) = self.fell() {
            // A thread of its own: whoever drops this may be a task that must not block. Should there be no thread, the
            // root is dead all the same.
            let _ = std::thread::Builder::new().name("sweep".into()).spawn(sweep);
        }
    }
}
