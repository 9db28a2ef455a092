//! Taking what is missing here from the remote.

use std::fs;
use std::io;
use std::path::Path;

use oqto_repo::{Git, Place};
use oqto_store::ledger::Ledger;
use oqto_whole::Access;

use super::compare::{Pair, compare};
use super::union::{Form, lacking};
use super::{Options, Synced, local, target};
use crate::error::{CatalogError, Result};

/// Adds to the files here what the remote's branch has and they lack. They are on the disk when this returns. Nothing to
/// do is a success.
///
/// # Errors
/// A bare repository, no remote or no such branch, unreachable, not permitted; a file is locked for too long, or cannot be
/// written.
pub fn pull(git: &Git, place: &Place, options: &Options) -> Result<Synced> {
    let Some(root) = place.work_tree.as_deref() else {
        return Err(CatalogError::Bare { path: place.git_dir.clone() });
    };
    let git = git.beside(root).until(options.until);
    let target = target(&git, options)?;
    let Some(tip) = git.fetch_branch(&target.remote, &target.branch)? else {
        let remote = oqto_repo::refs::without_credentials(&target.remote);
        return Err(CatalogError::NoBranch { remote, branch: target.branch });
    };
    let local = local::read(&git, place, &options.kinds)?;
    let compared = compare(&git, &local, Some(&tip), &options.kinds)?;
    let remote = local::of_commit(&git, &tip, &options.kinds)?;
    for pair in compared.pairs.iter().filter(|pair| pair.behind > 0) {
        let content = remote.get(&pair.path).map_or(&[][..], Vec::as_slice);
        add(root, pair, content)?;
    }
    let mut synced = target.synced(Some(&tip), &compared, local.ignored);
    synced.files.retain_mut(|file| {
        file.ahead = 0;
        file.behind > 0
    });
    synced.changed = !synced.files.is_empty();
    Ok(synced)
}

fn add(root: &Path, pair: &Pair, theirs: &[u8]) -> Result<()> {
    let path = root.join(&pair.path);
    let folder = path.parent().unwrap_or(root);
    match fs::create_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(CatalogError::io(folder)(error)),
        _ => {}
    }
    if pair.form == Form::Whole {
        // Readers see the old file or the new one.
        return Ok(oqto_whole::write(&path, pair.ours.concat().as_bytes(), Access::KeptOrUsual)?);
    }
    let mut locked = Ledger::open(&path).lock()?;
    // What somebody else added since is not added again.
    let here = fs::read(&path).map_err(CatalogError::io(&path))?;
    let unjoinable =
        |why: super::union::Unjoinable| CatalogError::Invalid { what: format!("{}: {why}", path.display()) };
    let missing = lacking(&here, theirs, pair.form).map_err(unjoinable)?;
    let ticket = locked.write(&missing)?;
    drop(locked);
    ticket.sync()?;
    Ok(())
}
