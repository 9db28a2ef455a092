//! `context`, `init`, `doctor`, `search`, and what is not there.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use serde_json::json;
use support::{World, each};

#[test]
fn issues_are_those_of_trx() {
    let world = World::new();
    let (code, kind, _) = world.fails("pi", &["ready"]);
    assert_eq!((code, kind.as_str()), (3, "not_found"));
    world.ok("pi", &["issues", "init", "--prefix", "t"]);
    let made = world.ok("pi", &["tasks", "create", "日本語の題名 🚀", "-t", "bug", "-p", "1"]);
    let id = made["id"].as_str().unwrap();
    assert_eq!(each(&world.ok("pi", &["ready"]), "title"), ["日本語の題名 🚀"]);
    world.ok("pi", &["issues", "claim", id]);
    assert_eq!(world.ok("claude", &["ready"]), json!([]), "who holds the claim is told by the environment");
    assert_eq!(world.fails("claude", &["issues", "claim", id]).0, 75);
}

#[test]
fn the_context_is_what_matters_and_stays_within_its_budget() {
    let world = World::new();
    world.ok("pi", &["mail", "inbox"]);
    world.ok("pi", &["issues", "init"]);
    world.ok("pi", &["issues", "create", "first thing", "-p", "0"]);
    for number in 0..30 {
        world.ok("claude", &["issues", "create", &format!("thing {number}: größer und länger")]);
    }
    world.ok("claude", &["mail", "send", "pi", "Look at this", "The pool has no limit.", "--ack"]);
    world.ok("claude", &["reserve", "src", "--reason", "refactoring"]);
    world.ok("pi", &["memory", "add", "Tests need a running clock service.", "-c", "debugging", "-i", "9"]);
    let context = world.ok("pi", &["context"]);
    let rendered = context["rendered"].as_str().unwrap();
    for part in ["You are pi", "Look at this", "src by claude", "refactoring", "first thing", "clock service"] {
        assert!(rendered.contains(part), "{part}: {rendered}");
    }
    assert_eq!(
        (each(&context["mail"], "state"), each(&context["reservations"], "holder")),
        (vec!["queued".into()], vec!["claude".into()])
    );
    assert_eq!(world.ok("claude", &["mail", "sent"])[0]["to"][0]["state"], "queued", "looking delivers nothing");
    assert_eq!(context["rendered"], world.ok("pi", &["context"])["rendered"], "the same twice");
    for tokens in [1_usize, 10, 40, 100, 300] {
        let small = world.ok("pi", &["context", "--tokens", &tokens.to_string()]);
        let text = small["rendered"].as_str().unwrap();
        assert!(text.len() <= tokens * 4 && small["estimated_tokens"].as_u64().unwrap() as usize <= tokens, "{text}");
    }
    let small = world.ok("pi", &["context", "--tokens", "100"]);
    assert!(small["omitted"]["ready"].as_u64().unwrap() > 0, "{small}");
    assert_eq!(world.fails("pi", &["context", "--tokens", "0"]).0, 2);
}

#[test]
fn the_section_of_agents_md_is_written_once() {
    let world = World::new();
    world.git(&["init", "-q", "."]);
    world.write("AGENTS.md", "# Rules\n\nBe kind.\n");
    world.write("deep/er/file", "");
    assert_eq!(world.ok("pi", &["-C", "deep/er", "init"])["changed"], true);
    let file = world.work().join("AGENTS.md");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.starts_with("# Rules\n\nBe kind.\n") && text.contains("agntz context"), "{text}");
    assert_eq!(world.ok("pi", &["init"])["changed"], false);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
    let health = |what: &str| {
        let doctor = world.ok("pi", &["doctor"]);
        doctor["checks"].as_array().unwrap().iter().find(|check| check["what"] == what).unwrap()["health"].clone()
    };
    assert_eq!((health("AGENTS.md"), health("issues")), (json!("ok"), json!("ok")));
    assert_eq!(world.ok("pi", &["init", "--remove"])["changed"], true);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "# Rules\n\nBe kind.\n");
    assert_eq!(health("AGENTS.md"), "missing");
    std::fs::write(&file, "<!-- agntz:begin -->\nand no end\n").unwrap();
    assert_eq!(world.fails("pi", &["init"]).1, "conflict");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "<!-- agntz:begin -->\nand no end\n");
}

#[test]
fn what_is_not_configured_says_so() {
    let world = World::new();
    for (arguments, code, kind, why) in [
        (
            vec!["schedule", "add", "nightly", "-s", "0 3 * * *", "--command", "x"],
            78,
            "config",
            "no scheduler is configured",
        ),
        (vec!["ask", "pi", "what now?"], 78, "config", "no service is configured"),
        (vec!["search", "anything"], 69, "unreachable", "no chat history"),
    ] {
        let ran = world.run("pi", &arguments);
        let error = ran.json()["error"].clone();
        assert_eq!((ran.code, error["code"].as_str()), (Some(code), Some(kind)), "{ran:?}");
        assert!(error["message"].as_str().unwrap().contains(why) && error["hint"].is_string(), "{error}");
    }
}
