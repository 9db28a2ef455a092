//! Issues and memories of many repositories: `byt ready`, `byt memory`, and the counts of `status` and `catalog`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod ground;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use ground::Home;
use oqto_issues::{Link, NewIssue, Store};
use serde_json::Value;

/// A store with an issue that can be begun and one that waits for it.
fn issues(repository: &Path, title: &str, priority: u8) -> Store {
    let mut store = Store::init(repository, "app").unwrap();
    let first = store.create(NewIssue { priority, ..NewIssue::titled(title) }).unwrap();
    let waits = store.create(NewIssue::titled(format!("after {title}"))).unwrap();
    store.link(&waits, Link::Blocks, &[first]).unwrap();
    store
}

fn titles(shown: &Value) -> Vec<(&str, &str)> {
    shown["ok"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["repository"].as_str().unwrap(), row["title"].as_str().unwrap()))
        .collect()
}

#[test]
fn what_can_be_begun_is_the_same_list_each_time_and_a_bad_store_does_not_hide_the_others() {
    let home = Home::new();
    issues(&home.repository("zeta"), "later – 日本", 3);
    issues(&home.repository("alpha"), "urgent", 0);
    home.repository("none");
    let (code, shown) = home.json(&["ready"]);
    assert_eq!((code, titles(&shown)), (0, vec![("alpha", "urgent"), ("zeta", "later – 日本")]), "{shown}");
    assert_eq!(shown["ok"][0]["status"], "open");
    assert_eq!(home.run(&["ready", "--json"]).1, home.run(&["ready", "--json"]).1, "byte for byte");
    let (_, text, _) = home.run(&["ready", "--limit", "1"]);
    assert!(
        text.starts_with("alpha\t") && text.ends_with("\tP0\ttask\turgent\n") && text.lines().count() == 1,
        "{text}"
    );
    assert_eq!(titles(&home.json(&["ready", "--repo", "zeta"]).1).len(), 1);
    assert_eq!(home.run(&["ready", "--repo", "nobody"]).0, 3);

    let (_, status) = home.json(&["status"]);
    let counts = |name: &str| (status["ok"][name]["open_issues"].as_u64(), status["ok"][name]["ready_issues"].as_u64());
    assert_eq!((counts("alpha"), counts("none")), ((Some(2), Some(1)), (None, None)), "{status}");
    assert_eq!(home.run(&["catalog", "refresh"]).0, 0);
    assert_eq!(home.json(&["catalog", "show", "zeta"]).1["ok"]["open_issues"], 2);

    // A line that is not one is told, and costs that line only.
    let log = home.path("code/alpha/.trx/events.jsonl");
    fs::OpenOptions::new().append(true).open(&log).unwrap().write_all(b"<<<<<<< HEAD\n").unwrap();
    let (code, text, told) = home.run(&["ready"]);
    assert_eq!((code, text.lines().count()), (0, 2), "{told}");
    assert!(told.contains("alpha: .trx/events.jsonl:4: "), "{told}");
    // A store that cannot be read fails the command after the others were shown.
    fs::write(home.path("code/alpha/.trx/config.toml"), "nonsense").unwrap();
    for (command, shown) in [("ready", "later"), ("status", "zeta")] {
        let (code, text, told) = home.run(&[command]);
        assert!(code == 1 && text.contains(shown) && told.contains("alpha: "), "{command} {code} {text} {told}");
    }
    let (code, refreshed) = home.json(&["catalog", "refresh"]);
    assert_eq!((code, refreshed["ok"]["unread"][0]["name"].as_str()), (1, Some("alpha")), "{refreshed}");
}

#[test]
fn looking_at_a_store_of_another_program_does_not_change_it() {
    let home = Home::new();
    let repository = home.repository("old");
    fs::create_dir(repository.join(".trx")).unwrap();
    let line = r#"{"id":"old-1","title":"of today's program","status":"open","priority":2,"issue_type":"bug","created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z"}"#;
    fs::write(repository.join(".trx/issues.jsonl"), format!("{line}\n")).unwrap();
    assert_eq!(titles(&home.json(&["ready"]).1), [("old", "of today's program")]);
    let names: Vec<_> =
        fs::read_dir(repository.join(".trx")).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(names, ["issues.jsonl"]);
}

#[test]
fn memories_are_added_to_one_and_found_in_all() {
    let home = Home::new();
    let api = home.repository("api");
    home.repository("web");
    let (code, none) = home.json(&["memory", "search", "port", "--all"]);
    assert_eq!((code, none["ok"].as_array().map(Vec::len)), (3, Some(0)));
    let (code, added) = home
        .json_in(&api, &["memory", "add", "The API listens on port 7700 – 日本.", "-c", "api", "-i", "8", "-t", "a,b"]);
    assert_eq!((code, added["ok"]["tags"][1].as_str()), (0, Some("b")), "{added}");
    let mut byt = home.byt(&home.path("code"));
    byt.args(["memory", "add", "-", "--repo", "web"]).stdin(Stdio::piped()).stdout(Stdio::null());
    let mut child = byt.spawn().unwrap();
    child.stdin.take().unwrap().write_all("- The page proxies to the port of the API.\n".as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
    let (code, found) = home.json(&["memory", "search", "which port does the API use", "--all"]);
    let rows: Vec<_> = found["ok"].as_array().unwrap().iter().map(|row| row["store"].as_str().unwrap()).collect();
    assert_eq!((code, rows.len(), rows[0]), (0, 2, "api"), "{found}");
    // The person's own store is asked, too, and one store is asked once.
    let own = home.path(".local/share/mmry/general/mmry.jsonl");
    let mut user = oqto_memory::Store::open(&own, Default::default()).unwrap();
    let told = oqto_memory::Told { content: Some("Every port is written in PORTS.md.".into()), ..Default::default() };
    user.add(told, oqto_memory::Duplicates::Refuse).unwrap();
    let (_, all) = home.json(&["memory", "search", "port", "--all"]);
    let mut stores: Vec<_> = all["ok"].as_array().unwrap().iter().map(|row| row["store"].as_str().unwrap()).collect();
    stores.sort_unstable();
    assert_eq!(stores, ["api", "user", "web"], "{all}");
    let (_, only) = home.json(&["memory", "search", "port", "--all", "-c", "api"]);
    assert_eq!(only["ok"].as_array().unwrap().len(), 1);
    let (code, here) = home.json_in(&api, &["memory", "search", "port"]);
    assert_eq!((code, here["ok"][0]["category"].as_str()), (0, Some("api")));
    let (code, twice) = home.json_in(&api, &["memory", "add", "The API listens on port 7700 – 日本."]);
    assert_eq!((code, twice["error"]["code"].as_str()), (1, Some("already_exists")), "{twice}");
    assert!(twice["error"]["hint"].as_str().unwrap().contains("--duplicate"), "{twice}");
    assert_eq!(home.json_in(&api, &["memory", "add", "The API listens on port 7700 – 日本.", "--duplicate"]).0, 0);
    assert_eq!(home.json_in(&api, &["memory", "add", "  "]).0, 2);
    assert_eq!(home.json(&["status"]).1["ok"]["api"]["memories"], 2);
    assert_eq!(home.run(&["memory", "search", "port"]).0, 3, "this folder is in no repository");

    fs::remove_file(home.path("code/web/.mmry/mmry.jsonl")).unwrap();
    fs::create_dir(home.path("code/web/.mmry/mmry.jsonl")).unwrap();
    let (code, text, told) = home.run(&["memory", "search", "port", "--all"]);
    assert!(code == 1 && text.contains("7700") && told.contains("web: "), "{code} {text} {told}");
}
