//! What waits for what.

use std::collections::BTreeMap;

use clap::{Args, Subcommand, ValueEnum};
use oqto_kit::{Ctx, Exit, Result};

use super::draw::{self, Node};
use super::print::{Done, Told};
use super::{failed, open};
use crate::Link;
use crate::store::Query;

/// `dep …`.
#[derive(Subcommand, Debug)]
pub enum Dep {
    /// An issue waits for others
    Block(By),
    /// And no more
    Unblock(By),
    /// An issue has to do with others
    Relate(To),
    /// And no more
    Unrelate(To),
    /// Show what an issue waits for and what is below it
    Tree(Tree),
    /// Draw all open issues
    Graph(GraphArgs),
}

/// An issue and its blockers.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx dep block k7q2 --by m0ab,x1y2")]
pub struct By {
    /// The issue
    id: String,
    /// What it waits for
    #[arg(long, required = true, value_delimiter = ',', value_name = "ID")]
    by: Vec<String>,
}

/// An issue and others.
#[derive(Args, Debug)]
pub struct To {
    /// The issue
    id: String,
    /// The others
    #[arg(long, required = true, value_delimiter = ',', value_name = "ID")]
    to: Vec<String>,
}

/// Arguments of `dep tree`.
#[derive(Args, Debug)]
pub struct Tree {
    /// The issue
    id: String,
}

/// Arguments of `dep graph`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx dep graph\n  trx dep graph --format svg > issues.svg")]
pub struct GraphArgs {
    /// How to draw
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Closed issues too
    #[arg(long, short)]
    all: bool,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
enum Format {
    /// For a terminal.
    Text,
    /// For Graphviz.
    Dot,
    /// A picture.
    Svg,
}

impl Dep {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let mut store = open(ctx)?;
        let id = match self {
            Self::Block(By { id, by }) => store.link(&id, Link::Blocks, &by),
            Self::Unblock(By { id, by }) => store.unlink(&id, Link::Blocks, &by),
            Self::Relate(To { id, to }) => store.link(&id, Link::Related, &to),
            Self::Unrelate(To { id, to }) => store.unlink(&id, Link::Related, &to),
            Self::Tree(Tree { id }) => return tree(ctx, &id),
            Self::Graph(args) => return args.run(ctx),
        };
        Done::one(ctx, &store, &id.map_err(failed)?)
    }
}

/// All issues that are drawn, by id.
fn nodes(store: &crate::Store, all: bool) -> Result<BTreeMap<String, Node>> {
    let query = Query { all, sort: crate::store::Sort::Id, ..Query::default() };
    let mut nodes = BTreeMap::new();
    let mut resolved = store.resolved().map_err(failed)?;
    for entry in store.list(&query).map_err(failed)? {
        let resolved = resolved.remove(&entry.id).unwrap_or_default();
        let short = store.short(&entry.id).map_err(failed)?;
        nodes.insert(entry.id, Node { short, title: entry.title, status: entry.status, resolved, waits: Vec::new() });
    }
    let edges: Vec<(String, String)> = nodes
        .iter()
        .flat_map(|(id, node)| node.resolved.blocks.iter().map(move |blocked| (blocked.clone(), id.clone())))
        .collect();
    for (blocked, by) in edges {
        if let Some(node) = nodes.get_mut(&blocked) {
            node.waits.push(by);
        }
    }
    Ok(nodes)
}

fn tree(ctx: &Ctx, typed: &str) -> Result<Exit> {
    let store = open(ctx)?;
    let id = store.resolve(typed).map_err(failed)?;
    let nodes = nodes(&store, true)?;
    let value = draw::tree_value(&nodes, &id, &mut Vec::new());
    ctx.print(&Told { value, text: draw::tree(&nodes, &[id]) })
}

impl GraphArgs {
    fn run(self, ctx: &Ctx) -> Result<Exit> {
        let store = open(ctx)?;
        let nodes = nodes(&store, self.all)?;
        let cycles = store.graph().map_err(failed)?.cycles();
        for cycle in &cycles {
            ctx.note(&oqto_kit::escape::line(&format!("these wait for each other: {}", cycle.join(" → "))));
        }
        let drawing = match self.format {
            Format::Text => draw::forest(&nodes),
            Format::Dot => draw::dot(&nodes),
            Format::Svg => draw::svg(&nodes),
        };
        if ctx.printer().is_json() {
            let edges = |node: &Node| node.waits.clone();
            let value = serde_json::json!({
                "cycles": cycles,
                "issues": nodes.iter().map(|(id, node)| serde_json::json!({
                    "id": id, "title": node.title, "status": node.status, "parent": node.resolved.parent, "waits_for": edges(node),
                })).collect::<Vec<_>>(),
            });
            return ctx.print(&Told { value, text: drawing });
        }
        match self.format {
            Format::Text => ctx.print(&Told { value: (), text: drawing.trim_end().to_owned() }),
            Format::Dot | Format::Svg => ctx.printer().data(drawing.as_bytes()).map(|()| Exit::DONE),
        }
    }
}
