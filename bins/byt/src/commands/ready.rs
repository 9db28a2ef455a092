//! `byt ready`

use clap::Args;
use oqto_catalog::ready::{ReadyIssue, ready};
use oqto_kit::{Ctx, Exit, Page, Report, Result, Table};
use oqto_protocol::error::exit;
use serde::Serialize;

use crate::failure::warn;
use crate::settings::{Where, Workspace};

/// List the issues that can be begun now, of all repositories
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  byt ready --limit 5\n  byt ready --repo api --repo web --json")]
pub(crate) struct Ready {
    /// At most so many
    #[arg(long, short, value_name = "N")]
    limit: Option<usize>,
    /// Only of this priority
    #[arg(long, short = 'P', value_name = "0-4")]
    priority: Option<u8>,
    /// Only of this repository (repeatable)
    #[arg(long, value_name = "NAME")]
    repo: Vec<String>,
}

#[derive(Serialize)]
#[serde(transparent)]
struct Shown {
    issues: Vec<ReadyIssue>,
}

impl Report for Shown {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["REPOSITORY", "ID", "P", "TYPE", "TITLE"]);
        for ReadyIssue { repository, short, entry, .. } in &self.issues {
            let (priority, kind) = (format!("P{}", entry.priority), entry.kind.to_string());
            table.row([repository, short, &priority, &kind, &entry.title]);
        }
        page.table(&table)
    }
}

pub(crate) fn run(ctx: &Ctx, place: &Where, args: &Ready) -> Result<Exit> {
    let repositories = Workspace::open(ctx, place)?.named(&args.repo)?;
    let bar = ctx.printer().progress(Some(repositories.len() as u64), "asking");
    let mut all = ready(&repositories, &|| bar.inc(1));
    bar.finish_and_clear();
    all.issues.retain(|ready| args.priority.is_none_or(|priority| priority == ready.entry.priority));
    all.issues.truncate(args.limit.unwrap_or(usize::MAX));
    for fault in all.damaged.iter().chain(&all.unread) {
        warn(ctx, &fault.name, std::slice::from_ref(&fault.why));
    }
    let complete = all.unread.is_empty();
    ctx.print(&Shown { issues: all.issues })?;
    Ok(if complete { Exit::DONE } else { Exit::code(exit::FAILED) })
}
