//! Where the output goes: stdout, or a file that is there as a whole or not at all.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use oqto_kit::{Ctx, OrFail as _, Result};
use oqto_protocol::error::ErrorKind;

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
    let cannot = || format!("cannot write {}", file.display());
    // A device or a pipe is written into, not replaced.
    if file.metadata().is_ok_and(|meta| !meta.is_file()) {
        return std::fs::write(file, text).or_fail(ErrorKind::Failed, cannot);
    }
    let beside = beside(file);
    let written = std::fs::File::create_new(&beside)
        .and_then(|mut new| new.write_all(text).and_then(|()| new.sync_all()))
        .and_then(|()| std::fs::rename(&beside, file));
    if written.is_err() {
        // What is left of the attempt; that it failed is said below.
        let _ = std::fs::remove_file(&beside);
    }
    written.or_fail(ErrorKind::Failed, cannot)
}

/// A name of this process's own in the same folder.
fn beside(file: &Path) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!(".{name}.{}.part", std::process::id()))
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
