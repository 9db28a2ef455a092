//! `sx`: web search for agents and people, through SearXNG instances.
//!
//! One question goes to the first instance that can answer it (or to all of them at once), the answer is read
//! leniently and cleaned of everything that could play with a terminal, and is printed as text, Markdown, links or
//! JSON, or the pages that were found are read. No daemon, no account; what is asked is not logged anywhere.

mod agent;
mod answer;
mod browser;
mod clean;
mod cli;
mod commands;
mod encode;
mod fault;
mod history;
mod import;
mod instance;
mod outlet;
mod page;
mod prompt;
mod question;
mod search;
mod searxng;
mod settings;
mod show;

use std::process::ExitCode;

fn main() -> ExitCode {
    oqto_kit::run::<cli::Cli>()
}
