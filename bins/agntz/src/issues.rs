//! The issues in the words of this program: help and hints of the library say `trx`, which is a program of its own.

use clap::{ArgMatches, Args, Command, FromArgMatches, Subcommand};
use oqto_issues::cli;
use oqto_kit::{Ctx, Error, Exit, Result};

/// `agntz issues …`.
#[derive(Debug)]
pub(crate) struct Issues(cli::Issues);

/// `agntz ready`.
#[derive(Debug)]
pub(crate) struct Ready(cli::ReadyArgs);

impl Issues {
    pub(crate) fn run(self, ctx: &Ctx) -> Result<Exit> {
        self.0.run(ctx).map_err(told)
    }
}

impl Ready {
    pub(crate) fn run(self, ctx: &Ctx) -> Result<Exit> {
        self.0.run(ctx).map_err(told)
    }
}

/// How a command of `trx` is called here. `ready` is one of this program's own.
fn worded(text: &str) -> String {
    text.replace("trx ready", "agntz ready").replace("trx ", "agntz issues ")
}

fn told(error: Error) -> Error {
    match error.advice().map(worded) {
        Some(advice) => error.hint(advice),
        None => error,
    }
}

/// The examples of a command and of those below it.
fn explained(command: Command) -> Command {
    let command = command.mut_subcommands(explained);
    match command.get_after_help().map(|help| worded(&help.to_string())) {
        Some(help) => command.after_help(help),
        None => command,
    }
}

impl FromArgMatches for Issues {
    fn from_arg_matches(matches: &ArgMatches) -> std::result::Result<Self, clap::Error> {
        cli::Issues::from_arg_matches(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> std::result::Result<(), clap::Error> {
        self.0.update_from_arg_matches(matches)
    }
}

impl Subcommand for Issues {
    fn augment_subcommands(command: Command) -> Command {
        cli::Issues::augment_subcommands(command).mut_subcommands(explained)
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        cli::Issues::augment_subcommands_for_update(command).mut_subcommands(explained)
    }

    fn has_subcommand(name: &str) -> bool {
        cli::Issues::has_subcommand(name)
    }
}

impl FromArgMatches for Ready {
    fn from_arg_matches(matches: &ArgMatches) -> std::result::Result<Self, clap::Error> {
        cli::ReadyArgs::from_arg_matches(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> std::result::Result<(), clap::Error> {
        self.0.update_from_arg_matches(matches)
    }
}

impl Args for Ready {
    fn augment_args(command: Command) -> Command {
        explained(cli::ReadyArgs::augment_args(command))
    }

    fn augment_args_for_update(command: Command) -> Command {
        explained(cli::ReadyArgs::augment_args_for_update(command))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn help_speaks_of_this_program_at_every_depth() {
        fn every(command: &Command, seen: &mut usize) {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(!help.contains("trx "), "{}: {help}", command.get_name());
            *seen += usize::from(help.contains("agntz "));
            command.get_subcommands().for_each(|below| every(below, seen));
        }
        let mut seen = 0;
        every(&crate::cli::Cli::command(), &mut seen);
        assert!(seen > 40, "{seen}");
    }

    #[test]
    fn hints_name_commands_that_are_there() {
        assert_eq!(worded("trx dep tree ID; trx ready"), "agntz issues dep tree ID; agntz ready");
    }
}
