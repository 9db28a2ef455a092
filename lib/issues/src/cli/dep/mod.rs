//! `dep …`: what waits for what.

mod draw;
mod edge;
mod graph;
mod nodes;
mod tree;

use clap::Subcommand;
use oqto_kit::{Ctx, Exit, Result};

use crate::Link;
use edge::Change;

/// `dep …`.
#[derive(Subcommand, Debug)]
pub enum Dep {
    /// An issue waits for others
    Block(edge::By),
    /// And no more
    Unblock(edge::By),
    /// An issue has to do with others
    Relate(edge::To),
    /// And no more
    Unrelate(edge::To),
    /// Show what an issue waits for and what is below it
    Tree(tree::Tree),
    /// Draw all open issues
    Graph(graph::Graph),
}

impl Dep {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        match self {
            Self::Block(args) => edge::run(ctx, Change::Add, Link::Blocks, &args.id, &args.by),
            Self::Unblock(args) => edge::run(ctx, Change::Remove, Link::Blocks, &args.id, &args.by),
            Self::Relate(args) => edge::run(ctx, Change::Add, Link::Related, &args.id, &args.to),
            Self::Unrelate(args) => edge::run(ctx, Change::Remove, Link::Related, &args.id, &args.to),
            Self::Tree(args) => args.run(ctx),
            Self::Graph(args) => args.run(ctx),
        }
    }
}
