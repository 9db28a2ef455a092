//! Issues that were changed.

use oqto_kit::printer::{Page, Report};
use oqto_kit::{Ctx, Exit, Result, escape};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::Store;

/// One value instead of a list of one.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct One<'a>(pub(super) &'a RawValue);

impl Report for One<'_> {
    fn people(&self, _page: &mut Page<'_>) -> Result<()> {
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
            let issue = store.issue(id)?;
            done.said.push(format!("{} {}", store.short(id)?, issue.title));
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
