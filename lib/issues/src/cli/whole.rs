//! One issue, with everything.

use oqto_kit::printer::{Page, Report};
use oqto_kit::{Ctx, Exit, Result, escape};
use serde::Serialize;
use serde_json::value::RawValue;

use super::done::One;
use crate::Store;
use crate::store::{Detail, Resolved};

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
            let short = store.short(&issue.id)?;
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
        for (name, value) in &issue.unknown {
            // A text as it is read, anything else as it is written.
            let text = serde_json::from_str::<String>(value.get()).unwrap_or_else(|_| value.get().to_owned());
            let (name, parting) = (escape::line(name), if text.contains('\n') { "\n" } else { " " });
            page.line(format!("\n{name}:{parting}{}", escape::text(text.trim_end())))?;
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
