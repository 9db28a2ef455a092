//! The machine: directories, disk, clock, port.

use super::check::Check;
use crate::ago;
use oqto_kit::Dirs;
use std::io;
use std::net::TcpListener;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Less than this many bytes, and what must be kept cannot be.
const FULL: u64 = 100 << 20;

/// Less than this many bytes is worth a word.
const NEARLY_FULL: u64 = 1 << 30;

/// A clock before this is wrong: 2026-01-01, Unix milliseconds.
const EARLIEST: u64 = 1_767_225_600_000;

/// How far in the future a file of ours may seem to lie, in milliseconds.
const SLACK: u64 = 60_000;

/// Directories, disk and clock.
pub(super) fn check(dirs: &Dirs) -> Vec<Check> {
    vec![
        runtime(&dirs.runtime),
        writable("state directory", &dirs.state),
        disk(&dirs.data),
        clock(&dirs.hstry_db(), ago::now()),
    ]
}

/// Where the sockets are: nobody else may be able to change it.
fn runtime(folder: &Path) -> Check {
    let check = "runtime directory";
    let shown = folder.display();
    let there = match std::fs::metadata(folder) {
        Ok(there) => there,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return to_be_made(check, folder),
        Err(error) => return Check::fail(check, format!("{shown}: {error}"), format!("ls -ld {shown}")),
    };
    let us = rustix::process::geteuid().as_raw();
    match (there.uid() == us, there.mode() & 0o777) {
        (false, _) => Check::fail(
            check,
            format!("{shown} belongs to user {}, not to you ({us})", there.uid()),
            "set XDG_RUNTIME_DIR to a folder of your own",
        ),
        (true, mode) if mode & 0o022 != 0 => Check::fail(
            check,
            format!("{shown} can be changed by others (mode {mode:04o})"),
            format!("chmod 700 {shown}"),
        ),
        (true, mode) if mode & 0o200 == 0 => {
            Check::fail(check, format!("{shown} cannot be written (mode {mode:04o})"), format!("chmod 700 {shown}"))
        }
        (true, mode) if mode != 0o700 => {
            Check::warn(check, format!("{shown} can be seen by others (mode {mode:04o})"), format!("chmod 700 {shown}"))
        }
        (true, _) => Check::ok(check, format!("{shown}, yours alone")),
    }
}

fn writable(check: &str, folder: &Path) -> Check {
    if !folder.exists() {
        return to_be_made(check, folder);
    }
    let shown = folder.display();
    match rustix::fs::access(folder, rustix::fs::Access::WRITE_OK | rustix::fs::Access::EXEC_OK) {
        Ok(()) => Check::ok(check, format!("{shown}")),
        Err(error) => Check::fail(check, format!("{shown} cannot be written: {error}"), format!("ls -ld {shown}")),
    }
}

fn to_be_made(check: &str, folder: &Path) -> Check {
    let parent = existing(folder);
    let shown = folder.display();
    match rustix::fs::access(&parent, rustix::fs::Access::WRITE_OK) {
        Ok(()) => Check::ok(check, format!("{shown}, made when it is needed")),
        Err(error) => Check::fail(
            check,
            format!("{shown} cannot be made in {}: {error}", parent.display()),
            format!("ls -ld {}", parent.display()),
        ),
    }
}

/// The nearest folder above a path that is there.
fn existing(path: &Path) -> PathBuf {
    path.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("/")).to_path_buf()
}

fn disk(data: &Path) -> Check {
    let check = "disk space";
    let folder = existing(data);
    let shown = folder.display();
    match rustix::fs::statvfs(&folder) {
        Ok(space) => space_left(check, &folder, space.f_bavail.saturating_mul(space.f_frsize)),
        Err(error) => Check::warn(check, format!("{shown} does not say: {error}"), format!("df -h {shown}")),
    }
}

fn space_left(check: &str, folder: &Path, free: u64) -> Check {
    let found = format!("{} free for {}", size(free), folder.display());
    match free {
        ..FULL => Check::fail(check, found, "make room: nothing can be kept without it"),
        FULL..NEARLY_FULL => Check::warn(check, found, "make room soon"),
        NEARLY_FULL.. => Check::ok(check, found),
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        ..1_048_576 => format!("{} KiB", bytes >> 10),
        1_048_576..1_073_741_824 => format!("{} MiB", bytes >> 20),
        1_073_741_824.. => format!("{} GiB", bytes >> 30),
    }
}

/// A clock that is set wrong spoils ids, times and certificates.
fn clock(witness: &Path, now: u64) -> Check {
    let check = "clock";
    let mend = "set it: timedatectl set-ntp true";
    let written = std::fs::metadata(witness).and_then(|there| there.modified()).ok();
    let written = written.map(millis).filter(|written| *written > now.saturating_add(SLACK));
    match written {
        _ if now < EARLIEST => Check::fail(check, "it says a time before 2026", mend),
        Some(written) => {
            let ahead = ago::span(written - now);
            Check::warn(check, format!("{} was written {ahead} in the future", witness.display()), mend)
        }
        None => Check::ok(check, "plausible"),
    }
}

fn millis(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// Whether the server has its port, or can have it.
pub(super) fn port(serving: Option<&str>, configured: Option<&str>) -> Check {
    let check = "port";
    if let Some(address) = serving {
        return Check::ok(check, format!("your server has {address}"));
    }
    let Some(asked) = configured else {
        return Check::warn(check, "not known, since oqto does not say its settings", "see above");
    };
    match TcpListener::bind(asked) {
        Ok(_free) => Check::ok(check, format!("{asked} is free")),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => Check::fail(
            check,
            format!("{asked} is taken by another program"),
            format!("choose another: oqto serve --listen {}", next_port(asked)),
        ),
        Err(error) => {
            Check::fail(check, format!("{asked} cannot be listened on: {error}"), "oqto serve --listen 127.0.0.1:8080")
        }
    }
}

fn next_port(asked: &str) -> String {
    let next = asked.rsplit_once(':').and_then(|(host, port)| Some((host, port.parse::<u16>().ok()?.checked_add(1)?)));
    next.map_or_else(|| "127.0.0.1:8081".to_owned(), |(host, port)| format!("{host}:{port}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_space_is_told_before_there_is_none() {
        let left = |free| space_left("disk", Path::new("/d"), free);
        assert_eq!(left(5 << 30), Check::ok("disk", "5 GiB free for /d"));
        assert_eq!(left(500 << 20), Check::warn("disk", "500 MiB free for /d", "make room soon"));
        let full = Check::fail("disk", "3 KiB free for /d", "make room: nothing can be kept without it");
        assert_eq!(left(3 << 10), full);
    }

    #[test]
    fn a_clock_that_went_back_is_noticed() {
        let here = std::env::current_exe().unwrap();
        let now = ago::now();
        assert_eq!(clock(&here, now), Check::ok("clock", "plausible"));
        assert_eq!(
            clock(&here, 1000),
            Check::fail("clock", "it says a time before 2026", "set it: timedatectl set-ntp true")
        );
    }

    #[test]
    fn a_taken_port_has_a_neighbour() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = taken.local_addr().unwrap();
        let next = format!("choose another: oqto serve --listen 127.0.0.1:{}", address.port() + 1);
        let found = format!("{address} is taken by another program");
        assert_eq!(port(None, Some(&address.to_string())), Check::fail("port", found, next));
        let serving = port(Some("http://x"), Some(&address.to_string()));
        assert_eq!(serving, Check::ok("port", "your server has http://x"));
    }
}
