//! The command line.

use std::path::Path;

use clap::{CommandFactory, Parser, Subcommand};
use oqto_kit::documents::Documents;
use oqto_kit::{App, ConfigFlag, Ctx, Exit, GlobalFlags, Result};

use crate::commands::{catalog, config, current, lint, memory, new, ready, release, schemas, status, sync};
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
  byt ready                      what can be begun, of all repositories
  byt memory search port --all   what is remembered, in all repositories
  byt sync push                  give issues and memories to the remote
  byt lint --strict              every rule, in a pipeline
  byt release check              whether versions, changelogs and tags agree
  byt catalog refresh            write down what is known of each
  byt catalog show oqto --json   one repository

Exit codes: 0 done, 1 failed or findings, 2 usage, 3 nothing found, 69 remote unreachable, 75 try again, 77 refused,
78 bad configuration, 124 took too long";

#[derive(Debug, Subcommand)]
enum Command {
    Status(status::Status),
    Ready(ready::Ready),
    #[command(subcommand)]
    Memory(memory::Memory),
    #[command(subcommand)]
    Sync(sync::Sync),
    Lint(lint::Lint),
    #[command(subcommand)]
    Release(release::Release),
    #[command(subcommand)]
    Schemas(schemas::Schemas),
    New(new::New),
    #[command(subcommand)]
    Catalog(catalog::Catalog),
    Current(current::Current),
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
            Command::Ready(args) => ready::run(ctx, &self.place, &args),
            Command::Memory(args) => memory::run(ctx, &self.place, args),
            Command::Sync(args) => sync::run(ctx, &self.place, args),
            Command::Lint(args) => lint::run(ctx, &self.place, &args),
            Command::Release(args) => release::run(ctx, &self.place, &args),
            Command::Schemas(args) => schemas::run(ctx, &self.place, &args),
            Command::New(args) => new::run(ctx, &self.place, &args),
            Command::Catalog(args) => catalog::run(ctx, &self.place, &args),
            Command::Current(args) => current::run(ctx, &args),
            Command::Config(args) => config::run(ctx, &self.place, &args),
            Command::Documents(args) => args.run(ctx, Self::command()),
        }
    }
}
