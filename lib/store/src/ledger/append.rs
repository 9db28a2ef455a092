//! Appending whole lines, and replacing the whole file.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use super::error::LedgerError;
use super::file::Ledger;
use super::lines::MAX_LINE;
use super::lock::{self, Locked};

/// How often an append is repeated because the file was replaced under it.
const TRIES: usize = 5;

/// What was written and is not yet known to be on the disk.
#[derive(Debug)]
#[must_use = "what was appended is acknowledged only after `sync`"]
pub struct Ticket {
    file: File,
    path: PathBuf,
    /// The folder's entry is new as well.
    fresh: bool,
}

impl Locked {
    /// Appends these lines in one write and lets go of the lock. All of them are there afterwards, or none.
    ///
    /// # Errors
    /// As [`Locked::write`].
    pub fn append<S: AsRef<str>>(mut self, lines: &[S]) -> Result<Ticket, LedgerError> {
        self.write(lines)
    }

    /// Appends these lines in one write and keeps the lock. A last line that has no end is ended first.
    ///
    /// # Errors
    /// `NotOneLine` or `TooLong` before anything is written; `Full` or `Io`, after which nothing of it is there;
    /// `Busy` or `Replaced` when another file was put in its place.
    pub fn write<S: AsRef<str>>(&mut self, lines: &[S]) -> Result<Ticket, LedgerError> {
        let text = self.joined(lines)?;
        for _ in 0..TRIES {
            let ticket = put(&self.ledger, &mut self.file, &text)?;
            // A file that git replaced just now keeps nothing of what is written to it.
            if self.ledger.names(&self.file)? {
                return Ok(ticket);
            }
            self.file = lock::take(&self.ledger, super::file::WAIT)?.file;
        }
        Err(LedgerError::Replaced { path: self.ledger.path().to_path_buf() })
    }

    /// Puts a file of exactly these lines in its place, at once: readers see the old or the new one. It is on the disk
    /// when this returns, and the lock is held on the new file.
    ///
    /// # Errors
    /// As [`Locked::write`]; the old file is untouched then.
    pub fn replace<S: AsRef<str>>(&mut self, lines: &[S]) -> Result<(), LedgerError> {
        let text = self.joined(lines)?;
        let new = Temporary::beside(self.ledger.path(), mode_of(&self.file))?;
        self.put_in_place(new, &text)
    }

    /// Fills a new file and puts it in the ledger's place.
    pub(super) fn put_in_place(&mut self, new: Temporary, text: &[u8]) -> Result<(), LedgerError> {
        let path = self.ledger.path();
        let failed = |source| LedgerError::io("write", &new.path, source);
        let mut file = &new.file;
        file.write_all(text).and_then(|()| file.sync_all()).map_err(failed)?;
        // Locked before it has the name, so that nobody comes between.
        new.file.lock().map_err(|source| LedgerError::io("lock", &new.path, source))?;
        self.file = new.rename(path)?;
        sync_folder(path)
    }

    fn joined<S: AsRef<str>>(&self, lines: &[S]) -> Result<Vec<u8>, LedgerError> {
        let path = || self.ledger.path().to_path_buf();
        let mut text = Vec::with_capacity(lines.iter().map(|line| line.as_ref().len() + 1).sum());
        for line in lines.iter().map(AsRef::as_ref) {
            if line.len() > MAX_LINE {
                return Err(LedgerError::TooLong { path: path(), length: line.len(), limit: MAX_LINE });
            }
            if line.contains('\n') || line.trim().is_empty() {
                return Err(LedgerError::NotOneLine { path: path() });
            }
            text.extend_from_slice(line.as_bytes());
            text.push(b'\n');
        }
        Ok(text)
    }
}

fn put(ledger: &Ledger, file: &mut File, text: &[u8]) -> Result<Ticket, LedgerError> {
    let path = ledger.path();
    let failed = |source| LedgerError::io("append to", path, source);
    let before = file.metadata().map_err(failed)?.len();
    if !text.is_empty() {
        let mended = if is_torn(file, before).map_err(failed)? { [b"\n", text].concat() } else { Vec::new() };
        let text = if mended.is_empty() { text } else { &mended };
        if let Err(source) = file.write_all(text) {
            // Half a line would be reported for ever.
            let _ = file.set_len(before);
            return Err(failed(source));
        }
    }
    let file = file.try_clone().map_err(failed)?;
    Ok(Ticket { file, path: path.to_path_buf(), fresh: before == 0 })
}

/// Whether the last line has no end.
fn is_torn(file: &mut File, length: u64) -> io::Result<bool> {
    if length == 0 {
        return Ok(false);
    }
    let mut last = [0];
    file.seek(SeekFrom::Start(length - 1))?;
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

impl Ticket {
    /// Waits until what was appended is on the disk. Writers that wait at the same time share the disk's work.
    ///
    /// # Errors
    /// `Io`: then nothing is known, and nothing may be acknowledged.
    pub fn sync(self) -> Result<(), LedgerError> {
        self.file.sync_data().map_err(|source| LedgerError::io("write to the disk:", &self.path, source))?;
        if self.fresh { sync_folder(&self.path) } else { Ok(()) }
    }
}

pub(super) fn sync_folder(path: &Path) -> Result<(), LedgerError> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|source| LedgerError::io("write to the disk:", folder, source))
}

/// Who may do what with a file.
pub(super) fn mode_of(file: &File) -> u32 {
    file.metadata().map(|found| found.mode() & 0o777).unwrap_or(0o644)
}

/// A new file with a name of its own, which is removed unless it is renamed.
pub(super) struct Temporary {
    path: PathBuf,
    file: File,
    renamed: bool,
}

impl Temporary {
    pub(super) fn beside(path: &Path, mode: u32) -> Result<Self, LedgerError> {
        let new = crate::lock::beside(path, &format!(".new-{}", std::process::id()));
        // Under the lock of the ledger only a dead process of the same number can have left it.
        let _ = std::fs::remove_file(&new);
        let file = File::options().read(true).append(true).create_new(true).mode(mode).open(&new);
        let file = file.map_err(|source| LedgerError::io("make", &new, source))?;
        Ok(Self { path: new, file, renamed: false })
    }

    fn rename(mut self, path: &Path) -> Result<File, LedgerError> {
        std::fs::rename(&self.path, path).map_err(|source| LedgerError::io("replace", path, source))?;
        self.renamed = true;
        self.file.try_clone().map_err(|source| LedgerError::io("open", path, source))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.renamed {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}
