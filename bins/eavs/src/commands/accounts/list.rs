//! `eavs accounts list`

use clap::Args;
use oqto_gateway::accounts::{AccountsError, Line, Secrets, Vault};
use oqto_gateway::book::system_clock;
use oqto_gateway::config::{Settings, resolve};
use oqto_gateway::keys::terms::At;
use oqto_kit::{Ctx, Exit, Page, Result, Table};
use oqto_protocol::error::exit;
use serde_json::{Value, json};

use crate::failure::accounts;
use crate::place::variable;
use crate::shown::{Shown, entries, span, text};

/// List accounts, those of the configuration too
///
/// Nothing of their secrets is shown.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  eavs accounts list\n  eavs accounts list --provider openai --json\n\n\
    Exit codes: 0 all can be used, 1 one cannot.")]
pub(crate) struct List {
    /// Of this provider alone
    #[arg(long, value_name = "NAME")]
    provider: Option<String>,
}

pub(crate) fn run(ctx: &Ctx, settings: &Settings, vault: &Vault, args: &List) -> Result<Exit> {
    let mut all = configured(settings);
    match vault.read() {
        Ok(contents) => all.extend(contents.lines.iter().map(|line| kept(line, settings, None))),
        // Who they are is told even where they cannot be opened.
        Err(
            error @ (AccountsError::KeyLost { .. }
            | AccountsError::KeyDamaged { .. }
            | AccountsError::KeyWrong { .. }
            | AccountsError::Loose { .. }
            | AccountsError::Foreign { .. }
            | AccountsError::Keyring(_)),
        ) => {
            let names = vault.names().map_err(|error| accounts("cannot list the kept accounts", &error))?;
            all.extend(names.iter().map(|line| kept(line, settings, Some(&error))));
            let told = accounts("the kept accounts cannot be opened", &error);
            ctx.printer().warn(&told.message());
            if let Some(hint) = told.advice() {
                ctx.note(&format!("hint: {hint}"));
            }
        }
        Err(error) => return Err(accounts("cannot list the kept accounts", &error)),
    }
    all.retain(|one| args.provider.as_ref().is_none_or(|name| one["provider"] == **name));
    let sound = all.iter().all(|one| one["usable"] == true);
    if all.is_empty() {
        ctx.note("there is no account; keep one: eavs accounts add PROVIDER");
    }
    ctx.print(&Shown(all.into(), |all: &Value, page: &mut Page<'_>| {
        let mut table = Table::new(&["PROVIDER", "LABEL", "KIND", "WEIGHT", "KEPT", "STATE"]);
        for one in entries(all) {
            table.row([
                text(&one["provider"]),
                text(&one["label"]),
                text(&one["kind"]),
                one["weight"].as_u64().map(|weight| weight.to_string()).unwrap_or_default(),
                text(&one["source"]),
                text(&one["state"]),
            ]);
        }
        page.table(&table)
    }))?;
    Ok(if sound { Exit::DONE } else { Exit::code(exit::FAILED) })
}

fn configured(settings: &Settings) -> Vec<Value> {
    let mut all = Vec::new();
    for (name, provider) in &settings.providers {
        let mut add = |label: &str, weight: u32, secret: &oqto_kit::Secret| {
            let unset = resolve(secret, &variable).err().map(|unset| unset.to_string());
            all.push(
                json!({"provider": name, "label": label, "kind": "api_key", "weight": weight, "source": "configuration",
                "usable": unset.is_none(), "state": unset.unwrap_or_else(|| "ready".to_owned())}),
            );
        };
        if !provider.api_key.is_empty() {
            add("default", 1, &provider.api_key);
        }
        for account in &provider.accounts {
            add(&account.label, account.weight, &account.api_key);
        }
    }
    all
}

/// One line of the file, for people and programs; also for `eavs doctor`.
pub(crate) fn kept(line: &Line, settings: &Settings, sealed: Option<&AccountsError>) -> Value {
    let (usable, state) = match (&line.record, sealed) {
        (_, Some(_)) => (false, "cannot be opened".to_owned()),
        (Err(why), None) => (false, format!("line {}: {why}", line.number)),
        (Ok(record), None) if !settings.providers.contains_key(&record.provider) => {
            (false, "not used: no provider of this name is configured".to_owned())
        }
        (Ok(record), None) => state(&record.secrets, &record.provider, &record.label),
    };
    let record = line.record.as_ref().ok();
    let ends = record.and_then(|record| match &record.secrets {
        Secrets::ApiKey(_) => None,
        Secrets::Oauth(grant) => grant.expires_at_ms.map(At),
    });
    json!({"provider": line.provider, "label": line.label, "kind": line.sort, "weight": record.map(|record| record.weight),
        "source": "kept", "added_at": record.map(|record| At(record.added_at_ms)), "expires_at": ends, "usable": usable,
        "state": state})
}

fn state(secrets: &Secrets, provider: &str, label: &str) -> (bool, String) {
    let Secrets::Oauth(grant) = secrets else { return (true, "ready".to_owned()) };
    if let Some(why) = &grant.ended {
        return (false, format!("has to log in again ({why}): eavs accounts login {provider} --label {label}"));
    }
    let left = grant.expires_at_ms.map(|end| end.saturating_sub(system_clock()()) / 1000);
    match (left, &grant.refresh) {
        (None, _) => (true, "ready".to_owned()),
        (Some(left), _) if left > 0 => (true, format!("ready, its token ends in {}", span(left))),
        (Some(_), Some(_)) => (true, "ready, its token is renewed with the next request".to_owned()),
        (Some(_), None) => (false, format!("its token ended: eavs accounts login {provider} --label {label}")),
    }
}
