//! The file itself: read, merged, replaced as a whole.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use oqto_whole::{Access, Draft};

use super::entry::Entries;
use super::merge::{Merged, NotMerged, merge};

/// How often a file that changes while it is merged is read again.
const TRIES: usize = 5;
/// More is no list of models.
const LARGEST: u64 = 64 << 20;

/// The file was not written; it is as it was.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read or written.
    #[error("cannot {what} {}", path.display())]
    Io {
        /// What was tried.
        what: &'static str,
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Its text cannot be merged with.
    #[error("{} cannot be read, and stays as it is", path.display())]
    NotMerged {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: NotMerged,
    },
    /// Somebody writes it all the time.
    #[error("{} changes all the time", path.display())]
    Busy {
        /// Which file.
        path: PathBuf,
    },
}

/// Merges entries into a file, which is made where there is none: for this user alone, since keys of other providers may
/// come into it. Nobody ever sees a part of it, and a file that is a link stays one.
///
/// # Errors
/// [`FileError`].
pub fn write(path: &Path, now: &Entries) -> Result<Merged, FileError> {
    for _ in 0..TRIES {
        let before = read(path)?;
        let text = before.clone().unwrap_or_default();
        let merged = merge(&text, now).map_err(|source| FileError::NotMerged { path: path.to_path_buf(), source })?;
        if before.as_deref() == Some(merged.text.as_str()) {
            return Ok(merged);
        }
        fs::create_dir_all(oqto_whole::folder(path)).map_err(failed("make the folder of", path))?;
        let not_written = |error: oqto_whole::NotWritten| failed("write", path)(error.source);
        let draft = Draft::of(path, merged.text.as_bytes(), Access::KeptOrOwner).map_err(not_written)?;
        // A person who saved it in the meantime must not lose that.
        if read(path)? == before {
            draft.place().map_err(not_written)?;
            return Ok(merged);
        }
    }
    Err(FileError::Busy { path: path.to_path_buf() })
}

/// What a file would become.
///
/// # Errors
/// [`FileError`].
pub fn preview(path: &Path, now: &Entries) -> Result<Merged, FileError> {
    let text = read(path)?.unwrap_or_default();
    merge(&text, now).map_err(|source| FileError::NotMerged { path: path.to_path_buf(), source })
}

fn failed<'a>(what: &'static str, path: &'a Path) -> impl Fn(io::Error) -> FileError + 'a {
    move |source| FileError::Io { what, path: path.to_path_buf(), source }
}

fn read(path: &Path) -> Result<Option<String>, FileError> {
    let too_large = |length: u64| length > LARGEST;
    match fs::metadata(path) {
        Ok(meta) if too_large(meta.len()) => {
            Err(failed("read", path)(io::Error::new(io::ErrorKind::FileTooLarge, "it is too large")))
        }
        Ok(_) => fs::read_to_string(path).map(Some).map_err(failed("read", path)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed("read", path)(error)),
    }
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use serde_json::json;

    fn ours() -> Entries {
        [("eavs-a".to_owned(), json!({"api": "a", "models": [{"id": "m"}]}))].into_iter().collect()
    }

    #[test]
    fn a_file_is_made_private_and_keeps_its_permissions_and_its_link() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/models.json");
        write(&path, &ours()).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        let link = folder.path().join("link.json");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let merged = write(&link, &Entries::new()).unwrap();
        assert_eq!(merged.removed, ["eavs-a"]);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o644);
        let left: Vec<_> = fs::read_dir(path.parent().unwrap()).unwrap().collect();
        assert_eq!(left.len(), 1, "no draft stays");
    }

    #[test]
    fn a_broken_file_is_refused_and_untouched() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("models.json");
        fs::write(&path, "{\"providers\": {").unwrap();
        let error = write(&path, &ours()).unwrap_err();
        assert!(matches!(&error, FileError::NotMerged { .. }), "{error:?}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "{\"providers\": {");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_says_it_already_is_not_written_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("models.json");
        write(&path, &ours()).unwrap();
        let before = std::os::unix::fs::MetadataExt::ino(&fs::metadata(&path).unwrap());
        write(&path, &ours()).unwrap();
        assert_eq!(std::os::unix::fs::MetadataExt::ino(&fs::metadata(&path).unwrap()), before);
    }
}
