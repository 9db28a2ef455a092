//! Many processes on one store: nothing is lost, whatever is killed, and whatever the disk says.
//!
//! The processes are this test itself, started again with a task in its environment.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test fails by panicking, starts what it tests, and the started one tells what it did"
)]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use oqto_memory::{Duplicates, MemoryError, Store, Told};
use oqto_protocol::agent_context::AgentContext;
use oqto_testkit::seed::Seed;

const TASK: &str = "MEMORY_TEST_TASK";
const FOLDER: &str = "MEMORY_TEST_FOLDER";

fn open(folder: &Path) -> Store {
    Store::open(folder.join(".mmry/mmry.jsonl"), AgentContext::default()).unwrap()
}

fn told(content: String) -> Told {
    Told { content: Some(content), ..Told::default() }
}

/// Does what the environment says; nothing where it says nothing.
#[test]
fn the_other_process() {
    let (Ok(task), Ok(folder)) = (std::env::var(TASK), std::env::var(FOLDER)) else { return };
    let folder = Path::new(&folder);
    let mut words = task.split(' ');
    match words.next() {
        Some("add") => acknowledged(&open(folder).add(told(format!("memory of process {task}")), Duplicates::Refuse)),
        Some("edit") => {
            let id = words.next().unwrap();
            acknowledged(&open(folder).edit(id, told(format!("edited in {task}")), "", None));
        }
        Some("go-on") => go_on(folder, &task),
        Some("fill") => fill(folder),
        other => panic!("no task {other:?}"),
    }
}

/// Says what is kept now: its id and revision.
fn acknowledged(done: &Result<oqto_memory::Memory, MemoryError>) {
    match done {
        Ok(memory) => println!("\nkept {} {}", memory.memory_id, memory.revision),
        Err(error) => println!("\nrefused {}: {error}", error.kind().code()),
    }
    std::io::stdout().flush().unwrap();
}

/// Adds and edits until it is killed. Number 2 of process 0 and number 0 of process 2 are the same words: they may be alike.
fn go_on(folder: &Path, task: &str) {
    let mut store = open(folder);
    for number in 0.. {
        let made = store.add(told(format!("{task} wrote its memory number {number}")), Duplicates::Allow);
        acknowledged(&made);
        let id = made.unwrap().memory_id;
        acknowledged(&store.edit(&id, told(format!("{task} changed its memory number {number}")), "", None));
    }
}

/// Adds until the disk is full.
fn fill(folder: &Path) {
    let mut store = open(folder);
    for number in 0..1_000 {
        let content = format!("{number} {}", "long ".repeat(800));
        let done = store.add(told(content), Duplicates::Allow);
        acknowledged(&done);
        if done.is_err() {
            return;
        }
    }
}

fn start(folder: &Path, task: &str) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    prepare(&mut command, folder, task).spawn().unwrap()
}

fn prepare<'a>(command: &'a mut Command, folder: &Path, task: &str) -> &'a mut Command {
    let command = command.args(["--exact", "the_other_process", "--nocapture", "--test-threads=1"]);
    let command = command.env(TASK, task).env(FOLDER, folder);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null())
}

/// What a line acknowledges.
fn kept(line: &str) -> Option<(String, u64)> {
    let (id, revision) = line.strip_prefix("kept ")?.split_once(' ')?;
    Some((id.to_owned(), revision.parse().ok()?))
}

fn note(all: &mut BTreeMap<String, u64>, (id, revision): (String, u64)) {
    let known = all.entry(id).or_default();
    *known = revision.max(*known);
}

/// Everything acknowledged is there, in its revision or a later one, and the store takes more.
fn all_there(folder: &Path, acknowledged: &BTreeMap<String, u64>) {
    let mut store = open(folder);
    for (id, revision) in acknowledged {
        let memory = store.get(id).unwrap_or_else(|error| panic!("lost: {error}"));
        assert!(memory.revision >= *revision, "{id} is at {}, {revision} was acknowledged", memory.revision);
    }
    store.add(told(format!("the store goes on after {}", acknowledged.len())), Duplicates::Allow).unwrap();
}

#[test]
fn two_hundred_processes_add_and_edit_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let shared = open(folder.path()).add(told("what many edit at once".into()), Duplicates::Refuse).unwrap();
    let children: Vec<Child> = (0..200)
        .map(|number| match number % 4 {
            0 => start(folder.path(), &format!("edit {} {number}", shared.memory_id)),
            _ => start(folder.path(), &format!("add {number}")),
        })
        .collect();
    let mut acknowledged = BTreeMap::new();
    for child in children {
        let said = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
        let line = said.lines().find_map(kept).unwrap_or_else(|| panic!("nothing was kept: {said}"));
        note(&mut acknowledged, line);
    }
    let store = open(folder.path());
    assert_eq!(
        (acknowledged.len(), store.list().unwrap().len()),
        (151, 151),
        "150 were added to the one that was there"
    );
    let memory = store.get(&shared.memory_id).unwrap();
    assert_eq!((memory.revision, memory.contested), (51, false), "each of 50 edits knew the one before it");
    assert_eq!(store.damage().unwrap(), []);
}

#[test]
fn five_hundred_kills_at_any_instant_lose_nothing_acknowledged_and_leave_no_lock() {
    const ROUNDS: u64 = 500;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let rounds = |first: u64| {
        let mut acknowledged = BTreeMap::new();
        for round in (first..ROUNDS).step_by(2) {
            let mut seed = Seed::new(round);
            let mut child = start(path, &format!("go-on {round}"));
            let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
            let wanted = seed.within(0..3);
            let (mut seen, mut said) = (0, String::new());
            while seen < wanted {
                let Some(line) = lines.next() else { panic!("it ended before it was killed: {said}") };
                let line = line.unwrap();
                said += &format!("{line}\n");
                if let Some(kept) = kept(&line) {
                    note(&mut acknowledged, kept);
                    seen += 1;
                }
            }
            // Some instant within the next change.
            (0..seed.within(0..300_000)).for_each(|_| std::hint::spin_loop());
            child.kill().unwrap();
            // What it had said by then counts as well, but not a line that was cut.
            let mut rest = String::new();
            let whole = lines.map_while(Result::ok);
            whole.for_each(|line| rest.push_str(&(line + "\n")));
            rest.lines()
                .filter_map(kept)
                .filter(|(id, _)| id.len() == 40)
                .for_each(|kept| note(&mut acknowledged, kept));
            child.wait().unwrap();
            if round % 50 < 2 {
                all_there(path, &acknowledged);
            }
        }
        acknowledged
    };
    let (mut one, other) = std::thread::scope(|scope| {
        let other = scope.spawn(|| rounds(1));
        (rounds(0), other.join().unwrap())
    });
    one.extend(other);
    assert!(one.len() > 100, "only {} were acknowledged", one.len());
    all_there(path, &one);
    // A line that was cut by a kill is told, and nothing else is wrong.
    for damage in open(path).damage().unwrap() {
        assert!(damage.why.contains("EOF"), "{damage}");
    }
}

#[test]
fn a_full_disk_is_said_and_what_was_acknowledged_stays() {
    let folder = tempfile::tempdir().unwrap();
    let mut limited = Command::new("sh");
    // Files may not grow beyond 128 blocks: to a write, the disk is full there.
    limited.args(["-c", "trap '' XFSZ; ulimit -f 128; exec \"$@\"", "sh"]).arg(std::env::current_exe().unwrap());
    let mut child = prepare(&mut limited, folder.path(), "fill").spawn().unwrap();
    let mut said = String::new();
    child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    child.wait().unwrap();
    let mut acknowledged = BTreeMap::new();
    said.lines().filter_map(kept).for_each(|kept| note(&mut acknowledged, kept));
    let refused: Vec<&str> = said.lines().filter(|line| line.starts_with("refused ")).collect();
    assert!(acknowledged.len() > 2, "{said}");
    assert_eq!(refused.len(), 1, "it was full in the end: {said}");
    all_there(folder.path(), &acknowledged);
    let store = open(folder.path());
    assert_eq!((store.damage().unwrap().len(), store.list().unwrap().len()), (0, acknowledged.len() + 1));
}
