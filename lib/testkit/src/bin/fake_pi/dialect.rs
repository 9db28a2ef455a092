//! Records as Pi writes them, in both generations.

use serde_json::{Value, json};

/// A generation of the wire.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Form {
    /// 0.73: whole messages with every delta, and no word about having settled.
    Full,
    /// 0.87: deltas only.
    #[default]
    Delta,
}

impl Form {
    pub(crate) const fn version(self) -> &'static str {
        match self {
            Self::Full => "0.73.1",
            Self::Delta => "0.87.1",
        }
    }
}

const USAGE: &str = r#"{"input":0,"output":0,"cacheRead":0,"cacheWrite":0,"totalTokens":0,"cost":{"input":0,"output":0,"cacheRead":0,"cacheWrite":0,"total":0}}"#;

/// The monotonic clock, in nanoseconds; the same for every process of a machine.
pub(crate) fn clock_ns() -> u64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
    let (seconds, nanos) = (u64::try_from(time.tv_sec).unwrap_or(0), u64::try_from(time.tv_nsec).unwrap_or(0));
    seconds * 1_000_000_000 + nanos
}

pub(crate) fn now_ms() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// An answer while it is written. Its text is kept as it stands in JSON, so that a record costs one copy.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    escaped: String,
}

impl Answer {
    /// The message so far.
    pub(crate) fn message(&self, stop_reason: &str) -> String {
        let text = &self.escaped;
        let time = now_ms();
        let content = if text.is_empty() { String::new() } else { format!(r#"{{"type":"text","text":"{text}"}}"#) };
        format!(
            r#"{{"role":"assistant","content":[{content}],"api":"openai-completions","provider":"fake","model":"fake-model","usage":{USAGE},"stopReason":"{stop_reason}","timestamp":{time}}}"#
        )
    }

    /// The record of an event of the answer; `fields` begin with a comma.
    pub(crate) fn update(&self, form: Form, kind: &str, fields: &str) -> String {
        match form {
            Form::Delta => format!(
                r#"{{"type":"message_update","usage":{USAGE},"assistantMessageEvent":{{"type":"{kind}","contentIndex":0{fields}}}}}"#
            ),
            Form::Full => {
                let message = self.message("stop");
                format!(
                    r#"{{"type":"message_update","assistantMessageEvent":{{"type":"{kind}","contentIndex":0{fields},"partial":{message}}},"message":{message}}}"#
                )
            }
        }
    }

    /// The record of one more piece of text.
    pub(crate) fn delta(&mut self, form: Form, text: &str) -> String {
        let quoted = Value::from(text).to_string();
        let escaped = quoted.get(1..quoted.len() - 1).unwrap_or_default();
        self.escaped.push_str(escaped);
        self.update(form, "text_delta", &format!(r#","delta":"{escaped}""#))
    }

    /// The record of the end of its text.
    pub(crate) fn text_end(&self, form: Form) -> String {
        self.update(form, "text_end", &format!(r#","content":"{}""#, self.escaped))
    }
}

pub(crate) fn user(text: &str) -> Value {
    json!({"role": "user", "content": [{"type": "text", "text": text}], "timestamp": now_ms()})
}

pub(crate) fn response(command: &Value, data: &Value) -> Value {
    json!({"id": command["id"], "type": "response", "command": command["type"], "success": true, "data": data})
}

pub(crate) fn refusal(command: &Value, error: &str) -> Value {
    json!({"id": command["id"], "type": "response", "command": command["type"], "success": false, "error": error})
}
