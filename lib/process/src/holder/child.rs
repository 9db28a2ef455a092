//! The held child: found, spawned, with pipes or a terminal.

use std::ffi::{OsStr, OsString};
use std::fs::{File, OpenOptions};
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStringExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio as Standard};

use rustix::process::Signal;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{InputModes, OptionalActions, Winsize, tcgetattr, tcsetattr, tcsetwinsize};

use super::start::{failure, system};
use super::stdin::Stdin;
use crate::program::{ResolveError, resolve};
use crate::spawn::{self, Setup};
use crate::spec::{Failure, HolderSpec, Reason, Stdio};
use crate::{TAG_VARIABLE, procfs, tree};

/// A spawned child and our ends of its streams.
#[derive(Debug)]
pub(super) struct Child {
    pub(super) pid: i32,
    /// Its start time, clock ticks since boot.
    pub(super) start: u64,
    pub(super) stdin: Stdin,
    pub(super) out: Option<OwnedFd>,
    pub(super) err: Option<OwnedFd>,
    /// The terminal's controlling side, where there is one.
    pub(super) terminal: Option<OwnedFd>,
}

/// The absolute path of the program to run.
pub(super) fn program(spec: &HolderSpec) -> Result<PathBuf, Failure> {
    let cwd = &spec.cwd;
    match cwd.metadata() {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => {
            return Err(failure(Reason::BadDirectory, format!("{} is not a directory", cwd.display())));
        }
        Err(error) => {
            return Err(failure(Reason::BadDirectory, format!("{}: {error}", cwd.display())));
        }
    }
    if rustix::fs::access(cwd, rustix::fs::Access::EXEC_OK).is_err() {
        return Err(failure(Reason::BadDirectory, format!("{} may not be entered", cwd.display())));
    }
    let path = spec.env.iter().find(|(name, _)| name == "PATH").map_or("", |(_, value)| value);
    let name = spec.argv.first().map_or("", String::as_str);
    resolve(OsStr::new(name), OsStr::new(path)).map_err(|error| {
        let reason = match &error {
            ResolveError::NotFound { .. } => Reason::NotFound,
            ResolveError::NotExecutable(_) => Reason::NotPermitted,
            ResolveError::Relative(_) => Reason::BadSpec,
        };
        failure(reason, error.to_string())
    })
}

/// Starts it. When this fails nothing runs.
pub(super) fn spawn(spec: &HolderSpec, program: &Path, group: Option<&Path>) -> Result<Child, Failure> {
    let mut command = spawn::command(program);
    command.arg0(&spec.argv[0]).args(&spec.argv[1..]).current_dir(&spec.cwd);
    command.envs(spec.env.iter().map(|(name, value)| (name, value))).env(TAG_VARIABLE, &spec.tag);
    let setup = Setup {
        session: true,
        terminal: matches!(spec.stdio, Stdio::Pty { .. }),
        die_with: Some(spawn::Parent { pid: tree::own_pid(), signal: Signal::KILL }),
        group: group.map(open_group).transpose()?,
        limits: spec.limits.clone(),
    };
    spawn::prepare(&mut command, setup);
    match spec.stdio {
        Stdio::Pipes => with_pipes(command, program),
        Stdio::Pty { rows, cols } => with_terminal(command, program, rows, cols),
    }
}

fn open_group(group: &Path) -> Result<OwnedFd, Failure> {
    let path = group.join("cgroup.procs");
    OpenOptions::new().write(true).open(&path).map(OwnedFd::from).map_err(system(&path))
}

fn with_pipes(mut command: Command, program: &Path) -> Result<Child, Failure> {
    command.stdin(Standard::piped()).stdout(Standard::piped()).stderr(Standard::piped());
    let mut child = command.spawn().map_err(|error| exec_failure(program, &error))?;
    let stdin = child.stdin.take().map(OwnedFd::from);
    let out = child.stdout.take().map(OwnedFd::from);
    let err = child.stderr.take().map(OwnedFd::from);
    for fd in [&stdin, &out, &err].into_iter().flatten() {
        nonblocking(fd)?;
    }
    Ok(spawned(child.id(), Stdin::pipe(stdin), out, err, None))
}

fn with_terminal(mut command: Command, program: &Path, rows: u16, cols: u16) -> Result<Child, Failure> {
    let terminal = open_terminal(rows, cols).map_err(system(Path::new("/dev/ptmx")))?;
    let (ours, theirs) = terminal;
    let copy = |fd: &OwnedFd| fd.try_clone().map_err(system(Path::new("terminal")));
    command.stdin(copy(&theirs)?).stdout(copy(&theirs)?).stderr(theirs);
    let child = command.spawn().map_err(|error| exec_failure(program, &error))?;
    // The command holds the child's side of the terminal; only when it is closed here can its end be seen.
    drop(command);
    nonblocking(&ours)?;
    let stdin = Stdin::terminal(Some(copy(&ours)?));
    let out = copy(&ours)?;
    Ok(spawned(child.id(), stdin, Some(out), None, Some(ours)))
}

fn open_terminal(rows: u16, cols: u16) -> io::Result<(OwnedFd, OwnedFd)> {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
    grantpt(&ours)?;
    unlockpt(&ours)?;
    let name = OsString::from_vec(ptsname(&ours, Vec::new())?.into_bytes());
    // Without O_NOCTTY this would become the holder's own terminal, since it leads a session without one.
    let theirs: OwnedFd = open_no_tty(Path::new(&name))?.into();
    tcsetwinsize(&theirs, size(rows, cols))?;
    let mut modes = tcgetattr(&theirs)?;
    // So that erasing a character in a line erases all of its bytes.
    modes.input_modes |= InputModes::IUTF8;
    tcsetattr(&theirs, OptionalActions::Now, &modes)?;
    Ok((ours, theirs))
}

fn open_no_tty(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().read(true).write(true).custom_flags(libc::O_NOCTTY).open(path)
}

/// A terminal's size as the system takes it.
pub(super) fn size(rows: u16, cols: u16) -> Winsize {
    Winsize { ws_row: rows, ws_col: cols, ws_xpixel: 0, ws_ypixel: 0 }
}

fn spawned(pid: u32, stdin: Stdin, out: Option<OwnedFd>, err: Option<OwnedFd>, terminal: Option<OwnedFd>) -> Child {
    let pid = pid.cast_signed();
    // It is our child and not collected yet, so it has an entry, be it as a zombie.
    let start = procfs::stat(pid).map_or(0, |stat| stat.start);
    Child { pid, start, stdin, out, err, terminal }
}

fn nonblocking(fd: impl AsFd) -> Result<(), Failure> {
    rustix::io::ioctl_fionbio(fd, true).map_err(|error| system(Path::new("pipe"))(error.into()))
}

fn exec_failure(program: &Path, error: &io::Error) -> Failure {
    let (reason, note) = match error.raw_os_error() {
        // The file was there a moment ago, so it is what its first line names that is missing.
        Some(libc::ENOENT) => (Reason::NotFound, " (its interpreter is missing)"),
        Some(libc::EACCES | libc::EPERM) => (Reason::NotPermitted, ""),
        Some(libc::ENOEXEC) => (Reason::NotExecutable, ""),
        Some(_) | None => (Reason::System, ""),
    };
    failure(reason, format!("{}: {error}{note}", program.display()))
}
