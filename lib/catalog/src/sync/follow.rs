//! The branch that is checked out goes along with the remote's, where it stood at the same commit.

use oqto_repo::snapshot::Blob;
use oqto_repo::{Git, Oid, Place};

use super::{Target, branch_at};
use crate::error::Result;

/// What was pushed: this commit on top of that one, with these files.
pub(super) struct Sent<'s> {
    pub(super) tip: &'s Oid,
    pub(super) commit: &'s Oid,
    pub(super) files: &'s [Blob],
}

/// Moves the branch here to what was pushed, and the index's entries of our files with it. Nothing is done, and `false` is
/// said, where the branch here was elsewhere or something of our files is staged. The work tree stays as it is.
pub(super) fn follow(git: &Git, place: &Place, target: &Target, sent: &Sent<'_>) -> Result<bool> {
    let Some(branch) = git.branch()?.filter(|_| place.work_tree.is_some()) else { return Ok(false) };
    let is_here = git.commit_named("HEAD")?.as_ref() == Some(sent.tip);
    if !is_here || branch_at(git, &target.remote)? != target.branch {
        return Ok(false);
    }
    let paths: Vec<_> = sent.files.iter().map(|file| &file.path).collect();
    let staged = git.index_files(&paths)?;
    if staged != git.files_of(sent.tip, &paths)? {
        return Ok(false);
    }
    // The index first: whoever is killed in between has our files staged, and nothing taken back.
    git.set_index_files(sent.files)?;
    let moved = git.move_ref(&format!("refs/heads/{branch}"), sent.tip, sent.commit, "byt: sync push")?;
    if !moved {
        git.set_index_files(&staged)?;
    }
    Ok(moved)
}
