//! `trx`: issues in the repository. The commands are those of `oqto_issues::cli`.

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use oqto_issues::cli::Issues;
use oqto_kit::documents::Documents;
use oqto_kit::{App, Ctx, Exit, GlobalFlags, Result};

/// Keep issues in the repository
#[derive(Debug, Parser)]
#[command(
    name = "trx",
    version,
    after_help = "Examples:\n  trx init\n  trx create 'Login fails' -t bug -p 1\n  trx ready --json\n  trx claim k7q2 && trx close k7q2 --reason fixed\n\nExit codes: 0 done, 1 refused or failed, 2 wrong usage or value, 3 not found, 75 busy or claimed by somebody else"
)]
struct Cli {
    #[command(flatten)]
    global: GlobalFlags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(flatten)]
    Issues(Issues),
    #[command(flatten)]
    Documents(Documents),
}

impl App for Cli {
    fn flags(&self) -> &GlobalFlags {
        &self.global
    }

    fn run(self, ctx: &Ctx) -> Result<Exit> {
        match self.command {
            Command::Issues(issues) => issues.run(ctx),
            Command::Documents(args) => args.run(ctx, Self::command()),
        }
    }
}

fn main() -> ExitCode {
    oqto_kit::run::<Cli>()
}
