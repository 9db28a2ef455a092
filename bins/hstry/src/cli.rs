//! The command line.

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand};
use oqto_history::Reader;
use oqto_kit::documents::Documents;
use oqto_kit::{App, Ctx, Exit, GlobalFlags, Result};

use crate::commands::{export, list, search, serve, show, stats, verify};
use crate::failure::failed;

/// Keep, read and search the history of conversations with agents
#[derive(Debug, Parser)]
#[command(name = "hstry", version)]
pub(crate) struct Cli {
    #[command(flatten)]
    global: GlobalFlags,
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

/// Where the history is.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Place {
    /// The database file [default: $OQTO_HSTRY_DB, else hstry.db in the data directory]
    #[arg(long, global = true, value_name = "FILE")]
    database: Option<PathBuf>,
}

impl Place {
    /// The database that is meant.
    pub(crate) fn database(&self, ctx: &Ctx) -> Result<PathBuf> {
        self.database.clone().map_or_else(|| Ok(ctx.dirs()?.hstry_db()), Ok)
    }

    /// Opens it for reading.
    pub(crate) fn reader(&self, ctx: &Ctx) -> Result<Reader> {
        Reader::open(&self.database(ctx)?).map_err(|error| failed("cannot read the history", &error))
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
    List(list::List),
    Show(show::Show),
    Search(search::Search),
    Export(export::Export),
    Stats(stats::Stats),
    Verify(verify::Verify),
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
            Command::Serve(args) => serve::run(ctx, place, &args),
            Command::List(args) => list::run(ctx, place, &args),
            Command::Show(args) => show::run(ctx, place, &args),
            Command::Search(args) => search::run(ctx, place, &args),
            Command::Export(args) => export::run(ctx, place, &args),
            Command::Stats(args) => stats::run(ctx, place, &args),
            Command::Verify(args) => verify::run(ctx, place, &args),
            Command::Documents(args) => args.run(ctx, Self::command()),
        }
    }
}
