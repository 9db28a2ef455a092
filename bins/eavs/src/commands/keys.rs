//! `eavs keys`

use axum::http::Method;
use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;
use oqto_gateway::percent;
use oqto_kit::{Ctx, Exit, Page, Result, Table, escape};
use serde_json::{Map, Value, json};

use crate::moment::until;
use crate::place::{Place, asking};
use crate::shown::{Shown, aligned, count, dollars, entries, text};

/// Make, list, show and revoke virtual keys
#[derive(Subcommand, Debug)]
pub(crate) enum Keys {
    /// Make a key and print it: it is shown this once
    Create(Box<Create>),
    List(List),
    /// Show one key and what it used
    Show(Named),
    /// Make a key worthless at once
    Revoke(Named),
}

/// How often a budget begins anew, in UTC
#[derive(ValueEnum, Clone, Copy, Debug)]
enum Window {
    /// Never
    Total,
    /// At midnight
    Daily,
    /// On Sunday
    Weekly,
    /// On the first
    Monthly,
}

/// Make a key and print it: it is shown this once
///
/// Only its hash is kept. With --json the terms are told with it.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  eavs keys create --name laptop\n  \
    eavs keys create --session ses_1 --budget 2.50 --expires 8h --model 'claude-*' --model openai/gpt-5-mini\n  \
    EAVS_API_KEY=$(eavs keys create --budget 1 --window daily)")]
pub(crate) struct Create {
    /// What people call it
    #[arg(long)]
    name: Option<String>,
    /// Whose it is
    #[arg(long)]
    owner: Option<String>,
    /// The session that it is for
    #[arg(long)]
    session: Option<String>,
    /// Anything else to find its use by
    #[arg(long = "label", value_name = "NAME=VALUE", value_parser = pair)]
    labels: Vec<(String, String)>,
    /// US dollars that it may cost in each window
    #[arg(long, value_name = "USD", value_parser = amount)]
    budget: Option<f64>,
    /// Tokens that it may use in each window, read and written
    #[arg(long, value_name = "TOKENS")]
    budget_tokens: Option<u64>,
    /// How often its budgets begin anew, in UTC
    #[arg(long, value_enum, default_value = "total")]
    window: Window,
    /// Requests a minute
    #[arg(long, value_name = "REQUESTS")]
    rpm: Option<u64>,
    /// Requests a day, in UTC
    #[arg(long, value_name = "REQUESTS")]
    rpd: Option<u64>,
    /// Tokens a minute, read and written
    #[arg(long, value_name = "TOKENS")]
    tpm: Option<u64>,
    /// When it ends: a time such as 2026-12-31T12:00:00Z, or from now on: 30m, 8h, 7d
    #[arg(long, value_name = "WHEN")]
    expires: Option<String>,
    /// A model that it may use, as MODEL or PROVIDER/MODEL, with * for any text; all without this
    #[arg(long = "model", value_name = "PATTERN")]
    models: Vec<String>,
    /// A model that it may not use
    #[arg(long = "block", value_name = "PATTERN")]
    blocked: Vec<String>,
    /// A provider that it may use; all without this
    #[arg(long = "provider", value_name = "NAME")]
    providers: Vec<String>,
    /// The account of providers that it is bound to
    #[arg(long, value_name = "LABEL")]
    account: Option<String>,
}

/// How a key stands.
#[derive(ValueEnum, Clone, Copy, Debug)]
enum State {
    /// It may be used
    Valid,
    /// Its time is over
    Expired,
    /// It was revoked
    Revoked,
}

impl State {
    fn name(self) -> String {
        match self {
            Self::Valid => "valid",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
        }
        .to_owned()
    }
}

/// List keys, the oldest first
///
/// A terminal shows the ends of ids, by which keys can be named too. A pipe gets, tab-separated: KEY, NAME, OWNER, SPENT,
/// BUDGET, REQUESTS, EXPIRES, STATE.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  eavs keys list\n  eavs keys list --owner ada --all\n  \
    eavs keys list --label team=red --state expired --json")]
pub(crate) struct List {
    /// Also those that are revoked or expired
    #[arg(long, conflicts_with = "state")]
    all: bool,
    /// Only those that stand so [default: valid]
    #[arg(long, value_enum)]
    state: Option<State>,
    /// Only those of this owner
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// Only those of this session
    #[arg(long, value_name = "SESSION")]
    session: Option<String>,
    /// Only those with this label
    #[arg(long, value_name = "NAME[=VALUE]")]
    label: Option<String>,
    /// Only those with this in their name
    #[arg(long, value_name = "PART")]
    name: Option<String>,
}

/// Which key.
#[derive(Args, Debug)]
pub(crate) struct Named {
    /// Its id or the end of it, or its name where only one has it
    #[arg(value_name = "KEY")]
    key: String,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').filter(|(name, _)| !name.is_empty()).ok_or("it is NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

fn amount(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| "it is a number of US dollars".to_owned())?;
    if number.is_finite() && number >= 0.0 { Ok(number) } else { Err("it is 0 or more".to_owned()) }
}

pub(crate) fn run(ctx: &Ctx, place: &Place, command: Keys) -> Result<Exit> {
    match command {
        Keys::Create(args) => create(ctx, place, *args),
        Keys::List(args) => list(ctx, place, &args),
        Keys::Show(args) => {
            let path = format!("/admin/keys/{}", percent::encoded(&args.key));
            let key = place.ask(ctx, "cannot show the key", Method::GET, &path, None)?;
            ctx.print(&Shown(key, one))
        }
        Keys::Revoke(args) => {
            let path = format!("/admin/keys/{}", percent::encoded(&args.key));
            let key = place.ask(ctx, "cannot revoke the key", Method::DELETE, &path, None)?;
            ctx.note(&format!("{} is worth nothing from now on", text(&key["key_id"])));
            if ctx.printer().is_json() { ctx.print(&Shown(key, one)) } else { Ok(Exit::DONE) }
        }
    }
}

fn create(ctx: &Ctx, place: &Place, args: Create) -> Result<Exit> {
    let terms = terms(args)?;
    let key = place.ask(ctx, "cannot make a key", Method::POST, "/admin/keys", Some(&terms))?;
    ctx.note(&format!("made {}; the key is shown this once", text(&key["key_id"])));
    ctx.print(&Shown(key, |key: &Value, page: &mut Page<'_>| page.line(text(&key["key"]))))
}

fn terms(args: Create) -> Result<Value> {
    let mut permissions = Map::new();
    let mut permit = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            permissions.insert(name.to_owned(), value);
        }
    };
    let some = |list: Vec<String>| (!list.is_empty()).then(|| json!(list));
    permit("allowed_models", some(args.models));
    permit("blocked_models", some(args.blocked));
    permit("allowed_providers", some(args.providers));
    permit("rpm_limit", args.rpm.map(Value::from));
    permit("rpd_limit", args.rpd.map(Value::from));
    permit("tpm_limit", args.tpm.map(Value::from));
    permit("max_budget_usd", args.budget.map(Value::from));
    permit("max_budget_tokens", args.budget_tokens.map(Value::from));
    let window = match args.window {
        Window::Total => "total",
        Window::Daily => "daily",
        Window::Weekly => "weekly",
        Window::Monthly => "monthly",
    };
    permit("budget_window", Some(json!(window)));
    let mut terms = Map::new();
    let named = [("name", args.name), ("owner", args.owner), ("session", args.session), ("account", args.account)];
    terms.extend(named.into_iter().filter_map(|(name, value)| Some((name.to_owned(), Value::from(value?)))));
    if !args.labels.is_empty() {
        let labels: Map<_, _> = args.labels.into_iter().map(|(name, value)| (name, Value::from(value))).collect();
        terms.insert("labels".to_owned(), labels.into());
    }
    if let Some(when) = args.expires {
        terms.insert("expires_at".to_owned(), json!(until(&when, Timestamp::now())?));
    }
    terms.insert("permissions".to_owned(), permissions.into());
    Ok(terms.into())
}

fn list(ctx: &Ctx, place: &Place, args: &List) -> Result<Exit> {
    let state = (!args.all).then(|| args.state.unwrap_or(State::Valid).name());
    let filters = [
        ("state", state.as_deref()),
        ("owner", args.owner.as_deref()),
        ("session", args.session.as_deref()),
        ("label", args.label.as_deref()),
        ("name", args.name.as_deref()),
    ];
    let keys = place.ask(ctx, "cannot list keys", Method::GET, &asking("/admin/keys", &filters), None)?;
    if entries(&keys).is_empty() {
        ctx.note("there is no such key; make one: eavs keys create");
    }
    let terminal = ctx.printer().is_terminal();
    ctx.print(&Shown(keys, move |keys: &Value, page: &mut Page<'_>| {
        if terminal {
            let heading = ["KEY", "NAME", "OWNER", "SPENT", "BUDGET", "USED", "EXPIRES", "STATE"];
            let rows = entries(keys).iter().map(|key| for_people(row(key))).collect();
            return page.table(&aligned(heading, rows, &[3, 4, 5]));
        }
        let mut table = Table::new(&["KEY", "NAME", "OWNER", "SPENT", "BUDGET", "REQUESTS", "EXPIRES", "STATE"]);
        for key in entries(keys) {
            table.row(row(key));
        }
        page.table(&table)
    }))
}

/// The end of an id stands for it, and the minute of a moment is enough.
fn for_people(row: [String; 8]) -> [String; 8] {
    let [key, name, owner, spent, budget, requests, expires, state] = row;
    let end = key.get(key.len().saturating_sub(12)..).unwrap_or(&key).to_owned();
    let expires = expires.get(..16).map(|minute| minute.replace('T', " ")).unwrap_or(expires);
    [end, name, owner, spent, budget, requests, expires, state]
}

fn row(key: &Value) -> [String; 8] {
    let usage = &key["usage"];
    [
        text(&key["key_id"]),
        text(&key["name"]),
        text(&key["owner"]),
        dollars(&usage["window_spend_usd"]),
        dollars(&key["permissions"]["max_budget_usd"]),
        count(&usage["total_requests"]),
        text(&key["expires_at"]),
        state(key).to_owned(),
    ]
}

fn state(key: &Value) -> &'static str {
    match (key["revoked_at"].is_null(), key["disabled"] == true) {
        (false, _) => "revoked",
        (true, true) => "expired",
        (true, false) => "valid",
    }
}

fn one(key: &Value, page: &mut Page<'_>) -> Result<()> {
    let mut table = Table::new(&["WHAT", "VALUE"]);
    let (usage, permissions) = (&key["usage"], &key["permissions"]);
    let words = |value: &Value| match value {
        Value::Array(list) => list.iter().map(text).collect::<Vec<_>>().join(", "),
        Value::Object(map) => {
            map.iter().map(|(name, value)| format!("{name}={}", text(value))).collect::<Vec<_>>().join(", ")
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => text(value),
    };
    let rows = [
        ("key", text(&key["key_id"])),
        ("state", state(key).to_owned()),
        ("name", text(&key["name"])),
        ("owner", text(&key["owner"])),
        ("session", text(&key["session"])),
        ("labels", words(&key["labels"])),
        ("account", text(&key["account"])),
        ("made", text(&key["created_at"])),
        ("expires", text(&key["expires_at"])),
        ("revoked", text(&key["revoked_at"])),
        ("models", words(&permissions["allowed_models"])),
        ("blocked", words(&permissions["blocked_models"])),
        ("providers", words(&permissions["allowed_providers"])),
        ("budget", dollars(&permissions["max_budget_usd"])),
        ("spent in this window", dollars(&usage["window_spend_usd"])),
        ("window", text(&permissions["budget_window"])),
        ("spent in all", dollars(&usage["total_spend_usd"])),
        ("requests", count(&usage["total_requests"])),
        ("tokens", count(&usage["total_tokens"])),
    ];
    for (name, value) in rows.into_iter().filter(|(_, value)| !value.is_empty()) {
        table.row([name.to_owned(), value]);
    }
    for (name, field) in [
        ("tokens budget", "max_budget_tokens"),
        ("requests a minute", "rpm_limit"),
        ("requests a day", "rpd_limit"),
        ("tokens a minute", "tpm_limit"),
    ] {
        if permissions[field].is_u64() {
            table.row([name.to_owned(), escape::line(&count(&permissions[field])).into_owned()]);
        }
    }
    page.table(&table)
}
