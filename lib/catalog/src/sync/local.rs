//! The files of this side: of the work tree, or of the commit of a bare repository.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use oqto_repo::{Git, Oid, Place};

use super::union::form;
use super::{Conflict, Kind};
use crate::error::{CatalogError, Result};

/// Files by path, from the root.
pub(super) type Contents = BTreeMap<PathBuf, Vec<u8>>;

/// What this side has.
#[derive(Debug, Default)]
pub(super) struct Local {
    pub(super) files: Contents,
    /// Files that git is told to pass over, which therefore stay here.
    pub(super) ignored: Vec<PathBuf>,
    pub(super) conflicts: Vec<Conflict>,
}

pub(super) fn read(git: &Git, place: &Place, kinds: &[Kind]) -> Result<Local> {
    let Some(root) = place.work_tree.as_deref() else {
        let files = match git.commit_named("HEAD")? {
            Some(head) => of_commit(git, &head, kinds)?,
            None => Contents::new(),
        };
        return Ok(Local { files, ..Local::default() });
    };
    let mut local = Local::default();
    for kind in kinds {
        read_folder(root, kind.folder(), &mut local)?;
    }
    let folders: Vec<_> = kinds.iter().map(|kind| kind.folder()).collect();
    for path in git.ignored_files(&folders)? {
        if local.files.remove(&path).is_some() {
            local.ignored.push(path);
        }
    }
    Ok(local)
}

/// The files of ours that a commit has.
pub(super) fn of_commit(git: &Git, commit: &Oid, kinds: &[Kind]) -> Result<Contents> {
    let folders: Vec<_> = kinds.iter().map(|kind| kind.folder()).collect();
    let ours = git.files_of(commit, &folders)?.into_iter().filter(|blob| form(&blob.path).is_some());
    ours.map(|blob| Ok((blob.path, git.content(&blob.oid)?))).collect()
}

fn read_folder(root: &Path, folder: &str, local: &mut Local) -> Result<()> {
    let at = root.join(folder);
    match at.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(CatalogError::io(&at)(error)),
        Ok(meta) if meta.is_dir() => {}
        Ok(_) => {
            local.conflicts.push(Conflict::new(Path::new(folder), "it is no folder here"));
            return Ok(());
        }
    }
    for entry in fs::read_dir(&at).map_err(CatalogError::io(&at))? {
        let entry = entry.map_err(CatalogError::io(&at))?;
        let path = Path::new(folder).join(entry.file_name());
        if form(&path).is_none() {
            continue;
        }
        // What a symbolic link leads to is nobody's issue, and may be a secret.
        if !entry.file_type().map_err(CatalogError::io(&entry.path()))?.is_file() {
            local.conflicts.push(Conflict::new(&path, "it is no ordinary file here"));
            continue;
        }
        let content = fs::read(entry.path()).map_err(CatalogError::io(&entry.path()))?;
        local.files.insert(path, content);
    }
    Ok(())
}
