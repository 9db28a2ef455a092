//! The command line.

use std::ffi::OsStr;

use clap::{Args as _, CommandFactory, Parser, Subcommand};
use oqto_kit::documents::Documents;
use oqto_kit::{App, Ctx, Exit, GlobalFlags, Result};
use oqto_memory::cli::Memory;

use crate::issues::{Issues, Ready};
use crate::{absent, context, doctor, init, mail, mcp, reserve, search};

const EXAMPLES: &str = "\
Examples:
  agntz context --tokens 1000
  agntz memory add 'Tests need the clock service.' -c debugging
  agntz memory search 'why do tests fail'
  agntz ready --limit 3
  agntz issues create 'Login fails' -t bug -p 1
  agntz mail send ada 'Schema changed' 'Column `owner` is gone.' --ack
  agntz mail inbox --json
  agntz reserve 'src/auth/**' --ttl 1h --reason 'new login'
  agntz reservations check --staged

Exit codes:
  0 done  1 refused or failed  2 wrong usage or value  3 nothing found
  75 held by somebody else, busy, or the disk is full: try again later
  69 no history here  77 not permitted  78 not configured

Who acts is told by AGENT_CTX_AGENT_ADDRESS, AGENT_CTX_AGENT_ID, AGENT_CTX_PLATFORM_SESSION_ID,
AGENT_CTX_HARNESS_SESSION_ID or AGENT_SESSION_ID, AGENT_CTX_USER_ID, or else by who is logged in; --as NAME
after a command of mail, reservations, context, ready or doctor names somebody else.";

/// Day-to-day operations of an agent: memories, issues, mail, reservations of files
#[derive(Debug, Parser)]
#[command(name = "agntz", version, after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(flatten)]
    global: GlobalFlags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Say what you should know now: mail, reservations, issues, memories
    Context(context::Context),
    /// Remember things, and find them again
    #[command(subcommand)]
    Memory(Memory),
    /// List the issues that can be begun now
    Ready(Ready),
    /// Keep issues in the repository, as trx does
    #[command(subcommand, visible_alias = "tasks")]
    Issues(Issues),
    /// Write to and hear from agents and people of this machine
    Mail(mail::Mail),
    /// Reserve paths, so that nobody else changes them meanwhile
    Reserve(reserve::Reserve),
    /// Give reservations back
    Release(reserve::Release),
    /// Prolong reservations
    Renew(reserve::Renew),
    /// See what is reserved
    Reservations(reserve::Reservations),
    /// Find what was said in conversations with agents
    Search(search::Search),
    /// Run something later or again and again; not configured here
    Schedule(absent::Schedule),
    /// Ask a running agent and wait for its answer; not configured here
    Ask(absent::Ask),
    /// Begin: tell the agents of this repository about agntz, in AGENTS.md, and make its store of issues
    Init(init::Init),
    /// See whether everything that agntz uses is there and whole
    Doctor(doctor::Doctor),
    /// Offer all of this as tools to a client of the Model Context Protocol
    Mcp(mcp::Mcp),
    #[command(flatten)]
    Documents(Documents),
}

impl App for Cli {
    fn flags(&self) -> &GlobalFlags {
        &self.global
    }

    fn alone(first: &OsStr) -> Option<clap::Command> {
        let described = match first.to_str()? {
            "memory" => Memory::augment_subcommands(clap::Command::new("memory")),
            "issues" => Issues::augment_subcommands(clap::Command::new("issues")),
            "mail" => mail::Mail::augment_args(clap::Command::new("mail")),
            _ => return None,
        };
        Some(GlobalFlags::augment_args(clap::Command::new("agntz")).subcommand(described))
    }

    fn run(self, ctx: &Ctx) -> Result<Exit> {
        match self.command {
            Command::Context(args) => args.run(ctx),
            Command::Memory(memory) => memory.run(ctx),
            Command::Ready(args) => args.run(ctx),
            Command::Issues(issues) => issues.run(ctx),
            Command::Mail(mail) => mail.run(ctx),
            Command::Reserve(args) => args.run(ctx),
            Command::Release(args) => args.run(ctx),
            Command::Renew(args) => args.run(ctx),
            Command::Reservations(args) => args.run(ctx),
            Command::Search(args) => args.run(ctx),
            Command::Schedule(args) => args.run(ctx),
            Command::Ask(args) => args.run(ctx),
            Command::Init(args) => args.run(ctx),
            Command::Doctor(args) => args.run(ctx),
            Command::Mcp(args) => args.run(ctx),
            Command::Documents(args) => args.run(ctx, Self::command()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_described_alone_is_understood_as_among_all() {
        let lines = [
            "agntz memory add text -c api -i 8 --json",
            "agntz memory search --json -C / why",
            "agntz issues create title -p 1 -q",
            "agntz issues dep block a --by b",
            "agntz mail send ada subject text --ack",
        ];
        for line in lines {
            let words: Vec<&str> = line.split(' ').collect();
            let alone = Cli::alone(OsStr::new(words[1])).unwrap().try_get_matches_from(&words).unwrap();
            let alone = <Cli as clap::FromArgMatches>::from_arg_matches(&alone).unwrap();
            assert_eq!(format!("{alone:?}"), format!("{:?}", Cli::try_parse_from(&words).unwrap()), "{line}");
        }
        assert!(Cli::alone(OsStr::new("doctor")).is_none());
    }
}
