//! Running other programs for what they say.

use oqto_process::helper::{Bounds, Environment, Helper, run};
use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

/// How long a program may take to say what it is asked.
const DEADLINE: Duration = Duration::from_secs(20);

/// The most that is read of it.
const OUTPUT: usize = 1 << 20;

/// What a program said.
pub(super) struct Said {
    /// Whether it ended well.
    pub(super) well: bool,
    /// Its stdout.
    pub(super) out: String,
    /// Its stderr.
    pub(super) err: String,
}

impl Said {
    /// Everything it said, in one text.
    pub(super) fn all(&self) -> String {
        format!("{}\n{}", self.out, self.err).trim().to_owned()
    }
}

/// Runs a program to its end, on a search path of its own if one is given.
///
/// # Errors
/// Why it cannot be started, or that it does not end.
pub(super) async fn ask(program: &Path, arguments: &[&str], path: Option<&str>) -> Result<Said, String> {
    let environment = match path {
        Some(path) => Environment::InheritedWith(vec![(OsString::from("PATH"), OsString::from(path))]),
        None => Environment::Inherited,
    };
    let helper = Helper::new(program).args(arguments).environment(environment);
    let bounds = Bounds { deadline: DEADLINE, output: OUTPUT };
    let output = run(&helper, b"", bounds).await.map_err(|error| chain(&error))?;
    Ok(Said {
        well: output.status.success(),
        out: String::from_utf8_lossy(&output.stdout).trim().to_owned(),
        err: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
    })
}

/// An error with everything behind it.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        let said = source.to_string();
        if !text.contains(&said) {
            text.push_str(": ");
            text.push_str(&said);
        }
        next = source.source();
    }
    text
}
