//! `merge-driver`.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use oqto_kit::{Ctx, Exit, OrFail as _, Result};
use oqto_protocol::error::ErrorKind;

/// Arguments of `merge-driver`.
#[derive(Args, Debug)]
#[command(
    after_help = "For git, in its configuration:\n  git config merge.trx.driver 'trx merge-driver %O %A %B'\nThe union driver that `trx init` asks for needs no configuration and does the same."
)]
pub struct MergeDriver {
    /// The common ancestor
    base: PathBuf,
    /// Ours; the result goes here
    ours: PathBuf,
    /// Theirs
    theirs: PathBuf,
}

impl MergeDriver {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let read = |path: &Path| {
            fs::read_to_string(path).or_fail(ErrorKind::NotFound, || format!("cannot read {}", path.display()))
        };
        let (ours, theirs) = (read(&self.ours)?, read(&self.theirs)?);
        let mut seen = HashSet::new();
        let lines: String = ours
            .lines()
            .chain(theirs.lines())
            .filter(|line| seen.insert(*line))
            .flat_map(|line| [line, "\n"])
            .collect();
        fs::write(&self.ours, lines).or_fail(ErrorKind::Failed, || format!("cannot write {}", self.ours.display()))?;
        ctx.note(&format!("joined {} lines", seen.len()));
        Ok(Exit::DONE)
    }
}
