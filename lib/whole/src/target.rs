//! What a path leads to.

use std::io;
use std::path::{Path, PathBuf};

use crate::folder;

/// The most links that are followed, as the system does.
const MOST_LINKS: usize = 40;

/// What is written.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A regular file, there or to be made, under the name that is no link.
    File(PathBuf),
    /// Something that bytes go into and that cannot be replaced.
    Stream,
}

impl Target {
    /// Follows the links of the last name; the system follows those of the folders.
    pub(crate) fn of(path: &Path) -> io::Result<Self> {
        match std::fs::metadata(path) {
            Ok(about) if about.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Ok(about) if !about.is_file() => return Ok(Self::Stream),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let mut target = path.to_path_buf();
        for _ in 0..MOST_LINKS {
            if is_descriptor(&target) {
                return Ok(Self::Stream);
            }
            let Ok(next) = std::fs::read_link(&target) else { return Ok(Self::File(target)) };
            target = folder(&target).join(next);
        }
        Err(io::Error::other("too many links"))
    }
}

/// Whether it names an open file of a process, such as `/dev/stdout` does.
fn is_descriptor(path: &Path) -> bool {
    path.starts_with("/proc") || path.starts_with("/dev/fd")
}
