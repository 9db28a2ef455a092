//! What holds for every tool.

use std::fs;
use std::process::Stdio;

use oqto_testkit::binaries;
use oqto_tools_tests::{Place, TOOLS, envelope};

#[test]
fn help_shows_examples_and_exit_codes() {
    let place = Place::new();
    for tool in TOOLS {
        let ran = place.run(tool, &["--help"]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{tool}");
        assert!(ran.out.contains("Examples:") && ran.out.contains(&format!("\n  {tool} ")), "{tool}: {}", ran.out);
        assert!(ran.out.to_lowercase().contains("exit codes:"), "{tool}");
        assert!(!ran.out.contains('\u{1b}'), "{tool}: no colour in a pipe");
        assert_eq!(place.run(tool, &["--version"]).out, format!("{tool} {}\n", env!("CARGO_PKG_VERSION")));
    }
}

#[test]
fn wrong_usage_is_2_in_words_and_in_json() {
    let place = Place::new();
    for tool in TOOLS {
        let wrong = place.run(tool, &["--no-such-flag", "x"]);
        assert_eq!((wrong.code, wrong.out.as_str()), (Some(2), ""), "{tool}");
        assert!(wrong.err.contains("--no-such-flag"), "{tool}: {}", wrong.err);
        let ran = place.run(tool, &["--json", "--no-such-flag", "x"]);
        assert_eq!(envelope(&ran), (2, "invalid_params".into()), "{tool}");
    }
}

#[test]
fn a_directory_that_is_not_there_is_an_error_that_names_it() {
    let place = Place::new();
    for (tool, command) in [("agntz", "context"), ("trx", "list"), ("byt", "status"), ("sx", "words")] {
        let ran = place.run(tool, &["-C", "nowhere ü\u{1b}[2J", "--json", command]);
        assert_eq!(envelope(&ran), (1, "workspace".into()), "{tool}");
        assert!(ran.json()["error"]["message"].as_str().unwrap().contains("nowhere ü"), "{tool}");
        let told = place.run(tool, &["-C", "nowhere ü\u{1b}[2J", command]);
        assert!(!told.err.contains('\u{1b}') && told.err.contains("nowhere ü"), "{tool}: {told:?}");
    }
}

#[test]
fn what_is_not_there_has_a_code_of_its_own() {
    let place = Place::new();
    assert_eq!(place.run("trx", &["init"]).code, Some(0));
    assert_eq!(envelope(&place.run("trx", &["show", "none", "--json"])), (3, "not_found".into()));
    for arguments in
        [&["memory", "show", "none"][..], &["issues", "show", "none"], &["release", "none"], &["renew", "none"]]
    {
        let ran = place.run("agntz", &[arguments, &["--json"]].concat());
        assert_eq!(envelope(&ran), (3, "not_found".into()), "{arguments:?}");
    }
    for command in ["schedule", "ask"] {
        assert_eq!(envelope(&place.run("agntz", &[command, "x", "--json"])), (78, "config".into()), "{command}");
    }
    assert_eq!(envelope(&place.run("agntz", &["search", "x", "--json"])), (69, "unreachable".into()));
    assert_eq!(envelope(&place.run("sx", &["words", "--json"])), (78, "config".into()));
    let gone = ["words", "--json", "--searxng-url", "http://127.0.0.1:9"];
    assert_eq!(envelope(&place.run("sx", &gone)), (69, "unreachable".into()));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let place = Place::new();
    for tool in TOOLS {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = place.command(tool);
        let ran = command.args(["completions", "bash"]).stdout(Stdio::from(writer)).output().unwrap();
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert_eq!((ran.status.code(), said.as_str()), (Some(0), ""), "{tool}");
    }
}

#[test]
fn a_full_disk_under_stdout_is_a_failure() {
    let place = Place::new();
    for tool in TOOLS {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = place.command(tool);
        let ran = command.args(["completions", "bash"]).stdout(Stdio::from(full)).output().unwrap();
        assert_eq!(ran.status.code(), Some(1), "{tool}");
        assert!(String::from_utf8_lossy(&ran.stderr).contains("stdout"), "{tool}");
    }
}

#[test]
fn completions_and_man_pages_are_committed_for_every_shell() {
    let (place, root) = (Place::new(), binaries::checkout());
    for tool in TOOLS {
        for (shell, file) in [
            ("bash", format!("{tool}.bash")),
            ("zsh", format!("_{tool}")),
            ("fish", format!("{tool}.fish")),
            ("nushell", format!("{tool}.nu")),
        ] {
            let path = root.join("completions").join(&file);
            let committed = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            assert!(committed.contains(tool), "{file}");
            let printed = place.run(tool, &["completions", shell]);
            assert!(printed.out.contains("--json") || printed.out.contains("json"), "{file}");
        }
        let page = fs::read_to_string(root.join("man").join(format!("{tool}.1"))).unwrap();
        assert!(page.contains("Examples:"), "{tool}.1");
    }
}

#[test]
fn any_text_comes_back_as_it_was_given() {
    let place = Place::new();
    assert_eq!(place.run("trx", &["init"]).code, Some(0));
    let titles = ["-rf is a title", "naïve – 日本語 🦀 👩\u{200d}🔬", "a \"quoted\" \\ back", "שלום"];
    for title in titles {
        let made = place.run("trx", &["create", "--json", "--", title]);
        assert_eq!(made.json()["ok"]["title"], title, "{made:?}");
    }
    let listed = place.run("trx", &["list", "--json"]);
    let found: Vec<String> = listed.json()["ok"].as_array().unwrap().iter().map(|i| i["title"].to_string()).collect();
    for title in titles {
        assert!(found.contains(&serde_json::Value::from(title).to_string()), "{title}: {found:?}");
    }
    assert_eq!(listed.out, place.run("trx", &["list", "--json"]).out, "the same twice");
    let texts = titles.iter().chain(&["two\nlines\tand a tab", "NUL is no text: \u{fffd}"]);
    for text in texts {
        let added = place.run("agntz", &["memory", "add", "--json", "--", text]);
        assert_eq!(added.json()["ok"]["content"], *text, "{added:?}");
        let sent = place.run("agntz", &["mail", "send", "--new", "--json", "--", "ada", "s", text]);
        let id = sent.json()["ok"]["id"].as_str().unwrap().to_owned();
        let read = place.run("agntz", &["mail", "read", &id, "--as", "ada", "--json"]);
        assert_eq!(read.json()["ok"][0]["body"], *text, "{read:?}");
    }
    let escaping = place.run("trx", &["create", "red \u{1b}[31m title"]);
    assert!(!escaping.out.contains('\u{1b}') && !place.run("trx", &["list"]).out.contains('\u{1b}'), "{escaping:?}");
}
