//! `label`.

use clap::Args;
use oqto_kit::{Ctx, Error, Exit, Result};
use oqto_protocol::error::ErrorKind;

use super::done::Done;
use super::open;
use crate::Patch;

/// Arguments of `label`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  trx label k7q2 ui urgent\n  trx label k7q2 ui,urgent\n  trx label k7q2 --remove urgent"
)]
pub struct Label {
    /// The issue
    id: String,
    /// Labels to add
    #[arg(value_delimiter = ',')]
    labels: Vec<String>,
    /// Labels to remove
    #[arg(long, value_delimiter = ',')]
    remove: Vec<String>,
}

impl Label {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        if self.labels.is_empty() && self.remove.is_empty() {
            return Err(
                Error::new(ErrorKind::InvalidParams, "no label is named").hint(format!("trx label {} ui", self.id))
            );
        }
        let mut store = open(ctx)?;
        let patch = Patch { add_labels: self.labels, remove_labels: self.remove, ..Patch::default() };
        let id = store.update(&self.id, &patch)?;
        Done::one(ctx, &store, &id)
    }
}
