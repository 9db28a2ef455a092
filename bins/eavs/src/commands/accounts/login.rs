//! `eavs accounts add` and `login`

use std::time::Duration;

use clap::Args;
use oqto_gateway::accounts::oauth::{self, Flow};
use oqto_gateway::accounts::{Change, Grant, Record, Secrets, Sort, Vault};
use oqto_gateway::book::system_clock;
use oqto_gateway::config::{Kind, ProviderSettings, Settings};
use oqto_gateway::keys::terms::At;
use oqto_kit::{Ctx, Error, Exit, Page, Result, escape};
use oqto_protocol::error::ErrorKind;
use serde_json::{Value, json};

use super::{opener, prompt};
use crate::failure::{accounts, login as not_logged_in};
use crate::place::variable;
use crate::shown::{Shown, text};

/// Whose account it is
#[derive(Args, Debug)]
struct Whose {
    /// The provider, by its name in the configuration
    provider: String,
    /// What to call the account; virtual keys are bound by it (`eavs keys create --account LABEL`)
    #[arg(long, default_value = "default")]
    label: String,
    /// Its part of the requests, in relation to those of the provider's other accounts
    #[arg(long, default_value = "1", value_parser = clap::value_parser!(u32).range(1..=1000))]
    weight: u32,
    /// In place of an account of this label that is kept already
    #[arg(long)]
    replace: bool,
}

/// Keep a key that a provider gave you
///
/// The key is asked for on the terminal, or read from stdin; it is never an argument, which others could see. It is kept
/// sealed, and a gateway that runs takes it at once.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  eavs accounts add openai\n  \
    pass show openai | eavs accounts add openai --label work --weight 3 --api-key-stdin")]
pub(crate) struct Add {
    #[command(flatten)]
    whose: Whose,
    /// Read the key from stdin
    #[arg(long)]
    api_key_stdin: bool,
}

/// Log in to a provider that lets programs of others do so, or keep a key where it does not
///
/// The addresses and the name of the program are those that the provider gave you: [providers.NAME.oauth] in eavs.toml.
/// The address to open is printed, and opened by xdg-open where there is a desktop ($DISPLAY or $WAYLAND_DISPLAY).
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  eavs accounts login house                 in the way that the provider offers\n  \
    eavs accounts login house --device        with a code that is typed on another device\n  \
    eavs accounts login openai --api-key-stdin < key\n\n\
    Exit codes: 0 logged in, 69 the provider cannot be reached, 75 cancelled, 77 refused there, 124 nobody allowed it in time."
)]
#[command(group = clap::ArgGroup::new("way"))]
pub(crate) struct Login {
    #[command(flatten)]
    whose: Whose,
    /// Read a key from stdin
    #[arg(long, group = "way")]
    api_key_stdin: bool,
    /// With a code that is typed on another device
    #[arg(long, group = "way")]
    device: bool,
    /// With a browser on this machine
    #[arg(long, group = "way")]
    browser: bool,
    /// Seconds to wait until it is allowed
    #[arg(long, default_value = "300", value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..=3600))]
    timeout: u32,
}

pub(crate) fn add(ctx: &Ctx, settings: &Settings, vault: &Vault, args: &Add) -> Result<Exit> {
    let provider = provider(settings, &args.whose)?;
    free(settings, vault, &args.whose, Sort::ApiKey)?;
    let secret = if args.api_key_stdin { prompt::from_stdin()? } else { asked(&args.whose)? };
    if provider.kind.is_none() && Kind::named(&args.whose.provider).is_none() {
        ctx.printer().warn("the configuration does not say of which kind this provider is: eavs config check");
    }
    keep(ctx, vault, &args.whose, Secrets::ApiKey(secret))
}

pub(crate) fn login(ctx: &Ctx, settings: &Settings, vault: &Vault, args: &Login) -> Result<Exit> {
    let provider = provider(settings, &args.whose)?;
    if args.api_key_stdin {
        free(settings, vault, &args.whose, Sort::ApiKey)?;
        return keep(ctx, vault, &args.whose, Secrets::ApiKey(prompt::from_stdin()?));
    }
    let named = if args.device {
        Some(Flow::Device)
    } else if args.browser {
        Some(Flow::Browser)
    } else {
        None
    };
    let login = oauth::Login::new(provider, &settings.upstream, &variable);
    let flow = named.or_else(|| login.as_ref().and_then(|login| login.flows().first().copied()));
    match (login, flow) {
        (Some(login), Some(flow)) if login.flows().contains(&flow) => {
            free(settings, vault, &args.whose, Sort::Oauth)?;
            let grant = with(ctx, &login, flow, Duration::from_secs(u64::from(args.timeout)))?;
            keep(ctx, vault, &args.whose, Secrets::Oauth(grant))
        }
        (None, None) => {
            free(settings, vault, &args.whose, Sort::ApiKey)?;
            keep(ctx, vault, &args.whose, Secrets::ApiKey(asked(&args.whose)?))
        }
        (Some(_) | None, Some(_) | None) => {
            let name = &args.whose.provider;
            let what = format!("the configuration does not say how to log in to {name:?} in this way");
            Err(Error::new(ErrorKind::Config, what).hint(format!(
                "name its addresses in [providers.{name}.oauth], or keep a key: eavs accounts add {name}"
            )))
        }
    }
}

fn asked(whose: &Whose) -> Result<oqto_kit::Secret> {
    prompt::from_terminal(&format!("Key of {}", escape::line(&whose.provider)))
}

fn provider<'a>(settings: &'a Settings, whose: &Whose) -> Result<&'a ProviderSettings> {
    let name = &whose.provider;
    settings.providers.get(name).ok_or_else(|| {
        let what = format!("no provider is called {name:?}");
        let told = Error::new(ErrorKind::NotFound, what);
        if Kind::named(name).is_some() {
            told.hint(format!("eavs providers add {name}"))
        } else {
            told.hint("eavs providers list")
        }
    })
}

/// Refuses a label that the configuration has, and one that is kept already unless it is to be replaced.
fn free(settings: &Settings, vault: &Vault, whose: &Whose, sort: Sort) -> Result<()> {
    let (name, label) = (&whose.provider, &whose.label);
    let provider = provider(settings, whose)?;
    let only = !provider.api_key.is_empty() && provider.accounts.is_empty() && label == "default";
    if only || provider.accounts.iter().any(|account| account.label == *label) {
        let what = format!("the configuration has an account {label:?} of {name:?}, which would be used instead");
        return Err(Error::new(ErrorKind::AlreadyExists, what).hint("choose another: --label NAME"));
    }
    let names = vault.names().map_err(|error| accounts("cannot look at the kept accounts", &error))?;
    match names.iter().find(|line| line.is(name, label)) {
        // Logging in again is what one does with a login that ended.
        Some(line) if !whose.replace && (line.sort != Some(Sort::Oauth) || sort != Sort::Oauth) => {
            let what = format!("{name:?} has a kept account {label:?} already");
            Err(Error::new(ErrorKind::AlreadyExists, what).hint("choose another: --label NAME, or --replace it"))
        }
        Some(_) | None => Ok(()),
    }
}

fn with(ctx: &Ctx, login: &oauth::Login, flow: Flow, patience: Duration) -> Result<Grant> {
    ctx.block_on(async {
        let result = match flow {
            Flow::Browser => {
                let show = |visit: &oauth::Visit| {
                    tell(&format!(
                        "Open this address in a browser on this machine:\n  {}",
                        escape::line(&visit.address)
                    ));
                    opener::open(ctx, &visit.address);
                };
                login.by_browser(patience, show).await
            }
            Flow::Device => {
                let show = |shown: &oauth::Shown| {
                    let page = escape::line(shown.complete.as_deref().unwrap_or(&shown.address));
                    tell(&format!(
                        "Open {page} on any device, and type this code there:\n  {}",
                        escape::line(&shown.code)
                    ));
                };
                login.by_device(patience, show).await
            }
        };
        result.map_err(|error| not_logged_in(&error))
    })
}

/// Without this nobody can log in: it is said with `--quiet` and `--json` too, on stderr.
#[expect(clippy::print_stderr, reason = "the printer is silent where this must not be")]
fn tell(text: &str) {
    eprintln!("{text}");
}

fn keep(ctx: &Ctx, vault: &Vault, whose: &Whose, secrets: Secrets) -> Result<Exit> {
    let ends = match &secrets {
        Secrets::ApiKey(_) => None,
        Secrets::Oauth(grant) => grant.expires_at_ms.map(At),
    };
    let record = Record {
        provider: whose.provider.clone(),
        label: whose.label.clone(),
        weight: whose.weight,
        added_at_ms: system_clock()(),
        secrets,
    };
    let told = json!({"provider": record.provider, "label": record.label, "kind": record.secrets.sort(),
        "weight": record.weight, "expires_at": ends});
    let changed = vault.change(Change::Put(Box::new(record)));
    changed.map_err(|error| accounts("cannot keep the account", &error))?;
    ctx.print(&Shown(told, |told: &Value, page: &mut Page<'_>| {
        page.line(format!("{}/{}", escape::line(&text(&told["provider"])), escape::line(&text(&told["label"]))))
    }))
}
