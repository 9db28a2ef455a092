//! The directory that an agent works in.

use std::path::Path;

use oqto_protocol::error::{ErrorKind, WireError};

/// A workspace as an absolute path of a directory that can be read and entered.
///
/// # Errors
/// `workspace`, with what to do about it.
pub(super) fn workspace(home: &Path, asked: &str) -> Result<String, WireError> {
    let path = match asked.strip_prefix("~/") {
        Some(rest) => Path::new(&std::env::var_os("HOME").unwrap_or_default()).join(rest),
        None if asked == "~" => Path::new(&std::env::var_os("HOME").unwrap_or_default()).to_path_buf(),
        None => home.join(asked),
    };
    let real = std::fs::canonicalize(&path).map_err(|error| unusable(&path, &error))?;
    if !real.is_dir() {
        let said = format!("the workspace {} is not a directory", real.display());
        return Err(WireError::new(ErrorKind::Workspace, said).with_hint("name the directory that it is in"));
    }
    // Listing it needs one permission, entering it another; an agent needs both.
    let usable = std::fs::read_dir(&real).and_then(|_| std::fs::metadata(real.join(".")));
    usable.map_err(|error| unusable(&real, &error))?;
    real.to_str().map(str::to_owned).ok_or_else(|| {
        let said = format!("the path {} is not UTF-8", real.display());
        WireError::new(ErrorKind::Workspace, said).with_hint("rename it, or name a link to it")
    })
}

/// Why a workspace cannot be used, and what to do about it.
fn unusable(path: &Path, error: &std::io::Error) -> WireError {
    let shown = path.display();
    #[expect(clippy::wildcard_enum_match_arm, reason = "the operating system has many more")]
    let (why, hint) = match error.kind() {
        std::io::ErrorKind::NotFound => ("does not exist".to_owned(), format!("make it first: mkdir -p '{shown}'")),
        std::io::ErrorKind::PermissionDenied => {
            ("may not be read".to_owned(), format!("see who may read and enter it: ls -ld '{shown}'"))
        }
        _ => (format!("cannot be used: {error}"), format!("look at it: ls -ld '{shown}'")),
    };
    WireError::new(ErrorKind::Workspace, format!("the workspace {shown} {why}")).with_hint(hint)
}
