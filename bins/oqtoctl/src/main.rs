//! `oqtoctl`: sessions from a shell or a script, and what is wrong with an installation.

mod ago;
mod cli;
mod client;
mod commands;
mod listing;
mod place;
mod target;
mod terminal;

fn main() -> std::process::ExitCode {
    oqto_kit::run::<cli::Cli>()
}
