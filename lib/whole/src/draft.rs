//! The new bytes beside the file, until they get its name.

use std::fs::{File, Permissions};
use std::io::{self, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::target::Target;
use crate::{Access, NotWritten, folder};

/// Its owner alone.
const OWNER: u32 = 0o600;
/// As much as the umask leaves.
const USUAL: u32 = 0o666;

/// A file on the disk that has not got its name yet. It is removed when it is dropped.
#[derive(Debug)]
pub struct Draft {
    file: NamedTempFile<File>,
    /// The name that it will have.
    target: PathBuf,
    /// The path that errors name.
    path: PathBuf,
}

/// What [`Draft::place_if_absent`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    /// Nothing was there: the file is ours.
    New,
    /// A file was there already, and stays.
    Kept,
}

impl Draft {
    /// Writes the bytes to the disk, beside the file that they are for.
    ///
    /// # Errors
    /// [`NotWritten`], also for what is no regular file; nothing is left behind.
    pub fn of(path: &Path, bytes: &[u8], access: Access) -> Result<Self, NotWritten> {
        let failed = NotWritten::of(path);
        let target = match Target::of(path).map_err(&failed)? {
            Target::File(target) => target,
            Target::Stream => return Err(failed(io::Error::other("it is no regular file"))),
        };
        let file = fill(&target, bytes, access).map_err(failed)?;
        Ok(Self { file, target, path: path.to_path_buf() })
    }

    /// Puts it in the file's place. When this returns, it is on the disk.
    ///
    /// # Errors
    /// [`NotWritten`].
    pub fn place(self) -> Result<(), NotWritten> {
        let Self { file, target, path } = self;
        let placed = file.persist(&target).map(drop).map_err(|error| error.error);
        placed.and_then(|()| sync_folder(&target)).map_err(NotWritten::of(&path))
    }

    /// Puts it where nothing is; of several processes that do so at once one wins. When this returns, whichever file is
    /// there has its name on the disk.
    ///
    /// # Errors
    /// [`NotWritten`].
    pub fn place_if_absent(self) -> Result<Placed, NotWritten> {
        let Self { file, target, path } = self;
        let placed = match file.persist_noclobber(&target) {
            Ok(_) => Ok(Placed::New),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(Placed::Kept),
            Err(error) => Err(error.error),
        };
        let synced = placed.and_then(|placed| sync_folder(&target).map(|()| placed));
        synced.map_err(NotWritten::of(&path))
    }
}

fn fill(target: &Path, bytes: &[u8], access: Access) -> io::Result<NamedTempFile<File>> {
    let kept = match access {
        Access::Owner => None,
        Access::KeptOrOwner | Access::KeptOrUsual => mode_of(target)?,
    };
    let first = match (access, kept) {
        (Access::KeptOrUsual, None) => USUAL,
        (Access::Owner | Access::KeptOrOwner, None) | (_, Some(_)) => OWNER,
    };
    let open = |path: &Path| File::options().write(true).create_new(true).mode(first).open(path);
    let mut draft = tempfile::Builder::new().prefix(".new-").rand_bytes(12).make_in(folder(target), open)?;
    if let Some(mode) = kept {
        draft.as_file().set_permissions(Permissions::from_mode(mode))?;
    }
    let file = draft.as_file_mut();
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(draft)
}

fn mode_of(file: &Path) -> io::Result<Option<u32>> {
    match std::fs::metadata(file) {
        Ok(about) => Ok(Some(about.permissions().mode() & 0o777)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes the new name to the disk, where the system can: a folder that may be written to but not read cannot be opened, and
/// some file systems have nothing to do for one.
fn sync_folder(file: &Path) -> io::Result<()> {
    match File::open(folder(file)).and_then(|folder| folder.sync_all()) {
        Err(error) if cannot_be_synced(&error) => Ok(()),
        synced => synced,
    }
}

fn cannot_be_synced(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
    matches!(error.kind(), PermissionDenied | InvalidInput | Unsupported)
}
