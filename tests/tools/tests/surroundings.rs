//! Where the tools are run: homes that are not there, folders with any name, stores that may only be read, leftovers of
//! programs that died, readers that go away, inputs without end.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and starts what it tests"
)]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use oqto_tools_tests::{Place, Ran, envelope};

fn store() -> Place {
    let place = Place::new();
    assert_eq!(place.run("trx", &["init"]).code, Some(0));
    place
}

fn create(place: &Place, title: &str) -> String {
    place.ok("trx", &["create", title])["id"].as_str().unwrap().to_owned()
}

fn titles(place: &Place) -> Vec<String> {
    let listed = place.ok("trx", &["list", "--all", "--limit", "100000"]);
    listed.as_array().unwrap().iter().map(|issue| issue["title"].as_str().unwrap().to_owned()).collect()
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

#[test]
fn a_home_that_cannot_be_used_keeps_nobody_from_working() {
    let place = store();
    create(&place, "there");
    for home in [Some("/dev/null"), Some("/proc/none"), Some(""), Some("relative"), None] {
        let run = |tool: &str, arguments: &[&str]| {
            let mut command = place.command(tool);
            match home {
                Some(home) => command.env("HOME", home),
                None => command.env_remove("HOME"),
            };
            Ran::of(command.args(arguments).output().unwrap())
        };
        for arguments in [&["list", "--json"][..], &["create", "another", "--json"], &["ready", "--json"]] {
            let ran = run("trx", arguments);
            assert_eq!(ran.code, Some(0), "HOME={home:?} trx {arguments:?}: {ran:?}");
        }
        let status = run("byt", &["status", "--root", ".", "--json"]);
        assert!([Some(0), Some(3)].contains(&status.code), "HOME={home:?}: {status:?}");
        let gone = run("sx", &["x", "--json", "--searxng-url", "http://127.0.0.1:9"]);
        assert_eq!(envelope(&gone), (69, "unreachable".into()), "HOME={home:?}");
    }
}

#[test]
fn a_folder_may_have_any_name() {
    let place = Place::new();
    let names: [&[u8]; 4] = ["ünï 日本 🦀".as_bytes(), b"with space\tand tab", b"-dash", b"not utf-8 \xff\xfe"];
    for name in names {
        let folder = place.workspace().join(std::ffi::OsStr::from_bytes(name));
        fs::create_dir(&folder).unwrap();
        for arguments in [&["init", "--json"][..], &["create", "x", "--json"], &["list", "--json"]] {
            // `-C` with its value in one word, so that a name that begins with a dash is one.
            let mut option = std::ffi::OsString::from("-C");
            option.push(&folder);
            let ran = Ran::of(place.command("trx").arg(option).args(arguments).output().unwrap());
            assert_eq!(ran.code, Some(0), "{folder:?} {arguments:?}: {ran:?}");
        }
        assert!(folder.join(".trx/events.jsonl").is_file(), "{folder:?}");
        let from_within = Ran::of(place.command("trx").arg("list").current_dir(&folder).output().unwrap());
        assert!(from_within.code == Some(0) && from_within.out.contains('x'), "{folder:?}: {from_within:?}");
    }
    let git = |arguments: &[&str]| {
        let mut command = std::process::Command::new("git");
        place.prepare(&mut command);
        assert!(command.args(arguments).output().unwrap().status.success(), "{arguments:?}");
    };
    git(&["init", "-q", "ünï 日本 🦀"]);
    let status = place.ok("byt", &["-C", "ünï 日本 🦀", "status"]);
    assert!(status.to_string().contains("ünï 日本 🦀"), "{status}");
}

#[test]
fn a_store_that_may_only_be_read_is_read_and_says_why_it_is_not_written() {
    let place = store();
    create(&place, "kept");
    let folder = place.workspace().join(".trx");
    let allow = |file: u32, directory: u32| {
        for path in files(&folder) {
            fs::set_permissions(&path, fs::Permissions::from_mode(file)).unwrap();
        }
        for directory_path in [folder.join(".index"), folder.clone()] {
            fs::set_permissions(directory_path, fs::Permissions::from_mode(directory)).unwrap();
        }
    };
    allow(0o444, 0o555);
    for arguments in [&["list"][..], &["ready"], &["stats"], &["search", "kept"]] {
        let ran = place.without_privileges("trx", arguments);
        assert_eq!(ran.code, Some(0), "{arguments:?}: {ran:?}");
    }
    let refused = place.without_privileges("trx", &["create", "not kept", "--json"]);
    let (code, name) = envelope(&refused);
    assert!(code == 77 || code == 1, "{name}: {refused:?}");
    let message = refused.json()["error"]["message"].as_str().unwrap().to_owned();
    assert!(message.contains(".trx") && message.to_lowercase().contains("permission"), "{message}");
    allow(0o644, 0o755);
    create(&place, "after");
    assert_eq!(titles(&place), ["kept", "after"]);
}

#[test]
fn what_a_program_that_died_left_behind_stops_nobody() {
    let place = store();
    create(&place, "before");
    let folder = place.workspace().join(".trx");
    // Locks are of the system and die with their holder; a file that only looks like one is nothing.
    for name in ["lock", ".lock", "events.jsonl.lock", "issues.jsonl.lock", ".trx.lock", ".issues.jsonl.4711.tmp"] {
        fs::write(folder.join(name), "4711\n").unwrap();
    }
    for name in ["events.db-wal", "events.db-shm", "events.db-journal", "events.db.lock"] {
        fs::write(folder.join(".index").join(name), "left behind").unwrap();
    }
    create(&place, "after");
    assert_eq!(titles(&place), ["before", "after"]);
    fs::write(folder.join(".index/events.db"), "no database").unwrap();
    assert_eq!(titles(&place), ["before", "after"]);
    create(&place, "and on");
    fs::remove_dir_all(folder.join(".index")).unwrap();
    assert_eq!(titles(&place).len(), 3);
}

#[test]
fn a_last_line_that_was_torn_costs_nobody_else_theirs() {
    let place = store();
    create(&place, "whole");
    let ledger = place.workspace().join(".trx/events.jsonl");
    let text = fs::read(&ledger).unwrap();
    for cut in [1, text.len() / 2, text.len() - 2] {
        let mut torn = text.clone();
        torn.extend_from_slice(&text[..cut]);
        fs::write(&ledger, torn).unwrap();
        let made = place.run("trx", &["create", "after it", "--json"]);
        assert_eq!(made.code, Some(0), "{cut}: {made:?}");
        let found = titles(&place);
        assert!(found.contains(&"whole".to_owned()) && found.contains(&"after it".to_owned()), "{cut}: {found:?}");
    }
}

#[test]
fn a_reader_that_has_seen_enough_ends_a_long_list_quietly() {
    let place = store();
    let many: String = (0..5000).map(|n| format!("{{\"title\": \"issue {n} {}\"}}\n", "x".repeat(80))).collect();
    assert_eq!(place.feed("trx", &["create-many", "-", "-q"], many.as_bytes()).code, Some(0));
    for arguments in [&["list"][..], &["list", "--json"], &["log"], &["export", "--format", "json"]] {
        let mut child = place.command("trx").args(arguments).spawn().unwrap();
        let mut first = String::new();
        BufReader::with_capacity(64, child.stdout.take().unwrap()).read_line(&mut first).unwrap_or_default();
        let ran = Ran::of(child.wait_with_output().unwrap());
        assert!(!first.is_empty(), "{arguments:?}: {ran:?}");
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn inputs_without_end_are_refused_and_leave_nothing() {
    let place = store();
    let endless = vec![b'x'; 24 << 20];
    for arguments in [&["create", "long", "-d", "-", "--json"][..], &["create-many", "-", "--json"]] {
        let ran = place.feed("trx", arguments, &endless);
        let (code, _) = envelope(&ran);
        assert_eq!(code, 2, "{arguments:?}: {ran:?}");
    }
    assert_eq!(titles(&place), Vec::<String>::new());
    for arguments in [&["memory", "add", "-", "--json"][..], &["mail", "send", "ada", "s", "-", "--new", "--json"]] {
        let ran = place.feed("agntz", arguments, &endless);
        assert_eq!(envelope(&ran).0, 2, "{arguments:?}: {ran:?}");
    }
    assert_eq!(place.ok("agntz", &["mail", "sent"]).as_array().map(Vec::len), Some(0));
    let asked = place.feed("sx", &["-", "--json", "--searxng-url", "http://127.0.0.1:9"], &endless);
    assert_eq!(envelope(&asked), (2, "invalid_params".into()));
    // As long as a note may be, it goes through.
    let long = "ünï ".repeat(10_000);
    let made = place.feed("trx", &["create", "fits", "-d", "-", "--json"], long.as_bytes());
    assert_eq!(made.code, Some(0), "{made:?}");
    let id = made.json()["ok"]["id"].as_str().unwrap().to_owned();
    assert_eq!(place.ok("trx", &["show", &id])["description"].as_str().map(str::trim), Some(long.trim()));
}

#[test]
fn a_bad_line_of_the_memories_is_named_and_the_rest_works() {
    let place = Place::new();
    place.ok("agntz", &["memory", "add", "the first fact"]);
    let ledger = place.workspace().join(".mmry/mmry.jsonl");
    let mut text = fs::read(&ledger).unwrap();
    let number = text.iter().filter(|byte| **byte == b'\n').count() + 2;
    text.extend_from_slice(b"<<<<<<< HEAD\n{\"broken\": \xff \x1b[2J\n");
    fs::write(&ledger, text).unwrap();
    place.ok("agntz", &["memory", "add", "the second fact"]);
    let listed = place.run("agntz", &["memory", "list"]);
    assert_eq!(listed.code, Some(0), "{listed:?}");
    assert!(listed.out.contains("first fact") && listed.out.contains("second fact"), "{listed:?}");
    let stats = place.run("agntz", &["memory", "stats"]);
    let said = format!("{}{}{}", listed.err, stats.out, stats.err);
    assert!(said.contains(&format!("mmry.jsonl:{number}")), "{said}");
    assert!(!said.contains('\u{1b}'), "{said:?}");
    let found = place.ok("agntz", &["memory", "search", "second"]);
    assert!(found.to_string().contains("the second fact"), "{found}");
}

#[test]
fn words_that_are_no_text_are_refused() {
    let place = store();
    for (tool, arguments) in
        [("trx", &["create"][..]), ("agntz", &["memory", "add"]), ("byt", &["catalog", "show"]), ("sx", &[])]
    {
        let mut command = place.command(tool);
        command.args(arguments).arg(std::ffi::OsStr::from_bytes(b"not \xff text")).arg("--json");
        let ran = Ran::of(command.stdin(Stdio::null()).output().unwrap());
        assert_eq!(envelope(&ran), (2, "invalid_params".into()), "{tool}");
    }
}

#[test]
fn what_a_stranger_wrote_into_a_store_does_nothing_to_a_terminal() {
    let place = store();
    let evil = "\u{1b}[2J\u{1b}]0;x\u{7}\u{9b}31m\u{202e}\u{8}";
    let ledger = place.workspace().join(".trx/events.jsonl");
    let id = create(&place, "good");
    // A title with controls is refused; a store that came over git may hold one.
    assert_eq!(place.run("trx", &["create", &format!("x{evil}")]).code, Some(2));
    let mut text = fs::read_to_string(&ledger).unwrap();
    let hostile = serde_json::to_string(evil).unwrap();
    let hostile = hostile.trim_matches('"');
    let copied =
        text.lines().next().unwrap().replace("\"good\"", &format!("\"bad{hostile}\"")).replace(&id, "trx-evil2345");
    text.push_str(&copied.replacen("\"id\":\"evt_", "\"id\":\"evt_x", 1));
    text.push('\n');
    text.push_str(&format!("{{\"damaged {hostile}\n"));
    fs::write(&ledger, text).unwrap();
    let before = titles(&place);
    assert!(before.iter().any(|title| title.starts_with("bad")), "it is read: {before:?}");
    let commands = [&["list"][..], &["ready"], &["show", "trx-evil2345"], &["log"], &["search", "bad"], &["doctor"]];
    for arguments in commands {
        let ran = place.run("trx", arguments);
        let shown = format!("{}{}", ran.out, ran.err);
        assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}', '\u{8}']), "{arguments:?}: {shown:?}");
    }
}

#[test]
fn what_a_stranger_said_does_nothing_to_a_terminal() {
    let place = Place::new();
    let evil = "good \u{1b}[2J\u{1b}]0;x\u{7}\u{9b}31m\u{202e}\u{8} end";
    let added = place.ok("agntz", &["memory", "add", evil]);
    let memory = added["memory_id"].as_str().unwrap().to_owned();
    let sent = place.ok("agntz", &["mail", "send", "ada", "a subject", evil, "--new", "--as", "eve"]);
    let mail = sent["id"].as_str().unwrap().to_owned();
    place.ok("agntz", &["reserve", "src", "--reason", "good reason", "--as", "eve"]);
    for arguments in [
        &["memory", "list"][..],
        &["memory", "search", "good"],
        &["memory", "show", &memory],
        &["memory", "preview"],
        &["context"],
        &["mail", "inbox", "--as", "ada"],
        &["mail", "read", &mail, "--as", "ada"],
        &["mail", "search", "good", "--as", "ada"],
        &["mail", "sent", "--as", "eve"],
        &["reservations"],
    ] {
        let ran = place.run("agntz", arguments);
        assert_eq!(ran.code, Some(0), "{arguments:?}: {ran:?}");
        let shown = format!("{}{}", ran.out, ran.err);
        assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}', '\u{8}']), "{arguments:?}: {shown:?}");
    }
    // The text itself is kept as it was said.
    assert_eq!(place.ok("agntz", &["memory", "show", &memory])["content"], evil);
}
