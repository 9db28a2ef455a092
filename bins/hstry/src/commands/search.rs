//! `hstry search`

use clap::{Args, ValueEnum};
use oqto_history::search::{SearchHit, SearchMode, SearchPage, SearchQuery};
use oqto_kit::{Ctx, Exit, Page, Report, Result, escape};
use serde::Serialize;

use crate::cli::Place;
use crate::failure::failed;
use crate::times;

/// Search messages, best first
///
/// Every word must occur; a trailing `*` matches beginnings. A query that looks like code (a path, a name with
/// underscores or in camel case, `a::b`) is taken as one piece.
#[derive(Args, Debug)]
pub(crate) struct Search {
    /// The words
    #[arg(required = true, num_args = 1..)]
    query: Vec<String>,
    /// How the words are read
    #[arg(long, value_enum, default_value_t)]
    mode: Mode,
    /// At most this many hits
    #[arg(long, short, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=200))]
    limit: u32,
    /// Leave out this many of the best
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: u32,
    /// Only in this workspace
    #[arg(long, value_name = "PATH")]
    workspace: Option<String>,
    /// Only of this harness
    #[arg(long, value_name = "NAME")]
    harness: Option<String>,
    /// Only by this role
    #[arg(long, short, value_name = "ROLE", value_parser = ["user", "assistant", "system", "tool"])]
    role: Option<String>,
    /// Only by this model
    #[arg(long, value_name = "NAME")]
    model: Option<String>,
    /// Only in this conversation
    #[arg(long, value_name = "ID")]
    conversation: Option<String>,
    /// Only at this time or later (a date, a time, or how long ago: 2d)
    #[arg(long, value_name = "TIME", value_parser = times::parse)]
    after: Option<i64>,
    /// Only before this time
    #[arg(long, value_name = "TIME", value_parser = times::parse)]
    before: Option<i64>,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Mode {
    #[default]
    Auto,
    Natural,
    Code,
}

/// A hit as JSON shows it.
#[derive(Serialize)]
struct Hit {
    conversation: String,
    seq: u64,
    entry: String,
    message: String,
    role: String,
    ts: i64,
    score: f64,
    snippet: String,
    highlights: Vec<(u32, u32)>,
    title: String,
    workspace: String,
    harness: String,
    model: String,
}

impl From<SearchHit> for Hit {
    fn from(hit: SearchHit) -> Self {
        let SearchHit {
            conversation,
            seq,
            entry,
            message,
            role,
            ts,
            score,
            snippet,
            highlights,
            title,
            workspace,
            harness,
            model,
        } = hit;
        Self {
            conversation,
            seq,
            entry,
            message,
            role,
            ts,
            score,
            snippet,
            highlights,
            title,
            workspace,
            harness,
            model,
        }
    }
}

#[derive(Serialize)]
struct Found {
    hits: Vec<Hit>,
    indexed_to: u64,
    position: u64,
}

impl Report for Found {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        for hit in &self.hits {
            let name = if hit.title.is_empty() { &hit.workspace } else { &hit.title };
            let place = format!("{}#{}", hit.conversation, hit.seq);
            let head = page.styles().bold(&escape::line(&place));
            let facts = format!("{} · {} · {}", hit.role, times::show(hit.ts), name);
            page.line(format_args!("{head}  {}", page.styles().dim(&escape::line(&facts))))?;
            let snippet = marked(hit, |word| page.styles().good(word));
            page.line(format_args!("    {snippet}"))?;
        }
        Ok(())
    }
}

/// The snippet on one line, its found words painted.
fn marked(hit: &Hit, paint: impl Fn(&str) -> String) -> String {
    let mut text = String::new();
    let mut done = 0;
    for &(start, end) in &hit.highlights {
        let (start, end) = (start as usize, end as usize);
        let (Some(before), Some(word)) = (hit.snippet.get(done..start), hit.snippet.get(start..end)) else { continue };
        text.push_str(&escape::line(before));
        text.push_str(&paint(&escape::line(word)));
        done = end;
    }
    text.push_str(&escape::line(hit.snippet.get(done..).unwrap_or_default()));
    text
}

pub(crate) fn run(ctx: &Ctx, place: &Place, args: &Search) -> Result<Exit> {
    let query = SearchQuery {
        query: args.query.join(" "),
        mode: match args.mode {
            Mode::Auto => SearchMode::Auto,
            Mode::Natural => SearchMode::Natural,
            Mode::Code => SearchMode::Code,
        },
        limit: args.limit,
        offset: args.offset,
        workspace: args.workspace.clone(),
        harness: args.harness.clone(),
        role: args.role.clone(),
        model: args.model.clone(),
        after: args.after,
        before: args.before,
        conversation: args.conversation.clone(),
    };
    let reader = place.reader(ctx)?;
    let page = ctx.block_on(async { reader.search(query).await.map_err(|error| failed("cannot search", &error)) })?;
    let SearchPage { hits, indexed_to, position } = page;
    if indexed_to < position {
        let missing = position - indexed_to;
        ctx.printer()
            .warn(&format!("the newest {missing} entries are not indexed yet; a running hstry serve does that"));
    }
    let found = Found { hits: hits.into_iter().map(Hit::from).collect(), indexed_to, position };
    if found.hits.is_empty() {
        ctx.note("nothing found");
    }
    ctx.print(&found)?;
    Ok(if found.hits.is_empty() { Exit::NOTHING_FOUND } else { Exit::DONE })
}
