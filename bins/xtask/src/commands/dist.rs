//! `cargo xtask dist`: an archive to install from.

use std::fs;
use std::path::{Path, PathBuf};

use crate::checkout::{self, SERVICES, TOOLS};
use crate::failure::{Result, While as _};
use crate::needs::page;
use crate::process::Tool;
use crate::{say, shipped};

/// Pack the programs, completions, man pages and systemd units into an archive
///
/// Writes `target/dist/oqto-VERSION-TARGET.tar.gz` and `SHA256SUMS`. The same commit packs the same files, with the
/// time of the commit.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

const FOLDERS: [&str; 3] = ["completions", "man", "systemd"];
const FILES: [&str; 2] = ["LICENSE", "README.md"];

pub(crate) fn run(_: &Args) -> Result {
    page::build()?;
    let programs = shipped::build(&["--locked"])?;
    let name = format!("oqto-{}-{}", env!("CARGO_PKG_VERSION"), host()?);
    let dist = checkout::target().join("dist");
    let folder = dist.join(&name);
    gather(&programs, &folder)?;
    let archive = pack(&dist, &name)?;
    let sums = Tool::new("sha256sum").dir(&dist).args([&archive]).read()?;
    let file = dist.join("SHA256SUMS");
    fs::write(&file, sums).doing(|| format!("write {}", file.display()))?;
    say::data(&dist.join(archive).display().to_string());
    Ok(())
}

/// The target triple that was built for.
fn host() -> Result<String> {
    let said = Tool::new("rustc").args(["--version", "--verbose"]).read()?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(String::from).ok_or("rustc does not name its host").doing(|| "rustc --version --verbose".into())
}

fn gather(programs: &Path, folder: &Path) -> Result {
    if folder.exists() {
        fs::remove_dir_all(folder).doing(|| format!("empty {}", folder.display()))?;
    }
    let root = checkout::root();
    for binary in SERVICES.iter().chain(&TOOLS) {
        copy(&programs.join(binary), &folder.join("bin").join(binary))?;
    }
    for file in FILES {
        copy(&root.join(file), &folder.join(file))?;
    }
    for name in FOLDERS {
        let from = root.join(name);
        for entry in fs::read_dir(&from).doing(|| format!("read {}", from.display()))? {
            let path = entry.doing(|| format!("read {}", from.display()))?.path();
            let to = folder.join(name).join(path.file_name().unwrap_or_default());
            copy(&path, &to)?;
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result {
    let copied = to.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::copy(from, to));
    copied.map(drop).doing(|| format!("copy {} to {}", from.display(), to.display()))
}

/// Packs without anything that depends on who packs, or when.
fn pack(dist: &Path, name: &str) -> Result<PathBuf> {
    let archive = PathBuf::from(format!("{name}.tar.gz"));
    let time = Tool::new("git").args(["log", "-1", "--format=@%ct"]).read()?;
    let flags = ["--sort=name", "--owner=0", "--group=0", "--numeric-owner"];
    let tar = Tool::new("tar").dir(dist).env("GZIP", "-n").args(flags).args([format!("--mtime={}", time.trim())]);
    tar.args(["-czf"]).args([&archive]).args([name]).run()?;
    Ok(archive)
}
