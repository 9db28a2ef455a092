//! cargo-deny, which judges licences, sources and bans of everything in the lock file.

use std::path::PathBuf;

use crate::checkout;
use crate::failure::Result;
use crate::process::{Tool, on_path};
use crate::say;

const PACKAGE: &str = "cargo-deny@0.20.2";

/// A cargo-deny that is installed, or one built below `target/tools`.
///
/// # Errors
/// When it is not there and cannot be built.
pub(crate) fn required() -> Result<PathBuf> {
    let root = checkout::target().join("tools");
    let built = root.join("bin/cargo-deny");
    if let Some(found) = on_path("cargo-deny").or_else(|| built.is_file().then(|| built.clone())) {
        return Ok(found);
    }
    say::note("building cargo-deny (once)");
    // It runs for a second: optimising it would cost more than it brings.
    Tool::cargo().args(["install", "--locked", "--debug", "--quiet", PACKAGE, "--root"]).args([root]).run()?;
    Ok(built)
}
