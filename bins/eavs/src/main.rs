//! `eavs`: the one road from agents to model providers. `eavs serve` is the service; the other commands ask it by its
//! admin socket, or look into its files themselves where no service runs.

mod cli;
mod commands;
mod failure;
mod moment;
mod place;
mod shown;
mod watch;

use std::process::ExitCode;

fn main() -> ExitCode {
    oqto_kit::run::<cli::Cli>()
}
