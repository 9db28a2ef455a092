//! `hstry`: the chat history of one user. `hstry serve` is the service that writes it; every other command reads the
//! file itself and needs no service.

mod cli;
mod commands;
mod failure;
mod times;

use std::process::ExitCode;

fn main() -> ExitCode {
    oqto_kit::run::<cli::Cli>()
}
