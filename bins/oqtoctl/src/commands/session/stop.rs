//! `oqtoctl session stop`.

use super::Ended;
use crate::place::Place;
use crate::target::{self, Reading};
use oqto_kit::{Ctx, Exit, Result};
use oqto_protocol::command::{Command, Keyed, Stopped};

/// End a session's agent; the session stays and can be resumed
///
/// Says what was ended with it.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The session: its id, the beginning of it, or its title
    #[arg(value_name = "SESSION")]
    session: String,
}

pub(crate) fn run(ctx: &Ctx, place: &Place, args: &Args) -> Result<Exit> {
    let ended = ctx.block_on(async {
        let client = place.connect(ctx).await?;
        let session = target::session(&client, &args.session, Reading::Careful).await?;
        let stopped: Stopped = client.about(session.id, &Command::SessionStop(Keyed::default())).await?;
        Ok(Ended { session, stopped, verb: "stopped" })
    })?;
    ctx.print(&ended)
}
