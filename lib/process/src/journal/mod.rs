//! Segment files of records.
//!
//! A segment is `journal-<first index, 20 digits>.seg`: 8 bytes [`MAGIC`], the first index (u64, little endian), then
//! records as [`record`](crate::record) describes. Only its holder writes it, with one `pwritev` a record. Nothing is
//! fsynced: the journal outlives processes (the page cache does), not the machine; what must survive that is in the
//! session's log.
//!
//! A holder that is killed in the middle of a write leaves a record without its end. Readers stop before it; that record
//! was passed on to nobody.

mod locate;
mod reader;
mod writer;

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::record::CodecError;

pub(crate) use locate::offset_of;
pub use reader::{Reader, read};
pub(crate) use writer::{Segment, Spot, now_ms};
pub use writer::{SegmentSize, Writer};

/// The first bytes of every segment.
pub const MAGIC: &[u8; 8] = b"OQTOHLD1";
/// Bytes before a segment's first record.
pub const SEGMENT_HEADER: u64 = 16;

/// Why a journal cannot be read or written.
#[derive(Debug, Error)]
pub enum JournalError {
    /// The system refused.
    #[error("{}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Bytes of a segment are not what was written.
    #[error("{} is damaged at byte {offset}", path.display())]
    Corrupt {
        /// The segment.
        path: PathBuf,
        /// Where in it.
        offset: u64,
        /// What is wrong there.
        #[source]
        source: CodecError,
    },
    /// The file is not a segment, or not of this version.
    #[error("{} is not a journal segment of this version", path.display())]
    NotASegment {
        /// The file.
        path: PathBuf,
    },
    /// The wanted record was trimmed away.
    #[error("record {wanted} is gone: the journal begins at {first}")]
    Trimmed {
        /// What was asked for.
        wanted: u64,
        /// What there is.
        first: u64,
    },
}

impl JournalError {
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}

pub(crate) fn segment_path(dir: &Path, first: u64) -> PathBuf {
    dir.join(format!("journal-{first:020}.seg"))
}

/// The first indexes of the segments in `dir`, ascending.
pub(crate) fn segments(dir: &Path) -> Result<Vec<u64>, JournalError> {
    let entries = std::fs::read_dir(dir).map_err(JournalError::io(dir))?;
    let mut firsts = Vec::new();
    for entry in entries {
        let name = entry.map_err(JournalError::io(dir))?.file_name();
        let first: Option<u64> =
            name.to_str().and_then(|name| name.strip_prefix("journal-")?.strip_suffix(".seg")?.parse().ok());
        firsts.extend(first);
    }
    firsts.sort_unstable();
    Ok(firsts)
}
