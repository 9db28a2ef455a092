//! Memories and issues to and from a git remote, as one step of a pipeline.
//!
//! | module | what it holds |
//! |---|---|
//! | [`union`](mod@union) | what one version of a file has that another lacks |
//! | `local` | the files of this side |
//! | `compare` | what each side lacks of the other |
//! | `push`, `pull` | giving it to the remote, taking it from there |
//! | `follow` | the branch that is checked out goes along, where that was asked for |
//!
//! Invariants:
//! - Nothing is forced: a commit is put on top of what the remote has, and only the files of `.trx/` and `.mmry/` that are
//!   ours differ in it. When the remote moves meanwhile, everything is done again on its new state.
//! - Files of lines only grow, on both sides. What cannot be joined is left as it is and named.
//! - The index, the work tree and the branch that is checked out stay as they are, but for two things: `pull` adds lines
//!   to our files, under their locks, and `Follow::Yes` moves the branch and the entries of our files in the index.
//! - What git ignores here, and what a symbolic link leads to, is not sent.

mod compare;
mod follow;
mod local;
mod pull;
mod push;
pub mod union;

use std::path::{Path, PathBuf};
use std::time::Instant;

use oqto_repo::{Git, GitError, Place};
use serde::Serialize;

use crate::error::{CatalogError, Result};
use crate::stores::{ISSUES, MEMORIES};

pub use pull::pull;
pub use push::{Created, Follow, Manner, push};

/// What is carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `.trx/`
    Issues,
    /// `.mmry/`
    Memories,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Issues, Self::Memories];

    fn folder(self) -> &'static str {
        match self {
            Self::Issues => ISSUES,
            Self::Memories => MEMORIES,
        }
    }
}

/// With whom, and for how long.
#[derive(Debug, Clone)]
pub struct Options {
    /// Name or URL of the remote; `None`: that of the branch, else `origin`, else the only one.
    pub remote: Option<String>,
    /// The branch of the remote; `None`: what the branch here follows, else the one of the same name, else (off a branch)
    /// the remote's own.
    pub branch: Option<String>,
    /// What is carried.
    pub kinds: Vec<Kind>,
    /// When to give up.
    pub until: Instant,
}

/// A file that was left as it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Conflict {
    /// The file, from the root.
    pub path: PathBuf,
    /// Why it was left.
    pub why: String,
}

impl Conflict {
    fn new(path: &Path, why: &str) -> Self {
        Self { path: path.to_owned(), why: why.to_owned() }
    }
}

/// How far apart the two sides are in one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Distance {
    /// The file, from the root.
    pub path: PathBuf,
    /// Lines that the remote lacks (that were sent, after a push).
    pub ahead: usize,
    /// Lines that are missing here (that were added, after a pull).
    pub behind: usize,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Synced {
    /// The remote's name, or its URL without credentials.
    pub remote: String,
    /// The branch of the remote.
    pub branch: String,
    /// The commit of the remote afterwards; nothing where it has no such branch.
    pub commit: Option<String>,
    /// Whether anything was changed.
    pub changed: bool,
    /// Whether the branch that is checked out went along.
    pub followed: bool,
    /// How often it was tried.
    pub attempts: u32,
    /// The files that differed.
    pub files: Vec<Distance>,
    /// Files that git ignores here, which are not sent.
    pub ignored: Vec<PathBuf>,
    /// Files that were left as they are.
    pub conflicts: Vec<Conflict>,
}

/// What each side lacks of the other. Changes nothing.
///
/// # Errors
/// No remote, unreachable, not permitted, too late; git's own.
pub fn status(git: &Git, place: &Place, options: &Options) -> Result<Synced> {
    let git = git.beside(place.root()).until(options.until);
    let target = target(&git, options)?;
    let tip = git.fetch_branch(&target.remote, &target.branch)?;
    let local = local::read(&git, place, &options.kinds)?;
    let compared = compare::compare(&git, &local, tip.as_ref(), &options.kinds)?;
    Ok(target.synced(tip.as_ref(), &compared, local.ignored))
}

/// A branch of a remote.
#[derive(Debug)]
struct Target {
    remote: String,
    branch: String,
}

impl Target {
    fn synced(self, tip: Option<&oqto_repo::Oid>, compared: &compare::Compared, ignored: Vec<PathBuf>) -> Synced {
        let files = compared.pairs.iter().filter(|pair| pair.ahead + pair.behind > 0);
        let files = files.map(|pair| Distance { path: pair.path.clone(), ahead: pair.ahead, behind: pair.behind });
        Synced {
            remote: oqto_repo::refs::without_credentials(&self.remote),
            branch: self.branch,
            commit: tip.map(ToString::to_string),
            changed: false,
            followed: false,
            attempts: 1,
            files: files.collect(),
            ignored,
            conflicts: compared.conflicts.clone(),
        }
    }
}

fn target(git: &Git, options: &Options) -> Result<Target> {
    let none = || GitError::NoRemote { said: "this repository has none".into() };
    let remote = match &options.remote {
        Some(remote) => remote.clone(),
        None => git.default_remote()?.ok_or_else(none)?,
    };
    let branch = match &options.branch {
        Some(branch) => branch.clone(),
        None => branch_at(git, &remote)?,
    };
    if !is_branch(&branch) {
        return Err(CatalogError::Invalid { what: format!("{branch:?} is no name of a branch") });
    }
    Ok(Target { remote, branch })
}

/// Whether git takes this as the name of a branch (the rules of `git check-ref-format`).
fn is_branch(name: &str) -> bool {
    let part = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.ends_with(".lock");
    let letter = |letter: char| !letter.is_ascii_control() && !" ~^:?*[\\".contains(letter);
    name.split('/').all(part)
        && name.chars().all(letter)
        && !name.starts_with('-')
        && !name.ends_with('.')
        && !name.contains("..")
        && !name.contains("@{")
        && name != "@"
}

/// The branch to speak with when nobody named one.
fn branch_at(git: &Git, remote: &str) -> Result<String> {
    if let Some(branch) = git.branch()? {
        let followed = git.setting(&format!("branch.{branch}.remote"))?.as_deref() == Some(remote);
        let merge = if followed { git.setting(&format!("branch.{branch}.merge"))? } else { None };
        let name = merge.and_then(|name| name.strip_prefix("refs/heads/").map(ToOwned::to_owned));
        return Ok(name.unwrap_or(branch));
    }
    let none =
        || CatalogError::NoBranch { remote: oqto_repo::refs::without_credentials(remote), branch: "HEAD".into() };
    git.remote_default_branch(remote)?.ok_or_else(none)
}

#[cfg(test)]
mod tests {
    use super::is_branch;

    #[test]
    fn what_git_takes_as_a_branch_is_one() {
        for name in ["main", "feature/a-b", "v1.2", "ünï", "a@b"] {
            assert!(is_branch(name), "{name}");
        }
        for name in
            ["", "-x", "a b", "a..b", "a.lock", "a/.b", "/a", "a/", "a//b", "a.", "@", "a@{1}", "a~1", "a\nb", "a\\b"]
        {
            assert!(!is_branch(name), "{name:?}");
        }
    }
}
