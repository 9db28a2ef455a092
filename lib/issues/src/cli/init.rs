//! `init`.

use std::collections::BTreeMap;
use std::path::Path;

use clap::Args;
use oqto_kit::{Ctx, Exit, Result};

use super::told::Told;
use crate::Store;

/// Arguments of `init`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx init --prefix app")]
pub struct Init {
    /// What ids begin with
    #[arg(long, default_value = "trx")]
    prefix: String,
}

impl Init {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let store = Store::init(Path::new("."), &self.prefix)?;
        let value = BTreeMap::from([("folder", store.folder().display().to_string()), ("prefix", self.prefix)]);
        ctx.print(&Told { value, text: format!("made {}; git joins its files line by line", store.folder().display()) })
    }
}
