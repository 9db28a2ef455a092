//! The ledger as its users see it: what was acknowledged is there, what is damaged is named, and the index follows.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use oqto_store::ledger::index::{Caught, Kept};
use oqto_store::ledger::lines::scan;
use oqto_store::ledger::{Index, Ledger, LedgerError, Line, Pass, Position, Refusal, Shape, Verdict};
use oqto_store::rusqlite::Connection;
use proptest::prelude::*;

fn all(ledger: &Ledger) -> (Vec<String>, Pass) {
    let mut seen = Vec::new();
    let pass = ledger
        .read(Position::START, |line| {
            if !line.text.starts_with('{') {
                return Verdict::Bad("not an object".into());
            }
            seen.push(line.text.to_owned());
            Verdict::Good
        })
        .unwrap();
    (seen, pass)
}

fn put(ledger: &Ledger, lines: &[&str]) {
    ledger.lock().unwrap().append(lines).unwrap().sync().unwrap();
}

fn scribble(path: &Path, text: &str) {
    fs::File::options().append(true).create(true).open(path).unwrap().write_all(text.as_bytes()).unwrap();
}

#[test]
fn a_torn_tail_costs_that_line_only() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(folder.path().join("a.jsonl"));
    put(&ledger, &["{\"n\":1}"]);
    scribble(ledger.path(), "half{");
    let (seen, pass) = all(&ledger);
    assert_eq!((seen.len(), pass.damage.len(), pass.torn), (1, 1, true));
    put(&ledger, &["{\"n\":2}", "{\"n\":3}"]);
    let (seen, pass) = all(&ledger);
    assert_eq!(seen, ["{\"n\":1}", "{\"n\":2}", "{\"n\":3}"]);
    assert_eq!(pass.damage, [(2, "not an object".to_owned())]);
    assert!(ledger.damage(&pass)[0].to_string().ends_with("a.jsonl:2: not an object"));
}

#[test]
fn a_good_last_line_without_an_end_counts_once() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(folder.path().join("a.jsonl"));
    scribble(ledger.path(), "{\"n\":1}");
    let mut index = Index::open(&ledger, Rows).unwrap();
    index.catch_up().unwrap();
    put(&ledger, &["{\"n\":2}"]);
    index.catch_up().unwrap();
    assert_eq!(rows(&index), ["{\"n\":1}", "{\"n\":2}"]);
}

#[test]
fn both_sides_of_a_conflict_are_read_and_the_markers_named() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(folder.path().join("a.jsonl"));
    scribble(ledger.path(), "\u{feff}{\"n\":0}\r\n<<<<<<< HEAD\n{\"n\":1}\n=======\n{\"n\":2}\n>>>>>>> other\n\n");
    let (seen, pass) = all(&ledger);
    assert_eq!(seen.len(), 3);
    assert_eq!(pass.damage.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 4, 6]);
}

#[test]
fn what_is_not_one_line_is_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(folder.path().join("a.jsonl"));
    let refused = ledger.lock().unwrap().append(&["{}", "a\nb"]).unwrap_err();
    assert!(matches!(refused, LedgerError::NotOneLine { .. }));
    assert_eq!(fs::read(ledger.path()).unwrap(), b"");
}

#[test]
fn a_lock_is_waited_for_no_longer_than_said_and_its_holder_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(folder.path().join("a.jsonl"));
    let held = ledger.lock().unwrap();
    let error = ledger.clone().waiting(Duration::from_millis(30)).lock().unwrap_err();
    assert!(error.is_busy(), "{error}");
    assert!(error.to_string().contains(&format!("process {}", std::process::id())), "{error}");
    drop(held);
    put(&ledger, &["{}"]);
}

#[test]
fn an_append_goes_into_the_file_that_the_path_names() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(folder.path().join("a.jsonl"));
    put(&ledger, &["{\"n\":1}"]);
    let mut locked = ledger.lock().unwrap();
    // As git does: another file gets the name.
    fs::write(folder.path().join("other"), "{\"n\":9}\n").unwrap();
    fs::rename(folder.path().join("other"), ledger.path()).unwrap();
    locked.write(&["{\"n\":2}"]).unwrap().sync().unwrap();
    assert_eq!(all(&ledger).0, ["{\"n\":9}", "{\"n\":2}"]);
    locked.replace(&["{\"n\":3}"]).unwrap();
    let busy = ledger.clone().waiting(Duration::from_millis(5)).lock().unwrap_err();
    assert!(busy.is_busy(), "the lock is held on the new file");
    drop(locked);
    put(&ledger, &["{\"n\":4}"]);
    assert_eq!(all(&ledger).0, ["{\"n\":3}", "{\"n\":4}"]);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
}

#[test]
fn many_writers_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(folder.path().join("a.jsonl"));
    std::thread::scope(|scope| {
        for writer in 0..16 {
            let ledger = &ledger;
            scope.spawn(move || {
                for number in 0..20 {
                    put(ledger, &[&format!("{{\"w\":{writer},\"n\":{number}}}")]);
                }
            });
        }
    });
    let (mut seen, pass) = all(&ledger);
    seen.sort();
    seen.dedup();
    assert_eq!((seen.len(), pass.damage.len()), (320, 0));
}

struct Rows;

impl Shape for Rows {
    fn version(&self) -> i64 {
        1
    }
    fn schema(&self) -> &str {
        "CREATE TABLE line (text TEXT NOT NULL) STRICT;"
    }
    fn apply(&mut self, db: &Connection, line: Line<'_>) -> Result<(), Refusal> {
        if !line.text.ends_with('}') {
            return Err(Refusal::bad("not an object"));
        }
        db.execute("INSERT INTO line VALUES (?1)", [line.text])?;
        Ok(())
    }
}

fn rows(index: &Index<Rows>) -> Vec<String> {
    let mut select = index.db().prepare("SELECT text FROM line ORDER BY rowid").unwrap();
    select.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn the_index_goes_on_where_it_stopped_and_starts_over_when_the_past_changed() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(folder.path().join("a.jsonl"));
    let mut index = Index::open(&ledger, Rows).unwrap();
    assert_eq!(index.kept(), Kept::OnDisk);
    put(&ledger, &["{1}"]);
    assert_eq!(index.catch_up().unwrap(), Caught::Rebuilt);
    assert_eq!(index.catch_up().unwrap(), Caught::Current);
    let mut locked = ledger.lock().unwrap();
    locked.write(&["{2}", "bad"]).unwrap().sync().unwrap();
    assert_eq!(index.catch_up_own(&locked).unwrap(), Caught::Grown);
    drop(locked);
    assert_eq!(index.damage().unwrap()[0].line, 3);
    // A copy with more at its end, under another inode, is the same past.
    let text = fs::read_to_string(ledger.path()).unwrap();
    fs::remove_file(ledger.path()).unwrap();
    fs::write(ledger.path(), format!("{text}{{3}}\n")).unwrap();
    assert_eq!(index.catch_up().unwrap(), Caught::Grown);
    fs::write(ledger.path(), "{0}\n{1}\n{2}\n{3}\n{4}\n{5}\n").unwrap();
    assert_eq!(index.catch_up().unwrap(), Caught::Rebuilt);
    assert_eq!(rows(&index).len(), 6);
    assert_eq!(index.damage().unwrap(), []);
    assert_eq!(fs::read_to_string(folder.path().join(".index/.gitignore")).unwrap(), "*\n");
}

#[test]
fn what_was_only_appended_can_be_left_to_the_next_reading() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(folder.path().join("l.jsonl"));
    put(&ledger, &["{\"n\":1}"]);
    Index::open(&ledger, Rows).unwrap().catch_up().unwrap();
    // Each as a process of its own, which never takes anything in.
    let leave = |line: &str, expected: &[&str]| {
        let index = Index::open(&ledger, Rows).unwrap();
        let mut locked = ledger.lock().unwrap();
        let unread = index.unread(&locked, 1000).unwrap().unwrap();
        assert_eq!(unread.lines(), expected);
        locked.write(&[line]).unwrap().sync().unwrap();
        index.leave(&unread, &locked);
        assert_eq!(rows(&index), ["{\"n\":1}"]);
    };
    leave("{\"n\":2}", &[]);
    leave("{\"n\":3}", &["{\"n\":2}"]);
    let index = Index::open(&ledger, Rows).unwrap();
    assert!(index.unread(&ledger.lock().unwrap(), 10).unwrap().is_none(), "more than asked for");
    drop(index);
    // A note counts for the file that it names alone.
    scribble(ledger.path(), "{\"n\":4}\n");
    let mut index = Index::open(&ledger, Rows).unwrap();
    assert!(index.unread(&ledger.lock().unwrap(), 1000).unwrap().is_none(), "somebody else wrote as well");
    assert_eq!(index.catch_up().unwrap(), Caught::Grown);
    assert_eq!(rows(&index), ["{\"n\":1}", "{\"n\":2}", "{\"n\":3}", "{\"n\":4}"]);
    assert_eq!(index.unread(&ledger.lock().unwrap(), 1000).unwrap().unwrap().lines(), [""; 0]);
    drop(index);
    leave_and_change_the_past(&ledger);
}

/// A note of growth does not vouch for lines that were changed since.
fn leave_and_change_the_past(ledger: &Ledger) {
    let index = Index::open(ledger, Rows).unwrap();
    let mut locked = ledger.lock().unwrap();
    let unread = index.unread(&locked, 1000).unwrap().unwrap();
    locked.write(&["{\"n\":5}"]).unwrap().sync().unwrap();
    index.leave(&unread, &locked);
    drop((index, locked));
    let changed = fs::read_to_string(ledger.path()).unwrap().replace("{\"n\":2}", "{\"m\":2}");
    fs::write(ledger.path(), changed + "{\"n\":6}\n").unwrap();
    let mut index = Index::open(ledger, Rows).unwrap();
    assert!(index.unread(&ledger.lock().unwrap(), 1000).unwrap().is_none());
    assert_eq!(index.catch_up().unwrap(), Caught::Rebuilt);
    assert_eq!(rows(&index)[1], "{\"m\":2}");
}

#[test]
fn a_damaged_index_is_made_again_and_an_unwritable_one_is_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(folder.path().join("a.jsonl"));
    put(&ledger, &["{1}"]);
    Index::open(&ledger, Rows).unwrap().catch_up().unwrap();
    let file = folder.path().join(".index/a.db");
    let length = usize::try_from(fs::metadata(&file).unwrap().len()).unwrap();
    fs::write(&file, vec![0x5a; length]).unwrap();
    let mut index = Index::open(&ledger, Rows).unwrap();
    index.catch_up().unwrap();
    assert_eq!((rows(&index).len(), index.kept()), (1, Kept::OnDisk));
    drop(index);
    fs::remove_dir_all(folder.path().join(".index")).unwrap();
    fs::write(folder.path().join(".index"), "in the way").unwrap();
    let mut index = Index::open(&ledger, Rows).unwrap();
    index.catch_up().unwrap();
    assert_eq!((rows(&index).len(), index.kept()), (1, Kept::InMemory));
}

proptest! {
    /// Any bytes, cut anywhere: nothing panics, and reading in two goes is reading in one.
    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(prop_oneof![Just(b'\n'), Just(b'<'), Just(b'a'), any::<u8>()], 0..400), limit in 1..40_usize) {
        let mut whole = Vec::new();
        let pass = scan(&bytes[..], Position::START, limit, |line| { whole.push((line.number, line.text.to_owned())); Verdict::Good }).unwrap();
        prop_assert!(pass.end.offset <= bytes.len() as u64);
        let mut half = Vec::new();
        let mut taken = 0;
        let first = scan(&bytes[..], Position::START, limit, |line| {
            if taken == 2 { return Verdict::Stop; }
            taken += 1;
            half.push((line.number, line.text.to_owned()));
            Verdict::Good
        }).unwrap();
        let rest = &bytes[usize::try_from(first.end.offset).unwrap()..];
        if first.end != pass.end {
            scan(rest, first.end, limit, |line| { half.push((line.number, line.text.to_owned())); Verdict::Good }).unwrap();
        }
        prop_assert_eq!(whole, half);
    }
}
