//! Changing.

use std::collections::BTreeMap;

use clap::Args;
use oqto_kit::{Ctx, Error, Exit, OrFail as _, Result};
use oqto_protocol::error::ErrorKind;
use serde::Deserialize;

use super::print::{Done, Told, span};
use super::{failed, open, stdin, text_or_stdin};
use crate::{Kind, NewIssue, Patch, Status};

/// Arguments of `create`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  trx create 'Login fails' -t bug -p 1\n  trx create 'Write the tests' --parent trx-k7q2 --blocked-by trx-a1b2"
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
    /// A label (repeat for more)
    #[arg(long)]
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
        let id = store.create(new).map_err(failed)?;
        Done::one(ctx, &store, &id)
    }
}

/// Arguments of `create-many`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  trx create-many --json-input plan.json\n  echo '[{\"title\":\"a\"},{\"title\":\"b\",\"parent\":\"#1\"}]' | trx create-many --json-input -"
)]
pub struct CreateMany {
    /// A JSON array of {title, issue_type, priority, description, parent, blocks[], blocked_by[], labels[], assignee};
    /// `#N` stands for the Nth of the array; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    json_input: String,
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
        let text = match self.json_input.as_str() {
            "-" => stdin()?,
            path => std::fs::read_to_string(path).or_fail(ErrorKind::NotFound, || format!("cannot read {path}"))?,
        };
        let items: Vec<Item> =
            serde_json::from_str(&text).or_fail(ErrorKind::InvalidParams, || "the input is no array of issues")?;
        let new: Vec<NewIssue> = items.into_iter().map(Item::into_new).collect();
        let mut store = open(ctx)?;
        if self.dry_run {
            store.try_create_many(&new).map_err(failed)?;
            let value = BTreeMap::from([("would_create", new.len())]);
            return ctx.print(&Told { value, text: format!("{} issues would be made", new.len()) });
        }
        let ids = store.create_many(&new).map_err(failed)?;
        ctx.print(&Done::of(&store, &ids)?)
    }
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

/// Arguments of `update`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  trx update k7q2 --status in_progress\n  trx update k7q2 -d - < text.md\n  trx update k7q2 --clear assignee,parent"
)]
pub struct Update {
    /// The issue
    id: String,
    /// open, in_progress, blocked, closed
    #[arg(long, short)]
    status: Option<Status>,
    /// 0 (critical) to 4 (some day)
    #[arg(long, short)]
    priority: Option<u8>,
    /// bug, feature, task, epic, chore
    #[arg(long = "type", short = 't')]
    kind: Option<Kind>,
    /// One line
    #[arg(long)]
    title: Option<String>,
    /// Any text; `-` reads standard input
    #[arg(long, short)]
    description: Option<String>,
    /// Any text; `-` reads standard input
    #[arg(long)]
    notes: Option<String>,
    /// Who is to do it
    #[arg(long)]
    assignee: Option<String>,
    /// The issue above it
    #[arg(long, value_name = "ID")]
    parent: Option<String>,
    /// Add a label (repeat for more)
    #[arg(long)]
    label: Vec<String>,
    /// Fields to empty: description, notes, assignee, parent, labels
    #[arg(long, value_delimiter = ',', value_parser = ["description", "notes", "assignee", "parent", "labels"])]
    clear: Vec<String>,
}

impl Update {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let mut store = open(ctx)?;
        let clears = |field: &str| self.clear.iter().any(|cleared| cleared == field);
        let text = |field: &str, text: Option<String>| -> Result<Option<Option<String>>> {
            if clears(field) { Ok(Some(None)) } else { Ok(text.map(text_or_stdin).transpose()?.map(Some)) }
        };
        let remove_labels = if clears("labels") {
            let id = store.resolve(&self.id).map_err(failed)?;
            store.show(&id).map_err(failed)?.issue.labels
        } else {
            Vec::new()
        };
        let patch = Patch {
            status: self.status,
            priority: self.priority,
            kind: self.kind,
            title: self.title,
            description: text("description", self.description)?,
            notes: text("notes", self.notes)?,
            assignee: text("assignee", self.assignee)?,
            parent: if clears("parent") { Some(None) } else { self.parent.map(Some) },
            add_labels: self.label,
            remove_labels,
        };
        let id = store.update(&self.id, &patch).map_err(failed)?;
        Done::one(ctx, &store, &id)
    }
}

/// Issues, and why.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx close k7q2 m0ab --reason 'released in 1.2'")]
pub struct Reasoned {
    /// Issues, by id or its beginning
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// Why
    #[arg(long, short)]
    reason: Option<String>,
}

impl Reasoned {
    pub(super) fn close(self, ctx: &Ctx) -> Result<Exit> {
        let mut store = open(ctx)?;
        let ids = store.close(&self.ids, self.reason.as_deref()).map_err(failed)?;
        ctx.print(&Done::of(&store, &ids)?)
    }

    pub(super) fn delete(self, ctx: &Ctx) -> Result<Exit> {
        let mut store = open(ctx)?;
        let ids = store.delete(&self.ids, self.reason.as_deref()).map_err(failed)?;
        ctx.print(&Done::of(&store, &ids)?)
    }
}

/// Issues.
#[derive(Args, Debug)]
pub struct Ids {
    /// Issues, by id or its beginning
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
}

impl Ids {
    pub(super) fn reopen(self, ctx: &Ctx) -> Result<Exit> {
        let mut store = open(ctx)?;
        let ids = store.reopen(&self.ids).map_err(failed)?;
        ctx.print(&Done::of(&store, &ids)?)
    }

    pub(super) fn release(self, ctx: &Ctx) -> Result<Exit> {
        let mut store = open(ctx)?;
        let actor = store.actor();
        let mut done = Vec::new();
        for typed in &self.ids {
            done.push(store.release(typed, &actor).map_err(failed)?);
        }
        ctx.print(&Done::of(&store, &done)?)
    }
}

/// Arguments of `claim`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx claim k7q2 --ttl 2h\n\nExit code 75: somebody else has it.")]
pub struct ClaimArgs {
    /// The issue
    id: String,
    /// How long: 90s, 30m, 3h, 2d
    #[arg(long, default_value = "1h", value_parser = span, value_name = "TIME")]
    ttl: i64,
    /// Who claims [default: who acts]
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,
}

impl ClaimArgs {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let mut store = open(ctx)?;
        let actor = self.actor.unwrap_or_else(|| store.actor());
        let id = store.claim(&self.id, &actor, self.ttl).map_err(failed)?;
        Done::one(ctx, &store, &id)
    }
}

/// Arguments of `label`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx label k7q2 ui urgent\n  trx label k7q2 --remove urgent")]
pub struct Label {
    /// The issue
    id: String,
    /// Labels to add
    labels: Vec<String>,
    /// Labels to remove
    #[arg(long, value_delimiter = ',')]
    remove: Vec<String>,
}

impl Label {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        if self.labels.is_empty() && self.remove.is_empty() {
            return Err(Error::new(ErrorKind::InvalidParams, "no label is named"));
        }
        let mut store = open(ctx)?;
        let patch = Patch { add_labels: self.labels, remove_labels: self.remove, ..Patch::default() };
        let id = store.update(&self.id, &patch).map_err(failed)?;
        Done::one(ctx, &store, &id)
    }
}

/// Arguments of `assign`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx assign k7q2 ada\n  trx assign k7q2 me\n  trx assign k7q2 --nobody")]
pub struct Assign {
    /// The issue
    id: String,
    /// Who; `me` is who asks
    #[arg(required_unless_present = "nobody", conflicts_with = "nobody")]
    who: Option<String>,
    /// Nobody any more
    #[arg(long)]
    nobody: bool,
}

impl Assign {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let mut store = open(ctx)?;
        let who = self.who.map(|who| if who == "me" { store.actor() } else { who });
        let patch = Patch { assignee: Some(who), ..Patch::default() };
        let id = store.update(&self.id, &patch).map_err(failed)?;
        Done::one(ctx, &store, &id)
    }
}

/// Arguments of `comment`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx comment k7q2 'Seen on Firefox too'\n  trx comment k7q2 - < remark.md")]
pub struct CommentArgs {
    /// The issue
    id: String,
    /// The remark; `-` reads standard input
    text: String,
}

impl CommentArgs {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let mut store = open(ctx)?;
        let id = store.comment(&self.id, &text_or_stdin(self.text)?).map_err(failed)?;
        Done::one(ctx, &store, &id)
    }
}
