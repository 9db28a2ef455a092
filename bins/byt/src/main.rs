//! `byt`: many repositories at once. What it can do is in `oqto-catalog`; this is the door.

mod cli;
mod commands;
mod failure;
mod settings;

use std::process::ExitCode;

fn main() -> ExitCode {
    oqto_kit::run::<cli::Cli>()
}
