//! `eavs providers remove`

use clap::Args;
use oqto_gateway::config::Settings;
use oqto_kit::{Ctx, Error, Exit, Page, Result, escape};
use oqto_protocol::error::ErrorKind;
use serde_json::{Value, json};

use super::file::ConfigFile;
use crate::commands::accounts::vault;
use crate::place::Place;
use crate::shown::{Shown, text};

/// Take a provider out of the configuration file; comments stay
///
/// Its kept accounts stay too: `eavs accounts remove` forgets them.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  eavs providers remove gpu-box\n\nExit codes: 0 removed, 1 an alias names it, 3 there is no such provider."
)]
pub(crate) struct Remove {
    /// The provider
    name: String,
}

pub(super) fn run(ctx: &Ctx, place: &Place, args: &Remove) -> Result<Exit> {
    let before = ctx.config::<Settings>(Vec::new())?.value;
    let name = &args.name;
    if !before.providers.contains_key(name) {
        let what = format!("no provider is called {name:?}");
        return Err(Error::new(ErrorKind::NotFound, what).hint("eavs providers list"));
    }
    let named =
        |targets: &[String]| targets.iter().any(|target| target.split_once('/').is_some_and(|(at, _)| at == name));
    let aliases: Vec<_> =
        before.aliases.iter().filter(|(_, targets)| named(targets)).map(|(alias, _)| alias.as_str()).collect();
    if !aliases.is_empty() {
        let what = format!("aliases name the provider {name:?}: {}", aliases.join(", "));
        return Err(
            Error::new(ErrorKind::Conflict, what).hint("change [aliases] in the configuration first: eavs config path")
        );
    }
    let mut file = ConfigFile::read(ctx)?;
    let providers = file.document.get_mut("providers").and_then(|providers| providers.as_table_like_mut());
    if providers.and_then(|providers| providers.remove(name)).is_none() {
        let what =
            format!("{name:?} is not configured in {}, but in the file of the whole machine", file.path.display());
        return Err(Error::new(ErrorKind::Conflict, what).hint("eavs config show"));
    }
    file.write(&before)?;
    let kept = vault(ctx, place, &before)?.names().unwrap_or_default();
    for line in kept.iter().filter(|line| line.provider.as_deref() == Some(name)) {
        let label = line.label.as_deref().unwrap_or_default();
        ctx.note(&format!("its account stays: eavs accounts remove {name} --label {}", escape::line(label)));
    }
    let told = json!({"name": name, "file": file.path});
    ctx.print(&Shown(told, |told: &Value, page: &mut Page<'_>| {
        page.line(format!("removed {} from {}", escape::line(&text(&told["name"])), escape::line(&text(&told["file"]))))
    }))
}
