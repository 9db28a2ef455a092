//! `create-many`.

use std::collections::BTreeMap;

use clap::Args;
use oqto_kit::{Ctx, Error, Exit, OrFail as _, Result, Told};
use oqto_protocol::error::ErrorKind;
use serde::Deserialize;

use super::done::Done;
use super::input::{BATCH, at_most, name_of};
use super::open;
use crate::{Kind, NewIssue};

/// Arguments of `create-many`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  trx create-many plan.json\n  echo '[{\"title\":\"a\"},{\"title\":\"b\",\"parent\":\"#1\"}]' | trx create-many -\n  printf '{\"title\":\"a\"}\\n{\"title\":\"b\",\"blocked_by\":[\"#1\"]}\\n' | trx create-many - --dry-run"
)]
pub struct CreateMany {
    /// Issues as a JSON array or one a line, of {title, issue_type, priority, description, parent, blocks[],
    /// blocked_by[], labels[], assignee}; `#N` stands for the Nth of them; `-` reads standard input
    #[arg(value_name = "FILE", default_value = "-")]
    file: String,
    /// The same
    #[arg(long, value_name = "FILE", conflicts_with = "file")]
    json_input: Option<String>,
    /// Only check
    #[arg(long)]
    dry_run: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    title: String,
    #[serde(default)]
    issue_type: Option<Kind>,
    #[serde(default)]
    priority: Option<u8>,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    parent: Option<String>,
    #[serde(default)]
    blocks: Vec<String>,
    #[serde(default)]
    blocked_by: Vec<String>,
    #[serde(default)]
    labels: Vec<String>,
    #[serde(default)]
    assignee: Option<String>,
}

impl CreateMany {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let file = self.json_input.unwrap_or(self.file);
        let text = String::from_utf8(at_most(&file, BATCH)?)
            .or_fail(ErrorKind::InvalidParams, || format!("{} is not UTF-8", name_of(&file)))?;
        let new: Vec<NewIssue> = items(&text, &file)?.into_iter().map(Item::into_new).collect();
        let mut store = open(ctx)?;
        if self.dry_run {
            store.try_create_many(&new)?;
            let value = BTreeMap::from([("would_create", new.len())]);
            return ctx.print(&Told { value, text: format!("{} issues would be made", new.len()) });
        }
        let ids = store.create_many(&new)?;
        ctx.print(&Done::of(&store, &ids)?)
    }
}

/// An array, or one a line.
fn items(text: &str, file: &str) -> Result<Vec<Item>> {
    let wrong = |line: usize, error: serde_json::Error| {
        let place = if line == 0 { String::new() } else { format!(":{line}") };
        Error::new(ErrorKind::InvalidParams, format!("{}{place} is no list of issues", name_of(file))).because(error)
    };
    if text.trim_start().starts_with('[') {
        return serde_json::from_str(text).map_err(|error| wrong(0, error));
    }
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(number, line)| serde_json::from_str(line).map_err(|error| wrong(number + 1, error))).collect()
}

impl Item {
    fn into_new(self) -> NewIssue {
        NewIssue {
            kind: self.issue_type.unwrap_or(Kind::Task),
            priority: self.priority.unwrap_or(2),
            description: self.description,
            parent: self.parent,
            blocks: self.blocks,
            blocked_by: self.blocked_by,
            labels: self.labels,
            assignee: self.assignee,
            ..NewIssue::titled(self.title)
        }
    }
}
