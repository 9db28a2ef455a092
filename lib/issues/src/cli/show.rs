//! `show`.

use clap::Args;
use oqto_kit::{Ctx, Exit, Result};

use super::open;
use super::whole::Shown;

/// Arguments of `show`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx show trx-k7q2\n  trx show k7q2 --json")]
pub struct Show {
    /// Issues, by id or its beginning
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
}

impl Show {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let store = open(ctx)?;
        let mut found = Vec::new();
        for typed in &self.ids {
            let id = store.resolve(typed)?;
            found.push(store.show(&id)?);
        }
        Shown::of(&store, found)?.print(ctx)
    }
}
