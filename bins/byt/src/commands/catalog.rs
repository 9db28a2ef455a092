//! `byt catalog`

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Subcommand;
use oqto_catalog::Catalog as File;
use oqto_catalog::catalog::{Entry, Unread};
use oqto_kit::{Ctx, Error, Exit, OrFail as _, Page, Report, Result, Table};
use oqto_protocol::error::{ErrorKind, exit};
use oqto_repo::Git;
use serde::Serialize;

use crate::failure::failed;
use crate::settings::{Where, Workspace};

/// Keep a list of what is known of every repository
#[derive(Subcommand, Debug)]
pub(crate) enum Catalog {
    /// Look at every repository and write the catalog anew
    #[command(after_help = "Examples:\n  byt catalog refresh\n  byt --root ~/code catalog refresh --json")]
    Refresh,
    /// List the catalog
    #[command(after_help = "Examples:\n  byt catalog list\n  byt catalog list --json | jq -r '.ok | keys[]'")]
    List,
    /// Show one repository of the catalog
    #[command(after_help = "Examples:\n  byt catalog show api\n  byt catalog show api --json")]
    Show {
        /// Its name, as `list` shows it
        name: String,
    },
}

#[derive(Serialize)]
struct Refreshed {
    catalog: PathBuf,
    repositories: usize,
    unread: Vec<Unread>,
}

impl Report for Refreshed {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["NOT READ", "WHY"]);
        for unread in &self.unread {
            table.row([&unread.name, &unread.why]);
        }
        page.table(&table)?;
        let path = self.catalog.display().to_string();
        page.line(format!("{} repositories in {}", self.repositories, oqto_kit::escape::line(&path)))
    }
}

#[derive(Serialize)]
#[serde(transparent)]
struct Listed(BTreeMap<String, Entry>);

impl Report for Listed {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table =
            Table::new(&["REPOSITORY", "LANGUAGE", "STATUS", "LAST COMMIT", "ISSUES", "MEMORIES", "DESCRIPTION"]);
        for (name, entry) in &self.0 {
            let language = entry.facts.languages.first().map_or("-", String::as_str);
            let day = entry.last_commit.as_deref().and_then(|time| time.get(..10)).unwrap_or("-");
            let [issues, memories] = [entry.open_issues, entry.memories].map(count);
            let description = &entry.facts.description;
            table.row([name.as_str(), language, &entry.status, day, &issues, &memories, description]);
        }
        page.table(&table)
    }
}

#[derive(Serialize)]
#[serde(transparent)]
struct Shown(Entry);

impl Report for Shown {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let Entry { path, facts, branch, remote, last_commit, status, .. } = &self.0;
        let mut table = Table::new(&["WHAT", "VALUE"]);
        table.row(["path", path]).row(["description", &facts.description]);
        table.row(["languages", &facts.languages.join(", ")]).row(["status", status]);
        table.row(["branch", branch.as_deref().unwrap_or("-")]).row(["remote", remote.as_deref().unwrap_or("-")]);
        table.row(["last commit", last_commit.as_deref().unwrap_or("-")]);
        table.row(["bytes", &facts.size.to_string()]);
        table.row(["open issues", &count(self.0.open_issues)]);
        table.row(["memories", &count(self.0.memories)]);
        page.table(&table)
    }
}

fn count(number: Option<u64>) -> String {
    number.map_or_else(|| "-".to_owned(), |number| number.to_string())
}

pub(crate) fn run(ctx: &Ctx, place: &Where, command: &Catalog) -> Result<Exit> {
    let workspace = Workspace::open(ctx, place)?;
    match command {
        Catalog::Refresh => refresh(ctx, &workspace),
        Catalog::List => ctx.print(&Listed(read(&workspace)?.repos)),
        Catalog::Show { name } => {
            let unknown = || {
                Error::new(ErrorKind::NotFound, format!("the catalog has no repository {name}"))
                    .hint("byt catalog list")
            };
            ctx.print(&Shown(read(&workspace)?.repos.remove(name).ok_or_else(unknown)?))
        }
    }
}

fn read(workspace: &Workspace) -> Result<File> {
    let read = File::read(&workspace.catalog).map_err(|error| failed("cannot read the catalog", error))?;
    read.ok_or_else(|| {
        let what = format!("there is no catalog {}", workspace.catalog.display());
        Error::new(ErrorKind::NotFound, what).hint("byt catalog refresh")
    })
}

fn refresh(ctx: &Ctx, workspace: &Workspace) -> Result<Exit> {
    let git = Git::at(".").map_err(|error| failed("cannot ask git", error))?;
    let before = File::read(&workspace.catalog).map_err(|error| failed("cannot read the old catalog", error))?;
    let mut catalog = before.clone().unwrap_or_default();
    let repositories = workspace.repositories()?;
    let bar = ctx.printer().progress(Some(repositories.len() as u64), "looking");
    let unread = catalog.refresh(&git, &repositories, &|| bar.inc(1));
    bar.finish_and_clear();
    // What has not changed is not written, so that nothing that watches the file wakes up.
    if before.as_ref() != Some(&catalog) {
        catalog
            .write(&workspace.catalog)
            .or_fail(ErrorKind::Failed, || format!("cannot write {}", workspace.catalog.display()))?;
    }
    let code = if unread.is_empty() { Exit::DONE } else { Exit::code(exit::FAILED) };
    ctx.print(&Refreshed { catalog: workspace.catalog.clone(), repositories: catalog.repos.len(), unread })?;
    Ok(code)
}
