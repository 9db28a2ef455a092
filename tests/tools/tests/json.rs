//! With `--json`, whatever is asked of whichever tool is answered in one line of JSON, and nothing is said beside it.
#![expect(clippy::disallowed_methods, reason = "a test starts what it tests")]

use std::process::Command;

use oqto_tools_tests::{Place, Ran};

const TRX: [&str; 26] = [
    "init",
    "list",
    "list --limit 0",
    "list --limit 99999999999999999999",
    "ready",
    "stats",
    "log",
    "log --limit 0",
    "dep graph",
    "dep graph --format svg",
    "dep graph --format dot",
    "export",
    "export --format json",
    "export --format jsonl",
    "doctor",
    "doctor --fix",
    "config show",
    "config get prefix",
    "config set prefix abc",
    "search one",
    "search nothing",
    "sync --dry-run",
    "sync",
    "import /dev/null",
    "create-many /dev/null",
    "merge-driver a b c",
];

const ISSUE: [&str; 11] = [
    "show",
    "history",
    "dep tree",
    "claim",
    "release",
    "comment - hi",
    "label - x",
    "assign - ada",
    "close",
    "reopen",
    "delete",
];

const AGNTZ: [&str; 31] = [
    "init",
    "context",
    "doctor",
    "doctor --fix",
    "memory list",
    "memory list -l 0",
    "memory stats",
    "memory stores",
    "memory preview",
    "memory export",
    "memory export -f jsonl",
    "memory export -f md",
    "memory search alpha",
    "memory search nothing",
    "memory import /dev/null",
    "mail inbox",
    "mail sent",
    "mail dead",
    "mail who",
    "mail search word",
    "mail leave",
    "reservations",
    "reservations list --mine",
    "reservations check a",
    "reservations check --staged",
    "renew a",
    "release --all",
    "release --all",
    "schedule x",
    "ask x",
    "search x",
];

const BYT: [&str; 19] = [
    "status",
    "ready",
    "lint",
    "lint --rules",
    "catalog list",
    "catalog refresh",
    "catalog list",
    "catalog show none",
    "current",
    "config show",
    "config path",
    "schemas list",
    "schemas check",
    "schemas export trx-event",
    "release plan",
    "release check",
    "memory search alpha",
    "sync status",
    "new none there",
];

const SX: [&str; 6] = ["words", "config show", "config path", "history", "init", "init"];

/// Runs a command, and says what is wrong with its answer.
fn asked(place: &Place, tool: &str, words: &[&str]) -> Option<String> {
    let ran: Ran = place.run(tool, &[words, &["--json"]].concat());
    let is_one_line = ran.out.ends_with('\n') && ran.out.lines().count() == 1;
    let keys = |value: serde_json::Value| value.as_object().map(|object| object.keys().cloned().collect::<Vec<_>>());
    let keys = serde_json::from_str(&ran.out).ok().and_then(keys).unwrap_or_default();
    let is_envelope = keys == ["ok"] || keys == ["error"] && ran.code != Some(0);
    let is_right = is_one_line && is_envelope && ran.err.is_empty() && ran.code.is_some_and(|code| code != 101);
    (!is_right).then(|| format!("{tool} {words:?}: {ran:?}"))
}

#[test]
fn every_answer_is_one_line_of_json() {
    let place = Place::new();
    let mut git = Command::new("git");
    place.prepare(&mut git);
    assert!(git.args(["init", "-q", "."]).status().unwrap().success());
    place.ok("trx", &["init"]);
    let id = place.ok("trx", &["create", "one"])["id"].as_str().unwrap().to_owned();
    place.ok("trx", &["create", "two", "--blocked-by", &id]);
    place.ok("agntz", &["memory", "add", "alpha beta"]);
    place.ok("agntz", &["reserve", "a"]);
    place.ok("agntz", &["mail", "send", "ada", "subject", "word", "--new"]);
    let mut wrong = Vec::new();
    for (tool, commands) in [("trx", &TRX[..]), ("agntz", &AGNTZ), ("byt", &BYT), ("sx", &SX)] {
        for command in commands {
            wrong.extend(asked(&place, tool, &command.split(' ').collect::<Vec<_>>()));
        }
    }
    for command in ISSUE {
        // The place of the issue is the `-`, else the end.
        let mut words: Vec<&str> =
            command.split(' ').map(|word| if word == "-" { id.as_str() } else { word }).collect();
        if !words.contains(&id.as_str()) {
            words.push(&id);
        }
        wrong.extend(asked(&place, "trx", &words));
        wrong.extend(asked(&place, "agntz", &[&["issues"], &words[..]].concat()));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
