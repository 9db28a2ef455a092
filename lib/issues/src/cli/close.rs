//! `close`.

use clap::Args;
use oqto_kit::{Ctx, Exit, Result, escape};

use super::done::Done;
use super::open;
use crate::store::Query;

/// Arguments of `close`: all of the issues or none.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx close k7q2 m0ab --reason 'released in 1.2'")]
pub struct Close {
    /// Issues, by id or its beginning
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// Why
    #[arg(long, short)]
    reason: Option<String>,
}

impl Close {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let mut store = open(ctx)?;
        let ids = store.close(&self.ids, self.reason.as_deref())?;
        for id in &ids {
            let open = store.list(&Query { below: Some(id.clone()), ..Query::default() })?;
            if let Some(first) = open.first() {
                let (short, first) = (store.short(id)?, store.short(&first.id)?);
                let told = match open.len() {
                    1 => format!("{first} below {short} is open still"),
                    many => format!("{many} issues below {short} are open still: `list --epic {short}` lists them"),
                };
                ctx.note(&escape::line(&told));
            }
        }
        ctx.print(&Done::of(&store, &ids)?)
    }
}
