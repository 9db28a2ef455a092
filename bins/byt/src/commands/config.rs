//! `byt config`

use clap::Subcommand;
use oqto_kit::{Ctx, Exit, Result};

use crate::settings::{self, Where};

/// Show the configuration
#[derive(Subcommand, Debug)]
pub(crate) enum Config {
    /// Print every value and where it comes from
    Show,
    /// Print the files that are read
    Path,
}

pub(crate) fn run(ctx: &Ctx, place: &Where, command: &Config) -> Result<Exit> {
    let loaded = settings::load(ctx, place)?;
    match command {
        Config::Show => ctx.print(&loaded.settings()?),
        Config::Path => ctx.print(&loaded.files),
    }
}
