//! `eavs models`

use clap::{Args, Subcommand};
use oqto_gateway::catalog::{Catalog, Model};
use oqto_gateway::config::Settings;
use oqto_gateway::gateway::models_of;
use oqto_kit::{Ctx, Error, Exit, Page, Result, Table};
use oqto_protocol::error::ErrorKind;
use serde_json::{Value, json};

use crate::place::variable;
use crate::shown::{Shown, count, entries, text};

/// Show models, what they can do and what they cost
#[derive(Subcommand, Debug)]
pub(crate) enum Models {
    /// List the models of the configured providers
    List(List),
    /// Show one model
    Show(Show),
    Pi(super::pi::Pi),
}

/// List the models of the configured providers
///
/// Prices are US dollars for a million tokens.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  eavs models list\n  eavs models list --all claude")]
pub(crate) struct List {
    /// Only those with this in their name
    #[arg(value_name = "PART")]
    part: Option<String>,
    /// The whole catalog, whatever is configured
    #[arg(long)]
    all: bool,
}

/// Show one model
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  eavs models show anthropic/claude-haiku-4-5")]
pub(crate) struct Show {
    /// PROVIDER/MODEL, or MODEL
    #[arg(value_name = "MODEL")]
    model: String,
}

pub(crate) fn run(ctx: &Ctx, command: &Models) -> Result<Exit> {
    match command {
        Models::List(args) => list(ctx, args),
        Models::Show(args) => show(ctx, args),
        Models::Pi(args) => super::pi::run(ctx, args),
    }
}

fn list(ctx: &Ctx, args: &List) -> Result<Exit> {
    let part = args.part.as_deref().unwrap_or_default().to_lowercase();
    let is_meant =
        |model: &Model| format!("{}/{} {}", model.provider, model.id, model.name).to_lowercase().contains(&part);
    let models = if args.all { catalog() } else { configured(ctx)? };
    let shown: Vec<_> = models.iter().filter(|model| is_meant(model)).map(|model| json!(model)).collect();
    let none = shown.is_empty();
    ctx.print(&Shown(shown.into(), |models: &Value, page: &mut Page<'_>| {
        let mut table = Table::new(&["MODEL", "NAME", "CONTEXT", "WRITES", "IN", "OUT", "CACHED", "CAN"]);
        for model in entries(models) {
            table.row(row(model));
        }
        page.table(&table)
    }))?;
    if none {
        ctx.note("no model is called so; look at the whole catalog: eavs models list --all");
        return Ok(Exit::NOTHING_FOUND);
    }
    Ok(Exit::DONE)
}

fn row(model: &Value) -> [String; 8] {
    let price = |name: &str| model["cost"][name].as_f64().map(|usd| format!("{usd}")).unwrap_or_default();
    let images = entries(&model["input"]).iter().any(|one| one == "image");
    let can = [("thinks", model["reasoning"] == true), ("tools", model["tools"] == true), ("images", images)];
    let can: Vec<_> = can.into_iter().filter(|(_, can)| *can).map(|(name, _)| name).collect();
    [
        format!("{}/{}", text(&model["provider"]), text(&model["id"])),
        text(&model["name"]),
        count(&model["context"]),
        count(&model["max_output"]),
        price("input"),
        price("output"),
        price("cache_read"),
        can.join(" "),
    ]
}

fn show(ctx: &Ctx, args: &Show) -> Result<Exit> {
    let known: Vec<Model> = configured(ctx)?.into_iter().chain(catalog()).collect();
    let full = |model: &&Model| format!("{}/{}", model.provider, model.id) == args.model;
    let found = known.iter().find(full).or_else(|| known.iter().find(|model| model.id == args.model));
    let Some(model) = found else {
        let what = format!("no model is called {:?}", args.model);
        return Err(Error::new(ErrorKind::NotFound, what).hint("eavs models list --all"));
    };
    ctx.print(&Shown(json!(model), |model: &Value, page: &mut Page<'_>| {
        let mut table = Table::new(&["WHAT", "VALUE"]);
        for (name, value) in model.as_object().into_iter().flatten() {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            table.row([name.clone(), value]);
        }
        page.table(&table)
    }))
}

fn configured(ctx: &Ctx) -> Result<Vec<Model>> {
    Ok(models_of(&ctx.config::<Settings>(Vec::new())?.value, &variable))
}

fn catalog() -> Vec<Model> {
    let catalog = Catalog::shipped();
    let providers: Vec<_> = catalog.providers().map(str::to_owned).collect();
    providers.iter().flat_map(|name| catalog.of(name)).cloned().collect()
}
