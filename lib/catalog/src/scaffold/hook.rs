//! Programs that a template wants to be run in a new project, where a person has allowed it.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::time::Duration;

use oqto_process::helper::{Bounds, Helper, Terminal, run_blocking};
use oqto_process::program;

use crate::error::{CatalogError, Result};

/// What one may take.
const BOUNDS: Bounds = Bounds { deadline: Duration::from_secs(600), output: 16 << 20 };

/// Runs one in the project, without a terminal.
///
/// # Errors
/// It cannot be started, or fails.
pub fn run(project: &Path, hook: &[String]) -> Result<()> {
    let Some((name, arguments)) = hook.split_first() else { return Ok(()) };
    let wrong = |why: String| CatalogError::Template { what: format!("`{}`: {why}", hook.join(" ")) };
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = program::resolve(OsStr::new(name), &path).map_err(|error| wrong(error.to_string()))?;
    let helper = Helper::new(found).args(arguments.iter().map(OsString::from)).cwd(project);
    let output = run_blocking(&helper, Terminal::None, b"", BOUNDS).map_err(|error| wrong(error.to_string()))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&[output.stderr, output.stdout].concat()).trim().to_owned();
    Err(wrong(format!("it failed: {said}")))
}
