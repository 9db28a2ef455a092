//! From the events of one memory to what it is now.
//!
//! Nobody wins by being last: a change that was made without knowing of another one leaves the memory contested, and
//! visible, until somebody changes it knowingly.

use serde_json::Value;

use crate::event::{Event, Kind};
use crate::memory::{IMPORTANCE, Memory};

/// An event and what is known about its id.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// When, in nanoseconds since 1970.
    pub time: i128,
    /// What.
    pub event: Event,
    /// Whether another event has the same id.
    pub disputed: bool,
}

/// Folds the events of one memory, in any order. `None` when it was never made.
#[must_use]
pub fn fold(mut told: Vec<Told>) -> Option<Memory> {
    told.sort_by(|a, b| (a.time, &a.event.id).cmp(&(b.time, &b.event.id)));
    let mut memory: Option<Memory> = None;
    let mut removed_before = false;
    for Told { event, disputed, .. } in told {
        match (&mut memory, event.kind) {
            (None, Kind::Add) => memory = Some(Memory { active: !removed_before, ..made(event) }),
            (Some(memory), Kind::Add) => memory.contested = true,
            (None, Kind::Deprecate) => removed_before = true,
            (None, Kind::Supersede) => {}
            (Some(memory), Kind::Supersede | Kind::Deprecate) => change(memory, event),
        }
        if let Some(memory) = memory.as_mut().filter(|_| disputed) {
            memory.contested = true;
        }
    }
    memory
}

fn made(event: Event) -> Memory {
    Memory {
        category: category(&event.metadata),
        importance: importance(&event.metadata).unwrap_or(IMPORTANCE),
        memory_id: event.memory_id,
        content: event.content.unwrap_or_default(),
        memory_type: event.memory_type.unwrap_or_else(|| "semantic".into()),
        tags: event.tags.unwrap_or_default(),
        created_at: event.ts.clone(),
        updated_at: event.ts,
        revision: 1,
        contested: false,
        active: true,
        expires_at: event.expires_at.flatten(),
        machine: event.machine,
        recorded_scope: event.scope,
        source: event.source,
        why: event.why,
        metadata: event.metadata,
        agent_ctx: event.agent_ctx,
    }
}

fn change(memory: &mut Memory, event: Event) {
    let concurrent = event.base_revision.is_some_and(|base| base < memory.revision);
    memory.revision += 1;
    memory.contested = concurrent;
    memory.updated_at.clone_from(&event.ts);
    match (event.kind, &event.content) {
        (Kind::Supersede, Some(_)) => replace(memory, event),
        // A removal that did not know of the last change keeps it visible.
        (Kind::Supersede | Kind::Deprecate, _) if concurrent && memory.active => {}
        (Kind::Supersede | Kind::Deprecate | Kind::Add, _) => memory.active = false,
    }
}

fn replace(memory: &mut Memory, event: Event) {
    memory.active = true;
    memory.content = event.content.unwrap_or_default();
    memory.memory_type = event.memory_type.unwrap_or_else(|| memory.memory_type.clone());
    memory.tags = event.tags.unwrap_or_else(|| memory.tags.clone());
    memory.expires_at = event.expires_at.unwrap_or_else(|| memory.expires_at.clone());
    memory.why = event.why.or_else(|| memory.why.clone());
    memory.source = event.source.or_else(|| memory.source.clone());
    if let (Value::Object(known), Value::Object(new)) = (&mut memory.metadata, event.metadata) {
        known.extend(new);
    }
    memory.category = category(&memory.metadata);
    memory.importance = importance(&memory.metadata).unwrap_or(IMPORTANCE);
}

fn category(metadata: &Value) -> Option<String> {
    metadata.get("category")?.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn importance(metadata: &Value) -> Option<u8> {
    let told = metadata.get("importance")?.as_u64()?;
    u8::try_from(told.clamp(1, 10)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn event(kind: Kind, second: i64, content: Option<&str>, base: Option<u64>) -> Told {
        let ts = Timestamp::from_second(second).unwrap();
        let mut event = Event::new(kind, format!("evt_{second}"), ts, "mem_1".into());
        event.content = content.map(str::to_owned);
        event.base_revision = base;
        Told { time: ts.as_nanosecond(), event, disputed: false }
    }

    #[test]
    fn the_order_of_the_lines_does_not_matter_and_a_correction_replaces() {
        let mut events = vec![
            event(Kind::Add, 1, Some("old"), None),
            event(Kind::Supersede, 2, Some("new"), Some(1)),
            event(Kind::Supersede, 3, Some("newest"), Some(2)),
        ];
        let memory = fold(events.clone()).unwrap();
        assert_eq!((memory.content.as_str(), memory.revision, memory.contested), ("newest", 3, false));
        events.reverse();
        assert_eq!(fold(events).unwrap(), memory);
    }

    #[test]
    fn what_was_changed_without_knowing_stays_visible_and_contested_until_somebody_decides() {
        let mut events = vec![
            event(Kind::Add, 1, Some("a"), None),
            event(Kind::Supersede, 2, Some("b"), Some(1)),
            event(Kind::Deprecate, 3, None, Some(1)),
        ];
        let memory = fold(events.clone()).unwrap();
        assert_eq!((memory.content.as_str(), memory.active, memory.contested, memory.revision), ("b", true, true, 3));
        events.push(event(Kind::Deprecate, 4, None, Some(3)));
        let memory = fold(events).unwrap();
        assert_eq!((memory.active, memory.contested), (false, false));
    }

    #[test]
    fn a_change_of_a_removed_memory_that_did_not_know_brings_it_back_contested() {
        let events = vec![
            event(Kind::Add, 1, Some("a"), None),
            event(Kind::Deprecate, 2, None, Some(1)),
            event(Kind::Supersede, 3, Some("b"), Some(1)),
        ];
        let memory = fold(events).unwrap();
        assert_eq!((memory.content.as_str(), memory.active, memory.contested), ("b", true, true));
    }

    #[test]
    fn skewed_clocks() {
        let early = vec![event(Kind::Deprecate, 1, None, Some(1)), event(Kind::Add, 2, Some("a"), None)];
        assert!(!fold(early).unwrap().active);
        let early = vec![event(Kind::Supersede, 1, Some("b"), None), event(Kind::Add, 2, Some("a"), None)];
        assert_eq!(fold(early).unwrap().content, "a");
        assert_eq!(fold(vec![event(Kind::Supersede, 1, Some("b"), None)]), None);
    }

    #[test]
    fn a_second_add_and_a_disputed_id_are_contested() {
        let twice = vec![event(Kind::Add, 1, Some("a"), None), event(Kind::Add, 2, Some("b"), None)];
        let memory = fold(twice).unwrap();
        assert_eq!((memory.content.as_str(), memory.contested, memory.revision), ("a", true, 1));
        let disputed = Told { disputed: true, ..event(Kind::Add, 1, Some("a"), None) };
        assert!(fold(vec![disputed]).unwrap().contested);
    }
}
