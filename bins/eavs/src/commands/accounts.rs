//! `eavs accounts`

pub(crate) mod list;
mod login;
mod opener;
mod prompt;
mod remove;

use clap::Subcommand;
use oqto_gateway::accounts::Vault;
use oqto_gateway::config::{Finding, Settings, check};
use oqto_kit::{Ctx, Exit, Result};

use crate::place::{Place, variable};

/// Keep keys and logins of providers, sealed
#[derive(Subcommand, Debug)]
pub(crate) enum Accounts {
    Add(login::Add),
    Login(login::Login),
    List(list::List),
    Remove(remove::Remove),
}

pub(crate) fn run(ctx: &Ctx, place: &Place, command: &Accounts) -> Result<Exit> {
    let settings = ctx.config::<Settings>(Vec::new())?.value;
    let vault = vault(ctx, place, &settings)?;
    match command {
        Accounts::Add(args) => login::add(ctx, &settings, &vault, args),
        Accounts::Login(args) => login::login(ctx, &settings, &vault, args),
        Accounts::List(args) => list::run(ctx, &settings, &vault, args),
        Accounts::Remove(args) => remove::run(ctx, &vault, args),
    }
}

/// Where accounts are kept.
pub(crate) fn vault(ctx: &Ctx, place: &Place, settings: &Settings) -> Result<Vault> {
    Ok(Vault::beside(&place.database(ctx)?, &settings.accounts))
}

/// What of the configuration cannot work. A provider with a kept account does not lack a key.
pub(crate) fn findings(ctx: &Ctx, place: &Place, settings: &Settings) -> Result<Vec<Finding>> {
    let kept = vault(ctx, place, settings)?.names().unwrap_or_default();
    let has = |name: &str| kept.iter().any(|line| line.provider.as_deref() == Some(name));
    let mut findings = check(settings, &variable);
    findings.retain(|finding| !finding.lacks_key_of.as_deref().is_some_and(has));
    Ok(findings)
}
