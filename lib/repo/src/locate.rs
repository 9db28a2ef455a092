//! The repository that a folder is in, found by reading a few small files: no program is started.

use std::fs;
use std::path::{Path, PathBuf};

/// Where a repository's parts lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The folder with the files; `None` in a bare repository.
    pub work_tree: Option<PathBuf>,
    /// The folder of this work tree's own state (`HEAD`, `index`).
    pub git_dir: PathBuf,
    /// The folder that all work trees of the repository share (objects, branches, configuration).
    pub common_dir: PathBuf,
}

impl Place {
    /// The work tree, or the repository's own folder if it is bare.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.work_tree.as_deref().unwrap_or(&self.git_dir)
    }

    /// Whether this work tree is not the repository's first.
    #[must_use]
    pub fn is_linked(&self) -> bool {
        self.git_dir != self.common_dir
    }

    /// Whether history was cut off when it was cloned.
    #[must_use]
    pub fn is_shallow(&self) -> bool {
        self.common_dir.join("shallow").exists()
    }
}

/// The repository of `folder`, which is looked for there and in every folder above; `None` when there is none.
/// Paths keep the spelling of `folder`; a relative one is taken from the current directory.
#[must_use]
pub fn locate(folder: &Path) -> Option<Place> {
    let folder = std::path::absolute(folder).ok()?;
    folder.ancestors().find_map(at)
}

/// The repository whose root is exactly `folder`.
#[must_use]
pub fn at(folder: &Path) -> Option<Place> {
    let inner = folder.join(".git");
    let kind = fs::metadata(&inner).ok();
    if kind.as_ref().is_some_and(fs::Metadata::is_dir) {
        return whole(Some(folder.to_owned()), inner);
    }
    if kind.is_some_and(|kind| kind.is_file()) {
        let target = pointed(&inner, "gitdir: ")?;
        return whole(Some(folder.to_owned()), joined(folder, &target));
    }
    // A bare repository; a work tree's own `.git` folder is reached from below it, where it has no work tree either.
    let is_bare = folder.join("objects").is_dir() && folder.join("refs").is_dir();
    if is_bare { whole(None, folder.to_owned()) } else { None }
}

fn whole(work_tree: Option<PathBuf>, git_dir: PathBuf) -> Option<Place> {
    if !git_dir.join("HEAD").symlink_metadata().is_ok_and(|head| !head.is_dir()) {
        return None;
    }
    let common_dir = match pointed(&git_dir.join("commondir"), "") {
        Some(target) => joined(&git_dir, &target),
        None => git_dir.clone(),
    };
    common_dir.join("objects").is_dir().then_some(Place { work_tree, git_dir, common_dir })
}

/// The path in a small file, after `prefix`.
fn pointed(file: &Path, prefix: &str) -> Option<PathBuf> {
    let text = fs::read_to_string(file).ok()?;
    Some(PathBuf::from(text.strip_prefix(prefix)?.trim_end_matches(['\n', '\r'])))
}

/// `target` seen from `folder`, without `..` where they can be taken away by name alone.
fn joined(folder: &Path, target: &Path) -> PathBuf {
    let path = folder.join(target);
    path.canonicalize().unwrap_or(path)
}
