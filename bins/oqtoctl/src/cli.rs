//! The command line.

use crate::commands::{ask, doctor, session, sessions, status};
use crate::place::Place;
use clap::{CommandFactory as _, Parser, Subcommand};
use oqto_kit::documents::Documents;
use oqto_kit::{App, Ctx, Exit, GlobalFlags, Result};

/// Ask agents, look after their sessions, and find out what is wrong
///
/// Talks to the server that you run on this machine, or with --server to one elsewhere.
#[derive(Parser, Debug)]
#[command(name = "oqtoctl", version, propagate_version = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    global: GlobalFlags,
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Status(status::Args),
    Session(session::Args),
    Sessions(sessions::Args),
    Ask(ask::Args),
    Doctor(doctor::Args),
    #[command(flatten)]
    Documents(Documents),
}

impl App for Cli {
    fn flags(&self) -> &GlobalFlags {
        &self.global
    }

    fn run(self, ctx: &Ctx) -> Result<Exit> {
        let place = &self.place;
        match self.command {
            Command::Status(args) => status::run(ctx, place, &args),
            Command::Session(args) => session::run(ctx, place, args),
            Command::Sessions(args) => sessions::run(ctx, place, &args),
            Command::Ask(args) => ask::run(ctx, place, &args),
            Command::Doctor(args) => doctor::run(ctx, &args),
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
