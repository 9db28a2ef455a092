//! Lines on their way to the database.

use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use oqto_store::error::StoreError;
use tokio::sync::Notify;

use super::PATIENCE;
use super::journal::{Entry, Journal};
use super::writing::{Begun, Line, Settled};

/// Requests whose use is not in the database yet; more wait.
const MOST: usize = 8192;

/// How long a group gathers: what was used is in the database, synced, so much later and not more.
const GATHERING: Duration = Duration::from_millis(50);

/// How often it is looked for lines after the last ones; then whoever has one says so.
const LOOKS: u32 = 20;

/// The queue is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Full;

pub(super) struct Queue {
    state: Mutex<State>,
    /// There is something to write, after there was nothing.
    more: Notify,
    /// Somebody waits for what is there to be written.
    hurry: Notify,
    /// A place became free.
    room: Notify,
}

struct State {
    lines: Vec<Line>,
    /// Whoever writes them looks by itself, and need not be woken.
    is_looked_at: bool,
    /// Places that are held for uses.
    promised: usize,
    journal: Journal,
}

/// A place for what a request will have used: it can be written down whatever ends it.
pub(super) struct Settlement(Arc<Queue>);

impl std::fmt::Debug for Settlement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Settlement")
    }
}

impl Queue {
    pub(super) fn open(database: &Path) -> Result<Arc<Self>, StoreError> {
        let state = State { lines: Vec::new(), is_looked_at: false, promised: 0, journal: Journal::open(database)? };
        let [more, hurry, room] = std::array::from_fn(|_| Notify::new());
        Ok(Arc::new(Self { state: Mutex::new(state), more, hurry, room }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn try_settlement(self: &Arc<Self>) -> Option<Settlement> {
        let mut state = self.state();
        if state.lines.len() + state.promised >= MOST {
            return None;
        }
        state.promised += 1;
        Some(Settlement(Arc::clone(self)))
    }

    /// A place; waited for when there is none, and not for long.
    pub(super) async fn settlement(self: &Arc<Self>) -> Result<Settlement, Full> {
        if let Some(settlement) = self.try_settlement() {
            return Ok(settlement);
        }
        let waiting = async {
            loop {
                let room = self.room.notified();
                if let Some(settlement) = self.try_settlement() {
                    return settlement;
                }
                room.await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.map_err(|_| Full)
    }

    /// Puts a line there that nothing depends on after a crash.
    pub(super) fn send(&self, line: Line) {
        let hurries = matches!(line, Line::Flush(_) | Line::End);
        self.push(&mut self.state(), line);
        if hurries {
            self.hurry.notify_one();
        }
    }

    /// The same where there is room for it.
    pub(super) fn try_send(&self, line: Line) -> Result<(), Full> {
        let mut state = self.state();
        if state.lines.len() + state.promised >= MOST {
            return Err(Full);
        }
        self.push(&mut state, line);
        Ok(())
    }

    fn push(&self, state: &mut State, line: Line) {
        state.lines.push(line);
        // Waking a thread takes longer than all else that is done here.
        if state.lines.len() == 1 && !state.is_looked_at {
            self.more.notify_one();
        }
    }

    /// The next group: whatever gathered within a short while, or until somebody waits for it.
    pub(super) async fn group(&self) -> Vec<Line> {
        let mut looks = 0;
        loop {
            if !self.state().is_looked_at {
                self.more.notified().await;
            }
            let _ = tokio::time::timeout(GATHERING, self.hurry.notified()).await;
            let mut state = self.state();
            if !state.lines.is_empty() {
                state.is_looked_at = true;
                state.journal.turn();
                return std::mem::take(&mut state.lines);
            }
            looks += 1;
            state.is_looked_at = looks < LOOKS;
        }
    }

    /// The last group is in the database.
    pub(super) fn written(&self) {
        if let Err(error) = self.state().journal.forget() {
            tracing::warn!(%error, "requests on their way cannot be forgotten where they are noted");
        }
        self.room.notify_waiters();
    }

    /// Waits until every request that has a place is settled; not for long.
    pub(super) async fn settled(&self, patience: Duration) {
        let settled = async {
            loop {
                let room = self.room.notified();
                if self.state().promised == 0 {
                    return;
                }
                room.await;
            }
        };
        let _ = tokio::time::timeout(patience, settled).await;
    }
}

impl Settlement {
    /// Notes that the request goes out. A failure is one of the disk.
    pub(super) fn begin(&self, begun: Begun) -> io::Result<()> {
        let entry = Entry::Begun(&begun).bytes();
        let mut state = self.0.state();
        state.journal.append(&entry)?;
        self.0.push(&mut state, Line::Begun(Box::new(begun)));
        Ok(())
    }

    /// Notes what it used.
    pub(super) fn settle(self, settled: Settled) {
        let entry = Entry::Settled(&settled).bytes();
        let mut state = self.0.state();
        if let Err(error) = state.journal.append(&entry) {
            tracing::error!(%error, "what was used is noted in memory alone until the database has it");
        }
        self.0.push(&mut state, Line::Settled(Box::new(settled)));
    }
}

impl Drop for Settlement {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.promised -= 1;
        let was_full = state.promised == 0 || state.lines.len() + state.promised + 1 >= MOST;
        drop(state);
        if was_full {
            self.0.room.notify_waiters();
        }
    }
}
