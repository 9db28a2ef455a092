//! Memories through `agntz`: what a person or an agent types, and what comes back.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use oqto_tools_tests::{Place, Ran};
use serde_json::Value;

fn memory(place: &Place, arguments: &[&str]) -> Ran {
    place.run("agntz", &[&["memory"], arguments].concat())
}

/// What it answers with `--json`.
fn told(place: &Place, arguments: &[&str]) -> Value {
    let ran = memory(place, &[arguments, &["--json"]].concat());
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    ran.json()["ok"].clone()
}

/// Its code and the error's.
fn refused(place: &Place, arguments: &[&str]) -> (i32, String, Value) {
    let ran = memory(place, &[arguments, &["--json"]].concat());
    let error = ran.json()["error"].clone();
    (ran.code.unwrap(), error["code"].as_str().unwrap_or_else(|| panic!("{ran:?}")).to_owned(), error)
}

fn id(memory: &Value) -> &str {
    memory["memory_id"].as_str().unwrap()
}

fn contents(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|memory| memory["content"].as_str().unwrap()).collect()
}

#[test]
fn what_is_added_is_found_listed_shown_corrected_and_removed() {
    let place = Place::new();
    let arguments =
        ["add", "PATCH /session/{id} renames", "-c", "api", "-i", "7", "-t", "http,names", "--why", "asked twice"];
    let made = told(&place, &arguments);
    assert_eq!(made["category"], "api");
    assert_eq!(made["importance"], 7);
    assert_eq!(made["tags"], serde_json::json!(["http", "names"]));
    assert_eq!(told(&place, &["search", "renam", "sesions"])[0]["memory_id"], made["memory_id"]);
    let short = &id(&made)[..12];
    let changed =
        told(&place, &["edit", short, "PUT /session/{id} renames", "--reason", "moved", "--expected-revision", "1"]);
    assert_eq!(changed["revision"], 2);
    assert_eq!(contents(&told(&place, &["list"])), ["PUT /session/{id} renames"], "the correction replaced it");
    let shown = told(&place, &["show", short]);
    assert_eq!((shown["history"].as_array().unwrap().len(), &shown["history"][1]["reason"]), (2, &"moved".into()));
    assert_eq!(shown["tags"], made["tags"], "what was not told stayed");
    let (code, kind, error) = refused(&place, &["edit", short, "late", "--expected-revision", "1"]);
    assert_eq!((code, kind.as_str()), (1, "conflict"), "{error}");
    told(&place, &["remove", short, "--reason", "not true"]);
    assert_eq!(told(&place, &["list"]), serde_json::json!([]));
    assert_eq!(told(&place, &["show", short])["removed"], true, "its history stays");
    assert_eq!(refused(&place, &["remove", short]).0, 3);
    let none = memory(&place, &["search", "renames", "--json"]);
    assert_eq!((none.code, &none.json()["ok"]), (Some(3), &serde_json::json!([])));
}

#[test]
fn the_same_again_is_refused_by_name_and_kept_when_one_insists() {
    let place = Place::new();
    let made = told(&place, &["add", "The port is 7700."]);
    let (code, kind, error) = refused(&place, &["add", "the  PORT is 7700."]);
    assert_eq!((code, kind.as_str()), (1, "already_exists"));
    assert!(error["message"].as_str().unwrap().contains(id(&made)), "{error}");
    assert!(error["hint"].as_str().unwrap().contains("--duplicate"), "{error}");
    told(&place, &["add", "The port is 7800."]);
    told(&place, &["add", "the  PORT is 7700.", "--duplicate"]);
    assert_eq!(told(&place, &["list"]).as_array().unwrap().len(), 3);
}

#[test]
fn who_made_it_is_known_from_the_environment() {
    let place = Place::new();
    let add = |text: &str, variables: &[(&str, &str)]| {
        let mut command = place.command("agntz");
        command.args(["memory", "add", text, "--json"]).envs(variables.iter().copied());
        Ran::of(command.output().unwrap()).json()["ok"].clone()
    };
    let agent =
        [("AGENT_CTX_AGENT_ID", "scout"), ("AGENT_CTX_PLATFORM_SESSION_ID", "ses_9"), ("AGENT_CTX_MODEL", "demo/x")];
    let by_agent = add("made by an agent", &agent);
    assert_eq!((&by_agent["author"], &by_agent["agent_ctx"]["model"]), (&"scout".into(), &"demo/x".into()));
    assert_eq!(
        add("made as before the contract", &[("AGENT_HARNESS", "pi"), ("AGENT_SESSION_ID", "s-1")])["author"],
        "s-1"
    );
    assert_eq!(add("made by a person", &[("USER", "ada")])["author"], "ada");
    assert_eq!(contents(&told(&place, &["list", "--by", "Scout"])), ["made by an agent"]);
    let shown = memory(&place, &["show", id(&by_agent)]);
    for fact in ["author: scout", "session: ses_9", "model: demo/x"] {
        assert!(shown.out.contains(fact), "{}", shown.out);
    }
}

#[test]
fn stores_are_of_the_workspace_of_the_person_and_with_names() {
    let place = Place::new();
    fs::create_dir_all(place.workspace().join("ferries/.git")).unwrap();
    fs::create_dir_all(place.workspace().join("ferries/src")).unwrap();
    told(&place, &["-C", "ferries/src", "add", "true in ferries"]);
    assert!(place.workspace().join("ferries/.mmry/mmry.jsonl").is_file(), "at the root of the repository");
    told(&place, &["add", "true for the person", "--store", "user"]);
    told(&place, &["add", "true in a store with a name", "--store", "notes"]);
    assert_eq!(
        contents(&told(&place, &["list", "--store", "ferries"])),
        ["true in ferries"],
        "by name, from elsewhere"
    );
    assert_eq!(contents(&told(&place, &["list", "--store", "./ferries"])), ["true in ferries"], "by path");
    assert_eq!(contents(&told(&place, &["list"])), [""; 0]);
    let all: BTreeSet<String> =
        told(&place, &["search", "true", "--all"]).as_array().unwrap().iter().map(|m| m["repo"].to_string()).collect();
    assert_eq!(all, ["\"ferries\"", "\"notes\"", "\"user\""].map(str::to_owned).into());
    let names = told(&place, &["stores"]);
    let names: Vec<&str> = names.as_array().unwrap().iter().map(|store| store["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["user", "notes", "ferries"]);
    assert_eq!(refused(&place, &["list", "--store", "nobody"]).0, 3, "reading makes no store");
    assert_eq!(refused(&place, &["add", "x", "--store", "a b"]).0, 2);
    let elsewhere = told(&place, &["list", "--store", "user"]);
    let (code, _, error) = refused(&place, &["remove", id(&elsewhere[0])]);
    assert_eq!((code, error["hint"].as_str().unwrap().ends_with("--store user")), (3, true), "{error}");
    let preview = memory(&place, &["-C", "ferries", "preview", "--tokens", "200"]);
    assert!(preview.out.find("true in ferries").unwrap() < preview.out.find("true for the person").unwrap());
    let few = told(&place, &["-C", "ferries", "preview", "--tokens", "20"]);
    assert!(few["rendered"].as_str().unwrap().len() <= 80 && few["omitted"] == 1, "{few}");
}

#[test]
fn wrong_values_are_refused_with_their_reason() {
    let place = Place::new();
    for wrong in [
        &["add", ""][..],
        &["add", "x", "-i", "0"],
        &["add", "x", "-i", "11"],
        &["add", "x", "--type", "odd"],
        &["add", "x", "--expires", "soon"],
        &["edit", "mem_1"],
        &["search"],
        &["list", "--sort", "odd"],
    ] {
        let ran = memory(&place, wrong);
        assert!(ran.code == Some(2) && ran.out.is_empty() && ran.err.starts_with("error:"), "{wrong:?}: {ran:?}");
    }
    let long = "x".repeat(70_000);
    assert_eq!(refused(&place, &["add", &long]).0, 2);
    assert!(!place.workspace().join(".mmry").exists(), "nothing was made");
    for missing in [&["show", "mem_1"][..], &["edit", "mem_1", "x"], &["remove", "mem_1"], &["import", "nofile"]] {
        assert_eq!((refused(&place, missing).0, refused(&place, missing).1.as_str()), (3, "not_found"), "{missing:?}");
    }
}

#[test]
fn text_from_standard_input_and_any_text_comes_back() {
    let place = Place::new();
    let mut command = place.command("agntz");
    let mut child = command.args(["memory", "add", "-", "--json"]).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all("from a pipe 日本語\nsecond line 🦀\n".as_bytes()).unwrap();
    let made = Ran::of(child.wait_with_output().unwrap()).json()["ok"].clone();
    assert_eq!(made["content"], "from a pipe 日本語\nsecond line 🦀");
    for text in ["-i is a text", "שלום \"quoted\" \\", "red \u{1b}[31m text"] {
        let ran = place.run("agntz", &["memory", "add", "--json", "--", text]);
        assert_eq!(ran.json()["ok"]["content"], text, "{ran:?}");
    }
    let listed = memory(&place, &["list"]);
    assert!(!listed.out.contains('\u{1b}') && listed.out.lines().count() == 4, "{listed:?}");
    assert_eq!(listed.out, memory(&place, &["list"]).out, "the same twice");
}

#[test]
fn files_of_today_go_in_and_out_and_a_bad_line_is_told_by_its_number() {
    let place = Place::new();
    let file = place.workspace().join("export.json");
    let record = r#"[{"id":"45cc11c9-a1f2-433a-84db-e9570b64971c","content":"kept","importance":9,"unknown":{"a":1}},{"content":5}]"#;
    fs::write(&file, record).unwrap();
    let tried = memory(&place, &["import", "export.json", "--dry-run", "--json"]);
    assert_eq!((tried.code, &tried.json()["ok"]["added"]), (Some(1), &1.into()), "{tried:?}");
    assert!(!place.workspace().join(".mmry").exists());
    let taken = memory(&place, &["import", "export.json", "--json"]);
    assert_eq!(taken.json()["ok"]["damage"], serde_json::json!(["export.json: memory 2: its content is no text"]));
    for format in ["json", "jsonl", "md"] {
        let text = memory(&place, &["export", "-f", format]).out;
        assert!(text.contains("\"unknown\":{\"a\":1}") || text.contains("\"unknown\": {\n"), "{text}");
        fs::write(place.workspace().join("out"), text).unwrap();
        let copy = format!("copy-{format}");
        told(&place, &["import", "out", "--store", &copy]);
        assert_eq!(contents(&told(&place, &["list", "--store", &copy])), ["kept"]);
    }
    let ledger = place.workspace().join(".mmry/mmry.jsonl");
    let mut text = fs::read_to_string(&ledger).unwrap();
    text.push_str("{\"half\": ");
    fs::write(&ledger, text).unwrap();
    let listed = memory(&place, &["list"]);
    assert!(listed.out.contains("kept") && listed.err.contains("mmry.jsonl:2: "), "{listed:?}");
    assert_eq!(told(&place, &["stats"])["stores"][0]["damage"][0]["line"], 2);
    told(&place, &["add", "goes on"]);
    assert_eq!(told(&place, &["list"]).as_array().unwrap().len(), 2);
}
