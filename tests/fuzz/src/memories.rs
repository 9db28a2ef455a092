//! Ledgers and files of memories, as git, editors and other programs may leave them.

use std::fs;
use std::path::Path;

use jiff::Timestamp;
use oqto_memory::exchange::{Format, Writing};
use oqto_memory::{Duplicates, MemoryError, Place, Scope, Store, Told};
use oqto_protocol::agent_context::AgentContext;

use crate::text;

/// A workspace whose index is kept in memory: where its folder belongs, there is a file.
fn workspace(ledger: &[u8]) -> tempfile::TempDir {
    let made = tempfile::tempdir().and_then(|folder| {
        fs::create_dir(folder.path().join(".mmry"))?;
        fs::write(folder.path().join(".mmry/.index"), "")?;
        fs::write(folder.path().join(".mmry/mmry.jsonl"), ledger)?;
        Ok(folder)
    });
    made.unwrap_or_else(|error| unreachable!("no temporary folder: {error}"))
}

fn open(folder: &Path) -> Store {
    let opened = Store::open(folder.join(".mmry/mmry.jsonl"), AgentContext::default());
    opened.unwrap_or_else(|error| unreachable!("it cannot be opened: {error}"))
}

fn place(folder: &Path) -> Place {
    Place { name: "x".into(), scope: Scope::Repo, ledger: folder.join(".mmry/mmry.jsonl") }
}

fn held<T>(result: Result<T, MemoryError>) -> T {
    result.unwrap_or_else(|error| unreachable!("it does not hold: {error}"))
}

/// Any bytes as a ledger: it opens, every bad line is told by its number, what it says is found, listed and written, and
/// it takes more without changing a byte of what was there.
///
/// # Panics
/// When it does not hold.
pub fn memory_ledger(data: &[u8]) {
    let folder = workspace(data);
    let mut store = open(folder.path());
    let lines = data.split(|byte| *byte == b'\n').count() as u64;
    let damage = held(store.damage());
    assert!(damage.iter().all(|bad| (1..=lines).contains(&bad.line) && !bad.why.is_empty()), "{damage:?}");
    assert!(damage.is_sorted_by_key(|bad| bad.line));
    let listed = held(store.list());
    for memory in listed.iter().take(4) {
        assert_eq!(held(store.get(&memory.memory_id)).content, memory.content);
        assert!((1..=10).contains(&memory.importance) && memory.revision > 0);
        held(store.search(&memory.content, 5, Timestamp::UNIX_EPOCH));
        held(store.history(&memory.memory_id));
    }
    let events = held(store.export(Format::Jsonl, &place(folder.path())));
    let copy = workspace(events.as_bytes());
    assert_eq!(held(open(copy.path()).list()), listed, "what is written says the same");
    let told = Told { content: Some("one more 日本語".into()), ..Told::default() };
    let added = held(store.add(told, Duplicates::Allow));
    let after = fs::read(folder.path().join(".mmry/mmry.jsonl")).unwrap_or_default();
    assert!(after.starts_with(data), "no byte of it changed");
    let again = held(open(folder.path()).list());
    assert_eq!(again.len(), listed.len() + 1);
    assert!(again.iter().any(|memory| memory.memory_id == added.memory_id));
}

/// The first byte chooses the form; the rest is a file that somebody takes in. It is taken in or told, twice changes
/// nothing, and what is written of it is taken in whole.
///
/// # Panics
/// When it does not hold.
pub fn memory_file(data: &[u8]) {
    let (form, data) = data.split_first().map_or((0, data), |(form, data)| (*form, data));
    let format = match form % 4 {
        0 => Format::Json,
        1 => Format::Jsonl,
        2 => Format::Markdown,
        _ => Format::of_text(&text(data)),
    };
    let folder = workspace(b"");
    let mut store = open(folder.path());
    let report = match store.import("file", data, format, Writing::Do) {
        Ok(report) => report,
        Err(MemoryError::Invalid(why)) => {
            assert!(format != Format::Jsonl && why.starts_with("file: "), "{why}");
            return;
        }
        Err(error) => unreachable!("neither taken in nor told: {error}"),
    };
    assert_eq!(held(store.damage()), [], "what is taken in are good lines");
    let before = held(store.list());
    // Lines may hold what no record can: nothing.
    let blank = before.iter().filter(|memory| memory.content.trim().is_empty()).count();
    let again = held(store.import("file", data, format, Writing::Do));
    assert_eq!((again.added, again.updated, again.damage.len()), (0, 0, report.damage.len()), "{report:?} {again:?}");
    assert_eq!(held(store.list()), before);
    for format in [Format::Json, Format::Markdown] {
        let written = held(store.export(format, &place(folder.path())));
        let other = workspace(b"");
        let mut copy = open(other.path());
        let report = held(copy.import("copy", written.as_bytes(), format, Writing::Do));
        assert_eq!(report.damage.len(), blank, "{:?} of {written}", report.damage);
        assert_eq!(report.added + report.skipped + blank, before.len(), "{written}");
    }
}

/// Ledgers of every kind of event, old spellings, conflicts and strangers.
#[must_use]
pub fn ledgers() -> Vec<Vec<u8>> {
    let add = r#"{"schema_version":1,"id":"evt_1","ts":"2026-06-04T18:56:56.220093997Z","type":"memory_add","memory_id":"mem_1","content":"the API listens on port 7700","memory_type":"semantic","tags":["api"],"metadata":{"category":"api","importance":7},"agent_ctx":{"harness":"pi"}}"#;
    let edit = r#"{"id":"evt_2","ts":"2026-06-05T00:00:00+02:00","type":"memory.supersede","memory_id":"mem_1","content":"é 7701","base_revision":1,"expires_at":null,"unknown":{"a":[1.5]},"metadata":{},"agent_ctx":{}}"#;
    let remove = r#"{"id":"evt_3","ts":"2026-06-06T00:00:00Z","type":"memory.deprecate","memory_id":"mem_1","target_memory_id":"mem_1","reason":"gone"}"#;
    let other = add.replace("evt_1", "evt_4").replace("mem_1", "mem_2");
    let all = [
        add.to_owned(),
        format!("{add}\n{edit}\n"),
        format!("{edit}\r\n{add}\r\n{remove}\n{other}"),
        format!("\u{feff}<<<<<<< HEAD\n{add}\n=======\n{other}\n>>>>>>> x\n"),
        format!("{add}\n{}\n{add}\n", add.replace("7700", "7800")),
        format!("{}\n{other}", &add[..90]),
    ];
    all.map(String::into_bytes).to_vec()
}

/// Files of each form, after the byte that chooses it.
#[must_use]
pub fn files() -> Vec<Vec<u8>> {
    let record = r#"{"id":"45cc11c9-a1f2-433a-84db-e9570b64971c","memory_type":"procedural","content":"two\n- lines","category":"backend","importance":8,"tags":["money"],"metadata":{"agent_ctx":{"user_id":"ada"}},"helpful_count":3,"reason":"x","created_at":"2026-01-02T03:04:05.678Z","updated_at":"2026-02-03T04:05:06+00:00"}"#;
    let markdown =
        "# Memories\n\n## api\n\n- renames [i:7]\n  <!-- mmry {\"id\":\"a\",\"tags\":[\"b\"]} -->\n- two\nlines\n";
    let mut files = vec![
        format!("0[{record}]"),
        format!("0{{\"store\":\"x\",\"memory_count\":1,\"memories\":[{record},{{\"content\":\"b\"}}]}}"),
        format!("2{markdown}"),
        format!("3{markdown}"),
        format!("3{{\"ok\":[{record}]}}"),
    ];
    files.extend(ledgers().iter().map(|ledger| format!("1{}", text(ledger))));
    files.into_iter().map(String::into_bytes).collect()
}
