//! `agntz search`: what was said in conversations with agents, as hstry keeps it. The database is only read.

use std::path::PathBuf;

use clap::Args;
use jiff::{SignedDuration, Timestamp};
use oqto_history::search::{MAX_HITS, SearchHit, SearchQuery};
use oqto_history::{HistoryError, Reader};
use oqto_kit::{Ctx, Error, Exit, OrFail as _, Page, Report, Result, escape};
use oqto_protocol::error::ErrorKind;
use serde::Serialize;

use crate::place::Who;

/// Arguments of `search`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  agntz search 'connection pool'\n  agntz search src/auth.rs --days 7 --limit 5 --json\n  agntz search deploy --all-workspaces --include-tools\n\nEvery word must occur; a trailing * matches beginnings; what looks like code is taken as one piece."
)]
pub(crate) struct Search {
    /// The words
    #[arg(required = true, value_name = "WORD")]
    words: Vec<String>,
    /// Only in this workspace, if not in the one here
    #[arg(long, short, alias = "repo", value_name = "PATH", conflicts_with = "all_workspaces")]
    workspace: Option<PathBuf>,
    /// In all workspaces
    #[arg(long)]
    all_workspaces: bool,
    /// Only of the last so many days
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=36500))]
    days: Option<u32>,
    /// Only in this conversation
    #[arg(long, value_name = "ID")]
    session: Option<String>,
    /// What tools said, too
    #[arg(long)]
    include_tools: bool,
    /// What systems said, too
    #[arg(long)]
    include_system: bool,
    /// At most so many
    #[arg(long, short, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
    limit: u32,
}

/// A hit as JSON shows it.
#[derive(Serialize)]
struct Hit {
    conversation: String,
    seq: u64,
    message: String,
    role: String,
    at: String,
    score: f64,
    snippet: String,
    title: String,
    workspace: String,
    harness: String,
    model: String,
}

impl From<SearchHit> for Hit {
    fn from(hit: SearchHit) -> Self {
        Self {
            conversation: hit.conversation,
            seq: hit.seq,
            message: hit.message,
            role: hit.role,
            at: Timestamp::from_millisecond(hit.ts).map_or_else(|_| hit.ts.to_string(), |time| time.to_string()),
            score: hit.score,
            snippet: hit.snippet,
            title: hit.title,
            workspace: hit.workspace,
            harness: hit.harness,
            model: hit.model,
        }
    }
}

#[derive(Serialize)]
struct Found {
    hits: Vec<Hit>,
}

impl Report for Found {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        for hit in &self.hits {
            let name = if hit.title.is_empty() { &hit.workspace } else { &hit.title };
            let place = page.styles().bold(&escape::line(&format!("{}#{}", hit.conversation, hit.seq)));
            let facts = page.styles().dim(&escape::line(&format!("{} · {} · {name}", hit.role, hit.at)));
            page.line(format_args!("{place}  {facts}"))?;
            page.line(format_args!("    {}", escape::line(&hit.snippet)))?;
        }
        Ok(())
    }
}

impl Search {
    pub(crate) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let database = ctx.dirs()?.hstry_db();
        let reader = Reader::open(&database).map_err(|error| failed(ctx, &error))?;
        let query = self.query(ctx)?;
        let (tools, systems) = (self.include_tools, self.include_system);
        let wanted = |hit: &SearchHit| match hit.role.as_str() {
            "tool" => tools,
            "system" => systems,
            _ => true,
        };
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let found =
            ctx.block_on(async { all(&reader, query, limit, wanted).await.map_err(|error| failed(ctx, &error)) })?;
        let nothing = found.is_empty();
        if nothing {
            ctx.note("nothing found");
        }
        ctx.print(&Found { hits: found.into_iter().map(Hit::from).collect() })?;
        Ok(if nothing { Exit::NOTHING_FOUND } else { Exit::DONE })
    }

    fn query(&self, ctx: &Ctx) -> Result<SearchQuery> {
        let workspace = match (&self.workspace, self.all_workspaces || self.session.is_some()) {
            // It may have gone since; its conversations have not.
            (Some(path), _) => Some(
                path.canonicalize()
                    .or_else(|_| std::path::absolute(path))
                    .or_fail(ErrorKind::Workspace, || format!("cannot find {}", path.display()))?,
            ),
            (None, true) => None,
            (None, false) => {
                let place = Who::default().place(ctx)?;
                let told = place.actor.context.workspace_path.map(PathBuf::from);
                Some(told.unwrap_or_else(|| place.workspace.root().to_path_buf()))
            }
        };
        let day = |days: u32| (Timestamp::now() - SignedDuration::from_hours(24 * i64::from(days))).as_millisecond();
        Ok(SearchQuery {
            query: self.words.join(" "),
            limit: MAX_HITS,
            workspace: workspace.map(|path| path.to_string_lossy().into_owned()),
            after: self.days.map(day),
            conversation: self.session.clone(),
            ..SearchQuery::default()
        })
    }
}

/// The best hits that are wanted.
async fn all(
    reader: &Reader,
    mut query: SearchQuery,
    limit: usize,
    wanted: impl Fn(&SearchHit) -> bool,
) -> Result<Vec<SearchHit>, HistoryError> {
    let mut found = Vec::new();
    loop {
        let page = reader.search(query.clone()).await?;
        let last = page.hits.len() < usize::try_from(query.limit).unwrap_or(usize::MAX);
        found.extend(page.hits.into_iter().filter(&wanted).take(limit - found.len()));
        if last || found.len() >= limit {
            return Ok(found);
        }
        query.offset += query.limit;
    }
}

/// What is wrong with the history, and what to do about it.
fn failed(ctx: &Ctx, error: &HistoryError) -> Error {
    let place = ctx.dirs().map(|dirs| dirs.hstry_db().display().to_string()).unwrap_or_default();
    if !matches!(error, HistoryError::NotFound(_)) {
        return error.to_wire().into();
    }
    let what = format!("there is no chat history here: hstry has not kept any in {place}");
    Error::new(ErrorKind::Unreachable, what).hint("hstry serve keeps it; set OQTO_HSTRY_DB if it lies elsewhere")
}
