//! What must be true of every log, whatever happened.

use std::collections::BTreeMap;

use oqto_protocol::entry::LogEvent;
use oqto_protocol::message::{Part, Role};

use crate::reader::Entry;

/// Everything that is wrong with a log; `settled` is when no turn runs and no process is being replaced.
pub fn problems(entries: &[Entry]) -> Vec<String> {
    let mut audit = Audit::default();
    for (entry, expected) in entries.iter().zip(1..) {
        if entry.seq != expected {
            audit.say(format!("entry {} stands at place {expected}", entry.seq));
        }
        match &entry.event {
            Some(event) => audit.event(entry.seq, event),
            None => audit.say(format!("entry {} is unknown: {}", entry.seq, entry.data)),
        }
    }
    audit.finish()
}

#[derive(Default)]
struct Audit {
    problems: Vec<String>,
    /// Turn → how often it ended.
    turns: BTreeMap<String, u32>,
    open_turn: Option<String>,
    messages: BTreeMap<String, u64>,
    inputs: BTreeMap<String, u32>,
    /// Tool call → how many results it has.
    calls: BTreeMap<String, u32>,
    /// The user message that a turn has announced.
    awaited: Option<String>,
    prompts: BTreeMap<String, u64>,
}

impl Audit {
    fn say(&mut self, problem: String) {
        self.problems.push(problem);
    }

    fn event(&mut self, seq: u64, event: &LogEvent) {
        if let (Some(message), false) = (self.awaited.take(), matches!(event, LogEvent::Message(_))) {
            self.say(format!("entry {seq} ({}) stands where message {message} should", event.name()));
        }
        match event {
            LogEvent::SessionCreated(_) if seq != 1 => {
                self.say(format!("session.created is entry {seq}"));
            }
            LogEvent::TurnStarted(started) => {
                let turn = started.turn.to_string();
                if let Some(open) = &self.open_turn {
                    let problem = format!("turn {turn} began at {seq} while {open} was running");
                    self.say(problem);
                }
                if self.turns.insert(turn.clone(), 0).is_some() {
                    self.say(format!("turn {turn} began twice"));
                }
                self.open_turn = Some(turn);
                self.awaited = Some(started.message.to_string());
            }
            LogEvent::TurnEnded(ended) => self.turn_ended(seq, &ended.turn.to_string()),
            LogEvent::Message(entry) => self.message(seq, entry),
            LogEvent::InputRequested(asked) => {
                self.inputs.insert(asked.request.id.to_string(), 0);
            }
            LogEvent::InputResolved(resolved) => {
                let id = resolved.request_id.to_string();
                match self.inputs.get_mut(&id) {
                    Some(count) => *count += 1,
                    None => self.say(format!("question {id} was resolved at {seq}, but never asked")),
                }
            }
            LogEvent::SessionCreated(_)
            | LogEvent::PromptQueued(_)
            | LogEvent::PromptCancelled(_)
            | LogEvent::SessionRenamed(_)
            | LogEvent::SessionRewound(_)
            | LogEvent::SessionResumed(_)
            | LogEvent::ConfigChanged(_)
            | LogEvent::BudgetChanged(_)
            | LogEvent::ContextCompacted(_)
            | LogEvent::SessionForked(_)
            | LogEvent::HarnessBound(_)
            | LogEvent::SessionClosed(_) => {}
        }
    }

    fn turn_ended(&mut self, seq: u64, turn: &str) {
        if self.open_turn.as_deref() == Some(turn) {
            self.open_turn = None;
        }
        match self.turns.get_mut(turn) {
            Some(count) => *count += 1,
            None => self.say(format!("turn {turn} ended at {seq}, but never began")),
        }
        let unanswered: Vec<_> = self.calls.iter().filter(|(_, n)| **n == 0).map(|(call, _)| call.clone()).collect();
        for call in unanswered {
            self.say(format!("turn {turn} ended at {seq} without a result of call {call}"));
            self.calls.remove(&call);
        }
    }

    fn message(&mut self, seq: u64, entry: &oqto_protocol::entry::MessageEntry) {
        let message = &entry.message;
        if let Some(earlier) = self.messages.insert(message.id.to_string(), seq) {
            self.say(format!("message {} stands at {earlier} and at {seq}", message.id));
        }
        if let Some(prompt) = message.prompt
            && let Some(earlier) = self.prompts.insert(prompt.to_string(), seq)
        {
            self.say(format!("prompt {prompt} became a message at {earlier} and at {seq}"));
        }
        for part in &message.parts {
            if let (Part::ToolCall(call), Role::Assistant) = (part, message.role) {
                self.calls.insert(call.tool_call_id.clone(), 0);
            } else if let Part::ToolResult(result) = part {
                match self.calls.get_mut(&result.tool_call_id) {
                    Some(count) => *count += 1,
                    None => self.say(format!("a result at {seq} for call {}, which nobody made", result.tool_call_id)),
                }
            }
        }
    }

    fn finish(mut self) -> Vec<String> {
        let wrong = |what: &str, counts: &BTreeMap<String, u32>| -> Vec<String> {
            counts.iter().filter(|(_, n)| **n != 1).map(|(id, n)| format!("{what} {id}: {n} times, not once")).collect()
        };
        let mut more = wrong("turn ended", &self.turns);
        more.extend(wrong("question resolved", &self.inputs));
        more.extend(wrong("tool result", &self.calls));
        self.problems.extend(more);
        self.problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oqto_protocol::entry::{MessageEntry, TurnEnd, TurnEnded, TurnStarted};
    use oqto_protocol::ids::{MessageId, TurnId};

    fn log(events: Vec<LogEvent>) -> Vec<Entry> {
        let entry = |(event, seq)| Entry { seq, ts: 0, event: Some(event), data: String::new() };
        events.into_iter().zip(1..).map(entry).collect()
    }

    fn turn() -> [LogEvent; 3] {
        let (turn, message) = (TurnId::mint(), MessageId::mint());
        let user = serde_json::json!({"message": {"id": message, "role": "user", "parts": [], "created_at": 0}});
        let user: MessageEntry = serde_json::from_value(user).unwrap();
        let ended = TurnEnded {
            turn,
            reason: TurnEnd::Done,
            message: None,
            hint: None,
            code: None,
            usage: None,
            duration_ms: 0,
        };
        [
            LogEvent::TurnStarted(TurnStarted { turn, message, prompt: None }),
            LogEvent::Message(user),
            LogEvent::TurnEnded(ended),
        ]
    }

    #[test]
    fn a_whole_turn_is_fine() {
        assert_eq!(problems(&log(turn().into())), Vec::<String>::new());
    }

    #[test]
    fn a_turn_that_ends_twice_or_never_is_seen() {
        let [start, user, end] = turn();
        let twice = problems(&log(vec![start.clone(), user.clone(), end.clone(), end]));
        assert!(twice.iter().any(|problem| problem.ends_with("2 times, not once")), "{twice:?}");
        let never = problems(&log(vec![start, user]));
        assert!(never.iter().any(|problem| problem.ends_with("0 times, not once")), "{never:?}");
    }

    #[test]
    fn a_doubled_message_and_a_gap_are_seen() {
        let [start, user, end] = turn();
        let doubled = problems(&log(vec![start, user.clone(), user, end]));
        assert!(doubled.iter().any(|problem| problem.contains("stands at 2 and at 3")), "{doubled:?}");
        let mut gap = log(turn().into());
        gap[2].seq = 4;
        assert_eq!(problems(&gap), ["entry 4 stands at place 3"]);
    }
}
