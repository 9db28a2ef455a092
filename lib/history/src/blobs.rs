//! Bytes under their SHA-256, as files beside the database: `NAME.blobs/ab/abcdef…`.
//!
//! The name is the checksum: what does not hash to its name is damaged and is not served.

use std::collections::HashMap;
use std::fs::{DirBuilder, File};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use oqto_store::lock::beside;
use oqto_store::quarantine::sync_folder;
use sha2::{Digest, Sha256};

use crate::error::HistoryError;
use crate::model::Blob;

/// The largest blob (256 MiB).
pub(crate) const MAX_BLOB: u64 = 256 << 20;
/// How much a piece of a stream carries.
pub(crate) const PIECE: usize = 256 << 10;

/// How long a blob that was just stored is kept though nothing names it: the entry that does is on its way.
const ON_ITS_WAY: Duration = Duration::from_secs(10 * 60);

/// The blobs of a database.
#[derive(Debug, Clone)]
pub(crate) struct Blobs {
    folder: PathBuf,
    /// When this process has stored which. Held while a blob is put in its place or taken from it.
    stored: Arc<Mutex<HashMap<String, Instant>>>,
}

/// What became of a blob that nothing names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unused {
    /// It is gone.
    Removed,
    /// It was stored so lately that it may be named yet.
    TooYoung,
}

impl Blobs {
    pub(crate) fn beside(database: &Path) -> Self {
        Self { folder: beside(database, ".blobs"), stored: Arc::default() }
    }

    /// Removes a blob that nothing names, unless it is younger than `age`, by its file's time. The caller makes sure that
    /// no entry is written meanwhile.
    pub(crate) fn remove_unused(&self, sha256: &str, age: Duration) -> Result<Unused, HistoryError> {
        let path = place(&self.folder, sha256)?;
        let mut stored = self.lock();
        stored.retain(|_, at| at.elapsed() < ON_ITS_WAY);
        if stored.contains_key(sha256) {
            return Ok(Unused::TooYoung);
        }
        match std::fs::metadata(&path) {
            Ok(file) if !is_older(&file, age.max(ON_ITS_WAY)) => return Ok(Unused::TooYoung),
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Unused::Removed),
            Err(error) => return Err(failed("look at", &path, &error)),
        }
        std::fs::remove_file(&path).map_err(|error| failed("remove", &path, &error))?;
        Ok(Unused::Removed)
    }

    /// Removes what was left of blobs whose storing broke off long ago.
    pub(crate) fn remove_broken(&self, age: Duration) {
        for file in std::fs::read_dir(self.folder.join("new")).into_iter().flatten().flatten() {
            if file.metadata().is_ok_and(|found| is_older(&found, age))
                && let Err(error) = std::fs::remove_file(file.path())
            {
                tracing::warn!(path = %file.path().display(), %error, "cannot be removed");
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Instant>> {
        self.stored.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins to receive bytes.
    pub(crate) fn receive(&self) -> Result<Receiving, HistoryError> {
        let folder = self.folder.join("new");
        make_folder(&folder)?;
        let path = folder.join(uuid::Uuid::now_v7().simple().to_string());
        let file = File::options()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)
            .map_err(|error| failed("create", &path, &error))?;
        Ok(Receiving { blobs: self.clone(), path, file, hash: Sha256::new(), bytes: 0, kept: false })
    }

    /// Opens a blob for reading.
    pub(crate) fn open(&self, sha256: &str) -> Result<(File, u64), HistoryError> {
        let path = place(&self.folder, sha256)?;
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(HistoryError::NotFound(format!("no blob {sha256}")));
            }
            Err(error) => return Err(failed("open", &path, &error)),
        };
        let bytes = file.metadata().map_err(|error| failed("look at", &path, &error))?.len();
        Ok((file, bytes))
    }

    /// The file of a blob.
    pub(crate) fn path(&self, sha256: &str) -> Option<PathBuf> {
        place(&self.folder, sha256).ok()
    }

    /// Whether a blob hashes to its name.
    pub(crate) fn is_whole(&self, sha256: &str) -> bool {
        let hashed = || -> std::io::Result<String> {
            let mut file = File::open(self.path(sha256).unwrap_or_default())?;
            let mut hash = Sha256::new();
            let mut piece = vec![0; PIECE];
            loop {
                match std::io::Read::read(&mut file, &mut piece)? {
                    0 => return Ok(hex(hash.finalize().as_slice())),
                    count => hash.update(&piece[..count]),
                }
            }
        };
        hashed().is_ok_and(|hashed| hashed == sha256)
    }

    /// Every blob that is kept, with its size; what is not one is left out.
    pub(crate) fn all(&self) -> Vec<Blob> {
        let folders = std::fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let files = folders.flat_map(|folder| std::fs::read_dir(folder.path()).into_iter().flatten().flatten());
        files
            .filter_map(|file| {
                let sha256 = file.file_name().into_string().ok()?;
                let bytes = file.metadata().ok()?.len();
                place(&self.folder, &sha256).is_ok_and(|place| place == file.path()).then_some(Blob { sha256, bytes })
            })
            .collect()
    }
}

/// A blob on its way to the disk. Dropped unfinished, it leaves nothing.
pub(crate) struct Receiving {
    blobs: Blobs,
    path: PathBuf,
    file: File,
    hash: Sha256,
    bytes: u64,
    kept: bool,
}

impl Receiving {
    pub(crate) fn push(&mut self, chunk: &Bytes) -> Result<(), HistoryError> {
        self.bytes += chunk.len() as u64;
        if self.bytes > MAX_BLOB {
            return Err(HistoryError::TooLarge(format!("a blob has at most {MAX_BLOB} bytes")));
        }
        self.hash.update(chunk);
        self.file.write_all(chunk).map_err(|error| failed("write", &self.path, &error))
    }

    /// Puts the bytes under their name, on the disk before it returns.
    pub(crate) fn finish(mut self) -> Result<Blob, HistoryError> {
        let sha256 = hex(self.hash.clone().finalize().as_slice());
        self.file.sync_all().map_err(|error| failed("write", &self.path, &error))?;
        let place = place(&self.blobs.folder, &sha256)?;
        make_folder(place.parent().unwrap_or(&self.blobs.folder))?;
        {
            let mut stored = self.blobs.lock();
            std::fs::rename(&self.path, &place).map_err(|error| failed("move", &self.path, &error))?;
            self.kept = true;
            stored.insert(sha256.clone(), Instant::now());
        }
        sync_folder(&place)?;
        sync_folder(place.parent().unwrap_or(&self.blobs.folder))?;
        Ok(Blob { sha256, bytes: self.bytes })
    }
}

impl Drop for Receiving {
    fn drop(&mut self) {
        if !self.kept {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

fn place(folder: &Path, sha256: &str) -> Result<PathBuf, HistoryError> {
    let hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if sha256.len() != 64 || !sha256.bytes().all(hexadecimal) {
        return Err(HistoryError::Invalid(format!(
            "`{}` is not a SHA-256 in lower-case hexadecimal",
            sha256.escape_debug()
        )));
    }
    Ok(folder.join(&sha256[..2]).join(sha256))
}

/// Whether a file was written at least so long ago. One of the future is not.
fn is_older(file: &std::fs::Metadata, age: Duration) -> bool {
    file.modified().ok().and_then(|modified| modified.elapsed().ok()).is_some_and(|elapsed| elapsed >= age)
}

fn make_folder(folder: &Path) -> Result<(), HistoryError> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|error| failed("create", folder, &error))
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn failed(action: &str, path: &Path, error: &std::io::Error) -> HistoryError {
    let text = format!("cannot {action} {}: {error}", path.display());
    if error.kind() == std::io::ErrorKind::StorageFull { HistoryError::DiskFull(text) } else { HistoryError::Io(text) }
}
