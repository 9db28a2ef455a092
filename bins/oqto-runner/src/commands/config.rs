//! `oqto-runner config`.

use oqto_kit::config::write_template;
use oqto_kit::{Ctx, Exit, Result};

use crate::config::Config;

/// Show what the runner is told, and where each value comes from
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Write a file with every setting explained, where there is none
    #[arg(long)]
    init: bool,
}

pub(crate) fn run(ctx: &Ctx, args: &Args) -> Result<Exit> {
    if args.init {
        let path = ctx.dirs()?.config.join("runner.toml");
        write_template::<Config>(&path)?;
        ctx.note(&format!("wrote {}", path.display()));
        return Ok(Exit::DONE);
    }
    ctx.print(&ctx.config::<Config>(Vec::new())?.settings()?)
}
