//! `dep tree`.

use std::collections::BTreeSet;

use clap::Args;
use oqto_kit::{Ctx, Exit, Result, Told};
use serde_json::{Value, json};

use super::draw::{DEEPEST, tree};
use super::nodes::{Nodes, nodes};
use crate::cli::open;

/// Arguments of `dep tree`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx dep tree k7q2\n  trx dep tree k7q2 --json")]
pub struct Tree {
    /// The issue
    id: String,
}

impl Tree {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let store = open(ctx)?;
        let id = store.resolve(&self.id)?;
        let nodes = nodes(&store, &store.all_links()?, true)?;
        let value = value(&nodes, &id, 0, &mut BTreeSet::new());
        ctx.print(&Told { value, text: tree(&nodes, &[id]) })
    }
}

/// The issue with what it waits for and what is below it; what was told before is only named, so that many ways to one
/// issue cost no more than one.
fn value(nodes: &Nodes, id: &str, depth: usize, told: &mut BTreeSet<String>) -> Value {
    let Some(node) = nodes.get(id) else { return json!({"id": id, "missing": true}) };
    if !told.insert(id.to_owned()) {
        return json!({"id": id, "again": true});
    }
    if depth == DEEPEST {
        return json!({"id": id, "title": node.title, "status": node.status, "deeper": true});
    }
    let mut values =
        |ids: &[String]| -> Vec<Value> { ids.iter().map(|id| value(nodes, id, depth + 1, told)).collect() };
    let (waits, children) = (values(&node.waits), values(&node.children));
    json!({"id": id, "title": node.title, "status": node.status, "waits_for": waits, "children": children})
}
