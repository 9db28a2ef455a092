//! What is refused: the exit code says which kind it is, and nothing has changed.

use crate::home::Home;

#[test]
fn bad_input_is_named_and_changes_nothing() {
    let home = Home::new();
    let (id, other) = (home.create(&["one"]), home.create(&["two"]));
    home.ok("one", &["dep", "block", &id, "--by", &other]);
    let before = std::fs::read(home.file("events.jsonl")).unwrap();
    let long = "x".repeat(501);
    let usage: &[&[&str]] = &[
        &["create", ""],
        &["create", "   "],
        &["create", "two\nlines"],
        &["create", "a\u{1b}[2Jb"],
        &["create", &long],
        &["create", "x", "-p", "9"],
        &["create", "x", "-p", "-1"],
        &["create", "x", "-t", "story"],
        &["create", "x", "--id", "a/b c"],
        &["create", "x", "--label", ""],
        &["create", "x", "--assignee", "two\nlines"],
        &["update", &id, "--title", ""],
        &["update", &id, "--status", "done"],
        &["update", &id, "--clear", "title"],
        &["update", &id, "--parent", &id],
        &["dep", "block", &id, "--by", &id],
        &["dep", "block", &other, "--by", &id],
        &["dep", "block", &id],
        &["create", "x", "--parent", &id, "--blocked-by", &id],
        &["label", &id],
        &["assign", &id],
        &["assign", &id, "ada", "--nobody"],
        &["comment", &id, "  "],
        &["claim", &id, "--ttl", "soon"],
        &["claim", &id, "--ttl", "0s"],
        &["release", &id],
        &["list", "--sort", "size"],
        &["list", "--created-after", "yesterday-ish"],
        &["config", "get", "colour"],
        &["config", "set", "prefix", "a b"],
        &["nonsense"],
    ];
    for arguments in usage {
        let (code, said) = home.refused(arguments);
        assert!(code == 2 && !said.is_empty(), "{arguments:?}: {code} {said}");
    }
    let missing: &[&[&str]] = &[
        &["show", "t-none"],
        &["show", ""],
        &["show", ".1"],
        &["show", "."],
        &["show", &format!("{id}.1")],
        &["update", "none", "-p", "1"],
        &["close", &id, "none"],
        &["reopen", "none"],
        &["delete", &id, "none"],
        &["claim", "none"],
        &["release", "none"],
        &["comment", "none", "x"],
        &["label", "none", "x"],
        &["assign", "none", "x"],
        &["history", "none"],
        &["log", "--issue", "none"],
        &["list", "--epic", "none"],
        &["create", "x", "--parent", "none"],
        &["create", "x", "--blocked-by", "none"],
        &["dep", "block", &id, "--by", "none"],
        &["dep", "unblock", &other, "--by", &id],
        &["dep", "tree", "none"],
        &["import", "/nowhere/at/all"],
        &["create-many", "/nowhere/at/all"],
        &["merge-driver", "/nowhere/a", "/nowhere/b", "/nowhere/c"],
    ];
    for arguments in missing {
        let (code, said) = home.refused(arguments);
        assert!(code == 3 && !said.is_empty(), "{arguments:?}: {code} {said}");
    }
    assert_eq!(std::fs::read(home.file("events.jsonl")).unwrap(), before, "nothing was changed");
    assert_eq!(home.run("one", &["show", &id]).0, 0, "the control");
}

#[test]
fn where_there_is_no_store_and_where_there_is_one_already() {
    let home = Home::new();
    let again = home.ok("one", &["init"]);
    assert_eq!((&again["made"], &again["prefix"]), (&false.into(), &"t".into()), "{again}");
    std::fs::create_dir(home.dir().join("bare")).unwrap();
    let (code, value) = home.run("bare", &["list"]);
    assert_eq!((code, &value["error"]["hint"]), (3, &"trx init".into()), "{value}");
    assert_eq!(home.run("bare", &["init", "--prefix", "9x"]).0, 2);
    assert_eq!(home.run("bare", &["init", "--prefix", "app"]).0, 0);
    assert_eq!(home.run("bare", &["create", "without git"]).0, 0);
    let (code, value) = home.run("bare", &["sync"]);
    assert_eq!(code, 3, "{value}");
    std::fs::write(home.dir().join("bare/.trx/config.toml"), "prefix = 7\n").unwrap();
    let (code, value) = home.run("bare", &["list"]);
    assert!(code == 78 && value.to_string().contains("config.toml"), "{code} {value}");
}

#[test]
fn ids_that_fit_several_are_asked_about() {
    let home = Home::new();
    let ids: Vec<String> = (0..40).map(|number| home.create(&[&format!("i{number}")])).collect();
    let (code, said) = home.refused(&["show", "t-"]);
    assert!(code == 2 && said.contains("may be"), "{code} {said}");
    for id in &ids {
        let short = &home.text(&["show", id]).split_whitespace().next().unwrap().to_owned();
        assert!(short.len() < id.len());
        assert_eq!(home.ok("one", &["show", short])["id"], id.as_str());
        assert_eq!(home.ok("one", &["show", &id["t-".len()..].to_uppercase()])["id"], id.as_str());
    }
}

#[test]
fn children_of_two_clones_with_one_number_are_told_apart_by_letters() {
    let home = Home::new();
    let parent = home.create(&["parent"]);
    let child = home.create(&["mine", "--parent", &parent]);
    let numbered = format!("{parent}.1");
    assert_eq!(home.ok("one", &["show", &numbered])["id"], child.as_str());
    let log = std::fs::read_to_string(home.file("events.jsonl")).unwrap();
    let letter = if child.starts_with(&format!("{numbered}-0")) { "1" } else { "0" };
    let other = format!("{numbered}-{}", letter.repeat(8));
    let theirs = log.lines().last().unwrap().replace(&child, &other).replace("mine", "theirs");
    std::fs::write(home.file("events.jsonl"), format!("{log}{}\n", theirs.replace("evt_", "evt_0"))).unwrap();
    let (code, said) = home.refused(&["show", &numbered]);
    assert!(code == 2 && said.contains(&child), "{code} {said}");
    assert_eq!(home.ok("one", &["show", &format!("{numbered}-{letter}")])["title"], "theirs");
    assert_eq!(home.ok("one", &["show", &child])["title"], "mine");
    let listed = home.text(&["list"]);
    assert!(listed.contains(&format!(".{}\t", &child[parent.len() + 1..])), "{listed}");
}
