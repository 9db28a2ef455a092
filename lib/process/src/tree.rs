//! Process trees: who descends from whom, signals that cannot hit a stranger, and the sweep of a tree whose holder is gone.

use std::collections::HashSet;
use std::io;
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};
use thiserror::Error;

use crate::meta::Meta;
use crate::procfs::{self, Stat};
use crate::{TAG_VARIABLE, cgroup};

/// How long a sweep goes on before it gives up.
const SWEEP_DEADLINE: Duration = Duration::from_secs(10);
/// How long one round of a sweep waits for those it killed.
const ROUND: Duration = Duration::from_millis(200);

/// What a sweep did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swept {
    /// Processes that were killed.
    pub killed: usize,
}

/// Why a sweep did not end with nothing left.
#[derive(Debug, Error)]
pub enum SweepError {
    /// The system refused.
    #[error("the processes of {tag} cannot be ended")]
    Io {
        /// The tree's tag.
        tag: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Processes that do not die, or that may not be killed.
    #[error("processes {left:?} of {tag} are still there")]
    Left {
        /// The tree's tag.
        tag: String,
        /// Their ids.
        left: Vec<i32>,
    },
}

/// A process that was looked at, and can be signalled without ever hitting another that got its id.
#[derive(Debug)]
pub struct Handle {
    /// What it was when it was looked at.
    pub stat: Stat,
    fd: OwnedFd,
}

impl Handle {
    /// Takes hold of `stat`'s process; `None` when it is gone, or must never be signalled (ids below 2, this process).
    pub fn open(stat: &Stat) -> Option<Self> {
        if stat.pid <= 1 || stat.pid == own_pid() {
            return None;
        }
        let fd = pidfd_open(Pid::from_raw(stat.pid)?, PidfdFlags::empty()).ok()?;
        // Only now is the id pinned: it must still be the same process.
        (procfs::stat(stat.pid)?.start == stat.start).then(|| Self { stat: stat.clone(), fd })
    }

    /// Sends `signal`; one that has ended already is no error.
    ///
    /// # Errors
    ///
    /// This user may not signal it.
    pub fn signal(&self, signal: Signal) -> io::Result<()> {
        match pidfd_send_signal(&self.fd, signal) {
            Ok(()) | Err(rustix::io::Errno::SRCH) => Ok(()),
            Err(error) => Err(io::Error::new(
                io::Error::from(error).kind(),
                format!("signal {} to process {}: {error}", signal.as_raw(), self.stat.pid),
            )),
        }
    }
}

pub(crate) fn own_pid() -> i32 {
    std::process::id().cast_signed()
}

/// Every living process below `root`, not `root` itself. Complete when `root` is a child subreaper; orphans that an
/// ordinary process left behind are not below it any more.
///
/// # Errors
///
/// `/proc` cannot be listed.
pub fn descendants(root: i32) -> io::Result<Vec<Stat>> {
    let processes = procfs::processes()?;
    let mut below = HashSet::from([root]);
    grow(&mut below, &processes);
    below.remove(&root);
    Ok(processes.into_iter().filter(|stat| below.contains(&stat.pid) && !stat.is_zombie()).collect())
}

/// Adds to `set` every process whose parent is in it, until none is missing.
fn grow(set: &mut HashSet<i32>, processes: &[Stat]) {
    loop {
        let before = set.len();
        for stat in processes {
            if set.contains(&stat.ppid) {
                set.insert(stat.pid);
            }
        }
        if set.len() == before {
            return;
        }
    }
}

/// Kills every process that carries `tag` in its environment, and every one below such a process, until none is left.
/// For a tree whose holder is gone; it blocks, usually for some milliseconds, at most 10 s.
///
/// # Errors
///
/// `/proc` cannot be listed, or something does not die.
pub fn sweep(tag: &str) -> Result<Swept, SweepError> {
    let wrap = |source| SweepError::Io { tag: tag.to_owned(), source };
    let until = Instant::now() + SWEEP_DEADLINE;
    let (mut killed, mut quiet) = (HashSet::new(), 0);
    loop {
        let found = tagged(tag).map_err(wrap)?;
        quiet = if found.is_empty() { quiet + 1 } else { 0 };
        // One that was born while the list was read, of a parent that died meanwhile, is in the next list.
        if quiet == 2 {
            return Ok(Swept { killed: killed.len() });
        }
        if quiet == 0 && Instant::now() >= until {
            return Err(SweepError::Left { tag: tag.to_owned(), left: found.iter().map(|stat| stat.pid).collect() });
        }
        let handles: Vec<Handle> = found.iter().filter_map(Handle::open).collect();
        for handle in &handles {
            handle.signal(Signal::KILL).map_err(wrap)?;
            killed.insert((handle.stat.pid, handle.stat.start));
        }
        wait_for_deaths(&handles, ROUND).map_err(wrap)?;
    }
}

/// Sweeps what is left of the holder that `meta` describes, its control group as well. Does nothing while that holder
/// lives, or when the machine was started anew since.
///
/// # Errors
///
/// As [`sweep`].
pub fn sweep_holder(meta: &Meta) -> Result<Swept, SweepError> {
    let wrap = |source| SweepError::Io { tag: meta.tag.clone(), source };
    if !meta.is_this_boot().map_err(wrap)? || meta.is_alive().map_err(wrap)? {
        return Ok(Swept { killed: 0 });
    }
    let mut killed = 0;
    if let Some(group) = &meta.cgroup {
        killed += cgroup::end(group).map_err(wrap)?;
    }
    sweep(&meta.tag).map(|swept| Swept { killed: swept.killed + killed })
}

/// Living processes that carry `tag`, and those below them. Never this process.
fn tagged(tag: &str) -> io::Result<Vec<Stat>> {
    let processes = procfs::processes()?;
    let me = own_pid();
    let carries = |stat: &&Stat| stat.pid != me && procfs::has_variable(stat.pid, TAG_VARIABLE, tag);
    let mut set: HashSet<i32> = processes.iter().filter(carries).map(|stat| stat.pid).collect();
    grow(&mut set, &processes);
    Ok(processes
        .into_iter()
        .filter(|stat| set.contains(&stat.pid) && stat.pid > 1 && stat.pid != me && !stat.is_zombie())
        .collect())
}

/// Waits until every one of `handles` has ended, at most `patience`.
pub(crate) fn wait_for_deaths(handles: &[Handle], patience: Duration) -> io::Result<()> {
    let until = Instant::now() + patience;
    let mut waiting: Vec<&Handle> = handles.iter().collect();
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if waiting.is_empty() || left.is_zero() {
            return Ok(());
        }
        let mut fds: Vec<PollFd<'_>> = waiting.iter().map(|handle| PollFd::new(&handle.fd, PollFlags::IN)).collect();
        match poll(&mut fds, Some(&timespec(left))) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let ended: Vec<bool> = fds.iter().map(|fd| !fd.revents().is_empty()).collect();
        let mut ended = ended.into_iter();
        waiting.retain(|_| !ended.next().unwrap_or(false));
    }
}

/// `duration` as poll takes it; what does not fit is for ever.
pub(crate) fn timespec(duration: Duration) -> Timespec {
    Timespec::try_from(duration).unwrap_or(Timespec { tv_sec: i64::MAX, tv_nsec: 0 })
}
