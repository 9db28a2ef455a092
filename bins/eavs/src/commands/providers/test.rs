//! `eavs providers test`

use clap::Args;
use oqto_gateway::config::Settings;
use oqto_gateway::gateway::{Probed, probe};
use oqto_kit::{Ctx, Error, Exit, Page, Result, Table};
use oqto_protocol::error::{ErrorKind, exit};
use serde_json::{Value, json};

use crate::failure::opening;
use crate::place::{Place, variable};
use crate::shown::{Shown, entries, text};

/// Ask every account of the providers for the models, which needs the key and costs nothing
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  eavs providers test\n  eavs providers test openai --json\n\n\
    Exit codes: 0 all are well, 1 one is not, 3 there is no such provider.")]
pub(crate) struct Test {
    /// This provider alone
    name: Option<String>,
}

pub(super) fn run(ctx: &Ctx, place: &Place, args: &Test) -> Result<Exit> {
    let settings = ctx.config::<Settings>(Vec::new())?.value;
    if let Some(name) = args.name.as_ref().filter(|name| !settings.providers.contains_key(*name)) {
        let what = format!("no provider is called {name:?}");
        return Err(Error::new(ErrorKind::NotFound, what).hint("eavs providers list"));
    }
    if settings.providers.is_empty() {
        ctx.note("no provider is configured; add one: eavs providers add NAME");
    }
    let database = place.database(ctx)?;
    let asked = ctx.block_on(async {
        let probed = probe(&settings, &database, &variable, args.name.as_deref()).await;
        probed.map_err(|error| opening("cannot try the providers", &error))
    })?;
    let well = asked.iter().all(Probed::is_well);
    ctx.print(&Shown(json!(asked), |asked: &Value, page: &mut Page<'_>| {
        let mut table = Table::new(&["PROVIDER", "ACCOUNT", "REACHABLE", "KEY", "MODELS", "LATENCY", "PROBLEM"]);
        for one in entries(asked) {
            let key = match one["key_accepted"].as_bool() {
                Some(true) => "accepted",
                Some(false) => "refused",
                None => "",
            };
            table.row([
                text(&one["provider"]),
                text(&one["account"]),
                if one["reachable"] == true { "yes" } else { "no" }.to_owned(),
                key.to_owned(),
                one["models"].as_u64().map(|models| models.to_string()).unwrap_or_default(),
                format!("{} ms", one["latency_ms"]),
                text(&one["problem"]),
            ]);
        }
        page.table(&table)
    }))?;
    Ok(if well { Exit::DONE } else { Exit::code(exit::FAILED) })
}
