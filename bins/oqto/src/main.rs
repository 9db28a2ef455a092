//! `oqto`: the server that people and pages talk to.

mod cli;
mod commands;
mod config;

fn main() -> std::process::ExitCode {
    oqto_kit::run::<cli::Cli>()
}
