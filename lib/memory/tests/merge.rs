//! Two clones that go their own ways and are merged by plain git.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and git is started as a person starts it"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use oqto_memory::{Duplicates, Memory, Store, Told};
use oqto_protocol::agent_context::AgentContext;
use oqto_testkit::seed::Seed;

/// Changes in each clone.
const CHANGES: usize = 1_000;

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder).args([
        "-c",
        "user.name=x",
        "-c",
        "user.email=x@example",
        "-c",
        "init.defaultBranch=main",
    ]);
    let ran = command.args(arguments).env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null").output();
    let ran = ran.unwrap();
    assert!(ran.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&[ran.stdout, ran.stderr].concat()));
}

fn open(folder: &Path) -> Store {
    Store::open(folder.join(".mmry/mmry.jsonl"), AgentContext::default()).unwrap()
}

fn told(content: String) -> Told {
    Told { content: Some(content), ..Told::default() }
}

/// One clone with what it knows and did.
struct Clone {
    store: Store,
    known: Vec<String>,
    name: &'static str,
    added: usize,
    removed: BTreeMap<String, u64>,
}

impl Clone {
    fn change(&mut self, seed: &mut Seed, number: usize) {
        let at = seed.within(0..self.known.len() as u64) as usize;
        match seed.within(0..10) {
            0..4 => {
                let content = format!("{} added number{number} {}", self.name, seed.next_u64());
                let memory = self.store.add(told(content), Duplicates::Allow).unwrap();
                self.known.push(memory.memory_id);
                self.added += 1;
            }
            4..9 => {
                let content = format!("{} changed it in number{number}", self.name);
                self.store.edit(&self.known[at], told(content), "", None).unwrap();
            }
            _ => {
                let id = self.known.swap_remove(at);
                let memory = self.store.remove(&id, "", None).unwrap();
                self.removed.insert(id, memory.revision);
            }
        }
    }
}

/// Everything that is shown of a store.
fn shown(folder: &Path) -> Vec<Memory> {
    let store = open(folder);
    assert_eq!(store.damage().unwrap(), []);
    store.list().unwrap()
}

fn events(folder: &Path) -> usize {
    std::fs::read_to_string(folder.join(".mmry/mmry.jsonl")).unwrap().lines().count()
}

#[test]
fn two_clones_merge_both_ways_without_conflict_into_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (left, right) = (folder.path().join("left"), folder.path().join("right"));
    std::fs::create_dir(&left).unwrap();
    git(&left, &["init", "-q"]);
    let mut base = open(&left);
    let known: Vec<String> = (0..60)
        .map(|number| base.add(told(format!("known to both, number{number}")), Duplicates::Refuse).unwrap().memory_id)
        .collect();
    git(&left, &["add", "-A"]);
    git(&left, &["commit", "-qm", "base"]);
    git(folder.path(), &["clone", "-q", "left", "right"]);
    let clone =
        |name, path: &Path| Clone { store: open(path), known: known.clone(), name, added: 0, removed: BTreeMap::new() };
    let mut clones = [clone("left", &left), clone("right", &right)];
    let mut seed = Seed::new(20_261_121);
    for number in 0..2 * CHANGES {
        clones[number % 2].change(&mut seed, number);
    }
    for path in [&left, &right] {
        git(path, &["add", "-A"]);
        git(path, &["commit", "-qm", "a thousand changes"]);
        git(path, &["branch", "own"]);
    }
    git(&left, &["pull", "-q", "--no-rebase", "--no-edit", "../right", "own"]);
    git(&right, &["pull", "-q", "--no-rebase", "--no-edit", "../left", "own"]);
    assert_eq!((events(&left), events(&right)), (60 + 2 * CHANGES, 60 + 2 * CHANGES), "no line is lost or twice");
    let merged = shown(&left);
    assert_eq!(merged, shown(&right), "the same both ways");
    assert!(merged.iter().any(|memory| memory.contested), "both changed the same ones");
    let store = open(&left);
    let [one, other] = &clones;
    for id in one.known.iter().chain(&other.known) {
        let memory = store.get(id).expect("it is there");
        let removed_elsewhere = one.removed.contains_key(id) || other.removed.contains_key(id);
        assert!(memory.active || removed_elsewhere, "{id} is gone");
    }
    assert!(one.added > 300 && other.added > 300 && !one.removed.is_empty() && !other.removed.is_empty());
}
