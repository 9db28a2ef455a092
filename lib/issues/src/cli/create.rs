//! `create`.

use clap::Args;
use oqto_kit::{Ctx, Error, Exit, Result};
use oqto_protocol::error::ErrorKind;

use super::done::Done;
use super::input::text_or_stdin;
use super::open;
use crate::{Kind, NewIssue};

/// Arguments of `create`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  trx create 'Login fails' -t bug -p 1 --label ui,login\n  trx create 'Crash' -d - < report.md\n  git log -1 --format=%B | trx create - -t task\n  trx create 'Write the tests' --parent trx-k7q2 --blocked-by trx-a1b2"
)]
pub struct Create {
    /// One line; `-` reads it from standard input, and what follows the first line is the description
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
        let (title, below) = match (self.title.as_str(), self.description.as_deref()) {
            ("-", Some("-")) => {
                return Err(Error::new(ErrorKind::InvalidParams, "standard input is read once: as the title or as -d"));
            }
            ("-", _) => titled(&text_or_stdin(self.title)?),
            _ => (self.title, None),
        };
        let mut store = open(ctx)?;
        let new = NewIssue {
            kind: self.kind,
            priority: self.priority,
            description: self.description.map(text_or_stdin).transpose()?.or(below),
            parent: self.parent,
            blocked_by: self.blocked_by,
            labels: self.label,
            assignee: self.assignee,
            prefix: self.id,
            ..NewIssue::titled(title)
        };
        let id = store.create(new)?;
        Done::one(ctx, &store, &id)
    }
}

/// The first line, and what follows it, as in the message of a commit.
fn titled(text: &str) -> (String, Option<String>) {
    let (title, below) = text.trim_start().split_once('\n').unwrap_or((text.trim(), ""));
    let below = below.trim_start_matches(['\n', '\r']).trim_end();
    (title.trim().to_owned(), (!below.is_empty()).then(|| below.to_owned()))
}
