//! Processes: starting them hermetically, killing them, and finding those that belong to a world.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use oqto_testkit::binaries;
use oqto_testkit::home::Home;
use rustix::process::{Pid, Signal, kill_process};
use tokio::process::{Child, Command};

use crate::Outcome;

/// A command in a hermetic environment, in the home's `work` folder. It is killed when its handle is dropped.
#[expect(clippy::disallowed_methods, reason = "tests start the real programs")]
pub fn command(home: &Home, program: impl AsRef<Path>) -> Command {
    let mut command = Command::new(program.as_ref());
    command.env_clear().envs(home.env()).env("OQTO_BIN_DIR", binaries::profile_dir());
    command.current_dir(home.work()).stdin(Stdio::null()).kill_on_drop(true);
    command
}

/// Kills a process that this test started, and waits until it is gone.
///
/// # Errors
/// When it cannot be waited for.
pub async fn kill_and_reap(child: &mut Child) -> Outcome {
    child.start_kill()?;
    child.wait().await?;
    Ok(())
}

/// A process that lives in a home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inhabitant {
    /// Its process id.
    pub pid: i32,
    /// File name of the program.
    pub program: String,
    /// Its command line, with spaces.
    pub command_line: String,
}

impl Inhabitant {
    /// Sends it a signal; that it has gone already is fine.
    pub fn signal(&self, signal: Signal) {
        if let Some(pid) = Pid::from_raw(self.pid) {
            let _ = kill_process(pid, signal);
        }
    }
}

impl Inhabitant {
    /// The memory that it alone holds now, in bytes; 0 when it has gone.
    pub fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid)).unwrap_or_default();
        let anonymous = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
        let kibibytes = anonymous.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
        kibibytes.unwrap_or(0) * 1024
    }
}

/// Every living process whose environment, command line or working directory names `root`. Environments are inherited, so a
/// descendant that has lost its parents is found too.
pub fn inhabitants(root: &Path) -> Vec<Inhabitant> {
    let Ok(entries) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    let pid = |name: &str| name.parse::<i32>().ok();
    let pids = entries.flatten().filter_map(|entry| pid(&entry.file_name().to_string_lossy()));
    pids.filter(|pid| *pid != std::process::id().cast_signed()).filter_map(|pid| inhabitant(pid, root)).collect()
}

fn inhabitant(pid: i32, root: &Path) -> Option<Inhabitant> {
    let dir = PathBuf::from(format!("/proc/{pid}"));
    if !lives_in(&dir, root) || is_dead(&dir) {
        return None;
    }
    let command_line = fs::read(dir.join("cmdline")).ok()?;
    let command_line = String::from_utf8_lossy(&command_line).replace('\0', " ").trim().to_owned();
    let program = fs::read_link(dir.join("exe")).ok()?;
    let program = program.file_name()?.to_string_lossy().trim_end_matches(" (deleted)").to_owned();
    Some(Inhabitant { pid, program, command_line })
}

fn lives_in(dir: &Path, root: &Path) -> bool {
    let needle = root.as_os_str().as_encoded_bytes();
    let names_it = |file: &str| {
        fs::read(dir.join(file)).is_ok_and(|bytes| bytes.windows(needle.len()).any(|window| window == needle))
    };
    let links_to_it = |link: PathBuf| fs::read_link(link).is_ok_and(|target| target.starts_with(root));
    // A holder has neither environment nor arguments; the journal that it writes tells where it belongs.
    let is_holder = || {
        fs::read_link(dir.join("exe")).is_ok_and(|exe| exe.to_string_lossy().contains("oqto-hold"))
            && fs::read_dir(dir.join("fd")).is_ok_and(|files| files.flatten().any(|file| links_to_it(file.path())))
    };
    names_it("environ") || names_it("cmdline") || links_to_it(dir.join("cwd")) || is_holder()
}

/// A zombie, or one that is just going.
fn is_dead(dir: &Path) -> bool {
    let stat = fs::read_to_string(dir.join("stat")).unwrap_or_default();
    let state = stat.rsplit_once(')').and_then(|(_, rest)| rest.trim_start().chars().next());
    state.is_none_or(|state| matches!(state, 'Z' | 'X'))
}
