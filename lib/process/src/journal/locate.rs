//! Finding a record in a segment.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use super::{SEGMENT_HEADER, Segment, segment_path};
use crate::record::{HEADER_LEN, Header};

/// The offset of record `index` in `segment`, or of its end when `index` is the next one.
pub(crate) fn offset_of(dir: &Path, segment: Segment, index: u64) -> io::Result<u64> {
    let file = File::open(segment_path(dir, segment.first))?;
    let mut reader = BufReader::with_capacity(32 << 10, file);
    reader.seek(SeekFrom::Start(SEGMENT_HEADER))?;
    let mut offset = SEGMENT_HEADER;
    let mut next = segment.first;
    while next < index && offset < segment.len {
        let mut raw = [0; HEADER_LEN];
        reader.read_exact(&mut raw)?;
        let header = Header::parse(&raw).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        reader.seek_relative(header.length as i64)?;
        offset += header.record_len() as u64;
        next += 1;
    }
    if next == index { Ok(offset) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}
