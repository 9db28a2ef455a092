//! What `/proc` says about processes.

use std::fs;
use std::io;

/// The parts of `/proc/<pid>/stat` that identify a process and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stat {
    /// Process id.
    pub pid: i32,
    /// The program's short name, as the kernel keeps it.
    pub name: String,
    /// One letter: `R`, `S`, `D`, `T`, `Z`, …
    pub state: char,
    /// The parent's process id.
    pub ppid: i32,
    /// When it started, in clock ticks since boot. With the pid and the boot id it names one process for ever.
    pub start: u64,
}

impl Stat {
    /// A process that has ended and is only waiting to be collected.
    pub fn is_zombie(&self) -> bool {
        matches!(self.state, 'Z' | 'X')
    }
}

/// The process `pid`, or `None` when there is none (or it cannot be looked at).
pub fn stat(pid: i32) -> Option<Stat> {
    find(pid).ok().flatten()
}

/// The process `pid`, or `None` when there is certainly none.
///
/// # Errors
///
/// It cannot be told, for want of descriptors, say. What decides over life and death must not take that for death.
pub fn find(pid: i32) -> io::Result<Option<Stat>> {
    let path = format!("/proc/{pid}/stat");
    match fs::read(&path) {
        Ok(raw) => Ok(parse_stat(&raw)),
        Err(error) if error.kind() == io::ErrorKind::NotFound || error.raw_os_error() == Some(libc::ESRCH) => Ok(None),
        Err(error) => Err(io::Error::new(error.kind(), format!("{path}: {error}"))),
    }
}

fn parse_stat(raw: &[u8]) -> Option<Stat> {
    // The name is in parentheses and may itself contain any byte, parentheses too.
    let open = raw.iter().position(|byte| *byte == b'(')?;
    let close = raw.iter().rposition(|byte| *byte == b')')?;
    let pid = str::from_utf8(raw.get(..open)?).ok()?.trim().parse().ok()?;
    let mut fields = str::from_utf8(raw.get(close + 1..)?).ok()?.split_ascii_whitespace();
    let state = fields.next()?.chars().next()?;
    let ppid = fields.next()?.parse().ok()?;
    // Field 22 of the line is the start time; `state` is field 3.
    let start = fields.nth(22 - 5)?.parse().ok()?;
    let name = String::from_utf8_lossy(raw.get(open + 1..close)?).into_owned();
    Some(Stat { pid, name, state, ppid, start })
}

/// Every process that can be seen now.
///
/// # Errors
///
/// `/proc` cannot be listed or read.
pub fn processes() -> io::Result<Vec<Stat>> {
    pids()?.into_iter().filter_map(|pid| find(pid).transpose()).collect()
}

/// The ids of every process that can be seen now.
///
/// # Errors
///
/// `/proc` cannot be listed.
pub fn pids() -> io::Result<Vec<i32>> {
    let names = fs::read_dir("/proc").map_err(|error| io::Error::new(error.kind(), format!("/proc: {error}")))?;
    Ok(names.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok()).collect())
}

/// Whether `pid` was started with exactly `variable=value` in its environment. A process that may not be looked at was not.
pub fn has_variable(pid: i32, variable: &str, value: &str) -> bool {
    let Ok(environment) = fs::read(format!("/proc/{pid}/environ")) else {
        return false;
    };
    let wanted = format!("{variable}={value}");
    environment.split(|byte| *byte == 0).any(|entry| entry == wanted.as_bytes())
}

/// The id of this boot.
///
/// # Errors
///
/// The kernel does not say.
pub fn boot_id() -> io::Result<String> {
    let path = "/proc/sys/kernel/random/boot_id";
    let id = fs::read_to_string(path).map_err(|error| io::Error::new(error.kind(), format!("{path}: {error}")))?;
    Ok(id.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_contain_anything() {
        let line = b"42 (a) b (c) S 7 42 42 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 98765 1 2";
        let stat = parse_stat(line).expect("a stat line");
        assert_eq!(stat, Stat { pid: 42, name: "a) b (c".into(), state: 'S', ppid: 7, start: 98765 });
    }

    #[test]
    fn this_process_is_seen() {
        let me = std::process::id() as i32;
        let stat = stat(me).expect("this process");
        assert_eq!(stat.pid, me);
        assert!(!stat.is_zombie());
        assert!(processes().expect("a list").iter().any(|other| other.pid == me));
    }
}
