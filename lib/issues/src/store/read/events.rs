//! What happened.

use std::collections::BTreeMap;

use oqto_store::ledger::{Position, Verdict};

use crate::error::Result;
use crate::event::Event;
use crate::{Store, shape, time};

impl Store {
    /// Events of the log, oldest first, each once; `wanted` says which.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn events(&self, mut wanted: impl FnMut(&Event) -> bool) -> Result<Vec<Event>> {
        let mut found: BTreeMap<(i64, String, usize), Event> = BTreeMap::new();
        self.ledger().read(Position::START, |line| {
            // What cannot be read is told as damage when the store is opened.
            let events = shape::parse(line.text).ok().into_iter().flat_map(Event::together);
            for (place, event) in events.enumerate().filter(|(_, event)| wanted(event)) {
                if let Some(at) = time::nanoseconds(&event.timestamp) {
                    found.insert((at, event.id.clone(), place), event);
                }
            }
            Verdict::Good
        })?;
        Ok(found.into_values().collect())
    }
}
