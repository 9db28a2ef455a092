//! `eavs usage`

use axum::http::Method;
use clap::{Args, ValueEnum};
use jiff::{Timestamp, ToSpan as _};
use oqto_kit::{Ctx, Exit, Page, Result, Table};
use serde_json::Value;

use crate::place::{Place, encoded};
use crate::shown::{Shown, count, dollars, entries, sparkline, text};

/// What the sums are of.
#[derive(ValueEnum, Clone, Copy, Debug)]
enum By {
    /// Each day, in UTC
    Day,
    /// Each key
    Key,
    /// Each owner of keys
    Owner,
    /// Each session
    Session,
    /// Each model
    Model,
    /// Each provider
    Provider,
}

/// Show what was used: tokens and cost
///
/// Numbers are those that providers told; where one did not, or an answer was interrupted, they are a guess, and counted
/// under GUESSED.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  eavs usage\n  eavs usage --by model --days 7\n  eavs usage --by session --key laptop --json"
)]
pub(crate) struct Usage {
    /// What the sums are of
    #[arg(long, value_enum, default_value = "day")]
    by: By,
    /// Only the last so many days, this one included
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=3660))]
    days: u16,
    /// Only what this key used, by its id or name
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
}

pub(crate) fn run(ctx: &Ctx, place: &Place, args: Usage) -> Result<Exit> {
    let by = match args.by {
        By::Day => "day",
        By::Key => "key",
        By::Owner => "owner",
        By::Session => "session",
        By::Model => "model",
        By::Provider => "provider",
    };
    let mut path = format!("/admin/usage?by={by}&since={}", encoded(&since(args.days, Timestamp::now())));
    if let Some(key) = args.key {
        path.push_str(&format!("&key={}", encoded(&key)));
    }
    let sums = place.ask(ctx, "cannot show the usage", Method::GET, &path, None)?;
    if entries(&sums).is_empty() {
        ctx.note("nothing was used");
    }
    let bars = matches!(args.by, By::Day) && ctx.printer().is_terminal();
    ctx.print(&Shown(sums, move |sums: &Value, page: &mut Page<'_>| {
        if bars && entries(sums).len() > 1 {
            let costs: Vec<f64> = entries(sums).iter().map(|sum| sum["cost_usd"].as_f64().unwrap_or(0.0)).collect();
            page.line(sparkline(&costs))?;
        }
        let mut table = Table::new(&["WHAT", "REQUESTS", "READ", "CACHED", "WRITTEN", "COST", "FAILED", "GUESSED"]);
        for sum in entries(sums) {
            table.row(row(sum));
        }
        page.table(&table)
    }))
}

fn row(sum: &Value) -> [String; 8] {
    let of = |name: &str| sum[name].as_u64().unwrap_or(0);
    let read = of("input") + of("cache_write") + of("cache_write_long");
    [
        text(&sum["group"]),
        count(&sum["requests"]),
        count(&Value::from(read)),
        count(&sum["cache_read"]),
        count(&sum["output"]),
        dollars(&sum["cost_usd"]),
        count(&sum["failed"]),
        count(&sum["estimated"]),
    ]
}

/// The beginning of the first of so many days, the last of which is today.
fn since(days: u16, now: Timestamp) -> String {
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let first = today.saturating_sub((i64::from(days) - 1).days());
    format!("{first}T00:00:00Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn today_is_one_of_the_days() {
        let now = "2026-03-01T12:00:00Z".parse().unwrap();
        assert_eq!(since(1, now), "2026-03-01T00:00:00Z");
        assert_eq!(since(3, now), "2026-02-27T00:00:00Z");
    }
}
