//! The command line.

use std::path::Path;

use crate::commands::{config, init, link, serve, token};
use clap::{CommandFactory as _, Parser, Subcommand};
use oqto_kit::documents::Documents;
use oqto_kit::{App, ConfigFlag, Ctx, Exit, GlobalFlags, Result};

/// A self-hosted workspace for AI coding agents
///
/// `oqto serve` starts the server and prints a link that signs you in.
#[derive(Parser, Debug)]
#[command(name = "oqto", version, propagate_version = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    global: GlobalFlags,
    #[command(flatten)]
    config: ConfigFlag,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Serve(serve::Args),
    Link(link::Args),
    Token(token::Args),
    Init(init::Args),
    Config(config::Args),
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
            Command::Serve(args) => serve::run(ctx, args),
            Command::Link(args) => link::run(ctx, &args),
            Command::Token(args) => token::run(ctx, &args),
            Command::Init(args) => init::run(ctx, &args),
            Command::Config(args) => config::run(ctx, &args),
            Command::Documents(documents) => documents.run(ctx, Self::command()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
