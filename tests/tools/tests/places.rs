//! Stores and outputs that are not what a tool makes itself: of other programs, in bare repositories, through links and
//! pipes, with line ends of other systems.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and starts what it tests"
)]

use std::fs;
use std::io::Read as _;
use std::os::unix::fs::{FileTypeExt as _, symlink};
use std::process::Command;

use oqto_tools_tests::{Place, Ran, envelope};

fn called(place: &Place, program: &str, arguments: &[&str]) {
    let mut command = Command::new(program);
    place.prepare(&mut command);
    let ran = command.args(arguments).output().unwrap();
    assert!(ran.status.success(), "{program} {arguments:?}: {ran:?}");
}

#[test]
fn issues_that_lie_elsewhere_are_not_an_empty_store() {
    for (file, says) in [("central", "outside of the repository"), ("crdt/trx-1.automerge", "a form of 2025")] {
        let place = Place::new();
        let path = place.workspace().join(".trx").join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "store = \"x\"\n").unwrap();
        for (tool, arguments) in [("trx", &["list"][..]), ("trx", &["create", "x"]), ("agntz", &["ready"])] {
            let ran = place.run(tool, &[arguments, &["--json"]].concat());
            assert_eq!(envelope(&ran), (78, "config".into()), "{file}: {tool} {arguments:?}");
            assert!(ran.out.contains(says), "{ran:?}");
        }
        let context = place.run("agntz", &["context"]);
        assert!(context.code == Some(0) && context.err.contains(says), "{context:?}");
    }
}

#[test]
fn a_store_that_is_not_understood_is_bad_configuration() {
    let place = Place::new();
    place.ok("trx", &["init"]);
    fs::write(place.workspace().join(".trx/config.toml"), "prefxi = \"x\"\n").unwrap();
    let ran = place.run("trx", &["list", "--json"]);
    assert_eq!(envelope(&ran), (78, "config".into()));
    assert!(ran.out.contains("prefxi"), "{ran:?}");
}

#[test]
fn a_bare_repository_keeps_nothing_beside_its_branches() {
    let place = Place::new();
    called(&place, "git", &["init", "-q", "--bare", "bare.git"]);
    for (tool, arguments) in
        [("trx", &["init"][..]), ("agntz", &["memory", "add", "x"]), ("byt", &["memory", "add", "x"])]
    {
        let ran = place.run(tool, &[&["-C", "bare.git", "--json"], arguments].concat());
        assert_eq!(envelope(&ran).1, "unsupported", "{tool}");
    }
    let inside = place.workspace().join("bare.git");
    assert!(!inside.join(".trx").exists() && !inside.join(".mmry").exists());
    place.ok("agntz", &["-C", "bare.git", "memory", "add", "x", "--store", "user"]);
    place.ok("agntz", &["-C", "bare.git", "context"]);
    assert_eq!(place.run("byt", &["-C", "bare.git", "current"]).code, Some(0));
}

#[test]
fn an_export_goes_into_a_pipe_or_through_a_link_and_replaces_neither() {
    let place = Place::new();
    place.ok("trx", &["init"]);
    place.ok("trx", &["create", "the issue"]);
    place.ok("agntz", &["memory", "add", "the memory"]);
    for (tool, export, says) in
        [("trx", &["export", "-o"][..], "the issue"), ("agntz", &["memory", "export", "-o"], "the memory")]
    {
        let at = |name: &str| place.workspace().join(format!("{tool}-{name}"));
        let (pipe, link, file) = (at("pipe"), at("link"), at("file"));
        called(&place, "mkfifo", &[pipe.to_str().unwrap()]);
        let reader = {
            let pipe = pipe.clone();
            std::thread::spawn(move || {
                let mut text = String::new();
                fs::File::open(pipe).unwrap().read_to_string(&mut text).map(|_| text)
            })
        };
        place.ok(tool, &[export, &[pipe.to_str().unwrap()]].concat());
        assert!(reader.join().unwrap().unwrap().contains(says), "{tool}");
        assert!(fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo(), "{tool}: the pipe is one still");
        fs::write(&file, "old").unwrap();
        symlink(&file, &link).unwrap();
        place.ok(tool, &[export, &[link.to_str().unwrap()]].concat());
        assert!(fs::read_to_string(&file).unwrap().contains(says), "{tool}");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink(), "{tool}: the link is one still");
    }
}

#[test]
fn line_ends_of_other_systems_are_read_and_written_over() {
    let place = Place::new();
    place.ok("trx", &["init"]);
    place.ok("trx", &["create", "first"]);
    place.ok("agntz", &["memory", "add", "the first fact"]);
    for file in [".trx/events.jsonl", ".trx/issues.jsonl", ".mmry/mmry.jsonl"] {
        let path = place.workspace().join(file);
        let text = fs::read_to_string(&path).unwrap().replace('\n', "\r\n");
        fs::write(&path, format!("\u{feff}{text}")).unwrap();
    }
    place.ok("trx", &["create", "second"]);
    place.ok("agntz", &["memory", "add", "the second fact"]);
    assert_eq!(place.ok("trx", &["list"]).as_array().map(Vec::len), Some(2));
    assert_eq!(place.ok("agntz", &["memory", "list"]).as_array().map(Vec::len), Some(2));
    assert_eq!(place.run("trx", &["doctor"]).code, Some(0));
    let log = place.ok("trx", &["log"]);
    assert_eq!(log.as_array().map(Vec::len), Some(2), "nothing happened beside the two: {log}");
}

#[test]
fn a_title_and_its_text_come_from_standard_input() {
    let place = Place::new();
    place.ok("trx", &["init"]);
    let made = place.feed("trx", &["create", "-", "--json"], "Größe 箱\r\n\r\nline one\nline two\n".as_bytes());
    let issue = &made.json()["ok"];
    assert_eq!(
        (&issue["title"], &issue["description"]),
        (&"Größe 箱".into(), &"line one\nline two".into()),
        "{made:?}"
    );
    let found = place.feed("trx", &["search", "-", "--json"], "LINE two\n".as_bytes());
    assert_eq!(found.json()["ok"].as_array().map(Vec::len), Some(1), "{found:?}");
    let both = place.feed("trx", &["create", "-", "-d", "-", "--json"], b"x\n");
    assert_eq!(envelope(&both).0, 2);
    assert_eq!(envelope(&place.feed("trx", &["create", "-", "--json"], b"")).0, 2, "no title is none");
}

#[test]
fn many_bad_lines_are_counted_and_not_all_told_each_time() {
    let place = Place::new();
    place.ok("trx", &["init"]);
    place.ok("trx", &["create", "kept"]);
    place.ok("agntz", &["memory", "add", "kept"]);
    for (file, tool, list) in
        [(".trx/events.jsonl", "trx", &["list"][..]), (".mmry/mmry.jsonl", "agntz", &["memory", "list"])]
    {
        let path = place.workspace().join(file);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{text}{}", "{\"torn\n".repeat(200))).unwrap();
        let ran = place.run(tool, list);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(ran.err.lines().count() == 4 && ran.err.contains("and 197 more"), "{tool}: {}", ran.err);
    }
}

#[test]
fn memories_that_another_program_keeps_elsewhere_are_told_of() {
    let place = Place::new();
    called(&place, "git", &["init", "-q", "ferries"]);
    let event = r#"{"schema_version":1,"id":"evt_9","ts":"2026-06-04T18:56:56Z","type":"memory.add","memory_id":"mem_9","content":"the port is 7700","metadata":{},"agent_ctx":{}}"#;
    let central = place.workspace().join("data/mmry/repos/ferries--1504b14771e8");
    fs::create_dir_all(&central).unwrap();
    fs::write(central.join("mmry.jsonl"), format!("{event}\n")).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = place.command("agntz");
        command.env("XDG_DATA_HOME", place.workspace().join("data")).current_dir(place.workspace().join("ferries"));
        Ran::of(command.args(arguments).output().unwrap())
    };
    let none = run(&["memory", "search", "port"]);
    assert!(none.code == Some(3) && none.err.contains("--all") && none.err.contains("ferries--"), "{none:?}");
    assert_eq!(run(&["memory", "search", "port", "--all"]).code, Some(0));
    assert_eq!(run(&["memory", "import", central.join("mmry.jsonl").to_str().unwrap()]).code, Some(0));
    let here = run(&["memory", "search", "port"]);
    assert!(here.code == Some(0) && here.err.is_empty() && here.out.contains("7700"), "{here:?}");
}

#[test]
fn what_another_program_says_of_an_issue_is_shown() {
    let place = Place::new();
    place.ok("trx", &["init"]);
    let issue = r#"{"id":"bd-a1b2","title":"T","status":"open","priority":1,"issue_type":"task","created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-02T00:00:00Z","design":"first\nsecond","estimated_minutes":90}"#;
    assert_eq!(place.feed("trx", &["import", "-"], format!("{issue}\n").as_bytes()).code, Some(0));
    let shown = place.run("trx", &["show", "a1b2"]);
    assert!(shown.out.contains("design:\nfirst\nsecond\n") && shown.out.contains("estimated_minutes: 90"), "{shown:?}");
}
