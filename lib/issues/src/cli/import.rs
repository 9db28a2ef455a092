//! `import`.

use clap::Args;
use oqto_kit::{Ctx, Exit, Result, Told};

use super::input::{file_or_stdin, name_of};
use super::open;

/// Arguments of `import`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  trx import .beads/issues.jsonl\n  trx import ../other/.trx/issues.jsonl --json\n\nExit code 1: some lines could not be read; the others are imported."
)]
pub struct Import {
    /// A file of JSON lines; `-` reads standard input
    path: String,
    /// What ids that began with `bd-` begin with
    #[arg(long)]
    prefix: Option<String>,
}

impl Import {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let text = file_or_stdin(&self.path)?;
        let mut store = open(ctx)?;
        let report = store.import(name_of(&self.path), &text, self.prefix.as_deref())?;
        let mut text = format!("{} imported, {} there already", report.imported, report.skipped);
        for line in report.changed.iter().chain(&report.damage) {
            text.push_str(&format!("\n{line}"));
        }
        let bad = !report.damage.is_empty();
        ctx.print(&Told { value: report, text })?;
        Ok(if bad { Exit::code(1) } else { Exit::DONE })
    }
}
