//! Mail as agents and people use it, each command a process of its own.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeSet;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{Ran, World, each};

/// As many as the figures speak of.
const AT_ONCE: usize = 200;

#[test]
fn a_mail_goes_there_and_back() {
    let world = World::new();
    world.ok("pi", &["mail", "inbox"]);
    world.write("build.log", "all green");
    let sent = world.ok(
        "claude",
        &[
            "mail",
            "send",
            "PI",
            "Schéma 日本 🚀",
            "-- is `owner` gone?",
            "--ack",
            "--attach",
            "build.log",
            "--importance",
            "high",
        ],
    );
    let id = sent["id"].as_str().unwrap().to_owned();
    assert_eq!((sent["to"].clone(), sent["repeated"].clone()), (json!(["pi"]), json!(false)));
    let inbox = world.ok("pi", &["mail", "inbox"]);
    let mail = &inbox["mails"][0];
    assert_eq!((mail["id"].as_str(), mail["subject"].as_str()), (Some(id.as_str()), Some("Schéma 日本 🚀")));
    assert_eq!((mail["state"].as_str(), mail["importance"].as_str()), (Some("delivered"), Some("high")));
    assert_eq!((mail["ack_wanted"].clone(), inbox["unread"].clone()), (json!(true), json!(1)));
    let read = world.ok("pi", &["mail", "read", &id[..9]]);
    assert_eq!(read[0]["body"], "-- is `owner` gone?");
    assert_eq!(read[0]["context"]["agent_address"], "claude", "who wrote it is kept");
    assert_eq!(read[0]["attachments"], json!([world.work().join("build.log")]));
    let reply = world.ok("pi", &["mail", "reply", &id, "-"]);
    assert_eq!((reply["to"].clone(), reply["thread"].as_str()), (json!(["claude"]), Some(id.as_str())));
    let thread = world.ok("claude", &["mail", "thread", &id]);
    assert_eq!(each(&thread, "subject"), ["Schéma 日本 🚀", "Re: Schéma 日本 🚀"]);
    assert_eq!(thread[0]["to"][0]["state"], "acknowledged", "the answer acknowledges");
    let found = world.ok("claude", &["mail", "search", "schema"]);
    assert_eq!(each(&found, "id").len(), 2);
    assert_eq!(world.run("eve", &["mail", "search", "schema"]).code, Some(3), "not in the mailbox of another");
    assert_eq!(world.fails("eve", &["mail", "read", &id]).1, "not_found");
}

#[test]
fn standard_input_is_the_text_and_people_see_no_escapes() {
    let world = World::new();
    let mut send = world.acting("claude");
    send.args(["mail", "send", "ada", "red \u{1b}[31m?", "-"]).stdin(Stdio::piped());
    assert_eq!(send.output().unwrap().status.code(), Some(2), "a subject has no control characters");
    let file = world.work().join("text");
    std::fs::write(&file, "from \u{1b}[2Ja pipe\nsecond line\n").unwrap();
    let mut send = world.acting("claude");
    send.args(["mail", "send", "ada", "piped", "-", "--json"]).stdin(std::fs::File::open(&file).unwrap());
    let sent = Ran::of(send.output().unwrap());
    let id = sent.json()["ok"]["id"].as_str().unwrap().to_owned();
    let read = Ran::of(world.acting("ada").args(["mail", "read", &id]).output().unwrap());
    assert_eq!(read.code, Some(0), "{read:?}");
    assert!(read.out.contains("from \\u{1b}[2Ja pipe\nsecond line") && !read.out.contains('\u{1b}'), "{read:?}");
    std::fs::write(&file, [0x66, 0xff, 0xfe]).unwrap();
    let mut send = world.acting("claude");
    send.args(["mail", "send", "ada", "binary", "-", "--json"]).stdin(std::fs::File::open(&file).unwrap());
    let refused = Ran::of(send.output().unwrap());
    assert_eq!((refused.code, refused.json()["error"]["code"].as_str()), (Some(2), Some("invalid_params")));
}

#[test]
fn everybody_in_the_workspace_gets_a_broadcast_and_nobody_else() {
    let world = World::new();
    for who in ["pi", "claude", "ses_1"] {
        world.ok(who, &["mail", "inbox"]);
    }
    std::fs::create_dir(world.home().join("elsewhere")).unwrap();
    let elsewhere = world.home().join("elsewhere").display().to_string();
    world.ok("eve", &["-C", &elsewhere, "mail", "inbox"]);
    let sent = world.ok("pi", &["mail", "send", "@workspace", "Pausing main"]);
    assert_eq!(sent["to"], json!(["claude", "ses_1"]));
    assert_eq!(world.ok("eve", &["-C", &elsewhere, "mail", "inbox"])["mails"], json!([]));
    assert_eq!(world.ok("ses_1", &["mail", "inbox"])["mails"][0]["subject"], "Pausing main");
    let (code, kind, message) = world.fails("eve", &["-C", &elsewhere, "mail", "send", "@workspace", "Hello?"]);
    assert_eq!((code, kind.as_str()), (3, "not_found"), "{message}");
    assert_eq!(world.fails("pi", &["mail", "send", "@workspace", "x", "--to", "claude"]).0, 2);
}

#[test]
fn what_nobody_reads_is_seen_by_both_sides() {
    let world = World::new();
    world.ok("pi", &["mail", "inbox"]);
    let expires = world.ok("claude", &["mail", "send", "pi", "soon gone", "--ttl", "1s"]);
    let until = Instant::now() + Duration::from_secs(60);
    let dead = loop {
        // Each look is a process of its own, which takes long enough.
        let dead = world.ok("claude", &["mail", "dead"]);
        if dead != json!([]) || Instant::now() > until {
            break dead;
        }
    };
    assert_eq!(
        (each(&dead, "id"), each(&dead, "why")),
        (vec![text(&expires, "id")], vec!["not read in time".to_owned()])
    );
    world.ok("claude", &["mail", "send", "pi", "for who leaves"]);
    assert_eq!(world.ok("pi", &["mail", "leave"])["mails"], 1);
    assert_eq!(world.ok("claude", &["mail", "dead"])[0]["why"], "its recipient left");
    let (code, kind, _) = world.fails("claude", &["mail", "send", "pi", "too late"]);
    assert_eq!((code, kind.as_str()), (1, "conflict"));
    let inbox = world.ok("claude", &["mail", "inbox"]);
    assert_eq!(inbox["dead"], 2, "the sender is told where they look first");
    assert_eq!(each(&world.ok("pi", &["mail", "inbox", "--all"])["mails"], "state"), ["dead", "dead"]);
}

#[test]
fn unknown_names_are_refused_with_names_that_look_alike() {
    let world = World::new();
    world.ok("ses_walrus", &["mail", "inbox"]);
    let ran = world.run("pi", &["mail", "send", "ses_warlus", "hi"]);
    let error = &ran.json()["error"];
    assert_eq!((ran.code, error["code"].as_str()), (Some(3), Some("not_found")));
    assert!(error["hint"].as_str().unwrap().contains("ses_walrus"), "{error}");
    assert_eq!(world.ok("pi", &["mail", "send", "ses_warlus", "hi", "--new"])["to"], json!(["ses_warlus"]));
    assert_eq!(world.ok("pi", &["mail", "send", "ada", "hi"])["to"], json!(["ada"]), "who is logged in is known");
}

#[test]
fn two_hundred_processes_send_and_nothing_is_lost() {
    let world = World::new();
    world.ok("pi", &["mail", "inbox"]);
    let senders: Vec<_> = (0..AT_ONCE)
        .map(|number| {
            world.start(&format!("agent-{}", number % 20), &["mail", "send", "pi", &format!("number {number}")])
        })
        .collect();
    let mut acknowledged = BTreeSet::new();
    for sender in senders {
        let ran = Ran::of(sender.wait_with_output().unwrap());
        assert_eq!(ran.code, Some(0), "{ran:?}");
        acknowledged.insert(text(&ran.json()["ok"], "id"));
    }
    assert_eq!(acknowledged.len(), AT_ONCE);
    let inbox = world.ok("pi", &["mail", "inbox", "--limit", "1000"]);
    assert_eq!(each(&inbox["mails"], "id").into_iter().collect::<BTreeSet<_>>(), acknowledged);
    let numbers: Vec<String> = (1..=AT_ONCE).map(|number| number.to_string()).collect();
    assert_eq!(each(&inbox["mails"], "seq"), numbers, "numbers without gaps");
}

#[test]
fn the_same_key_sends_once() {
    let world = World::new();
    world.ok("pi", &["mail", "inbox"]);
    let send = |body: &str| world.run("claude", &["mail", "send", "pi", "nightly", body, "--key", "night-1"]);
    let (first, again) = (send("done").json()["ok"].clone(), send("done").json()["ok"].clone());
    assert_eq!((text(&first, "id"), &again["repeated"]), (text(&again, "id"), &json!(true)));
    assert_eq!(send("something else").json()["error"]["code"], "conflict");
    assert_eq!(world.ok("pi", &["mail", "inbox"])["mails"].as_array().unwrap().len(), 1);
}

#[test]
fn bad_input_has_a_code_and_a_reason() {
    let world = World::new();
    let long = "x".repeat(600);
    for (arguments, code, why) in [
        (vec!["mail", "send", "a,b", "x"], 2, "comma"),
        (vec!["mail", "send", "ada", ""], 2, "subject"),
        (vec!["mail", "send", "ada", &long], 2, "500"),
        (vec!["mail", "send", "ada", "x", "--ttl", "soon"], 2, "soon"),
        (vec!["mail", "send", "ada", "x", "--ttl", "500d"], 2, "a year"),
        (vec!["mail", "send", "ada", "x", "--attach", "nowhere"], 3, "nowhere"),
        (vec!["mail", "send", "ada"], 2, "SUBJECT"),
        (vec!["mail", "read", "!"], 2, "no id"),
        (vec!["mail", "read", "zzzz"], 3, "no mail"),
        (vec!["mail", "ack", "zzzz"], 3, "no mail"),
        (vec!["mail", "reply", "zzzz", "x"], 3, "no mail"),
        (vec!["mail", "search", "?"], 2, "no word"),
        (vec!["mail", "inbox", "--limit", "0"], 2, "limit"),
        (vec!["--as", "@me", "mail", "inbox"], 2, "--as"),
        (vec!["mail", "--as", "@me", "inbox"], 2, "@me"),
        (vec!["mail", "leave", "--as", "nobody"], 3, "nobody"),
    ] {
        let (found, _, message) = world.fails("pi", &arguments);
        assert!(found == code && message.contains(why), "{arguments:?}: {found} {message}");
    }
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap().to_owned()
}
