//! The best of the stores, for a prompt.

use clap::Args;
use jiff::Timestamp;
use oqto_kit::printer::{Page, Report};
use oqto_kit::{Ctx, Exit, Result, escape};
use oqto_protocol::agent_context::AgentContext;
use serde::Serialize;

use super::failed;
use super::stores::{Which, here, open_all};
use crate::preview::{Origin, preview};

/// Arguments of `preview`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  agntz memory preview --tokens 800\n  agntz memory preview --json --all\n\nWithout --store and --all: the store of the workspace, then that of the user."
)]
pub struct Preview {
    /// At most so many tokens, four bytes each
    #[arg(long, alias = "max-tokens", value_name = "N", default_value_t = 1200)]
    tokens: usize,
    #[command(flatten)]
    which: Which,
}

#[derive(Serialize)]
#[serde(transparent)]
struct Shown(crate::preview::Preview);

impl Preview {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let here = here(ctx)?;
        let mut places = self.which.places(ctx, &here.places)?;
        if !self.which.is_all() && !self.which.is_named() {
            places.push(here.places.user());
        }
        let stores = open_all(ctx, places)?;
        let mut origins = Vec::new();
        let mut warnings = Vec::new();
        for (place, store) in &stores.open {
            warnings.extend(store.damage().map_err(failed)?.iter().map(ToString::to_string));
            let memories = store.list().map_err(failed)?;
            origins.push(Origin { name: place.name.clone(), scope: place.scope.word(), memories });
        }
        let machine = machine(&here.context);
        let chosen = preview(&origins, self.tokens, Some(&machine), Timestamp::now());
        ctx.print(&Shown(crate::preview::Preview { warnings, ..chosen }))
    }
}

impl Report for Shown {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let text = self.0.rendered.trim_end_matches('\n');
        if text.is_empty() { Ok(()) } else { page.line(escape::text(text)) }
    }
}

/// The label of this machine: what the platform says, else its host name.
pub(super) fn machine(context: &AgentContext) -> String {
    let host = || rustix::system::uname().nodename().to_string_lossy().into_owned();
    context.machine_id.clone().or_else(|| context.node_hostname.clone()).unwrap_or_else(host)
}
