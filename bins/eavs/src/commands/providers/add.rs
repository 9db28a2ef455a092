//! `eavs providers add`

use std::path::PathBuf;

use clap::Args;
use oqto_gateway::config::{Kind, Settings};
use oqto_kit::{Ctx, Error, Exit, Page, Result, escape};
use oqto_protocol::error::ErrorKind;
use serde_json::{Value, json};
use toml_edit::{Array, Item, Table, value};

use super::file::ConfigFile;
use crate::place::variable;
use crate::shown::{Shown, text};

/// Add a provider to the configuration file; comments stay
///
/// A gateway that runs takes it at once. Keys are not written into the file: name a variable, or keep the key sealed with
/// `eavs accounts add`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  eavs providers add openai\n  eavs providers add anthropic --api-key-env WORK_ANTHROPIC_KEY\n  \
    eavs providers add gpu-box --kind vllm --base-url http://10.0.0.7:8000/v1 --model qwen3-coder\n  \
    eavs providers add azure --base-url https://me.openai.azure.com --api-version 2024-10-21\n  \
    eavs providers add house --kind openai_compatible --base-url https://models.example.org/v1 \\\n    \
    --oauth-client-id eavs-at-home --oauth-token-url https://login.example.org/token \\\n    \
    --oauth-device-url https://login.example.org/device"
)]
pub(crate) struct Add {
    /// What to call it, in paths and before models
    name: String,
    /// What it is [default: the kind of this name]
    #[arg(long, value_parser = kind)]
    kind: Option<Kind>,
    /// Its address with the version [default: the one that it publishes]
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// The variable with its key [default: the usual one, where that is set]
    #[arg(long, value_name = "VARIABLE")]
    api_key_env: Option<String>,
    /// Azure's api-version
    #[arg(long, value_name = "VERSION")]
    api_version: Option<String>,
    /// A file of certificates that are trusted beside those of the system
    #[arg(long, value_name = "FILE")]
    ca_file: Option<PathBuf>,
    /// Requests at the same time
    #[arg(long, value_name = "REQUESTS")]
    max_concurrent: Option<u32>,
    /// A model that it may be asked for; all that are known without this
    #[arg(long = "model", value_name = "ID")]
    models: Vec<String>,
    #[command(flatten)]
    oauth: Oauth,
}

/// How people log in to it
#[derive(Args, Debug)]
struct Oauth {
    /// The name under which you registered this program there
    #[arg(long = "oauth-client-id", value_name = "ID", requires = "token_url")]
    client_id: Option<String>,
    /// Where tokens are given
    #[arg(long = "oauth-token-url", value_name = "URL", requires = "client_id")]
    token_url: Option<String>,
    /// Where a person allows it, in a browser
    #[arg(long = "oauth-authorize-url", value_name = "URL", requires = "client_id")]
    authorize_url: Option<String>,
    /// Where a login on another device begins
    #[arg(long = "oauth-device-url", value_name = "URL", requires = "client_id")]
    device_url: Option<String>,
    /// What is asked for
    #[arg(long = "oauth-scope", value_name = "SCOPE", requires = "client_id")]
    scopes: Vec<String>,
}

fn kind(name: &str) -> Result<Kind, String> {
    let kinds: Vec<_> = Kind::ALL.iter().map(|kind| kind.name()).collect();
    Kind::named(name).ok_or_else(|| format!("name one of {}", kinds.join(", ")))
}

pub(super) fn run(ctx: &Ctx, args: &Add) -> Result<Exit> {
    let before = ctx.config::<Settings>(Vec::new())?.value;
    let name = &args.name;
    if before.providers.contains_key(name) {
        let what = format!("a provider {name:?} is configured already");
        return Err(Error::new(ErrorKind::AlreadyExists, what).hint(format!("eavs providers remove {name}")));
    }
    let mut file = ConfigFile::read(ctx)?;
    let variable_name = variable_of(args);
    let mut table = described(args, variable_name.as_deref());
    file.after_the_comments(&mut table);
    let providers = file.document.entry("providers").or_insert_with(|| {
        let mut table = Table::new();
        table.set_implicit(true);
        Item::Table(table)
    });
    let not_a_table = || Error::new(ErrorKind::Config, format!("`providers` of {} is no table", file.path.display()));
    providers.as_table_like_mut().ok_or_else(not_a_table)?.insert(name, Item::Table(table));
    file.write(&before)?;
    let kind = args.kind.or_else(|| Kind::named(name));
    if variable_name.is_none() && kind.is_some_and(|kind| !kind.needs_no_key()) {
        let way = if args.oauth.client_id.is_some() { "login" } else { "add" };
        ctx.note(&format!("it has no key yet: eavs accounts {way} {name}"));
    }
    let told = json!({"name": name, "kind": kind.map(Kind::name), "file": file.path});
    ctx.print(&Shown(told, |told: &Value, page: &mut Page<'_>| {
        page.line(format!("added {} to {}", escape::line(&text(&told["name"])), escape::line(&text(&told["file"]))))
    }))
}

/// The variable that is named, or the usual one where it is set.
fn variable_of(args: &Add) -> Option<String> {
    let kind = args.kind.or_else(|| Kind::named(&args.name));
    let usual =
        kind.and_then(Kind::usual_variable).filter(|name| variable(name).is_some_and(|value| !value.is_empty()));
    args.api_key_env.clone().or_else(|| usual.map(str::to_owned))
}

fn described(args: &Add, variable_name: Option<&str>) -> Table {
    let mut table = Table::new();
    let mut set = |key: &str, text: Option<String>| {
        if let Some(text) = text {
            table.insert(key, value(text));
        }
    };
    set("kind", args.kind.map(|kind| kind.name().to_owned()));
    set("base_url", args.base_url.clone());
    set("api_key", variable_name.map(|name| format!("env:{name}")));
    set("api_version", args.api_version.clone());
    set("ca_file", args.ca_file.as_ref().map(|path| absolute(path).display().to_string()));
    if let Some(most) = args.max_concurrent {
        table.insert("max_concurrent", value(i64::from(most)));
    }
    if !args.models.is_empty() {
        let model = |id: &String| toml_edit::InlineTable::from_iter([("id", toml_edit::Value::from(id.as_str()))]);
        table.insert("models", value(Array::from_iter(args.models.iter().map(model))));
    }
    if let Some(client_id) = &args.oauth.client_id {
        let mut oauth = Table::new();
        oauth.insert("client_id", value(client_id));
        let urls = [
            ("token_url", &args.oauth.token_url),
            ("authorize_url", &args.oauth.authorize_url),
            ("device_url", &args.oauth.device_url),
        ];
        for (key, url) in urls {
            if let Some(url) = url {
                oauth.insert(key, value(url));
            }
        }
        if !args.oauth.scopes.is_empty() {
            oauth.insert("scopes", value(Array::from_iter(args.oauth.scopes.iter().map(String::as_str))));
        }
        table.insert("oauth", Item::Table(oauth));
    }
    table
}

/// The service may be started elsewhere.
fn absolute(path: &std::path::Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}
