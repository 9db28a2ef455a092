//! One memory with everything.

use clap::Args;
use oqto_kit::printer::{Page, Report};
use oqto_kit::{Ctx, Error, Exit, Result, escape};
use serde::Serialize;
use serde_json::Value;

use super::failed;
use super::stores::{Which, here, open_all};
use crate::entry::{Entry, author};
use crate::error::MemoryError;
use crate::event::{Event, Kind};

/// Arguments of `show`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  agntz memory show 3f2a91c0\n  agntz memory show 3f2a91c0 --all --json")]
pub struct Show {
    /// The memories; the beginnings of their ids are enough
    #[arg(required = true)]
    ids: Vec<String>,
    #[command(flatten)]
    which: Which,
}

#[derive(Serialize)]
struct Whole {
    #[serde(flatten)]
    entry: Entry,
    history: Vec<Change>,
}

/// One of the things that happened to it.
#[derive(Serialize)]
struct Change {
    ts: String,
    what: Kind,
    author: Option<String>,
    session: Option<String>,
    model: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<String>,
}

impl Change {
    fn of(event: Event) -> Self {
        let told = |key: &str| event.agent_ctx.get(key).and_then(Value::as_str).map(str::to_owned);
        Self {
            author: author(&event.agent_ctx),
            session: told("platform_session_id").or_else(|| told("harness_session_id")),
            model: told("model"),
            ts: event.ts,
            what: event.kind,
            reason: event.reason.filter(|reason| !reason.is_empty()),
            content: event.content,
        }
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum Shown {
    One(Box<Whole>),
    Several(Vec<Whole>),
}

impl Show {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let stores = open_all(ctx, self.which.places(ctx, &here(ctx)?.places)?)?;
        let mut wholes = Vec::new();
        for id in &self.ids {
            wholes.push(find(&stores, id).map_err(|error| hinted(error, &self.which))?);
        }
        let shown = match wholes.pop() {
            Some(one) if wholes.is_empty() => Shown::One(Box::new(one)),
            last => Shown::Several(wholes.into_iter().chain(last).collect()),
        };
        ctx.print(&shown)
    }
}

fn hinted(error: MemoryError, which: &Which) -> Error {
    let missing = matches!(error, MemoryError::NotFound(_));
    let told = failed(error);
    if missing && !which.is_all() { told.hint("agntz memory show ID --all looks in every store") } else { told }
}

fn find(stores: &crate::across::Stores, id: &str) -> std::result::Result<Whole, MemoryError> {
    let mut missing = MemoryError::NotFound(id.into());
    for (place, store) in &stores.open {
        match store.get(id) {
            Ok(memory) => {
                let history = store.history(&memory.memory_id)?.into_iter().map(Change::of).collect();
                return Ok(Whole { entry: Entry::new(memory, place), history });
            }
            Err(error @ MemoryError::NotFound(_)) => missing = error,
            Err(error) => return Err(error),
        }
    }
    Err(missing)
}

impl Report for Shown {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        match self {
            Self::One(whole) => whole.show(page),
            Self::Several(wholes) => wholes.iter().enumerate().try_for_each(|(number, whole)| {
                if number > 0 {
                    page.line("")?;
                }
                whole.show(page)
            }),
        }
    }
}

impl Whole {
    fn show(&self, page: &mut Page<'_>) -> Result<()> {
        let Entry { memory, repo, author, removed, .. } = &self.entry;
        let id = page.styles().bold(&escape::line(&memory.memory_id));
        page.line(id)?;
        let mut fact = |name: &str, value: &str| {
            if value.is_empty() { Ok(()) } else { page.line(format!("{name}: {}", escape::line(value))) }
        };
        fact("removed", if *removed { "yes" } else { "" })?;
        fact("contested", if memory.contested { "yes: two changed it without knowing of each other" } else { "" })?;
        fact("category", memory.category.as_deref().unwrap_or(""))?;
        fact("importance", &memory.importance.to_string())?;
        fact("type", &memory.memory_type)?;
        fact("tags", &memory.tags.join(", "))?;
        fact("store", repo)?;
        fact("author", author.as_deref().unwrap_or(""))?;
        let told = |key: &str| memory.agent_ctx.get(key).and_then(Value::as_str).unwrap_or("");
        fact("session", told("platform_session_id"))?;
        fact("model", told("model"))?;
        fact("created", &memory.created_at)?;
        fact("updated", &memory.updated_at)?;
        fact("expires", memory.expires_at.as_deref().unwrap_or(""))?;
        fact("machine", memory.machine.as_deref().unwrap_or(""))?;
        fact("source", memory.source.as_deref().unwrap_or(""))?;
        fact("why", memory.why.as_deref().unwrap_or(""))?;
        fact("revision", &memory.revision.to_string())?;
        page.line(format!("\n{}\n", escape::text(&memory.content)))?;
        for Change { ts, what, author, reason, .. } in &self.history {
            let what = match what {
                Kind::Add => "made",
                Kind::Supersede => "changed",
                Kind::Deprecate => "removed",
            };
            let by = author.as_deref().map(|by| format!(" by {}", escape::line(by))).unwrap_or_default();
            let why = reason.as_deref().map(|why| format!(": {}", escape::line(why))).unwrap_or_default();
            page.line(format!("{} {what}{by}{why}", escape::line(ts)))?;
        }
        Ok(())
    }
}
