//! `eavs accounts remove`

use clap::Args;
use oqto_gateway::accounts::{Change, Vault};
use oqto_kit::{Ctx, Exit, Page, Result, escape};
use serde_json::{Value, json};

use crate::failure::accounts;
use crate::shown::{Shown, text};

/// Forget an account
///
/// The provider is not told: a key or a login that others may have is ended there.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  eavs accounts remove openai --label work\n\nExit codes: 0 forgotten, 3 there is no such account."
)]
pub(crate) struct Remove {
    /// The provider
    provider: String,
    /// The label of the account
    #[arg(long, default_value = "default")]
    label: String,
}

pub(crate) fn run(ctx: &Ctx, vault: &Vault, args: &Remove) -> Result<Exit> {
    let change = Change::Remove { provider: args.provider.clone(), label: args.label.clone() };
    vault.change(change).map_err(|error| accounts("cannot forget the account", &error))?;
    let told = json!({"provider": args.provider, "label": args.label});
    ctx.print(&Shown(told, |told: &Value, page: &mut Page<'_>| {
        page.line(format!("forgot {}/{}", escape::line(&text(&told["provider"])), escape::line(&text(&told["label"]))))
    }))
}
