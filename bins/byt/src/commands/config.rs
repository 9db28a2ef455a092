//! `byt config`

use clap::Subcommand;
use oqto_kit::{Ctx, Exit, Result};

use crate::settings::{self, Where};

/// Show the configuration
#[derive(Subcommand, Debug)]
pub(crate) enum Config {
    /// Print every value and where it comes from
    #[command(after_help = "Examples:\n  byt config show\n  byt config show --json")]
    Show,
    /// Print the files that are read
    #[command(after_help = "Examples:\n  byt config path")]
    Path,
}

pub(crate) fn run(ctx: &Ctx, place: &Where, command: &Config) -> Result<Exit> {
    let loaded = settings::load(ctx, place)?;
    match command {
        Config::Show => ctx.print(&loaded.settings()?),
        Config::Path => ctx.print(&loaded.files),
    }
}
