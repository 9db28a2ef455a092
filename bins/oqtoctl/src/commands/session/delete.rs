//! `oqtoctl session delete`.

use super::Ended;
use crate::client::Client;
use crate::place::Place;
use crate::target::{self, Reading};
use crate::{listing, terminal};
use oqto_kit::{Ctx, Error, Exit, Result};
use oqto_protocol::command::{Command, Keyed, Stopped};
use oqto_protocol::error::ErrorKind;
use oqto_protocol::session::SessionInfo;

/// Delete a session with its whole history
///
/// Asks first; without a terminal it needs --yes. A session cannot be named by a part of its title here.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The session: its id, the beginning of it, or its whole title
    #[arg(value_name = "SESSION")]
    session: String,
    /// Delete without asking
    #[arg(long, short)]
    yes: bool,
}

pub(crate) fn run(ctx: &Ctx, place: &Place, args: &Args) -> Result<Exit> {
    let ended = ctx.block_on(async {
        let client = place.connect(ctx).await?;
        let session = target::session(&client, &args.session, Reading::Careful).await?;
        if !args.yes {
            confirm(&session).await?;
        }
        delete(&client, session).await
    })?;
    ctx.print(&ended)
}

async fn delete(client: &Client, session: SessionInfo) -> Result<Ended> {
    let stopped: Stopped = client.about(session.id, &Command::SessionDelete(Keyed::default())).await?;
    Ok(Ended { session, stopped, verb: "deleted" })
}

async fn confirm(session: &SessionInfo) -> Result<()> {
    if !terminal::is_there() {
        let error = Error::new(ErrorKind::InvalidParams, "nobody can be asked whether to delete the session here");
        return Err(error.hint(format!("oqtoctl session delete {} --yes", session.id)));
    }
    terminal::prompt(&format!("{}\nDelete it with its whole history? [y/N] ", listing::line(session)));
    let mut lines = terminal::Lines::of_stdin();
    lines.listen();
    match lines.next().await.as_deref().map(str::trim) {
        Some("y" | "Y" | "yes") => Ok(()),
        Some(_) | None => Err(Error::new(ErrorKind::Failed, "nothing was deleted")),
    }
}
