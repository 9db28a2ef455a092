//! Durable before visible. Everything a session produces goes through here in one order; an entry is shown when the
//! history has acknowledged it, and whatever comes after it waits behind it. Entries that gather while an append is on
//! its way go with the next one.

use std::collections::VecDeque;

use bytes::Bytes;
use oqto_harness::adapter::Outgoing;
use oqto_history::model::{Append, Checkpoint, NewEntry, Outcome};
use oqto_protocol::entry::LogEvent;
use oqto_protocol::error::WireError;
use oqto_protocol::ids::{EntryId, TurnId};
use oqto_protocol::live::LiveEvent;
use oqto_protocol::raw::RawJson;
use tokio::sync::oneshot;

use super::{Answer, ForkPlan, Replier};

/// The most entries of one append.
const BATCH_ENTRIES: usize = 256;
/// The most bytes of one append, beyond its first entry.
const BATCH_BYTES: usize = 4 << 20;

/// An entry on its way into the log.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Appending is idempotent by it.
    pub id: EntryId,
    /// The number it will have: the runner is the only writer.
    pub seq: u64,
    /// Unix milliseconds.
    pub ts: u64,
    /// The fact.
    pub event: LogEvent,
    /// Its payload as it is kept.
    pub data: RawJson,
    /// The key of the command behind it, with what that answers.
    pub outcome: Option<(String, RawJson)>,
}

/// Something that happens when everything before it is durable.
#[derive(Debug)]
pub enum Deed {
    /// Goes to the harness.
    Send(Vec<Outgoing>),
    /// The prompt of a turn goes to the harness, as soon as that is ready.
    SendPrompt(TurnId),
    /// Answers.
    Reply(Replier, Answer),
    /// Says what a fork before a user message would take over, of what is durable.
    PlanFork(Option<u64>, oneshot::Sender<Result<ForkPlan, WireError>>),
    /// The journal before this record is not needed any more.
    Trim {
        /// Which start of the harness.
        start: String,
        /// The first record that is still needed.
        position: u64,
    },
    /// The holder of a start has been read to its end and can go.
    Release {
        /// Which start of the harness.
        start: String,
        /// It, as far as it is attached to.
        holder: Option<oqto_process::Holder>,
    },
}

/// One thing in its place in the order.
#[derive(Debug)]
pub enum Item {
    /// A durable fact.
    Entry(Box<Draft>),
    /// Something to show.
    Live(u64, LiveEvent),
    /// Something to do.
    Deed(Deed),
    /// How far the journal is folded, with the state then.
    Checkpoint(Checkpoint),
}

/// What is on its way, in order.
#[derive(Debug, Default)]
pub struct Outbox {
    items: VecDeque<Item>,
    in_flight: usize,
}

/// What of the front is ready.
#[derive(Debug)]
pub enum Front {
    /// Nothing is left.
    Empty,
    /// This can be shown or done now.
    Ready(Item),
    /// An append must come first; one is on its way if `true`.
    Blocked(bool),
}

impl Outbox {
    /// Puts something at the end.
    pub fn push(&mut self, item: Item) {
        self.items.push_back(item);
    }

    /// How many things wait.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether nothing waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Takes what needs no append from the front.
    pub fn take_ready(&mut self) -> Front {
        match self.items.front() {
            None => Front::Empty,
            Some(Item::Entry(_) | Item::Checkpoint(_)) => Front::Blocked(self.in_flight > 0),
            Some(Item::Live(..) | Item::Deed(_)) => self.items.pop_front().map_or(Front::Empty, Front::Ready),
        }
    }

    /// The next append: the entries at the front, as many as go together.
    pub fn batch(&mut self) -> Vec<Draft> {
        let mut drafts: Vec<Draft> = Vec::new();
        let mut bytes = 0;
        self.in_flight = 0;
        for (place, item) in self.items.iter().enumerate() {
            match item {
                Item::Entry(draft) => {
                    bytes += draft.data.get().len();
                    if !drafts.is_empty() && (bytes > BATCH_BYTES || drafts.len() == BATCH_ENTRIES) {
                        break;
                    }
                    drafts.push((**draft).clone());
                    self.in_flight = place + 1;
                    if draft.outcome.is_some() {
                        break;
                    }
                }
                Item::Checkpoint(_) => {
                    self.in_flight = place + 1;
                    break;
                }
                Item::Live(..) | Item::Deed(_) => {}
            }
        }
        drafts
    }

    /// The checkpoint that goes with the append on its way.
    #[must_use]
    pub fn checkpoint(&self) -> Option<Checkpoint> {
        match self.in_flight.checked_sub(1).and_then(|last| self.items.get(last)) {
            Some(Item::Checkpoint(checkpoint)) => Some(checkpoint.clone()),
            Some(Item::Entry(_) | Item::Live(..) | Item::Deed(_)) | None => None,
        }
    }

    /// The append has been acknowledged: everything up to its end, in order.
    pub fn acknowledged(&mut self) -> Vec<Item> {
        let done = self.in_flight;
        self.in_flight = 0;
        self.items.drain(..done).collect()
    }

    /// The append has failed and will be tried again.
    pub const fn failed(&mut self) {
        self.in_flight = 0;
    }

    /// Takes the deeds out that match, wherever they wait.
    pub fn withdraw(&mut self, matches: impl Fn(&Deed) -> bool) -> Vec<Deed> {
        let mut taken = Vec::new();
        let mut kept = VecDeque::with_capacity(self.items.len());
        for (place, item) in std::mem::take(&mut self.items).into_iter().enumerate() {
            match item {
                Item::Deed(deed) if matches(&deed) => {
                    if place < self.in_flight {
                        self.in_flight -= 1;
                    }
                    taken.push(deed);
                }
                item @ (Item::Entry(_) | Item::Live(..) | Item::Deed(_) | Item::Checkpoint(_)) => kept.push_back(item),
            }
        }
        self.items = kept;
        taken
    }
}

/// The append of a batch.
#[must_use]
pub fn append(conversation: String, log: String, drafts: &[Draft], checkpoint: Option<Checkpoint>) -> Append {
    let entries = drafts
        .iter()
        .map(|draft| NewEntry {
            id: draft.id.to_string(),
            ts: i64::try_from(draft.ts).unwrap_or(i64::MAX),
            event: draft.event.name().to_owned(),
            data: Bytes::copy_from_slice(draft.data.get().as_bytes()),
        })
        .collect();
    let outcome = drafts.iter().find_map(|draft| draft.outcome.as_ref()).map(|(client_id, reply)| Outcome {
        client_id: client_id.clone(),
        reply: Bytes::copy_from_slice(reply.get().as_bytes()),
    });
    Append { conversation, entries, checkpoint, outcome, patch: None, log: Some(log) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oqto_protocol::entry::{Origin, SessionRenamed};
    use oqto_protocol::live::Empty;

    fn entry(seq: u64, outcome: Option<&str>) -> Item {
        let event = LogEvent::SessionRenamed(SessionRenamed { title: seq.to_string(), by: Origin::Person });
        let data = event.data().unwrap();
        let outcome = outcome.map(|key| (key.to_owned(), RawJson::of(&seq).unwrap()));
        Item::Entry(Box::new(Draft { id: EntryId::mint(), seq, ts: 1, event, data, outcome }))
    }

    fn live() -> Item {
        Item::Live(1, LiveEvent::AgentIdle(Empty {}))
    }

    #[test]
    fn live_events_pass_only_when_nothing_durable_is_before_them() {
        let mut outbox = Outbox::default();
        outbox.push(live());
        outbox.push(entry(1, None));
        outbox.push(live());
        assert!(matches!(outbox.take_ready(), Front::Ready(Item::Live(..))));
        assert!(matches!(outbox.take_ready(), Front::Blocked(false)));
        assert_eq!(outbox.batch().len(), 1);
        outbox.push(entry(2, None));
        assert!(matches!(outbox.take_ready(), Front::Blocked(true)));
        assert!(matches!(outbox.acknowledged().as_slice(), [Item::Entry(draft)] if draft.seq == 1));
        assert!(matches!(outbox.take_ready(), Front::Ready(Item::Live(..))));
        assert!(matches!(outbox.take_ready(), Front::Blocked(false)));
    }

    #[test]
    fn a_batch_ends_at_an_outcome_and_takes_a_checkpoint_with_it() {
        let mut outbox = Outbox::default();
        for item in [entry(1, None), live(), entry(2, Some("k")), entry(3, None)] {
            outbox.push(item);
        }
        outbox.push(Item::Checkpoint(Checkpoint { position: 9, state: Bytes::new() }));
        assert_eq!(outbox.batch().iter().map(|draft| draft.seq).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(outbox.checkpoint(), None);
        assert_eq!(outbox.acknowledged().len(), 3);
        assert_eq!(outbox.batch().len(), 1);
        assert_eq!(outbox.checkpoint().map(|checkpoint| checkpoint.position), Some(9));
        outbox.failed();
        assert_eq!(outbox.batch().len(), 1, "a failed append is tried again whole");
        assert_eq!(outbox.acknowledged().len(), 2);
        assert!(outbox.is_empty());
    }
}
