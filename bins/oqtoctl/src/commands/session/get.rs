//! `oqtoctl session get`.

use super::Shown;
use crate::place::Place;
use crate::target::{self, Reading};
use crate::{ago, listing};
use oqto_kit::{Ctx, Exit, Result, Table};
use oqto_protocol::entry::TurnEnd;
use oqto_protocol::session::SessionInfo;

/// Show a session
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The session: its id, the beginning of it, or its title
    #[arg(value_name = "SESSION")]
    session: String,
}

pub(crate) fn run(ctx: &Ctx, place: &Place, args: &Args) -> Result<Exit> {
    let session = ctx.block_on(async {
        let client = place.connect(ctx).await?;
        target::session(&client, &args.session, Reading::Generous).await
    })?;
    ctx.print(&Shown { session })
}

/// A session, a row a fact.
pub(super) fn table(session: &SessionInfo) -> Table {
    let mut table = Table::new(&["WHAT", "VALUE"]);
    let mut fact = |what: &str, value: String| {
        table.row([what.to_owned(), value]);
    };
    fact("id", session.id.to_string());
    fact("title", listing::title(session));
    fact("state", listing::state(session));
    fact("workspace", session.workspace.clone());
    fact("harness", session.harness.clone());
    if let Some(model) = &session.model {
        let provider = session.provider.as_ref().map(|provider| format!("{provider}/")).unwrap_or_default();
        fact("model", format!("{provider}{model}"));
    }
    fact("runner", session.runner.clone());
    fact("created", ago::since(session.created_at));
    fact("used", ago::since(session.updated_at));
    fact("entries", session.head.to_string());
    if let Some(end) = session.last_turn {
        fact("last turn", ended(end).to_owned());
    }
    if session.open_inputs > 0 {
        fact("questions", format!("{} wait for you", session.open_inputs));
    }
    if let Some(parent) = &session.parent {
        fact("forked from", format!("{} at entry {}", parent.session, parent.seq));
    }
    table
}

const fn ended(end: TurnEnd) -> &'static str {
    match end {
        TurnEnd::Done => "done",
        TurnEnd::Aborted => "aborted",
        TurnEnd::Error => "failed",
        TurnEnd::Crashed => "crashed",
    }
}
