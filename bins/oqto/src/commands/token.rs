//! `oqto token`.

use super::admin;
use oqto_kit::{Ctx, Exit, Page, Report, Result};
use oqto_protocol::relay::NewCredential;
use serde::Serialize;

/// Print a fresh credential for scripts that use the server over HTTP
///
/// Send it as `Authorization: Bearer TOKEN`. It is good for thirty days.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {}

#[derive(Serialize)]
#[serde(transparent)]
struct Credential(NewCredential);

impl Report for Credential {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        page.line(&self.0.token)
    }
}

pub(crate) fn run(ctx: &Ctx, _args: &Args) -> Result<Exit> {
    ctx.print(&Credential(admin::ask(ctx, "credential.create")?))
}
