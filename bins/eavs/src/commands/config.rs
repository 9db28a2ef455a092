//! `eavs config` and `eavs init`

use clap::Subcommand;
use oqto_gateway::config::{Settings, Weight};
use oqto_kit::config::write_template;
use oqto_kit::{Ctx, Exit, Page, Result, Table};
use oqto_protocol::error::exit;
use serde_json::{Value, json};

use crate::commands::accounts::findings;
use crate::place::Place;
use crate::shown::{Shown, entries, text};

/// Check and show the configuration
#[derive(Subcommand, Debug)]
pub(crate) enum Config {
    /// Say what of it cannot work
    #[command(after_help = "Exit codes: 0 it works, 78 it does not.")]
    Check,
    /// Print every value and where it comes from, secrets hidden
    Show,
    /// Print the files that are read
    Path,
}

pub(crate) fn run(ctx: &Ctx, place: &Place, command: &Config) -> Result<Exit> {
    match command {
        Config::Check => verify(ctx, place),
        Config::Show => ctx.print(&ctx.config::<Settings>(Vec::new())?.settings()?),
        Config::Path => ctx.print(&ctx.config_files::<Settings>()?),
    }
}

fn verify(ctx: &Ctx, place: &Place) -> Result<Exit> {
    let findings = findings(ctx, place, &ctx.config::<Settings>(Vec::new())?.value)?;
    let broken = findings.iter().any(|finding| finding.weight == Weight::Error);
    if findings.is_empty() {
        ctx.note("the configuration can work");
    }
    ctx.print(&Shown(json!(findings), |findings: &Value, page: &mut Page<'_>| {
        let mut table = Table::new(&["WEIGHT", "KEY", "PROBLEM"]);
        for finding in entries(findings) {
            table.row([text(&finding["weight"]), text(&finding["key"]), text(&finding["problem"])]);
        }
        page.table(&table)
    }))?;
    Ok(if broken { Exit::code(exit::CONFIG) } else { Exit::DONE })
}

pub(crate) fn init(ctx: &Ctx) -> Result<Exit> {
    let path = ctx.config_files::<Settings>()?.own;
    write_template::<Settings>(&path)?;
    ctx.note(&format!("wrote {}; name your providers in it, then: eavs serve", path.display()));
    Ok(Exit::DONE)
}
