//! The model provider: what connects agents to one, by names only.

use super::check::Check;
use super::services::Running;
use crate::listing::short;
use oqto_harness::pi::{PROVIDER_ENVIRONMENT, environment_names, is_provider_key};
use oqto_kit::Dirs;
use serde_json::Value;
use std::io;
use std::path::{Path, PathBuf};

/// A name that no configuration has.
const PROBE: &str = "OQTO_PROBE_OF_A_WHOLE_FILE";

/// How a provider is connected.
const CONNECT: &str = "ANTHROPIC_API_KEY=… oqto serve (or another provider's key), or run pi and /login";

/// Keys, Pi's login and models, and whether there is any provider at all.
pub(super) fn check(dirs: &Dirs, running: &Running) -> Vec<Check> {
    let folder = std::env::var_os("PI_CODING_AGENT_DIR").map_or_else(|| dirs.home.join(".pi/agent"), PathBuf::from);
    let given: Option<&[String]> = running.details.as_ref().map(|details| &*details.agent_environment);
    let keys = keys_here();
    let login = read(&folder.join("auth.json"));
    let models = read(&folder.join("models.json"));
    let connected = !keys.is_empty() || logins(&login).is_some_and(|names| !names.is_empty()) || named(&models);
    let demo = running.demo || running.details.as_ref().is_some_and(|details| details.demo);
    let has_gateway = running.details.as_ref().is_some_and(|details| details.gateway.is_some());
    let keys = if has_gateway { kept_back(&keys) } else { keys_check(&keys, given) };
    let mut checks = vec![overall(connected || has_gateway, demo), keys];
    checks.push(login_check(&folder.join("auth.json"), &login));
    checks.extend(models_check(&folder.join("models.json"), &models, given));
    checks
}

fn overall(connected: bool, demo: bool) -> Check {
    let check = "model provider";
    match (connected, demo) {
        (_, true) => Check::warn(check, "none: agents talk to the demo model (scripted answers)", CONNECT),
        (true, false) => Check::ok(check, "connected"),
        (false, false) => Check::warn(check, "none: `oqto serve` will use the demo model (scripted answers)", CONNECT),
    }
}

/// Variables that hold a key and are set here.
fn keys_here() -> Vec<String> {
    let names = PROVIDER_ENVIRONMENT.iter().filter(|name| is_provider_key(name) && is_set(name));
    names.map(|name| (*name).to_owned()).collect()
}

fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

/// A key that was exported after the runner was started does not reach agents: the trap of everybody's first day.
fn keys_check(keys: &[String], given: Option<&[String]>) -> Check {
    let check = "provider keys";
    let missing: Vec<&str> = keys.iter().map(String::as_str).filter(|key| lacks(given, key)).collect();
    if !missing.is_empty() {
        let found = format!("set here, but the runner was started without: {}", missing.join(", "));
        return Check::warn(check, found, "start the server again from here: oqto serve");
    }
    if keys.is_empty() { Check::ok(check, "none in the environment") } else { Check::ok(check, keys.join(", ")) }
}

/// With a gateway it is right that agents have no keys.
fn kept_back(keys: &[String]) -> Check {
    let check = "provider keys";
    let named = if keys.is_empty() { "none in the environment".to_owned() } else { keys.join(", ") };
    Check::ok(check, format!("{named}; kept from agents, which ask the model gateway"))
}

fn lacks(given: Option<&[String]>, name: &str) -> bool {
    given.is_some_and(|given| !given.iter().any(|passed| passed == name))
}

fn read(path: &Path) -> io::Result<String> {
    std::fs::read_to_string(path)
}

fn logins(login: &io::Result<String>) -> Option<Vec<String>> {
    let value: Value = serde_json::from_str(login.as_ref().ok()?).ok()?;
    Some(value.as_object()?.keys().cloned().collect())
}

fn login_check(path: &Path, login: &io::Result<String>) -> Check {
    let check = "Pi's login";
    let shown = short(&path.display().to_string());
    match (login, logins(login)) {
        (Err(error), _) if error.kind() == io::ErrorKind::NotFound => Check::ok(check, "none"),
        (Err(error), _) => Check::fail(check, format!("{shown} cannot be read: {error}"), format!("ls -l {shown}")),
        (Ok(_), None) => Check::fail(check, format!("{shown} is not a JSON object"), "run pi and /login again"),
        (Ok(_), Some(names)) if names.is_empty() => Check::ok(check, "none"),
        (Ok(_), Some(names)) => Check::ok(check, names.join(", ")),
    }
}

fn named(models: &io::Result<String>) -> bool {
    models.as_ref().is_ok_and(|text| is_whole(text) && text.contains("baseUrl"))
}

fn models_check(path: &Path, models: &io::Result<String>, given: Option<&[String]>) -> Vec<Check> {
    let check = "Pi's models.json";
    let shown = short(&path.display().to_string());
    let text = match models {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return vec![Check::ok(check, "none")],
        Err(error) => {
            return vec![Check::fail(check, format!("{shown} cannot be read: {error}"), format!("ls -l {shown}"))];
        }
    };
    if !is_whole(text) {
        return vec![Check::fail(
            check,
            format!("{shown} is not JSON"),
            format!("node -p 'JSON.parse(fs.readFileSync(0))' < {shown}"),
        )];
    }
    let names = environment_names(text);
    let unset: Vec<&str> =
        names.iter().map(String::as_str).filter(|name| !is_set(name) || lacks(given, name)).collect();
    if unset.is_empty() {
        let about = if names.is_empty() {
            "refers to no variables".to_owned()
        } else {
            format!("refers to {}", names.join(", "))
        };
        return vec![Check::ok(check, format!("{shown} {about}"))];
    }
    let found = format!("{shown} refers to variables that agents do not have: {}", unset.join(", "));
    vec![Check::warn(check, found, format!("set them and start the server again: {}=… oqto serve", unset[0]))]
}

/// Whether a text can be read as Pi reads it, comments and commas at the end included: then a name that stands behind
/// it in a list is found.
fn is_whole(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    let probed = format!("[{text}\n, {{\"apiKey\": \"${PROBE}\"}}]");
    environment_names(&probed).iter().any(|name| name == PROBE)
}

/// What agents get of the environment.
pub(super) fn environment(names: &[String], runner_is_up: bool) -> Check {
    let check = "environment of agents";
    if runner_is_up {
        Check::ok(check, format!("{} variables (-v lists their names)", names.len()))
    } else {
        Check::ok(check, "known when the runner runs")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_with_comments_is_whole_and_a_torn_one_is_not() {
        assert!(is_whole("{// why\n\"providers\": {\"a\": {\"apiKey\": \"$A\",},}}"));
        assert!(is_whole("{} // at the end"));
        for torn in ["{\"providers\": {", "", "not json", "{}}"] {
            assert!(!is_whole(torn), "{torn}");
        }
    }

    #[test]
    fn settings_and_other_programs_tokens_are_no_keys() {
        for key in ["ANTHROPIC_API_KEY", "OPENAI_API_KEY", "HF_TOKEN", "ANTHROPIC_AUTH_TOKEN", "AWS_SECRET_ACCESS_KEY"]
        {
            assert!(is_provider_key(key) && PROVIDER_ENVIRONMENT.contains(&key), "{key}");
        }
        for other in ["PI_OFFLINE", "AWS_REGION", "GITHUB_TOKEN", "PI_CODING_AGENT_DIR"] {
            assert!(!is_provider_key(other), "{other}");
        }
    }

    #[test]
    fn a_key_that_the_runner_lacks_is_told() {
        let keys = ["OPENAI_API_KEY".to_owned()];
        assert_eq!(keys_check(&keys, Some(&keys)), Check::ok("provider keys", "OPENAI_API_KEY"));
        assert_eq!(keys_check(&keys, None), Check::ok("provider keys", "OPENAI_API_KEY"));
        let found = "set here, but the runner was started without: OPENAI_API_KEY";
        let warned = Check::warn("provider keys", found, "start the server again from here: oqto serve");
        assert_eq!(keys_check(&keys, Some(&[])), warned);
    }
}
