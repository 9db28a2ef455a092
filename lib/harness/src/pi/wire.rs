//! The shapes on Pi's wire that are read. Borrowed and lenient: fields that are not named here cost one scan, and a
//! field of an unexpected kind is absent instead of an error.

use std::borrow::Cow;

use oqto_protocol::message::Usage;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

/// What is looked at before the kind of a record is known. The parts of `message_update` are here, because it is the
/// one that comes by the thousand.
#[derive(Deserialize)]
pub(super) struct Head<'a> {
    #[serde(rename = "type", borrow, default)]
    pub kind: Cow<'a, str>,
    #[serde(rename = "assistantMessageEvent", borrow, default)]
    pub update: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub usage: Option<&'a RawValue>,
}

/// `assistantMessageEvent`. The first generation repeats the whole message in `partial`, which is skipped.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Update<'a> {
    #[serde(rename = "type", borrow)]
    pub kind: Cow<'a, str>,
    #[serde(default)]
    pub content_index: u32,
    #[serde(borrow, default)]
    pub delta: Cow<'a, str>,
    #[serde(default)]
    pub content: Option<String>,
    #[serde(borrow, default)]
    pub tool_call: Option<&'a RawValue>,
    #[serde(default)]
    pub id: Option<String>,
    #[serde(default)]
    pub tool_name: Option<String>,
}

/// `assistantMessageEvent` of `toolcall_start` in the first generation: the only place that names the call.
#[derive(Deserialize)]
pub(super) struct CallStart {
    #[serde(default)]
    pub partial: CallStartPartial,
}

/// The message so far; only who is called.
#[derive(Deserialize, Default)]
pub(super) struct CallStartPartial {
    #[serde(default)]
    pub content: Vec<CallName>,
}

/// A call by its id and name.
#[derive(Deserialize, Default)]
pub(super) struct CallName {
    #[serde(default)]
    pub id: Option<String>,
    #[serde(default)]
    pub name: Option<String>,
}

/// A record that carries a message.
#[derive(Deserialize)]
pub(super) struct WithMessage<'a> {
    #[serde(borrow)]
    pub message: NativeMessage<'a>,
}

/// A message of any role.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NativeMessage<'a> {
    #[serde(default)]
    pub role: String,
    #[serde(borrow, default)]
    pub content: Option<&'a RawValue>,
    #[serde(default)]
    pub provider: Option<String>,
    #[serde(default)]
    pub model: Option<String>,
    #[serde(default)]
    pub usage: Option<NativeUsage>,
    #[serde(default)]
    pub stop_reason: Option<String>,
    #[serde(default)]
    pub error_message: Option<String>,
    #[serde(default, deserialize_with = "whole")]
    pub timestamp: Option<u64>,
    #[serde(default)]
    pub tool_call_id: Option<String>,
    #[serde(default)]
    pub tool_name: Option<String>,
    #[serde(borrow, default)]
    pub details: Option<&'a RawValue>,
    #[serde(default)]
    pub is_error: bool,
    #[serde(default)]
    pub display: bool,
}

/// One block of a message's content.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Block<'a> {
    #[serde(rename = "type", default)]
    pub kind: String,
    #[serde(default)]
    pub text: Option<String>,
    #[serde(default)]
    pub thinking: Option<String>,
    #[serde(default)]
    pub id: Option<String>,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(borrow, default)]
    pub arguments: Option<&'a RawValue>,
    #[serde(default)]
    pub data: Option<String>,
    #[serde(default)]
    pub mime_type: Option<String>,
}

impl Block<'_> {
    pub(super) fn of_text(text: String) -> Self {
        Self {
            kind: "text".to_owned(),
            text: Some(text),
            thinking: None,
            id: None,
            name: None,
            arguments: None,
            data: None,
            mime_type: None,
        }
    }
}

/// Tokens and cost.
#[derive(Deserialize, Default, Clone)]
#[serde(rename_all = "camelCase")]
pub(super) struct NativeUsage {
    #[serde(default, deserialize_with = "count")]
    pub input: u64,
    #[serde(default, deserialize_with = "count")]
    pub output: u64,
    #[serde(default, deserialize_with = "count")]
    pub cache_read: u64,
    #[serde(default, deserialize_with = "count")]
    pub cache_write: u64,
    #[serde(default)]
    pub cost: Option<NativeCost>,
}

/// Cost in US dollars.
#[derive(Deserialize, Default, Clone)]
pub(super) struct NativeCost {
    #[serde(default, deserialize_with = "money")]
    pub total: f64,
}

impl NativeUsage {
    pub(super) fn to_usage(&self) -> Usage {
        Usage {
            input_tokens: self.input,
            output_tokens: self.output,
            cache_read_tokens: self.cache_read,
            cache_write_tokens: self.cache_write,
            cost_usd: self.cost.as_ref().map_or(0.0, |cost| cost.total),
        }
    }
}

/// `tool_execution_start`, `_update` and `_end`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ToolEvent<'a> {
    pub tool_call_id: String,
    #[serde(default)]
    pub tool_name: String,
    #[serde(borrow, default)]
    pub args: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub partial_result: Option<ToolOutput<'a>>,
    #[serde(borrow, default)]
    pub result: Option<ToolOutput<'a>>,
    #[serde(default)]
    pub is_error: bool,
}

/// What a tool has said.
#[derive(Deserialize)]
pub(super) struct ToolOutput<'a> {
    #[serde(borrow, default)]
    pub content: Option<&'a RawValue>,
}

/// `agent_end`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AgentEnd<'a> {
    #[serde(default)]
    pub will_retry: Option<bool>,
    #[serde(borrow, default)]
    pub messages: Option<&'a RawValue>,
}

/// `queue_update`: the complete queues.
#[derive(Deserialize)]
pub(super) struct QueueUpdate {
    #[serde(default)]
    pub steering: Vec<String>,
}

/// `compaction_start` and `compaction_end`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Compaction {
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub result: Option<CompactionResult>,
    #[serde(default)]
    pub aborted: bool,
    #[serde(default)]
    pub will_retry: bool,
    #[serde(default)]
    pub error_message: Option<String>,
}

/// What a compaction made.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CompactionResult {
    #[serde(default)]
    pub summary: String,
    #[serde(default, deserialize_with = "whole")]
    pub tokens_before: Option<u64>,
    #[serde(default, deserialize_with = "whole")]
    pub estimated_tokens_after: Option<u64>,
    #[serde(default)]
    pub usage: Option<NativeUsage>,
}

/// `auto_retry_start`, `auto_retry_end` and `summarization_retry_scheduled`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Retry {
    #[serde(default)]
    pub attempt: u32,
    #[serde(default)]
    pub max_attempts: u32,
    #[serde(default, deserialize_with = "count")]
    pub delay_ms: u64,
    #[serde(default)]
    pub error_message: Option<String>,
    #[serde(default)]
    pub success: bool,
    #[serde(default)]
    pub final_error: Option<String>,
}

/// `thinking_level_changed`.
#[derive(Deserialize)]
pub(super) struct ThinkingLevel {
    pub level: String,
}

/// `session_info_changed`.
#[derive(Deserialize)]
pub(super) struct SessionInfoChanged {
    #[serde(default)]
    pub name: Option<String>,
}

/// `extension_error`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ExtensionError {
    #[serde(default)]
    pub extension_path: String,
    #[serde(default)]
    pub event: String,
    #[serde(default)]
    pub error: String,
}

/// `extension_ui_request` of every method.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct UiRequest {
    pub id: String,
    pub method: String,
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub message: Option<String>,
    #[serde(default)]
    pub options: Vec<String>,
    #[serde(default)]
    pub placeholder: Option<String>,
    #[serde(default)]
    pub prefill: Option<String>,
    #[serde(default, deserialize_with = "whole")]
    pub timeout: Option<u64>,
    #[serde(default)]
    pub notify_type: Option<String>,
    #[serde(default)]
    pub status_key: Option<String>,
    #[serde(default)]
    pub status_text: Option<String>,
    #[serde(default)]
    pub widget_key: Option<String>,
    #[serde(default)]
    pub widget_lines: Option<Vec<String>>,
    #[serde(default)]
    pub text: Option<String>,
}

/// The answer to a command.
#[derive(Deserialize)]
pub(super) struct Response<'a> {
    #[serde(default)]
    pub id: Option<String>,
    #[serde(default)]
    pub command: String,
    #[serde(default)]
    pub success: bool,
    #[serde(default)]
    pub error: Option<String>,
    #[serde(borrow, default)]
    pub data: Option<&'a RawValue>,
}

/// The data of `get_state`.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
pub(super) struct NativeState {
    #[serde(default)]
    pub model: Option<NativeModel>,
    #[serde(default)]
    pub thinking_level: Option<String>,
    #[serde(default)]
    pub is_streaming: bool,
    #[serde(default)]
    pub is_compacting: bool,
    #[serde(default)]
    pub session_file: Option<String>,
    #[serde(default)]
    pub session_id: Option<String>,
    #[serde(default)]
    pub session_name: Option<String>,
    #[serde(default, deserialize_with = "count")]
    pub message_count: u64,
    #[serde(default, deserialize_with = "count")]
    pub pending_message_count: u64,
}

/// A model.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NativeModel {
    pub id: String,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub provider: String,
    #[serde(default)]
    pub reasoning: bool,
    #[serde(default)]
    pub input: Vec<String>,
    #[serde(default, deserialize_with = "whole")]
    pub context_window: Option<u64>,
    /// Which thinking levels exist and what they are called at the provider; `null` takes one away.
    #[serde(default)]
    pub thinking_level_map: Option<serde_json::Map<String, Value>>,
}

/// The data of `get_available_models`.
#[derive(Deserialize)]
pub(super) struct NativeModels {
    #[serde(default)]
    pub models: Vec<NativeModel>,
}

/// The data of `get_available_thinking_levels`.
#[derive(Deserialize)]
pub(super) struct NativeLevels {
    #[serde(default)]
    pub levels: Vec<String>,
}

/// The data of `get_commands`.
#[derive(Deserialize)]
pub(super) struct NativeCommands {
    #[serde(default)]
    pub commands: Vec<NativeCommand>,
}

/// A slash command.
#[derive(Deserialize)]
pub(super) struct NativeCommand {
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub source: String,
}

/// The data of `get_session_stats`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NativeStats {
    #[serde(default, deserialize_with = "count")]
    pub user_messages: u64,
    #[serde(default, deserialize_with = "count")]
    pub assistant_messages: u64,
    #[serde(default, deserialize_with = "count")]
    pub tool_calls: u64,
    #[serde(default)]
    pub tokens: NativeUsage,
    #[serde(default, deserialize_with = "money")]
    pub cost: f64,
    #[serde(default)]
    pub context_usage: Option<ContextUsage>,
}

/// How full the context is.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ContextUsage {
    #[serde(default, deserialize_with = "whole")]
    pub tokens: Option<u64>,
    #[serde(default, deserialize_with = "whole")]
    pub context_window: Option<u64>,
}

/// The data of `get_fork_messages`.
#[derive(Deserialize)]
pub(super) struct ForkMessages {
    #[serde(default)]
    pub messages: Vec<ForkMessage>,
}

/// A user message that can be forked at.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ForkMessage {
    pub entry_id: String,
}

/// The data of `fork`.
#[derive(Deserialize)]
pub(super) struct Forked {
    #[serde(default)]
    pub text: Option<String>,
    #[serde(default)]
    pub cancelled: bool,
}

/// The data of `clear_queue`: what was taken out.
#[derive(Deserialize)]
pub(super) struct ClearedQueue {
    #[serde(default)]
    pub steering: Vec<String>,
}

/// A whole number, also when it is written as `1.0`; anything else is absent.
fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(value.as_u64().or_else(|| value.as_f64().and_then(to_whole)))
}

fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    whole(deserializer).map(Option::unwrap_or_default)
}

fn money<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    Ok(Value::deserialize(deserializer)?.as_f64().unwrap_or_default())
}

fn to_whole(number: f64) -> Option<u64> {
    // 2^53: the largest span in which every whole number is exact.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (0.0..=EXACT).contains(&number).then_some(number as u64)
}
