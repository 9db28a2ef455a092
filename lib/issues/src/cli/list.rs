//! `list`.

use clap::Args;
use oqto_kit::{Ctx, Exit, Result};

use super::{open, rows, times::when};
use crate::store::{Query, Sort};
use crate::{Kind, Status};

/// Arguments of `list`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  trx list --label ui --type bug\n  trx list --all --sort updated --limit 10 --json"
)]
pub struct List {
    /// Only with this status: open, in_progress, blocked, closed, tombstone
    #[arg(long, short)]
    status: Option<Status>,
    /// Only this type: bug, feature, task, epic, chore
    #[arg(long = "type", short = 't')]
    kind: Option<Kind>,
    /// Only this priority, 0 (critical) to 4 (some day)
    #[arg(long, short = 'P', value_name = "0..4", value_parser = clap::value_parser!(u8).range(0..=4))]
    priority: Option<u8>,
    /// Only with this text in id, title, description or notes
    #[arg(long)]
    search: Option<String>,
    /// Only what is below this issue
    #[arg(long, value_name = "ID")]
    epic: Option<String>,
    /// Closed ones too
    #[arg(long, short)]
    all: bool,
    /// At most so many
    #[arg(long, short, short_alias = 'n', value_name = "N")]
    limit: Option<usize>,
    /// Only with this label (repeat, or a,b: with all of them)
    #[arg(long, value_delimiter = ',')]
    label: Vec<String>,
    /// Only what this one is to do; `me` is who asks
    #[arg(long)]
    assignee: Option<String>,
    /// Only made since then: a date, a time, or how long ago (2d, 1w)
    #[arg(long, value_name = "TIME", value_parser = when)]
    created_after: Option<i64>,
    /// Only made before then
    #[arg(long, value_name = "TIME", value_parser = when)]
    created_before: Option<i64>,
    /// The order: priority, created, updated, closed, id, status
    #[arg(long, default_value = "priority", value_parser = sort)]
    sort: Sort,
    /// The other way round
    #[arg(long)]
    reverse: bool,
}

fn sort(text: &str) -> std::result::Result<Sort, String> {
    match text {
        "priority" => Ok(Sort::Priority),
        "created" => Ok(Sort::Created),
        "updated" => Ok(Sort::Updated),
        "closed" => Ok(Sort::Closed),
        "id" => Ok(Sort::Id),
        "status" => Ok(Sort::Status),
        _ => Err("one of priority, created, updated, closed, id, status".into()),
    }
}

impl List {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let store = open(ctx)?;
        let below = self.epic.as_deref().map(|typed| store.resolve(typed)).transpose()?;
        let query = Query {
            status: self.status,
            all: self.all,
            kind: self.kind,
            priority: self.priority,
            labels: self.label,
            assignee: self.assignee.map(|who| if who == "me" { store.actor() } else { who }),
            text: self.search,
            below,
            created_after: self.created_after,
            created_before: self.created_before,
            sort: self.sort,
            reverse: self.reverse,
            limit: self.limit,
        };
        let found = store.list(&query)?;
        if found.is_empty() {
            ctx.note("there is no such issue");
        }
        rows::print(ctx, &store, &found)
    }
}
