//! `eavs doctor`

use axum::http::Method;
use clap::Args;
use oqto_gateway::config::{Settings, Weight};
use oqto_gateway::server::{Door, DoorError, Lock};
use oqto_kit::{Ctx, Exit, Page, Result, Table};
use oqto_protocol::error::exit;
use serde_json::{Value, json};

use crate::commands::accounts::{findings, list, vault};
use crate::failure;
use crate::place::{Place, variable};
use crate::shown::{Shown, entries, text};

/// Look for what keeps the gateway from working
///
/// Reads the configuration, and asks the service that runs. Sends nothing to a provider.
#[derive(Args, Debug)]
#[command(after_help = "Exit codes: 0 nothing is wrong, 1 something is.")]
pub(crate) struct Doctor {}

pub(crate) fn run(ctx: &Ctx, place: &Place, _: &Doctor) -> Result<Exit> {
    let mut checks = configuration(ctx, place)?;
    checks.extend(kept(ctx, place)?);
    checks.extend(service(ctx, place)?);
    let sound = checks.iter().all(|check| check["state"] != "bad");
    ctx.print(&Shown(checks.into(), |checks: &Value, page: &mut Page<'_>| {
        let mut table = Table::new(&["STATE", "WHAT", "DETAIL"]);
        for check in entries(checks) {
            table.row([text(&check["state"]), text(&check["what"]), text(&check["detail"])]);
        }
        page.table(&table)
    }))?;
    Ok(if sound { Exit::DONE } else { Exit::code(exit::FAILED) })
}

fn told(state: &str, what: &str, detail: &str) -> Value {
    json!({"state": state, "what": what, "detail": detail})
}

fn configuration(ctx: &Ctx, place: &Place) -> Result<Vec<Value>> {
    let loaded = match ctx.config::<Settings>(Vec::new()) {
        Ok(loaded) => loaded,
        Err(error) => return Ok(vec![told("bad", "configuration", &error.message())]),
    };
    let file = loaded.files.own;
    let found = if file.exists() { "read" } else { "not there: eavs init" };
    let mut checks = vec![told("good", "configuration", &format!("{} ({found})", file.display()))];
    for finding in findings(ctx, place, &loaded.value)? {
        let state = match finding.weight {
            Weight::Error => "bad",
            Weight::Warning => "warning",
        };
        checks.push(told(state, &finding.key, &finding.problem));
    }
    Ok(checks)
}

/// The kept accounts, their key, and when their tokens end.
fn kept(ctx: &Ctx, place: &Place) -> Result<Vec<Value>> {
    let Ok(loaded) = ctx.config::<Settings>(Vec::new()) else { return Ok(Vec::new()) };
    let vault = vault(ctx, place, &loaded.value)?;
    let contents = match vault.read() {
        Ok(contents) => contents,
        Err(error) => {
            let why = failure::accounts("the kept accounts cannot be read", &error);
            let hint = why.advice().map(|hint| format!(" ({hint})")).unwrap_or_default();
            return Ok(vec![told("bad", "accounts", &format!("{error}{hint}"))]);
        }
    };
    if contents.lines.is_empty() {
        return Ok(vec![told("good", "accounts", "none is kept")]);
    }
    let sealed = format!("{} kept in {}, sealed with {}", contents.lines.len(), vault.file().display(), vault.key());
    let mut checks = vec![told("good", "accounts", &sealed)];
    for line in &contents.lines {
        let one = list::kept(line, &loaded.value, None);
        let part = |name: &str| one[name].as_str().unwrap_or("?").to_owned();
        let state = if one["usable"] == true { "good" } else { "bad" };
        checks.push(told(state, &format!("{}/{} (kept)", part("provider"), part("label")), &part("state")));
    }
    Ok(checks)
}

fn service(ctx: &Ctx, place: &Place) -> Result<Vec<Value>> {
    let (socket, database) = (place.socket(ctx)?, place.database(ctx)?);
    let asked = ctx.block_on(async {
        let door = match Door::open(&socket, &database, Lock::Left, Settings::default, &variable).await {
            Ok(door) => door,
            Err(error) => return Ok(Err(error)),
        };
        Ok(door.ask(Method::GET, "/admin/status", None).await)
    })?;
    let status = match asked {
        Ok(status) => status,
        Err(error @ DoorError::Absent { .. }) => {
            return Ok(vec![told("warning", "service", &format!("{error}: eavs serve"))]);
        }
        Err(error) => return Ok(vec![told("bad", "service", &error.to_string())]),
    };
    let mut checks =
        vec![told("good", "service", &format!("version {} answers on {}", text(&status["version"]), socket.display()))];
    for problem in entries(&status["problems"]) {
        checks.push(told("bad", &text(&problem["what"]), &text(&problem["detail"])));
    }
    for account in entries(&status["accounts"]) {
        let what = format!("{}/{}", text(&account["provider"]), text(&account["account"]));
        let (failures, rests) =
            (account["failures"].as_u64().unwrap_or(0), account["rests_seconds"].as_u64().unwrap_or(0));
        let (state, detail) = match (failures, rests) {
            (0, _) => ("good", "no failure since its last answer".to_owned()),
            (failures, 0) => ("warning", format!("failed {failures} times in a row")),
            (failures, rests) => ("warning", format!("failed {failures} times in a row, rests for {rests} s")),
        };
        checks.push(told(state, &what, &detail));
    }
    Ok(checks)
}
