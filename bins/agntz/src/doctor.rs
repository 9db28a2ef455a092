//! `agntz doctor`: whether everything that this program uses is there and whole.

use std::path::Path;

use clap::Args;
use oqto_issues::IssueError;
use oqto_kit::{Ctx, Exit, Page, Report, Result, Table};
use oqto_mail::store::Store;
use oqto_repo::Git;
use serde::Serialize;

use crate::init;
use crate::place::{Place, Who};

/// Arguments of `doctor`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  agntz doctor\n  agntz doctor --fix\n  agntz doctor --json\n\nExit codes: 0 nothing is broken (something may be missing), 1 something is."
)]
pub(crate) struct Doctor {
    /// Move lines of issues and memories that no program can read into files beside
    #[arg(long, alias = "mend")]
    fix: bool,
    #[command(flatten)]
    who: Who,
}

/// How one thing is.
#[derive(Serialize, Debug, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Health {
    /// As it should be.
    Ok,
    /// Not there, which may be meant so.
    Missing,
    /// Broken.
    Bad,
}

/// One thing that was looked at.
#[derive(Serialize, Debug)]
struct Check {
    what: &'static str,
    health: Health,
    detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

impl Check {
    fn new(what: &'static str, health: Health, detail: impl Into<String>) -> Self {
        Self { what, health, detail: detail.into(), hint: None }
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

#[derive(Serialize)]
struct Checks {
    checks: Vec<Check>,
}

impl Report for Checks {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["WHAT", "", "DETAIL", "TO DO"]);
        for check in &self.checks {
            let word = match check.health {
                Health::Ok => "ok",
                Health::Missing => "missing",
                Health::Bad => "BAD",
            };
            table.row([
                check.what.to_owned(),
                word.to_owned(),
                check.detail.clone(),
                check.hint.clone().unwrap_or_default(),
            ]);
        }
        page.table(&table)
    }
}

impl Doctor {
    pub(crate) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let place = self.who.place(ctx)?;
        if self.fix {
            fix(ctx)?;
        }
        let checks = vec![
            identity(&place),
            workspace(&place),
            mail(&place.store),
            issues(),
            memories(ctx)?,
            git(&place),
            section(),
            history(ctx)?,
        ];
        let broken = checks.iter().any(|check| check.health == Health::Bad);
        ctx.print(&Checks { checks })?;
        Ok(if broken { Exit::code(1) } else { Exit::DONE })
    }
}

/// Mends the stores of this workspace; what cannot be mended is among the checks then.
fn fix(ctx: &Ctx) -> Result<()> {
    let mut moved = Vec::new();
    match oqto_issues::Store::discover(Path::new(".")) {
        Ok(mut store) => moved.extend(store.mend()?),
        Err(IssueError::NoStore { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    let place = oqto_memory::cli::here(ctx)?.places.workspace();
    if place.exists() {
        let store = oqto_memory::Store::open(&place.ledger, Default::default());
        moved.extend(store.and_then(|mut store| store.mend()).map_err(oqto_memory::cli::failed)?);
    }
    for one in moved {
        let told = format!("moved {} lines from {} to {}", one.lines, one.file.display(), one.aside.display());
        ctx.note(&oqto_kit::escape::line(&told));
    }
    Ok(())
}

fn identity(place: &Place) -> Check {
    let name = place.actor.name.shown();
    if place.actor.context.actor().is_some() {
        return Check::new("you", Health::Ok, format!("{name}, as the environment says"));
    }
    Check::new("you", Health::Ok, format!("{name}, who is logged in"))
        .hint("an agent has a name of its own with AGENT_CTX_AGENT_ADDRESS, or --as NAME")
}

fn workspace(place: &Place) -> Check {
    Check::new("workspace", Health::Ok, place.workspace.key())
}

fn mail(store: &Store) -> Check {
    let file = store.path().display().to_string();
    if !store.exists() {
        return Check::new("mail", Health::Missing, file).hint("it is made with the first mail or reservation");
    }
    match store.check() {
        Ok(complaints) if complaints.is_empty() => Check::new("mail", Health::Ok, file),
        Ok(complaints) => Check::new("mail", Health::Bad, format!("{file}: {}", complaints.join("; "))),
        Err(error) => {
            Check::new("mail", Health::Bad, oqto_kit::Error::new(error.kind(), file).because(error).message())
        }
    }
}

fn issues() -> Check {
    let store = match oqto_issues::Store::discover(Path::new(".")) {
        Ok(store) => store,
        Err(IssueError::NoStore { .. }) => {
            return Check::new("issues", Health::Missing, "no .trx here").hint("agntz issues init");
        }
        Err(error) => return Check::new("issues", Health::Bad, error.to_string()),
    };
    let folder = store.folder().display().to_string();
    match store.damage() {
        Ok(damage) if damage.is_empty() => Check::new("issues", Health::Ok, folder),
        Ok(damage) => {
            let lines: Vec<String> = damage.iter().take(3).map(ToString::to_string).collect();
            Check::new("issues", Health::Bad, format!("{} bad lines: {}", damage.len(), lines.join("; ")))
                .hint("the rest works; agntz issues doctor lists them, agntz doctor --fix moves what no program can read aside")
        }
        Err(error) => Check::new("issues", Health::Bad, format!("{folder}: {error}")),
    }
}

fn memories(ctx: &Ctx) -> Result<Check> {
    let place = oqto_memory::cli::here(ctx)?.places.workspace();
    let shown = place.ledger.display().to_string();
    if !place.exists() {
        return Ok(
            Check::new("memories", Health::Missing, shown).hint("it is made with the first memory: agntz memory add")
        );
    }
    let damage = oqto_memory::Store::open(&place.ledger, Default::default()).and_then(|store| store.damage());
    Ok(match damage {
        Ok(damage) if damage.is_empty() => Check::new("memories", Health::Ok, shown),
        Ok(damage) => {
            let lines: Vec<String> = damage.iter().take(3).map(ToString::to_string).collect();
            Check::new("memories", Health::Bad, format!("{} bad lines: {}", damage.len(), lines.join("; ")))
                .hint("the rest works; agntz memory stats lists them, agntz doctor --fix moves what no program can read aside")
        }
        Err(error) => Check::new("memories", Health::Bad, format!("{shown}: {error}")),
    })
}

fn git(place: &Place) -> Check {
    match Git::at(&place.directory).and_then(|git| git.top_level()) {
        Ok(root) => Check::new("git", Health::Ok, root.display().to_string()),
        Err(error) => {
            let check = Check::new("git", Health::Missing, error.to_string());
            match error.hint() {
                Some(hint) => check.hint(hint),
                None => check,
            }
        }
    }
}

fn section() -> Check {
    let file = match init::agents_file() {
        Ok(file) => file,
        Err(error) => return Check::new("AGENTS.md", Health::Bad, error.message()),
    };
    let shown = file.display().to_string();
    match init::state(&file) {
        Ok(init::Section::Current) => Check::new("AGENTS.md", Health::Ok, shown),
        Ok(init::Section::Old) => {
            Check::new("AGENTS.md", Health::Missing, format!("{shown} is of another version")).hint("agntz init")
        }
        Ok(init::Section::Missing) => {
            Check::new("AGENTS.md", Health::Missing, format!("{shown} does not tell of agntz")).hint("agntz init")
        }
        Ok(init::Section::Broken) => {
            Check::new("AGENTS.md", Health::Bad, format!("{shown}: a mark of the section is missing"))
        }
        Err(error) => Check::new("AGENTS.md", Health::Bad, error.message()),
    }
}

fn history(ctx: &Ctx) -> Result<Check> {
    let database = ctx.dirs()?.hstry_db();
    let shown = database.display().to_string();
    if !database.exists() {
        return Ok(Check::new("history", Health::Missing, shown).hint("hstry serve"));
    }
    Ok(match oqto_history::Reader::open(&database) {
        Ok(_) => Check::new("history", Health::Ok, shown),
        Err(error) => Check::new("history", Health::Bad, format!("{shown}: {error}")).hint("hstry verify"),
    })
}
