//! `oqto link`.

use super::admin;
use oqto_kit::{Ctx, Exit, Page, Report, Result};
use oqto_protocol::relay::NewLink;
use serde::Serialize;

/// Print a fresh sign-in link of the running server
///
/// It signs in one browser, once, within fifteen minutes.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {}

#[derive(Serialize)]
#[serde(transparent)]
struct Link(NewLink);

impl Report for Link {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        page.line(&self.0.url)
    }
}

pub(crate) fn run(ctx: &Ctx, _args: &Args) -> Result<Exit> {
    ctx.print(&Link(admin::ask(ctx, "link.create")?))
}
