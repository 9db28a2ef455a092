//! Pi, installed below `target/pi` when it is needed: for a first chat, and both wire generations for tests.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use crate::checkout;
use crate::failure::{Result, While as _};
use crate::needs::node;
use crate::process::{Tool, on_path};
use crate::say;

/// A Pi and what runs it, every version exact.
struct Release {
    version: &'static str,
    packages: &'static [&'static str],
    /// Below `node_modules`; all must be there.
    files: &'static [&'static str],
}

/// Runs on Node 20.
const OLD: Release = Release {
    version: "0.73.1",
    packages: &["@mariozechner/pi-coding-agent@0.73.1"],
    files: &["@mariozechner/pi-coding-agent/dist/cli.js"],
};

/// Needs Node 22 or bun, which come as packages too.
const NEW: Release = Release {
    version: "0.87.1",
    packages: &["@earendil-works/pi-coding-agent@0.87.1", "bun@1.4.5", "node@22.23.3"],
    files: &["@earendil-works/pi-coding-agent/dist/cli.js", ".bin/bun", ".bin/node"],
};

impl Release {
    fn modules(&self) -> PathBuf {
        home(self.version).join("node_modules")
    }

    fn install(&self) -> Result {
        if self.files.iter().all(|file| self.modules().join(file).exists()) {
            say::note(&format!("Pi {} is installed", self.version));
            return Ok(());
        }
        let home = home(self.version);
        fs::create_dir_all(&home).doing(|| format!("create {}", home.display()))?;
        // A folder with its own package.json is a project of its own to npm, whatever lies above it.
        let manifest = home.join("package.json");
        fs::write(&manifest, "{\"private\": true}\n").doing(|| format!("write {}", manifest.display()))?;
        let flags = ["install", "--save-exact", "--no-audit", "--no-fund", "--loglevel=error"];
        Tool::new("npm").dir(&home).args(flags).args(self.packages).run()
    }
}

fn home(version: &str) -> PathBuf {
    checkout::root().join("target/pi").join(version)
}

/// Installs both generations, for tests.
pub(crate) fn install_both() -> Result {
    node::required()?;
    OLD.install()?;
    NEW.install()
}

/// The Pi for a first chat: the person's own if there is one, else 0.87.1 with what runs it here.
///
/// Gives the command to hand on in `OQTO_PI`, or `None` for the `pi` on the PATH.
pub(crate) fn for_chat() -> Result<Option<PathBuf>> {
    if let Some(own) = on_path("pi") {
        say::note(&format!("Pi is {}", own.display()));
        return Ok(None);
    }
    let node = node::required()?;
    say::note("no `pi` on the PATH: installing Pi 0.87.1 below target/pi");
    NEW.install()?;
    // Pi 0.87 needs Node 22.19; bun runs it everywhere else.
    let interpreter = if node >= (22, 19) { on_path("node") } else { None };
    let interpreter = interpreter.unwrap_or_else(|| NEW.modules().join(".bin/bun"));
    let program = NEW.modules().join(NEW.files[0]);
    write_launcher(&interpreter, &program).map(Some)
}

fn write_launcher(interpreter: &Path, program: &Path) -> Result<PathBuf> {
    let launcher = checkout::root().join("target/pi/bin/pi");
    let script = format!("#!/bin/sh\nexec '{}' '{}' \"$@\"\n", interpreter.display(), program.display());
    let written = launcher.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&launcher, script));
    written
        .and_then(|()| fs::set_permissions(&launcher, fs::Permissions::from_mode(0o755)))
        .doing(|| format!("write {}", launcher.display()))?;
    Ok(launcher)
}
