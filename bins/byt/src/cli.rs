//! The command line.

use std::path::Path;

use clap::{CommandFactory, Parser, Subcommand};
use oqto_kit::documents::Documents;
use oqto_kit::{App, ConfigFlag, Ctx, Exit, GlobalFlags, Result};

use crate::commands::{catalog, config, current, status};
use crate::settings::Where;

/// See and keep many repositories at once
#[derive(Debug, Parser)]
#[command(name = "byt", version, after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(flatten)]
    global: GlobalFlags,
    #[command(flatten)]
    config: ConfigFlag,
    #[command(flatten)]
    place: Where,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  byt status                     every repository below the configured roots
  byt -C ~/code status --dirty   only those with changes
  byt catalog refresh            write down what is known of each
  byt catalog show oqto --json   one repository

Exit codes: 0 done, 1 failed, 2 usage, 3 nothing found, 78 bad configuration";

#[derive(Debug, Subcommand)]
enum Command {
    /// Show where every repository stands
    Status(status::Status),
    /// Keep a list of what is known of every repository
    #[command(subcommand)]
    Catalog(catalog::Catalog),
    /// Show the repository that one stands in
    Current(current::Current),
    /// Show the configuration
    #[command(subcommand)]
    Config(config::Config),
    #[command(flatten)]
    Documents(Documents),
}

impl App for Cli {
    fn flags(&self) -> &GlobalFlags {
        &self.global
    }

    fn config_file(&self) -> Option<&Path> {
        self.config.config.as_deref()
    }

    fn run(self, ctx: &Ctx) -> Result<Exit> {
        match self.command {
            Command::Status(args) => status::run(ctx, &self.place, &args),
            Command::Catalog(args) => catalog::run(ctx, &self.place, &args),
            Command::Current(args) => current::run(ctx, &args),
            Command::Config(args) => config::run(ctx, &self.place, &args),
            Command::Documents(args) => args.run(ctx, Self::command()),
        }
    }
}
