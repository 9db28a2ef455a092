//! Objects that lie in files of their own, as commits do until git packs them, read without starting a program.

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::Path;

use flate2::bufread::ZlibDecoder;

use crate::history::committer_time;
use crate::oid::Oid;

/// Bytes of a commit that are read. What is looked for comes after the parents, of which few commits have a thousand.
const READ: u64 = 64 << 10;

/// When the commit was made, in seconds since 1970, where it lies alone in a folder of objects. `None` says nothing: it may
/// be packed or damaged, or lie elsewhere, and [`commit_times`](crate::history::commit_times) knows.
#[must_use]
pub fn commit_time(objects: &Path, commit: &Oid) -> Option<i64> {
    let (folder, name) = commit.as_str().split_at(2);
    let file = File::open(objects.join(folder).join(name)).ok()?;
    let mut object = Vec::new();
    ZlibDecoder::new(BufReader::with_capacity(1 << 10, file)).take(READ).read_to_end(&mut object).ok()?;
    // `commit SIZE`, a zero byte, and the text.
    let text = object.strip_prefix(b"commit ")?;
    let begin = text.iter().position(|byte| *byte == 0)?;
    committer_time(&text[begin + 1..])
}
