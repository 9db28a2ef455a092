//! `cargo xtask tidy`: what can be checked about the sources without compiling them.

use crate::failure::{Failure, Result};
use crate::say;
use crate::tidy::{layers, sources, tree};

/// Check layers, forbidden words, file names and sizes
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(_: &Args) -> Result {
    let files = sources::tracked()?;
    let mut problems = layers::check()?;
    problems.extend(tree::check()?);
    problems.extend(sources::check(&files));
    for warning in sources::long_files(&files) {
        say::note(&format!("warning: {warning}"));
    }
    if problems.is_empty() {
        say::note(&format!("{} files are tidy", files.len()));
        return Ok(());
    }
    problems.sort();
    Err(Failure::new(format!("{} untidy places:\n{}", problems.len(), problems.join("\n"))))
}
