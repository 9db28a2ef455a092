//! What a holder's directory says about it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::procfs;
use crate::record::Exit;
use crate::tree::Handle;

const META: &str = "meta.json";
pub(crate) const SOCKET: &str = "hold.sock";

/// `meta.json`: who the holder is. Written once the child runs, and again when it has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// The holder's version of protocol and journal.
    pub version: u16,
    /// The tag that every process of the tree carries.
    pub tag: String,
    /// The holder's process id.
    pub holder_pid: i32,
    /// The holder's start time, clock ticks since boot.
    pub holder_start: u64,
    /// The child's process id.
    pub child_pid: i32,
    /// The child's start time, clock ticks since boot.
    pub child_start: u64,
    /// The boot these ids belong to.
    pub boot_id: String,
    /// When the child was started, Unix milliseconds.
    pub started_ms: u64,
    /// The control group of the tree, if there is one.
    pub cgroup: Option<PathBuf>,
    /// How the child ended, once its whole tree is gone.
    pub exit: Option<Exit>,
}

/// What stands behind a holder's directory now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HolderState {
    /// The holder lives and its child's tree does too.
    Running(Meta),
    /// The holder lives, the tree has ended; it waits to be read and released.
    Exited(Meta),
    /// The holder is gone without having been released (killed, or another boot). Its journal can be read; its tree
    /// must be swept.
    Dead(Meta),
    /// There is no holder, or one that never got as far as starting its child.
    Absent,
}

/// A directory that cannot be judged.
#[derive(Debug, Error)]
pub enum InspectError {
    /// It cannot be read.
    #[error("{}", path.display())]
    Io {
        /// What was read.
        path: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// It does not say what a holder would.
    #[error("{} is not a holder's description", path.display())]
    Malformed {
        /// What was read.
        path: PathBuf,
        /// Why not.
        #[source]
        source: serde_json::Error,
    },
}

/// What stands behind `dir`. A reboot, and another process that has the holder's old pid, are noticed.
///
/// # Errors
///
/// `meta.json` is there but cannot be read, or is not one.
pub fn inspect(dir: &Path) -> Result<HolderState, InspectError> {
    let Some(meta) = load(dir)? else {
        return Ok(HolderState::Absent);
    };
    let alive = meta.is_alive().map_err(|source| InspectError::Io { path: "/proc".into(), source })?;
    Ok(match (alive, meta.exit) {
        (false, _) => HolderState::Dead(meta),
        (true, None) => HolderState::Running(meta),
        (true, Some(_)) => HolderState::Exited(meta),
    })
}

impl Meta {
    /// The holder, if it lives, to be signalled: SIGTERM has it end its tree and go, leaving its journal to be read.
    pub fn holder(&self) -> Option<Handle> {
        let stat = procfs::stat(self.holder_pid).filter(|_| self.is_alive().is_ok_and(|is| is))?;
        Handle::open(&stat).filter(|handle| handle.stat.start == self.holder_start)
    }

    /// Whether the holder lives: the same process, in the same boot.
    ///
    /// # Errors
    ///
    /// It cannot be told.
    pub fn is_alive(&self) -> io::Result<bool> {
        let holder = procfs::find(self.holder_pid)?;
        let same = holder.is_some_and(|stat| stat.start == self.holder_start && !stat.is_zombie());
        Ok(same && self.is_this_boot()?)
    }

    /// Whether the ids in here mean anything now.
    pub(crate) fn is_this_boot(&self) -> io::Result<bool> {
        Ok(procfs::boot_id()? == self.boot_id)
    }
}

/// The description in `dir`, if there is one.
pub(crate) fn load(dir: &Path) -> Result<Option<Meta>, InspectError> {
    let path = dir.join(META);
    let raw = match fs::read(&path) {
        Ok(raw) => raw,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(InspectError::Io { path, source }),
    };
    serde_json::from_slice(&raw).map(Some).map_err(|source| InspectError::Malformed { path, source })
}

/// Writes the description, so that a reader sees the old one or the new one.
pub(crate) fn save(dir: &Path, meta: &Meta) -> io::Result<()> {
    let (temporary, path) = (dir.join("meta.json.new"), dir.join(META));
    let text = serde_json::to_vec(meta)?;
    fs::write(&temporary, text)
        .and_then(|()| fs::rename(&temporary, &path))
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
}
