//! The command line.

use std::path::{Path, PathBuf};

use clap::{CommandFactory as _, Parser, Subcommand};
use oqto_kit::documents::Documents;
use oqto_kit::{App, ConfigFlag, Ctx, Error, Exit, GlobalFlags, Result};
use oqto_protocol::error::{ErrorKind, exit};

use crate::commands::{config, connect, serve, stdio};

/// Own this user's agents: start them, keep them, and let others talk to them
///
/// The daemon is started on demand; nobody needs to run `serve` by hand. A script speaks one JSON object a line:
///
///   printf '%s\n' '{"cmd":"session.create","params":{"harness":"pi","workspace":"."}}' \
///     '{"cmd":"prompt","params":{"text":"list the TODOs"}}' | oqto-runner --stdio
#[derive(Parser, Debug)]
#[command(name = "oqto-runner", version, propagate_version = true, verbatim_doc_comment)]
pub(crate) struct Cli {
    #[command(flatten)]
    global: GlobalFlags,
    #[command(flatten)]
    config: ConfigFlag,
    /// Speak for one script on stdin and stdout, and end with it
    #[arg(long)]
    stdio: bool,
    /// With --stdio: be a private runner that keeps everything in this directory
    #[arg(long, value_name = "DIR", requires = "stdio")]
    state: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand, Debug)]
enum Command {
    Serve(serve::Args),
    Connect(connect::Args),
    Config(config::Args),
    #[command(flatten)]
    Documents(Documents),
}

impl App for Cli {
    fn flags(&self) -> &GlobalFlags {
        &self.global
    }

    fn config_file(&self) -> Option<&Path> {
        self.config.config.as_deref()
    }

    fn run(self, ctx: &Ctx) -> Result<Exit> {
        match (self.stdio, self.command) {
            (true, None) => stdio::run(ctx, self.state),
            (false, Some(Command::Serve(args))) => serve::run(ctx, &args),
            (false, Some(Command::Connect(args))) => connect::run(ctx, &args),
            (false, Some(Command::Config(args))) => config::run(ctx, &args),
            (false, Some(Command::Documents(documents))) => documents.run(ctx, Self::command()),
            (true, Some(_)) => Err(usage("--stdio stands alone")),
            (false, None) => Err(usage("say what to do")),
        }
    }
}

fn usage(what: &str) -> Error {
    debug_assert_eq!(ErrorKind::InvalidParams.exit_code(), exit::USAGE);
    Error::new(ErrorKind::InvalidParams, what).hint("oqto-runner --help")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
