//! `oqto`: the server that people and pages talk to.

mod cli;
mod commands;
mod config;
mod runners;

fn main() -> std::process::ExitCode {
    oqto_kit::run::<cli::Cli>()
}
