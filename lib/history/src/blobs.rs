//! Bytes under their SHA-256, as files beside the database: `NAME.blobs/ab/abcdef…`.
//!
//! The name is the checksum: what does not hash to its name is damaged and is not served.

use std::fs::{DirBuilder, File};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

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

/// The blobs of a database.
#[derive(Debug, Clone)]
pub(crate) struct Blobs {
    folder: PathBuf,
}

impl Blobs {
    pub(crate) fn beside(database: &Path) -> Self {
        Self { folder: beside(database, ".blobs") }
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
        Ok(Receiving { folder: self.folder.clone(), path, file, hash: Sha256::new(), bytes: 0, kept: false })
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
    folder: PathBuf,
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
        let place = place(&self.folder, &sha256)?;
        make_folder(place.parent().unwrap_or(&self.folder))?;
        std::fs::rename(&self.path, &place).map_err(|error| failed("move", &self.path, &error))?;
        self.kept = true;
        sync_folder(&place)?;
        sync_folder(place.parent().unwrap_or(&self.folder))?;
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
