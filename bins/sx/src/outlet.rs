//! Where the output goes: stdout, or a file that is there as a whole or not at all.

use std::path::Path;

use oqto_kit::{Ctx, OrFail as _, Result};
use oqto_protocol::error::ErrorKind;
use oqto_whole::Access;

/// Writes the output to stdout, or to the file that `-o` names (`-` is stdout).
///
/// # Errors
/// When it cannot be written; a file that was there before is then unchanged.
pub(crate) fn write(ctx: &Ctx, file: Option<&Path>, text: &[u8]) -> Result<()> {
    match file {
        None => ctx.printer().data(text),
        Some(file) if file == Path::new("-") => ctx.printer().data(text),
        Some(file) => replace(file, text),
    }
}

fn replace(file: &Path, text: &[u8]) -> Result<()> {
    let written = oqto_whole::write(file, text, Access::KeptOrUsual);
    written.or_fail(ErrorKind::Failed, || format!("cannot write {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("results ü.md");
        replace(&file, b"old").unwrap();
        replace(&file, b"new").unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), b"new");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        let error = replace(&folder.path().join("absent/x"), b"").unwrap_err();
        assert!(error.message().contains("absent/x: No such file"), "{error:?}");
    }
}
