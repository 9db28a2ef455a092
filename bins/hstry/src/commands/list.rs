//! `hstry list`

use clap::Args;
use oqto_history::model::{Conversation, ListFilter};
use oqto_kit::{Ctx, Exit, Page, Report, Result, Table};
use serde::Serialize;

use crate::cli::Place;
use crate::failure::failed;
use crate::times;

/// List conversations, the newest change first
#[derive(Args, Debug)]
pub(crate) struct List {
    /// Only of this workspace
    #[arg(long, value_name = "PATH")]
    workspace: Option<String>,
    /// Only of this harness
    #[arg(long, value_name = "NAME")]
    harness: Option<String>,
    /// Only with this model
    #[arg(long, value_name = "NAME")]
    model: Option<String>,
    /// Only changed at this time or later (a date, a time, or how long ago: 2d)
    #[arg(long, value_name = "TIME", value_parser = times::parse)]
    after: Option<i64>,
    /// Only changed before this time
    #[arg(long, value_name = "TIME", value_parser = times::parse)]
    before: Option<i64>,
    /// At most this many
    #[arg(long, short, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1000))]
    limit: u32,
    /// Go on from the `next` of a page before
    #[arg(long, value_name = "CURSOR")]
    cursor: Option<String>,
}

/// A conversation as it is listed.
#[derive(Serialize)]
pub(crate) struct Row {
    id: String,
    title: String,
    workspace: String,
    harness: String,
    model: String,
    provider: String,
    parent: Option<String>,
    created_at: i64,
    updated_at: i64,
    entries: u64,
    messages: u64,
}

impl From<Conversation> for Row {
    fn from(value: Conversation) -> Self {
        Self {
            id: value.id,
            title: value.title,
            workspace: value.workspace,
            harness: value.harness,
            model: value.model,
            provider: value.provider,
            parent: value.parent,
            created_at: value.created_at,
            updated_at: value.updated_at,
            entries: value.head,
            messages: value.message_count,
        }
    }
}

#[derive(Serialize)]
struct Listed {
    conversations: Vec<Row>,
    next: Option<String>,
}

impl Report for Listed {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["ID", "CHANGED", "MESSAGES", "HARNESS", "WORKSPACE", "TITLE"]);
        for row in &self.conversations {
            let changed = times::show(row.updated_at);
            let messages = row.messages.to_string();
            table.row([&row.id, &changed, &messages, &row.harness, &row.workspace, &row.title]);
        }
        page.table(&table)
    }
}

pub(crate) fn run(ctx: &Ctx, place: &Place, args: &List) -> Result<Exit> {
    let filter = ListFilter {
        workspace: args.workspace.clone(),
        harness: args.harness.clone(),
        model: args.model.clone(),
        after: args.after,
        before: args.before,
        limit: args.limit,
        cursor: args.cursor.clone(),
        ..ListFilter::default()
    };
    let reader = place.reader(ctx)?;
    let page = ctx.block_on(async { reader.list(filter).await.map_err(|error| failed("cannot list", &error)) })?;
    let listed = Listed { conversations: page.conversations.into_iter().map(Row::from).collect(), next: page.next };
    if listed.conversations.is_empty() {
        ctx.note("no conversations");
    }
    if let Some(next) = &listed.next {
        ctx.note(&format!("there are more: --cursor {next}"));
    }
    ctx.print(&listed)
}
