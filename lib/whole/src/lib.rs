//! A file that is there as a whole or not at all: whoever reads it sees the old text or the new one.
//!
//! | name | is |
//! |---|---|
//! | [`write`] | the usual way: a file is replaced, or made |
//! | [`Draft`] | the same in two steps, for those who look once more in between, or must not replace anything |
//! | [`Access`] | who may read the file |
//! | [`NotWritten`] | what went wrong, with the path |
//!
//! It is not for files that grow (that is `oqto_store::ledger`), nor for those that nobody misses after the power failed:
//! each file costs two waits for the disk.
//!
//! Invariants:
//! - The new bytes lie in a file beside the old one (`.new-…`) until they are on the disk; then they get its name, and the
//!   folder is written to the disk too. What fails before that leaves the old file as it was, and no other behind. Only a
//!   process that is killed in between leaves its draft.
//! - At no moment may anybody read the new bytes who may not read the file.
//! - A link stays a link: the file that it leads to is replaced, or made where it leads to none.
//! - What is no regular file (a device, a pipe, the standard output) is written into and never replaced.
//! - The folder has to be there, and to let files be made in it. The new file belongs to whoever wrote it.
//!
//! ```
//! use oqto_whole::{Access, write};
//! # let folder = tempfile::tempdir()?;
//! let file = folder.path().join("token");
//! write(&file, b"secret\n", Access::Owner)?;
//! assert_eq!(std::fs::read(&file)?, b"secret\n");
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```

mod draft;
mod target;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

pub use draft::{Draft, Placed};
use target::Target;

/// Who may read a file that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Its owner alone (0600), whatever the file that is replaced allowed.
    Owner,
    /// Whoever might read the file that is replaced; its owner alone where there was none.
    KeptOrOwner,
    /// Whoever might read the file that is replaced; those whom the umask leaves where there was none.
    KeptOrUsual,
}

/// A file was not written; what was there is there.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}", path.display())]
pub struct NotWritten {
    /// The file, as it was named.
    pub path: PathBuf,
    /// Why.
    pub source: io::Error,
}

impl NotWritten {
    fn of(path: &Path) -> impl Fn(io::Error) -> Self {
        move |source| Self { path: path.to_path_buf(), source }
    }
}

/// Replaces a file, or makes it. When this returns, it is on the disk.
///
/// # Errors
/// [`NotWritten`].
pub fn write(path: &Path, bytes: &[u8], access: Access) -> Result<(), NotWritten> {
    match Target::of(path).map_err(NotWritten::of(path))? {
        Target::File(_) => Draft::of(path, bytes, access)?.place(),
        Target::Stream => pour(path, bytes).map_err(NotWritten::of(path)),
    }
}

/// Appended, since the standard output may be a file that others have written to.
fn pour(path: &Path, bytes: &[u8]) -> io::Result<()> {
    std::fs::File::options().append(true).open(path)?.write_all(bytes)
}

/// The folder of a file: `.` for a name alone.
#[must_use]
pub fn folder(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
