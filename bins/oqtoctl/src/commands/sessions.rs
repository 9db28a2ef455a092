//! `oqtoctl sessions`: the history, by title and by what was said.

use crate::client::Unreachable;
use crate::place::Place;
use crate::{ago, listing};
use oqto_kit::{Ctx, Exit, Page, Report, Result, Table};
use oqto_protocol::command::{Search, SearchHit, SessionList};
use oqto_protocol::session::SessionInfo;
use serde::Serialize;

/// What marks the hits in a snippet on the wire.
const MARKS: [char; 2] = ['\u{e000}', '\u{e001}'];

/// Find sessions by their title, their workspace, or what was said in them
///
/// Without QUERY: the sessions used last.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Words to look for
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// Only of this workspace
    #[arg(long, value_name = "PATH")]
    workspace: Option<String>,
    /// At most this many sessions, and this many messages
    #[arg(long, short, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=200))]
    limit: u32,
}

#[derive(Serialize)]
struct Found {
    /// Sessions whose title, workspace or id fits, the last used first.
    sessions: Vec<SessionInfo>,
    /// Messages that fit, best first.
    messages: Vec<SearchHit>,
    /// Runners that did not answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unreachable: Vec<Unreachable>,
}

impl Found {
    fn is_empty(&self) -> bool {
        self.sessions.is_empty() && self.messages.is_empty()
    }
}

impl Report for Found {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["ID", "WHEN", "TITLE", "FOUND"]);
        for row in &self.sessions {
            let place = format!("{} in {}", listing::state(row), listing::short(&row.workspace));
            table.row([row.id.to_string(), ago::since(row.updated_at), listing::title(row), place]);
        }
        for hit in &self.messages {
            let said = format!("{}: {}", hit.role, hit.snippet.replace(MARKS, ""));
            table.row([hit.session.to_string(), ago::since(hit.ts), hit.title.clone(), said]);
        }
        page.table(&table)
    }
}

pub(crate) fn run(ctx: &Ctx, place: &Place, args: &Args) -> Result<Exit> {
    let query = args.query.join(" ");
    let query = query.trim();
    let found = ctx.block_on(find(ctx, place, args, query))?;
    listing::warn(ctx, &found.unreachable);
    ctx.print(&found)?;
    if found.is_empty() && !query.is_empty() {
        ctx.note("nothing was found");
        return Ok(Exit::NOTHING_FOUND);
    }
    Ok(Exit::DONE)
}

async fn find(ctx: &Ctx, place: &Place, args: &Args, query: &str) -> Result<Found> {
    let client = place.connect(ctx).await?;
    let words = (!query.is_empty()).then(|| query.to_owned());
    let (workspace, limit) = (args.workspace.clone(), Some(args.limit));
    let filter = SessionList { workspace: workspace.clone(), query: words.clone(), limit };
    let mut sessions = client.sessions(&filter).await?;
    sessions.rows.truncate(args.limit as usize);
    let mut messages = Vec::new();
    if let Some(query) = words {
        let search = Search { query, workspace, limit, ..Search::default() };
        messages = client.search(&search).await?.rows;
        messages.truncate(args.limit as usize);
    }
    Ok(Found { sessions: sessions.rows, messages, unreachable: sessions.unreachable })
}
