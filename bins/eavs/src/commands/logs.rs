//! `eavs logs`

use std::time::Duration;

use axum::http::Method;
use clap::{Args, Subcommand};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use oqto_gateway::percent;
use oqto_gateway::server::{Door, DoorError, Lock};
use oqto_kit::{Ctx, Exit, Page, Result, Table, escape};
use serde_json::Value;

use crate::failure::failed;
use crate::place::{Place, asking, variable};
use crate::shown::{Shown, count, dollars, entries, fitted, short, text};

/// How long the service holds a question back while there is nothing new, in seconds.
const WAIT: u32 = 25;
/// The pause before a service that went away is looked for again.
const PAUSE: Duration = Duration::from_secs(1);

/// Show single requests
#[derive(Subcommand, Debug)]
pub(crate) enum Logs {
    Tail(Tail),
    Show(Show),
}

/// Show the last requests, the newest last
///
/// With --follow every further request is shown when it is over, until Ctrl-C; a service that is started again is found
/// again. Tokens and cost with a ~ are a guess.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  eavs logs tail\n  eavs logs tail -f --errors\n  eavs logs tail -n 100 --key laptop --model claude --json"
)]
pub(crate) struct Tail {
    /// How many
    #[arg(short = 'n', long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(0..=1000))]
    lines: u32,
    /// Go on with every request that ends from now on
    #[arg(short, long)]
    follow: bool,
    /// Only those of this key, by its id or name
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// Only those of models with this in PROVIDER/MODEL
    #[arg(long, value_name = "PART")]
    model: Option<String>,
    /// Only those of keys of this session
    #[arg(long, value_name = "SESSION")]
    session: Option<String>,
    /// Only those that failed or were refused
    #[arg(long)]
    errors: bool,
}

/// Show one request, and what was said in it where that is kept
///
/// What is said is kept only with bodies = true under [log]; credentials, pictures and files are left out of it.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  eavs logs show req_0198c0ffee\n  eavs logs show 42 --json")]
pub(crate) struct Show {
    /// Its id, as in the header x-eavs-request, or its number
    #[arg(value_name = "REQUEST")]
    request: String,
}

pub(crate) fn run(ctx: &Ctx, place: &Place, command: &Logs) -> Result<Exit> {
    match command {
        Logs::Tail(args) if args.follow => follow(ctx, place, args),
        Logs::Tail(args) => tail(ctx, place, args),
        Logs::Show(args) => show(ctx, place, args),
    }
}

fn path(args: &Tail, limit: u32) -> String {
    let (limit, errors) = (limit.to_string(), args.errors.to_string());
    let filters = [
        ("limit", Some(limit.as_str())),
        ("errors", Some(errors.as_str())),
        ("key", args.key.as_deref()),
        ("model", args.model.as_deref()),
        ("session", args.session.as_deref()),
    ];
    asking("/admin/requests", &filters)
}

fn tail(ctx: &Ctx, place: &Place, args: &Tail) -> Result<Exit> {
    let mut requests = place.ask(ctx, "cannot show requests", Method::GET, &path(args, args.lines), None)?;
    if let Some(list) = requests.as_array_mut() {
        list.reverse();
    }
    if entries(&requests).is_empty() {
        ctx.note("there was no such request");
    }
    let terminal = ctx.printer().is_terminal();
    ctx.print(&Shown(requests, move |requests: &Value, page: &mut Page<'_>| {
        if terminal && !entries(requests).is_empty() {
            heading(page)?;
        }
        lines(entries(requests), terminal, page)
    }))
}

/// Shows what there is, and then what comes, until Ctrl-C.
fn follow(ctx: &Ctx, place: &Place, args: &Tail) -> Result<Exit> {
    let what = "cannot follow requests";
    let (socket, database) = (place.socket(ctx)?, place.database(ctx)?);
    let terminal = ctx.printer().is_terminal() && !ctx.printer().is_json();
    let following = async {
        let told = |error| failed(what, &error);
        let door = Door::open(&socket, &database, Lock::Left, Default::default, &variable).await.map_err(told)?;
        let mut begun = door.ask(Method::GET, &path(args, args.lines.max(1)), None).await.map_err(told)?;
        let newest = door.ask(Method::GET, "/admin/requests?limit=1", None).await.map_err(told)?;
        let mut last = newest[0]["id"].as_i64().unwrap_or(0);
        if terminal {
            ctx.print(&Shown(Value::Null, |_: &Value, page: &mut Page<'_>| heading(page)))?;
        }
        let list = begun.as_array_mut().map(std::mem::take).unwrap_or_default();
        let list: Vec<_> = list.into_iter().take(usize::try_from(args.lines).unwrap_or(0)).rev().collect();
        // What came between the two questions comes with the next.
        let list: Vec<_> =
            list.into_iter().filter(|request| request["id"].as_i64().is_some_and(|id| id <= last)).collect();
        several(ctx, list)?;
        let mut gone = false;
        loop {
            let next = format!("{}&after={last}&wait={WAIT}", path(args, 1000));
            match door.ask(Method::GET, &next, None).await {
                Ok(found) => {
                    gone = false;
                    let found = entries(&found).to_vec();
                    last = found.iter().filter_map(|request| request["id"].as_i64()).fold(last, i64::max);
                    several(ctx, found)?;
                }
                Err(DoorError::Broken { .. } | DoorError::Absent { .. }) => {
                    if !gone {
                        ctx.note("the service is away; waiting for it");
                    }
                    gone = true;
                    tokio::time::sleep(PAUSE).await;
                }
                Err(error) => return Err(told(error)),
            }
        }
    };
    ctx.block_on(async {
        tokio::select! {
            ended = following => ended,
            _ = tokio::signal::ctrl_c() => Ok(Exit::DONE),
        }
    })
}

/// Prints requests as they come: one JSON value a line, or one line each.
fn several(ctx: &Ctx, requests: Vec<Value>) -> Result<()> {
    if requests.is_empty() {
        return Ok(());
    }
    if ctx.printer().is_json() {
        return requests.iter().try_for_each(|request| ctx.printer().json_line(request));
    }
    let terminal = ctx.printer().is_terminal();
    let all = Value::from(requests);
    ctx.print(&Shown(all, move |all: &Value, page: &mut Page<'_>| lines(entries(all), terminal, page)))?;
    Ok(())
}

/// The widths of the columns of a terminal, 79 with the spaces between them; positive ones are aligned to the right.
const WIDTHS: [isize; 8] = [-8, -21, -9, -11, 6, 5, 9, 4];
const HEADING: [&str; 8] = ["TIME", "MODEL", "KEY", "END", "READ", "WROTE", "COST", "TOOK"];

fn heading(page: &mut Page<'_>) -> Result<()> {
    let styles = page.styles();
    let line = in_columns(&HEADING.map(str::to_owned));
    page.line(styles.bold(line.trim_end()))
}

fn in_columns(cells: &[String; 8]) -> String {
    cells.iter().zip(WIDTHS).map(|(cell, width)| fitted(cell, width)).collect::<Vec<_>>().join(" ")
}

fn lines(requests: &[Value], terminal: bool, page: &mut Page<'_>) -> Result<()> {
    if !terminal {
        let mut table = Table::new(&[
            "WHEN", "KEY", "MODEL", "ACCOUNT", "STATUS", "OUTCOME", "READ", "WRITTEN", "COST", "MS", "ID",
        ]);
        for request in requests {
            table.row(row(request));
        }
        return page.table(&table);
    }
    for request in requests {
        let line = in_columns(&for_people(request));
        let styles = page.styles();
        page.line(match request["outcome"].as_str() {
            Some("failed" | "refused" | "crashed") => styles.bad(&line),
            Some("interrupted") => styles.warn(&line),
            Some(_) | None => line,
        })?;
        if let Some(why) = request["why"].as_str().filter(|why| !why.is_empty()) {
            let why = fitted(&escape::line(why), -70);
            page.line(styles.dim(&format!("         {}", why.trim_end())))?;
        }
    }
    Ok(())
}

fn read(request: &Value) -> u64 {
    ["input", "cache_read", "cache_write", "cache_write_long"].iter().filter_map(|name| request[name].as_u64()).sum()
}

fn for_people(request: &Value) -> [String; 8] {
    let guessed = if request["estimated"] == true { "~" } else { "" };
    let key = request["key_name"].as_str().map(str::to_owned).unwrap_or_else(|| {
        let id = text(&request["key_id"]);
        format!("…{}", id.get(id.len().saturating_sub(8)..).unwrap_or_default())
    });
    let outcome = text(&request["outcome"]);
    let end = match (outcome.as_str(), request["status"].as_u64().unwrap_or(0)) {
        ("interrupted", _) => "interrupted".to_owned(),
        (outcome, 0 | 200) => outcome.to_owned(),
        (outcome, status) => format!("{outcome} {status}"),
    };
    let written = request["output"].as_u64().unwrap_or(0);
    [
        clock(&request["timestamp"]),
        escape::line(&format!("{}/{}", text(&request["provider"]), text(&request["model"]))).into_owned(),
        escape::line(&key).into_owned(),
        escape::line(&end).into_owned(),
        format!("{guessed}{}", short(read(request))),
        format!("{guessed}{}", short(written)),
        dollars(&request["cost_usd"]),
        took(request["total_ms"].as_i64().unwrap_or(0)),
    ]
}

/// The time of a day, as clocks here show it.
fn clock(at: &Value) -> String {
    let at = at.as_str().and_then(|text| text.parse::<Timestamp>().ok()).unwrap_or_default();
    at.to_zoned(TimeZone::system()).strftime("%H:%M:%S").to_string()
}

/// A while in at most four places.
fn took(ms: i64) -> String {
    match ms {
        ..=999 => format!(".{:03}", ms.max(0)),
        1000..=99_999 => format!("{:.1}", ms as f64 / 1000.0),
        100_000..=599_999 => format!("{}s", ms / 1000),
        _ => format!("{}m", ms / 60_000),
    }
}

/// Every fact, for a pipe.
fn row(request: &Value) -> [String; 11] {
    let guessed = if request["estimated"] == true { "~" } else { "" };
    [
        text(&request["timestamp"]),
        text(&request["key_id"]),
        format!("{}/{}", text(&request["provider"]), text(&request["model"])),
        text(&request["account"]),
        count(&request["status"]),
        text(&request["outcome"]),
        format!("{guessed}{}", count(&Value::from(read(request)))),
        format!("{guessed}{}", count(&request["output"])),
        dollars(&request["cost_usd"]),
        request["total_ms"].to_string(),
        text(&request["request"]),
    ]
}

fn show(ctx: &Ctx, place: &Place, args: &Show) -> Result<Exit> {
    let path = format!("/admin/requests/{}", percent::encoded(&args.request));
    let request = place.ask(ctx, "cannot show the request", Method::GET, &path, None)?;
    ctx.print(&Shown(request, |request: &Value, page: &mut Page<'_>| {
        let mut table = Table::new(&["WHAT", "VALUE"]);
        let facts = request.as_object().into_iter().flatten().filter(|(name, _)| *name != "said");
        for (name, value) in facts.filter(|(_, value)| !value.is_null()) {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            table.row([name.replace('_', " "), value]);
        }
        page.table(&table)?;
        let said = &request["said"];
        if said.is_null() {
            return page.line(page.styles().dim("what was said is not kept (bodies = true under [log] keeps it)"));
        }
        let cut = if said["cut"] == true { " (cut)" } else { "" };
        for (name, field) in [("SENT", "sent"), ("HEARD", "heard")] {
            page.line(page.styles().bold(&format!("{name}{cut}")))?;
            page.line(escape::text(&text(&said[field])))?;
        }
        Ok(())
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_line_fits_into_80_columns_whatever_is_in_it() {
        let request = json!({"timestamp": "2026-11-21T12:00:00Z", "provider": "openrouter", "model": "a-model/with-a-very-long-name",
            "key_name": "日本語のとても長い名前\u{1b}[2J", "outcome": "refused", "status": 429, "estimated": true,
            "input": 123_456_789, "output": 999_999, "cost_usd": 1234.5, "total_ms": 3_600_000});
        let line = in_columns(&for_people(&request));
        assert!(crate::shown::columns(&line) <= 80, "{line}");
        assert!(!line.contains('\u{1b}') && line.contains("refused 429"), "{line}");
        assert_eq!(
            [0, 7, 999, 1000, 12_345, 99_999, 100_000, 600_000].map(took),
            [".000", ".007", ".999", "1.0", "12.3", "100.0", "100s", "10m"]
        );
    }
}
