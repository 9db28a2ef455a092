//! `oqto init`.

use crate::config::Config;
use oqto_kit::config::write_template;
use oqto_kit::{Ctx, Exit, Page, Report, Result, escape};
use serde::Serialize;
use std::path::PathBuf;

/// Write a configuration file in which everything is explained and nothing is changed
///
/// A file that is there already stays as it is.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {}

#[derive(Serialize)]
struct Written {
    path: PathBuf,
}

impl Report for Written {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        page.line(format!("wrote {}", escape::line(&self.path.display().to_string())))
    }
}

pub(crate) fn run(ctx: &Ctx, _args: &Args) -> Result<Exit> {
    let path = ctx.config_files::<Config>()?.own;
    write_template::<Config>(&path)?;
    ctx.print(&Written { path })
}
