//! A value, and what it says to people.

use oqto_kit::printer::{Page, Report};
use oqto_kit::{Result, escape};
use serde::Serialize;

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
