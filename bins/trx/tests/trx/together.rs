//! Two hundred processes at once, with every command that changes something.

use std::collections::BTreeMap;
use std::process::Child;

use serde_json::Value;

use crate::home::{Home, ended};

#[test]
fn two_hundred_processes_with_every_command_lose_nothing() {
    let home = Home::new();
    let made = home
        .fed(&["create-many"], (0..120).map(|n| format!("{{\"title\":\"i{n}\"}}\n")).collect::<String>().as_bytes());
    let ids: Vec<String> =
        made.1["ok"].as_array().unwrap().iter().map(|issue| issue["id"].as_str().unwrap().to_owned()).collect();
    let (target, wanted) = (&ids[0], &ids[1]);
    home.ok("one", &[&["close"], &ids[100..110].iter().map(String::as_str).collect::<Vec<_>>()[..]].concat());
    for id in &ids[110..120] {
        home.ok("one", &["claim", id, "--actor", "ada"]);
    }
    let batch = home.dir().join("batch.json");
    std::fs::write(&batch, r##"[{"title":"of a batch"},{"title":"its child","parent":"#1","blocks":["#1"]}]"##)
        .unwrap();
    let batch = batch.to_str().unwrap();
    let mut running: Vec<(&str, Child)> = Vec::new();
    let mut start = |name: &'static str, actor: &str, arguments: &[&str]| {
        running.push((name, home.start_as(actor, arguments)));
    };
    for n in 0..20 {
        let (text, id) = (format!("text {n} 🚀"), &ids[10 + n]);
        start("create", "ada", &["create", &text, "--parent", target]);
        start("comment", "ada", &["comment", target, &text]);
        start("label", "ada", &["label", target, &text]);
        start("block", "ada", &["dep", "block", target, "--by", id]);
        start("update", "ada", &["update", id, "--notes", &text, "-p", "0"]);
    }
    for n in 0..10 {
        start("batch", "ada", &["create-many", batch]);
        start("relate", "ada", &["dep", "relate", target, "--to", &ids[40 + n]]);
        start("assign", "ada", &["assign", &ids[50 + n], "bob"]);
        start("claim", &format!("actor {n}"), &["claim", wanted]);
        start("close", "ada", &["close", &ids[60 + n], "--reason", "done"]);
        start("delete", "ada", &["delete", &ids[70 + n]]);
        start("reopen", "ada", &["reopen", &ids[100 + n]]);
        start("release", "ada", &["release", &ids[110 + n]]);
        start("unblock", "ada", &["update", &ids[80 + n], "--status", "in_progress"]);
        start("sync", "ada", &["sync", "--no-commit"]);
    }
    assert_eq!(running.len(), 200);
    let mut refused = BTreeMap::new();
    for (name, child) in running {
        let (code, value) = ended(child);
        if code != 0 {
            assert_eq!((name, code), ("claim", 75), "{value}");
            *refused.entry(name).or_insert(0) += 1;
        }
    }
    assert_eq!(refused["claim"], 9, "one of ten has it");
    let shown = home.ok("one", &["show", target]);
    let count = |value: &Value| value.as_array().map_or(0, Vec::len);
    assert_eq!([count(&shown["children"]), count(&shown["remarks"]), count(&shown["labels"])], [20, 20, 20], "{shown}");
    assert_eq!([count(&shown["blocked_by"]), count(&shown["related"])], [20, 10], "{shown}");
    let all = home.ok("one", &["list", "--all"]);
    let issue = |id: &String| all.as_array().unwrap().iter().find(|issue| issue["id"] == id.as_str());
    for n in 0..10 {
        let field = |place: usize, name: &str| issue(&ids[place + n]).unwrap()[name].clone();
        assert_eq!([field(10, "priority"), field(20, "priority")], [0.into(), 0.into()] as [Value; 2]);
        assert_eq!(field(50, "assignee"), "bob");
        assert_eq!([field(60, "status"), field(60, "close_reason")], ["closed", "done"] as [&str; 2]);
        assert_eq!(issue(&ids[70 + n]), None, "deleted");
        assert_eq!(
            [field(80, "status"), field(100, "status"), field(110, "claim")],
            [Value::from("in_progress"), Value::from("open"), Value::Null]
        );
    }
    assert_eq!(count(&all), 120 - 10 + 20 + 20, "every batch is there whole");
}
