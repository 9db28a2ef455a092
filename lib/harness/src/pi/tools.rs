//! Tools that run.

use oqto_protocol::entry::{LogEvent, MessageEntry};
use oqto_protocol::live::{LiveEvent, ToolEnd, ToolProgress, ToolStart};
use oqto_protocol::message::{Message, Part, Role, ToolResult};
use oqto_protocol::session::Phase;
use serde::{Deserialize, Serialize};

use super::content::{self, LIVE_OUTPUT_BYTES};
use super::scribe::Scribe;
use super::state::State;
use super::wire::{NativeMessage, ToolEvent};

/// A tool that runs, or whose result is not in the conversation yet. That it has started does not mean that it works
/// already: an extension may be asking the person whether it may.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Tool {
    id: String,
    name: String,
    started_at: u64,
    /// The end of its output so far.
    output: String,
    ended: Option<Ended>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Ended {
    is_error: bool,
    duration_ms: u64,
}

impl State {
    /// Calls of an answer that is kept: from here on each has a result, also when Pi dies before it starts the tool.
    pub(super) fn await_results(&mut self, now: u64, answer: &Message) {
        for part in &answer.parts {
            let Part::ToolCall(call) = part else { continue };
            self.tools.push(Tool {
                id: call.tool_call_id.clone(),
                name: call.name.clone(),
                started_at: now,
                output: String::new(),
                ended: None,
            });
        }
    }

    /// `tool_execution_start`.
    pub(super) fn tool_starts(&mut self, scribe: &mut Scribe<'_>, event: ToolEvent<'_>) {
        scribe.live(LiveEvent::ToolStart(ToolStart {
            tool_call_id: event.tool_call_id.clone(),
            name: event.tool_name.clone(),
            input: content::value(event.args),
        }));
        self.works(scribe, Phase::ToolRunning, Some(event.tool_name.clone()));
        self.tools.retain(|tool| tool.id != event.tool_call_id);
        self.tools.push(Tool {
            id: event.tool_call_id,
            name: event.tool_name,
            started_at: scribe.ts,
            output: String::new(),
            ended: None,
        });
    }

    /// `tool_execution_update`: all output so far, which replaces the earlier one.
    pub(super) fn tool_goes_on(
        &mut self,
        scribe: &mut Scribe<'_>,
        event: &ToolEvent<'_>,
    ) -> Result<(), serde_json::Error> {
        let Some(result) = &event.partial_result else {
            return Ok(());
        };
        let (output, _) = content::output(result.content)?;
        let output = content::tail(&output, LIVE_OUTPUT_BYTES);
        let Some(tool) = self.tools.iter_mut().find(|tool| tool.id == event.tool_call_id) else {
            return Ok(());
        };
        if tool.output != output {
            output.clone_into(&mut tool.output);
            scribe.live(LiveEvent::ToolProgress(ToolProgress {
                tool_call_id: event.tool_call_id.clone(),
                output: tool.output.clone(),
            }));
        }
        Ok(())
    }

    /// `tool_execution_end`. The result follows at once as a message, with all of its output and its pictures.
    pub(super) fn tool_ends(
        &mut self,
        scribe: &mut Scribe<'_>,
        event: &ToolEvent<'_>,
    ) -> Result<(), serde_json::Error> {
        let content = event.result.as_ref().and_then(|result| result.content);
        let (output, _) = content::output(content)?;
        let output = content::tail(&output, LIVE_OUTPUT_BYTES).to_owned();
        let mut duration_ms = 0;
        if let Some(tool) = self.tools.iter_mut().find(|tool| tool.id == event.tool_call_id) {
            duration_ms = scribe.ts.saturating_sub(tool.started_at);
            tool.output.clone_from(&output);
            tool.ended = Some(Ended { is_error: event.is_error, duration_ms });
        }
        scribe.live(LiveEvent::ToolEnd(ToolEnd {
            tool_call_id: event.tool_call_id.clone(),
            output,
            media: Vec::new(),
            is_error: event.is_error,
            duration_ms,
        }));
        Ok(())
    }

    /// `message_end` of a tool's result.
    pub(super) fn tool_result(
        &mut self,
        scribe: &mut Scribe<'_>,
        native: &NativeMessage<'_>,
    ) -> Result<(), serde_json::Error> {
        let (output, media) = content::output(native.content)?;
        let tool_call_id = native.tool_call_id.clone().unwrap_or_default();
        let ran = self.tools.iter().position(|tool| tool.id == tool_call_id);
        let ran = ran.map(|place| self.tools.remove(place));
        let result = ToolResult {
            tool_call_id,
            name: native.tool_name.clone(),
            output,
            media,
            details: content::details(native.details),
            is_error: native.is_error,
            duration_ms: ran.and_then(|tool| tool.ended).map(|ended| ended.duration_ms),
        };
        let created_at = native.timestamp.unwrap_or(scribe.ts);
        self.keep_result(scribe, result, created_at);
        Ok(())
    }

    /// Nothing more comes of the tools that run: each gets a result that says so, with the output that was shown.
    pub(super) fn close_tools(&mut self, scribe: &mut Scribe<'_>, why: &str) {
        for tool in std::mem::take(&mut self.tools) {
            let result = tool.unfinished(scribe.ts, why);
            let created_at = scribe.ts;
            self.keep_result(scribe, result, created_at);
        }
    }

    fn keep_result(&self, scribe: &mut Scribe<'_>, result: ToolResult, created_at: u64) {
        let parts = vec![Part::ToolResult(result)];
        let message = Message::new(scribe.message_id(), Role::Tool, parts, created_at);
        let turn = self.turn_id();
        scribe.entry(LogEvent::Message(MessageEntry { message, turn }));
    }
}

impl Tool {
    /// What is known of it: the result that it had, or that it was cut off.
    fn unfinished(self, now: u64, why: &str) -> ToolResult {
        let (is_error, duration_ms, output) = match self.ended {
            Some(ended) => (ended.is_error, ended.duration_ms, self.output),
            None => {
                let gap = if self.output.is_empty() { "" } else { "\n\n" };
                let output = format!("{}{gap}{why}", self.output);
                (true, now.saturating_sub(self.started_at), output)
            }
        };
        ToolResult {
            tool_call_id: self.id,
            name: Some(self.name),
            output,
            media: Vec::new(),
            details: None,
            is_error,
            duration_ms: Some(duration_ms),
        }
    }
}
