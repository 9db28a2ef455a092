//! A browser for the page's tests.

use std::path::PathBuf;

use crate::failure::{Failure, Result};
use crate::process::{Tool, on_path};
use crate::say;

const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// A Chromium that is installed.
pub(crate) fn find() -> Option<PathBuf> {
    let named = std::env::var_os("OQTO_TEST_CHROMIUM").map(PathBuf::from);
    named.or_else(|| NAMES.into_iter().find_map(on_path))
}

/// Finds Chromium, or installs the distribution's where that can be done without asking.
///
/// # Errors
/// When there is none and it cannot be installed here; says the command that does it.
pub(crate) fn required() -> Result<PathBuf> {
    if let Some(found) = find() {
        say::note(&format!("Chromium is {}", found.display()));
        return Ok(found);
    }
    let by_hand = || {
        Failure::new("no Chromium is installed, and the page is tested in one")
            .hint("sudo apt-get install chromium, or name one with OQTO_TEST_CHROMIUM=/path/to/chrome")
    };
    if on_path("apt-get").is_none() || Tool::new("id").args(["-u"]).read()?.trim() != "0" {
        return Err(by_hand());
    }
    say::note("installing Chromium with apt-get");
    let quiet = |tool: Tool| tool.env("DEBIAN_FRONTEND", "noninteractive");
    quiet(Tool::new("apt-get")).args(["update", "-qq"]).run()?;
    quiet(Tool::new("apt-get")).args(["install", "-y", "-qq", "--no-install-recommends", "chromium"]).run()?;
    find().ok_or_else(by_hand)
}
