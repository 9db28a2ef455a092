//! The tokens that an answer says it used.
//!
//! The APIs count differently: Anthropic's `input_tokens` leaves out what the cache had, those of OpenAI and Google
//! include it; Google's output leaves out the thoughts. Here every token is counted once, by what it costs.

use serde::{Deserialize, Deserializer, Serialize};

use super::call::Api;

/// Tokens by kind; no token is in two of the first five.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Usage {
    /// Read, and not from a cache.
    pub input: u64,
    /// Read from the provider's cache.
    pub cache_read: u64,
    /// Read and put into the provider's cache.
    pub cache_write: u64,
    /// The same for an hour instead of minutes, which costs more.
    pub cache_write_long: u64,
    /// Written, thoughts included.
    pub output: u64,
    /// Of those written: thoughts.
    pub reasoning: u64,
}

impl Usage {
    /// Everything that was read.
    #[must_use]
    pub const fn total_input(&self) -> u64 {
        self.input
            .saturating_add(self.cache_read)
            .saturating_add(self.cache_write)
            .saturating_add(self.cache_write_long)
    }

    /// Read and written.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.total_input().saturating_add(self.output)
    }
}

/// What one JSON object of an answer says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Usage so far, where it is said. A later one replaces what it names.
    pub usage: Option<Partial>,
    /// Bytes of text, thoughts and arguments that the model wrote in it.
    pub written: u64,
    /// Whether the answer says that it is over.
    pub ended: bool,
    /// An error inside an answer that had begun well.
    pub error: Option<String>,
}

/// Usage in which not everything is said at once: Anthropic's streams tell the input first and the output last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Partial {
    input: Option<u64>,
    cache_read: Option<u64>,
    cache_write: Option<u64>,
    cache_write_long: Option<u64>,
    output: Option<u64>,
    reasoning: Option<u64>,
    /// The stream broke off: what it said of the output is what was written so far.
    unfinished: bool,
}

impl Partial {
    /// The later report wins, field by field.
    pub fn merge(&mut self, later: Self) {
        self.input = later.input.or(self.input);
        self.cache_read = later.cache_read.or(self.cache_read);
        self.cache_write = later.cache_write.or(self.cache_write);
        self.cache_write_long = later.cache_write_long.or(self.cache_write_long);
        self.output = later.output.or(self.output);
        self.reasoning = later.reasoning.or(self.reasoning);
    }

    /// The same of a stream that never said that it is over: Google's count what they wrote while they write it.
    #[must_use]
    pub(crate) const fn unfinished(mut self) -> Self {
        self.unfinished = true;
        self
    }

    /// The usage; what was never said is 0.
    #[must_use]
    pub fn usage(self) -> Usage {
        Usage {
            input: self.input.unwrap_or(0),
            cache_read: self.cache_read.unwrap_or(0),
            cache_write: self.cache_write.unwrap_or(0),
            cache_write_long: self.cache_write_long.unwrap_or(0),
            output: self.output.unwrap_or(0),
            reasoning: self.reasoning.unwrap_or(0),
        }
    }

    /// Whether it tells all that was written.
    #[must_use]
    pub const fn has_output(&self) -> bool {
        self.output.is_some() && !self.unfinished
    }
}

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

fn text_len(text: Option<&std::borrow::Cow<'_, str>>) -> u64 {
    text.map_or(0, |text| text.len() as u64)
}

type Text<'a> = Option<std::borrow::Cow<'a, str>>;

#[derive(Default, Deserialize)]
#[serde(default)]
struct ApiError {
    message: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

impl ApiError {
    fn text(self) -> String {
        self.message.or(self.kind).unwrap_or_else(|| "an error without a message".to_owned())
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Details {
    cached_tokens: Option<u64>,
    cache_write_tokens: Option<u64>,
    reasoning_tokens: Option<u64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ChatUsage {
    #[serde(alias = "input_tokens")]
    prompt_tokens: Option<u64>,
    #[serde(alias = "output_tokens")]
    completion_tokens: Option<u64>,
    #[serde(alias = "input_tokens_details", deserialize_with = "or_default")]
    prompt_tokens_details: Details,
    #[serde(alias = "output_tokens_details", deserialize_with = "or_default")]
    completion_tokens_details: Details,
    /// DeepSeek's word for what the cache had.
    prompt_cache_hit_tokens: Option<u64>,
}

impl ChatUsage {
    fn partial(self) -> Partial {
        let details = self.prompt_tokens_details;
        let cached = details.cached_tokens.or(self.prompt_cache_hit_tokens);
        let written = details.cache_write_tokens;
        let apart = cached.unwrap_or(0).saturating_add(written.unwrap_or(0));
        Partial {
            input: self.prompt_tokens.map(|all| all.saturating_sub(apart)),
            cache_read: cached,
            cache_write: written,
            cache_write_long: None,
            output: self.completion_tokens,
            reasoning: self.completion_tokens_details.reasoning_tokens,
            unfinished: false,
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
    error: Option<ApiError>,
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
    finish_reason: Text<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Said<'a> {
    #[serde(borrow)]
    content: Text<'a>,
    #[serde(borrow)]
    reasoning_content: Text<'a>,
    #[serde(borrow)]
    reasoning: Text<'a>,
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
    arguments: Text<'a>,
}

impl Chat<'_> {
    fn report(self) -> Report {
        let said = |said: &Said<'_>| {
            let calls: u64 = said.tool_calls.iter().map(|call| text_len(call.function.arguments.as_ref())).sum();
            let texts = [&said.content, &said.reasoning_content, &said.reasoning];
            calls + texts.into_iter().map(|text| text_len(text.as_ref())).sum::<u64>()
        };
        let choice = |choice: &Choice<'_>| choice.delta.iter().chain(&choice.message).map(said).sum::<u64>();
        Report {
            written: self.choices.iter().map(choice).sum(),
            ended: self.choices.iter().any(|choice| choice.finish_reason.is_some()),
            usage: self.usage.or(self.x_groq.and_then(|groq| groq.usage)).map(ChatUsage::partial),
            error: self.error.map(ApiError::text),
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Responses<'a> {
    #[serde(rename = "type", borrow)]
    kind: Text<'a>,
    #[serde(borrow)]
    delta: Option<&'a serde_json::value::RawValue>,
    /// In a stream, the response is inside its event.
    response: Option<Response>,
    /// Without streaming, the object is the response.
    usage: Option<ChatUsage>,
    #[serde(borrow)]
    status: Text<'a>,
    error: Option<ApiError>,
    message: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Response {
    usage: Option<ChatUsage>,
    error: Option<ApiError>,
}

impl Responses<'_> {
    fn report(self) -> Report {
        let kind = self.kind.as_deref().unwrap_or_default();
        let over = ["response.completed", "response.incomplete", "response.failed"].contains(&kind);
        let response = self.response.unwrap_or_default();
        // The error of a stream is its event, with the message beside the type.
        let error = self.error.or(response.error).map(ApiError::text);
        let error = error.or_else(|| (kind == "error").then(|| self.message.unwrap_or_default()));
        Report {
            usage: self.usage.or(response.usage).map(ChatUsage::partial),
            // The quotes and braces around a delta are few.
            written: if kind.ends_with(".delta") { self.delta.map_or(0, |d| d.get().len() as u64 - 1) } else { 0 },
            ended: over || self.status.is_some_and(|status| status == "completed" || status == "incomplete"),
            error,
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct MessagesUsage {
    input_tokens: Option<u64>,
    output_tokens: Option<u64>,
    cache_read_input_tokens: Option<u64>,
    cache_creation_input_tokens: Option<u64>,
    cache_creation: Option<CacheCreation>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct CacheCreation {
    ephemeral_1h_input_tokens: Option<u64>,
}

impl MessagesUsage {
    fn partial(self) -> Partial {
        let long = self.cache_creation.and_then(|creation| creation.ephemeral_1h_input_tokens);
        Partial {
            input: self.input_tokens,
            cache_read: self.cache_read_input_tokens,
            // The sum is said, and what of it is kept for an hour.
            cache_write: self.cache_creation_input_tokens.map(|all| all.saturating_sub(long.unwrap_or(0))),
            cache_write_long: long,
            output: self.output_tokens,
            reasoning: None,
            unfinished: false,
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
    #[serde(borrow)]
    stop_reason: Text<'a>,
    error: Option<ApiError>,
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
    text: Text<'a>,
    #[serde(borrow)]
    thinking: Text<'a>,
    #[serde(borrow)]
    partial_json: Text<'a>,
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
        let texts = [&delta.text, &delta.thinking, &delta.partial_json];
        Report {
            usage,
            written: texts.into_iter().map(|text| text_len(text.as_ref())).sum(),
            ended: kind == "message_stop" || self.stop_reason.is_some(),
            error: self.error.map(ApiError::text),
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
    error: Option<ApiError>,
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
    prompt_token_count: Option<u64>,
    cached_content_token_count: Option<u64>,
    candidates_token_count: Option<u64>,
    thoughts_token_count: Option<u64>,
    tool_use_prompt_token_count: Option<u64>,
}

impl GenerateUsage {
    fn partial(self) -> Partial {
        let cached = self.cached_content_token_count;
        let read = |prompt: u64| prompt.saturating_add(self.tool_use_prompt_token_count.unwrap_or(0));
        let thoughts = self.thoughts_token_count;
        let written = (self.candidates_token_count, thoughts);
        Partial {
            input: self.prompt_token_count.map(|prompt| read(prompt).saturating_sub(cached.unwrap_or(0))),
            cache_read: cached,
            cache_write: None,
            cache_write_long: None,
            output: (written != (None, None)).then(|| written.0.unwrap_or(0).saturating_add(written.1.unwrap_or(0))),
            reasoning: thoughts,
            unfinished: false,
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Candidate<'a> {
    #[serde(borrow, deserialize_with = "or_default")]
    content: Content<'a>,
    #[serde(borrow)]
    finish_reason: Text<'a>,
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
    text: Text<'a>,
    #[serde(borrow)]
    function_call: Option<&'a serde_json::value::RawValue>,
}

impl Generate<'_> {
    fn report(self) -> Report {
        let part = |part: &Part<'_>| {
            text_len(part.text.as_ref()) + part.function_call.map_or(0, |call| call.get().len() as u64)
        };
        let blocked = self.prompt_feedback.is_some_and(|feedback| feedback.block_reason.is_some());
        let mut usage = self.usage_metadata.map(GenerateUsage::partial);
        if let (Some(usage), true) = (&mut usage, blocked) {
            usage.output.get_or_insert(0);
        }
        Report {
            written: self.candidates.iter().flat_map(|candidate| &candidate.content.parts).map(part).sum(),
            ended: blocked || self.candidates.iter().any(|candidate| candidate.finish_reason.is_some()),
            usage,
            error: self.error.map(ApiError::text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usage(api: Api, json: &str) -> Usage {
        read(api, json.as_bytes()).usage.unwrap().usage()
    }

    #[test]
    fn every_token_is_counted_once() {
        let chat = r#"{"choices":[],"usage":{"prompt_tokens":100,"completion_tokens":20,"prompt_tokens_details":{"cached_tokens":60},"completion_tokens_details":{"reasoning_tokens":5}}}"#;
        let expected = Usage { input: 40, cache_read: 60, output: 20, reasoning: 5, ..Usage::default() };
        assert_eq!(usage(Api::Chat, chat), expected);
        let responses = r#"{"type":"response.completed","response":{"usage":{"input_tokens":100,"output_tokens":20,"input_tokens_details":{"cached_tokens":60},"output_tokens_details":{"reasoning_tokens":5}}}}"#;
        assert_eq!(usage(Api::Responses, responses), expected);
        let google = r#"{"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":100,"cachedContentTokenCount":60,"candidatesTokenCount":15,"thoughtsTokenCount":5}}"#;
        assert_eq!(usage(Api::Generate, google), expected);
        let messages = r#"{"type":"message","stop_reason":"end_turn","usage":{"input_tokens":40,"cache_read_input_tokens":60,"cache_creation_input_tokens":30,"cache_creation":{"ephemeral_5m_input_tokens":10,"ephemeral_1h_input_tokens":20},"output_tokens":20}}"#;
        let expected = Usage { cache_write: 10, cache_write_long: 20, reasoning: 0, ..expected };
        assert_eq!(usage(Api::Messages, messages), expected);
    }

    #[test]
    fn a_stream_of_messages_tells_its_usage_in_two_halves() {
        let mut sum = Partial::default();
        let start = br#"{"type":"message_start","message":{"usage":{"input_tokens":9,"cache_read_input_tokens":4,"output_tokens":1}}}"#;
        sum.merge(read(Api::Messages, start).usage.unwrap());
        assert!(!sum.has_output());
        sum.merge(
            read(
                Api::Messages,
                br#"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":7}}"#,
            )
            .usage
            .unwrap(),
        );
        assert_eq!(sum.usage(), Usage { input: 9, cache_read: 4, output: 7, ..Usage::default() });
    }

    #[test]
    fn what_was_written_is_measured_where_no_usage_is_said() {
        let written = |api, json: &str| read(api, json.as_bytes()).written;
        assert_eq!(
            written(
                Api::Chat,
                r#"{"choices":[{"delta":{"content":"abc","reasoning_content":"d","tool_calls":[{"function":{"arguments":"{}"}}]}}]}"#
            ),
            6
        );
        assert_eq!(
            written(Api::Messages, r#"{"type":"content_block_delta","delta":{"type":"text_delta","text":"abé"}}"#),
            4
        );
        assert_eq!(
            written(Api::Generate, r#"{"candidates":[{"content":{"parts":[{"text":"abc"},{"functionCall":{}}]}}]}"#),
            5
        );
        assert_eq!(written(Api::Responses, r#"{"type":"response.output_text.delta","delta":"abc"}"#), 4);
    }

    #[test]
    fn counts_that_no_model_can_reach_do_no_harm() {
        let most = u64::MAX;
        let json = format!(
            r#"{{"candidates":[],"usageMetadata":{{"promptTokenCount":{most},"toolUsePromptTokenCount":{most},"candidatesTokenCount":{most},"thoughtsTokenCount":{most}}}}}"#
        );
        assert_eq!(usage(Api::Generate, &json).total(), most);
        let json = format!(
            r#"{{"usage":{{"prompt_tokens":1,"prompt_tokens_details":{{"cached_tokens":{most},"cache_write_tokens":{most}}}}}}}"#
        );
        assert_eq!(usage(Api::Chat, &json).total_input(), most);
    }

    #[test]
    fn errors_inside_a_stream_and_broken_words_are_told_apart() {
        let error = |api, json: &str| read(api, json.as_bytes()).error;
        assert_eq!(
            error(Api::Messages, r#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#)
                .as_deref(),
            Some("Overloaded")
        );
        assert_eq!(error(Api::Chat, r#"{"error":{"message":"m","code":500}}"#).as_deref(), Some("m"));
        assert_eq!(error(Api::Responses, r#"{"type":"error","message":"m"}"#).as_deref(), Some("m"));
        assert_eq!(read(Api::Chat, b"[DONE]"), Report { ended: true, ..Report::default() });
        assert_eq!(read(Api::Responses, b"[DONE]"), Report::default());
        assert_eq!(read(Api::Chat, br#"{"choices":null,"usage":null}"#), Report::default());
    }
}
