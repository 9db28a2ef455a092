//! From the spec on standard input to a running child.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rustix::fs::Mode;

use super::child::{self, Child};
use super::events::Server;
use super::ledger::Ledger;
use super::{complain, signals};
use crate::frames::json;
use crate::journal::{SegmentSize, Writer};
use crate::meta::{self, Meta, SOCKET};
use crate::record::Kind;
use crate::socket_path::socket_path;
use crate::spec::{Containment, Failure, HolderSpec, Reason, Report};
use crate::{HOLDER_VERSION, cgroup, journal, procfs, spawn, tree};

/// The most bytes of a spec.
const MAX_SPEC: u64 = 8 << 20;

/// Starts the holder proper and ends, so that it is nobody's child.
pub(super) fn launch() -> ExitCode {
    signals::keep_descriptors_back();
    let own = std::env::current_exe().ok().filter(|path| path.exists());
    let mut command = spawn::command(own.unwrap_or_else(|| "/proc/self/exe".into()));
    command.arg0("oqto-hold").arg("serve");
    match command.spawn() {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("oqto-hold: cannot start itself: {error}\n"));
            ExitCode::from(70)
        }
    }
}

/// Holds a child: spec in, report out, then until it is released.
pub(super) fn serve() -> ExitCode {
    let started = read_spec().and_then(|spec| start(&spec));
    let report = match &started {
        Ok(server) => Report::Ready(server.meta.clone()),
        Err(failure) => Report::Failed(failure.clone()),
    };
    let mut line = json(&report);
    line.push(b'\n');
    // A starter that is gone by now finds the holder by its directory.
    let _ = io::stdout().write_all(&line);
    let Ok(server) = started else {
        return ExitCode::FAILURE;
    };
    match detach(&server.dir).and_then(|()| server.run()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("oqto-hold: {error}\n"));
            ExitCode::from(70)
        }
    }
}

fn read_spec() -> Result<HolderSpec, Failure> {
    let mut text = Vec::new();
    let read = io::stdin().take(MAX_SPEC + 1).read_to_end(&mut text);
    read.map_err(|error| failure(Reason::System, format!("standard input: {error}")))?;
    if text.len() as u64 > MAX_SPEC {
        return Err(failure(Reason::BadSpec, format!("the spec is longer than {MAX_SPEC} bytes")));
    }
    // The error of a JSON parser may quote what it read, and that holds secrets; its place is enough.
    let spec: HolderSpec = serde_json::from_slice(&text)
        .map_err(|error| failure(Reason::BadSpec, format!("the spec is malformed at column {}", error.column())))?;
    match spec.fault() {
        Some(fault) => Err(failure(Reason::BadSpec, fault)),
        None => Ok(spec),
    }
}

fn start(spec: &HolderSpec) -> Result<Server, Failure> {
    // Fails only for a group's leader, which `launch` sees to that this is not; by hand it may be, and does no harm.
    let _ = rustix::process::setsid();
    rustix::process::umask(Mode::from_raw_mode(0o077));
    make_dir(&spec.dir)?;
    hold(spec).inspect_err(|_| {
        let _ = std::fs::remove_dir_all(&spec.dir);
    })
}

fn make_dir(dir: &Path) -> Result<(), Failure> {
    let mut builder = DirBuilder::new();
    builder.mode(0o700);
    if let Some(parent) = dir.parent() {
        builder.recursive(true).create(parent).map_err(system(parent))?;
    }
    builder.recursive(false).create(dir).map_err(|error| {
        if error.kind() == io::ErrorKind::AlreadyExists {
            failure(Reason::Exists, format!("{} exists", dir.display()))
        } else {
            system(dir)(error)
        }
    })
}

/// Everything after the directory is there; what fails in here leaves nothing behind but that directory.
fn hold(spec: &HolderSpec) -> Result<Server, Failure> {
    let program = child::program(spec)?;
    let signals = signals::open().map_err(system(Path::new("signals")))?;
    rustix::process::set_child_subreaper(Some(rustix::process::getpid()))
        .map_err(|error| system(Path::new("subreaper"))(error.into()))?;
    let journal = Writer::create(&spec.dir, SegmentSize::for_limit(spec.journal_limit))
        .map_err(|error| journal_failure(&error))?;
    let listener = listen(&spec.dir)?;
    let group = match spec.containment {
        Containment::Auto => cgroup::create(&spec.tag),
        Containment::Descent => None,
    };
    let (child, group) = match child::spawn(spec, &program, group.as_deref()) {
        Ok(child) => (child, group),
        // Was it the group? Without one the answer is the program's own.
        Err(_) if group.is_some() => {
            let _ = group.as_deref().map(cgroup::end);
            (child::spawn(spec, &program, None)?, None)
        }
        Err(failure) => return Err(failure),
    };
    let ready = introduce(spec, child, journal, listener, signals, group.clone());
    ready.inspect_err(|_| {
        // The child dies with this process; what it may have started already, with its group.
        if let Some(group) = &group {
            let _ = cgroup::end(group);
        }
    })
}

/// Writes down who the child and its holder are.
fn introduce(
    spec: &HolderSpec,
    child: Child,
    journal: Writer,
    listener: UnixListener,
    signals: OwnedFd,
    group: Option<PathBuf>,
) -> Result<Server, Failure> {
    let mut ledger = Ledger::new(journal, spec.journal_limit);
    ledger.put(Kind::Start { pid: child.pid.cast_unsigned() });
    let meta = describe(spec, &child, group)?;
    meta::save(&spec.dir, &meta).map_err(system(&spec.dir))?;
    Ok(Server::new(spec, meta, ledger, child, listener, signals))
}

fn describe(spec: &HolderSpec, child: &Child, cgroup: Option<PathBuf>) -> Result<Meta, Failure> {
    let holder_pid = tree::own_pid();
    Ok(Meta {
        version: HOLDER_VERSION,
        tag: spec.tag.clone(),
        holder_pid,
        holder_start: procfs::stat(holder_pid).map_or(0, |stat| stat.start),
        child_pid: child.pid,
        child_start: child.start,
        boot_id: procfs::boot_id().map_err(system(Path::new("/proc")))?,
        started_ms: journal::now_ms(),
        cgroup,
        exit: None,
    })
}

fn listen(dir: &Path) -> Result<UnixListener, Failure> {
    let socket = dir.join(SOCKET);
    let reach = socket_path(dir, SOCKET).map_err(system(&socket))?;
    let listener = UnixListener::bind(&reach.path).map_err(system(&socket))?;
    std::fs::set_permissions(&socket, std::fs::Permissions::from_mode(0o600)).map_err(system(&socket))?;
    listener.set_nonblocking(true).map_err(system(&socket))?;
    Ok(listener)
}

/// Lets go of the starter: nothing of it stays open, and what this process has to complain about goes to a file.
fn detach(dir: &Path) -> io::Result<()> {
    let null = File::options().read(true).write(true).open("/dev/null")?;
    let log = OpenOptions::new().append(true).create(true).mode(0o600).open(dir.join("hold.log"))?;
    rustix::stdio::dup2_stdin(&null)?;
    rustix::stdio::dup2_stdout(&null)?;
    rustix::stdio::dup2_stderr(&log)?;
    std::env::set_current_dir("/")
}

pub(super) fn failure(reason: Reason, message: String) -> Failure {
    Failure { reason, message }
}

pub(super) fn system(path: &Path) -> impl FnOnce(io::Error) -> Failure + use<> {
    let path = path.to_owned();
    move |error| failure(Reason::System, format!("{}: {error}", path.display()))
}

fn journal_failure(error: &journal::JournalError) -> Failure {
    let cause = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    failure(Reason::System, format!("{error}: {cause}"))
}
