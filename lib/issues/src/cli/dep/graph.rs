//! `dep graph`.

use clap::{Args, ValueEnum};
use oqto_kit::{Ctx, Exit, Result, Told, escape};
use serde_json::{Value, json};

use super::draw;
use super::nodes::nodes;
use crate::cli::open;

/// Arguments of `dep graph`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  trx dep graph\n  trx dep graph --format svg > issues.svg\n  trx dep graph --format dot | dot -Tpng > issues.png"
)]
pub struct Graph {
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

impl Graph {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let store = open(ctx)?;
        let links = store.all_links()?;
        let nodes = nodes(&store, &links, self.all)?;
        let cycles = links.cycles();
        for cycle in &cycles {
            ctx.note(&escape::line(&format!("these wait for each other: {}", cycle.join(" → "))));
        }
        if ctx.printer().is_json() {
            let issues = nodes.iter().map(|(id, node)| {
                json!({"id": id, "title": node.title, "status": node.status, "parent": node.parent, "waits_for": node.waits})
            });
            let value = json!({"cycles": cycles, "issues": issues.collect::<Vec<Value>>()});
            return ctx.print(&Told { value, text: String::new() });
        }
        match self.format {
            Format::Text => ctx.print(&Told { value: (), text: draw::forest(&nodes) }),
            Format::Dot => ctx.printer().data(draw::dot(&nodes).as_bytes()).map(|()| Exit::DONE),
            Format::Svg => ctx.printer().data(draw::svg(&nodes).as_bytes()).map(|()| Exit::DONE),
        }
    }
}
