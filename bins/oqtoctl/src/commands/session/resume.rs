//! `oqtoctl session resume`.

use super::Shown;
use crate::place::Place;
use crate::target::{self, Reading};
use oqto_kit::{Ctx, Exit, Result};
use oqto_protocol::command::{Command, Keyed, SessionReply};

/// Start a session's agent again
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The session: its id, the beginning of it, or its title
    #[arg(value_name = "SESSION")]
    session: String,
}

pub(crate) fn run(ctx: &Ctx, place: &Place, args: &Args) -> Result<Exit> {
    let session = ctx.block_on(async {
        let client = place.connect(ctx).await?;
        let session = target::session(&client, &args.session, Reading::Generous).await?;
        let reply: SessionReply = client.about(session.id, &Command::SessionResume(Keyed::default())).await?;
        Ok(reply.session)
    })?;
    ctx.print(&Shown { session })
}
