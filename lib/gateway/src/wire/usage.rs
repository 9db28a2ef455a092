//! The tokens that an answer says it used.
//!
//! The APIs count differently: Anthropic's `input_tokens` leaves out what the cache had, those of OpenAI and Google
//! include it; Google's output leaves out the thoughts. Here every token is counted once, by what it costs.

mod answers;

use serde::{Deserialize, Serialize};

pub use answers::read;

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
///
/// What is said is kept as it is said, and put together at the end: a later report may name a sum without its parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Partial {
    /// Read; what the cache had is in it or not, as the API counts.
    input: Option<u64>,
    input_has_cache: bool,
    cache_read: Option<u64>,
    /// Put into the cache, for minutes or an hour.
    cache_write: Option<u64>,
    cache_write_long: Option<u64>,
    output: Option<u64>,
    /// Thoughts, where the API leaves them out of the output.
    thoughts_apart: Option<u64>,
    reasoning: Option<u64>,
    /// The stream broke off: what it said of the output is what was written so far.
    unfinished: bool,
}

impl Partial {
    /// The later report wins, field by field.
    pub fn merge(&mut self, later: Self) {
        self.input = later.input.or(self.input);
        self.input_has_cache |= later.input_has_cache;
        self.cache_read = later.cache_read.or(self.cache_read);
        self.cache_write = later.cache_write.or(self.cache_write);
        self.cache_write_long = later.cache_write_long.or(self.cache_write_long);
        self.output = later.output.or(self.output);
        self.thoughts_apart = later.thoughts_apart.or(self.thoughts_apart);
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
        let (read, long) = (self.cache_read.unwrap_or(0), self.cache_write_long.unwrap_or(0));
        let written = self.cache_write.unwrap_or(0);
        let cached = if self.input_has_cache { read.saturating_add(written) } else { 0 };
        Usage {
            input: self.input.unwrap_or(0).saturating_sub(cached),
            cache_read: read,
            cache_write: written.saturating_sub(long),
            cache_write_long: long,
            output: self.output.unwrap_or(0).saturating_add(self.thoughts_apart.unwrap_or(0)),
            reasoning: self.reasoning.unwrap_or(0),
        }
    }

    /// Whether it tells all that was written.
    #[must_use]
    pub const fn has_output(&self) -> bool {
        (self.output.is_some() || self.thoughts_apart.is_some()) && !self.unfinished
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Api;

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
        assert_eq!(written(Api::Responses, r#"{"type":"response.output_text.delta","delta":"abc"}"#), 3);
    }

    #[test]
    fn counts_that_no_model_can_reach_do_no_harm() {
        let most = u64::MAX;
        let json = format!(
            r#"{{"candidates":[],"usageMetadata":{{"promptTokenCount":{most},"toolUsePromptTokenCount":{most},"candidatesTokenCount":{most},"thoughtsTokenCount":{most}}}}}"#
        );
        assert_eq!(usage(Api::Generate, &json).total(), 4 << 30);
        let json = format!(
            r#"{{"usage":{{"prompt_tokens":1,"prompt_tokens_details":{{"cached_tokens":{most},"cache_write_tokens":{most}}}}}}}"#
        );
        assert_eq!(usage(Api::Chat, &json).total_input(), 2 << 30);
    }

    #[test]
    fn a_sum_that_is_said_again_without_its_parts_is_not_counted_twice() {
        let mut sum = Partial::default();
        for event in [
            r#"{"type":"message_start","message":{"usage":{"input_tokens":9,"cache_creation_input_tokens":30,"cache_creation":{"ephemeral_5m_input_tokens":10,"ephemeral_1h_input_tokens":20},"output_tokens":1}}}"#,
            r#"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":9,"cache_creation_input_tokens":30,"cache_read_input_tokens":0,"output_tokens":7}}"#,
        ] {
            sum.merge(read(Api::Messages, event.as_bytes()).usage.unwrap());
        }
        let expected = Usage { input: 9, cache_write: 10, cache_write_long: 20, output: 7, ..Usage::default() };
        assert_eq!(sum.usage(), expected);
        let mut sum = Partial::default();
        for event in [
            r#"{"choices":[],"usage":{"prompt_tokens":100,"completion_tokens":1,"prompt_tokens_details":{"cached_tokens":60}}}"#,
            r#"{"choices":[],"usage":{"prompt_tokens":100,"completion_tokens":2}}"#,
        ] {
            sum.merge(read(Api::Chat, event.as_bytes()).usage.unwrap());
        }
        assert_eq!(sum.usage(), Usage { input: 40, cache_read: 60, output: 2, ..Usage::default() });
    }

    #[test]
    fn thoughts_that_only_the_sum_has_are_counted() {
        // As Grok says it, and Gemini where it speaks chat; the others have the thoughts in what was written.
        let apart = r#"{"usage":{"prompt_tokens":32,"completion_tokens":9,"total_tokens":135,"completion_tokens_details":{"reasoning_tokens":94}}}"#;
        let within = r#"{"usage":{"prompt_tokens":32,"completion_tokens":103,"total_tokens":135,"completion_tokens_details":{"reasoning_tokens":94}}}"#;
        for json in [apart, within] {
            assert_eq!(usage(Api::Chat, json), Usage { input: 32, output: 103, reasoning: 94, ..Usage::default() });
        }
    }

    #[test]
    fn one_odd_value_does_not_hide_the_rest() {
        let answer = r#"{"choices":[{"message":{"content":[{"type":"thinking","thinking":[{"text":"ab"}]},{"text":"cd"}],"tool_calls":[{"function":{"arguments":{"a":"b"}}}]},"finish_reason":"stop"}],"usage":{"prompt_tokens":-3,"completion_tokens":12.0,"prompt_tokens_details":{"cached_tokens":1e999}},"error":"odd"}"#;
        let report = read(Api::Chat, answer.as_bytes());
        assert_eq!((report.written, report.ended, report.error.as_deref()), (8 + 2 + 2 + 1, true, Some("odd")));
        let usage = report.usage.unwrap();
        assert_eq!((usage.has_output(), usage.usage().input, usage.usage().output), (true, 0, 12));
        // A half of a pair, as some cut texts, and words of another kind.
        assert_eq!(read(Api::Chat, br#"{"choices":[{"delta":{"content":"\ud83d"},"finish_reason":7}]}"#).written, 2);
    }

    #[test]
    fn a_whole_answer_without_usage_is_measured_too() {
        let message = br#"{"type":"message","content":[{"type":"text","text":"abcd"}],"stop_reason":"end_turn"}"#;
        assert_eq!(read(Api::Messages, message).written, 8);
        let response = br#"{"object":"response","status":"completed","output":[{"content":[{"text":"abcd"}]}]}"#;
        assert_eq!(read(Api::Responses, response).written, 4);
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
