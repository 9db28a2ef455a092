//! Two clones that work by themselves and meet by plain `git merge`: the same issues in both, no conflict, nothing lost.

use std::collections::BTreeSet;
use std::path::Path;

use oqto_issues::{IssueError, Kind, Link, NewIssue, Patch, Status, Store};

use crate::home::{Home, git};
use crate::kills::Numbers;

const OPERATIONS: usize = 1_000;
/// How often the clones meet.
const MEETINGS: usize = 4;

/// What a clone did that must never be gone.
#[derive(Default)]
struct Done {
    issues: BTreeSet<String>,
    remarks: BTreeSet<String>,
    refused: usize,
}

fn work(folder: &Path, name: &str, numbers: &mut Numbers, done: &mut Done) {
    let mut store = Store::open(folder).unwrap();
    let mut ids: Vec<String> = store.lines().unwrap().iter().map(|line| id_of(line)).collect();
    for operation in 0..OPERATIONS / MEETINGS {
        let text = format!("{name} {operation} {} ü🚀", numbers.below(1_000_000));
        let (one, other) = (ids[numbers.below(ids.len())].clone(), ids[numbers.below(ids.len())].clone());
        match act(&mut store, numbers, &text, &one, &other, done) {
            Ok(Some(id)) => {
                ids.push(id.clone());
                done.issues.insert(id);
            }
            Ok(None) => {}
            Err(IssueError::Cycle { .. } | IssueError::Invalid { .. } | IssueError::NotFound { .. }) => {
                done.refused += 1;
            }
            Err(error) => panic!("{error}"),
        }
    }
    if numbers.below(2) == 0 {
        store.compact().unwrap();
    }
}

fn act(
    store: &mut Store,
    numbers: &mut Numbers,
    text: &str,
    one: &str,
    other: &str,
    done: &mut Done,
) -> Result<Option<String>, IssueError> {
    let ids = [one.to_owned()];
    match numbers.below(14) {
        0 | 1 => return store.create(NewIssue::titled(text)).map(Some),
        2 => return store.create(NewIssue { parent: Some(one.into()), ..NewIssue::titled(text) }).map(Some),
        3 => {
            store.comment(one, text)?;
            done.remarks.insert(text.to_owned());
        }
        4 => drop(store.update(one, &Patch { title: Some(text.into()), ..Patch::default() })?),
        5 => drop(store.update(one, &Patch { notes: Some(Some(text.into())), ..Patch::default() })?),
        6 => {
            let (priority, kind) = (Some(numbers.below(5) as u8), Some(Kind::ALL[numbers.below(5)]));
            store.update(one, &Patch { priority, kind, ..Patch::default() })?;
        }
        7 => {
            let label = format!("l{}", numbers.below(20));
            store.update(one, &Patch { add_labels: vec![label], ..Patch::default() })?;
        }
        8 => {
            let label = format!("l{}", numbers.below(20));
            store.update(one, &Patch { remove_labels: vec![label], ..Patch::default() })?;
        }
        9 => drop(store.link(one, Link::Blocks, &[other.into()])?),
        10 => drop(store.link(one, Link::Related, &[other.into()])?),
        11 => drop(store.close(&ids, Some(text))?),
        12 => drop(store.reopen(&ids)?),
        _ => drop(store.update(one, &Patch { status: Some(Status::InProgress), ..Patch::default() })?),
    }
    Ok(None)
}

fn id_of(line: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(line).unwrap();
    value["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_thousand_operations_in_each_of_two_clones_meet_without_loss() {
    let home = Home::new();
    home.create(&["shared"]);
    let folders = ["one", "two"].map(|name| home.dir().join(name));
    git(&folders[0], &["add", "-A"]);
    git(&folders[0], &["commit", "-q", "-m", "issues"]);
    git(home.dir(), &["clone", "-q", "one", "two"]);
    let mut done = [Done::default(), Done::default()];
    let mut numbers = [Numbers(1), Numbers(2)];
    for _ in 0..MEETINGS {
        for (number, name) in ["one", "two"].iter().enumerate() {
            work(&folders[number].join(".trx"), name, &mut numbers[number], &mut done[number]);
            git(&folders[number], &["add", "-A"]);
            git(&folders[number], &["commit", "-q", "-m", name]);
        }
        git(&folders[1], &["fetch", "-q", "origin", "+main:theirs"]);
        git(&folders[0], &["fetch", "-q", "../two", "+main:theirs"]);
        for folder in &folders {
            git(folder, &["merge", "-q", "--no-edit", "theirs"]);
        }
        let lines = folders.each_ref().map(|folder| Store::open(&folder.join(".trx")).unwrap().lines().unwrap());
        assert_eq!(lines[0], lines[1]);
        // What each found out by reading the other's files is of the same words, so they go on from the same.
        for folder in &folders {
            git(folder, &["add", "-A"]);
            git(folder, &["commit", "-q", "--allow-empty", "-m", "met"]);
        }
    }
    assert_eq!(home.ok("one", &["list", "--all"]), home.ok("two", &["list", "--all"]));
    let store = Store::open(&folders[0].join(".trx")).unwrap();
    assert!(store.damage().unwrap().is_empty());
    let there: BTreeSet<String> = store.lines().unwrap().iter().map(|line| id_of(line)).collect();
    let remarks: BTreeSet<String> =
        there.iter().flat_map(|id| store.show(id).unwrap().issue.comments).map(|remark| remark.text).collect();
    for done in &done {
        assert!(there.is_superset(&done.issues), "{:?}", done.issues.difference(&there).collect::<Vec<_>>());
        assert!(remarks.is_superset(&done.remarks));
        assert!(done.refused < OPERATIONS / 4, "most operations did something");
    }
    assert_eq!(there.len(), 1 + done[0].issues.len() + done[1].issues.len(), "no two became one");
}

#[test]
fn an_index_that_is_lost_or_new_gives_the_same() {
    let home = Home::new();
    let id = home.create(&["kept", "-d", "text"]);
    home.ok("one", &["update", &id, "--title", "another"]);
    home.ok("one", &["comment", &id, "a remark"]);
    let before = home.ok("one", &["show", &id]);
    std::fs::remove_dir_all(home.file(".index")).unwrap();
    assert_eq!(home.ok("one", &["show", &id]), before);
    std::fs::write(home.file(".index/events.db"), b"no database at all").unwrap();
    assert_eq!(home.ok("one", &["show", &id]), before);
}
