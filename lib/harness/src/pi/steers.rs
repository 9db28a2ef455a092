//! Steers between being sent and being part of the conversation.
//!
//! Pi's steering queue is shared with its extensions and survives an abort: what stays in it is said in the *next*
//! run. So the queue is mirrored, each place with the prompt of ours that it came from, and whatever is left when the
//! agent settles is taken back. Places are told apart by their order, never by their text, which Pi may expand.

use std::collections::VecDeque;

use oqto_protocol::ids::PromptId;
use serde::{Deserialize, Serialize};

use crate::adapter::Output;

use super::scribe::Scribe;
use super::state::State;

/// The steers of this child.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Steers {
    /// Sent, not answered; in order. `queued` once the queue has grown by it.
    sent: Vec<Sent>,
    /// Pi's queue; `None` for what an extension put there.
    queue: VecDeque<Option<PromptId>>,
    /// Taken out of the queue by Pi, but not yet seen as a message.
    leaving: VecDeque<Option<PromptId>>,
    /// Whether an emptied queue is still to be answered for.
    clearing: bool,
    /// Whether this Pi turned out not to know how to empty it.
    stuck: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct Sent {
    prompt: PromptId,
    queued: bool,
}

impl Steers {
    /// Whether an answer is outstanding that may still change the queue.
    pub(super) const fn is_unsettled(&self) -> bool {
        !self.sent.is_empty() || self.clearing
    }

    pub(super) fn sent(&mut self, prompt: PromptId) {
        self.sent.push(Sent { prompt, queued: false });
    }

    pub(super) const fn clear_sent(&mut self) {
        self.clearing = true;
    }

    /// Whether the queue can only be emptied by ending the child.
    pub(super) const fn is_stuck(&self) -> bool {
        self.stuck
    }

    /// `queue_update`: the queue has so many places now.
    pub(super) fn queue_is(&mut self, length: usize) {
        while self.queue.len() < length {
            let ours = self.sent.iter_mut().find(|sent| !sent.queued);
            self.queue.push_back(ours.map(|sent| {
                sent.queued = true;
                sent.prompt
            }));
        }
        while self.queue.len() > length {
            self.leaving.extend(self.queue.pop_front());
        }
    }

    /// Whose message a user message is that is not the prompt's own. Pi does not announce messages without text.
    fn delivered(&mut self) -> Option<PromptId> {
        self.leaving.pop_front().or_else(|| self.queue.pop_front()).flatten()
    }

    fn everything_left(&mut self) -> Vec<PromptId> {
        let leaving = std::mem::take(&mut self.leaving);
        let queue = self.queue.iter_mut().filter_map(Option::take);
        leaving.into_iter().flatten().chain(queue).collect()
    }

    fn everything_sent(&mut self) -> Vec<PromptId> {
        let unqueued = std::mem::take(&mut self.sent);
        let unqueued = unqueued.into_iter().filter(|sent| !sent.queued);
        unqueued.map(|sent| sent.prompt).collect()
    }
}

impl State {
    /// Whether this user message is one of our steers; says so if it is.
    pub(super) fn is_steer(&mut self, scribe: &mut Scribe<'_>) -> bool {
        let prompt = self.steers.delivered();
        if let Some(prompt) = prompt {
            scribe.put(Output::SteerDelivered { prompt });
        }
        prompt.is_some()
    }

    /// The answer to a steer.
    pub(super) fn steer_answered(&mut self, scribe: &mut Scribe<'_>, prompt: PromptId, refused: Option<String>) {
        let Some(place) = self.steers.sent.iter().position(|sent| sent.prompt == prompt) else {
            return;
        };
        let queued = self.steers.sent.remove(place).queued;
        match refused {
            Some(reason) => {
                scribe.put(Output::SteerReturned { prompt });
                self.tell_error(scribe, reason);
            }
            // An extension took it for itself: nothing more comes of it.
            None if !queued => scribe.put(Output::SteerDelivered { prompt }),
            None => {}
        }
        if self.turn.is_none() && !self.run.active {
            self.take_steers_back(scribe);
        }
    }

    /// The answer to `clear_queue`: so many were taken out, the last ones that left.
    pub(super) fn queue_cleared(&mut self, scribe: &mut Scribe<'_>, removed: usize) {
        self.steers.clearing = false;
        let kept = self.steers.leaving.len().saturating_sub(removed);
        for prompt in self.steers.leaving.split_off(kept).into_iter().flatten() {
            scribe.put(Output::SteerReturned { prompt });
        }
    }

    /// Some versions have no `clear_queue` yet.
    pub(super) fn queue_not_cleared(&mut self, scribe: &mut Scribe<'_>) {
        self.steers.clearing = false;
        self.steers.stuck = true;
        if self.turn.is_none() && !self.steers.queue.is_empty() {
            scribe.put(Output::NeedsRestart);
        }
    }

    /// The agent is idle: what is still queued would be said in the next run, so it is taken back.
    pub(super) fn take_steers_back(&mut self, scribe: &mut Scribe<'_>) {
        let stays_queued = !self.steers.queue.is_empty();
        for prompt in self.steers.everything_left() {
            scribe.put(Output::SteerReturned { prompt });
        }
        if stays_queued {
            self.empty_queue(scribe);
        }
    }

    /// The child is gone.
    pub(super) fn give_steers_back(&mut self, scribe: &mut Scribe<'_>) {
        let mut left = self.steers.everything_left();
        left.extend(self.steers.everything_sent());
        for prompt in left {
            scribe.put(Output::SteerReturned { prompt });
        }
        self.steers = Steers::default();
    }
}
