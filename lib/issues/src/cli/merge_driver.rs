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
    after_help = "Examples:\n  git config merge.trx.name 'issues, line by line'\n  git config merge.trx.driver 'trx merge-driver %O %A %B'\nThe union driver that `trx init` asks for needs no configuration and does the same."
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
        let read =
            |path: &Path| fs::read(path).or_fail(ErrorKind::NotFound, || format!("cannot read {}", path.display()));
        let (ours, theirs) = (read(&self.ours)?, read(&self.theirs)?);
        let mut seen = HashSet::new();
        let lines: Vec<u8> = (ours.split(|byte| *byte == b'\n'))
            .chain(theirs.split(|byte| *byte == b'\n'))
            .filter(|line| !line.is_empty() && seen.insert(*line))
            .flat_map(|line| [line, b"\n"])
            .flatten()
            .copied()
            .collect();
        fs::write(&self.ours, lines).or_fail(ErrorKind::Failed, || format!("cannot write {}", self.ours.display()))?;
        ctx.note(&format!("joined {} lines", seen.len()));
        Ok(Exit::DONE)
    }
}
