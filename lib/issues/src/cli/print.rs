//! How issues are shown.

use oqto_kit::printer::{Page, Report};
use oqto_kit::{Ctx, Exit, Result, Table, escape};
use serde::Serialize;
use serde_json::value::RawValue;

use super::failed;
use crate::store::{Detail, Entry, Resolved};
use crate::{Store, time};

/// Issues one a row.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Rows {
    raw: Vec<Box<RawValue>>,
    #[serde(skip)]
    table: Option<Table>,
}

impl Rows {
    pub(super) fn of(store: &Store, ctx: &Ctx, entries: &[Entry]) -> Result<Self> {
        if ctx.printer().is_json() {
            let resolved = store.resolved().map_err(failed)?;
            let raw = entries.iter().filter_map(|entry| entry.raw(resolved.get(&entry.id))).collect();
            return Ok(Self { raw, table: None });
        }
        let mut table = Table::new(&["ID", "P", "TYPE", "STATUS", "TITLE"]);
        for entry in entries {
            table.row([
                store.short(&entry.id).map_err(failed)?,
                format!("P{}", entry.priority),
                entry.kind.to_string(),
                entry
                    .claim
                    .as_ref()
                    .map_or_else(|| entry.status.to_string(), |(by, _)| format!("{} ({by})", entry.status)),
                entry.title.clone(),
            ]);
        }
        Ok(Self { raw: Vec::new(), table: Some(table) })
    }
}

impl Report for Rows {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        match &self.table {
            Some(table) => page.table(table),
            None => Ok(()),
        }
    }
}

/// One issue with everything.
#[derive(Serialize)]
pub(super) struct Whole {
    #[serde(flatten)]
    resolved: Resolved,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    remarks: Vec<crate::issue::Comment>,
    claim: Option<crate::issue::Claim>,
    #[serde(skip)]
    issue: crate::Issue,
    #[serde(skip)]
    short: String,
}

/// The issue's fields first, then the rest.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Shown {
    raw: Vec<Box<RawValue>>,
    #[serde(skip)]
    wholes: Vec<Whole>,
}

impl Shown {
    pub(super) fn of(store: &Store, details: Vec<Detail>) -> Result<Self> {
        let (mut raw, mut wholes) = (Vec::new(), Vec::new());
        for Detail { issue, resolved } in details {
            let short = store.short(&issue.id).map_err(failed)?;
            let whole = Whole { resolved, remarks: issue.comments.clone(), claim: issue.claim.clone(), issue, short };
            if let (Ok(a), Ok(b)) = (serde_json::to_string(&whole.issue), serde_json::to_string(&whole)) {
                let a = a.strip_suffix('}').unwrap_or(&a);
                let text = format!("{a},{}", b.strip_prefix('{').unwrap_or(&b));
                raw.extend(RawValue::from_string(text).ok());
            }
            wholes.push(whole);
        }
        Ok(Self { raw, wholes })
    }

    pub(super) fn print(&self, ctx: &Ctx) -> Result<Exit> {
        match (&self.raw[..], ctx.printer().is_json()) {
            ([one], true) => ctx.print(&One(one)),
            _ => ctx.print(self),
        }
    }
}

#[derive(Serialize)]
#[serde(transparent)]
struct One<'a>(&'a RawValue);

impl Report for One<'_> {
    fn people(&self, _page: &mut Page<'_>) -> Result<()> {
        Ok(())
    }
}

impl Report for Shown {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        for (number, whole) in self.wholes.iter().enumerate() {
            if number > 0 {
                page.line("")?;
            }
            whole.show(page)?;
        }
        Ok(())
    }
}

impl Whole {
    fn show(&self, page: &mut Page<'_>) -> Result<()> {
        let Self { issue, resolved, short, .. } = self;
        let title = page.styles().bold(&escape::line(&issue.title));
        page.line(format!("{} {title}", escape::line(short)))?;
        page.line(format!("{} · {} · P{}", issue.status, issue.kind, issue.priority))?;
        let mut fact = |name: &str, value: &str| {
            if value.is_empty() { Ok(()) } else { page.line(format!("{name}: {}", escape::line(value))) }
        };
        fact("id", &issue.id)?;
        fact("parent", resolved.parent.as_deref().unwrap_or(""))?;
        fact("blocked by", &resolved.blocked_by.join(", "))?;
        fact("blocks", &resolved.blocks.join(", "))?;
        fact("children", &resolved.children.join(", "))?;
        fact("related", &resolved.related.join(", "))?;
        fact("labels", &issue.labels.join(", "))?;
        fact("assignee", issue.assignee.as_deref().unwrap_or(""))?;
        if let Some(claim) = &issue.claim {
            fact("claimed by", &format!("{} until {}", claim.by, claim.until))?;
        }
        fact("created", &issue.created_at)?;
        fact("updated", &issue.updated_at)?;
        fact("closed", issue.closed_at.as_deref().unwrap_or(""))?;
        fact("reason", issue.close_reason.as_deref().unwrap_or(""))?;
        for text in [&issue.description, &issue.notes].into_iter().flatten() {
            page.line(format!("\n{}", escape::text(text)))?;
        }
        for remark in &issue.comments {
            let author = remark.author.as_deref().unwrap_or("?");
            page.line(format!(
                "\n{} {}\n{}",
                escape::line(author),
                escape::line(&remark.created_at),
                escape::text(&remark.text)
            ))?;
        }
        Ok(())
    }
}

/// Issues that were changed.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Done {
    raw: Vec<Box<RawValue>>,
    #[serde(skip)]
    said: Vec<String>,
}

impl Done {
    pub(super) fn of(store: &Store, ids: &[String]) -> Result<Self> {
        let mut done = Self { raw: Vec::new(), said: Vec::new() };
        for id in ids {
            let issue = store.show(id).map_err(failed)?.issue;
            done.said.push(format!("{} {}", store.short(id).map_err(failed)?, issue.title));
            let text = serde_json::to_string(&issue).ok();
            done.raw.extend(text.and_then(|text| RawValue::from_string(text).ok()));
        }
        Ok(done)
    }

    /// One issue as one object.
    pub(super) fn one(ctx: &Ctx, store: &Store, id: &str) -> Result<Exit> {
        let done = Self::of(store, &[id.to_owned()])?;
        match (&done.raw[..], ctx.printer().is_json()) {
            ([one], true) => ctx.print(&One(one)),
            _ => ctx.print(&done),
        }
    }
}

impl Report for Done {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        self.said.iter().try_for_each(|line| page.line(escape::line(line)))
    }
}

/// A value and what it says to people.
#[derive(Serialize)]
pub(super) struct Told<T> {
    #[serde(flatten)]
    pub(super) value: T,
    #[serde(skip)]
    pub(super) text: String,
}

impl<T: Serialize> Report for Told<T> {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        if self.text.is_empty() { Ok(()) } else { page.line(escape::text(&self.text)) }
    }
}

/// A time on the command line: RFC 3339, a date, or how long ago.
pub(super) fn when(text: &str) -> std::result::Result<i64, String> {
    let ago = |text: &str| -> Option<i64> {
        Some(i64::try_from(jiff::Timestamp::now().as_nanosecond()).ok()? - span(text).ok()?)
    };
    time::nanoseconds(text)
        .or_else(|| time::nanoseconds(&format!("{text}T00:00:00Z")))
        .or_else(|| ago(text))
        .ok_or_else(|| {
            format!("`{text}` is no time; write 2026-11-21, 2026-11-21T09:00:00Z, or how long ago: 30m, 3h, 2d, 1w")
        })
}

/// Nanoseconds of `30m`, `3h`, `2d`, `1w`.
pub(super) fn span(text: &str) -> std::result::Result<i64, String> {
    let wrong = || format!("`{text}` is no time span; write 90s, 30m, 3h, 2d or 1w");
    let (number, unit) = text.split_at_checked(text.len().saturating_sub(1)).ok_or_else(wrong)?;
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        "w" => 604_800,
        _ => return Err(wrong()),
    };
    let number: i64 = number.trim().parse().map_err(|_| wrong())?;
    number.checked_mul(seconds).and_then(|s| s.checked_mul(1_000_000_000)).filter(|span| *span > 0).ok_or_else(wrong)
}
