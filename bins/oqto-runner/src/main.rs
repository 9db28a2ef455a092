//! `oqto-runner`: the daemon that owns this user's agents, and the pipes to it.

mod cli;
mod commands;
mod config;

use std::process::ExitCode;

fn main() -> ExitCode {
    oqto_kit::run::<cli::Cli>()
}
