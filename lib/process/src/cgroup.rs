//! Control groups (version 2) as a way to end a whole tree at once: also one whose processes dropped their environment
//! and their parents. No controllers are used, so a group below our own is enough, also on a hybrid layout.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::procfs;
use crate::tree::{Handle, wait_for_deaths};

const DEADLINE: Duration = Duration::from_secs(5);

/// Makes the group `name` below this process's own; `None` where the system has no such groups or this user may not.
pub fn create(name: &str) -> Option<PathBuf> {
    let group = own()?.join(format!("oqto-{name}"));
    fs::create_dir(&group).ok()?;
    // A group that cannot be killed as a whole is of no use.
    let usable = group.join("cgroup.kill").exists() && writable(&group.join("cgroup.procs"));
    if !usable {
        let _ = fs::remove_dir(&group);
    }
    usable.then_some(group)
}

fn writable(path: &Path) -> bool {
    fs::OpenOptions::new().write(true).open(path).is_ok()
}

/// This process's own group.
fn own() -> Option<PathBuf> {
    let membership = fs::read_to_string("/proc/self/cgroup").ok()?;
    let own = membership.lines().find_map(|line| line.strip_prefix("0::/"))?;
    let mounts = fs::read_to_string("/proc/self/mountinfo").ok()?;
    let mount = mounts.lines().find_map(|line| {
        let (place, kind) = line.split_once(" - ")?;
        kind.starts_with("cgroup2 ").then(|| place.split(' ').nth(4)).flatten()
    })?;
    let group = Path::new(mount).join(own);
    group.join("cgroup.procs").exists().then_some(group)
}

/// Kills every process in `group` and below it at once.
///
/// # Errors
///
/// The group is gone, or may not be written.
pub fn kill(group: &Path) -> io::Result<()> {
    let path = group.join("cgroup.kill");
    fs::write(&path, "1").map_err(|error| named(&path, &error))
}

/// The processes in `group`.
///
/// # Errors
///
/// The group is gone, or may not be read.
pub fn members(group: &Path) -> io::Result<Vec<i32>> {
    let path = group.join("cgroup.procs");
    let text = fs::read_to_string(&path).map_err(|error| named(&path, &error))?;
    Ok(text.lines().filter_map(|line| line.parse().ok()).collect())
}

/// Kills what is in `group`, waits until it is empty, and removes it. Returns how many were in it; a group that is not
/// there had none.
///
/// # Errors
///
/// It does not become empty, or may not be written.
pub fn end(group: &Path) -> io::Result<usize> {
    if !group.exists() {
        return Ok(0);
    }
    let until = Instant::now() + DEADLINE;
    let mut killed = 0;
    loop {
        let members = members(group)?;
        killed = killed.max(members.len());
        if members.is_empty() && remove(group).is_ok() {
            return Ok(killed);
        }
        if Instant::now() >= until {
            return Err(io::Error::new(
                io::ErrorKind::TimedOut,
                format!("{}: {members:?} do not die", group.display()),
            ));
        }
        kill(group)?;
        let handles: Vec<Handle> = members.iter().filter_map(|pid| Handle::open(&procfs::stat(*pid)?)).collect();
        wait_for_deaths(&handles, Duration::from_millis(50))?;
    }
}

/// Removes `group` and the groups that its processes made below it. Only empty groups can be removed.
fn remove(group: &Path) -> io::Result<()> {
    for entry in fs::read_dir(group)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            remove(&entry.path())?;
        }
    }
    fs::remove_dir(group)
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
