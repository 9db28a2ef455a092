//! Commits made without a work tree and without the index: a few files put into the tree of another commit.

use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Path, PathBuf};

use crate::commit::Identity;
use crate::error::{GitError, Result};
use crate::git::Git;
use crate::oid::Oid;
use crate::refs;

/// The mode of an ordinary file.
const FILE: &str = "100644";

/// A file of a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    /// Its path from the root.
    pub path: PathBuf,
    /// Its content's name.
    pub oid: Oid,
}

impl Git {
    /// The ordinary files of a commit at `paths` (files or folders; all files where it is empty), also in a bare
    /// repository.
    ///
    /// # Errors
    /// git's own.
    pub fn files_of<P: AsRef<Path>>(&self, commit: &Oid, paths: &[P]) -> Result<Vec<Blob>> {
        let said = self.listed(commit, paths)?;
        let records = said.split(|byte| *byte == 0).filter(|record| !record.is_empty());
        Ok(records.filter_map(entry).filter(|(kind, _)| *kind == Entry::File).map(|(_, blob)| blob).collect())
    }

    /// What a commit has at `paths` that is no ordinary file: symbolic links and other repositories.
    ///
    /// # Errors
    /// git's own.
    pub fn oddities_of<P: AsRef<Path>>(&self, commit: &Oid, paths: &[P]) -> Result<Vec<PathBuf>> {
        let said = self.listed(commit, paths)?;
        let records = said.split(|byte| *byte == 0).filter(|record| !record.is_empty());
        Ok(records.filter_map(entry).filter(|(kind, _)| *kind == Entry::Other).map(|(_, blob)| blob.path).collect())
    }

    fn listed<P: AsRef<Path>>(&self, commit: &Oid, paths: &[P]) -> Result<Vec<u8>> {
        self.call(["ls-tree", "-r", "-z", "--full-tree", commit.as_str()]).paths(paths).run()
    }

    /// The content of a blob.
    ///
    /// # Errors
    /// git's own.
    pub fn content(&self, blob: &Oid) -> Result<Vec<u8>> {
        self.call(["cat-file", "blob", blob.as_str()]).run()
    }

    /// The files of the index at `paths`.
    ///
    /// # Errors
    /// git's own.
    pub fn index_files<P: AsRef<Path>>(&self, paths: &[P]) -> Result<Vec<Blob>> {
        let said = self.call(["ls-files", "--stage", "-z", "--full-name"]).paths(paths).run()?;
        let records = said.split(|byte| *byte == 0).filter(|record| !record.is_empty());
        // MODE OID STAGE\tPATH
        let read = |record: &[u8]| {
            let tab = record.iter().position(|byte| *byte == b'\t')?;
            let head = str::from_utf8(&record[..tab]).ok()?;
            let oid = head.split(' ').nth(1).and_then(Oid::parse)?;
            Some(Blob { path: PathBuf::from(OsString::from_vec(record[tab + 1..].to_vec())), oid })
        };
        Ok(records.filter_map(read).collect())
    }

    /// Sets the index's entries of these paths, and touches nothing else of it.
    ///
    /// # Errors
    /// The index is locked; git's own.
    pub fn set_index_files(&self, files: &[Blob]) -> Result<()> {
        self.call(["update-index", "-z", "--add", "--index-info"]).input(index_info(files)).run().map(drop)
    }

    /// Stores contents and returns their names, in the same order.
    ///
    /// # Errors
    /// git's own.
    pub fn store(&self, content: &[u8]) -> Result<Oid> {
        let said = self.call(["hash-object", "-w", "--stdin", "--no-filters"]).input(content).run()?;
        refs::oid(&said, "hash-object")
    }

    /// Makes a commit on top of `parent` (a first commit where it is `None`) whose tree is that of `parent` with `files`
    /// put into it. No branch moves, and no index or work tree is touched.
    ///
    /// # Errors
    /// git's own.
    pub fn commit_on(&self, parent: Option<&Oid>, files: &[Blob], message: &str, by: &Identity) -> Result<Oid> {
        // A folder of its own, since git makes its lock beside the index.
        let folder = tempfile::Builder::new().prefix("oqto-index-").tempdir();
        let folder = folder.map_err(|source| GitError::Io { path: std::env::temp_dir(), source })?;
        let index = folder.path().join("index");
        let with_index = |arguments: &[&str]| self.call(arguments).env("GIT_INDEX_FILE", index.as_os_str());
        if let Some(parent) = parent {
            with_index(&["read-tree", parent.as_str()]).run()?;
        }
        with_index(&["update-index", "-z", "--add", "--index-info"]).input(index_info(files)).run()?;
        let tree = refs::oid(&with_index(&["write-tree"]).run()?, "write-tree")?;
        let mut call = self.call(["commit-tree", "--no-gpg-sign", tree.as_str()]);
        if let Some(parent) = parent {
            call = call.arg("-p").arg(parent.as_str());
        }
        let said = call.envs(by.variables()).input(message.as_bytes()).arg("-F").arg("-").run()?;
        refs::oid(&said, "commit-tree")
    }
}

/// `MODE OID\tPATH`, each ended by a zero byte.
fn index_info(files: &[Blob]) -> Vec<u8> {
    let mut lines = Vec::new();
    for file in files {
        lines.extend_from_slice(format!("{FILE} {}\t", file.oid).as_bytes());
        lines.extend_from_slice(file.path.as_os_str().as_bytes());
        lines.push(0);
    }
    lines
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    File,
    Other,
}

/// `MODE TYPE OID\tPATH`
fn entry(record: &[u8]) -> Option<(Entry, Blob)> {
    let tab = record.iter().position(|byte| *byte == b'\t')?;
    let head = str::from_utf8(&record[..tab]).ok()?;
    let mut words = head.split(' ');
    let (mode, kind, oid) = (words.next()?, words.next()?, words.next()?);
    let path = PathBuf::from(OsString::from_vec(record[tab + 1..].to_vec()));
    let entry = if kind == "blob" && mode.starts_with("100") { Entry::File } else { Entry::Other };
    Some((entry, Blob { path, oid: Oid::parse(oid)? }))
}
