//! Which store is meant.

use std::path::Path;

use clap::Args;
use oqto_kit::printer::{Page, Report};
use oqto_kit::{Ctx, Exit, OrFail as _, Result, Table, escape};
use oqto_protocol::agent_context::AgentContext;
use oqto_protocol::error::ErrorKind;
use oqto_store::ledger::Damage;
use serde::Serialize;

use super::failed;
use crate::across;
use crate::places::{Place, Places, Scope};
use crate::store::Store;

/// Where this process is, and who acts.
#[derive(Debug, Clone)]
pub struct Here {
    /// Where stores are.
    pub places: Places,
    /// Who acts: what `AGENT_CTX_*` and `AGENT_*` say, else the name of the user.
    pub context: AgentContext,
}

/// Tells the places and who acts.
///
/// # Errors
/// When no home directory is known, or the folder is gone.
pub fn here(ctx: &Ctx) -> Result<Here> {
    let dirs = ctx.dirs()?;
    let folder = std::env::current_dir().or_fail(ErrorKind::Workspace, || "cannot tell the current folder")?;
    let var = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let mut context = AgentContext::read(var);
    if context.actor().is_none() && context.harness.is_none() {
        context.user_id = var("USER").or_else(|| var("LOGNAME"));
    }
    let workspace = context.workspace_path.as_deref().map(Path::new);
    let data_home = dirs.data.parent().unwrap_or(&dirs.data);
    Ok(Here { places: Places::new(data_home, folder, workspace), context })
}

/// One store.
#[derive(Args, Debug, Clone, Default)]
pub struct One {
    /// The store: user, a name (that of a repository too), or the path of a repository (with a /); without it that of the
    /// workspace
    #[arg(long, value_name = "NAME")]
    store: Option<String>,
}

impl One {
    /// Where it is.
    ///
    /// # Errors
    /// A name that is none, or that several stores have.
    pub fn place(&self, places: &Places) -> Result<Place> {
        match self.store.as_deref() {
            Some(name) => places.named(name).map_err(failed),
            None => Ok(places.workspace()),
        }
    }

    /// Where it is; a store with a name must be there.
    pub(super) fn place_there(&self, places: &Places) -> Result<Place> {
        let place = self.place(places)?;
        if self.store.is_none() || place.exists() || place.name == crate::places::USER {
            return Ok(place);
        }
        let why = format!("no store is called {}", place.name);
        Err(oqto_kit::Error::new(ErrorKind::NotFound, why).hint("agntz memory stores"))
    }

    /// Opens it for changing; what is damaged in it is said on stderr.
    pub(super) fn open(&self, ctx: &Ctx, here: &Here) -> Result<(Place, Store)> {
        let place = self.place_there(&here.places)?;
        let store = open(ctx, &place, here)?;
        Ok((place, store))
    }
}

/// Opens the store at `place`; what is damaged in it is said on stderr.
pub(super) fn open(ctx: &Ctx, place: &Place, here: &Here) -> Result<Store> {
    let store = Store::open(&place.ledger, here.context.clone()).map_err(failed)?;
    tell_damage(ctx, &store)?;
    Ok(store)
}

/// Bad lines that every command tells of.
const TOLD: usize = 3;

fn tell_damage(ctx: &Ctx, store: &Store) -> Result<()> {
    tell(ctx, &store.damage().map_err(failed)?);
    Ok(())
}

/// Says what is damaged.
pub(super) fn tell(ctx: &Ctx, damage: &[Damage]) {
    for damage in damage.iter().take(TOLD) {
        ctx.note(&escape::line(&format!("{damage}")));
    }
    if damage.len() > TOLD {
        ctx.note(&format!("and {} more bad lines; `agntz memory stats` lists them", damage.len() - TOLD));
    }
}

/// One store or all of them.
#[derive(Args, Debug, Clone, Default)]
pub struct Which {
    #[command(flatten)]
    one: One,
    /// All stores of this machine: of the workspace, of the user, with a name, of other repositories
    #[arg(long, conflicts_with = "store")]
    all: bool,
}

impl Which {
    /// Whether all stores are meant.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.all
    }

    /// Whether one was named.
    pub(super) fn is_named(&self) -> bool {
        self.one.store.is_some()
    }

    /// Where they are. Who has none here and one elsewhere under the same name is told.
    pub(super) fn places(&self, ctx: &Ctx, places: &Places) -> Result<Vec<Place>> {
        if self.all {
            return Ok(places.all());
        }
        let place = self.one.place_there(places)?;
        if self.one.store.is_none() && !place.exists() {
            for other in places.all().iter().filter(|other| other.name == place.name) {
                let ledger = other.ledger.display();
                let told =
                    format!("another store is called {}: --all asks it too, agntz memory import {ledger}", place.name);
                ctx.note(&escape::line(&format!("{told} takes it in here")));
            }
        }
        Ok(vec![place])
    }
}

/// Opens stores for reading. What cannot be read among several is said and passed over.
pub(super) fn open_all(ctx: &Ctx, places: Vec<Place>) -> Result<across::Stores> {
    let alone = places.len() == 1;
    let mut stores = across::Stores::open(places);
    for (place, error) in stores.failed.drain(..) {
        if alone {
            return Err(failed(error));
        }
        ctx.printer().warn(&format!("{} is left out: {error}", place.name));
    }
    for (_, store) in &stores.open {
        tell_damage(ctx, store)?;
    }
    Ok(stores)
}

/// Arguments of `stores`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  agntz memory stores\n  agntz memory stores --json")]
pub struct List {}

#[derive(Serialize)]
struct Known {
    name: String,
    scope: Scope,
    path: String,
    memories: usize,
    damaged_lines: usize,
}

#[derive(Serialize)]
#[serde(transparent)]
struct AllKnown(Vec<Known>);

impl List {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let stores = open_all(ctx, here(ctx)?.places.all())?;
        let mut known = Vec::new();
        for (place, store) in &stores.open {
            known.push(Known {
                name: place.name.clone(),
                scope: place.scope,
                path: place.ledger.display().to_string(),
                memories: store.count().map_err(failed)?,
                damaged_lines: store.damage().map_err(failed)?.len(),
            });
        }
        ctx.print(&AllKnown(known))
    }
}

impl Report for AllKnown {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["STORE", "SCOPE", "MEMORIES", "PATH"]);
        for known in &self.0 {
            table.row([known.name.as_str(), known.scope.word(), &known.memories.to_string(), &known.path]);
        }
        page.table(&table)
    }
}
