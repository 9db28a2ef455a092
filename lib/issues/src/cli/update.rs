//! `update`.

use clap::Args;
use oqto_kit::{Ctx, Error, Exit, Result};
use oqto_protocol::error::ErrorKind;

use super::done::Done;
use super::input::text_or_stdin;
use super::open;
use crate::{Kind, Patch, Status};

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
    /// Add a label (repeat for more, or a,b)
    #[arg(long, value_delimiter = ',')]
    label: Vec<String>,
    /// Fields to empty: description, notes, assignee, parent, labels
    #[arg(long, value_delimiter = ',', value_parser = ["description", "notes", "assignee", "parent", "labels"])]
    clear: Vec<String>,
}

impl Update {
    fn is_empty(&self) -> bool {
        let Self { id: _, status, priority, kind, title, description, notes, assignee, parent, label, clear } = self;
        let texts = [title, description, notes, assignee, parent];
        status.is_none()
            && priority.is_none()
            && kind.is_none()
            && texts.iter().all(|text| text.is_none())
            && label.is_empty()
            && clear.is_empty()
    }

    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        if self.is_empty() {
            return Err(Error::new(ErrorKind::InvalidParams, "nothing is told that could change")
                .hint(format!("trx update {} --status in_progress; trx show {0} shows it", self.id)));
        }
        let mut store = open(ctx)?;
        let clears = |field: &str| self.clear.iter().any(|cleared| cleared == field);
        let text = |field: &str, text: Option<String>| -> Result<Option<Option<String>>> {
            if clears(field) { Ok(Some(None)) } else { Ok(text.map(text_or_stdin).transpose()?.map(Some)) }
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
            clear_labels: clears("labels"),
            ..Patch::default()
        };
        let id = store.update(&self.id, &patch)?;
        Done::one(ctx, &store, &id)
    }
}
