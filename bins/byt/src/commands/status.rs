//! `byt status`

use std::collections::BTreeMap;

use clap::Args;
use jiff::Timestamp;
use oqto_catalog::stores::Stores;
use oqto_catalog::survey::{Standing, survey};
use oqto_kit::{Ctx, Exit, Page, Report, Result, Table};
use oqto_protocol::error::exit;
use oqto_repo::Git;
use serde::Serialize;

use crate::failure::{failed, warn};
use crate::settings::{Where, Workspace};

/// Show where every repository stands
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  byt status\n  byt --root ~/code status --dirty\n  byt status --stale --json\n\nExit code 1: some of it could not be asked."
)]
pub(crate) struct Status {
    /// Only repositories with changes that are not committed
    #[arg(long)]
    dirty: bool,
    /// Only repositories without a commit for `stale_days`
    #[arg(long)]
    stale: bool,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Row {
    Read {
        #[serde(flatten)]
        standing: Box<Standing>,
        dirty: bool,
        stale: bool,
    },
    Unread {
        error: String,
    },
}

#[derive(Serialize)]
#[serde(transparent)]
struct Matrix(BTreeMap<String, Row>);

impl Report for Matrix {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&[
            "REPOSITORY",
            "BRANCH",
            "STATE",
            "AHEAD",
            "BEHIND",
            "LAST COMMIT",
            "CI",
            "ISSUES",
            "MEMORIES",
        ]);
        for (name, row) in &self.0 {
            match row {
                Row::Unread { error } => table.row([name.as_str(), "", error, "", "", "", "", "", ""]),
                Row::Read { standing, stale, .. } => {
                    let number = |count: Option<u64>| count.map_or_else(|| "-".to_owned(), |count| count.to_string());
                    let branch = standing.branch.clone().unwrap_or_else(|| "(detached)".to_owned());
                    let ci = if standing.ci { "yes" } else { "no" };
                    table.row([
                        name.clone(),
                        branch,
                        state(standing),
                        number(standing.ahead),
                        number(standing.behind),
                        age(standing, *stale),
                        ci.to_owned(),
                        issues(&standing.stores),
                        number(standing.stores.memories),
                    ])
                }
            };
        }
        page.table(&table)
    }
}

impl Matrix {
    fn stores(&self) -> impl Iterator<Item = (&str, &Stores)> {
        self.0.iter().filter_map(|(name, row)| match row {
            Row::Read { standing, .. } => Some((name.as_str(), &standing.stores)),
            Row::Unread { .. } => None,
        })
    }
}

fn state(standing: &Standing) -> String {
    let files = &standing.files;
    let counts = [
        (files.conflicted, "in conflict"),
        (files.staged, "staged"),
        (files.unstaged, "changed"),
        (files.untracked, "untracked"),
    ];
    let said: Vec<_> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    if said.is_empty() { "clean".to_owned() } else { said.join(", ") }
}

/// Open issues, and of these the ones that can be begun.
fn issues(stores: &Stores) -> String {
    match (stores.open_issues, stores.ready_issues) {
        (Some(open), Some(ready)) if ready > 0 => format!("{open} ({ready} ready)"),
        (Some(open), _) => open.to_string(),
        (None, _) => "-".to_owned(),
    }
}

fn age(standing: &Standing, stale: bool) -> String {
    let Some(time) = standing.last_commit.and_then(|time| Timestamp::from_second(time).ok()) else {
        return "-".to_owned();
    };
    let day = time.strftime("%Y-%m-%d");
    if stale { format!("{day} (stale)") } else { day.to_string() }
}

pub(crate) fn run(ctx: &Ctx, place: &Where, args: &Status) -> Result<Exit> {
    let workspace = Workspace::open(ctx, place)?;
    let git = Git::at(".").map_err(|error| failed("cannot ask git", error))?;
    let repositories = workspace.repositories()?;
    let bar = ctx.printer().progress(Some(repositories.len() as u64), "asking");
    let standings = survey(&git, &repositories, &|| bar.inc(1));
    bar.finish_and_clear();
    let oldest = Timestamp::now().as_second() - workspace.settings.stale_days.saturating_mul(86_400);
    let row = |standing: Result<Standing, oqto_repo::GitError>| match standing {
        Ok(standing) => {
            let stale = standing.last_commit.is_some_and(|time| time < oldest);
            Row::Read { dirty: standing.is_dirty(), stale, standing: Box::new(standing) }
        }
        Err(error) => Row::Unread { error: error.to_string() },
    };
    let rows = repositories.into_iter().map(|found| found.name).zip(standings.into_iter().map(row));
    let wanted = |row: &Row| match row {
        Row::Read { dirty, stale, .. } => (*dirty || !args.dirty) && (*stale || !args.stale),
        Row::Unread { .. } => true,
    };
    let matrix = Matrix(rows.filter(|(_, row)| wanted(row)).collect());
    ctx.print(&matrix)?;
    let unread = matrix.0.values().filter(|row| matches!(row, Row::Unread { .. })).count();
    if unread > 0 {
        ctx.note(&format!("{unread} could not be asked"));
    }
    let mut complete = unread == 0;
    for (name, stores) in matrix.stores() {
        warn(ctx, name, &stores.damaged);
        warn(ctx, name, &stores.unread);
        complete &= stores.unread.is_empty();
    }
    Ok(if complete { Exit::DONE } else { Exit::code(exit::FAILED) })
}
