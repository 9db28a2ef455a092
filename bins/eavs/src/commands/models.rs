//! `eavs models`

mod update;

use clap::{Args, Subcommand, ValueEnum};
use oqto_gateway::catalog::{Catalog, Modality, Model};
use oqto_gateway::config::{CatalogSettings, Settings};
use oqto_gateway::gateway::models_of;
use oqto_kit::{Ctx, Error, Exit, Page, Result, Table};
use oqto_protocol::error::ErrorKind;
use serde_json::{Value, json};

use crate::place::{Place, variable};
use crate::shown::{Shown, aligned, count, entries, short, text};

/// Show models, what they can do and what they cost
#[derive(Subcommand, Debug)]
pub(crate) enum Models {
    /// List the models of the configured providers
    List(List),
    /// Show one model
    Show(Show),
    Update(update::Update),
    Pi(super::pi::Pi),
}

/// What a model can do.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Ability {
    /// It thinks before it answers
    Thinks,
    /// It can call tools
    Tools,
    /// It can be given pictures
    Images,
    /// It can be given PDF documents
    Pdf,
    /// It can be given sound
    Audio,
}

impl Ability {
    fn is_of(self, model: &Model) -> bool {
        match self {
            Self::Thinks => model.reasoning,
            Self::Tools => model.tools,
            Self::Images => model.input.contains(&Modality::Image),
            Self::Pdf => model.input.contains(&Modality::Pdf),
            Self::Audio => model.input.contains(&Modality::Audio),
        }
    }
}

/// List the models of the configured providers
///
/// Prices are US dollars for a million tokens. A pipe gets, tab-separated: MODEL, NAME, CONTEXT, WRITES, IN, OUT, CACHED, CAN.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  eavs models list\n  eavs models list --all claude --can images\n  \
    eavs models list --all --max-price 1 --min-context 200000")]
pub(crate) struct List {
    /// Only those with this in their name
    #[arg(value_name = "PART")]
    part: Option<String>,
    /// The whole catalog, whatever is configured
    #[arg(long)]
    all: bool,
    /// Only those of this provider
    #[arg(long, value_name = "NAME")]
    provider: Option<String>,
    /// Only those that can do this
    #[arg(long, value_enum, value_name = "WHAT")]
    can: Vec<Ability>,
    /// Only those whose output costs at most so many US dollars for a million tokens
    #[arg(long, value_name = "USD")]
    max_price: Option<f64>,
    /// Only those with at least so many tokens of context
    #[arg(long, value_name = "TOKENS")]
    min_context: Option<u64>,
}

/// Show one model
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  eavs models show anthropic/claude-haiku-4-5")]
pub(crate) struct Show {
    /// PROVIDER/MODEL, or MODEL
    #[arg(value_name = "MODEL")]
    model: String,
}

pub(crate) fn run(ctx: &Ctx, place: &Place, command: &Models) -> Result<Exit> {
    match command {
        Models::List(args) => list(ctx, place, args),
        Models::Show(args) => show(ctx, place, args),
        Models::Update(args) => update::run(ctx, place, args),
        Models::Pi(args) => super::pi::run(ctx, args),
    }
}

impl List {
    fn wants(&self, model: &Model) -> bool {
        let part = self.part.as_deref().unwrap_or_default().to_lowercase();
        let name = format!("{}/{} {}", model.provider, model.id, model.name).to_lowercase();
        name.contains(&part)
            && self.provider.as_ref().is_none_or(|provider| model.provider == *provider)
            && self.can.iter().all(|ability| ability.is_of(model))
            && self.max_price.is_none_or(|most| model.cost.is_some_and(|cost| cost.output <= most))
            && self.min_context.is_none_or(|least| model.context >= least)
    }
}

fn list(ctx: &Ctx, place: &Place, args: &List) -> Result<Exit> {
    let settings = settings(ctx, place)?;
    let models = if args.all { every(&settings.catalog.current()) } else { models_of(&settings, &variable) };
    let shown: Vec<_> = models.iter().filter(|model| args.wants(model)).map(|model| json!(model)).collect();
    let none = shown.is_empty();
    let terminal = ctx.printer().is_terminal();
    ctx.print(&Shown(shown.into(), move |models: &Value, page: &mut Page<'_>| {
        if terminal { for_people(entries(models), page) } else { for_pipes(entries(models), page) }
    }))?;
    if none {
        ctx.note("no model is so; look at the whole catalog: eavs models list --all");
        return Ok(Exit::NOTHING_FOUND);
    }
    Ok(Exit::DONE)
}

fn price(model: &Value, name: &str) -> String {
    model["cost"][name].as_f64().map(|usd| format!("{usd}")).unwrap_or_default()
}

fn name(model: &Value) -> String {
    format!("{}/{}", text(&model["provider"]), text(&model["id"]))
}

fn abilities(model: &Value) -> String {
    let images = entries(&model["input"]).iter().any(|one| one == "image");
    let can = [("thinks", model["reasoning"] == true), ("tools", model["tools"] == true), ("images", images)];
    can.into_iter().filter(|(_, can)| *can).map(|(name, _)| name).collect::<Vec<_>>().join(" ")
}

fn for_people(models: &[Value], page: &mut Page<'_>) -> Result<()> {
    let row = |model: &Value| {
        let tokens = |name: &str| short(model[name].as_u64().unwrap_or(0));
        [
            name(model),
            tokens("context"),
            tokens("max_output"),
            price(model, "input"),
            price(model, "output"),
            price(model, "cache_read"),
            abilities(model).replace("thinks", "think").replace("tools", "tool").replace("images", "img"),
        ]
    };
    let heading = ["MODEL", "READS", "WRITES", "IN", "OUT", "CACHED", "CAN"];
    page.table(&aligned(heading, models.iter().map(row).collect(), &[1, 2, 3, 4, 5]))
}

fn for_pipes(models: &[Value], page: &mut Page<'_>) -> Result<()> {
    let mut table = Table::new(&["MODEL", "NAME", "CONTEXT", "WRITES", "IN", "OUT", "CACHED", "CAN"]);
    for model in models {
        table.row([
            name(model),
            text(&model["name"]),
            count(&model["context"]),
            count(&model["max_output"]),
            price(model, "input"),
            price(model, "output"),
            price(model, "cache_read"),
            abilities(model),
        ]);
    }
    page.table(&table)
}

fn show(ctx: &Ctx, place: &Place, args: &Show) -> Result<Exit> {
    let settings = settings(ctx, place)?;
    let known: Vec<Model> =
        models_of(&settings, &variable).into_iter().chain(every(&settings.catalog.current())).collect();
    let full = |model: &&Model| format!("{}/{}", model.provider, model.id) == args.model;
    let found = known.iter().find(full).or_else(|| known.iter().find(|model| model.id == args.model));
    let Some(model) = found else {
        let what = format!("no model is called {:?}", args.model);
        return Err(Error::new(ErrorKind::NotFound, what).hint("eavs models list --all"));
    };
    ctx.print(&Shown(json!(model), |model: &Value, page: &mut Page<'_>| {
        let mut table = Table::new(&["WHAT", "VALUE"]);
        let words = |list: &Value| entries(list).iter().map(text).collect::<Vec<_>>().join(", ");
        let facts = [
            ("model", name(model)),
            ("name", text(&model["name"])),
            ("can", abilities(model)),
            ("is given", words(&model["input"])),
            ("gives", words(&model["output"])),
            ("context", format!("{} tokens", count(&model["context"]))),
            ("writes", format!("{} tokens", count(&model["max_output"]))),
            ("costs", costs(&model["cost"])),
        ];
        for (name, value) in facts {
            table.row([name.to_owned(), value]);
        }
        for tier in entries(&model["tiers"]) {
            table.row([format!("above {} tokens", count(&tier["above"])), costs(tier)]);
        }
        page.table(&table)
    }))
}

/// Prices in one line.
fn costs(cost: &Value) -> String {
    let names =
        [("input", "reading"), ("output", "writing"), ("cache_read", "cached"), ("cache_write", "into the cache")];
    let told = names.iter().filter_map(|(name, word)| Some(format!("{word} ${}", cost[*name].as_f64()?)));
    let told: Vec<_> = told.collect();
    if told.is_empty() { "not known".to_owned() } else { format!("{} for a million tokens", told.join(", ")) }
}

/// The settings, with the place of the catalog.
fn settings(ctx: &Ctx, place: &Place) -> Result<Settings> {
    let settings = ctx.config::<Settings>(Vec::new())?.value;
    Ok(Settings { catalog: catalog(&settings, ctx, place)?, ..settings })
}

fn catalog(settings: &Settings, ctx: &Ctx, place: &Place) -> Result<CatalogSettings> {
    Ok(settings.catalog.clone().beside(&place.database(ctx)?))
}

fn every(catalog: &Catalog) -> Vec<Model> {
    catalog.models().cloned().collect()
}
