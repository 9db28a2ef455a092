//! The answer while it is written, and what becomes of it.

use oqto_protocol::entry::{ConfigChanged, LogEvent, MessageEntry, Origin};
use oqto_protocol::ids::MessageId;
use oqto_protocol::live::{LiveEvent, MessageStart, TextDelta, ToolCallDelta, UsageSoFar};
use oqto_protocol::message::{Message, Part, Role, StopReason, ToolCall};
use oqto_protocol::session::{Phase, StreamingKind};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::content;
use super::failure::in_other_words;
use super::scribe::Scribe;
use super::state::State;
use super::turn::Outcome;
use super::wire::{Block, CallStart, NativeMessage, NativeUsage, Update};

/// The most parts that one answer may have.
const MOST_PARTS: u32 = 10_000;

/// How often tokens so far are told, in milliseconds.
const USAGE_EVERY_MS: u64 = 250;

/// An answer that is being written.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Stream {
    id: MessageId,
    /// Whether anything of it has been shown. A message that never was may be dropped.
    shown: bool,
    model: Option<String>,
    provider: Option<String>,
    created_at: u64,
    parts: Vec<Piece>,
    /// The usage that was told last, as Pi wrote it, and when.
    usage: String,
    usage_at: u64,
}

/// One block of it.
#[derive(Debug, Serialize, Deserialize)]
struct Piece {
    kind: StreamingKind,
    text: String,
    /// Length of the text in UTF-16 code units.
    units: u64,
    call: Option<String>,
    name: Option<String>,
}

impl Piece {
    const fn new(kind: StreamingKind) -> Self {
        Self { kind, text: String::new(), units: 0, call: None, name: None }
    }

    fn part(self) -> Part {
        match self.kind {
            StreamingKind::Text => Part::Text { text: self.text },
            StreamingKind::Thinking => Part::Thinking { text: self.text },
            StreamingKind::ToolCall => Part::ToolCall(ToolCall {
                tool_call_id: self.call.unwrap_or_default(),
                name: self.name.unwrap_or_default(),
                input: content::json_or_text(&self.text),
            }),
        }
    }
}

impl Stream {
    fn new(scribe: &mut Scribe<'_>, message: Option<&NativeMessage<'_>>) -> Self {
        Self {
            id: scribe.message_id(),
            shown: false,
            model: message.and_then(|message| message.model.clone()),
            provider: message.and_then(|message| message.provider.clone()),
            created_at: message.and_then(|message| message.timestamp).unwrap_or(scribe.ts),
            parts: Vec::new(),
            usage: String::new(),
            usage_at: 0,
        }
    }

    fn piece(&mut self, index: u32, kind: StreamingKind) -> &mut Piece {
        let index = index as usize;
        while self.parts.len() <= index {
            self.parts.push(Piece::new(kind));
        }
        let piece = &mut self.parts[index];
        piece.kind = kind;
        piece
    }

    fn into_message(self, stop_reason: StopReason, error: Option<String>) -> Message {
        let parts = self.parts.into_iter().map(Piece::part).collect();
        Message {
            model: self.model,
            provider: self.provider,
            stop_reason: Some(stop_reason),
            error,
            ..Message::new(self.id, Role::Assistant, parts, self.created_at)
        }
    }
}

fn utf16_len(text: &str) -> u64 {
    if text.is_ascii() { text.len() as u64 } else { text.chars().map(|letter| letter.len_utf16() as u64).sum() }
}

impl State {
    /// `message_start` of an answer. Nothing is shown before its first block: a failed or aborted request starts an
    /// answer too, and ends it empty.
    pub(super) fn answer_starts(&mut self, scribe: &mut Scribe<'_>, message: &NativeMessage<'_>) {
        self.close_answer(scribe, StopReason::Error);
        self.let_go_of_failure(scribe);
        self.stream = Some(Stream::new(scribe, Some(message)));
    }

    /// `message_update`.
    pub(super) fn answer_grows(
        &mut self,
        scribe: &mut Scribe<'_>,
        update: &RawValue,
        usage: Option<&RawValue>,
    ) -> Result<(), serde_json::Error> {
        let read: Update<'_> = serde_json::from_str(update.get())?;
        if read.content_index >= MOST_PARTS {
            return Ok(());
        }
        match read.kind.as_ref() {
            "text_start" => self.block_starts(scribe, &read, StreamingKind::Text),
            "text_delta" => self.text(scribe, read.content_index, StreamingKind::Text, &read.delta),
            "text_end" => self.block_ends(scribe, read, StreamingKind::Text),
            "thinking_start" => self.block_starts(scribe, &read, StreamingKind::Thinking),
            "thinking_delta" => {
                self.text(scribe, read.content_index, StreamingKind::Thinking, &read.delta);
            }
            "thinking_end" => self.block_ends(scribe, read, StreamingKind::Thinking),
            "toolcall_start" => self.call_starts(scribe, &read, update)?,
            "toolcall_delta" => self.call_grows(scribe, read.content_index, &read.delta, None),
            "toolcall_end" => self.call_ends(scribe, &read)?,
            _ => {}
        }
        self.usage_so_far(scribe, usage);
        Ok(())
    }

    /// `message_end` of an answer: the authoritative content.
    pub(super) fn answer_ends(
        &mut self,
        scribe: &mut Scribe<'_>,
        native: &NativeMessage<'_>,
    ) -> Result<(), serde_json::Error> {
        let mut parts = content::parts(native.content)?;
        self.let_go_of_failure(scribe);
        let stream = self.stream.take().unwrap_or_else(|| Stream::new(scribe, Some(native)));
        let shown = stream.shown;
        let stop_reason = native.stop_reason.as_deref().and_then(content::stop_reason);
        let failed = matches!(stop_reason, Some(StopReason::Error | StopReason::Aborted));
        if failed && shown && content::is_blank(&parts) {
            parts = stream.parts.into_iter().map(Piece::part).collect();
        }
        let usage = native.usage.as_ref().map(NativeUsage::to_usage);
        if let Some(usage) = &usage {
            self.spend(usage);
        }
        let created_at = native.timestamp.unwrap_or(stream.created_at);
        let mut message = Message {
            model: native.model.clone().or(stream.model),
            provider: native.provider.clone().or(stream.provider),
            stop_reason,
            usage,
            ..Message::new(stream.id, Role::Assistant, parts, created_at)
        };
        self.run.told = true;
        if !failed {
            self.run.outcome = Outcome::Done;
            self.notice_model(scribe, &message);
            self.keep_answer(scribe, message);
        } else if self.is_aborting() || stop_reason == Some(StopReason::Aborted) {
            self.run.outcome = Outcome::Aborted;
            message.stop_reason = Some(StopReason::Aborted);
            if shown || !content::is_blank(&message.parts) {
                self.keep_answer(scribe, message);
            }
        } else {
            message.error = native.error_message.as_deref().map(in_other_words);
            self.run.outcome = Outcome::Failed(native.error_message.clone());
            self.failure = Some(message);
        }
        Ok(())
    }

    /// A failed attempt was not the last word: what was shown of it is kept, the rest never was.
    pub(super) fn let_go_of_failure(&mut self, scribe: &mut Scribe<'_>) {
        if let Some(message) = self.failure.take()
            && !content::is_blank(&message.parts)
        {
            self.keep_answer(scribe, message);
        }
    }

    /// A failed attempt was the last one: it belongs into the conversation.
    pub(super) fn keep_failure(&mut self, scribe: &mut Scribe<'_>) {
        if let Some(message) = self.failure.take()
            && !(self.is_aborting() && content::is_blank(&message.parts))
        {
            self.keep_answer(scribe, message);
        }
    }

    /// Nothing more comes for the answer that is being written: what was shown of it is kept.
    pub(super) fn close_answer(&mut self, scribe: &mut Scribe<'_>, stop_reason: StopReason) {
        if let Some(stream) = self.stream.take()
            && stream.shown
        {
            self.keep_answer(scribe, stream.into_message(stop_reason, None));
        }
    }

    fn keep_answer(&mut self, scribe: &mut Scribe<'_>, message: Message) {
        if message.stop_reason == Some(StopReason::ToolUse) {
            self.await_results(scribe.ts, &message);
        }
        let turn = self.turn_id();
        scribe.entry(LogEvent::Message(MessageEntry { message, turn }));
    }

    /// An extension may switch the model; Pi has no event for it.
    fn notice_model(&mut self, scribe: &mut Scribe<'_>, message: &Message) {
        self.model_is(scribe, message.model.as_deref(), message.provider.as_deref());
    }

    pub(super) fn model_is(&mut self, scribe: &mut Scribe<'_>, model: Option<&str>, provider: Option<&str>) {
        let known = self.known.model.is_some();
        let same = self.known.model.as_deref() == model && self.known.provider.as_deref() == provider;
        if same || model.is_none() {
            return;
        }
        self.known.model = model.map(str::to_owned);
        self.known.provider = provider.map(str::to_owned);
        if known {
            scribe.entry(LogEvent::ConfigChanged(ConfigChanged {
                model: self.known.model.clone(),
                provider: self.known.provider.clone(),
                thinking: None,
                by: Origin::Harness,
            }));
        }
    }

    /// The answer being written, shown from here on.
    fn shown_answer(&mut self, scribe: &mut Scribe<'_>) -> &mut Stream {
        let turn = self.turn_id();
        let stream = self.stream.get_or_insert_with(|| Stream::new(scribe, None));
        if !stream.shown {
            stream.shown = true;
            scribe.live(LiveEvent::MessageStart(MessageStart {
                message_id: stream.id,
                role: Role::Assistant,
                turn,
                model: stream.model.clone(),
                provider: stream.provider.clone(),
            }));
        }
        stream
    }

    fn block_starts(&mut self, scribe: &mut Scribe<'_>, update: &Update<'_>, kind: StreamingKind) {
        self.writes(scribe, kind);
        self.shown_answer(scribe).piece(update.content_index, kind);
    }

    fn writes(&mut self, scribe: &mut Scribe<'_>, kind: StreamingKind) {
        let phase = match kind {
            StreamingKind::Thinking => Phase::Thinking,
            StreamingKind::Text | StreamingKind::ToolCall => Phase::Generating,
        };
        self.works(scribe, phase, None);
    }

    fn text(&mut self, scribe: &mut Scribe<'_>, index: u32, kind: StreamingKind, delta: &str) {
        if delta.is_empty() {
            return;
        }
        let stream = self.shown_answer(scribe);
        let message_id = stream.id;
        let piece = stream.piece(index, kind);
        let event = TextDelta { message_id, part: index, offset: piece.units, delta: delta.to_owned() };
        piece.text.push_str(delta);
        piece.units += utf16_len(delta);
        scribe.live(match kind {
            StreamingKind::Thinking => LiveEvent::ThinkingDelta(event),
            StreamingKind::Text | StreamingKind::ToolCall => LiveEvent::TextDelta(event),
        });
    }

    /// The end of a block repeats its text; what the deltas did not bring is shown too.
    fn block_ends(&mut self, scribe: &mut Scribe<'_>, update: Update<'_>, kind: StreamingKind) {
        let Some(whole) = update.content else {
            return;
        };
        let piece = self.shown_answer(scribe).piece(update.content_index, kind);
        if let Some(rest) = whole.strip_prefix(piece.text.as_str()).map(str::to_owned) {
            self.text(scribe, update.content_index, kind, &rest);
        }
    }

    /// The first generation names the call only inside the message so far.
    fn call_starts(
        &mut self,
        scribe: &mut Scribe<'_>,
        update: &Update<'_>,
        raw: &RawValue,
    ) -> Result<(), serde_json::Error> {
        let (mut call, mut name) = (update.id.clone(), update.tool_name.clone());
        if call.is_none() {
            let mut start: CallStart = serde_json::from_str(raw.get())?;
            if let Some(named) = start.partial.content.get_mut(update.content_index as usize) {
                call = named.id.take();
                name = named.name.take();
            }
        }
        self.writes(scribe, StreamingKind::ToolCall);
        let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
        let named = filled(call).zip(filled(name));
        self.call_grows(scribe, update.content_index, "", named);
        Ok(())
    }

    fn call_grows(&mut self, scribe: &mut Scribe<'_>, index: u32, delta: &str, named: Option<(String, String)>) {
        if delta.is_empty() && named.is_none() {
            return;
        }
        let stream = self.shown_answer(scribe);
        let message_id = stream.id;
        let piece = stream.piece(index, StreamingKind::ToolCall);
        let (tool_call_id, name) = named.unzip();
        if tool_call_id.is_some() {
            piece.call.clone_from(&tool_call_id);
            piece.name.clone_from(&name);
        }
        let event =
            ToolCallDelta { message_id, part: index, offset: piece.units, delta: delta.to_owned(), tool_call_id, name };
        piece.text.push_str(delta);
        piece.units += utf16_len(delta);
        scribe.live(LiveEvent::ToolCallDelta(event));
    }

    /// The end of a call has all of it: what was not told before (a name that came late, arguments in one piece).
    fn call_ends(&mut self, scribe: &mut Scribe<'_>, update: &Update<'_>) -> Result<(), serde_json::Error> {
        let Some(raw) = update.tool_call else {
            return Ok(());
        };
        let call: Block<'_> = serde_json::from_str(raw.get())?;
        let piece = self.shown_answer(scribe).piece(update.content_index, StreamingKind::ToolCall);
        let named = if piece.call.is_none() { call.id.zip(call.name) } else { None };
        let arguments = call.arguments.map(RawValue::get).filter(|_| piece.text.is_empty());
        self.call_grows(scribe, update.content_index, arguments.unwrap_or_default(), named);
        Ok(())
    }

    fn usage_so_far(&mut self, scribe: &mut Scribe<'_>, usage: Option<&RawValue>) {
        let (Some(raw), Some(stream)) = (usage, self.stream.as_mut()) else {
            return;
        };
        let due = scribe.ts >= stream.usage_at.saturating_add(USAGE_EVERY_MS);
        if !due || !stream.shown || raw.get() == stream.usage {
            return;
        }
        raw.get().clone_into(&mut stream.usage);
        let Ok(usage) = serde_json::from_str::<NativeUsage>(raw.get()) else {
            return;
        };
        let usage = usage.to_usage();
        if usage.input_tokens + usage.output_tokens == 0 {
            return;
        }
        stream.usage_at = scribe.ts;
        let message_id = stream.id;
        scribe.live(LiveEvent::Usage(UsageSoFar { message_id, usage }));
    }
}
