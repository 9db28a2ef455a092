//! Reading a journal, also while it is written and after its holder was killed.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use super::{JournalError, MAGIC, SEGMENT_HEADER, segment_path, segments};
use crate::record::{CodecError, HEADER_LEN, Header, Record, decode};

/// The records of the journal in `dir` from number `from` on, to the last whole one. A record that was cut off at the
/// end, as a killed holder leaves it, ends the reading quietly; damage does not.
///
/// # Errors
///
/// The folder cannot be read, or `from` was trimmed away.
pub fn read(dir: &Path, from: u64) -> Result<Reader, JournalError> {
    let segments = segments(dir)?;
    let at = segments.partition_point(|first| *first <= from);
    if let (0, Some(first)) = (at, segments.first()) {
        return Err(JournalError::Trimmed { wanted: from, first: *first });
    }
    let rest = segments.get(at.saturating_sub(1)..).unwrap_or_default().to_vec();
    let next = rest.first().copied().unwrap_or(from);
    Ok(Reader { dir: dir.to_owned(), rest: rest.into_iter(), open: None, from, next, ended: false })
}

/// An iterator over records; see [`read`]. It ends after its first error.
#[derive(Debug)]
pub struct Reader {
    dir: PathBuf,
    rest: std::vec::IntoIter<u64>,
    open: Option<Segment>,
    from: u64,
    /// The number of the next record in the files, below `from` at first.
    next: u64,
    ended: bool,
}

#[derive(Debug)]
struct Segment {
    path: PathBuf,
    file: BufReader<File>,
    offset: u64,
}

/// One step in a segment.
enum Step {
    Record(Record),
    /// A record before the wanted one.
    Skipped,
    /// No further whole record.
    End,
}

impl Reader {
    fn step(&mut self) -> Result<Option<Record>, JournalError> {
        loop {
            let Some(segment) = &mut self.open else {
                let Some(first) = self.rest.next() else {
                    return Ok(None);
                };
                self.open = Some(Segment::open(&self.dir, first, self.next)?);
                continue;
            };
            match segment.step(self.from, self.next)? {
                Step::Record(record) => {
                    self.next += 1;
                    return Ok(Some(record));
                }
                Step::Skipped => self.next += 1,
                Step::End => self.open = None,
            }
        }
    }
}

impl Iterator for Reader {
    type Item = Result<Record, JournalError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let step = self.step().transpose();
        self.ended = !matches!(step, Some(Ok(_)));
        step
    }
}

impl Segment {
    fn open(dir: &Path, first: u64, expected: u64) -> Result<Self, JournalError> {
        let path = segment_path(dir, first);
        let mut file = BufReader::with_capacity(64 << 10, File::open(&path).map_err(JournalError::io(&path))?);
        let mut header = Vec::with_capacity(SEGMENT_HEADER as usize);
        file.by_ref().take(SEGMENT_HEADER).read_to_end(&mut header).map_err(JournalError::io(&path))?;
        // A segment that was only just made may not have all of its header yet.
        let whole = header.len() == SEGMENT_HEADER as usize;
        if whole && (header[..8] != MAGIC[..] || header[8..] != first.to_le_bytes()) {
            return Err(JournalError::NotASegment { path });
        }
        if first != expected {
            let source = CodecError::Order { expected, found: first };
            return Err(JournalError::Corrupt { path, offset: 0, source });
        }
        Ok(Self { path, file, offset: SEGMENT_HEADER })
    }

    fn step(&mut self, from: u64, expected: u64) -> Result<Step, JournalError> {
        let mut raw = Vec::with_capacity(HEADER_LEN);
        if !self.fill(&mut raw, HEADER_LEN)? {
            return Ok(Step::End);
        }
        let mut bytes = [0; HEADER_LEN];
        bytes.copy_from_slice(&raw);
        let header = Header::parse(&bytes).map_err(|error| self.corrupt(error))?;
        if !self.fill(&mut raw, header.length)? {
            return Ok(Step::End);
        }
        let record = decode(header, &raw).map_err(|error| self.corrupt(error))?;
        if record.index != expected {
            return Err(self.corrupt(CodecError::Order { expected, found: record.index }));
        }
        self.offset += header.record_len() as u64;
        Ok(if record.index < from { Step::Skipped } else { Step::Record(record) })
    }

    /// Reads `count` more bytes; false when the file ends before.
    fn fill(&mut self, raw: &mut Vec<u8>, count: usize) -> Result<bool, JournalError> {
        let read = self.file.by_ref().take(count as u64).read_to_end(raw);
        match read {
            Ok(read) => Ok(read == count),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(false),
            Err(error) => Err(JournalError::io(&self.path)(error)),
        }
    }

    fn corrupt(&self, source: CodecError) -> JournalError {
        JournalError::Corrupt { path: self.path.clone(), offset: self.offset, source }
    }
}
