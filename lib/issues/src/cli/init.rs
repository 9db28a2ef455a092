//! `init`.

use std::path::Path;

use clap::Args;
use oqto_kit::{Ctx, Error, Exit, Result, Told, escape};
use oqto_protocol::error::ErrorKind;
use serde::Serialize;

use crate::{IssueError, Store};

/// Arguments of `init`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  trx init\n  trx init --prefix app\n\nWhere there is a store already, nothing is changed, and that is success."
)]
pub struct Init {
    /// What ids begin with [default: trx]
    #[arg(long)]
    prefix: Option<String>,
}

#[derive(Serialize)]
struct Made {
    folder: String,
    prefix: String,
    /// Whether it was made just now.
    made: bool,
}

impl Init {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        if oqto_repo::locate(Path::new(".")).is_some_and(|place| place.work_tree.is_none()) {
            return Err(Error::new(ErrorKind::Unsupported, "a bare repository keeps no issues, only its branches do")
                .hint("git clone it, or git worktree add, and make the store there"));
        }
        let prefix = self.prefix.as_deref().unwrap_or("trx");
        let (store, made) = match Store::init(Path::new("."), prefix) {
            Ok(store) => (store, true),
            Err(IssueError::StoreExists { path }) => (Store::open(&path)?, false),
            Err(error) => return Err(error.into()),
        };
        let folder = store.folder().display().to_string();
        let text = match made {
            true => format!("made {folder}; git joins its files line by line"),
            false => format!("{folder} is there already"),
        };
        let there = store.config().prefix.clone();
        if let Some(wanted) = self.prefix.filter(|wanted| !made && *wanted != there) {
            let told = format!("its ids go on beginning with {there}; `config set prefix {wanted}` changes that");
            ctx.note(&escape::line(&told));
        }
        ctx.print(&Told { value: Made { folder, prefix: there, made }, text })
    }
}
