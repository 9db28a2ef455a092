//! `agntz reservations`

use clap::{Args, Subcommand};
use oqto_kit::{Ctx, Error, Exit, Page, Report, Result, escape};
use oqto_mail::glob::Glob;
use oqto_mail::reservation::{Conflict, Mode, Reservation};
use oqto_protocol::error::{ErrorKind, exit};
use oqto_repo::Git;
use serde::Serialize;

use super::{Held, patterns};
use crate::failure::{failed, of_git};
use crate::place::{Place, Who};

/// Arguments of `reservations`.
#[derive(Args, Debug)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  agntz reservations\n  agntz reservations list --everywhere --json\n  agntz reservations check src/auth.rs\n  agntz reservations check --staged    # in .git/hooks/pre-commit"
)]
pub(crate) struct Reservations {
    #[command(flatten)]
    who: Who,
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    list: List,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List what is reserved now
    List(List),
    /// Ask whether somebody else's reservation is in the way, without changing anything
    Check(Check),
}

/// Arguments of `reservations list`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  agntz reservations list --mine\n  agntz reservations list --everywhere --json")]
struct List {
    /// In all workspaces, not only in this one
    #[arg(long)]
    everywhere: bool,
    /// Only your own
    #[arg(long)]
    mine: bool,
}

/// Arguments of `reservations check`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  agntz reservations check src/auth.rs 'docs/**'\n  agntz reservations check --staged\n  agntz reservations check --number 17\n\nExit codes: 0 free or still yours, 3 never held, 75 somebody else's reservation is in the way, or yours ran out."
)]
struct Check {
    /// Paths or patterns, read from the working directory
    #[arg(value_name = "PATH", required_unless_present_any = ["staged", "number"])]
    paths: Vec<String>,
    /// The files that the next commit changes; for a pre-commit hook
    #[arg(long)]
    staged: bool,
    /// Whether you still hold the reservation with this number
    #[arg(long, short, value_name = "N", conflicts_with_all = ["paths", "staged"])]
    number: Option<i64>,
}

impl Reservations {
    pub(crate) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let place = self.who.place(ctx)?;
        match self.command {
            None => self.list.run(ctx, &place),
            Some(Command::List(args)) => args.run(ctx, &place),
            Some(Command::Check(args)) => args.run(ctx, &place),
        }
    }
}

impl List {
    fn run(self, ctx: &Ctx, place: &Place) -> Result<Exit> {
        let here = (!self.everywhere).then(|| place.workspace.key());
        let mut held = place.store.reservations(here).map_err(failed)?;
        if self.mine {
            let me = place.actor.name.key();
            held.retain(|one| oqto_mail::name::fold(&one.holder) == me);
        }
        if held.is_empty() {
            ctx.note("nothing is reserved");
        }
        ctx.print(&Held(held))
    }
}

impl Check {
    fn run(self, ctx: &Ctx, place: &Place) -> Result<Exit> {
        if let Some(number) = self.number {
            return ctx.print(&Held(vec![place.store.still_held(&place.actor, number).map_err(failed)?]));
        }
        let mut asked = patterns(place, &self.paths)?;
        if self.staged {
            asked.extend(staged(place)?);
        }
        let conflicts = place.store.in_the_way(&place.actor, &asked).map_err(failed)?;
        let exit = if conflicts.is_empty() { Exit::DONE } else { Exit::code(exit::TRY_AGAIN) };
        let yours = if conflicts.is_empty() { yours(place, &asked)? } else { Vec::new() };
        ctx.print(&Checked { free: conflicts.is_empty(), checked: asked.len(), conflicts, yours })?;
        Ok(exit)
    }
}

/// One's own reservations that have something of what is asked for.
fn yours(place: &Place, asked: &[Glob]) -> Result<Vec<Reservation>> {
    let (mut held, me) =
        (place.store.reservations(Some(place.workspace.key())).map_err(failed)?, place.actor.name.key());
    held.retain(|one| {
        let is_asked = |own: &Glob| asked.iter().any(|asked| own.shared(asked).is_some());
        oqto_mail::name::fold(&one.holder) == me && Glob::parse(&one.pattern).is_ok_and(|own| is_asked(&own))
    });
    Ok(held)
}

/// What the next commit changes, as patterns of exactly these paths.
fn staged(place: &Place) -> Result<Vec<Glob>> {
    // Outside of a repository git takes the question for another one; where it is, it says plainly.
    let files = Git::at(&place.directory).map(Git::in_hook).and_then(|git| {
        git.top_level()?;
        git.staged_files()
    });
    let files = files.map_err(|error| of_git("cannot see what is staged", error))?;
    let literal = |path: &std::path::PathBuf| {
        Glob::literal(&path.to_string_lossy())
            .map_err(|why| Error::new(ErrorKind::InvalidParams, format!("cannot check {}: {why}", path.display())))
    };
    files.iter().map(literal).collect()
}

/// What a check found.
#[derive(Serialize)]
struct Checked {
    /// Whether nothing is in the way.
    free: bool,
    /// How many paths were asked about.
    checked: usize,
    /// What is.
    conflicts: Vec<Conflict>,
    /// Your own reservations of them.
    yours: Vec<Reservation>,
}

impl Report for Checked {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        if self.free {
            for Reservation { pattern, number, expires_at, .. } in &self.yours {
                page.line(escape::line(&format!("{pattern} is yours until {expires_at} (number {number})")))?;
            }
            return page.line(format_args!("{} checked, nobody else has them", self.checked));
        }
        self.conflicts.iter().try_for_each(|conflict| {
            let held = &conflict.held;
            let shared = if held.mode == Mode::Shared { "shared " } else { "" };
            let reason = held.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
            page.line(escape::line(&format!(
                "{} is {shared}reserved by {} until {} ({}, number {}){reason}",
                conflict.path, held.holder, held.expires_at, held.pattern, held.number
            )))
        })
    }
}
