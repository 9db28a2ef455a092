//! The file itself: where it is, reading it, taking its lock.

use std::fs::{File, Metadata};
use std::io::{self, Seek as _, SeekFrom};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::damage::Damage;
use super::error::LedgerError;
use super::lines::{Line, MAX_LINE, Pass, Position, Verdict, scan};
use super::lock::{self, Locked};

/// How long [`Ledger::lock`] waits.
pub const WAIT: Duration = Duration::from_secs(10);

/// A ledger by its path. It need not be there yet: reading finds nothing then, and the first lock makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    path: PathBuf,
    wait: Duration,
}

impl Ledger {
    /// The ledger at `path`; touches nothing. Its folder must be there before the first lock.
    pub fn open(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), wait: WAIT }
    }

    /// The same with another bound for waiting on the lock.
    #[must_use]
    pub fn waiting(self, wait: Duration) -> Self {
        Self { wait, ..self }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Takes the lock for appending, waiting for others for [`WAIT`] or what [`Ledger::waiting`] said. It is let go when
    /// the result is dropped or the process ends, however it ends.
    ///
    /// # Errors
    /// `Busy`, with the holder where the system tells; `Io` when the file cannot be made or opened.
    pub fn lock(&self) -> Result<Locked, LedgerError> {
        lock::take(self, self.wait)
    }

    /// Reads what follows `from`, which must lie between two lines, and asks `each` about every line. Needs no lock.
    ///
    /// # Errors
    /// `Io`. A file that is not there is empty.
    pub fn read(&self, from: Position, each: impl FnMut(Line<'_>) -> Verdict) -> Result<Pass, LedgerError> {
        let failed = |source| LedgerError::io("read", &self.path, source);
        let Some(mut file) = self.reader()? else {
            return Ok(Pass { end: from, ..Pass::default() });
        };
        file.seek(SeekFrom::Start(from.offset)).map_err(failed)?;
        scan(file, from, MAX_LINE, each).map_err(failed)
    }

    /// The damage of a reading, with this ledger's name.
    #[must_use]
    pub fn damage(&self, pass: &Pass) -> Vec<Damage> {
        let name = |(line, why): &(u64, String)| Damage { file: self.path.clone(), line: *line, why: why.clone() };
        pass.damage.iter().map(name).collect()
    }

    /// Opens it for reading; `None` when it is not there.
    pub(super) fn reader(&self) -> Result<Option<File>, LedgerError> {
        match File::open(&self.path) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(LedgerError::io("open", &self.path, source)),
        }
    }

    /// Opens it for appending, and makes it where it is not there.
    pub(super) fn appender(&self) -> Result<File, LedgerError> {
        let open = File::options().read(true).append(true).create(true).mode(0o644).open(&self.path);
        open.map_err(|source| LedgerError::io("open", &self.path, source))
    }

    /// Whether the path still names `file`: git and editors put another file in its place.
    pub(super) fn names(&self, file: &File) -> Result<bool, LedgerError> {
        let failed = |source| LedgerError::io("look at", &self.path, source);
        let open = file.metadata().map_err(failed)?;
        match std::fs::metadata(&self.path) {
            Ok(named) => Ok(same(&open, &named)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(source) => Err(failed(source)),
        }
    }
}

fn same(one: &Metadata, other: &Metadata) -> bool {
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}
