//! `agntz`: what an agent does from day to day. Issues, mail, reservations of files, memories, and what was said before:
//! the same libraries as the other tools, in one binary, without a daemon.

mod absent;
mod cli;
mod context;
mod doctor;
mod failure;
mod init;
mod issues;
mod mail;
mod mcp;
mod place;
mod reserve;
mod search;
mod span;

use std::process::ExitCode;

fn main() -> ExitCode {
    oqto_kit::run::<cli::Cli>()
}
