//! What a script has set going and must be waited for: turns, prompts in a queue, questions that nobody has answered.

use std::collections::{HashMap, VecDeque};

use oqto_protocol::command::Prompted;
use oqto_protocol::entry::{InputRequested, LogEvent, TurnEnd, TurnStarted};
use oqto_protocol::ids::{InputId, PromptId, SessionId, TurnId};

/// Beginnings and ends that are remembered, since an event may come before the reply that says whose it is.
const REMEMBERED: usize = 256;

/// How something that the script has set going has ended, when it did not end well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Failed;

/// What runs on behalf of a script.
#[derive(Debug, Default)]
pub(super) struct Running {
    turns: HashMap<TurnId, SessionId>,
    prompts: HashMap<PromptId, SessionId>,
    questions: Vec<(SessionId, InputId)>,
    begun: VecDeque<(PromptId, TurnId)>,
    ended: VecDeque<(TurnId, TurnEnd)>,
}

impl Running {
    pub(super) fn is_empty(&self) -> bool {
        self.turns.is_empty() && self.prompts.is_empty()
    }

    /// Questions that are open.
    pub(super) fn questions(&self) -> Vec<(SessionId, InputId)> {
        self.questions.clone()
    }

    /// A prompt of the script was taken.
    pub(super) fn prompted(&mut self, session: SessionId, prompted: &Prompted) -> Option<Failed> {
        let begun = |prompt| self.begun.iter().find(|(begun, _)| *begun == prompt).map(|(_, turn)| *turn);
        match (prompted.turn.or_else(|| prompted.prompt.and_then(begun)), prompted.prompt) {
            (Some(turn), _) => match self.ended.iter().find(|(ended, _)| *ended == turn) {
                Some((_, end)) => failed(*end),
                None => {
                    self.turns.insert(turn, session);
                    None
                }
            },
            (None, Some(prompt)) => {
                self.prompts.insert(prompt, session);
                None
            }
            (None, None) => None,
        }
    }

    /// Nothing more is heard of a session: says whether something of it was waited for.
    pub(super) fn forget(&mut self, session: SessionId) -> Option<Failed> {
        let before = self.turns.len() + self.prompts.len();
        self.turns.retain(|_, of| *of != session);
        self.prompts.retain(|_, of| *of != session);
        self.questions.retain(|(of, _)| *of != session);
        (self.turns.len() + self.prompts.len() < before).then_some(Failed)
    }

    /// Follows the log of a session.
    pub(super) fn note(&mut self, session: SessionId, event: &LogEvent) -> Option<Failed> {
        match event {
            LogEvent::TurnStarted(started) => {
                self.started(session, started);
                None
            }
            LogEvent::TurnEnded(ended) => {
                remember(&mut self.ended, (ended.turn, ended.reason));
                self.turns.remove(&ended.turn).and_then(|_| failed(ended.reason))
            }
            LogEvent::Message(entry) => {
                if let Some(prompt) = entry.message.prompt {
                    self.prompts.remove(&prompt);
                }
                None
            }
            LogEvent::PromptCancelled(cancelled) => {
                self.prompts.remove(&cancelled.prompt);
                None
            }
            LogEvent::PromptQueued(queued) => {
                (queued.held && self.prompts.remove(&queued.prompt).is_some()).then_some(Failed)
            }
            LogEvent::InputRequested(InputRequested { request, .. }) => {
                self.questions.push((session, request.id));
                None
            }
            LogEvent::InputResolved(resolved) => {
                self.questions.retain(|(_, input)| *input != resolved.request_id);
                None
            }
            LogEvent::SessionCreated(_)
            | LogEvent::SessionRenamed(_)
            | LogEvent::SessionRewound(_)
            | LogEvent::SessionResumed(_)
            | LogEvent::ConfigChanged(_)
            | LogEvent::BudgetChanged(_)
            | LogEvent::ContextCompacted(_)
            | LogEvent::SessionForked(_)
            | LogEvent::HarnessBound(_)
            | LogEvent::SessionClosed(_) => None,
        }
    }

    fn started(&mut self, session: SessionId, started: &TurnStarted) {
        let Some(prompt) = started.prompt else { return };
        remember(&mut self.begun, (prompt, started.turn));
        if self.prompts.remove(&prompt).is_some() {
            self.turns.insert(started.turn, session);
        }
    }
}

fn remember<T>(all: &mut VecDeque<T>, one: T) {
    if all.len() == REMEMBERED {
        all.pop_front();
    }
    all.push_back(one);
}

const fn failed(end: TurnEnd) -> Option<Failed> {
    match end {
        TurnEnd::Error | TurnEnd::Crashed => Some(Failed),
        TurnEnd::Done | TurnEnd::Aborted => None,
    }
}
