//! What commands read: arguments, files, standard input.

use std::io::{self, Read};

use oqto_kit::{Error, OrFail as _, Result};
use oqto_protocol::error::ErrorKind;

use crate::store::TEXT;

/// Bytes of the longest file that is taken in at once.
const FILE: usize = 1 << 30;

/// Bytes of the longest batch of issues.
pub(super) const BATCH: usize = 64 << 20;

/// The text of an argument, or standard input for `-`.
pub(super) fn text_or_stdin(text: String) -> Result<String> {
    if text != "-" {
        return Ok(text);
    }
    let bytes = read(io::stdin().lock(), TEXT, "standard input")?;
    String::from_utf8(bytes).map_err(|_| Error::new(ErrorKind::InvalidParams, "standard input is not UTF-8"))
}

/// The bytes of a file, or of standard input for `-`.
pub(super) fn file_or_stdin(path: &str) -> Result<Vec<u8>> {
    at_most(path, FILE)
}

/// The same of so many bytes at most.
pub(super) fn at_most(path: &str, most: usize) -> Result<Vec<u8>> {
    if path == "-" {
        return read(io::stdin().lock(), most, "standard input");
    }
    let file = std::fs::File::open(path).or_fail(ErrorKind::NotFound, || format!("cannot read {path}"))?;
    read(file, most, path)
}

/// Reads to the end, which may be far away: one byte too many is enough to refuse it.
fn read(source: impl Read, most: usize, name: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    source.take(limit).read_to_end(&mut bytes).or_fail(ErrorKind::Failed, || format!("cannot read {name}"))?;
    if bytes.len() > most {
        let what = format!("{name} has more than {most} bytes, which is too much at once");
        return Err(Error::new(ErrorKind::InvalidParams, what));
    }
    Ok(bytes)
}

/// What it is called in messages.
pub(super) fn name_of(path: &str) -> &str {
    if path == "-" { "standard input" } else { path }
}
