//! `agntz reserve`, `release`, `renew` and `reservations`

mod look;

use std::time::Duration;

use clap::Args;
use oqto_kit::{Ctx, Exit, Page, Report, Result, Table};
use oqto_mail::glob::Glob;
use oqto_mail::reservation::{Chosen, Mode, Request, Reservation};
use serde::Serialize;

use crate::failure::failed;
use crate::place::{Place, Who};
use crate::span;

pub(crate) use look::Reservations;

/// Arguments of `reserve`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  agntz reserve src/auth.rs\n  agntz reserve 'src/auth/**' Cargo.toml --ttl 1h --reason 'new login'\n  agntz reserve docs --shared\n\nAll paths or none: what overlaps a reservation of somebody else is refused with exit code 75, its holder and its expiry.\nPatterns know *, ?, [a-z], {a,b} and **; a path without wildcards covers everything below it."
)]
pub(crate) struct Reserve {
    /// Paths or patterns, read from the working directory
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,
    /// For how long: 90s, 30m, 1h30m, 2d; at most 7d
    #[arg(long, value_parser = span::parse, default_value = "30m", value_name = "TIME")]
    ttl: Duration,
    /// What for; others are told
    #[arg(long, short)]
    reason: Option<String>,
    /// Let others share it who also say so
    #[arg(long)]
    shared: bool,
    #[command(flatten)]
    who: Who,
}

impl Reserve {
    pub(crate) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let place = self.who.place(ctx)?;
        let request = Request {
            patterns: patterns(&place, &self.paths)?,
            mode: if self.shared { Mode::Shared } else { Mode::Exclusive },
            ttl: self.ttl,
            reason: self.reason,
        };
        ctx.print(&Held(place.store.reserve(&place.actor, &request).map_err(failed)?))
    }
}

/// Some of one's reservations.
#[derive(Args, Debug)]
struct Which {
    /// The paths or patterns, as they were reserved
    #[arg(value_name = "PATH", required_unless_present_any = ["number", "all"])]
    paths: Vec<String>,
    /// By number (repeat for more)
    #[arg(long, short, value_name = "N")]
    number: Vec<i64>,
    /// All in this workspace
    #[arg(long, conflicts_with_all = ["paths", "number"])]
    all: bool,
}

impl Which {
    fn chosen(self, place: &Place) -> Result<Chosen> {
        if self.all {
            return Ok(Chosen::All);
        }
        Ok(Chosen::These { patterns: patterns(place, &self.paths)?, numbers: self.number })
    }
}

/// Arguments of `release`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  agntz release src/auth.rs\n  agntz release --number 17\n  agntz release --all\n\nReleasing what you do not hold is an error (exit code 3)."
)]
pub(crate) struct Release {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    who: Who,
}

impl Release {
    pub(crate) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let place = self.who.place(ctx)?;
        let chosen = self.which.chosen(&place)?;
        ctx.print(&Freed(place.store.release(&place.actor, &chosen).map_err(failed)?))
    }
}

/// Arguments of `renew`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  agntz renew --all\n  agntz renew src/auth.rs --ttl 2h\n\nA reservation that ran out cannot be prolonged (exit code 75): somebody else may have had it meanwhile."
)]
pub(crate) struct Renew {
    #[command(flatten)]
    which: Which,
    /// For how long from now, if not as long as before
    #[arg(long, value_parser = span::parse, value_name = "TIME")]
    ttl: Option<Duration>,
    #[command(flatten)]
    who: Who,
}

impl Renew {
    pub(crate) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let place = self.who.place(ctx)?;
        let chosen = self.which.chosen(&place)?;
        ctx.print(&Held(place.store.renew(&place.actor, &chosen, self.ttl).map_err(failed)?))
    }
}

/// What somebody means by paths.
fn patterns(place: &Place, paths: &[String]) -> Result<Vec<Glob>> {
    paths.iter().map(|path| place.workspace.pattern(&place.directory, path).map_err(failed)).collect()
}

/// Reservations one a row.
#[derive(Serialize)]
#[serde(transparent)]
struct Held(Vec<Reservation>);

impl Report for Held {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["NUMBER", "PATH", "MODE", "HOLDER", "UNTIL", "REASON"]);
        for held in &self.0 {
            let Reservation { number, pattern, mode, holder, expires_at, reason, .. } = held;
            let (number, until) = (number.to_string(), expires_at.to_string());
            let reason = reason.clone().unwrap_or_default();
            table.row([number, pattern.clone(), mode.word().to_owned(), holder.clone(), until, reason]);
        }
        page.table(&table)
    }
}

#[derive(Serialize)]
#[serde(transparent)]
struct Freed(Vec<Reservation>);

impl Report for Freed {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        self.0.iter().try_for_each(|held| {
            let pattern = oqto_kit::escape::line(&held.pattern);
            page.line(format_args!("released {pattern} (number {})", held.number))
        })
    }
}
