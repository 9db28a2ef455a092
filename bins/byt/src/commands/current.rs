//! `byt current`

use clap::Args;
use oqto_kit::{Ctx, Error, Exit, Page, Report, Result, Table};
use oqto_protocol::error::ErrorKind;
use oqto_repo::{Git, locate};
use serde::Serialize;
use std::path::{Path, PathBuf};

use crate::failure::failed;

/// Show the repository that one stands in
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  byt current\n  byt -C ~/code/api current --json\n\nExit code 3: this folder is in no repository."
)]
pub(crate) struct Current {}

#[derive(Serialize)]
struct Shown {
    root: PathBuf,
    branch: Option<String>,
    remote: Option<String>,
    root_commit: Option<String>,
    linked: bool,
    bare: bool,
}

impl Report for Shown {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["WHAT", "VALUE"]);
        table.row(["root", &self.root.display().to_string()]);
        table.row(["branch", self.branch.as_deref().unwrap_or("(detached)")]);
        table.row(["remote", self.remote.as_deref().unwrap_or("-")]);
        table.row(["root commit", self.root_commit.as_deref().unwrap_or("-")]);
        page.table(&table)
    }
}

pub(crate) fn run(ctx: &Ctx, _: &Current) -> Result<Exit> {
    let Some(place) = locate(Path::new(".")) else {
        return Err(Error::new(ErrorKind::NotFound, "this folder is not in a git repository")
            .hint("git init, or name a repository with -C"));
    };
    let git = Git::at(place.root()).map_err(|error| failed("cannot ask git", error))?;
    let ask = || {
        let name = git.default_remote()?;
        let remote = git.remotes()?.into_iter().find(|remote| Some(&remote.name) == name.as_ref());
        Ok(Shown {
            root: place.root().to_owned(),
            branch: git.branch()?,
            remote: remote.map(|remote| remote.url),
            root_commit: git.root_commit()?.map(|oid| oid.to_string()),
            linked: place.is_linked(),
            bare: place.work_tree.is_none(),
        })
    };
    ctx.print(&ask().map_err(|error: oqto_repo::GitError| failed("cannot look at this repository", error))?)
}
