//! The change that is being made: what is in the store, and the events so far.

mod claims;
mod create;
mod fields;
mod links;

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

use super::Store;
use crate::error::{IssueError, Result};
use crate::event::{Change, Event};
use crate::issue::{Issue, Status};
use crate::{id, shape, time};

/// What is in the store, and the events so far.
pub(super) struct Plan<'a> {
    store: &'a Store,
    events: Vec<Event>,
    /// New issues by id, so that a batch can speak of itself.
    fresh: Vec<String>,
    latest: HashMap<String, i64>,
    children: BTreeMap<String, u64>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(store: &'a Store) -> Self {
        Self { store, events: Vec::new(), fresh: Vec::new(), latest: HashMap::new(), children: BTreeMap::new() }
    }

    pub(super) fn into_events(self) -> Vec<Event> {
        self.events
    }

    /// A time after everything that is known of the issue, so that clocks that disagree cannot lose a change.
    fn now(&mut self, id: &str) -> Result<i64> {
        let known = match self.latest.get(id) {
            Some(at) => *at,
            None => shape::load(self.store.db(), id)?.map_or(0, |state| state.last()),
        };
        let now = (self.store.source.now)().max(known.saturating_add(1));
        self.latest.insert(id.to_owned(), now);
        Ok(now)
    }

    fn event(&mut self, id: &str, action: &str, mut changes: Vec<Change>) -> Result<()> {
        let who = &self.store.who;
        let sessions: Vec<Value> =
            [&who.platform_session_id, &who.harness_session_id].into_iter().flatten().map(|id| json!(id)).collect();
        if !sessions.is_empty() {
            changes.push(Change::add("sessions", sessions));
        }
        let event = Event {
            id: format!("evt_{}", id::letters(&self.store.source)?),
            issue_id: id.to_owned(),
            action: action.to_owned(),
            timestamp: time::written(self.now(id)?),
            changes,
            ..Event::default()
        };
        self.events.push(event.signed(&self.store.who));
        Ok(())
    }

    fn issue(&self, typed: &str) -> Result<Issue> {
        self.store.issue(&self.store.resolve(typed)?)
    }

    /// An issue that is not deleted.
    fn live(&self, typed: &str) -> Result<Issue> {
        let issue = self.issue(typed)?;
        if issue.status == Status::Tombstone {
            return Err(IssueError::invalid(format!("{} is deleted; reopen it first", issue.id)));
        }
        Ok(issue)
    }

    pub(super) fn each(
        &mut self,
        typed: &[String],
        mut act: impl FnMut(&mut Self, &Issue) -> Result<()>,
    ) -> Result<Vec<String>> {
        let mut ids = Vec::new();
        for typed in typed {
            let issue = self.issue(typed)?;
            if !ids.contains(&issue.id) {
                act(self, &issue)?;
                ids.push(issue.id);
            }
        }
        Ok(ids)
    }
}
