//! `eavs quotas`

use axum::http::Method;
use clap::Args;
use jiff::Timestamp;
use oqto_kit::{Ctx, Exit, Page, Result, Table};
use serde_json::Value;

use crate::place::Place;
use crate::shown::{Shown, aligned, bar, count, entries, span, text};

/// After so many seconds what a provider said is marked as old.
const OLD_SECONDS: i64 = 300;

/// Show what providers say is left of their limits
///
/// A provider tells it with its answers, so that it is as old as the last answer: the age is under AGE, with "old" after
/// five minutes. A limit whose time has come is full again, whatever was left: "renewed". Not every provider tells its
/// limits.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  eavs quotas\n  eavs quotas --provider anthropic --json")]
pub(crate) struct Quotas {
    /// Only those of this provider
    #[arg(long, value_name = "NAME")]
    provider: Option<String>,
    /// Only those of this account
    #[arg(long, value_name = "LABEL")]
    account: Option<String>,
}

pub(crate) fn run(ctx: &Ctx, place: &Place, args: &Quotas) -> Result<Exit> {
    let mut quotas = place.ask(ctx, "cannot show quotas", Method::GET, "/admin/quotas", None)?;
    let is = |wanted: &Option<String>, found: &Value| wanted.as_ref().is_none_or(|wanted| *found == **wanted);
    if let Some(list) = quotas.as_array_mut() {
        list.retain(|quota| is(&args.provider, &quota["provider"]) && is(&args.account, &quota["account"]));
    }
    if entries(&quotas).is_empty() {
        ctx.note("no provider has told its limits yet: they come with the answers of those that have some");
    }
    let now = Timestamp::now().as_millisecond();
    let bars = ctx.printer().is_terminal();
    ctx.print(&Shown(quotas, move |quotas: &Value, page: &mut Page<'_>| {
        let rows: Vec<_> = entries(quotas).iter().flat_map(|quota| rows(quota, now, bars)).collect();
        let heading = ["ACCOUNT", "LIMIT", "LEFT", "", "OF", "RESETS", "AGE"];
        if bars {
            return page.table(&aligned(heading, rows, &[2, 4]));
        }
        let mut table = Table::new(&heading);
        for row in rows {
            table.row(row);
        }
        page.table(&table)
    }))
}

fn rows(quota: &Value, now: i64, bars: bool) -> Vec<[String; 7]> {
    let account = format!("{}/{}", text(&quota["provider"]), text(&quota["account"]));
    let age = (now - milliseconds(&quota["seen_at"]).unwrap_or(now)).max(0) / 1000;
    let seen = if age > OLD_SECONDS { format!("{} old", about(age)) } else { span(age) };
    let mut rows: Vec<_> =
        entries(&quota["meters"]).iter().map(|meter| row(&account, meter, now, bars, seen.clone())).collect();
    if let Some(at) = milliseconds(&quota["retry_at"]).filter(|at| *at > now) {
        let (wait, none) = (format!("in {}", span((at - now) / 1000)), String::new);
        rows.push([account, "asks to wait".to_owned(), none(), none(), none(), wait, seen]);
    }
    rows
}

fn row(account: &str, meter: &Value, now: i64, bars: bool, seen: String) -> [String; 7] {
    let resets = milliseconds(&meter["resets_at"]);
    let renewed = resets.is_some_and(|at| at <= now);
    let left = if renewed { Some(1.0) } else { left(meter) };
    let told = match (renewed, meter["remaining"].is_u64(), left) {
        (true, ..) => String::new(),
        (false, true, _) => count(&meter["remaining"]),
        (false, false, Some(left)) => format!("{:.0} %", left * 100.0),
        (false, false, None) => text(&meter["status"]),
    };
    let of = if meter["limit"].is_u64() { count(&meter["limit"]) } else { String::new() };
    let when = resets.map(|at| if renewed { "renewed".to_owned() } else { format!("in {}", span((at - now) / 1000)) });
    let part = left.map(|left| if bars { bar(left) } else { format!("{:.0}%", left * 100.0) });
    let name = text(&meter["name"]);
    [account.to_owned(), name, told, part.unwrap_or_default(), of, when.unwrap_or_default(), seen]
}

/// So many seconds in the largest unit.
fn about(seconds: i64) -> String {
    let told = span(seconds);
    told.split(' ').next().unwrap_or_default().to_owned()
}

fn milliseconds(value: &Value) -> Option<i64> {
    Some(value.as_str()?.parse::<Timestamp>().ok()?.as_millisecond())
}

/// The part of a limit that is left, from 0 to 1.
fn left(meter: &Value) -> Option<f64> {
    if let Some(used) = meter["used"].as_f64() {
        return Some((1.0 - used).clamp(0.0, 1.0));
    }
    let (limit, remaining) = (meter["limit"].as_f64()?, meter["remaining"].as_f64()?);
    Some(if limit > 0.0 { (remaining / limit).clamp(0.0, 1.0) } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const NOW: i64 = 1_795_000_000_000;

    fn at(after_ms: i64) -> String {
        Timestamp::from_millisecond(NOW + after_ms).unwrap().to_string()
    }

    #[test]
    fn what_is_left_is_told_with_its_age() {
        let quota = json!({"provider": "p", "account": "a", "seen_at": at(-400_000), "retry_at": at(9_000), "meters": [
            {"name": "requests", "limit": 200, "remaining": 50, "resets_at": at(90_000)},
            {"name": "5h", "used": 0.26, "resets_at": at(-1)},
            {"name": "unified", "status": "allowed"},
        ]});
        let told: Vec<_> = rows(&quota, NOW, false).iter().map(|row| row.join("|")).collect();
        assert_eq!(
            told,
            [
                "p/a|requests|50|25%|200|in 1m 30s|6m old",
                "p/a|5h||100%||renewed|6m old",
                "p/a|unified|allowed||||6m old",
                "p/a|asks to wait||||in 9s|6m old",
            ]
        );
    }
}
