//! `eavs providers list`

use oqto_gateway::accounts::Line;
use oqto_gateway::config::{Kind, ProviderSettings, Settings, resolve};
use oqto_kit::{Ctx, Exit, Page, Result, Table};
use serde_json::{Value, json};

use crate::commands::accounts::vault;
use crate::place::{Place, variable};
use crate::shown::{Shown, entries, text};

pub(super) fn run(ctx: &Ctx, place: &Place) -> Result<Exit> {
    let settings = ctx.config::<Settings>(Vec::new())?.value;
    // What is wrong with kept accounts is said by `accounts list` and `doctor`.
    let kept = vault(ctx, place, &settings)?.names().unwrap_or_default();
    let all: Vec<_> = settings.providers.iter().map(|(name, provider)| described(name, provider, &kept)).collect();
    if all.is_empty() {
        ctx.note("no provider is configured; add one: eavs providers add NAME");
    }
    ctx.print(&Shown(all.into(), |all: &Value, page: &mut Page<'_>| {
        let mut table = Table::new(&["NAME", "KIND", "ADDRESS", "ACCOUNTS", "KEY"]);
        for one in entries(all) {
            let labels: Vec<_> = entries(&one["accounts"]).iter().map(text).collect();
            let key = if one["has_key"] == true { "set" } else { "missing" };
            let key = if one["needs_key"] == true || one["has_key"] == true { key } else { "not needed" };
            table.row([
                text(&one["name"]),
                text(&one["kind"]),
                text(&one["base_url"]),
                labels.join(", "),
                key.to_owned(),
            ]);
        }
        page.table(&table)
    }))
}

fn described(name: &str, provider: &ProviderSettings, kept: &[Line]) -> Value {
    let kind = provider.kind.or_else(|| Kind::named(name));
    let base = provider.base_url.as_deref().or_else(|| kind.and_then(Kind::base_url));
    let secrets = provider.accounts.iter().map(|account| &account.api_key).chain([&provider.api_key]);
    let set = secrets.into_iter().any(|secret| resolve(secret, &variable).is_ok_and(|secret| !secret.is_empty()));
    let kept = kept.iter().filter(|line| line.provider.as_deref() == Some(name));
    let kept: Vec<_> = kept.filter_map(|line| line.label.as_deref()).collect();
    let has_key = set || !kept.is_empty();
    let labels: Vec<_> = provider.accounts.iter().map(|account| account.label.as_str()).chain(kept).collect();
    json!({"name": name, "kind": kind.map(Kind::name), "base_url": base, "accounts": labels, "has_key": has_key,
        "needs_key": kind.is_some_and(|kind| !kind.needs_no_key()), "oauth": provider.oauth.is_some()})
}
