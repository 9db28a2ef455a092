//! `byt release`

use clap::{Args, Subcommand};
use oqto_catalog::release::plan::Step;
use oqto_catalog::release::{self, Plan};
use oqto_kit::{Ctx, Exit, Page, Report, Result, Table};
use oqto_protocol::error::exit;
use oqto_repo::Git;
use serde::Serialize;

use crate::failure::failed;
use crate::settings::{Where, Workspace};

/// Plan and check releases; nothing is published, and no tag is set
#[derive(Subcommand, Debug)]
pub(crate) enum Release {
    /// Say what each repository would release next, and what is to be done for it
    ///
    /// How much a version rises is read from the words that commits begin with: `feat:`, `fix:`, and `!` for what breaks.
    /// Repositories come after those they need.
    Plan(Which),
    /// Check that manifests, changelogs, tags and the repositories' needs of each other agree
    Check(Which),
}

/// Which repositories.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  byt release plan
  byt release check --repo api --repo web --json

Exit codes: 0 all agree, 1 they do not")]
pub(crate) struct Which {
    /// Only this repository (repeatable)
    #[arg(long, value_name = "NAME")]
    repo: Vec<String>,
}

#[derive(Serialize)]
#[serde(transparent)]
struct Planned(Plan);

impl Report for Planned {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["REPOSITORY", "TAGGED", "COMMITS", "NEXT", "TO DO"]);
        for Step { state, next, steps, .. } in &self.0.repositories {
            let [tagged, next] =
                [&state.tagged, next].map(|v| v.as_ref().map_or_else(|| "-".into(), ToString::to_string));
            table.row([&state.repository, &tagged, &state.commits.to_string(), &next, &steps.join("; ")]);
        }
        page.table(&table)
    }
}

#[derive(Serialize)]
struct Checked {
    agrees: bool,
    repositories: usize,
    faults: Vec<Fault>,
}

#[derive(Serialize)]
struct Fault {
    repository: String,
    fault: String,
}

impl Report for Checked {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["REPOSITORY", "WHAT DOES NOT AGREE"]);
        for fault in &self.faults {
            table.row([&fault.repository, &fault.fault]);
        }
        page.table(&table)
    }
}

pub(crate) fn run(ctx: &Ctx, place: &Where, command: &Release) -> Result<Exit> {
    match command {
        Release::Plan(which) => {
            let plan = plan(ctx, place, which)?;
            let faults = faults(&plan);
            let told = nothing_to_do(&plan);
            ctx.print(&Planned(plan))?;
            if let Some(told) = told {
                ctx.note(told);
            }
            for fault in &faults {
                let text = format!("{}: {}", fault.repository, fault.fault);
                ctx.note(&oqto_kit::escape::line(&text));
            }
            Ok(code(faults.is_empty()))
        }
        Release::Check(which) => {
            let plan = plan(ctx, place, which)?;
            let (agrees, repositories) = (plan.agrees(), plan.repositories.len());
            ctx.print(&Checked { agrees, repositories, faults: faults(&plan) })?;
            ctx.note(&format!("{repositories} repositories with a version"));
            Ok(code(agrees))
        }
    }
}

/// What to say where a plan has nothing to release.
fn nothing_to_do(plan: &Plan) -> Option<&'static str> {
    if plan.repositories.is_empty() {
        return Some(
            "no repository here has a version: none has a Cargo.toml, package.json or pyproject.toml with one",
        );
    }
    let waits = plan.repositories.iter().any(|step| step.next.is_some());
    (!waits).then_some("nothing is to be released: there are no commits that raise a version since the last tags")
}

fn code(agrees: bool) -> Exit {
    if agrees { Exit::DONE } else { Exit::code(exit::FAILED) }
}

fn plan(ctx: &Ctx, place: &Where, which: &Which) -> Result<Plan> {
    let workspace = Workspace::open(ctx, place)?;
    let git = Git::at(".").map_err(|error| failed("cannot ask git", error))?;
    let repositories = workspace.named(&which.repo)?;
    let bar = ctx.printer().progress(Some(repositories.len() as u64), "reading");
    let plan = release::plan(&git, &repositories, &workspace.settings.release, &|| bar.inc(1));
    bar.finish_and_clear();
    Ok(plan)
}

fn faults(plan: &Plan) -> Vec<Fault> {
    let of_state = plan.repositories.iter().flat_map(|step| {
        let fault = |fault: &String| Fault { repository: step.state.repository.clone(), fault: fault.clone() };
        step.state.faults.iter().map(fault)
    });
    let unread = plan.unread.iter().map(|unread| Fault { repository: unread.name.clone(), fault: unread.why.clone() });
    of_state.chain(unread).collect()
}
