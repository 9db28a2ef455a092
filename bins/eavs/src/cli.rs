//! The command line.

use std::path::Path;

use clap::{CommandFactory, Parser, Subcommand};
use oqto_kit::documents::Documents;
use oqto_kit::flags::ConfigFlag;
use oqto_kit::{App, Ctx, Exit, GlobalFlags, Result};

use crate::commands::{accounts, config, doctor, env, keys, logs, models, policy, providers, quotas, serve, usage};
use crate::place::Place;

/// The one road from agents to model providers: keys with budgets, prices, and the truth about use
#[derive(Debug, Parser)]
#[command(
    name = "eavs",
    version,
    after_help = "Examples:\n  eavs init                                    write a configuration to fill in\n  eavs serve\n  \
        eavs keys create --name ada --budget 5       prints the key, once\n  eavs usage --by model\n\n\
        Exit codes: 0 done, 1 refused or failed, 2 usage, 3 not found, 69 no gateway answers, 75 try again, \
        77 not permitted, 78 bad configuration."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    global: GlobalFlags,
    #[command(flatten)]
    config: ConfigFlag,
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
    #[command(subcommand)]
    Keys(keys::Keys),
    Env(env::Env),
    Usage(usage::Usage),
    Quotas(quotas::Quotas),
    #[command(subcommand)]
    Logs(logs::Logs),
    #[command(subcommand)]
    Models(models::Models),
    #[command(subcommand)]
    Providers(providers::Providers),
    #[command(subcommand)]
    Accounts(accounts::Accounts),
    #[command(subcommand)]
    Policy(policy::Policy),
    #[command(subcommand)]
    Config(config::Config),
    /// Write a configuration file in which everything is explained and nothing is changed
    #[command(after_help = "Examples:\n  eavs init\n  eavs init --config ./eavs.toml")]
    Init,
    Doctor(doctor::Doctor),
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
        let place = &self.place;
        match self.command {
            Command::Serve(args) => serve::run(ctx, place, &args),
            Command::Keys(command) => keys::run(ctx, place, command),
            Command::Env(args) => env::run(ctx, place, args),
            Command::Usage(args) => usage::run(ctx, place, &args),
            Command::Quotas(args) => quotas::run(ctx, place, &args),
            Command::Logs(command) => logs::run(ctx, place, &command),
            Command::Models(command) => models::run(ctx, place, &command),
            Command::Providers(command) => providers::run(ctx, place, &command),
            Command::Accounts(command) => accounts::run(ctx, place, &command),
            Command::Policy(command) => policy::run(ctx, &command),
            Command::Config(command) => config::run(ctx, place, &command),
            Command::Init => config::init(ctx),
            Command::Doctor(args) => doctor::run(ctx, place, &args),
            Command::Documents(args) => args.run(ctx, Self::command()),
        }
    }
}
