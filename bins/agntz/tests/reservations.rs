//! Reservations of paths, each command a process of its own.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::json;
use support::{Ran, World, each};

const AT_ONCE: usize = 200;
const PATHS: usize = 20;

#[test]
fn a_refusal_names_the_holder_and_the_end() {
    let world = World::new();
    let held = world.ok("pi", &["reserve", "src/**", "Cargo.toml", "--ttl", "1h", "--reason", "new login ü"]);
    assert_eq!(
        (each(&held, "pattern"), each(&held, "holder")),
        (vec!["src/**".into(), "Cargo.toml".into()], vec!["pi".into(); 2])
    );
    let ran = world.run("claude", &["reserve", "src/*.rs", "docs"]);
    let error = &ran.json()["error"];
    assert_eq!(
        (ran.code, error["code"].as_str(), error["retryable"].clone()),
        (Some(75), Some("unavailable"), json!(true))
    );
    let message = error["message"].as_str().unwrap();
    for part in ["pi", held[0]["expires_at"].as_str().unwrap(), "new login ü", "src/**", "number 1"] {
        assert!(message.contains(part), "{part}: {message}");
    }
    assert!(error["hint"].as_str().unwrap().contains("agntz mail send 'pi'"), "{error}");
    assert_eq!(each(&world.ok("claude", &["reservations"]), "holder"), ["pi", "pi"], "nothing of it was granted");
    let told = Ran::of(world.acting("claude").args(["reserve", "src"]).output().unwrap());
    assert!(told.code == Some(75) && told.out.is_empty() && told.err.contains("until"), "{told:?}");
    // Releasing frees it, and only one's own.
    assert_eq!(world.fails("claude", &["release", "Cargo.toml"]).0, 3);
    assert_eq!(each(&world.ok("pi", &["release", "Cargo.toml"]), "pattern"), ["Cargo.toml"]);
    assert_eq!(world.fails("pi", &["release", "Cargo.toml"]).1, "not_found");
    let granted = world.ok("claude", &["reserve", "Cargo.toml"]);
    assert!(granted[0]["number"].as_i64() > held[1]["number"].as_i64(), "numbers only grow");
}

#[test]
fn who_shares_shares_and_checks_change_nothing() {
    let world = World::new();
    world.ok("pi", &["reserve", "docs", "--shared"]);
    world.ok("claude", &["reserve", "docs/a.md", "--shared"]);
    assert_eq!(world.fails("eve", &["reserve", "docs"]).0, 75);
    let checked = world.run("eve", &["reservations", "check", "docs/b.md", "src"]);
    assert_eq!((checked.code, &checked.json()["ok"]["free"]), (Some(75), &json!(false)));
    assert_eq!(each(&checked.json()["ok"]["conflicts"], "path"), ["docs/b.md"]);
    let free = world.ok("eve", &["reservations", "check", "src"]);
    assert_eq!((&free["free"], &free["checked"]), (&json!(true), &json!(1)));
    let own = world.ok("claude", &["reservations", "list", "--mine"]);
    assert_eq!(each(&own, "pattern"), ["docs/a.md"]);
    assert_eq!(world.ok("eve", &["reservations"]).as_array().unwrap().len(), 2);
}

#[test]
fn a_lease_that_ran_out_is_somebody_elses_and_its_holder_is_told() {
    let world = World::new();
    let first = world.ok("pi", &["reserve", "a.rs", "--ttl", "1s"]);
    let number = first[0]["number"].to_string();
    let until = Instant::now() + Duration::from_secs(60);
    let second = loop {
        let ran = world.run("claude", &["reserve", "a.rs", "--ttl", "1h"]);
        if ran.code == Some(0) || Instant::now() > until {
            break ran.json()["ok"].clone();
        }
        assert_eq!(ran.code, Some(75), "{ran:?}");
    };
    assert!(second[0]["number"].as_i64() > first[0]["number"].as_i64(), "{second}");
    for arguments in [vec!["renew", "a.rs"], vec!["reservations", "check", "--number", &number]] {
        let (code, kind, message) = world.fails("pi", &arguments);
        assert_eq!((code, kind.as_str()), (75, "fenced"), "{message}");
    }
    let still = second[0]["number"].to_string();
    let held = world.ok("claude", &["reservations", "check", "--number", &still]);
    assert_eq!(each(&held, "pattern"), ["a.rs"]);
    let longer = world.ok("claude", &["renew", "--all", "--ttl", "2h"]);
    assert!(longer[0]["seconds_left"].as_i64().unwrap() > 3600 && longer[0]["number"] == second[0]["number"]);
    assert_eq!(world.fails("pi", &["reservations", "check", "--number", "999"]).0, 3);
}

#[test]
fn one_of_many_wins_each_path() {
    let world = World::new();
    let runners: Vec<_> = (0..AT_ONCE)
        .map(|number| {
            let path = format!("src/{}.rs", number % PATHS);
            (path.clone(), world.start(&format!("agent-{number}"), &["reserve", &path]))
        })
        .collect();
    let mut winners: BTreeMap<String, usize> = BTreeMap::new();
    let mut refusals = Vec::new();
    for (path, runner) in runners {
        let ran = Ran::of(runner.wait_with_output().unwrap());
        match ran.code {
            Some(0) => *winners.entry(path).or_default() += 1,
            Some(75) => refusals.push(ran.json()["error"]["message"].as_str().unwrap().to_owned()),
            _ => panic!("{ran:?}"),
        }
    }
    assert_eq!(winners.len(), PATHS);
    assert!(winners.values().all(|count| *count == 1), "{winners:?}");
    assert_eq!(refusals.len(), AT_ONCE - PATHS);
    assert!(refusals.iter().all(|message| message.contains("reserved by agent-")), "{refusals:?}");
    assert_eq!(world.ok("ada", &["reservations"]).as_array().unwrap().len(), PATHS);
}

#[test]
fn a_hook_stops_a_commit_of_what_somebody_else_holds() {
    let world = World::new();
    world.git(&["init", "-q", "."]);
    world.write("src/held ü [1].rs", "old");
    world.write("free.rs", "old");
    world.git(&["add", "-A"]);
    world.git(&["commit", "-q", "-m", "first"]);
    world.ok("pi", &["reserve", "src"]);
    world.write("free.rs", "new");
    world.git(&["add", "-A"]);
    assert_eq!(world.ok("claude", &["reservations", "check", "--staged"])["checked"], 1);
    let hook = world.work().join(".git/hooks/pre-commit");
    std::fs::write(&hook, format!("#!/bin/sh\nexec {} reservations check --staged\n", env!("CARGO_BIN_EXE_agntz")))
        .unwrap();
    std::fs::set_permissions(&hook, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    // A removal and the other name of a move count too.
    std::fs::rename(world.work().join("src/held ü [1].rs"), world.work().join("moved.rs")).unwrap();
    world.git(&["add", "-A"]);
    let commit = |who: &str| {
        let mut git = world.command("git");
        git.env("AGENT_CTX_AGENT_ADDRESS", who).args(["commit", "-q", "-m", "second"]);
        Ran::of(git.output().unwrap())
    };
    let refused = commit("claude");
    let said = format!("{}{}", refused.out, refused.err);
    assert!(refused.code == Some(1) && said.contains("src/held ü [1].rs is reserved by pi until"), "{refused:?}");
    assert_eq!(commit("pi").code, Some(0), "its holder may");
    assert_eq!(world.ok("claude", &["reservations", "check", "--staged"])["checked"], 0);
}

#[test]
fn bad_input_has_a_code_and_a_reason() {
    let world = World::new();
    for (arguments, code, why) in [
        (vec!["reserve"], 2, "PATH"),
        (vec!["reserve", ""], 2, "empty"),
        (vec!["reserve", "../outside"], 2, "outside"),
        (vec!["reserve", "/etc/passwd"], 2, "outside"),
        (vec!["reserve", "src/[a"], 2, "src/[a"),
        (vec!["reserve", "a", "--ttl", "8d"], 2, "seven days"),
        (vec!["reserve", "a", "--ttl", "0"], 2, "second"),
        (vec!["reserve", "a", "--reason", "two\nlines"], 2, "one line"),
        (vec!["release"], 2, "PATH"),
        (vec!["release", "--all"], 3, "holds no reservation"),
        (vec!["renew", "--number", "5"], 3, "number 5"),
        (vec!["reservations", "check"], 2, "PATH"),
        (vec!["reservations", "check", "--staged"], 3, "git repository"),
    ] {
        let (found, _, message) = world.fails("pi", &arguments);
        assert!(found == code && message.contains(why), "{arguments:?}: {found} {message}");
    }
}
