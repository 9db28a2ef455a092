//! `sx config`

use clap::Subcommand;
use oqto_kit::{Ctx, Exit, Result};

use crate::settings::Settings;

/// Show the configuration
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Every value in force, and where it comes from
    Show,
    /// The files that are read, the later winning
    Path,
}

pub(crate) fn run(ctx: &Ctx, args: &Args) -> Result<Exit> {
    match args.command {
        Command::Show => ctx.print(&ctx.config::<Settings>(Vec::new())?.settings()?),
        Command::Path => ctx.print(&ctx.config_files::<Settings>()?),
    }
}
