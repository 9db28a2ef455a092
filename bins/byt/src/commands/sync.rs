//! `byt sync`

use std::time::{Duration, Instant};

use clap::{Args, Subcommand, ValueEnum};
use oqto_catalog::sync::{self, Created, Follow, Kind, Manner, Options, Synced};
use oqto_catalog::{CatalogError, Found, parallel};
use oqto_kit::{Ctx, Exit, Page, Report, Result, Table, escape};
use oqto_protocol::error::{WireError, exit};
use oqto_repo::Git;
use serde::Serialize;

use super::memory::here;
use crate::failure::failed;
use crate::settings::{Where, Workspace};

/// Carry memories and issues to and from a git remote
///
/// Only the files of `.trx/` and `.mmry/` are carried, line by line, and nothing is ever forced: the index, the work tree
/// and the branch that is checked out stay as they are, so a pipeline can run it in any checkout.
#[derive(Subcommand, Debug)]
pub(crate) enum Sync {
    /// Give the remote what it lacks
    Push(Push),
    /// Add what is missing here
    #[command(after_help = "Examples:\n  byt sync pull\n  byt sync pull --remote origin --json")]
    Pull(With),
    /// Show what each side lacks of the other
    #[command(after_help = "Examples:\n  byt sync status\n  byt sync status --json")]
    Status(With),
}

/// Arguments of `push`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  byt sync push                            to the branch that this one follows
  byt sync push --follow                   on one's own machine
  byt sync push --branch main --json       in a pipeline that stands off a branch
  byt sync push --branch data --create     to a branch of nothing else

Exit codes: 0 done, also with nothing to do, 1 a file was left because it cannot be joined, 3 no remote or branch,
69 unreachable, 75 the branch kept moving, 77 refused, 124 took too long")]
pub(crate) struct Push {
    #[command(flatten)]
    with: With,
    /// The message of the commit
    #[arg(long, short, default_value = "sync: issues and memories")]
    message: String,
    /// Make the branch if the remote lacks it, with nothing but these files
    #[arg(long)]
    create: bool,
    /// Move the branch that is checked out along, where it stood at the remote's commit, so that a later `git pull` finds
    /// nothing in its way
    #[arg(long)]
    follow: bool,
}

/// With whom, and what.
#[derive(Args, Debug)]
pub(crate) struct With {
    /// The remote's name or URL [default: that of the branch, else origin, else the only one]
    #[arg(long, value_name = "REMOTE")]
    remote: Option<String>,
    /// The branch of the remote [default: what this branch follows; off a branch the remote's own]
    #[arg(long, value_name = "BRANCH")]
    branch: Option<String>,
    /// Carry only this
    #[arg(long, value_enum)]
    only: Option<Only>,
    /// Every repository below the roots [default: the one that one stands in]
    #[arg(long, short, conflicts_with = "repo")]
    all: bool,
    /// This repository (repeatable)
    #[arg(long, value_name = "NAME")]
    repo: Vec<String>,
    /// Give up after so many seconds
    #[arg(long, default_value_t = 120, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    timeout: u64,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
enum Only {
    /// `.trx/`
    Issues,
    /// `.mmry/`
    Memories,
}

#[derive(Serialize)]
struct Outcome {
    repository: String,
    #[serde(flatten)]
    came: Came,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Came {
    Done(Synced),
    Failed { error: WireError },
}

#[derive(Serialize)]
#[serde(transparent)]
struct Outcomes {
    rows: Vec<Outcome>,
    #[serde(skip)]
    verb: Verb,
}

#[derive(Clone, Copy)]
enum Verb {
    Push,
    Pull,
    Status,
}

impl Report for Outcomes {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["REPOSITORY", "FILE", "WHAT"]);
        for row in &self.rows {
            let synced = match &row.came {
                Came::Done(synced) => synced,
                Came::Failed { error } => {
                    table.row([row.repository.as_str(), "", &error.message]);
                    continue;
                }
            };
            if synced.files.is_empty() && synced.conflicts.is_empty() {
                table.row([row.repository.as_str(), "", if synced.changed { "sent" } else { "nothing to do" }]);
            }
            for file in &synced.files {
                let path = file.path.display().to_string();
                table.row([row.repository.as_str(), &path, &self.verb.said(file.ahead, file.behind)]);
            }
            for conflict in &synced.conflicts {
                let path = conflict.path.display().to_string();
                table.row([row.repository.as_str(), &path, &format!("left as it is: {}", conflict.why)]);
            }
        }
        page.table(&table)
    }
}

impl Verb {
    fn said(self, ahead: usize, behind: usize) -> String {
        match self {
            Self::Push => format!("{ahead} sent"),
            Self::Pull => format!("{behind} added"),
            Self::Status => format!("{ahead} to push, {behind} to pull"),
        }
    }
}

pub(crate) fn run(ctx: &Ctx, place: &Where, command: Sync) -> Result<Exit> {
    match command {
        Sync::Push(args) => {
            let manner = Manner {
                created: if args.create { Created::IfMissing } else { Created::Never },
                follow: if args.follow { Follow::Yes } else { Follow::No },
                message: args.message,
            };
            each(ctx, place, &args.with, Verb::Push, |git, found, options| {
                sync::push(git, &found.place, options, &manner)
            })
        }
        Sync::Pull(with) => {
            each(ctx, place, &with, Verb::Pull, |git, found, options| sync::pull(git, &found.place, options))
        }
        Sync::Status(with) => {
            each(ctx, place, &with, Verb::Status, |git, found, options| sync::status(git, &found.place, options))
        }
    }
}

type Done = Result<Synced, CatalogError>;

fn each(
    ctx: &Ctx,
    place: &Where,
    with: &With,
    verb: Verb,
    work: impl Fn(&Git, &Found, &Options) -> Done + std::marker::Sync,
) -> Result<Exit> {
    let git = Git::at(".").map_err(|error| failed("cannot ask git", error))?;
    let kinds = match with.only {
        None => Kind::ALL.to_vec(),
        Some(Only::Issues) => vec![Kind::Issues],
        Some(Only::Memories) => vec![Kind::Memories],
    };
    let options = || {
        let until = Instant::now() + Duration::from_secs(with.timeout);
        Options { remote: with.remote.clone(), branch: with.branch.clone(), kinds: kinds.clone(), until }
    };
    let words = match verb {
        Verb::Push => "cannot push issues and memories",
        Verb::Pull => "cannot pull issues and memories",
        Verb::Status => "cannot compare issues and memories",
    };
    if !with.all && with.repo.is_empty() {
        let found = here()?;
        let synced = work(&git, &found, &options()).map_err(|error| failed(words, error))?;
        return finish(ctx, verb, vec![Outcome { repository: found.name, came: Came::Done(synced) }]);
    }
    let repositories = Workspace::open(ctx, place)?.named(&with.repo)?;
    let bar = ctx.printer().progress(Some(repositories.len() as u64), "carrying");
    let done = parallel::map(&repositories, |found| work(&git, found, &options()), &|| bar.inc(1));
    let outcome = |(found, done): (Found, Done)| {
        let came = match done {
            Ok(synced) => Came::Done(synced),
            Err(error) => Came::Failed { error: failed(words, error).to_wire() },
        };
        Outcome { repository: found.name, came }
    };
    let rows = repositories.into_iter().zip(done).map(outcome).collect();
    bar.finish_and_clear();
    finish(ctx, verb, rows)
}

fn finish(ctx: &Ctx, verb: Verb, rows: Vec<Outcome>) -> Result<Exit> {
    let code = |row: &Outcome| match &row.came {
        Came::Done(synced) if synced.conflicts.is_empty() => exit::DONE,
        Came::Done(_) => exit::FAILED,
        Came::Failed { error } => error.code.exit_code(),
    };
    let codes: Vec<u8> = rows.iter().map(code).filter(|code| *code != exit::DONE).collect();
    for (row, path) in rows.iter().flat_map(|row| ignored(row).iter().map(move |path| (row, path))) {
        let text = format!("{}: {} is ignored by git and stays here", row.repository, path.display());
        ctx.note(&escape::line(&text));
    }
    ctx.print(&Outcomes { rows, verb })?;
    // One reason is told; of several, that something failed.
    let same = |first: u8| if codes.iter().all(|code| *code == first) { first } else { exit::FAILED };
    Ok(codes.first().map_or(Exit::DONE, |first| Exit::code(same(*first))))
}

fn ignored(row: &Outcome) -> &[std::path::PathBuf] {
    match &row.came {
        Came::Done(synced) => &synced.ignored,
        Came::Failed { .. } => &[],
    }
}
