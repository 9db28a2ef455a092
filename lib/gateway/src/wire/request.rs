//! The few fields of a request that routing and budgets need.

use serde::Deserialize;

use super::call::{Api, Call, GoogleMethod};
use super::document::Document;

/// What a gateway has to know of a request before it goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The model, as the client named it.
    pub model: String,
    /// Whether the answer is to be streamed.
    pub stream: bool,
    /// The most tokens that the client lets the model write, where it says so.
    pub max_output: Option<u64>,
    /// How many answers are asked for at once (`n`, `candidateCount`), at least 1.
    pub answers: u64,
    /// A guess at the tokens of the request: four bytes of text a token, and 1,600 an image.
    pub input_estimate: u64,
    /// Whether a chat client asked for the usage at the end of its stream.
    pub wants_stream_usage: bool,
}

/// Tokens that an image or another attachment is taken to have.
const ATTACHMENT_TOKENS: u64 = 1600;
const BYTES_A_TOKEN: u64 = 4;

#[derive(Default, Deserialize)]
#[serde(default)]
struct GenerationConfig {
    #[serde(alias = "max_output_tokens")]
    #[serde(rename = "maxOutputTokens")]
    max_output_tokens: Option<u64>,
    #[serde(alias = "candidate_count")]
    #[serde(rename = "candidateCount")]
    candidate_count: Option<u64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct StreamOptions {
    include_usage: bool,
}

impl Asked {
    /// Reads them. `None` when the request names no model.
    #[must_use]
    pub fn read(call: &Call, document: &Document) -> Option<Self> {
        let generation: GenerationConfig = match call.api() {
            Api::Generate => document.read("generationConfig").unwrap_or_default(),
            Api::Chat | Api::Responses | Api::Embeddings | Api::Messages => GenerationConfig::default(),
        };
        let (model, stream) = match call {
            Call::Google { model, method } => (model.clone(), *method == GoogleMethod::StreamGenerate),
            Call::Chat | Call::Responses | Call::Embeddings | Call::Messages | Call::CountTokens => {
                (document.read::<String>("model")?, document.read("stream").unwrap_or(false))
            }
        };
        let max_output = match call.api() {
            Api::Chat => document.read("max_completion_tokens").or_else(|| document.read("max_tokens")),
            Api::Responses => document.read("max_output_tokens"),
            Api::Messages => document.read("max_tokens"),
            Api::Generate => generation.max_output_tokens,
            Api::Embeddings => Some(0),
        };
        let answers = document.read("n").or(generation.candidate_count).unwrap_or(1).max(1);
        let wants_stream_usage = document.read::<StreamOptions>("stream_options").unwrap_or_default().include_usage;
        let input_estimate = estimate(&document.bytes());
        (!model.is_empty()).then_some(Self { model, stream, max_output, answers, input_estimate, wants_stream_usage })
    }
}

/// A guess at the tokens of a JSON text, in which base64 counts as an attachment each.
#[must_use]
pub fn estimate(text: &[u8]) -> u64 {
    let (mut attachments, mut encoded) = (0_u64, 0_u64);
    let mut at = 0;
    // Only a long string without a space is an encoded attachment; looking at its start finds it.
    while let Some(begin) = text.get(at..).and_then(|rest| memchr::memchr(b'"', rest)).map(|found| at + found + 1) {
        let rest = text.get(begin..).unwrap_or_default();
        let run = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"+/=_-:;,".contains(byte)).count();
        if run >= 4096 {
            attachments += 1;
            encoded += run as u64;
        }
        at = begin + run;
    }
    (text.len() as u64).saturating_sub(encoded) / BYTES_A_TOKEN + attachments * ATTACHMENT_TOKENS + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_api_says_it_in_its_place() {
        let read = |call: Call, body| Asked::read(&call, &Document::from(&body)).unwrap();
        let chat = read(
            Call::Chat,
            json!({"model": "m", "stream": true, "max_completion_tokens": 7, "max_tokens": 9,
            "n": 2, "stream_options": {"include_usage": true}}),
        );
        assert_eq!((chat.max_output, chat.answers, chat.stream, chat.wants_stream_usage), (Some(7), 2, true, true));
        assert_eq!(read(Call::Responses, json!({"model": "m", "max_output_tokens": 5})).max_output, Some(5));
        assert_eq!(read(Call::Messages, json!({"model": "m", "max_tokens": 6})).max_output, Some(6));
        let google = Call::Google { model: "g".into(), method: GoogleMethod::StreamGenerate };
        let google = read(google, json!({"generationConfig": {"maxOutputTokens": 8, "candidateCount": 3}}));
        assert_eq!((google.model.as_str(), google.stream, google.max_output, google.answers), ("g", true, Some(8), 3));
        assert_eq!(Asked::read(&Call::Chat, &Document::from(&json!({"model": 3}))), None);
    }

    #[test]
    fn an_image_is_not_counted_by_its_bytes() {
        let text = json!({"text": "a ".repeat(2000)}).to_string();
        assert_eq!(estimate(text.as_bytes()), text.len() as u64 / 4 + 1);
        let image = json!({"url": format!("data:image/png;base64,{}", "A".repeat(1 << 20))}).to_string();
        assert!((1600..1700).contains(&estimate(image.as_bytes())));
    }
}
