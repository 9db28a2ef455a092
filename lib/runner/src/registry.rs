//! Which sessions there are, and the list that is watched: every change raises the revision by one, and a watcher asks
//! for what changed since the revision it has. Nothing is queued for a slow watcher, so nothing can be lost.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use oqto_protocol::command::SessionList;
use oqto_protocol::ids::SessionId;
use oqto_protocol::session::SessionInfo;
use tokio::sync::watch;

use crate::session::SessionHandle;

/// How many removals are remembered for watchers that are behind; one that is further behind starts again.
const TOMBSTONES: usize = 4096;

/// A change of the list.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A row is new or different.
    Changed(u64, Box<SessionInfo>),
    /// A row is gone.
    Removed(u64, SessionId),
}

#[derive(Debug, Default)]
struct State {
    revision: u64,
    rows: HashMap<SessionId, (u64, SessionInfo)>,
    by_revision: BTreeMap<u64, SessionId>,
    removed: BTreeMap<u64, SessionId>,
    actors: HashMap<SessionId, SessionHandle>,
}

/// The sessions of a runner.
#[derive(Debug)]
pub struct Registry {
    state: Mutex<State>,
    revision: watch::Sender<u64>,
}

impl Default for Registry {
    fn default() -> Self {
        Self { state: Mutex::default(), revision: watch::Sender::new(0) }
    }
}

impl Registry {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets a row. Does nothing when it is the same.
    pub fn update(&self, info: SessionInfo) {
        let mut state = self.state();
        if let Some((revision, row)) = state.rows.get(&info.id) {
            if *row == info {
                return;
            }
            let old = *revision;
            state.by_revision.remove(&old);
        }
        state.revision += 1;
        let revision = state.revision;
        state.by_revision.insert(revision, info.id);
        state.rows.insert(info.id, (revision, info));
        drop(state);
        self.revision.send_replace(revision);
    }

    /// Takes a row away, with its actor.
    pub fn remove(&self, session: SessionId) {
        let mut state = self.state();
        state.actors.remove(&session);
        let Some((old, _)) = state.rows.remove(&session) else { return };
        state.by_revision.remove(&old);
        state.revision += 1;
        let revision = state.revision;
        state.removed.insert(revision, session);
        while state.removed.len() > TOMBSTONES {
            state.removed.pop_first();
        }
        drop(state);
        self.revision.send_replace(revision);
    }

    /// One row.
    #[must_use]
    pub fn get(&self, session: SessionId) -> Option<SessionInfo> {
        self.state().rows.get(&session).map(|(_, row)| row.clone())
    }

    /// The rows that a list asks for, newest first, with the revision they are of.
    #[must_use]
    pub fn list(&self, filter: &SessionList) -> (u64, Vec<SessionInfo>) {
        let state = self.state();
        let query = filter.query.as_ref().map(|query| query.to_lowercase());
        let mut rows: Vec<SessionInfo> = state
            .rows
            .values()
            .map(|(_, row)| row)
            .filter(|row| filter.workspace.as_ref().is_none_or(|workspace| *workspace == row.workspace))
            .filter(|row| {
                query.as_ref().is_none_or(|query| {
                    row.title.to_lowercase().contains(query)
                        || row.workspace.to_lowercase().contains(query)
                        || row.id.to_string().contains(query.as_str())
                })
            })
            .cloned()
            .collect();
        rows.sort_by(|a, b| b.updated_at.cmp(&a.updated_at).then_with(|| b.id.cmp(&a.id)));
        rows.truncate(filter.limit.unwrap_or(1000).clamp(1, 10_000) as usize);
        (state.revision, rows)
    }

    /// What changed after a revision, in order, and the revision that this leads to.
    #[must_use]
    pub fn since(&self, revision: u64) -> (u64, Vec<Change>) {
        let state = self.state();
        let changed = state.by_revision.range(revision + 1..).filter_map(|(at, id)| {
            state.rows.get(id).map(|(_, row)| (*at, Change::Changed(*at, Box::new(row.clone()))))
        });
        let removed = state.removed.range(revision + 1..).map(|(at, id)| (*at, Change::Removed(*at, *id)));
        let mut changes: Vec<(u64, Change)> = changed.chain(removed).collect();
        changes.sort_by_key(|(at, _)| *at);
        (state.revision, changes.into_iter().map(|(_, change)| change).collect())
    }

    /// Wakes with every change.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.revision.subscribe()
    }

    /// The actor of a session, where one runs.
    #[must_use]
    pub fn actor(&self, session: SessionId) -> Option<SessionHandle> {
        self.state().actors.get(&session).cloned()
    }

    /// All actors.
    #[must_use]
    pub fn actors(&self) -> Vec<SessionHandle> {
        self.state().actors.values().cloned().collect()
    }

    /// The actor of a session, or the one that `start` makes: never two for one session.
    pub fn actor_or(&self, session: SessionId, start: impl FnOnce() -> SessionHandle) -> SessionHandle {
        self.state().actors.entry(session).or_insert_with(start).clone()
    }

    /// Forgets an actor that has ended; the row stays.
    pub fn forget_actor(&self, session: SessionId) {
        self.state().actors.remove(&session);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oqto_protocol::session::SessionState;

    fn row(id: SessionId, title: &str) -> SessionInfo {
        SessionInfo {
            id,
            runner: "local".into(),
            title: title.into(),
            workspace: "/w".into(),
            harness: "pi".into(),
            state: SessionState::Idle,
            model: None,
            provider: None,
            head: 1,
            created_at: 1,
            updated_at: 1,
            last_turn: None,
            open_inputs: 0,
            parent: None,
        }
    }

    #[test]
    fn a_watcher_that_was_away_gets_each_change_once_and_in_order() {
        let registry = Registry::default();
        let (a, b) = (SessionId::mint(), SessionId::mint());
        registry.update(row(a, "a"));
        let (revision, rows) = registry.list(&SessionList::default());
        assert_eq!((revision, rows.len()), (1, 1));
        registry.update(row(b, "b"));
        registry.update(row(a, "a2"));
        registry.update(row(a, "a3"));
        registry.update(row(a, "a3"));
        registry.remove(b);
        let (now, changes) = registry.since(revision);
        assert_eq!(now, 5);
        assert_eq!(changes, [Change::Changed(4, Box::new(row(a, "a3"))), Change::Removed(5, b)]);
        assert_eq!(registry.since(now), (5, vec![]));
    }
}
