//! The project's own binaries, as built; `fake_pi` is one of them.

use std::path::PathBuf;

/// A binary that a test needs is not there.
#[derive(Debug, thiserror::Error)]
#[error("{} is not built; build it with `cargo build --bin {name}`", path.display())]
pub struct NotBuilt {
    name: String,
    path: PathBuf,
}

/// Path of one of the project's binaries: in the folder that `OQTO_BIN_DIR` names, if it is there, else built with the
/// same profile as the running test.
///
/// # Errors
/// [`NotBuilt`], with the command that builds it. Tests fail then; they are never skipped.
pub fn bin(name: &str) -> Result<PathBuf, NotBuilt> {
    let named = std::env::var_os("OQTO_BIN_DIR").map(|dir| PathBuf::from(dir).join(name));
    let path = named.filter(|path| path.is_file()).unwrap_or_else(|| profile_dir().join(name));
    if path.is_file() { Ok(path) } else { Err(NotBuilt { name: name.into(), path }) }
}

/// `target/<profile>`: a test runs from `target/<profile>/deps`, an example from `target/<profile>/examples`.
pub fn profile_dir() -> PathBuf {
    let own = std::env::current_exe().unwrap_or_default();
    let dir = own.parent().map(PathBuf::from).unwrap_or_default();
    match dir.file_name().and_then(|name| name.to_str()) {
        Some("deps" | "examples") => dir.parent().map(PathBuf::from).unwrap_or_default(),
        _ => dir,
    }
}

/// The root of the checkout: the first folder above the running test that has a `Cargo.lock`.
pub fn checkout() -> PathBuf {
    let start = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(profile_dir, PathBuf::from);
    let found = start.ancestors().find(|dir| dir.join("Cargo.lock").is_file());
    found.map(PathBuf::from).unwrap_or(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_binary_says_how_to_build_it() {
        let error = bin("oqto-none").unwrap_err().to_string();
        assert!(error.ends_with("is not built; build it with `cargo build --bin oqto-none`"), "{error}");
        let error_path = profile_dir();
        assert!(error_path.join("deps").is_dir(), "{}", error_path.display());
    }

    #[test]
    fn the_checkout_is_found() {
        assert!(checkout().join("tests/transcripts/README.md").is_file());
    }
}
