//! The programs of the project: found, of one version, and understanding their configuration.

use super::check::Check;
use super::tool;
use oqto_kit::dirs;
use oqto_protocol::env;
use oqto_protocol::error::WireError;
use serde::Deserialize;
use serde_json::Value;
use std::path::PathBuf;

/// What works together.
const PROGRAMS: [&str; 4] = ["oqto", "oqto-runner", "oqto-hold", "hstry"];

/// This program's own version, which the others should have.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Whether every program is there, in this version.
pub(super) async fn check() -> Vec<Check> {
    futures_util::future::join_all(PROGRAMS.map(program)).await
}

async fn program(name: &str) -> Check {
    let check = format!("program {name}");
    let path = match dirs::sibling(name) {
        Ok(path) => path,
        Err(error) => {
            let mend = format!("put {name} beside oqtoctl, or name its folder with {}", env::OQTO_BIN_DIR);
            return Check::fail(check, error.what(), mend);
        }
    };
    let shown = path.display();
    let said = match tool::ask(&path, &["--version"], None).await {
        Ok(said) => said.out,
        Err(error) => return Check::fail(check, error, format!("see what it says: {shown} --version")),
    };
    match said.split_whitespace().nth(1) {
        Some(VERSION) => Check::ok(check, format!("{VERSION} at {shown}")),
        Some(other) => Check::warn(
            check,
            format!("{other} at {shown}, while oqtoctl is {VERSION}"),
            "install all programs from one release",
        ),
        None => Check::fail(check, format!("{shown} says no version: {said}"), "install it again"),
    }
}

/// The settings of a program, by key.
#[derive(Debug, Default)]
pub(super) struct Settings(Vec<Setting>);

#[derive(Debug, Deserialize)]
struct Setting {
    key: String,
    value: Value,
}

/// What a program says: a result or an error, in the words of a reply.
#[derive(Deserialize)]
pub(super) struct Reply<T> {
    /// The result.
    #[serde(default = "none")]
    pub(super) ok: Option<T>,
    /// Why there is none.
    pub(super) error: Option<WireError>,
}

fn none<T>() -> Option<T> {
    None
}

impl Settings {
    /// A text by its key.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.value(key)?.as_str().map(str::to_owned)
    }

    /// A list of texts by its key.
    pub(super) fn list(&self, key: &str) -> Vec<String> {
        let items = self.value(key).and_then(Value::as_array);
        items.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    fn value(&self, key: &str) -> Option<&Value> {
        self.0.iter().find(|setting| setting.key == key).map(|setting| &setting.value)
    }
}

/// Asks a program for its settings, and checks that it understands its configuration.
pub(super) async fn settings(name: &str, checks: &mut Vec<Check>) -> Settings {
    // One that is missing has been told already.
    let Ok(path) = dirs::sibling(name) else { return Settings::default() };
    let check = format!("configuration of {name}");
    match configuration(path, name).await {
        Ok(settings) => {
            checks.push(Check::ok(check, format!("{} settings, all understood", settings.0.len())));
            settings
        }
        Err((found, mend)) => {
            checks.push(Check::fail(check, found, mend));
            Settings::default()
        }
    }
}

async fn configuration(path: PathBuf, name: &str) -> Result<Settings, (String, String)> {
    let arguments: &[&str] = if name == "oqto" { &["config", "show", "--json"] } else { &["config", "--json"] };
    let by_hand = format!("see for yourself: {name} {}", arguments[..arguments.len() - 1].join(" "));
    let said = tool::ask(&path, arguments, None).await.map_err(|error| (error, by_hand.clone()))?;
    match serde_json::from_str::<Reply<Vec<Setting>>>(&said.out) {
        Ok(Reply { ok: Some(settings), .. }) => Ok(Settings(settings)),
        Ok(Reply { error: Some(error), .. }) => Err((error.message, error.hint.unwrap_or(by_hand))),
        Ok(Reply { ok: None, error: None }) | Err(_) => Err((said.all(), by_hand)),
    }
}
