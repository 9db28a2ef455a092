//! A made-up dialogue with a Pi, step by step.

// Every test file takes what it needs.
#![allow(dead_code, reason = "each test binary uses another part")]

use oqto_harness::adapter::{Action, Adapter, Exit, Input, Outgoing, Output};
use oqto_harness::pi::{Generation, Pi};
use oqto_protocol::entry::LogEvent;
use oqto_protocol::error::WireError;
use oqto_protocol::ids::{InputId, PromptId, SessionId, TurnId, derive};
use oqto_protocol::live::LiveEvent;
use oqto_protocol::message::Message;
use serde_json::{Value, json};

pub(crate) struct Script {
    pub(crate) pi: Pi,
    pub(crate) index: u64,
    pub(crate) ts: u64,
    /// Everything that came out since it was last taken.
    pub(crate) out: Vec<Output>,
}

pub(crate) fn turn() -> TurnId {
    TurnId::from(derive(&[b"turn"]))
}

pub(crate) fn prompt_id(name: &str) -> PromptId {
    PromptId::from(derive(&[name.as_bytes()]))
}

impl Script {
    pub(crate) fn new(generation: Generation) -> Self {
        Self {
            pi: Pi::new(SessionId::from(derive(&[b"script"])), generation),
            index: 0,
            ts: 1_000_000,
            out: Vec::new(),
        }
    }

    pub(crate) fn full() -> Self {
        Self::new(Generation::Full)
    }

    pub(crate) fn delta() -> Self {
        Self::new(Generation::Delta)
    }

    fn read(&mut self, input: Input<'_>) -> &mut Self {
        self.pi.read(self.index, self.ts, input, &mut self.out);
        self.index += 1;
        self.ts += 1;
        self
    }

    /// Pi says a record.
    pub(crate) fn says(&mut self, record: Value) -> &mut Self {
        let line = format!("{record}\n");
        self.raw(line.as_bytes())
    }

    pub(crate) fn all(&mut self, kinds: &[&str]) -> &mut Self {
        for kind in kinds {
            self.says(json!({"type": kind}));
        }
        self
    }

    pub(crate) fn raw(&mut self, bytes: &[u8]) -> &mut Self {
        self.read(Input::Stdout(bytes))
    }

    pub(crate) fn stderr(&mut self, text: &str) -> &mut Self {
        self.read(Input::Stderr(text.as_bytes()))
    }

    pub(crate) fn later(&mut self, ms: u64) -> &mut Self {
        self.ts += ms;
        self
    }

    pub(crate) fn exits(&mut self, exit: Exit) -> &mut Self {
        self.read(Input::Exited(exit))
    }

    pub(crate) fn echo(&mut self, sent: &Outgoing) -> &mut Self {
        self.read(Input::Sent { id: &sent.id, bytes: &sent.bytes })
    }

    /// Encodes an action and echoes every line of it.
    pub(crate) fn does(&mut self, action: &Action) -> Vec<Outgoing> {
        let lines = self.pi.encode(action).expect("the action is possible");
        for line in &lines {
            self.echo(line);
        }
        lines
    }

    pub(crate) fn refuses(&mut self, action: &Action) -> WireError {
        self.pi.encode(action).expect_err("the action is refused")
    }

    pub(crate) fn prompts(&mut self, text: &str) -> &mut Self {
        self.does(&Action::Prompt { turn: turn(), text: text.to_owned(), images: Vec::new() });
        self
    }

    /// A prompt that Pi takes and begins to work on; its probe finds it streaming.
    pub(crate) fn begins(&mut self, text: &str) -> &mut Self {
        self.prompts(text).answers(&format!("prompt:{}", turn()), Ok(Value::Null));
        self.probe(true);
        self.all(&["agent_start", "turn_start"]).user(text)
    }

    pub(crate) fn steers(&mut self, name: &str) -> &mut Self {
        self.does(&Action::Steer { prompt: prompt_id(name), text: name.to_owned(), images: Vec::new() });
        self
    }

    pub(crate) fn queue(&mut self, texts: &[&str]) -> &mut Self {
        self.says(json!({"type": "queue_update", "steering": texts, "followUp": []}))
    }

    /// Pi answers a command.
    pub(crate) fn answers(&mut self, id: &str, result: Result<Value, &str>) -> &mut Self {
        let mut record = json!({"id": id, "type": "response", "command": "x", "success": result.is_ok()});
        match result {
            Ok(Value::Null) => {}
            Ok(data) => record["data"] = data,
            Err(error) => record["error"] = json!(error),
        }
        self.says(record)
    }

    /// Echoes and answers the probe that was asked for last, with an idle or a streaming Pi.
    pub(crate) fn probe(&mut self, streaming: bool) -> &mut Self {
        self.probe_with(json!({"isStreaming": streaming, "isCompacting": false, "pendingMessageCount": 0}))
    }

    pub(crate) fn probe_with(&mut self, state: Value) -> &mut Self {
        let sends = self.sends();
        let probe = sends.iter().rev().find(|send| send.id.starts_with("probe:")).expect("a probe");
        self.echo(probe).answers(&probe.id, Ok(state))
    }

    pub(crate) fn user(&mut self, text: &str) -> &mut Self {
        let message = json!({"role": "user", "content": [{"type": "text", "text": text}], "timestamp": 5});
        self.says(json!({"type": "message_start", "message": message}))
            .says(json!({"type": "message_end", "message": message}))
    }

    pub(crate) fn answer_begins(&mut self) -> &mut Self {
        self.says(json!({"type": "message_start", "message": assistant("", "pending")}))
    }

    pub(crate) fn update(&mut self, event: Value) -> &mut Self {
        self.says(json!({"type": "message_update", "assistantMessageEvent": event}))
    }

    pub(crate) fn text(&mut self, delta: &str) -> &mut Self {
        self.update(json!({"type": "text_delta", "contentIndex": 0, "delta": delta}))
    }

    pub(crate) fn answer_ends(&mut self, text: &str, stop_reason: &str) -> &mut Self {
        self.says(json!({"type": "message_end", "message": assistant(text, stop_reason)}))
    }

    pub(crate) fn ends(&mut self, will_retry: Option<bool>) -> &mut Self {
        let mut record = json!({"type": "agent_end", "messages": []});
        if let Some(will_retry) = will_retry {
            record["willRetry"] = json!(will_retry);
        }
        self.says(record)
    }

    pub(crate) fn sends(&self) -> Vec<Outgoing> {
        let sends = self.out.iter().filter_map(|output| match output {
            Output::Send(send) => Some(send.clone()),
            _ => None,
        });
        sends.collect()
    }

    pub(crate) fn messages(&self) -> Vec<Message> {
        let messages = self.out.iter().filter_map(|output| match output {
            Output::Entry(LogEvent::Message(entry)) => Some(entry.message.clone()),
            _ => None,
        });
        messages.collect()
    }

    pub(crate) fn live(&self) -> Vec<LiveEvent> {
        let live = self.out.iter().filter_map(|output| match output {
            Output::Live(live) => Some(live.clone()),
            _ => None,
        });
        live.collect()
    }

    pub(crate) fn settled(&self) -> Vec<Output> {
        let settled = self.out.iter().filter(|output| matches!(output, Output::Settled { .. }));
        settled.cloned().collect()
    }

    pub(crate) fn question(&self) -> InputId {
        let asked = self.out.iter().rev().find_map(|output| match output {
            Output::Entry(LogEvent::InputRequested(asked)) => Some(asked.request.id),
            _ => None,
        });
        asked.expect("a question")
    }

    pub(crate) fn has(&self, wanted: &Output) -> bool {
        self.out.contains(wanted)
    }

    pub(crate) fn forget(&mut self) -> &mut Self {
        self.out.clear();
        self
    }
}

pub(crate) fn assistant(text: &str, stop_reason: &str) -> Value {
    let content = if text.is_empty() { json!([]) } else { json!([{"type": "text", "text": text}]) };
    let mut message = json!({
        "role": "assistant", "content": content, "provider": "fake", "model": "m", "stopReason": stop_reason,
        "usage": {"input": 10, "output": 2, "cacheRead": 0, "cacheWrite": 0, "cost": {"total": 0.5}}, "timestamp": 7,
    });
    if matches!(stop_reason, "error" | "aborted") {
        message["errorMessage"] = json!("503 overloaded");
    }
    message
}
