//! Many writers, kills and full disks: what was acknowledged is there, and the store goes on.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and starts what it tests"
)]

use std::collections::BTreeSet;
use std::io::Read as _;
use std::process::{Child, Command, Stdio};

use oqto_testkit::binaries;
use oqto_tools_tests::{Place, Ran};

/// As many as the figures of the tools speak of.
const WRITERS: usize = 200;

fn store() -> Place {
    let place = Place::new();
    assert_eq!(place.run("trx", &["init"]).code, Some(0));
    place
}

/// The ids of all issues that the tool tells of.
fn ids(place: &Place) -> BTreeSet<String> {
    let listed = place.run("trx", &["list", "--all", "--limit", "100000", "--json"]);
    assert_eq!(listed.code, Some(0), "{listed:?}");
    listed.json()["ok"].as_array().unwrap().iter().map(|issue| issue["id"].as_str().unwrap().to_owned()).collect()
}

fn start(place: &Place, arguments: &[&str]) -> Child {
    place.command("trx").args(arguments).spawn().unwrap()
}

fn end(child: Child) -> Ran {
    Ran::of(child.wait_with_output().unwrap())
}

fn created(place: &Place, title: &str) -> String {
    let made = place.run("trx", &["create", title, "--json"]);
    made.json()["ok"]["id"].as_str().unwrap().to_owned()
}

#[test]
fn two_hundred_processes_create_and_nothing_is_lost() {
    let place = store();
    let parent = created(&place, "the parent");
    let children: Vec<Child> =
        (0..WRITERS).map(|_| start(&place, &["create", "child", "--parent", &parent, "--json"])).collect();
    let mut acknowledged = BTreeSet::from([parent]);
    for child in children {
        let ran = end(child);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        acknowledged.insert(ran.json()["ok"]["id"].as_str().unwrap().to_owned());
    }
    assert_eq!(acknowledged.len(), WRITERS + 1, "every id is its own");
    assert_eq!(ids(&place), acknowledged);
}

#[test]
fn two_hundred_processes_change_one_issue_and_nothing_is_lost() {
    let place = store();
    let id = created(&place, "waits for many");
    let others: Vec<String> = (0..WRITERS / 4).map(|number| created(&place, &format!("blocker {number}"))).collect();
    let mut children = Vec::new();
    for number in 0..WRITERS - others.len() {
        let remark = format!("remark {number}");
        children.push(start(&place, &["comment", &id, &remark, "--json"]));
    }
    for other in &others {
        children.push(start(&place, &["dep", "block", &id, "--by", other, "--json"]));
    }
    for child in children {
        let ran = end(child);
        assert_eq!(ran.code, Some(0), "{ran:?}");
    }
    let shown = place.run("trx", &["show", &id, "--json"]).json();
    let remarks: BTreeSet<&str> =
        shown["ok"]["remarks"].as_array().unwrap().iter().filter_map(|remark| remark["text"].as_str()).collect();
    assert_eq!(remarks.len(), WRITERS - others.len());
    let ready = place.run("trx", &["ready", "--json"]).json();
    let ready: Vec<&str> = ready["ok"].as_array().unwrap().iter().filter_map(|issue| issue["id"].as_str()).collect();
    assert!(!ready.contains(&id.as_str()) && ready.len() == others.len(), "it alone waits: {ready:?}");
    for other in &others {
        assert!(shown.to_string().contains(other.as_str()), "{other} is among what it waits for");
    }
}

#[test]
fn a_kill_at_any_instant_loses_nothing_acknowledged_and_leaves_no_lock() {
    let place = store();
    let mut acknowledged = BTreeSet::new();
    let mut killed = 0;
    for round in 0..100 {
        let mut writers: Vec<Child> = (0..4).map(|_| start(&place, &["create", "x", "--json"])).collect();
        // The instant is given by another writer's progress: some are just starting then, some are done.
        let ran = end(start(&place, &["create", "y", "--json"]));
        acknowledged.insert(ran.json()["ok"]["id"].as_str().unwrap().to_owned());
        for (number, writer) in writers.iter_mut().enumerate() {
            if (round + number) % 2 == 0 {
                writer.kill().unwrap();
            }
        }
        for mut writer in writers {
            let mut said = String::new();
            writer.stdout.take().unwrap().read_to_string(&mut said).unwrap();
            let was_killed = writer.wait().unwrap().code().is_none();
            killed += usize::from(was_killed);
            if said.ends_with('\n') {
                let value: serde_json::Value = serde_json::from_str(&said).unwrap();
                acknowledged.insert(value["ok"]["id"].as_str().unwrap().to_owned());
            }
        }
    }
    assert!(killed > 0, "some were killed in time");
    let there = ids(&place);
    assert!(there.is_superset(&acknowledged), "lost: {:?}", acknowledged.difference(&there).collect::<Vec<_>>());
}

#[test]
fn a_full_disk_is_said_and_the_store_goes_on_after_it() {
    let place = store();
    let kept = created(&place, "before");
    let long = "x".repeat(60_000);
    let mut limited = Command::new("sh");
    place.prepare(&mut limited);
    // Files may not grow beyond 16 blocks of 512 bytes: as far as a write is concerned, the disk is full there.
    limited.args(["-c", "trap '' XFSZ; ulimit -f 16; exec \"$@\"", "sh"]);
    limited.arg(binaries::bin("trx").unwrap()).args(["create", "too long", "--json", "-d", &long]);
    let full = Ran::of(limited.stdin(Stdio::null()).output().unwrap());
    assert!(full.code.is_some_and(|code| code != 0), "{full:?}");
    assert!(full.json()["error"]["message"].is_string(), "{full:?}");
    let after = created(&place, "after");
    let there = ids(&place);
    assert!(there.contains(&kept) && there.contains(&after), "{there:?}");
    assert_eq!(there.len(), 2, "what was refused is not there: {there:?}");
}

#[test]
fn one_bad_line_is_named_and_the_rest_works() {
    let place = store();
    let id = created(&place, "good");
    let file = place.workspace().join(".trx/events.jsonl");
    let mut text = std::fs::read(&file).unwrap();
    text.extend_from_slice(b"<<<<<<< HEAD\n{\"broken\": \xff\n");
    std::fs::write(&file, text).unwrap();
    let listed = place.run("trx", &["list"]);
    assert_eq!(listed.code, Some(0), "{listed:?}");
    assert!(listed.out.contains("good") && listed.err.contains("events.jsonl:"), "{listed:?}");
    assert!(ids(&place).contains(&id));
    assert_ne!(created(&place, "later"), id);
}
