//! The command line.

use clap::{Parser, Subcommand};

use crate::commands::{bench, codegen, dist, test, tidy, up};
use crate::failure::Result;

/// The project's own tool
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Up(up::Args),
    Test(test::Args),
    Codegen(codegen::Args),
    Tidy(tidy::Args),
    Bench(bench::Args),
    Dist(dist::Args),
}

impl Cli {
    pub(crate) fn run(self) -> Result {
        match self.command {
            Command::Up(args) => up::run(&args),
            Command::Test(args) => test::run(&args),
            Command::Codegen(args) => codegen::run(&args),
            Command::Tidy(args) => tidy::run(&args),
            Command::Bench(args) => bench::run(&args),
            Command::Dist(args) => dist::run(&args),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
