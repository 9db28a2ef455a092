//! The agent: Pi and what runs it, as the runner finds it, or as it would.

use super::check::Check;
use super::programs::Settings;
use super::tool;
use oqto_harness::pi;
use oqto_process::program;
use oqto_protocol::command::{HarnessInfo, RunnerDetails};
use oqto_protocol::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

const PI: &str = "pi";

/// What marks the PATH in what a login shell says.
const MARK: &str = "__oqto_path__";

/// Pi and Node.
pub(super) async fn check(runner: Option<&RunnerDetails>, settings: &Settings) -> Vec<Check> {
    let path = login_path().await;
    let pi = match runner.and_then(|details| details.harnesses.iter().find(|harness| harness.name == PI)) {
        Some(known) => as_told(known),
        None => looked_up(settings, &path).await,
    };
    vec![pi, node(&path).await]
}

fn as_told(harness: &HarnessInfo) -> Check {
    match (&harness.problem, &harness.version, &harness.program) {
        (Some(problem), _, _) => {
            let mend = problem.hint.clone().unwrap_or_else(|| pi::install_hint().to_owned());
            Check::fail(PI, problem.message.clone(), mend)
        }
        (None, Some(version), program) => {
            Check::ok(PI, format!("{version}: {}", program.as_deref().unwrap_or("the runner's own")))
        }
        (None, None, _) => Check::fail(PI, "the runner does not find it", pi::install_hint()),
    }
}

/// Where no runner can be asked: the same way that it looks.
async fn looked_up(settings: &Settings, path: &str) -> Check {
    let named = std::env::var(env::OQTO_PI).ok().filter(|named| !named.trim().is_empty());
    let mut command: Vec<String> = match named {
        Some(named) => named.split_whitespace().map(str::to_owned).collect(),
        None => settings.list("pi"),
    };
    if command.is_empty() {
        command.push(PI.to_owned());
    }
    let found = match program::resolve(OsStr::new(&command[0]), OsStr::new(path)) {
        Ok(found) => found,
        Err(error) => return Check::fail(PI, format!("Pi is not installed: {error}"), pi::install_hint()),
    };
    let mut arguments: Vec<&str> = command[1..].iter().map(String::as_str).collect();
    arguments.push("--version");
    let said = match tool::ask(&found, &arguments, Some(path)).await {
        Ok(said) => said,
        Err(error) => return Check::fail(PI, error, pi::install_hint()),
    };
    let words = std::iter::once(found.display().to_string()).chain(command[1..].iter().cloned());
    let shown = words.collect::<Vec<_>>().join(" ");
    let Some(version) = pi::version_of(&said.all()).filter(|_| said.well) else {
        return Check::fail(
            PI,
            format!("`{shown} --version` says no version: {}", last(&said.all())),
            pi::install_hint(),
        );
    };
    match interpreter_problem(&found, &version, path).await {
        Some(problem) => Check::fail(PI, problem, pi::install_hint()),
        None => Check::ok(PI, format!("{version}: {shown}")),
    }
}

/// A script for Node needs one that is new enough.
async fn interpreter_problem(script: &Path, version: &str, path: &str) -> Option<String> {
    let text = std::fs::read(std::fs::canonicalize(script).ok()?).ok()?;
    let first = text.strip_prefix(b"#!")?.split(|byte| *byte == b'\n').next()?;
    let names_node = String::from_utf8_lossy(first).split(['/', ' ']).any(|word| word == "node");
    let node = program::resolve(OsStr::new("node"), OsStr::new(path)).ok().filter(|_| names_node)?;
    let said = tool::ask(&node, &["--version"], Some(path)).await.ok()?;
    pi::interpreter_problem(version, &said.out)
}

async fn node(path: &str) -> Check {
    let check = "Node";
    let Ok(found) = program::resolve(OsStr::new("node"), OsStr::new(path)) else {
        return Check::warn(check, "not on the PATH", "install Node 22.19 or newer, unless Pi runs on bun");
    };
    match tool::ask(&found, &["--version"], Some(path)).await {
        Ok(said) if said.well => Check::ok(check, format!("{} at {}", said.out, found.display())),
        Ok(said) => {
            Check::warn(check, format!("{} does not run: {}", found.display(), last(&said.all())), "install it again")
        }
        Err(error) => Check::warn(check, error, "install it again"),
    }
}

/// The PATH that the person's login shell has, as the runner asks for it.
async fn login_path() -> String {
    let own = std::env::var("PATH").unwrap_or_default();
    let shell = std::env::var_os("SHELL").map(PathBuf::from).filter(|shell| shell.is_absolute());
    let Some(shell) = shell else { return own };
    let script = format!("printf '%s%s%s' {MARK} \"$PATH\" {MARK}");
    let said = tool::ask(&shell, &["-lc", &script], None).await;
    let login = said.ok().and_then(|said| said.out.split(MARK).nth(1).map(str::to_owned));
    login.filter(|path| !path.is_empty()).unwrap_or(own)
}

/// The end of a long text, where errors say what they mean.
fn last(text: &str) -> &str {
    let start = text.char_indices().rev().nth(200).map_or(0, |(place, _)| place);
    &text[start..]
}
