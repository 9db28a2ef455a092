//! Files of today's tools come in and go out, and nothing that they say is lost.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use oqto_memory::exchange::{Format, Report, Writing};
use oqto_memory::{Memory, Place, Scope, Store};
use oqto_protocol::agent_context::AgentContext;
use proptest::prelude::*;
use serde_json::{Value, json};

fn open(folder: &Path) -> Store {
    Store::open(folder.join(".mmry/mmry.jsonl"), AgentContext::default()).unwrap()
}

fn place(folder: &Path) -> Place {
    Place { name: "ferries".into(), scope: Scope::Repo, ledger: folder.join(".mmry/mmry.jsonl") }
}

fn import(store: &mut Store, text: &str) -> Report {
    store.import("file", text.as_bytes(), Format::of_text(text), Writing::Do).unwrap()
}

fn counts(report: &Report) -> (usize, usize, usize, usize) {
    (report.added, report.updated, report.skipped, report.damage.len())
}

fn ledger(folder: &Path) -> String {
    std::fs::read_to_string(folder.join(".mmry/mmry.jsonl")).unwrap_or_default()
}

fn exported(store: &Store, folder: &Path, format: Format) -> String {
    store.export(format, &place(folder)).unwrap()
}

/// As the first generation wrote them, with fields that nobody here knows, and a name that means something else in an event.
fn first_generation() -> Value {
    json!({
        "store": "ferries", "exported_at": "2026-03-01T00:00:00Z", "memory_count": 3, "memories": [
            {
                "id": "45cc11c9-a1f2-433a-84db-e9570b64971c", "memory_type": "procedural",
                "content": "Rückerstattungen über 500 EUR: zwei Personen 🦀\n- zweite Zeile", "category": "backend",
                "importance": 8, "tags": ["money", "日本語"], "metadata": {"agent_ctx": {"harness_session_id": "s1"}, "x": [1, 2]},
                "helpful_count": 3, "harmful_count": 0, "parent_id": null, "reason": "kept under its name",
                "created_at": "2026-01-02T03:04:05.678Z", "updated_at": "2026-02-03T04:05:06+00:00", "from_the_future": {"a": 1}
            },
            {
                "id": "11111111-a1f2-433a-84db-e9570b64971c", "type": "semantic", "content": "plain", "category": null,
                "importance": 5, "tags": [], "metadata": {}, "created_at": "2026-01-02T03:04:05Z",
                "updated_at": "2026-01-02T03:04:05Z", "embedding": [0.1, 0.2]
            },
            {"id": "22222222-a1f2-433a-84db-e9570b64971c", "content": "no dates", "importance": 50}
        ]
    })
}

#[test]
fn json_of_the_first_generation_comes_back_with_every_field() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let text = first_generation().to_string();
    let report = import(&mut store, &text);
    assert_eq!(counts(&report), (3, 0, 0, 0), "{report:?}");
    assert_eq!(report.notes, ["file: memory 3: importance 50 became 10"]);
    let memory = store.get("45cc11c9").unwrap();
    assert_eq!(
        (memory.importance, memory.category.as_deref(), memory.agent_ctx["harness_session_id"].as_str()),
        (8, Some("backend"), Some("s1"))
    );
    assert_eq!(
        (memory.created_at.as_str(), memory.updated_at.as_str()),
        ("2026-01-02T03:04:05.678000000Z", "2026-02-03T04:05:06.000000000Z")
    );
    let out: Value = serde_json::from_str(&exported(&store, folder.path(), Format::Json)).unwrap();
    assert_eq!((out["store"].as_str(), out["memory_count"].as_u64()), (Some("ferries"), Some(3)));
    let mut expected = first_generation()["memories"][0].clone();
    expected["created_at"] = json!("2026-01-02T03:04:05.678000000Z");
    expected["updated_at"] = json!("2026-02-03T04:05:06.000000000Z");
    let found = out["memories"].as_array().unwrap().iter().find(|memory| memory["id"] == expected["id"]).unwrap();
    assert_eq!(found, &expected);
    let before = ledger(folder.path());
    let again = import(&mut store, &text);
    assert_eq!((counts(&again), ledger(folder.path())), ((0, 0, 3, 0), before), "the same file twice changes nothing");
}

#[test]
fn two_clones_that_take_in_the_same_dated_records_write_the_same_lines() {
    let text = json!(first_generation()["memories"].as_array().unwrap()[..2]).to_string();
    let lines = || {
        let folder = tempfile::tempdir().unwrap();
        import(&mut open(folder.path()), &text);
        ledger(folder.path())
    };
    assert_eq!(lines(), lines());
    assert_eq!(lines().lines().count(), 3, "one of them changed after it was made");
}

#[test]
fn a_newer_record_updates_an_older_one_does_not_and_what_was_removed_stays_removed() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let record = |content: &str, updated: &str| {
        json!([{"id": "a-1", "content": content, "created_at": "2026-01-01T00:00:00Z", "updated_at": updated}])
            .to_string()
    };
    import(&mut store, &record("first", "2026-01-01T00:00:00Z"));
    let newer = import(&mut store, &record("second", "2026-01-03T00:00:00Z"));
    assert_eq!(counts(&newer), (0, 1, 0, 0));
    let older = import(&mut store, &record("third", "2026-01-02T00:00:00Z"));
    assert_eq!(
        (counts(&older), older.notes.as_slice()),
        ((0, 0, 1, 0), &["file: memory 1: what is here is newer".to_owned()][..])
    );
    let memory = store.get("mem_a-1").unwrap();
    assert_eq!((memory.content.as_str(), memory.revision, memory.contested), ("second", 2, false));
    store.remove("mem_a-1", "", None).unwrap();
    let late = import(&mut store, &record("fourth", "2036-01-01T00:00:00Z"));
    assert_eq!((counts(&late), late.notes[0].contains("removed here")), ((0, 0, 1, 0), true));
    let same_text = json!([{"content": "New  text"}, {"content": "new text"}, {"content": " "}, 7]).to_string();
    let report = import(&mut store, &same_text);
    assert_eq!(counts(&report), (1, 0, 1, 2));
    assert_eq!(report.damage, ["file: memory 3: there is no content", "file: memory 4: it is no object"]);
}

#[test]
fn nothing_is_written_where_one_only_tries() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let text = first_generation().to_string();
    let report = store.import("file", text.as_bytes(), Format::Json, Writing::Try).unwrap();
    assert_eq!(counts(&report), (3, 0, 0, 0));
    assert!(!folder.path().join(".mmry").exists());
}

#[test]
fn lines_of_the_second_generation_are_taken_in_and_given_back_byte_for_byte() {
    let lines = [
        r#"{"schema_version":1,"id":"evt_1","ts":"2026-06-04T18:56:56.220093997Z","type":"memory_add","memory_id":"mem_1","content":"as  it was","memory_type":"semantic","metadata":{},"agent_ctx":{}}"#,
        r#"{ "id":"evt_2", "ts":"2026-06-05T00:00:00Z","type":"memory.supersede","memory_id":"mem_1","content":"\u00e9 changed","base_revision":1,"unknown":{"b":1,"a":[1.50,2]},"metadata":{},"agent_ctx":{} }"#,
        r#"{"id":"evt_3","ts":"2026-06-06T00:00:00Z","type":"memory.deprecate","memory_id":"mem_9","target_memory_id":"mem_9"}"#,
    ];
    let text =
        format!("<<<<<<< HEAD\n{}\n{}\n{{\"type\":\"memory.forget\"}}\n{}\n{}", lines[0], lines[1], lines[2], lines[0]);
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let report = import(&mut store, &text);
    assert_eq!(counts(&report), (3, 0, 1, 2), "{report:?}");
    assert!(
        report.damage[0].starts_with("file:1: a conflict marker") && report.damage[1].starts_with("file:4: "),
        "{report:?}"
    );
    assert_eq!(exported(&store, folder.path(), Format::Jsonl), lines.join("\n") + "\n");
    assert_eq!(store.get("mem_1").unwrap().content, "é changed");
    let other = lines[0].replace("as  it was", "another text");
    let refused = import(&mut store, &other);
    assert_eq!((counts(&refused), refused.damage[0].as_str()), ((0, 0, 0, 1), "file:1: another event is called evt_1"));
    let out: Value = serde_json::from_str(&exported(&store, folder.path(), Format::Json)).unwrap();
    assert_eq!(out["memories"][0]["unknown"], json!({"b": 1, "a": [1.5, 2]}), "unknown fields are in the JSON too");
}

#[test]
fn markdown_of_today_is_read() {
    let text = "# Memories\n\n## api\n\n- PATCH /session/{id} renames [i:7]\n- two\nlines [i:3]\n\n## uncategorized\n\n- no importance [draft]\n- [i:4] is about brackets [i:9]\n";
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let report = import(&mut store, text);
    assert_eq!(counts(&report), (4, 0, 0, 0), "{report:?}");
    let mut seen: Vec<(String, Option<String>, u8)> =
        store.list().unwrap().into_iter().map(|memory| (memory.content, memory.category, memory.importance)).collect();
    seen.sort();
    let api = || Some("api".to_owned());
    let expected = [
        ("PATCH /session/{id} renames".to_owned(), api(), 7),
        ("[i:4] is about brackets".into(), None, 9),
        ("no importance [draft]".into(), None, 5),
        ("two\nlines".into(), api(), 3),
    ];
    assert_eq!(seen, expected);
    assert_eq!(counts(&import(&mut store, text)), (0, 0, 4, 0));
    assert!(store.import("x.md", b"just prose", Format::Markdown, Writing::Do).is_err());
}

/// What a memory says, without what a file cannot carry: its history.
fn said(memories: Vec<Memory>) -> Vec<Value> {
    let mut said: Vec<Value> = memories
        .into_iter()
        .map(|memory| {
            let mut value = serde_json::to_value(&memory).unwrap();
            value.as_object_mut().unwrap().remove("revision");
            value["metadata"].as_object_mut().unwrap().remove("importance");
            value
        })
        .collect();
    said.sort_by_key(ToString::to_string);
    said
}

#[test]
fn every_form_carries_a_store_into_another_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    import(&mut store, &first_generation().to_string());
    for format in [Format::Json, Format::Jsonl, Format::Markdown] {
        let text = exported(&store, folder.path(), format);
        assert_eq!(Format::of_text(&text), format);
        let other = tempfile::tempdir().unwrap();
        let mut copy = open(other.path());
        let report = import(&mut copy, &text);
        assert_eq!((report.damage.len(), report.notes.len()), (0, 0), "{report:?}");
        assert_eq!(said(copy.list().unwrap()), said(store.list().unwrap()), "{format:?}");
        assert_eq!(exported(&copy, folder.path(), format), text, "{format:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_survives_json_and_markdown(
        contents in proptest::collection::vec("(\\PC|\n|\r|  |- |## |\\[i:3\\]|<!-- mmry \\{\\} -->|-->)*[^\\s]", 1..5),
        category in proptest::option::of("[^\\s]\\PC{0,8}"),
    ) {
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let mut store = open(folder.path());
        let records: Vec<Value> = contents
            .iter()
            .enumerate()
            .map(|(number, content)| json!({
                "id": format!("m{number}"), "content": format!("{number} {content}"), "category": category,
                "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
            }))
            .collect();
        let report = import(&mut store, &json!(records).to_string());
        prop_assert_eq!(counts(&report), (contents.len(), 0, 0, 0));
        for format in [Format::Json, Format::Markdown] {
            let text = exported(&store, folder.path(), format);
            let mut copy = open(&other.path().join(format!("{format:?}")));
            copy.import("file", text.as_bytes(), format, Writing::Do).unwrap();
            prop_assert_eq!(said(copy.list().unwrap()), said(store.list().unwrap()), "{}", text);
        }
    }
}
