//! The page: its packages and its build.

use std::path::Path;
use std::time::SystemTime;
use std::{fs, io};

use crate::checkout;
use crate::failure::Result;
use crate::needs::node;
use crate::process::Tool;
use crate::say;

/// Installs the packages of the page, unless they are as the lock file says.
pub(crate) fn packages() -> Result {
    node::required()?;
    let dir = checkout::frontend();
    let (lock, installed) = (dir.join("package-lock.json"), dir.join("node_modules/.package-lock.json"));
    if modified(&installed) >= modified(&lock) && installed.is_file() {
        say::note("the packages of the page are installed");
        return Ok(());
    }
    npm().args(["ci", "--no-audit", "--no-fund"]).run()
}

/// Builds the page into `frontend/dist`, unless nothing has changed since.
pub(crate) fn build() -> Result {
    packages()?;
    let dir = checkout::frontend();
    let built = modified(&dir.join("dist/index.html"));
    if built.is_some() && newest(&dir).is_ok_and(|newest| newest <= built) {
        say::note("the page is built");
        return Ok(());
    }
    npm().args(["run", "build"]).run()
}

/// npm in the page's folder.
pub(crate) fn npm() -> Tool {
    Tool::new("npm").dir(checkout::frontend()).env("CI", "true")
}

/// When the newest source of the page was written.
fn newest(dir: &Path) -> io::Result<Option<SystemTime>> {
    let mut newest = None;
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let changed = match (name, path.is_dir()) {
            ("node_modules" | "dist" | "e2e", true) => None,
            (_, true) => self::newest(&path)?,
            (_, false) => modified(&path),
        };
        newest = newest.max(changed);
    }
    Ok(newest)
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|meta| meta.modified()).ok()
}
