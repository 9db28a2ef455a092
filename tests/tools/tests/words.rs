//! What the tools say where there is nothing to do, nothing to find, or something to mend.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use oqto_tools_tests::{Place, Ran, envelope};

fn store() -> Place {
    let place = Place::new();
    assert_eq!(place.run("trx", &["init"]).code, Some(0));
    place
}

fn create(place: &Place, arguments: &[&str]) -> String {
    place.ok("trx", &[&["create"], arguments].concat())["id"].as_str().unwrap().to_owned()
}

#[test]
fn the_first_steps_of_a_newcomer_work_one_after_the_other() {
    let place = Place::new();
    let begun = place.ok("agntz", &["init"]);
    assert!(begun["changed"] == true && begun["made"].as_str().unwrap().ends_with(".trx"), "{begun}");
    place.ok("agntz", &["issues", "create", "Login fails", "-t", "bug", "-p", "1"]);
    assert_eq!(place.ok("agntz", &["ready"]).as_array().map(Vec::len), Some(1));
    let again = place.ok("agntz", &["init"]);
    assert!(again["changed"] == false && again.get("made").is_none(), "{again}");
    place.ok("agntz", &["init", "--remove"]);
    assert_eq!(place.ok("agntz", &["ready"]).as_array().map(Vec::len), Some(1), "issues stay");
    let without = Place::new();
    without.ok("agntz", &["init", "--no-issues"]);
    assert!(!without.workspace().join(".trx").exists());
}

#[test]
fn init_may_be_said_again() {
    let place = Place::new();
    for (again, made) in [(0, true), (1, false)] {
        let told = place.ok("trx", &["init"]);
        assert_eq!(told["made"], made, "{again}: {told}");
    }
    let other = place.run("trx", &["init", "--prefix", "app"]);
    assert_eq!(other.code, Some(0), "{other:?}");
    assert!(other.err.contains("config set prefix app"), "{other:?}");
    assert_eq!(place.ok("trx", &["config", "get", "prefix"])["prefix"], "trx");
}

#[test]
fn nothing_to_look_for_is_wrong_usage_and_nothing_found_is_3() {
    let place = store();
    place.ok("agntz", &["memory", "add", "the port is 7700"]);
    for (tool, command) in
        [("trx", &["search"][..]), ("agntz", &["issues", "search"]), ("agntz", &["memory", "search"])]
    {
        for nothing in ["", "  "] {
            let ran = place.run(tool, &[command, &[nothing, "--json"]].concat());
            assert_eq!(envelope(&ran), (2, "invalid_params".into()), "{tool} {command:?} {nothing:?}");
        }
        let none = place.run(tool, &[command, &["zebra"]].concat());
        assert_eq!((none.code, none.out.as_str()), (Some(3), ""), "{tool} {command:?}");
        assert!(none.err.contains("nothing was found"), "{tool}: {none:?}");
        let json = place.run(tool, &[command, &["zebra", "--json"]].concat());
        assert_eq!((json.code, json.out.as_str(), json.err.as_str()), (Some(3), "{\"ok\":[]}\n", ""), "{tool}");
    }
}

#[test]
fn an_empty_list_says_that_it_is_empty() {
    let place = store();
    for arguments in [&["list"][..], &["ready"]] {
        let ran = place.run("trx", arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{arguments:?}");
        assert!(!ran.err.is_empty(), "{arguments:?}: a remark");
    }
    let dead = place.run("agntz", &["mail", "dead"]);
    assert!(dead.code == Some(0) && dead.out.is_empty() && dead.err.contains("no mail"), "{dead:?}");
}

#[test]
fn a_change_of_nothing_is_wrong_usage() {
    let place = store();
    let id = create(&place, &["x"]);
    for arguments in [&["update", &id][..], &["label", &id]] {
        let ran = place.run("trx", &[arguments, &["--json"]].concat());
        assert_eq!(envelope(&ran), (2, "invalid_params".into()), "{arguments:?}");
        assert!(ran.json()["error"]["hint"].as_str().unwrap().contains(&id), "{ran:?}");
    }
    assert_eq!(envelope(&place.run("agntz", &["memory", "edit", "", "x", "--json"])).0, 2);
    assert!(!place.workspace().join(".mmry").exists(), "what is refused makes nothing");
}

#[test]
fn wrong_values_come_with_a_command_to_paste_in_the_words_of_the_program() {
    let place = store();
    for wrong in [&["create", ""][..], &["create", "x", "-p", "9"], &["create", "two\nlines"]] {
        for (tool, words, hint) in
            [("trx", &[][..], "trx create --help"), ("agntz", &["issues"], "agntz issues create --help")]
        {
            let ran = place.run(tool, &[words, wrong, &["--json"]].concat());
            assert_eq!(envelope(&ran).0, 2, "{tool} {wrong:?}");
            assert_eq!(ran.json()["error"]["hint"], hint, "{tool} {wrong:?}");
        }
    }
    let elsewhere = Place::new();
    for arguments in [&["ready"][..], &["issues", "list"]] {
        let ran = elsewhere.run("agntz", &[arguments, &["--json"]].concat());
        assert_eq!(ran.json()["error"]["hint"], "agntz issues init", "{ran:?}");
    }
    assert_eq!(elsewhere.run("trx", &["ready", "--json"]).json()["error"]["hint"], "trx init");
}

#[test]
fn labels_may_be_said_with_commas() {
    let place = store();
    let id = create(&place, &["x", "--label", "a,b"]);
    let labelled = place.ok("trx", &["label", &id, "c,d", "e"]);
    assert_eq!(labelled["labels"], serde_json::json!(["a", "b", "c", "d", "e"]));
}

#[test]
fn an_epic_that_is_closed_over_open_children_says_so() {
    let place = store();
    let epic = create(&place, &["the epic", "-t", "epic"]);
    let children = [create(&place, &["one", "--parent", &epic]), create(&place, &["two", "--parent", &epic])];
    let closed = place.run("trx", &["close", &epic]);
    assert!(closed.code == Some(0) && closed.err.contains("2 issues"), "{closed:?}");
    place.ok("trx", &["close", &children[0], &children[1]]);
    place.ok("trx", &["reopen", &epic]);
    assert_eq!(place.run("trx", &["close", &epic]).err, "");
}

#[test]
fn who_acts_is_one_in_all_of_what_is_to_be_known() {
    let place = store();
    create(&place, &["free"]);
    let claimed = create(&place, &["claimed"]);
    place.ok("agntz", &["issues", "claim", &claimed, "--as", "ada"]);
    let titles = |who: &str| {
        let known = place.ok("agntz", &["context", "--as", who]);
        let ready = known["ready"].as_array().unwrap();
        ready.iter().map(|issue| issue["title"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(titles("ada"), ["free", "claimed"]);
    assert_eq!(titles("bob"), ["free"]);
    let ready = place.ok("agntz", &["ready", "--as", "bob"]);
    assert_eq!(ready.as_array().map(Vec::len), Some(1));
}

#[test]
fn a_path_that_is_ones_own_is_told_from_a_free_one() {
    let place = Place::new();
    place.ok("agntz", &["reserve", "src/**", "--as", "ada"]);
    let check = |who: &str, path: &str| place.run("agntz", &["reservations", "check", path, "--as", who]);
    let own = check("ada", "src/a.rs");
    assert!(own.code == Some(0) && own.out.contains("src/** is yours until"), "{own:?}");
    let free = check("ada", "docs");
    assert!(free.code == Some(0) && !free.out.contains("yours"), "{free:?}");
    assert_eq!(check("bob", "src/a.rs").code, Some(75));
    let folded = place.ok("agntz", &["reserve", "none/../docs/a.md", "--as", "bob"]);
    assert_eq!(folded[0]["pattern"], "docs/a.md");
}

/// Lines that no program can read, as a kill or a merge leaves them.
const TORN: &[u8] = b"<<<<<<< HEAD\n{\"torn\n\xff\xfe\n{\"and no end";

fn tear(place: &Place, file: &str) -> Vec<u8> {
    let path = place.workspace().join(file);
    let before = fs::read(&path).unwrap();
    fs::write(&path, [before.as_slice(), TORN].concat()).unwrap();
    before
}

#[test]
fn what_nobody_can_read_is_moved_aside_byte_for_byte() {
    let place = store();
    create(&place, &["kept"]);
    place.ok("agntz", &["memory", "add", "the port is 7700"]);
    let doctors: [(&str, &[&str], &[&str]); 2] = [
        ("trx", &["doctor", "--fix"], &[".trx/events.jsonl", ".trx/issues.jsonl"]),
        ("agntz", &["doctor", "--fix"], &[".trx/events.jsonl", ".mmry/mmry.jsonl"]),
    ];
    for (tool, fix, files) in doctors {
        let before: Vec<Vec<u8>> = files.iter().map(|file| tear(&place, file)).collect();
        let sick = place.run(tool, &["doctor"]);
        assert_eq!(sick.code, Some(1), "{tool}: {sick:?}");
        let fixed: Ran = place.run(tool, fix);
        assert!(fixed.code == Some(0) && fixed.err.contains("moved 4 lines"), "{tool}: {fixed:?}");
        for (file, before) in files.iter().zip(before) {
            assert_eq!(fs::read(place.workspace().join(file)).unwrap(), before, "{tool}: {file}");
            let aside = fs::read(place.workspace().join(format!("{file}.damaged"))).unwrap();
            assert!(aside.ends_with(&[TORN, b"\n"].concat()), "{tool}: {file}");
        }
        assert_eq!(place.run(tool, &["doctor"]).code, Some(0), "{tool}: well again");
    }
    let listed = place.run("trx", &["list"]);
    assert!(listed.out.contains("kept") && listed.err.is_empty(), "{listed:?}");
    assert_eq!(place.ok("agntz", &["memory", "search", "port"]).as_array().map(Vec::len), Some(1));
}
