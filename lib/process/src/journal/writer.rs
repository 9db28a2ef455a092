//! The one writer of a journal.

use std::collections::VecDeque;
use std::fs::{File, OpenOptions};
use std::io::{self, IoSlice};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::{JournalError, MAGIC, SEGMENT_HEADER, segment_path};
use crate::record::{Body, Encoded, Kind, encode};

/// How large a segment grows before the next one begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SegmentSize(pub u64);

impl SegmentSize {
    /// Segments for a journal that is held below `limit` bytes: 4 MiB, less where the limit is small, so that trimming
    /// frees space in time.
    pub fn for_limit(limit: u64) -> Self {
        Self((limit / 8).clamp(16 << 10, 4 << 20))
    }
}

/// Where a record lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spot {
    /// The record's number.
    pub(crate) index: u64,
    /// The first index of its segment.
    pub(crate) segment: u64,
    /// The first byte after it in that segment.
    pub(crate) end: u64,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Segment {
    pub(crate) first: u64,
    pub(crate) len: u64,
}

/// Appends records. After a failed append nothing has changed, and it may be tried again.
#[derive(Debug)]
pub struct Writer {
    dir: PathBuf,
    size: SegmentSize,
    /// Never empty; the last is the one being written.
    segments: VecDeque<Segment>,
    active: File,
    next: u64,
    total: u64,
}

impl Writer {
    /// Begins a journal in `dir`, which has none.
    ///
    /// # Errors
    ///
    /// There is one already, or its first segment cannot be written.
    pub fn create(dir: &Path, size: SegmentSize) -> Result<Self, JournalError> {
        let active = open_segment(dir, 0)?;
        let segments = VecDeque::from([Segment { first: 0, len: SEGMENT_HEADER }]);
        Ok(Self { dir: dir.to_owned(), size, segments, active, next: 0, total: SEGMENT_HEADER })
    }

    /// The number the next record gets.
    pub fn next_index(&self) -> u64 {
        self.next
    }

    /// The first record that is still there.
    pub fn first_index(&self) -> u64 {
        self.segments.front().map_or(0, |segment| segment.first)
    }

    /// Bytes in all segments.
    pub fn bytes(&self) -> u64 {
        self.total
    }

    /// Appends a fact, and returns its number.
    ///
    /// # Errors
    ///
    /// It cannot be written (a full disk, say). The journal is as it was.
    pub fn append(&mut self, kind: &Kind) -> Result<u64, JournalError> {
        self.append_body(kind.body()).map(|spot| spot.index)
    }

    pub(crate) fn append_body(&mut self, body: Body<'_>) -> Result<Spot, JournalError> {
        if self.active_segment().len >= self.size.0 {
            self.rotate()?;
        }
        let encoded = encode(self.next, now_ms(), body);
        let segment = self.active_segment();
        self.write_at(segment, &encoded)?;
        let written = encoded.len() as u64;
        let end = segment.len + written;
        if let Some(active) = self.segments.back_mut() {
            active.len = end;
        }
        self.total += written;
        self.next += 1;
        Ok(Spot { index: self.next - 1, segment: segment.first, end })
    }

    fn write_at(&self, segment: Segment, encoded: &Encoded<'_>) -> Result<(), JournalError> {
        let written = write_all_at(&self.active, &encoded.head, encoded.tail, segment.len);
        written.map_err(|source| {
            // What was written of it must not look like a record's beginning to a reader; should this fail as well,
            // the reader sees a record without an end and stops before it, which is right too.
            let _ = self.active.set_len(segment.len);
            JournalError::Io { path: segment_path(&self.dir, segment.first), source }
        })
    }

    fn active_segment(&self) -> Segment {
        self.segments.back().copied().unwrap_or(Segment { first: self.next, len: SEGMENT_HEADER })
    }

    fn rotate(&mut self) -> Result<(), JournalError> {
        self.active = open_segment(&self.dir, self.next)?;
        self.segments.push_back(Segment { first: self.next, len: SEGMENT_HEADER });
        self.total += SEGMENT_HEADER;
        Ok(())
    }

    /// Removes whole segments whose records are all below `below`, and returns the first index that is left. The
    /// segment being written is replaced by a fresh one when all of it is below and it is worth the file.
    ///
    /// # Errors
    ///
    /// A segment cannot be removed.
    pub fn trim(&mut self, below: u64) -> Result<u64, JournalError> {
        if below >= self.next && self.active_segment().len >= self.size.0 / 4 {
            self.rotate()?;
        }
        while self.segments.len() > 1 && self.segments[1].first <= below {
            let path = segment_path(&self.dir, self.segments[0].first);
            std::fs::remove_file(&path).map_err(JournalError::io(&path))?;
            if let Some(gone) = self.segments.pop_front() {
                self.total -= gone.len;
            }
        }
        Ok(self.first_index())
    }

    /// The segment that begins with `first`.
    pub(crate) fn segment(&self, first: u64) -> Option<Segment> {
        let at = self.segments.binary_search_by_key(&first, |segment| segment.first).ok()?;
        self.segments.get(at).copied()
    }

    /// The segment after the one that begins with `first`.
    pub(crate) fn segment_after(&self, first: u64) -> Option<Segment> {
        let at = self.segments.partition_point(|segment| segment.first <= first);
        self.segments.get(at).copied()
    }

    /// The segment in which record `index` is, or will be.
    pub(crate) fn segment_of(&self, index: u64) -> Option<Segment> {
        let at = self.segments.partition_point(|segment| segment.first <= index);
        self.segments.get(at.checked_sub(1)?).copied()
    }

    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }
}

/// Unix milliseconds. A clock before 1970 reads as 0.
pub(crate) fn now_ms() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_millis() as u64)
}

fn open_segment(dir: &Path, first: u64) -> Result<File, JournalError> {
    let path = segment_path(dir, first);
    // Not `create_new`: a full disk may have left the file behind, empty, at an earlier try.
    let opened = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path);
    let file = opened.map_err(JournalError::io(&path))?;
    let mut header = [0; SEGMENT_HEADER as usize];
    header[..8].copy_from_slice(MAGIC);
    header[8..].copy_from_slice(&first.to_le_bytes());
    file.write_all_at(&header, 0).map_err(JournalError::io(&path))?;
    Ok(file)
}

/// Writes `head` and `tail` at `offset`, in one call where the system takes it all.
fn write_all_at(file: &File, head: &[u8], tail: &[u8], offset: u64) -> io::Result<()> {
    let total = head.len() + tail.len();
    let mut done = 0;
    while done < total {
        let parts = if done < head.len() {
            [IoSlice::new(&head[done..]), IoSlice::new(tail)]
        } else {
            [IoSlice::new(&[]), IoSlice::new(&tail[done - head.len()..])]
        };
        match rustix::io::pwritev(file, &parts, offset + done as u64) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => done += written,
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
