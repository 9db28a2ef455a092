//! What a holder and its clients read of each other: records of the journal, frames of the socket.

use std::path::Path;

use oqto_process::frames::{FRAME_HEADER, MAX_REPLY, MAX_REQUEST, Reply, Request, parse_header};
use oqto_process::journal::{MAGIC, read};
use oqto_process::record::{Decoder, HEADER_LEN};
use oqto_process::{Kind, Record};

use crate::pieces;

/// What a journal gives: its records, and whether it ends in damage.
type Read = (Vec<Record>, bool);

/// The first byte is the number of the first record, the next four are lengths of pieces, the rest is a segment
/// without its header. Any cut gives the same records and the same end; the file is read as the stream is; the bytes
/// with their checksums put right hold too, which gets past the first check.
///
/// # Panics
/// When it does not hold.
pub fn journal(data: &[u8]) {
    let Some(([first, cuts @ ..], bytes)) = data.split_first_chunk::<5>() else {
        return;
    };
    let first = u64::from(*first);
    let sealed = sealed(bytes, first);
    for bytes in [bytes, sealed.as_slice()] {
        let whole = decoded(first, &[bytes]);
        for cuts in [&[1][..], cuts] {
            assert_eq!(decoded(first, &pieces(bytes, cuts)), whole, "cut by {cuts:?}");
        }
        let indexes = whole.0.iter().map(|record| record.index);
        assert!(indexes.eq(first..first + whole.0.len() as u64), "records are numbered without a gap");
        assert_eq!(from_file(first, bytes), whole, "the file is read in another way");
    }
}

fn decoded(first: u64, pieces: &[&[u8]]) -> Read {
    let mut decoder = Decoder::new(first);
    let (mut records, mut given, mut taken) = (Vec::new(), 0, 0);
    for piece in pieces {
        decoder.push(piece);
        given += piece.len();
        loop {
            match decoder.next_record() {
                Ok(Some(record)) => {
                    taken += HEADER_LEN;
                    records.push(record);
                }
                Ok(None) => break,
                Err(_) => return (records, true),
            }
        }
        assert!(decoder.partial() + taken <= given, "more is held than came");
    }
    (records, false)
}

/// The same records with their numbers and checksums put right.
fn sealed(bytes: &[u8], first: u64) -> Vec<u8> {
    let mut sealed = bytes.to_vec();
    let (mut at, mut index) = (0, first);
    while let Some(header) = sealed.get(at..at + HEADER_LEN) {
        let claimed = u32::from_le_bytes([header[4], header[5], header[6], header[7]]) as usize;
        let end = at + HEADER_LEN + claimed.min(sealed.len() - at - HEADER_LEN);
        let length = (end - at - HEADER_LEN) as u32;
        sealed[at + 4..at + 8].copy_from_slice(&length.to_le_bytes());
        sealed[at + 12..at + 20].copy_from_slice(&index.to_le_bytes());
        let sum = crc32fast::hash(&sealed[at + 4..end]);
        sealed[at..at + 4].copy_from_slice(&sum.to_le_bytes());
        (at, index) = (end, index + 1);
    }
    sealed
}

fn from_file(first: u64, bytes: &[u8]) -> Read {
    thread_local! {
        static DIR: std::io::Result<tempfile::TempDir> = tempfile::tempdir();
    }
    DIR.with(|dir| match dir {
        Ok(dir) => read_file(dir.path(), first, bytes),
        Err(error) => unreachable!("no temporary folder: {error}"),
    })
}

fn read_file(dir: &Path, first: u64, bytes: &[u8]) -> Read {
    let path = dir.join(format!("journal-{first:020}.seg"));
    let written = std::fs::write(&path, [&MAGIC[..], &first.to_le_bytes(), bytes].concat());
    assert!(written.is_ok(), "{}: {written:?}", path.display());
    let mut records = Vec::new();
    let mut damaged = false;
    match read(dir, first) {
        Ok(reader) => reader.for_each(|step| match step {
            Ok(record) => records.push(record),
            Err(_) => damaged = true,
        }),
        Err(error) => unreachable!("{}: {error}", dir.display()),
    }
    let removed = std::fs::remove_file(&path);
    assert!(removed.is_ok(), "{}: {removed:?}", path.display());
    (records, damaged)
}

/// A frame with its header: a length over the limit is refused before anything is read; what can be decoded comes
/// back from its own bytes.
///
/// # Panics
/// When it does not hold.
pub fn attach(data: &[u8]) {
    let Some((header, body)) = data.split_first_chunk::<FRAME_HEADER>() else {
        return;
    };
    let claimed = u32::from_le_bytes([header[0], header[1], header[2], header[3]]) as usize;
    for limit in [MAX_REQUEST, MAX_REPLY] {
        let parsed = parse_header(*header, limit);
        assert_eq!(parsed.is_ok(), claimed <= limit);
        assert!(parsed.is_err() || parsed == Ok((claimed, header[4])));
    }
    let kind = header[4];
    if let Ok(request) = Request::decode(kind, body.to_vec()) {
        let (kind, body) = taken_apart(&request.encode(), MAX_REQUEST);
        assert_eq!(Request::decode(kind, body).as_ref(), Ok(&request));
    }
    if let Ok(reply) = Reply::decode(kind, body.to_vec()) {
        // A chunk may hold more here than a holder would send.
        let (kind, body) = taken_apart(&reply.encode(), usize::MAX);
        assert_eq!(Reply::decode(kind, body).as_ref(), Ok(&reply));
    }
}

fn taken_apart(frame: &[u8], limit: usize) -> (u8, Vec<u8>) {
    let Some((header, body)) = frame.split_first_chunk::<FRAME_HEADER>() else { unreachable!("no header") };
    let parsed = parse_header(*header, limit);
    let Ok((length, kind)) = parsed else { unreachable!("a frame of ours is refused: {parsed:?}") };
    assert_eq!(length, body.len());
    (kind, body.to_vec())
}

/// Bytes of a journal with these facts.
pub(crate) fn segment(kinds: &[Kind]) -> Vec<u8> {
    let written = || {
        let dir = tempfile::tempdir().ok()?;
        let mut writer = oqto_process::journal::Writer::create(dir.path(), size()).ok()?;
        for kind in kinds {
            writer.append(kind).ok()?;
        }
        std::fs::read(dir.path().join(format!("journal-{:020}.seg", 0))).ok()
    };
    written().and_then(|bytes| bytes.get(16..).map(<[u8]>::to_vec)).unwrap_or_default()
}

fn size() -> oqto_process::journal::SegmentSize {
    oqto_process::journal::SegmentSize(u64::MAX)
}
