//! `cargo xtask codegen`: what is generated from the sources, and committed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::checkout;
use crate::failure::{Failure, Result, While as _};
use crate::process::Tool;
use crate::say;

/// Generate TypeScript types, the JSON Schema, completions and man pages
///
/// They are committed, so that they can be read and used without building; CI checks that they are current.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Change nothing; fail when something committed is not what would be generated
    #[arg(long)]
    pub(crate) check: bool,
}

/// Folders that hold nothing but generated files: what is not generated any more goes.
const GENERATED: [&str; 4] = ["completions", "man", "frontend/src/protocol/generated", "proto/schema"];

/// The programs that people type; `oqto-hold` is started by the runner alone.
const DOCUMENTED: [&str; 9] = ["oqto", "oqto-runner", "oqtoctl", "hstry", "agntz", "trx", "byt", "sx", "eavs"];

/// The shells that completions are committed for, and how each calls its file.
const SHELLS: [(&str, &str, &str); 4] =
    [("bash", "", ".bash"), ("zsh", "_", ""), ("fish", "", ".fish"), ("nushell", "", ".nu")];

/// Path below the root, and content.
type Files = BTreeMap<PathBuf, Vec<u8>>;

pub(crate) fn run(args: &Args) -> Result {
    let wanted = generate()?;
    let found = committed()?;
    let differing = differences(&wanted, &found);
    if args.check {
        return report(&differing);
    }
    for path in &differing {
        let place = checkout::root().join(path);
        match wanted.get(path) {
            Some(content) => write(&place, content)?,
            None => fs::remove_file(&place).doing(|| format!("remove {}", place.display()))?,
        }
        say::note(&format!("wrote {}", path.display()));
    }
    say::note(&format!("{} generated files, {} changed", wanted.len(), differing.len()));
    Ok(())
}

fn report(differing: &[PathBuf]) -> Result {
    if differing.is_empty() {
        say::note("generated files are current");
        return Ok(());
    }
    let names: Vec<_> = differing.iter().map(|path| path.display().to_string()).collect();
    Err(Failure::new(format!("not what would be generated:\n{}", names.join("\n"))).hint("cargo xtask codegen"))
}

/// Everything that should be there, made in a folder of its own.
fn generate() -> Result<Files> {
    let fresh = checkout::target().join("codegen");
    if fresh.exists() {
        fs::remove_dir_all(&fresh).doing(|| format!("empty {}", fresh.display()))?;
    }
    fs::create_dir_all(&fresh).doing(|| format!("create {}", fresh.display()))?;
    let protocol = ["--package", "oqto-protocol", "--features", "schema", "--example", "codegen"];
    Tool::cargo().args(["build", "--quiet"]).args(protocol).run()?;
    Tool::new(built("examples/codegen")).dir(&fresh).read()?;
    // As `cargo xtask test` builds them: other packages together would mean other features, and everything twice.
    Tool::cargo().args(["build", "--quiet", "--workspace", "--bins"]).run()?;
    for binary in DOCUMENTED {
        documents(binary, &fresh)?;
    }
    read_below(&fresh, &fresh)
}

/// Completions and man pages of a binary, from the program itself.
fn documents(binary: &str, fresh: &Path) -> Result {
    let folder = fresh.join("completions");
    for (shell, before, after) in SHELLS {
        let script = Tool::new(built(binary)).args(["completions", shell]).read()?;
        write(&folder.join(format!("{before}{binary}{after}")), script.as_bytes())?;
    }
    let pages = fresh.join("man");
    fs::create_dir_all(&pages).doing(|| format!("create {}", pages.display()))?;
    Tool::new(built(binary)).args(["man"]).args([&pages]).read().map(drop)
}

fn built(name: &str) -> PathBuf {
    checkout::target().join("debug").join(name)
}

fn write(path: &Path, content: &[u8]) -> Result {
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, content));
    written.doing(|| format!("write {}", path.display()))
}

fn committed() -> Result<Files> {
    let root = checkout::root();
    let mut files = Files::new();
    for folder in GENERATED.iter().map(|folder| root.join(folder)).filter(|folder| folder.is_dir()) {
        files.extend(read_below(&folder, &root)?);
    }
    Ok(files)
}

fn read_below(folder: &Path, root: &Path) -> Result<Files> {
    let mut files = Files::new();
    let entries = fs::read_dir(folder).doing(|| format!("read {}", folder.display()))?;
    for entry in entries {
        let path = entry.doing(|| format!("read {}", folder.display()))?.path();
        if path.is_dir() {
            files.extend(read_below(&path, root)?);
        } else {
            let content = fs::read(&path).doing(|| format!("read {}", path.display()))?;
            files.insert(path.strip_prefix(root).unwrap_or(&path).to_owned(), content);
        }
    }
    Ok(files)
}

/// Paths whose content differs, or that are on one side only.
fn differences(wanted: &Files, found: &Files) -> Vec<PathBuf> {
    let mut paths: Vec<_> =
        wanted.keys().chain(found.keys()).filter(|path| wanted.get(*path) != found.get(*path)).cloned().collect();
    paths.sort();
    paths.dedup();
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> Files {
        list.iter().map(|(path, content)| (PathBuf::from(path), content.as_bytes().to_vec())).collect()
    }

    #[test]
    fn changed_missing_and_left_over_files_are_differences() {
        let wanted = files(&[("man/a.1", "a"), ("man/b.1", "b"), ("man/c.1", "c")]);
        let found = files(&[("man/a.1", "a"), ("man/b.1", "old"), ("man/d.1", "d")]);
        let differing = differences(&wanted, &found);
        assert_eq!(differing, ["man/b.1", "man/c.1", "man/d.1"].map(PathBuf::from));
        let failure = report(&differing).unwrap_err();
        assert_eq!(failure.hint.as_deref(), Some("cargo xtask codegen"));
        assert!(report(&differences(&wanted, &wanted)).is_ok());
    }
}
