//! The one place where a process is made.

use std::ffi::OsStr;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt;
use std::process::Command;

use rustix::process::{Resource, Rlimit, Signal, getppid, setrlimit, setsid};

use crate::spec::Limit;

/// A command for `program`, with nothing of this process's environment.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    #[expect(clippy::disallowed_methods, reason = "this is the place that spawns")]
    let mut command = Command::new(program);
    command.env_clear();
    command
}

/// What happens in the new process before the program begins.
#[derive(Debug, Default)]
pub(crate) struct Setup {
    /// A session of its own.
    pub(crate) session: bool,
    /// Make standard input the session's terminal.
    pub(crate) terminal: bool,
    /// Die with the parent.
    pub(crate) die_with: Option<Parent>,
    /// The `cgroup.procs` to join.
    pub(crate) group: Option<OwnedFd>,
    /// Resource limits.
    pub(crate) limits: Vec<Limit>,
}

/// A parent whose end (that of its thread which starts the child) the child is told.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parent {
    /// Its process id.
    pub(crate) pid: i32,
    /// How the child is told.
    pub(crate) signal: Signal,
}

/// Has `setup` done in the child of `command`.
pub(crate) fn prepare(command: &mut Command, setup: Setup) {
    let limits: Vec<(Resource, u64)> = setup.limits.iter().map(resource).collect();
    let act = move || -> io::Result<()> {
        unblock_signals()?;
        if setup.session {
            setsid()?;
        }
        if setup.terminal {
            rustix::process::ioctl_tiocsctty(rustix::stdio::stdin())?;
        }
        if let Some(parent) = setup.die_with {
            die_with(parent)?;
        }
        if let Some(group) = &setup.group {
            rustix::io::write(group, b"0")?;
        }
        for (resource, limit) in &limits {
            setrlimit(*resource, Rlimit { current: Some(*limit), maximum: Some(*limit) })?;
        }
        Ok(())
    };
    #[expect(unsafe_code, reason = "there is no safe way to act between fork and exec")]
    // SAFETY: the closure only makes system calls on values that were prepared before the fork; it allocates nothing,
    // takes no lock and touches no descriptor it does not own.
    unsafe {
        command.pre_exec(act);
    }
}

/// A child begins with no signal blocked, whatever its parent has blocked for itself.
fn unblock_signals() -> io::Result<()> {
    #[expect(unsafe_code, reason = "the system offers signal sets only through raw pointers")]
    // SAFETY: `set` lives on this stack and is initialised before it is read; both calls may be made after a fork.
    let outcome = unsafe {
        let mut set = std::mem::MaybeUninit::<libc::sigset_t>::uninit();
        libc::sigemptyset(set.as_mut_ptr());
        libc::sigprocmask(libc::SIG_SETMASK, set.as_ptr(), std::ptr::null_mut())
    };
    if outcome == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

fn die_with(parent: Parent) -> io::Result<()> {
    rustix::process::set_parent_process_death_signal(Some(parent.signal))?;
    // The parent may have died before that took effect.
    if getppid().is_some_and(|now| now.as_raw_nonzero().get() == parent.pid) {
        Ok(())
    } else {
        Err(io::ErrorKind::BrokenPipe.into())
    }
}

fn resource(limit: &Limit) -> (Resource, u64) {
    match *limit {
        Limit::AddressSpace(bytes) => (Resource::As, bytes),
        Limit::OpenFiles(count) => (Resource::Nofile, count),
        Limit::Processes(count) => (Resource::Nproc, count),
        Limit::FileSize(bytes) => (Resource::Fsize, bytes),
        Limit::CpuSeconds(seconds) => (Resource::Cpu, seconds),
        Limit::CoreSize(bytes) => (Resource::Core, bytes),
    }
}
