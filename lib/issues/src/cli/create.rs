//! `create`.

use clap::Args;
use oqto_kit::{Ctx, Exit, Result};

use super::done::Done;
use super::input::text_or_stdin;
use super::open;
use crate::{Kind, NewIssue};

/// Arguments of `create`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  trx create 'Login fails' -t bug -p 1 --label ui,login\n  trx create 'Crash' -d - < report.md\n  trx create 'Write the tests' --parent trx-k7q2 --blocked-by trx-a1b2"
)]
pub struct Create {
    /// One line
    title: String,
    /// bug, feature, task, epic, chore
    #[arg(long = "type", short = 't', default_value = "task")]
    kind: Kind,
    /// 0 (critical) to 4 (some day)
    #[arg(long, short, default_value_t = 2)]
    priority: u8,
    /// Any text; `-` reads standard input
    #[arg(long, short)]
    description: Option<String>,
    /// The issue above it
    #[arg(long, value_name = "ID")]
    parent: Option<String>,
    /// What it waits for
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    blocked_by: Vec<String>,
    /// A label (repeat for more, or a,b)
    #[arg(long, value_delimiter = ',')]
    label: Vec<String>,
    /// Who is to do it
    #[arg(long)]
    assignee: Option<String>,
    /// Another prefix for the id
    #[arg(long, value_name = "PREFIX")]
    id: Option<String>,
}

impl Create {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let mut store = open(ctx)?;
        let new = NewIssue {
            kind: self.kind,
            priority: self.priority,
            description: self.description.map(text_or_stdin).transpose()?,
            parent: self.parent,
            blocked_by: self.blocked_by,
            labels: self.label,
            assignee: self.assignee,
            prefix: self.id,
            ..NewIssue::titled(self.title)
        };
        let id = store.create(new)?;
        Done::one(ctx, &store, &id)
    }
}
