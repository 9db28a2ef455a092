//! Messages and their parts: what is kept of a conversation. A message never changes once it is in the log; what is
//! still going on (a running tool, a text that grows) is folded from live events and from later messages.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::ids::{MessageId, PromptId};
use crate::tagged::{wire, words};

words! {
    /// Who a message is from.
    pub enum Role {
        /// The person (or a program in their name).
        User = "user",
        /// The agent.
        Assistant = "assistant",
        /// The harness's instructions.
        System = "system",
        /// The result of a tool.
        Tool = "tool",
    }

    /// Why the model stopped.
    pub enum StopReason {
        /// It had finished.
        Stop = "stop",
        /// The limit on output tokens.
        Length = "length",
        /// It wants tools to run.
        ToolUse = "tool_use",
        /// The request failed.
        Error = "error",
        /// A person aborted it.
        Aborted = "aborted",
        /// The harness or its holder died; what had been shown is kept.
        Crashed = "crashed",
    }
}

wire! {
    /// Tokens and cost of one response.
    #[derive(Default)]
    pub struct Usage {
        /// Tokens of the prompt that were not cached.
        #[serde(default)]
        pub input_tokens: u64,
        /// Tokens of the answer.
        #[serde(default)]
        pub output_tokens: u64,
        /// Tokens of the prompt that were read from the provider's cache.
        #[serde(default)]
        pub cache_read_tokens: u64,
        /// Tokens of the prompt that were written to the provider's cache.
        #[serde(default)]
        pub cache_write_tokens: u64,
        /// Cost in US dollars, as the harness states it.
        #[serde(default)]
        pub cost_usd: f64,
    }

    /// Who wrote a user message.
    pub struct Sender {
        /// The account.
        pub account: String,
        /// The name to show.
        pub name: String,
    }

    /// A message.
    pub struct Message {
        /// Minted by us, once.
        pub id: MessageId,
        /// Who it is from.
        pub role: Role,
        /// What it consists of, in order.
        pub parts: Vec<Part>,
        /// Unix milliseconds.
        pub created_at: u64,
        /// Who wrote it, for user messages of a shared session.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub sender: Option<Sender>,
        /// The model that answered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub model: Option<String>,
        /// The provider of that model.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub provider: Option<String>,
        /// Why the model stopped.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub stop_reason: Option<StopReason>,
        /// What failed, in the harness's words, when `stop_reason` is `error`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub error: Option<String>,
        /// Tokens and cost.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub usage: Option<Usage>,
        /// The key under which the asker sent it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub client_id: Option<String>,
        /// The queued prompt that became this message.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub prompt: Option<PromptId>,
    }
}

/// Where the bytes of a picture, sound, film or file are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Media {
    /// In the history's content-addressed store.
    Blob {
        /// Lower-case hexadecimal SHA-256 of the bytes.
        sha256: String,
        /// For example `image/png`.
        mime_type: String,
        /// Size in bytes.
        bytes: u64,
    },
    /// In the message itself (small ones only).
    Base64 {
        /// Standard alphabet with padding.
        data: String,
        /// For example `image/png`.
        mime_type: String,
    },
    /// Somewhere else; shown only after a person asks for it.
    Url {
        /// The address.
        url: String,
        /// For example `image/png`, where it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        mime_type: Option<String>,
    },
}

wire! {
    /// Lines of a file, both included, from 1.
    #[derive(Eq, Copy)]
    pub struct LineRange {
        /// The first line.
        pub start: u32,
        /// The last line.
        pub end: u32,
    }

    /// A call of a tool.
    pub struct ToolCall {
        /// The harness's id of the call: opaque, unique within the session.
        pub tool_call_id: String,
        /// The tool.
        pub name: String,
        /// Its arguments.
        #[cfg_attr(feature = "schema", ts(type = "unknown"))]
        pub input: Value,
    }

    /// What a tool gave back.
    pub struct ToolResult {
        /// The call it answers.
        pub tool_call_id: String,
        /// The tool, where the harness says it again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub name: Option<String>,
        /// Its text output.
        pub output: String,
        /// Pictures it gave back.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "schema", ts(as = "Option<Vec<Media>>", optional))]
        pub media: Vec<Media>,
        /// What the harness alone knows (a diff, for example).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional, type = "unknown"))]
        pub details: Option<Value>,
        /// Whether it failed.
        #[serde(default)]
        pub is_error: bool,
        /// How long it ran, in milliseconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub duration_ms: Option<u64>,
    }
}

/// A part of a message, tagged by `type`.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema, ts_rs::TS))]
#[cfg_attr(feature = "schema", schemars(tag = "type", rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", ts(tag = "type", rename_all = "snake_case"))]
pub enum Part {
    /// Text, as Markdown.
    Text {
        /// The text.
        text: String,
    },
    /// What the model thought before it answered.
    Thinking {
        /// The text.
        text: String,
    },
    /// A call of a tool.
    ToolCall(ToolCall),
    /// What a tool gave back.
    ToolResult(ToolResult),
    /// A picture.
    Image {
        /// Its bytes.
        media: Media,
    },
    /// A sound.
    Audio {
        /// Its bytes.
        media: Media,
    },
    /// A film.
    Video {
        /// Its bytes.
        media: Media,
    },
    /// A file, or some lines of it, in the workspace.
    FileRef {
        /// `file:` address or path relative to the workspace.
        uri: String,
        /// Which lines, when not all.
        #[cfg_attr(feature = "schema", ts(optional))]
        range: Option<LineRange>,
    },
    /// A file that was handed over.
    Attachment {
        /// Its bytes.
        media: Media,
        /// Its name, where it has one.
        #[cfg_attr(feature = "schema", ts(optional))]
        filename: Option<String>,
    },
    /// A source.
    Citation {
        /// Its address.
        uri: String,
        /// Its title, where it has one.
        #[cfg_attr(feature = "schema", ts(optional))]
        title: Option<String>,
    },
    /// A surface that the agent drew.
    A2ui {
        /// The surface, in the A2UI format.
        #[cfg_attr(feature = "schema", ts(type = "unknown"))]
        surface: Value,
    },
    /// What a harness alone knows (`x-…`), or a part of a newer version: kept as it came.
    #[cfg_attr(feature = "schema", schemars(skip))]
    #[cfg_attr(feature = "schema", ts(skip))]
    Extension {
        /// Its `type`.
        kind: String,
        /// The whole object, `type` included.
        value: Value,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum KnownPart {
    Text {
        text: String,
    },
    Thinking {
        text: String,
    },
    ToolCall(ToolCall),
    ToolResult(ToolResult),
    Image {
        media: Media,
    },
    Audio {
        media: Media,
    },
    Video {
        media: Media,
    },
    FileRef {
        uri: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        range: Option<LineRange>,
    },
    Attachment {
        media: Media,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        filename: Option<String>,
    },
    Citation {
        uri: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
    },
    A2ui {
        surface: Value,
    },
}

const KNOWN_PARTS: &[&str] = &[
    "text",
    "thinking",
    "tool_call",
    "tool_result",
    "image",
    "audio",
    "video",
    "file_ref",
    "attachment",
    "citation",
    "a2ui",
];

macro_rules! same_parts {
    ($from:ident => $to:ident, $value:expr, $($extra:tt)*) => {
        match $value {
            $from::Text { text } => $to::Text { text },
            $from::Thinking { text } => $to::Thinking { text },
            $from::ToolCall(call) => $to::ToolCall(call),
            $from::ToolResult(result) => $to::ToolResult(result),
            $from::Image { media } => $to::Image { media },
            $from::Audio { media } => $to::Audio { media },
            $from::Video { media } => $to::Video { media },
            $from::FileRef { uri, range } => $to::FileRef { uri, range },
            $from::Attachment { media, filename } => $to::Attachment { media, filename },
            $from::Citation { uri, title } => $to::Citation { uri, title },
            $from::A2ui { surface } => $to::A2ui { surface },
            $($extra)*
        }
    };
}

impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let known = same_parts!(Part => KnownPart, self.clone(),
            Part::Extension { value, .. } => return value.serialize(serializer),);
        known.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let kind = value.get("type").and_then(Value::as_str).unwrap_or_default();
        if kind.is_empty() {
            return Err(serde::de::Error::missing_field("type"));
        }
        if !KNOWN_PARTS.contains(&kind) {
            return Ok(Self::Extension { kind: kind.to_owned(), value });
        }
        let known = KnownPart::deserialize(value).map_err(serde::de::Error::custom)?;
        Ok(same_parts!(KnownPart => Part, known,))
    }
}

impl Message {
    /// A message of which nothing else is known. `created_at` is in Unix milliseconds.
    #[must_use]
    pub const fn new(id: MessageId, role: Role, parts: Vec<Part>, created_at: u64) -> Self {
        Self {
            id,
            role,
            parts,
            created_at,
            sender: None,
            model: None,
            provider: None,
            stop_reason: None,
            error: None,
            usage: None,
            client_id: None,
            prompt: None,
        }
    }

    /// All text parts, joined by newlines.
    #[must_use]
    pub fn text(&self) -> String {
        let texts = self.parts.iter().filter_map(|part| match part {
            Part::Text { text } => Some(text.as_str()),
            Part::Thinking { .. }
            | Part::ToolCall(_)
            | Part::ToolResult(_)
            | Part::Image { .. }
            | Part::Audio { .. }
            | Part::Video { .. }
            | Part::FileRef { .. }
            | Part::Attachment { .. }
            | Part::Citation { .. }
            | Part::A2ui { .. }
            | Part::Extension { .. } => None,
        });
        texts.collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn parts_round_trip_and_unknown_ones_survive() -> Result<(), serde_json::Error> {
        let texts = json!([
            {"type":"text","text":"hi"},
            {"type":"tool_call","tool_call_id":"c|1","name":"bash","input":{"command":"ls"}},
            {"type":"tool_result","tool_call_id":"c|1","output":"a\n","is_error":false},
            {"type":"file_ref","uri":"src/main.rs","range":{"start":1,"end":3}},
            {"type":"x-pi-custom","deep":{"kept":[1,2]}}
        ]);
        let parts: Vec<Part> = serde_json::from_value(texts.clone())?;
        assert!(matches!(&parts[4], Part::Extension { kind, .. } if kind == "x-pi-custom"));
        assert_eq!(serde_json::to_value(&parts)?, texts);
        Ok(())
    }

    #[test]
    fn a_wrong_field_of_a_known_part_is_an_error_not_an_extension() {
        let error = serde_json::from_value::<Part>(json!({"type":"text","text":7}));
        assert!(error.is_err_and(|error| error.to_string().contains("string")));
    }

    proptest::proptest! {
        /// What is read again from a log or a checkpoint is the same to the last bit.
        #[test]
        fn costs_round_trip_exactly(cost_usd in 0.0..10.0_f64) {
            let usage = Usage { cost_usd, ..Usage::default() };
            let again: Usage = serde_json::from_str(&serde_json::to_string(&usage)?)?;
            proptest::prop_assert_eq!(again, usage);
        }
    }
}
