//! Reaching a socket whose path is longer than a socket address can hold.

use std::fs::File;
use std::io;
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};

/// A path for a socket address, and what keeps that path valid.
pub(crate) struct SocketPath {
    /// The path to bind or connect to.
    pub(crate) path: PathBuf,
    _folder: Option<File>,
}

/// Bytes of a path that a socket address holds, without its closing zero.
const LONGEST: usize = 107;

/// `name` in `dir`, through an open handle on the folder where the direct path is too long.
pub(crate) fn socket_path(dir: &Path, name: &str) -> io::Result<SocketPath> {
    let direct = dir.join(name);
    if direct.as_os_str().len() <= LONGEST {
        return Ok(SocketPath { path: direct, _folder: None });
    }
    let folder = File::open(dir)?;
    let path = PathBuf::from(format!("/proc/self/fd/{}/{name}", folder.as_raw_fd()));
    Ok(SocketPath { path, _folder: Some(folder) })
}
