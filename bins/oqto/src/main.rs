//! `oqto`: the server that people and pages talk to.

mod cli;
mod commands;
mod config;
mod gateway;
mod replacing;
mod runners;

fn main() -> std::process::ExitCode {
    oqto_kit::run::<cli::Cli>()
}
