//! Where a store is, how it is made, and its configuration.
//!
//! The nearest `.trx` counts, up to the root of the git work tree. A linked work tree has its own files, because issues
//! are versioned with the branch that they belong to; they meet when branches are merged.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use oqto_whole::Access;
use serde::Serialize;

use super::{INTERCHANGE, LOG};
use crate::error::{IssueError, Result};
use crate::id;

/// The name of the folder.
pub const FOLDER: &str = ".trx";

/// Lines for `.trx/.gitattributes` that let git join the files line by line. There, not in that of the repository: what
/// belongs to the store is committed with it.
const ATTRIBUTES: [&str; 4] = [
    "events.jsonl text eol=lf merge=union",
    "issues.jsonl text eol=lf merge=union",
    "verifications.jsonl text eol=lf merge=union",
    "*.damaged -text merge=union",
];

/// `.trx/config.toml`. Keys of older programs are known by name and kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Config {
    /// What new ids begin with.
    pub prefix: String,
}

/// Keys that older programs write; nothing reads them.
const OLD: [&str; 11] = [
    "default_priority",
    "default_type",
    "auto_sync",
    "sync_message_template",
    "show_closed",
    "editor",
    "git",
    "display",
    "storage_version",
    "verification",
    "central",
];

impl Config {
    pub(super) fn load(folder: &Path) -> Result<Self> {
        let path = folder.join("config.toml");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound && folder.is_dir() => String::new(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(IssueError::NoStore { from: folder.to_path_buf() });
            }
            Err(error) => return Err(IssueError::file("read", &path, error)),
        };
        let named = |why: String| IssueError::config(format!("{}: {why}", path.display()));
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| named(error.to_string()))?;
        if let Some(key) = table.keys().find(|key| *key != "prefix" && !OLD.contains(&key.as_str())) {
            return Err(named(format!("there is no setting {key:?}; the setting is `prefix`")));
        }
        let prefix = table.get("prefix").map_or(Some("trx"), toml::Value::as_str);
        let prefix = prefix.ok_or_else(|| named("`prefix` is a text".into()))?;
        id::check_prefix(prefix).map_err(|error| named(error.to_string()))?;
        Ok(Self { prefix: prefix.to_owned() })
    }
}

/// The nearest store.
pub(super) fn nearest(from: &Path) -> Result<PathBuf> {
    let missing = || IssueError::NoStore { from: from.to_path_buf() };
    let start = fs::canonicalize(from).map_err(|error| IssueError::file("enter", from, error))?;
    for folder in start.ancestors() {
        let found = folder.join(FOLDER);
        if found.is_dir() {
            refuse_others(&found)?;
            return Ok(found);
        }
        if folder.join(".git").exists() {
            return Err(missing());
        }
    }
    Err(missing())
}

/// Issues that lie elsewhere, or in a form that is not read, are not an empty store.
fn refuse_others(folder: &Path) -> Result<()> {
    let is_ours = [LOG, INTERCHANGE].iter().any(|file| folder.join(file).exists());
    let marker = folder.join("central");
    if marker.is_file() {
        return Err(IssueError::config(format!(
            "{} says that another program keeps the issues outside of the repository; to have them here, move it away \
             and import the issues.jsonl of the store that it names",
            marker.display()
        )));
    }
    let old = folder.join("crdt");
    if !is_ours && old.is_dir() {
        return Err(IssueError::config(format!(
            "the issues in {} have a form of 2025 that is not read; any change with trx 0.6 writes issues.jsonl, which is",
            old.display()
        )));
    }
    Ok(())
}

impl super::Store {
    /// Makes a store in `root` and tells git to join its files line by line.
    ///
    /// # Errors
    /// `StoreExists`, `Invalid` for a prefix, and those of files.
    pub fn init(root: &Path, prefix: &str) -> Result<Self> {
        id::check_prefix(prefix)?;
        let folder = root.join(FOLDER);
        fs::create_dir(&folder).map_err(|error| {
            if error.kind() == io::ErrorKind::AlreadyExists {
                return IssueError::StoreExists { path: folder.clone() };
            }
            IssueError::file("make", &folder, error)
        })?;
        write(&folder.join("config.toml"), &format!("prefix = \"{prefix}\"\n"))?;
        write(&folder.join(LOG), "")?;
        write(&folder.join(INTERCHANGE), "")?;
        attributes(&folder)?;
        Self::open(&folder)
    }

    /// Adds what is missing in `.trx/.gitattributes`; says whether anything was.
    ///
    /// # Errors
    /// Those of the file.
    pub fn set_attributes(&self) -> Result<bool> {
        attributes(self.folder())
    }

    /// Whether git is told to join the files line by line, here or in the repository's own `.gitattributes`.
    #[must_use]
    pub fn has_attributes(&self) -> bool {
        let above = self.folder().parent().unwrap_or(Path::new(""));
        let text = |folder: &Path| fs::read_to_string(folder.join(".gitattributes")).unwrap_or_default();
        let (ours, theirs) = (text(self.folder()), text(above));
        ATTRIBUTES.iter().take(2).all(|line| {
            let there = format!("{FOLDER}/{line}");
            ours.lines().any(|known| known.trim() == *line) || theirs.lines().any(|known| known.trim() == there)
        })
    }

    /// Sets the prefix of new ids, and keeps whatever else is in the file.
    ///
    /// # Errors
    /// `Invalid`, and those of the file.
    pub fn set_prefix(&mut self, prefix: &str) -> Result<()> {
        id::check_prefix(prefix)?;
        let path = self.folder().join("config.toml");
        let text = fs::read_to_string(&path).unwrap_or_default();
        let is_it = |line: &str| line.split('=').next().is_some_and(|key| key.trim() == "prefix");
        let kept: Vec<&str> = text.lines().filter(|line| !is_it(line)).collect();
        let line = format!("prefix = \"{prefix}\"");
        write(&path, &format!("{}\n", [&[line.as_str()], &kept[..]].concat().join("\n")))?;
        prefix.clone_into(&mut self.config.prefix);
        Ok(())
    }
}

fn attributes(folder: &Path) -> Result<bool> {
    let path = folder.join(".gitattributes");
    let mut text = match fs::read_to_string(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(IssueError::file("read", &path, error)),
        read => read.unwrap_or_default(),
    };
    let missing: Vec<&str> =
        ATTRIBUTES.into_iter().filter(|line| !text.lines().any(|there| there.trim() == *line)).collect();
    if missing.is_empty() {
        return Ok(false);
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    write(&path, &format!("{text}{}\n", missing.join("\n")))?;
    Ok(true)
}

/// Writes a small file at once: readers see the old or the new one.
pub(super) fn write(path: &Path, text: &str) -> Result<()> {
    let written = oqto_whole::write(path, text.as_bytes(), Access::KeptOrUsual);
    written.map_err(|error| IssueError::file("write", path, error.source))
}
