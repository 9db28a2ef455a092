//! `sx init`

use std::path::PathBuf;

use oqto_kit::config::write_template;
use oqto_kit::{Ctx, Exit, Page, Report, Result, escape};
use serde::Serialize;

use crate::settings::Settings;

#[derive(Serialize)]
struct Written {
    path: PathBuf,
}

impl Report for Written {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        page.line(format!("wrote {}", escape::line(&self.path.display().to_string())))
    }
}

pub(crate) fn run(ctx: &Ctx) -> Result<Exit> {
    let path = ctx.config_files::<Settings>()?.own;
    write_template::<Settings>(&path)?;
    ctx.print(&Written { path })
}
