//! Which runner owns which session: remembered softly, and asked for again when it was forgotten.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// More than this is forgotten at once; it costs one question a session to learn again.
const MOST_SESSIONS: usize = 20_000;

/// Sessions with the place of their runner in the list.
#[derive(Debug, Default)]
pub(crate) struct Routes {
    known: RwLock<HashMap<Box<str>, usize>>,
}

impl Routes {
    pub(crate) fn of(&self, session: &str) -> Option<usize> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).get(session).copied()
    }

    pub(crate) fn learn(&self, session: &str, runner: usize) {
        if self.of(session) == Some(runner) {
            return;
        }
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_SESSIONS {
            known.clear();
        }
        known.insert(session.into(), runner);
    }

    pub(crate) fn forget(&self, session: &str) {
        self.known.write().unwrap_or_else(PoisonError::into_inner).remove(session);
    }
}
