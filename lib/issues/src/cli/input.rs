//! What commands read: arguments, files, standard input.

use std::io::{self, Read as _};

use oqto_kit::{OrFail as _, Result};
use oqto_protocol::error::ErrorKind;

/// The text of an argument, or standard input for `-`.
pub(super) fn text_or_stdin(text: String) -> Result<String> {
    if text != "-" {
        return Ok(text);
    }
    io::read_to_string(io::stdin()).or_fail(ErrorKind::Failed, || "cannot read standard input")
}

/// The bytes of a file, or of standard input for `-`.
pub(super) fn file_or_stdin(path: &str) -> Result<Vec<u8>> {
    if path != "-" {
        return std::fs::read(path).or_fail(ErrorKind::NotFound, || format!("cannot read {path}"));
    }
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes).or_fail(ErrorKind::Failed, || "cannot read standard input")?;
    Ok(bytes)
}

/// What it is called in messages.
pub(super) fn name_of(path: &str) -> &str {
    if path == "-" { "standard input" } else { path }
}
