//! The order of the lines does not matter, nor how often one is there: that is what makes a merge of lines one of memories.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use oqto_memory::{Memory, Store};
use oqto_protocol::agent_context::AgentContext;
use proptest::prelude::*;

/// A line of any kind about one of few memories at one of few instants, so that they meet.
fn line() -> impl Strategy<Value = String> {
    let kinds = prop_oneof!["memory\\.add", "memory\\.supersede", "memory\\.deprecate", "memory_supersede"];
    let fields = (kinds, 0..4_u8, 0..6_u8, proptest::option::of(0..4_u64), proptest::option::of("[ab]"), 0..60_u8);
    fields.prop_map(|(kind, memory, second, base, content, id)| {
        let content = content.map(|text| format!(r#","content":"{text}{id}""#)).unwrap_or_default();
        let base = base.map(|base| format!(r#","base_revision":{base}"#)).unwrap_or_default();
        format!(r#"{{"id":"evt_{id}","ts":"2026-01-01T00:00:0{second}Z","type":"{kind}","memory_id":"mem_{memory}"{content}{base}}}"#)
    })
}

/// Everything that is shown of a store of these lines.
fn shown(lines: &[String]) -> (Vec<Memory>, Vec<bool>) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join(".mmry")).unwrap();
    let path = folder.path().join(".mmry/mmry.jsonl");
    std::fs::write(&path, lines.join("\n")).unwrap();
    let store = Store::open(path, AgentContext::default()).unwrap();
    assert_eq!(store.damage().unwrap(), []);
    let removed = (0..4).map(|id| store.get(&format!("mem_{id}")).is_ok_and(|memory| !memory.active)).collect();
    (store.list().unwrap(), removed)
}

/// The same, read in two parts, as when a clone grows by what it pulls.
fn shown_in_parts(lines: &[String], first: usize) -> (Vec<Memory>, Vec<bool>) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join(".mmry")).unwrap();
    let path = folder.path().join(".mmry/mmry.jsonl");
    let first = first.min(lines.len());
    let mut text = lines[..first].iter().flat_map(|line| [line.as_str(), "\n"]).collect::<String>();
    std::fs::write(&path, &text).unwrap();
    let mut store = Store::open(&path, AgentContext::default()).unwrap();
    text.extend(lines[first..].iter().flat_map(|line| [line.as_str(), "\n"]));
    std::fs::write(&path, &text).unwrap();
    store.refresh().unwrap();
    let removed = (0..4).map(|id| store.get(&format!("mem_{id}")).is_ok_and(|memory| !memory.active)).collect();
    (store.list().unwrap(), removed)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_in_any_order_and_number_give_the_same_memories(
        (lines, shuffled) in proptest::collection::vec(line(), 1..14)
            .prop_flat_map(|lines| (Just(lines.clone()), Just(lines).prop_shuffle())),
        twice in 0..14_usize,
        first in 0..14_usize,
    ) {
        let expected = shown(&lines);
        prop_assert_eq!(&shown(&shuffled), &expected);
        let mut again = shuffled;
        again.extend(lines.get(twice).cloned());
        prop_assert_eq!(&shown(&again), &expected);
        prop_assert_eq!(&shown_in_parts(&again, first), &expected);
    }
}
