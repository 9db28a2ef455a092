//! `sync`.

use std::path::Path;

use clap::Args;
use oqto_kit::{Ctx, Error, Exit, OrFail as _, Result, Told};
use oqto_protocol::error::ErrorKind;
use oqto_repo::commit::{Committed, Identity};
use oqto_repo::{Git, GitError};
use serde::Serialize;

use super::open;
use crate::store::FOLDER;

/// Arguments of `sync`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  trx sync -m 'issues of today'\n  trx sync --dry-run\n\nOnly .trx/ is committed; what else is staged stays staged. Nothing to do is success."
)]
pub struct Sync {
    /// The message of the commit
    #[arg(long, short, default_value = "trx: issues")]
    message: String,
    /// Only say what would be committed
    #[arg(long)]
    dry_run: bool,
    /// Put the files in order, and do not commit
    #[arg(long)]
    no_commit: bool,
}

#[derive(Serialize)]
struct Synced {
    committed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    commit: Option<String>,
    changed: Vec<String>,
}

impl Sync {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let mut store = open(ctx)?;
        let root = std::fs::canonicalize(store.folder().parent().unwrap_or(Path::new(".")))
            .or_fail(ErrorKind::Failed, || "cannot find the repository")?;
        if !self.dry_run {
            store.compact()?;
        }
        if self.no_commit {
            return said(ctx, None, Vec::new(), "the files are in order");
        }
        let git = Git::at(root).map_err(failed)?;
        let status = git.status_of([FOLDER]).map_err(failed)?;
        let changed: Vec<String> =
            status.entries.iter().map(|entry| entry.path.to_string_lossy().into_owned()).collect();
        if changed.is_empty() {
            return said(ctx, None, changed, "nothing to do");
        }
        if self.dry_run {
            let text = changed.join("\n");
            return said(ctx, None, changed, &text);
        }
        let name = store.actor();
        let fallback = Identity { name, email: "trx@localhost".into() };
        match git.commit_paths(&[FOLDER], &self.message, &fallback).map_err(failed)? {
            Committed::Nothing => said(ctx, None, Vec::new(), "nothing to do"),
            Committed::Commit(commit) => {
                let text = format!("{} committed, {} files", commit.short(), changed.len());
                said(ctx, Some(commit.as_str().to_owned()), changed, &text)
            }
        }
    }
}

fn said(ctx: &Ctx, commit: Option<String>, changed: Vec<String>, text: &str) -> Result<Exit> {
    ctx.print(&Told { value: Synced { committed: commit.is_some(), commit, changed }, text: text.to_owned() })
}

fn failed(error: GitError) -> Error {
    let (kind, hint) = (error.kind(), error.hint());
    let told = Error::new(kind, "the issues cannot be committed").because(error);
    match hint {
        Some(hint) => told.hint(hint),
        None => told,
    }
}
