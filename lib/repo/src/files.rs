//! Tracked, staged and changed files. Paths are relative to the root of the work tree.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;
use std::path::PathBuf;

use crate::error::Result;
use crate::git::Git;
use crate::oid::Oid;

impl Git {
    /// The root of the work tree as git sees it; obeys `GIT_WORK_TREE` in a hook.
    ///
    /// # Errors
    /// Not a repository, or bare.
    pub fn top_level(&self) -> Result<PathBuf> {
        let mut said = self.call(["rev-parse", "--path-format=absolute", "--show-toplevel"]).run()?;
        if said.last() == Some(&b'\n') {
            said.pop();
        }
        Ok(PathBuf::from(OsString::from_vec(said)))
    }

    /// The files that the next commit will change, also those it removes; of a rename both names.
    ///
    /// # Errors
    /// git's own.
    pub fn staged_files(&self) -> Result<Vec<PathBuf>> {
        let arguments = ["diff", "--cached", "--name-only", "--no-renames", "--no-ext-diff", "-z", "--no-relative"];
        Ok(paths(&self.call(arguments).run()?))
    }

    /// Every tracked file.
    ///
    /// # Errors
    /// git's own.
    pub fn tracked_files(&self) -> Result<Vec<PathBuf>> {
        Ok(paths(&self.call(["ls-files", "-z", "--full-name"]).run()?))
    }

    /// The files at `paths` that git is told to pass over.
    ///
    /// # Errors
    /// git's own.
    pub fn ignored_files<P: AsRef<std::path::Path>>(&self, at: &[P]) -> Result<Vec<PathBuf>> {
        let call = self.call(["ls-files", "-z", "--full-name", "--others", "--ignored", "--exclude-standard"]);
        Ok(paths(&call.paths(at).run()?))
    }

    /// The files that differ between two commits, sorted by git.
    ///
    /// # Errors
    /// git's own.
    pub fn changed_between(&self, from: &Oid, to: &Oid) -> Result<Vec<PathBuf>> {
        let call = self.call(["diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", "--no-relative"]);
        Ok(paths(&call.arg(from.as_str()).arg(to.as_str()).run()?))
    }
}

/// Paths that are ended by zero bytes.
pub(crate) fn paths(said: &[u8]) -> Vec<PathBuf> {
    let records = said.split(|byte| *byte == 0).filter(|record| !record.is_empty());
    records.map(|record| PathBuf::from(OsString::from_vec(record.to_vec()))).collect()
}
