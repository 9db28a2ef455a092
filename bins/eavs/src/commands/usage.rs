//! `eavs usage`

use axum::http::Method;
use clap::{Args, ValueEnum};
use jiff::{Timestamp, ToSpan as _};
use oqto_gateway::money::Money;
use oqto_kit::{Ctx, Error, Exit, Page, Result, Table, escape};
use oqto_protocol::error::ErrorKind;
use serde_json::{Value, json};

use crate::moment::since_or_date;
use crate::place::{Place, asking};
use crate::shown::{Shown, aligned, count, dollars, entries, short, sparkline, text};

/// What the sums are of.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// Each day, in UTC
    Day,
    /// Each key
    Key,
    /// Each owner of keys
    #[value(alias = "user")]
    Owner,
    /// Each session
    Session,
    /// Each model
    Model,
    /// Each provider
    Provider,
    /// Each account of a provider
    Account,
    /// Each value of a label of keys, which --label names
    Label,
    /// Each way in which requests ended
    Outcome,
}

impl By {
    const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Key => "key",
            Self::Owner => "owner",
            Self::Session => "session",
            Self::Model => "model",
            Self::Provider => "provider",
            Self::Account => "account",
            Self::Label => "label",
            Self::Outcome => "outcome",
        }
    }
}

/// Show what was used: tokens and cost
///
/// Numbers are those that providers told; where one did not, or an answer was interrupted, they are a guess: marked with ~
/// and counted. Requests for models without a known price are counted as unpriced. Of requests that are forgotten the sums
/// of each day (UTC) stay: a day of them that --since or --until cuts counts as a whole, and that is said. A pipe gets every number, tab-separated:
/// WHAT, REQUESTS, READ, CACHED, WRITTEN, COST, FAILED, GUESSED.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  eavs usage\n  eavs usage --by model --since 7d\n  \
    eavs usage --by day --since 2026-11-01 --until 2026-12-01 --owner ada\n  \
    eavs usage --by label --label team --csv > use.csv\n  eavs usage --by session --key laptop --json")]
pub(crate) struct Usage {
    /// What the sums are of
    #[arg(long, value_enum, default_value = "day")]
    by: By,
    /// The label whose values the sums are of
    #[arg(long, value_name = "NAME", required_if_eq("by", "label"))]
    label: Option<String>,
    /// Only the last so many days, this one included
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=3660))]
    days: u16,
    /// Only from here on: a day, a time, or so long ago: 2026-11-01, 2026-11-21T12:00:00Z, 24h, 7d
    #[arg(long, value_name = "WHEN", conflicts_with = "days")]
    since: Option<String>,
    /// Only before this, in the same forms
    #[arg(long, value_name = "WHEN")]
    until: Option<String>,
    /// Only what this key used, by its id or name
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// Only what keys of this owner used
    #[arg(long, value_name = "NAME", alias = "user")]
    owner: Option<String>,
    /// Only what keys of this session used
    #[arg(long, value_name = "SESSION")]
    session: Option<String>,
    /// Only requests to this provider
    #[arg(long, value_name = "NAME")]
    provider: Option<String>,
    /// Only models with this in PROVIDER/MODEL
    #[arg(long, value_name = "PART")]
    model: Option<String>,
    /// Only requests by accounts of this label
    #[arg(long, value_name = "LABEL")]
    account: Option<String>,
    /// Print comma-separated values with a heading
    #[arg(long)]
    csv: bool,
}

pub(crate) fn run(ctx: &Ctx, place: &Place, args: &Usage) -> Result<Exit> {
    let csv = args.csv;
    if csv && ctx.printer().is_json() {
        return Err(Error::new(ErrorKind::InvalidParams, "--csv and --json are two forms of one answer: name one"));
    }
    if args.label.is_some() && args.by != By::Label {
        return Err(Error::new(ErrorKind::InvalidParams, "--label goes with --by label")
            .hint("eavs usage --by label --label NAME"));
    }
    let (by, now) = (args.by, Timestamp::now());
    let (first, until) = range(args, now)?;
    let (since, until_text) = (first.to_string(), until.map(|until| until.to_string()));
    let ask = |by: By| {
        let filters = [
            ("by", Some(by.name())),
            ("label", args.label.as_deref().filter(|_| by == By::Label)),
            ("since", Some(since.as_str())),
            ("until", until_text.as_deref()),
            ("key", args.key.as_deref()),
            ("owner", args.owner.as_deref()),
            ("session", args.session.as_deref()),
            ("provider", args.provider.as_deref()),
            ("model", args.model.as_deref()),
            ("account", args.account.as_deref()),
        ];
        place.ask(ctx, "cannot show the usage", Method::GET, &asking("/admin/usage", &filters), None)
    };
    let sums = ask(by)?;
    if csv {
        ctx.printer().data(as_csv(entries(&sums)).as_bytes())?;
        return Ok(Exit::DONE);
    }
    if entries(&sums).is_empty() {
        ctx.note("nothing was used in this time");
    }
    if let Some(note) = by_the_day(entries(&sums)) {
        ctx.note(&note);
    }
    let terminal = ctx.printer().is_terminal() && !ctx.printer().is_json();
    if !terminal {
        return ctx.print(&Shown(sums, |sums: &Value, page: &mut Page<'_>| {
            let mut table = Table::new(&["WHAT", "REQUESTS", "READ", "CACHED", "WRITTEN", "COST", "FAILED", "GUESSED"]);
            for sum in entries(sums) {
                table.row(row(sum));
            }
            page.table(&table)
        }));
    }
    let days = if by == By::Day { sums.clone() } else { ask(By::Day)? };
    let line = days_line(entries(&days), until.unwrap_or(now));
    ctx.print(&Shown(sums, move |sums: &Value, page: &mut Page<'_>| for_people(entries(sums), by, line.as_ref(), page)))
}

/// From when, and until when.
fn range(args: &Usage, now: Timestamp) -> Result<(Timestamp, Option<Timestamp>)> {
    let first = match &args.since {
        Some(text) => since_or_date(text, now, "--since")?,
        None => first_of(args.days, now),
    };
    let until = args.until.as_deref().map(|text| since_or_date(text, now, "--until")).transpose()?;
    if until.is_some_and(|until| until <= first) {
        return Err(Error::new(ErrorKind::InvalidParams, "this time ends before it begins")
            .hint("--since is the earlier of the two, --until the later"));
    }
    Ok((first, until))
}

fn of(sum: &Value, name: &str) -> u64 {
    sum[name].as_u64().unwrap_or(0)
}

fn read(sum: &Value) -> u64 {
    of(sum, "input") + of(sum, "cache_write") + of(sum, "cache_write_long")
}

/// Every number, for a pipe.
fn row(sum: &Value) -> [String; 8] {
    [
        text(&sum["group"]),
        count(&sum["requests"]),
        count(&Value::from(read(sum))),
        count(&sum["cache_read"]),
        count(&sum["output"]),
        dollars(&sum["cost_usd"]),
        count(&sum["failed"]),
        count(&sum["estimated"]),
    ]
}

/// A table that fits into 80 columns, with its total and what was spent day by day.
fn for_people(sums: &[Value], by: By, line: Option<&(String, String)>, page: &mut Page<'_>) -> Result<()> {
    if sums.is_empty() {
        return Ok(());
    }
    if let Some((bars, from)) = line {
        let styles = page.styles();
        page.line(format!(" {} {bars}", styles.dim(&format!("a day since {from}"))))?;
    }
    let mut rows: Vec<_> = sums.iter().map(|sum| short_row(&title(sum, by), sum)).collect();
    if sums.len() > 1 {
        rows.push(short_row("TOTAL", &total(sums)));
    }
    let heading = ["WHAT", "REQUESTS", "READ", "CACHED", "WRITTEN", "COST", "NOTES"];
    page.table(&aligned(heading, rows, &[1, 2, 3, 4, 5]))
}

fn title(sum: &Value, by: By) -> String {
    let group = text(&sum["group"]);
    match (by, sum["name"].as_str()) {
        (By::Key, Some(name)) => name.to_owned(),
        (_, _) if group.is_empty() => "(none)".to_owned(),
        (_, _) => group,
    }
}

fn short_row(title: &str, sum: &Value) -> [String; 7] {
    let guessed = if of(sum, "estimated") > 0 { "~" } else { "" };
    let notes = [("estimated", "guessed"), ("failed", "failed"), ("unpriced", "unpriced")];
    let notes: Vec<_> = notes
        .iter()
        .filter(|(name, _)| of(sum, name) > 0)
        .map(|(name, word)| format!("{} {word}", short(of(sum, name))))
        .collect();
    [
        title.to_owned(),
        short(of(sum, "requests")),
        short(read(sum)),
        short(of(sum, "cache_read")),
        short(of(sum, "output")),
        format!("{guessed}{}", dollars(&sum["cost_usd"])),
        notes.join(", "),
    ]
}

/// What has to be said where not every request is there.
fn by_the_day(sums: &[Value]) -> Option<String> {
    let total = |name: &str| sums.iter().map(|sum| of(sum, name)).sum::<u64>();
    let (requests, unsplit) = (total("by_day"), total("unsplit"));
    let tokens = format!("; of {unsplit} more tokens it is not known whether they were read or written");
    let tokens = if unsplit > 0 { tokens.as_str() } else { "" };
    (requests > 0)
        .then(|| format!("of {requests} of these requests only the sums of each whole day (UTC) are kept{tokens}"))
}

const COUNTS: [&str; 12] = [
    "requests",
    "failed",
    "estimated",
    "unpriced",
    "input",
    "cache_read",
    "cache_write",
    "cache_write_long",
    "output",
    "reasoning",
    "by_day",
    "unsplit",
];

fn total(sums: &[Value]) -> Value {
    let mut total = json!({});
    for name in COUNTS {
        total[name] = sums.iter().map(|sum| of(sum, name)).sum::<u64>().into();
    }
    let cost: Money = sums.iter().filter_map(|sum| sum["cost_usd"].as_f64()).map(Money::from_usd).sum();
    total["cost_usd"] = cost.usd().into();
    total
}

/// What each day cost as bars, from the first day on which something was used; days without use are low. At most 60.
fn days_line(days: &[Value], until: Timestamp) -> Option<(String, String)> {
    let date = |text: &str| text.parse::<jiff::civil::Date>().ok();
    let first = date(days.first()?["group"].as_str()?)?;
    let last = until.to_zoned(jiff::tz::TimeZone::UTC).date();
    let first = first.max(last.saturating_sub(59.days()));
    let mut costs = Vec::new();
    let mut day = first;
    while day <= last {
        let name = day.to_string();
        let sum = days.iter().find(|sum| sum["group"] == name);
        costs.push(sum.and_then(|sum| sum["cost_usd"].as_f64()).unwrap_or(0.0));
        day = day.tomorrow().ok()?;
    }
    (costs.len() > 1).then(|| (sparkline(&costs), first.to_string()))
}

/// Comma-separated values as RFC 4180 has them.
fn as_csv(sums: &[Value]) -> String {
    let mut lines = format!("what,name,{},cost_usd\r\n", COUNTS.join(","));
    for sum in sums {
        let mut cells = vec![quoted(&text(&sum["group"])), quoted(&text(&sum["name"]))];
        cells.extend(COUNTS.iter().map(|name| of(sum, name).to_string()));
        cells.push(format!("{}", sum["cost_usd"].as_f64().unwrap_or(0.0)));
        lines.push_str(&cells.join(","));
        lines.push_str("\r\n");
    }
    lines
}

/// A cell; what a spreadsheet would take for a formula is marked as text.
fn quoted(cell: &str) -> String {
    let cell = escape::line(cell);
    let formula = cell.starts_with(['=', '+', '-', '@']);
    let cell = if formula { format!("'{cell}") } else { cell.into_owned() };
    if cell.contains([',', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

/// The beginning of the first of so many days, the last of which is today.
fn first_of(days: u16, now: Timestamp) -> Timestamp {
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let first = today.saturating_sub((i64::from(days) - 1).days());
    first.to_zoned(jiff::tz::TimeZone::UTC).map(|zoned| zoned.timestamp()).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn today_is_one_of_the_days() {
        let now = at("2026-03-01T12:00:00Z");
        assert_eq!(first_of(1, now), at("2026-03-01T00:00:00Z"));
        assert_eq!(first_of(3, now), at("2026-02-27T00:00:00Z"));
    }

    #[test]
    fn days_without_use_have_a_bar_too() {
        let days = [json!({"group": "2026-03-01", "cost_usd": 1.0}), json!({"group": "2026-03-04", "cost_usd": 2.0})];
        let line = days_line(&days, at("2026-03-05T12:00:00Z"));
        assert_eq!(line, Some(("▅▁▁█▁".to_owned(), "2026-03-01".to_owned())));
        assert_eq!(days_line(&days[..1], at("2026-03-01T12:00:00Z")), None, "one day is no line");
        assert_eq!(days_line(&[], at("2026-03-01T12:00:00Z")), None);
        let (bars, from) = days_line(&days, at("2027-03-01T12:00:00Z")).unwrap();
        assert_eq!((bars.chars().count(), from.as_str()), (60, "2027-01-01"));
    }

    #[test]
    fn a_guess_is_marked_and_sums_are_added() {
        let sums = [
            json!({"group": "a", "requests": 1, "input": 1200, "output": 5, "cost_usd": 0.5, "estimated": 1}),
            json!({"group": "b", "requests": 2, "input": 10, "failed": 1, "cost_usd": 0.25}),
        ];
        assert_eq!(short_row("x", &sums[0]).join("|"), "x|1|1.2k|0|5|~$0.500000|1 guessed");
        assert_eq!(short_row("TOTAL", &total(&sums)).join("|"), "TOTAL|3|1.2k|0|5|~$0.750000|1 guessed, 1 failed");
    }

    #[test]
    fn it_is_said_what_is_known_by_the_day() {
        assert_eq!(by_the_day(&[json!({"requests": 3})]), None);
        let sums = [json!({"requests": 3, "by_day": 2}), json!({"requests": 3, "by_day": 1})];
        assert_eq!(by_the_day(&sums).unwrap(), "of 3 of these requests only the sums of each whole day (UTC) are kept");
        assert!(
            by_the_day(&[json!({"by_day": 1, "unsplit": 7})])
                .unwrap()
                .ends_with("of 7 more tokens it is not known whether they were read or written")
        );
    }

    #[test]
    fn csv_is_what_spreadsheets_read() {
        let sums = [json!({"group": "a,\"b\"", "name": "=1+1", "requests": 2, "cost_usd": 0.1})];
        let csv = as_csv(&sums);
        let lines: Vec<_> = csv.split("\r\n").collect();
        assert_eq!(lines[0].split(',').count(), 15);
        assert_eq!(lines[1], "\"a,\"\"b\"\"\",'=1+1,2,0,0,0,0,0,0,0,0,0,0,0,0.1");
        assert_eq!(quoted("a\nb"), "a\\nb");
    }
}
