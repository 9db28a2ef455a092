//! The store as its users see it: what is acknowledged is there, corrections replace, duplicates are named.

use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use jiff::Timestamp;
use oqto_memory::across::{Contested, Stores, Wanted};
use oqto_memory::preview::{Origin, preview};
use oqto_memory::similar::Likeness;
use oqto_memory::{Duplicates, Memory, MemoryError, Order, Place, Store, Told};
use oqto_protocol::agent_context::AgentContext;
use oqto_store::ledger::index::Kept;

fn open(folder: &Path) -> Store {
    Store::open(folder.join(".mmry/mmry.jsonl"), AgentContext::default())
        .unwrap_or_else(|error| unreachable!("no store: {error}"))
}

fn told(content: &str) -> Told {
    Told { content: Some(content.to_owned()), ..Told::default() }
}

#[test]
fn what_many_write_at_once_is_all_there() {
    let folder = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for number in 0..50 {
            let path = folder.path();
            scope.spawn(move || {
                let content =
                    format!("memory number {number} that was written while fifty others were written as well");
                open(path).add(told(&content), Duplicates::Refuse).expect("it is kept");
            });
        }
    });
    assert_eq!(open(folder.path()).list().unwrap().len(), 50);
    let lines = std::fs::read_to_string(folder.path().join(".mmry/mmry.jsonl")).unwrap();
    assert_eq!(lines.lines().count(), 50);
}

#[test]
fn a_correction_replaces_and_a_stale_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let made = store
        .add(Told { category: Some("api".into()), importance: Some(8), ..told("the port is 7700") }, Duplicates::Refuse)
        .unwrap();
    let changed = store.edit(made.short_id(), told("the port is 7701"), "it moved", Some(1)).unwrap();
    assert_eq!((changed.revision, changed.importance, changed.category.as_deref()), (2, 8, Some("api")));
    let stale = store.edit(&made.memory_id, told("the port is 1"), "late", Some(1)).unwrap_err();
    assert!(matches!(stale, MemoryError::Moved { expected: 1, actual: 2, .. }), "{stale}");
    let hits = store.search("port", 10, Timestamp::now()).unwrap();
    assert_eq!(hits.len(), 1);
    assert_eq!(hits[0].memory.content, "the port is 7701");
    store.remove(&made.memory_id, "gone", None).unwrap();
    assert!(matches!(store.remove(&made.memory_id, "again", None), Err(MemoryError::NotFound(_))));
    assert!(store.search("port", 10, Timestamp::now()).unwrap().is_empty());
    assert!(!store.get(&made.memory_id).unwrap().active);
}

#[test]
fn duplicates_are_named_and_can_be_forced() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let text = "Deploys are done by the pipeline on every Tuesday before noon, never by hand on a laptop";
    let first = store.add(told(text), Duplicates::Refuse).unwrap();
    for (again, how) in [(text.to_uppercase(), Likeness::Same), (text.replace("never", "and never"), Likeness::Near)] {
        let Err(MemoryError::Duplicate(similar)) = store.add(told(&again), Duplicates::Refuse) else {
            panic!("{again}")
        };
        assert_eq!((similar.id, similar.likeness), (first.memory_id.clone(), how));
    }
    store.add(told(text), Duplicates::Allow).unwrap();
    store.add(told("Deploys are done by nobody"), Duplicates::Refuse).unwrap();
    assert_eq!(store.list().unwrap().len(), 3);
}

/// An addition by a process that does nothing else.
fn add_once(folder: &Path, told: Told) -> Result<oqto_memory::Added, MemoryError> {
    Store::add_once(folder.join(".mmry/mmry.jsonl"), AgentContext::default(), told, Duplicates::Refuse)
}

#[test]
fn single_additions_are_left_to_the_next_reading_and_compared_until_then() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let text = |number: usize| format!("Importer number {number} listens on a port of its own, which nobody else uses");
    for number in 0..120 {
        let told = Told { category: Some("api".into()), importance: Some(9), ..told(&text(number)) };
        let added = add_once(at, told).unwrap();
        assert_eq!((added.memory.content, added.memory.revision), (text(number), 1));
        assert!(added.damage.is_empty());
        for again in [number, number / 2] {
            let refused = add_once(at, Told { content: Some(text(again).to_uppercase()), ..Told::default() });
            assert!(matches!(refused, Err(MemoryError::Duplicate(_))), "{again} of {number}: {refused:?}");
        }
    }
    let store = open(at);
    let listed = store.list().unwrap();
    assert_eq!(listed.len(), 120);
    let one = listed.into_iter().find(|memory| memory.content == text(7)).unwrap();
    assert_eq!((one.importance, one.category.as_deref()), (9, Some("api")));
    assert_eq!(store.get(&one.memory_id).unwrap(), one);
}

#[test]
fn what_an_addition_tells_is_what_a_reader_finds() {
    let folder = tempfile::tempdir().unwrap();
    let added = add_once(folder.path(), Told { tags: Some(vec!["a".into()]), ..told("the port is 7700") }).unwrap();
    assert_eq!(open(folder.path()).get(&added.memory.memory_id).unwrap(), added.memory);
    // A change of one that is not in the index yet, and an addition after it.
    let second = add_once(folder.path(), told("the bay is number 4")).unwrap();
    let mut store = open(folder.path());
    store.edit(&second.memory.memory_id, told("the bay is number 5"), "moved", Some(1)).unwrap();
    drop(store);
    add_once(folder.path(), told("the bay is number 4")).unwrap();
    let refused = add_once(folder.path(), told("The bay is  number 5"));
    assert!(matches!(refused, Err(MemoryError::Duplicate(_))), "{refused:?}");
    assert!(matches!(add_once(folder.path(), Told::default()), Err(MemoryError::Invalid(_))));
    let ledger = folder.path().join(".mmry/mmry.jsonl");
    let mut text = std::fs::read_to_string(&ledger).unwrap();
    text.push_str("nonsense\n");
    std::fs::write(&ledger, text).unwrap();
    assert_eq!(add_once(folder.path(), told("another one")).unwrap().damage.len(), 1);
    assert_eq!(open(folder.path()).list().unwrap().len(), 4);
}

#[test]
fn single_additions_at_once_are_all_there() {
    let folder = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for number in 0..40 {
            let path = folder.path();
            scope.spawn(move || add_once(path, told(&format!("fact {number} of forty at once"))).expect("it is kept"));
        }
    });
    assert_eq!(open(folder.path()).list().unwrap().len(), 40);
}

#[test]
fn bad_input_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let wrong = [
        told("  \n"),
        told(&"x".repeat(70_000)),
        Told { importance: Some(11), ..told("x") },
        Told { memory_type: Some("holy".into()), ..told("x") },
        Told::default(),
    ];
    for told in wrong {
        assert!(matches!(store.add(told, Duplicates::Refuse), Err(MemoryError::Invalid(_))));
    }
    assert!(matches!(store.get("mem_"), Err(MemoryError::NotFound(_))));
    assert!(matches!(store.edit("mem_nope", told("x"), "r", None), Err(MemoryError::NotFound(_))));
    assert!(store.list().unwrap().is_empty());
}

#[test]
fn ledgers_of_today_are_read_and_bad_lines_cost_themselves_only() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join(".mmry")).unwrap();
    let path = folder.path().join(".mmry/mmry.jsonl");
    let real = r#"{"schema_version":1,"id":"evt_fa4c1b03-a522-46a2-82b1-522dc0c09568","ts":"2026-06-04T18:56:56.220093997Z","type":"memory_add","memory_id":"mem_45cc11c9-a1f2-433a-84db-e9570b64971c","content":"kept","memory_type":"semantic","from_tomorrow":{"a":1},"metadata":{},"agent_ctx":{}}"#;
    std::fs::write(&path, format!("{real}\n<<<<<<< HEAD\n{{\"id\":\n{real}\n\n")).unwrap();
    let mut store = open(folder.path());
    assert_eq!(store.list().unwrap().len(), 1);
    let bad: Vec<u64> = store.damage().unwrap().iter().map(|damage| damage.line).collect();
    assert_eq!(bad, [2, 3]);
    store.edit("45cc11c9", Told { importance: Some(9), ..Told::default() }, "matters", None).unwrap();
    let memory = store.get("mem_45cc").unwrap();
    assert_eq!((memory.content.as_str(), memory.importance, memory.revision), ("kept", 9, 2));
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.starts_with(real), "the line is as it was");
}

#[test]
fn one_id_with_two_payloads_is_contested_whatever_comes_first() {
    let line = |content: &str| {
        format!(
            r#"{{"id":"evt_1","ts":"2026-01-01T00:00:00Z","type":"memory.add","memory_id":"mem_1","content":"{content}"}}"#
        )
    };
    let seen = |lines: [String; 2]| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(".mmry")).unwrap();
        std::fs::write(folder.path().join(".mmry/mmry.jsonl"), lines.join("\n")).unwrap();
        open(folder.path()).list().unwrap()
    };
    let one = seen([line("a"), line("b")]);
    assert!(one[0].contested);
    assert_eq!(seen([line("b"), line("a")]), one);
    assert!(!seen([line("a"), line("a")])[0].contested);
}

#[test]
fn a_preview_holds_its_budget_and_says_what_it_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    for (content, importance) in [("the least", 1), ("the most", 10), ("日本語の記憶", 5)] {
        store.add(Told { importance: Some(importance), ..told(content) }, Duplicates::Refuse).unwrap();
    }
    let gone = Told { expires_at: Some(Some(Timestamp::UNIX_EPOCH)), ..told("expired") };
    store.add(gone, Duplicates::Refuse).unwrap();
    let origins = [Origin { name: "here".into(), scope: "repo", memories: store.list().unwrap() }];
    let all = preview(&origins, 1000, None, Timestamp::now());
    let contents: Vec<&str> = all.entries.iter().map(|entry| entry.memory.content.as_str()).collect();
    assert_eq!(contents, ["the most", "日本語の記憶", "the least"]);
    assert_eq!(all, preview(&origins, 1000, None, Timestamp::now()));
    let few = preview(&origins, 12, None, Timestamp::now());
    assert!(few.rendered.len() <= 48 && few.omitted == 2 && few.entries.len() == 1, "{few:?}");
    assert_eq!(preview(&origins, 0, None, Timestamp::now()).rendered, "");
}

#[test]
fn questions_of_any_text_are_answered() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    store.add(told("the \"quoted\" AND or* NEAR(x) - text"), Duplicates::Refuse).unwrap();
    for question in ["", "\"", "AND OR NOT", "a* (", "the", "日", "é\u{301}", "🚢", "quoted"] {
        let found = store.search(question, 5, Timestamp::now()).expect(question).len();
        assert!(found <= 1, "{question}");
    }
    assert_eq!(store.search("QUOTED", 5, Timestamp::now()).unwrap().len(), 1);
}

#[test]
fn the_index_is_kept_from_the_first_addition_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    assert_eq!(store.index_kept(), Kept::InMemory, "there is no folder yet, and none is made by looking");
    assert!(!folder.path().join(".mmry").exists());
    store.add(told("the first"), Duplicates::Refuse).unwrap();
    assert_eq!(store.index_kept(), Kept::OnDisk);
    let index = folder.path().join(".mmry/.index/mmry.db");
    let made = std::fs::metadata(&index).unwrap().ino();
    let again = open(folder.path());
    assert_eq!((again.index_kept(), again.count().unwrap()), (Kept::OnDisk, 1));
    assert_eq!(std::fs::metadata(&index).unwrap().ino(), made, "it is not made again");
}

#[test]
fn a_store_whose_index_cannot_be_kept_is_searched_and_takes_more() {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path()).add(told("the API listens on port 7700"), Duplicates::Refuse).unwrap();
    let index = folder.path().join(".mmry/.index");
    std::fs::remove_dir_all(&index).unwrap();
    // Where the folder of the index belongs there is a file: that stops the superuser too.
    std::fs::write(&index, "").unwrap();
    let mut store = open(folder.path());
    assert_eq!(store.index_kept(), Kept::InMemory);
    assert_eq!(store.search("which port", 5, Timestamp::now()).unwrap().len(), 1);
    store.add(told("the worker listens on none"), Duplicates::Refuse).unwrap();
    assert_eq!(open(folder.path()).list().unwrap().len(), 2);
}

#[test]
fn a_damaged_index_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path()).add(told("the API listens on port 7700"), Duplicates::Refuse).unwrap();
    let index = folder.path().join(".mmry/.index/mmry.db");
    for noise in [&b"no database"[..], &[0; 5000], b""] {
        std::fs::write(&index, noise).unwrap();
        let store = open(folder.path());
        assert_eq!(store.search("port", 5, Timestamp::now()).unwrap().len(), 1);
    }
}

#[test]
fn ids_are_found_whole_before_they_are_found_by_their_beginning() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join(".mmry")).unwrap();
    let lines: Vec<String> = ["x", "mem_x", "mem_xy", "mem_", "mem_ab1", "mem_ab2"]
        .iter()
        .map(|id| format!(r#"{{"id":"evt_{id}","ts":"2026-01-01T00:00:00Z","type":"memory.add","memory_id":"{id}","content":"of {id}"}}"#))
        .collect();
    std::fs::write(folder.path().join(".mmry/mmry.jsonl"), lines.join("\n")).unwrap();
    let store = open(folder.path());
    for (asked, found) in [("x", "x"), ("mem_x", "mem_x"), ("xy", "mem_xy"), ("mem_", "mem_"), ("ab1", "mem_ab1")] {
        assert_eq!(store.get(asked).unwrap().memory_id, found);
    }
    assert!(matches!(store.get("ab"), Err(MemoryError::Ambiguous { ids, .. }) if ids.len() == 2));
    assert!(matches!(store.get("zz"), Err(MemoryError::NotFound(_))));
    assert!(matches!(store.get(""), Err(MemoryError::Invalid(_))));
}

#[test]
fn several_stores_answer_as_one_under_conditions() {
    let folder = tempfile::tempdir().unwrap();
    let places: Vec<Place> = ["one", "two"].map(|name| Place::of_repository(&folder.path().join(name))).into();
    for (place, importance) in places.iter().zip([3, 8]) {
        let mut store = Store::open(&place.ledger, AgentContext::default()).unwrap();
        let about = |what: &str| Told {
            importance: Some(importance),
            category: Some("API".into()),
            tags: Some(vec!["Port".into()]),
            ..told(&format!("{what} of {}", place.name))
        };
        store.add(about("the port"), Duplicates::Refuse).unwrap();
        store.add(told(&format!("nothing else in {}", place.name)), Duplicates::Refuse).unwrap();
    }
    let now = Timestamp::now();
    let stores = Stores::open(places);
    let found = |wanted: &Wanted| -> Vec<String> {
        let entries = stores.search("port", wanted, 10, now).unwrap();
        entries.into_iter().map(|entry| entry.repo).collect()
    };
    assert_eq!(found(&Wanted::default()), ["two", "one"], "the more important one first");
    assert_eq!(found(&Wanted { importance: Some(5), ..Wanted::default() }), ["two"]);
    assert_eq!(
        found(&Wanted { categories: vec!["api".into()], tags: vec!["port".into()], ..Wanted::default() }).len(),
        2
    );
    assert_eq!(found(&Wanted { tags: vec!["port".into(), "other".into()], ..Wanted::default() }), [""; 0]);
    assert_eq!(found(&Wanted { contested: Some(Contested), ..Wanted::default() }), [""; 0]);
    let listed = |wanted: &Wanted, order: Order, limit: usize| -> Vec<String> {
        let entries = stores.list(wanted, order, limit, now).unwrap();
        entries.into_iter().map(|entry| entry.memory.content).collect()
    };
    let newest = ["nothing else in two", "the port of two", "nothing else in one", "the port of one"];
    assert_eq!(listed(&Wanted::default(), Order::Updated, usize::MAX), newest);
    assert_eq!(listed(&Wanted::default(), Order::Updated, 3), newest[..3]);
    let first = ["the port of two", "nothing else in two", "nothing else in one", "the port of one"];
    assert_eq!(listed(&Wanted::default(), Order::Importance, usize::MAX), first, "of 8, 5, 5 and 3");
    assert_eq!(listed(&Wanted::default(), Order::Importance, 1), first[..1]);
    let api = Wanted { categories: vec!["api".into()], ..Wanted::default() };
    assert_eq!(listed(&api, Order::Created, 2), ["the port of two", "the port of one"]);
}

#[test]
fn what_is_listed_is_in_its_order_and_nothing_is_read_beyond_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    for (content, importance) in [("alpha first", 5), ("beta second", 9), ("gamma third", 5)] {
        store.add(Told { importance: Some(importance), ..told(content) }, Duplicates::Refuse).unwrap();
    }
    let alpha = store.list().unwrap().pop().unwrap().memory_id;
    store.edit(&alpha, Told { tags: Some(vec!["later".into()]), ..told("alpha first, again") }, "", None).unwrap();
    let read = std::cell::Cell::new(0);
    let first = |order: Order, limit: usize| -> Vec<char> {
        read.set(0);
        let fits = |_: &Memory| {
            read.set(read.get() + 1);
            true
        };
        let memories = store.first(order, limit, fits).unwrap();
        memories.iter().filter_map(|memory| memory.content.chars().next()).collect()
    };
    assert_eq!(first(Order::Updated, 9), ['a', 'g', 'b']);
    assert_eq!(first(Order::Created, 9), ['g', 'b', 'a']);
    assert_eq!(first(Order::Importance, 9), ['b', 'a', 'g']);
    for order in [Order::Updated, Order::Created, Order::Importance] {
        for limit in [0, 1, 2] {
            assert_eq!((first(order, limit).len(), read.get()), (limit, limit), "{order:?}");
        }
    }
    assert_eq!(store.first(Order::Updated, 1, |memory| memory.importance > 5).unwrap()[0].content, "beta second");
}
