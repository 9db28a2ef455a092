//! `eavs logs`

use axum::http::Method;
use clap::{Args, Subcommand};
use oqto_kit::{Ctx, Exit, Page, Result, Table};
use serde_json::Value;

use crate::place::{Place, encoded};
use crate::shown::{Shown, count, dollars, entries, text};

/// Show single requests
#[derive(Subcommand, Debug)]
pub(crate) enum Logs {
    /// Show the last requests, the newest last
    Tail(Tail),
}

/// Show the last requests, the newest last
///
/// What was said in them is not kept.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  eavs logs tail\n  eavs logs tail -n 100 --key laptop --json")]
pub(crate) struct Tail {
    /// How many
    #[arg(short = 'n', long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
    lines: u32,
    /// Only those of this key, by its id or name
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
}

pub(crate) fn run(ctx: &Ctx, place: &Place, command: &Logs) -> Result<Exit> {
    let Logs::Tail(args) = command;
    let mut path = format!("/admin/requests?limit={}", args.lines);
    if let Some(key) = &args.key {
        path.push_str(&format!("&key={}", encoded(key)));
    }
    let mut requests = place.ask(ctx, "cannot show requests", Method::GET, &path, None)?;
    if let Some(list) = requests.as_array_mut() {
        list.reverse();
    }
    if entries(&requests).is_empty() {
        ctx.note("there was no request");
    }
    ctx.print(&Shown(requests, |requests: &Value, page: &mut Page<'_>| {
        let mut table =
            Table::new(&["WHEN", "KEY", "MODEL", "ACCOUNT", "STATUS", "OUTCOME", "READ", "WRITTEN", "COST", "MS"]);
        for request in entries(requests) {
            table.row(row(request));
        }
        page.table(&table)
    }))
}

fn row(request: &Value) -> [String; 10] {
    let of = |name: &str| request[name].as_u64().unwrap_or(0);
    let read = of("input") + of("cache_read") + of("cache_write") + of("cache_write_long");
    let guessed = if request["estimated"] == true { "~" } else { "" };
    [
        text(&request["timestamp"]),
        text(&request["key_id"]),
        format!("{}/{}", text(&request["provider"]), text(&request["model"])),
        text(&request["account"]),
        count(&request["status"]),
        text(&request["outcome"]),
        format!("{guessed}{}", count(&Value::from(read))),
        format!("{guessed}{}", count(&request["output"])),
        dollars(&request["cost_usd"]),
        request["total_ms"].to_string(),
    ]
}
