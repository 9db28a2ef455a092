//! The commands as a person runs them, on real repositories.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod ground;

use ground::Home;
use serde_json::Value;

#[test]
fn status_is_a_matrix_and_names_what_cannot_be_asked() {
    let home = Home::new();
    let clean = home.repository("clean");
    let dirty = home.repository("ünïcode");
    std::fs::write(dirty.join("new file"), "x").unwrap();
    let (code, shown) = home.json(&["status"]);
    assert_eq!(code, 0, "{shown}");
    assert_eq!(shown["ok"]["clean"]["dirty"], false);
    assert_eq!(shown["ok"]["clean"]["last_commit"], 1_580_702_706);
    assert_eq!(shown["ok"]["clean"]["stale"], true);
    assert_eq!(shown["ok"]["ünïcode"]["files"]["untracked"], 1);
    let (_, stdout, _) = home.run(&["status"]);
    assert_eq!(
        stdout,
        "clean\tmain\tclean\t-\t-\t2020-02-03 (stale)\tno\t-\t-\nünïcode\tmain\t1 untracked\t-\t-\t2020-02-03 (stale)\tno\t-\t-\n"
    );
    let (_, stdout, _) = home.run(&["status", "--dirty"]);
    assert_eq!(stdout.lines().count(), 1, "{stdout}");
    std::fs::write(clean.join(".git/HEAD"), "nonsense").unwrap();
    let (code, shown) = home.json(&["status"]);
    assert_eq!((code, shown["ok"]["ünïcode"]["dirty"].as_bool()), (1, Some(true)), "one does not hide the other");
    assert!(shown["ok"]["clean"]["error"].as_str().unwrap().contains("git"), "{shown}");
}

#[test]
fn a_catalog_is_the_same_bytes_and_keeps_what_people_wrote() {
    let home = Home::new();
    for name in ["zeta", "alpha", "mid/same", "other/same"] {
        home.repository(name);
    }
    let file = home.path(".local/share/oqto/CATALOG.json");
    let (code, missing) = home.json(&["catalog", "list"]);
    assert_eq!((code, missing["error"]["code"].as_str()), (3, Some("not_found")));
    assert_eq!(home.json(&["catalog", "refresh"]).1["ok"]["repositories"], 4);
    let first = std::fs::read_to_string(&file).unwrap();
    assert_eq!(home.run(&["catalog", "refresh"]).0, 0);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), first);
    let mut edited: Value = serde_json::from_str(&first).unwrap();
    edited["repos"]["alpha"]["status"] = "archived".into();
    edited["repos"]["alpha"]["owner"] = "Ada".into();
    edited["$schema"] = "https://schema.example/catalog.json".into();
    std::fs::write(&file, edited.to_string()).unwrap();
    assert_eq!(home.run(&["catalog", "refresh"]).0, 0);
    let after: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    let alpha = &after["repos"]["alpha"];
    assert_eq!((alpha["status"].as_str(), alpha["owner"].as_str()), (Some("archived"), Some("Ada")));
    assert_eq!(after["$schema"], edited["$schema"]);
    assert_eq!(
        (alpha["languages"][0].as_str(), alpha["last_commit"].as_str()),
        (Some("Rust"), Some("2020-02-03T04:05:06Z"))
    );
    assert_eq!(alpha["description"], "Keeps “alpha” – 日本.");
    let (_, stdout, _) = home.run(&["catalog", "list"]);
    let names: Vec<_> = stdout.lines().map(|line| line.split('\t').next().unwrap()).collect();
    assert_eq!(names, ["alpha", "mid/same", "other/same", "zeta"]);
    assert_eq!(home.run(&["catalog", "show", "nope"]).0, 3);
    std::fs::write(&file, "{").unwrap();
    let (code, damaged) = home.json(&["catalog", "list"]);
    assert_eq!((code, damaged["error"]["code"].as_str()), (1, Some("corrupt")));
}

#[test]
fn a_catalog_of_today_is_read() {
    let home = Home::new();
    let text = r#"{"$schema":"x","generated":"2026-01-01","workspace":"/w","repos":{"trx":{"path":"trx","description":"d",
        "languages":["rust"],"status":"active","has_trx":true,"has_justfile":true,"has_agents_md":false,
        "last_commit":"abc","open_issues":3}}}"#;
    std::fs::write(home.path("code/CATALOG.json"), text).unwrap();
    let (code, shown) = home.json(&["catalog", "show", "trx", "--catalog", "CATALOG.json"]);
    assert_eq!((code, shown["ok"]["open_issues"].as_u64(), shown["ok"]["has_trx"].as_bool()), (0, Some(3), Some(true)));
}

#[test]
fn nothing_to_look_at_and_no_git_are_said() {
    let home = Home::new();
    let (code, empty) = home.json(&["status"]);
    assert_eq!((code, empty["error"]["code"].as_str()), (3, Some("not_found")), "{empty}");
    assert_eq!(home.run(&["current"]).0, 3);
    assert_eq!(home.run(&["status", "--root", "/no/such/folder"]).0, 3);
    home.repository("r");
    let (code, _, stderr) = home.run_with(&["status"], "/no-such-folder");
    assert!(code == 1 && stderr.contains("git is not installed") && stderr.contains("hint:"), "{code} {stderr}");
    let (code, shown) = home.json(&["-C", "r", "current"]);
    assert_eq!((code, shown["ok"]["branch"].as_str(), shown["ok"]["bare"].as_bool()), (0, Some("main"), Some(false)));
}

#[test]
fn configuration_is_layered_and_typos_are_refused() {
    let home = Home::new();
    home.repository("here");
    std::fs::create_dir_all(home.path(".config/byt")).unwrap();
    let file = home.path(".config/byt/config.toml");
    std::fs::write(&file, "roots = [\"~/code\"]\nignore = [\"here\"]\n").unwrap();
    assert_eq!(home.run(&["status"]).0, 3, "the only one is ignored");
    std::fs::write(&file, "roots = [\"~/code\"]\nstale_days = 36500\n").unwrap();
    let (code, shown) = home.json(&["-C", "/", "status"]);
    assert_eq!((code, shown["ok"]["here"]["stale"].as_bool()), (0, Some(false)), "{shown}");
    std::fs::write(&file, "rots = []\n").unwrap();
    let (code, refused) = home.json(&["status"]);
    assert_eq!((code, refused["error"]["hint"].as_str()), (78, Some("did you mean `roots`?")));
}
