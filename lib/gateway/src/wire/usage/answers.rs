//! What answers say, in the words of each API.

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::{Partial, Report};
use crate::wire::call::Api;
use crate::wire::said::{Count, Problem, texts_in};

/// Reads what one JSON object of an answer, or of one event of its stream, says in the words of `api`.
#[must_use]
pub fn read(api: Api, json: &[u8]) -> Report {
    if api == Api::Chat && json == b"[DONE]" {
        return Report { ended: true, ..Report::default() };
    }
    match api {
        Api::Chat | Api::Embeddings => parse::<Chat<'_>>(json).map(Chat::report),
        Api::Responses => parse::<Responses<'_>>(json).map(Responses::report),
        Api::Messages => parse::<Messages<'_>>(json).map(Messages::report),
        Api::Generate => parse::<Generate<'_>>(json).map(Generate::report),
    }
    .unwrap_or_default()
}

fn parse<'a, T: Deserialize<'a>>(json: &'a [u8]) -> Option<T> {
    serde_json::from_slice(json).ok()
}

/// A `null` is as good as nothing.
fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(deserializer: D) -> Result<T, D::Error> {
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}

type Text<'a> = Option<std::borrow::Cow<'a, str>>;
type Raw<'a> = Option<&'a RawValue>;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Details {
    cached_tokens: Count,
    cache_write_tokens: Count,
    reasoning_tokens: Count,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ChatUsage {
    #[serde(alias = "input_tokens")]
    prompt_tokens: Count,
    #[serde(alias = "output_tokens")]
    completion_tokens: Count,
    total_tokens: Count,
    #[serde(alias = "input_tokens_details", deserialize_with = "or_default")]
    prompt_tokens_details: Details,
    #[serde(alias = "output_tokens_details", deserialize_with = "or_default")]
    completion_tokens_details: Details,
    /// DeepSeek's word for what the cache had.
    prompt_cache_hit_tokens: Count,
}

impl ChatUsage {
    fn partial(self) -> Partial {
        let details = self.prompt_tokens_details;
        // Some leave the thoughts out of what was written, and have them in the sum alone.
        let beside_input = self.total_tokens.0.zip(self.prompt_tokens.0).map(|(all, read)| all.saturating_sub(read));
        Partial {
            input: self.prompt_tokens.0,
            input_has_cache: true,
            cache_read: details.cached_tokens.0.or(self.prompt_cache_hit_tokens.0),
            cache_write: details.cache_write_tokens.0,
            output: self.completion_tokens.0.map(|written| written.max(beside_input.unwrap_or(0))),
            reasoning: self.completion_tokens_details.reasoning_tokens.0,
            ..Partial::default()
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Chat<'a> {
    usage: Option<ChatUsage>,
    /// Groq says it here in its streams.
    x_groq: Option<Groq>,
    #[serde(borrow, deserialize_with = "or_default")]
    choices: Vec<Choice<'a>>,
    error: Problem,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Groq {
    usage: Option<ChatUsage>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Choice<'a> {
    #[serde(borrow)]
    delta: Option<Said<'a>>,
    #[serde(borrow)]
    message: Option<Said<'a>>,
    #[serde(borrow)]
    finish_reason: Raw<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Said<'a> {
    /// A text, or with some a list of parts.
    #[serde(borrow)]
    content: Raw<'a>,
    #[serde(borrow)]
    reasoning_content: Raw<'a>,
    #[serde(borrow)]
    reasoning: Raw<'a>,
    #[serde(borrow, deserialize_with = "or_default")]
    tool_calls: Vec<ToolCall<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ToolCall<'a> {
    #[serde(borrow, deserialize_with = "or_default")]
    function: Function<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Function<'a> {
    #[serde(borrow)]
    arguments: Raw<'a>,
}

impl Chat<'_> {
    fn report(self) -> Report {
        let said = |said: &Said<'_>| {
            let calls: u64 = said.tool_calls.iter().map(|call| texts_in(call.function.arguments)).sum();
            calls + texts_in(said.content) + texts_in(said.reasoning_content) + texts_in(said.reasoning)
        };
        let choice = |choice: &Choice<'_>| choice.delta.iter().chain(&choice.message).map(said).sum::<u64>();
        Report {
            written: self.choices.iter().map(choice).sum(),
            ended: self.choices.iter().any(|choice| choice.finish_reason.is_some()),
            usage: self.usage.or(self.x_groq.and_then(|groq| groq.usage)).map(ChatUsage::partial),
            error: self.error.0,
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Responses<'a> {
    #[serde(rename = "type", borrow)]
    kind: Text<'a>,
    #[serde(borrow)]
    delta: Raw<'a>,
    /// What the model wrote, without streaming.
    #[serde(borrow)]
    output: Raw<'a>,
    /// In a stream, the response is inside its event.
    response: Option<Response>,
    /// Without streaming, the object is the response.
    usage: Option<ChatUsage>,
    #[serde(borrow)]
    status: Text<'a>,
    error: Problem,
    message: Problem,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Response {
    usage: Option<ChatUsage>,
    error: Problem,
}

impl Responses<'_> {
    fn report(self) -> Report {
        let kind = self.kind.as_deref().unwrap_or_default();
        let over = ["response.completed", "response.incomplete", "response.failed"].contains(&kind);
        let response = self.response.unwrap_or_default();
        // The error of a stream is its event, with the message beside the type.
        let error = self.error.0.or(response.error.0);
        let error = error.or_else(|| (kind == "error").then(|| self.message.0.unwrap_or_default()));
        let delta = if kind.ends_with(".delta") { self.delta } else { None };
        Report {
            usage: self.usage.or(response.usage).map(ChatUsage::partial),
            written: texts_in(delta) + texts_in(self.output),
            ended: over || self.status.is_some_and(|status| status == "completed" || status == "incomplete"),
            error,
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct MessagesUsage {
    input_tokens: Count,
    output_tokens: Count,
    cache_read_input_tokens: Count,
    cache_creation_input_tokens: Count,
    cache_creation: Option<CacheCreation>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct CacheCreation {
    ephemeral_1h_input_tokens: Count,
}

impl MessagesUsage {
    fn partial(self) -> Partial {
        Partial {
            input: self.input_tokens.0,
            cache_read: self.cache_read_input_tokens.0,
            // The sum is said, and what of it is kept for an hour; at the end of a stream the sum alone.
            cache_write: self.cache_creation_input_tokens.0,
            cache_write_long: self.cache_creation.and_then(|creation| creation.ephemeral_1h_input_tokens.0),
            output: self.output_tokens.0,
            ..Partial::default()
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Messages<'a> {
    #[serde(rename = "type", borrow)]
    kind: Text<'a>,
    usage: Option<MessagesUsage>,
    message: Option<Message>,
    #[serde(borrow)]
    delta: Option<MessagesDelta<'a>>,
    /// What the model wrote, without streaming.
    #[serde(borrow)]
    content: Raw<'a>,
    #[serde(borrow)]
    stop_reason: Raw<'a>,
    error: Problem,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Message {
    usage: Option<MessagesUsage>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct MessagesDelta<'a> {
    #[serde(borrow)]
    text: Raw<'a>,
    #[serde(borrow)]
    thinking: Raw<'a>,
    #[serde(borrow)]
    partial_json: Raw<'a>,
}

impl Messages<'_> {
    fn report(self) -> Report {
        let kind = self.kind.as_deref().unwrap_or_default();
        let mut usage = self.usage.or(self.message.and_then(|message| message.usage)).map(MessagesUsage::partial);
        if let (Some(usage), "message_start") = (&mut usage, kind) {
            // It counts what was written so far, which is not the end of it.
            usage.output = None;
        }
        let delta = self.delta.unwrap_or_default();
        Report {
            usage,
            written: [delta.text, delta.thinking, delta.partial_json, self.content].into_iter().map(texts_in).sum(),
            ended: kind == "message_stop" || self.stop_reason.is_some(),
            error: self.error.0,
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Generate<'a> {
    usage_metadata: Option<GenerateUsage>,
    #[serde(borrow, deserialize_with = "or_default")]
    candidates: Vec<Candidate<'a>>,
    prompt_feedback: Option<Feedback>,
    error: Problem,
}

/// Why a prompt was not answered at all.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Feedback {
    block_reason: Option<serde::de::IgnoredAny>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct GenerateUsage {
    prompt_token_count: Count,
    cached_content_token_count: Count,
    candidates_token_count: Count,
    thoughts_token_count: Count,
    tool_use_prompt_token_count: Count,
}

impl GenerateUsage {
    fn partial(self) -> Partial {
        let read = |prompt: u64| prompt.saturating_add(self.tool_use_prompt_token_count.0.unwrap_or(0));
        Partial {
            input: self.prompt_token_count.0.map(read),
            input_has_cache: true,
            cache_read: self.cached_content_token_count.0,
            output: self.candidates_token_count.0,
            thoughts_apart: self.thoughts_token_count.0,
            reasoning: self.thoughts_token_count.0,
            ..Partial::default()
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Candidate<'a> {
    #[serde(borrow, deserialize_with = "or_default")]
    content: Content<'a>,
    #[serde(borrow)]
    finish_reason: Raw<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Content<'a> {
    #[serde(borrow, deserialize_with = "or_default")]
    parts: Vec<Part<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Part<'a> {
    #[serde(borrow)]
    text: Raw<'a>,
    #[serde(borrow)]
    function_call: Raw<'a>,
}

impl Generate<'_> {
    fn report(self) -> Report {
        let part = |part: &Part<'_>| texts_in(part.text) + part.function_call.map_or(0, |call| call.get().len() as u64);
        let blocked = self.prompt_feedback.is_some_and(|feedback| feedback.block_reason.is_some());
        let mut usage = self.usage_metadata.map(GenerateUsage::partial);
        if let (Some(usage), true) = (&mut usage, blocked) {
            usage.output.get_or_insert(0);
        }
        Report {
            written: self.candidates.iter().flat_map(|candidate| &candidate.content.parts).map(part).sum(),
            ended: blocked || self.candidates.iter().any(|candidate| candidate.finish_reason.is_some()),
            usage,
            error: self.error.0,
        }
    }
}
