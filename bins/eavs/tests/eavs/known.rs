//! What the gateway knows and tells: use, requests, keys, models, variables.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use crate::{Ground, Service, ask};

const CONFIG: &str =
    "[log]\nbodies = true\n[providers.scripted]\nmodels = [{id = 'demo', cost = {input = 1, output = 1000}}]\n";

fn say(service: &Service, key: &str, text: &str) {
    let said =
        json!({"model": "scripted/demo", "messages": [{"role": "user", "content": format!("fake:text {text}")}]});
    let heard = ask(service.address, "/v1/chat/completions", key, &said);
    assert!(heard.starts_with("HTTP/1.1 200"), "{heard}");
}

#[test]
fn use_is_told_in_every_form() {
    let ground = Ground::new(CONFIG);
    let service = ground.serve();
    let ada = ground.said(&["keys", "create", "--name", "=ada,\"x\"", "--owner", "ada", "--label", "team=red"]);
    let bob = ground.said(&["keys", "create", "--name", "bob", "--owner", "bob"]);
    for (key, text) in [(&ada, "one two"), (&ada, "three"), (&bob, "four")] {
        say(&service, key, text);
    }
    let owners = ground.json(&["usage", "--by", "owner"]);
    assert_eq!((owners[0]["group"].as_str(), owners[0]["requests"].as_u64()), (Some("ada"), Some(2)));
    assert_eq!(ground.said(&["usage", "--by", "label", "--label", "team"]).lines().count(), 2);
    assert_eq!(ground.said(&["usage", "--owner", "bob"]).lines().count(), 1);
    let csv = ground.said(&["usage", "--by", "key", "--csv"]);
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines[0].starts_with("what,name,requests,failed,"), "{csv}");
    assert!(lines.iter().any(|line| line.contains(",\"'=ada,\"\"x\"\"\",2,")), "{csv}");
    assert!(lines.iter().all(|line| !line.contains(&ada)));
    assert_eq!(ground.said(&["usage", "--until", "2020-01-01", "--since", "2019-01-01"]), "");
    for wrong in [
        &["usage", "--by", "nothing"][..],
        &["usage", "--csv"],
        &["usage", "--label", "x"],
        &["usage", "--by", "label"],
        &["usage", "--since", "yesterday"],
        &["usage", "--since", "2026-01-02", "--until", "2026-01-01"],
        &["usage", "--since", "1d", "--days", "3"],
    ] {
        assert_eq!(ground.refused(wrong).0, Some(2), "{wrong:?}");
    }
    assert_eq!(ground.refused(&["usage", "--key", "nobody"]).0, Some(3));
    assert_eq!(service.stop(), Some(0));
}

#[test]
fn requests_are_followed_until_they_are_no_more_wanted() {
    let ground = Ground::new(CONFIG);
    assert_eq!(ground.refused(&["logs", "tail", "-f"]).0, Some(69), "only a service can be followed");
    let service = ground.serve();
    let key = ground.said(&["keys", "create", "--name", "k"]);
    say(&service, &key, "before");
    let mut child = ground
        .command(&["logs", "tail", "-f", "-n", "1", "--json", "--model", "demo"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut next = || serde_json::from_str::<Value>(&lines.next().unwrap().unwrap()).unwrap();
    assert_eq!(next()["outcome"], "done");
    let first = ground.json(&["logs", "tail", "-n", "1"])[0]["id"].as_i64().unwrap();
    for number in 1..=3 {
        say(&service, &key, "live");
        assert_eq!(next()["id"], first + number, "each is told once, in order");
    }
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(lines.count(), 0);
    assert_eq!(ground.said(&["logs", "tail", "--errors"]), "");
    assert_eq!(ground.said(&["logs", "tail", "-n", "2"]).lines().count(), 2);
    say(&service, &key, "a secret sk-proj-0123456789abcdef");
    let row = ground.json(&["logs", "tail", "-n", "1"])[0].clone();
    let shown = ground.said(&["logs", "show", row["request"].as_str().unwrap()]);
    assert!(shown.contains("fake:text a secret [hidden]") && shown.contains("HEARD"), "{shown}");
    assert!(!shown.contains("sk-proj"), "{shown}");
    assert_eq!(ground.refused(&["logs", "show", "req_nothing"]).0, Some(3));
    assert_eq!(service.stop(), Some(0));
}

#[test]
fn keys_are_found_by_whose_they_are() {
    let ground = Ground::new("");
    ground.said(&["keys", "create", "--name", "one", "--owner", "ada", "--session", "s1", "--label", "team=red"]);
    ground.said(&["keys", "create", "--name", "other", "--owner", "bob", "--label", "team=blue"]);
    ground.said(&["keys", "revoke", "other"]);
    let names = |arguments: &[&str]| -> Vec<String> {
        let all: Vec<&str> = ["keys", "list"].iter().chain(arguments).copied().collect();
        let keys = ground.json(&all);
        keys.as_array().unwrap().iter().map(|key| key["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&[]), ["one"]);
    assert_eq!(names(&["--all"]), ["one", "other"]);
    assert_eq!(names(&["--state", "revoked"]), ["other"]);
    assert_eq!(names(&["--all", "--owner", "bob"]), ["other"]);
    assert_eq!(names(&["--session", "s1", "--label", "team"]), ["one"]);
    assert_eq!(names(&["--all", "--label", "team=blue", "--name", "the"]), ["other"]);
    assert_eq!(names(&["--state", "expired"]), Vec::<String>::new());
    assert_eq!(ground.refused(&["keys", "list", "--all", "--state", "valid"]).0, Some(2));
    let id = ground.json(&["keys", "show", "one"])["key_id"].as_str().unwrap().to_owned();
    assert_eq!(ground.json(&["keys", "show", &id[id.len() - 12..]])["name"], "one", "the end of an id is enough");
    assert_eq!(ground.refused(&["keys", "show", &id[id.len() - 5..]]).0, Some(3), "but not a shorter one");
}

#[test]
fn a_newer_catalog_counts_and_a_wrong_one_does_not() {
    let ground = Ground::new("[providers.openai]\napi_key = 'k'\n");
    let file = ground.home.root().join("api.json");
    let catalog = |input: f64| {
        json!({"openai": {"models": {"gpt-new": {"id": "gpt-new", "name": "New", "reasoning": true, "tool_call": true,
            "modalities": {"input": ["text"], "output": ["text"]}, "limit": {"context": 9, "output": 5},
            "cost": {"input": input, "output": 2}}}}, "unknown": {"models": {}}})
    };
    let path = file.to_str().unwrap();
    std::fs::write(&file, catalog(1.0).to_string()).unwrap();
    let service = ground.serve();
    let key = ground.said(&["keys", "create"]);
    let known = || ask(service.address, "/openai/v1/models", &key, &Value::Null);
    assert!(!known().contains("gpt-new"));
    assert_eq!(ground.run(&["models", "update", "--from", path, "--check"]).status.code(), Some(1));
    assert_eq!(ground.refused(&["models", "show", "openai/gpt-new"]).0, Some(3), "it was only looked at");
    let told = ground.json(&["models", "update", "--from", path]);
    assert!(told["changes"].as_array().unwrap().iter().any(|change| change["what"] == "added"), "{told}");
    assert!(known().contains("gpt-new"), "the service has taken it");
    assert_eq!(ground.json(&["models", "show", "openai/gpt-new"])["cost"]["input"], 1.0);
    assert!(
        ground.said(&["models", "list", "--all", "--provider", "anthropic"]).lines().count() > 10,
        "the shipped fills in"
    );
    assert_eq!(ground.run(&["models", "update", "--from", path, "--check"]).status.code(), Some(0));
    std::fs::write(&file, catalog(-1.0).to_string()).unwrap();
    let (code, error) = ground.refused(&["models", "update", "--from", path]);
    assert!(code == Some(2) && error["message"].as_str().unwrap().contains("openai/gpt-new: a price"), "{error}");
    assert_eq!(ground.refused(&["models", "update", "--from", "/nowhere"]).0, Some(3));
    assert_eq!(ground.refused(&["models", "update", "--from", "http://example.org/x"]).0, Some(2));
    assert_eq!(ground.json(&["models", "show", "openai/gpt-new"])["cost"]["input"], 1.0, "the old one counts");
    let listed = |arguments: &[&str]| {
        let all: Vec<&str> = ["models", "list", "--all"].iter().chain(arguments).copied().collect();
        ground.json(&all).as_array().unwrap().len()
    };
    assert_eq!(listed(&["--provider", "openai", "--can", "thinks", "--max-price", "2"]), 1);
    assert_eq!(
        ground.run(&["models", "list", "--all", "--provider", "openai", "--can", "images"]).status.code(),
        Some(3)
    );
    assert_eq!(service.stop(), Some(0));
}

#[test]
fn sdks_find_the_gateway_by_variables_in_a_file_of_ones_own() {
    let ground = Ground::new("[server]\nlisten = '127.0.0.1:3999'\n");
    let file = ground.home.root().join("deep/eavs.env");
    let path = file.to_str().unwrap();
    ground.said(&["env", "--new", "ada", "--owner", "ada", "--write", path]);
    let text = std::fs::read_to_string(&file).unwrap();
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert!(
        text.starts_with("EAVS_API_KEY=eavs_") && text.contains("OPENAI_BASE_URL=http://127.0.0.1:3999/v1\n"),
        "{text}"
    );
    assert_eq!(ground.json(&["keys", "list", "--owner", "ada"])[0]["name"], "ada");
    let mut child = ground
        .command(&["env", "--key", "-", "--base-url", "http://host:1/"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"eavs_from-stdin\n").unwrap();
    let told = child.wait_with_output().unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(
        told.contains("ANTHROPIC_API_KEY=eavs_from-stdin\n") && told.contains("ANTHROPIC_BASE_URL=http://host:1\n"),
        "{told}"
    );
    assert_eq!(ground.refused(&["env"]).0, Some(2), "no key is named");
    assert_eq!(ground.refused(&["env", "--key", "a b"]).0, Some(2));
    assert_eq!(ground.refused(&["env", "--key", "k", "--base-url", "host"]).0, Some(2));
    let output = ground.command(&["env"]).env("EAVS_API_KEY", "eavs_mine").output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains("OPENAI_API_KEY=eavs_mine\n"));
}

#[test]
fn limits_of_providers_are_told_once_they_are_known() {
    let ground = Ground::new(CONFIG);
    let output = ground.run(&["quotas"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no provider has told its limits"));
    assert_eq!(ground.json(&["quotas"]).as_array().map(Vec::len), Some(0));
}

#[test]
fn every_admin_route_that_is_described_answers() {
    let ground = Ground::new("[server]\nadmin_key = 'the-admin-key'\n[providers.scripted]\n");
    let service = ground.serve();
    let id = ground.json(&["keys", "create", "--name", "KEY"])["key_id"].as_str().unwrap().to_owned();
    let help = ground.said(&["serve", "--help"]);
    let mut routes = 0;
    for line in help.lines() {
        let mut words = line.split_whitespace();
        let (Some("GET"), Some(path)) = (words.next(), words.next()) else { continue };
        let admin = path.starts_with("/admin") || path == "/metrics";
        let heard = ask(service.address, path, if admin { "the-admin-key" } else { "eavs_nobody" }, &Value::Null);
        let expected = match (admin, path) {
            (false, _) => "HTTP/1.1 401",
            (true, "/admin/requests/ID") => "HTTP/1.1 404",
            (true, _) => "HTTP/1.1 200",
        };
        assert!(heard.starts_with(expected) && !heard.contains("path_not_found"), "{path}: {heard}");
        routes += 1;
    }
    assert!(routes >= 12, "{help}");
    assert!(ask(service.address, "/admin/keys", "the-admin-key", &Value::Null).contains(&id));
    assert_eq!(service.stop(), Some(0));
}
