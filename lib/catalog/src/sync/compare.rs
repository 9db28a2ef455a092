//! This side against the remote: what each lacks of the other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use oqto_repo::{Git, Oid};

use super::local::{self, Contents, Local};
use super::union::{Form, form, joined, lacking};
use super::{Conflict, Kind};
use crate::error::Result;

/// One file on both sides.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) path: PathBuf,
    pub(super) form: Form,
    /// Lines that the remote lacks; of a file that is taken whole, one or none.
    pub(super) ahead: usize,
    /// Lines that are missing here.
    pub(super) behind: usize,
    /// What the remote is to have, where it lacks something.
    pub(super) theirs: Option<Vec<u8>>,
    /// The lines that are to be added here, or the whole file.
    pub(super) ours: Vec<String>,
}

#[derive(Debug, Default)]
pub(super) struct Compared {
    pub(super) pairs: Vec<Pair>,
    pub(super) conflicts: Vec<Conflict>,
}

/// Compares with the commit `tip` of the remote; with nothing where there is none.
pub(super) fn compare(git: &Git, local: &Local, tip: Option<&Oid>, kinds: &[Kind]) -> Result<Compared> {
    let folders: Vec<_> = kinds.iter().map(|kind| kind.folder()).collect();
    let (remote, odd) = match tip {
        Some(tip) => (local::of_commit(git, tip, kinds)?, git.oddities_of(tip, &folders)?),
        None => (Contents::new(), Vec::new()),
    };
    // A file of the remote where our folder would be is listed among its files, but is none of ours.
    let files = match tip {
        Some(tip) => git.files_of(tip, &folders)?,
        None => Vec::new(),
    };
    let in_the_way: Vec<PathBuf> =
        files.into_iter().map(|blob| blob.path).filter(|path| path.components().count() == 1).collect();
    let base = match git.commit_named("HEAD")? {
        Some(head) => local::of_commit(git, &head, kinds)?,
        None => Contents::new(),
    };
    let mut compared = Compared { conflicts: local.conflicts.clone(), ..Compared::default() };
    let refused = |path: &Path| {
        local.ignored.iter().any(|known| known == path)
            || local.conflicts.iter().any(|known| path.starts_with(&known.path))
    };
    let names: BTreeMap<&PathBuf, ()> = local.files.keys().chain(remote.keys()).map(|path| (path, ())).collect();
    for path in names.into_keys().filter(|path| !refused(path)) {
        if let Some(odd) = odd.iter().chain(&in_the_way).find(|odd| path.starts_with(odd)) {
            compared.conflicts.push(Conflict::new(odd, "the remote has something else there"));
            continue;
        }
        let Some(form) = form(path) else { continue };
        let sides = (local.files.get(path), remote.get(path));
        match pair(path, form, sides, base.get(path)) {
            Ok(pair) => compared.pairs.push(pair),
            Err(why) => compared.conflicts.push(Conflict::new(path, &why)),
        }
    }
    compared.conflicts.sort();
    compared.conflicts.dedup();
    Ok(compared)
}

type Side<'c> = Option<&'c Vec<u8>>;

fn pair(path: &Path, form: Form, (ours, theirs): (Side<'_>, Side<'_>), base: Side<'_>) -> Result<Pair, String> {
    let same = Pair { path: path.to_owned(), form, ahead: 0, behind: 0, theirs: None, ours: Vec::new() };
    if form == Form::Whole {
        return whole(same, (ours, theirs), base);
    }
    let (here, there) = (ours.map_or(&[][..], Vec::as_slice), theirs.map_or(&[][..], Vec::as_slice));
    let out = lacking(there, here, form).map_err(|why| why.to_string())?;
    let into = lacking(here, there, form).map_err(|why| why.to_string())?;
    // An empty file says that issues or memories are kept here, too.
    let send = !out.is_empty() || (theirs.is_none() && ours.is_some());
    Ok(Pair {
        ahead: out.len(),
        behind: into.len(),
        theirs: send.then(|| joined(there, &out)),
        ours: into.into_iter().map(ToOwned::to_owned).collect(),
        ..same
    })
}

/// Of a file that is taken whole the side counts that changed it since the commit we stand on.
fn whole(same: Pair, (ours, theirs): (Side<'_>, Side<'_>), base: Side<'_>) -> Result<Pair, String> {
    let text = |content: &Vec<u8>| String::from_utf8(content.clone()).map_err(|_| "it is not UTF-8".to_owned());
    let push = |ours: &Vec<u8>| Pair {
        ahead: 1,
        theirs: Some(ours.clone()),
        path: same.path.clone(),
        ours: Vec::new(),
        ..same
    };
    match (ours, theirs) {
        (Some(ours), Some(theirs)) if ours == theirs => Ok(same),
        (Some(ours), None) => Ok(push(ours)),
        (Some(ours), Some(theirs)) if base == Some(theirs) => Ok(push(ours)),
        (Some(ours), Some(theirs)) if base == Some(ours) => Ok(Pair { behind: 1, ours: vec![text(theirs)?], ..same }),
        (None, Some(theirs)) => Ok(Pair { behind: 1, ours: vec![text(theirs)?], ..same }),
        (Some(_), Some(_)) => Err("both sides changed it; settle it with git".to_owned()),
        (None, None) => Ok(same),
    }
}
