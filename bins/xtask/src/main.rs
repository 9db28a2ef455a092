//! The project's own tool: build and start it, test it, generate what is generated, measure it, pack it.
//!
//! `cargo xtask --help` lists the commands. It is never shipped, and has few dependencies because it is built first.

mod checkout;
mod cli;
mod commands;
mod failure;
mod needs;
mod process;
mod report;
mod say;
mod shipped;
mod tidy;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    match cli::Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say::failure(&failure);
            ExitCode::FAILURE
        }
    }
}
