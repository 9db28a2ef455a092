//! `eavs providers`

mod add;
mod file;
mod list;
mod remove;
mod test;

use clap::Subcommand;
use oqto_kit::{Ctx, Exit, Result};

use crate::place::Place;

/// Show, try and change the providers of the configuration
#[derive(Subcommand, Debug)]
pub(crate) enum Providers {
    /// List providers, where they are, and whether they have a key
    List,
    /// Add a provider to the configuration file; comments stay
    Add(Box<add::Add>),
    Test(test::Test),
    Remove(remove::Remove),
}

pub(crate) fn run(ctx: &Ctx, place: &Place, command: &Providers) -> Result<Exit> {
    match command {
        Providers::List => list::run(ctx, place),
        Providers::Add(args) => add::run(ctx, args),
        Providers::Test(args) => test::run(ctx, place, args),
        Providers::Remove(args) => remove::run(ctx, place, args),
    }
}
