//! The few fields of a request that routing and budgets need.

use std::sync::LazyLock;

use bytes::Bytes;
use memchr::memmem::Finder;
use serde::Deserialize;

use super::call::{Api, Call, GoogleMethod};
use super::document::Document;
use super::said::Count;

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
    /// Whether there is more to it than its bytes: it goes on from something that the provider keeps, or names a file that
    /// the provider has or fetches, which costs as if it were sent.
    pub has_more: bool,
    /// Whether a chat client asked for the usage at the end of its stream.
    pub wants_stream_usage: bool,
}

/// Tokens that an image or another attachment is taken to have.
const ATTACHMENT_TOKENS: u64 = 1600;
const BYTES_A_TOKEN: u64 = 4;

/// Fields of a request that name a file and do not have it in themselves.
static FILES: LazyLock<[Finder<'static>; 4]> =
    LazyLock::new(|| ["\"file_id\"", "\"file_url\"", "\"fileUri\"", "\"file_uri\""].map(Finder::new));

/// The most answers that Google gives at once.
const MOST_CANDIDATES: u64 = 8;

#[derive(Default, Deserialize)]
#[serde(default)]
struct StreamOptions {
    include_usage: bool,
}

impl Asked {
    /// Reads them. `None` when the request names no model.
    #[must_use]
    pub fn read(call: &Call, document: &Document) -> Option<Self> {
        let (model, stream) = match call {
            Call::Google { model, method } => (model.clone(), *method == GoogleMethod::StreamGenerate),
            Call::Chat | Call::Responses | Call::Embeddings | Call::Messages | Call::CountTokens => {
                (document.read::<String>("model")?, document.read("stream").unwrap_or(false))
            }
        };
        let (max_output, answers) = match call.api() {
            // Which of the two counts depends on the provider.
            Api::Chat => {
                (count(document, "max_completion_tokens").max(count(document, "max_tokens")), count(document, "n"))
            }
            Api::Responses => (count(document, "max_output_tokens"), None),
            Api::Messages => (count(document, "max_tokens"), None),
            Api::Generate => generation(document),
            Api::Embeddings => (Some(0), None),
        };
        let answers = answers.unwrap_or(1).max(1);
        let kept: &[&str] = match call.api() {
            Api::Responses => &["previous_response_id", "conversation", "prompt"],
            Api::Generate => &["cachedContent"],
            Api::Chat | Api::Embeddings | Api::Messages => &[],
        };
        let goes_on = kept.iter().any(|name| document.raw(name).is_some_and(|raw| raw != b"null"));
        let bytes = document.bytes();
        let has_more = goes_on || names_a_file(&bytes);
        let wants_stream_usage = document.read::<StreamOptions>("stream_options").unwrap_or_default().include_usage;
        let input_estimate = estimate(&bytes);
        (!model.is_empty()).then_some(Self {
            model,
            stream,
            max_output,
            answers,
            input_estimate,
            has_more,
            wants_stream_usage,
        })
    }
}

/// Whether a field names a file. One of the schema of a tool that is called so has no text.
fn names_a_file(text: &[u8]) -> bool {
    let is_text = |rest: &[u8]| {
        let value = rest.trim_ascii_start().strip_prefix(b":").map(<[u8]>::trim_ascii_start);
        value.is_some_and(|value| value.starts_with(b"\""))
    };
    let named = |file: &Finder<'_>| {
        let mut ends = file.find_iter(text).map(|at| at + file.needle().len());
        ends.any(|end| is_text(text.get(end..).unwrap_or_default()))
    };
    FILES.iter().any(named)
}

/// A number of a request, in any form in which a provider may take it for one.
fn count(document: &Document, name: &str) -> Option<u64> {
    serde_json::from_slice::<Count>(document.raw(name)?).ok()?.0
}

/// How many tokens an answer of Google's may have, and how many answers there are. One that cannot be read may be anything.
fn generation(document: &Document) -> (Option<u64>, Option<u64>) {
    let Some(raw) = document.raw("generationConfig").filter(|raw| *raw != b"null") else { return (None, None) };
    match Document::parse(Bytes::copy_from_slice(raw)) {
        Ok(config) => (count(&config, "maxOutputTokens"), count(&config, "candidateCount")),
        Err(_) => (None, Some(MOST_CANDIDATES)),
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
        if run >= 4096 && is_attachment(text, begin, run) {
            attachments += 1;
            encoded += run as u64;
        }
        at = begin + run;
    }
    (text.len() as u64).saturating_sub(encoded) / BYTES_A_TOKEN + attachments * ATTACHMENT_TOKENS + 1
}

/// Whether a long string is one that APIs take for the data of a file, and not for text without spaces.
fn is_attachment(text: &[u8], begin: usize, run: usize) -> bool {
    let start = text.get(begin..begin + run.min(256)).unwrap_or_default();
    if memchr::memmem::find(start, b";base64,").is_some() {
        return true;
    }
    let before = text.get(..begin.saturating_sub(1)).unwrap_or_default().trim_ascii_end();
    let name = before.strip_suffix(b":").map(<[u8]>::trim_ascii_end);
    name.is_some_and(|name| [&b"\"data\""[..], b"\"file_data\"", b"\"b64_json\""].iter().any(|end| name.ends_with(end)))
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
        assert_eq!((chat.max_output, chat.answers, chat.stream, chat.wants_stream_usage), (Some(9), 2, true, true));
        assert_eq!(read(Call::Responses, json!({"model": "m", "max_output_tokens": 5})).max_output, Some(5));
        assert_eq!(read(Call::Messages, json!({"model": "m", "max_tokens": 6})).max_output, Some(6));
        let google = Call::Google { model: "g".into(), method: GoogleMethod::StreamGenerate };
        let google = read(google, json!({"generationConfig": {"maxOutputTokens": 8, "candidateCount": 3}}));
        assert_eq!((google.model.as_str(), google.stream, google.max_output, google.answers), ("g", true, Some(8), 3));
        assert_eq!(Asked::read(&Call::Chat, &Document::from(&json!({"model": 3}))), None);
    }

    #[test]
    fn numbers_in_other_forms_and_names_in_other_spellings_count() {
        let read =
            |call: Call, text: &str| Asked::read(&call, &Document::parse(text.to_owned().into()).unwrap()).unwrap();
        let both = |asked: Asked| (asked.max_output, asked.answers);
        assert_eq!(both(read(Call::Chat, r#"{"model":"m","n":4.0,"max_tokens":"90"}"#)), (Some(90), 4));
        assert_eq!(both(read(Call::Chat, r#"{"model":"m","N":"4","Max_Tokens":1e2}"#)), (Some(100), 4));
        assert_eq!(both(read(Call::Chat, r#"{"model":"m","n":-4,"max_tokens":-1}"#)), (None, 1));
        let google = Call::Google { model: "g".into(), method: GoogleMethod::Generate };
        for text in [
            r#"{"generation_config":{"max_output_tokens":8,"candidate_count":3}}"#,
            r#"{"generationConfig":{"maxOutputTokens":"8","candidateCount":3.0,"seed":1e999}}"#,
        ] {
            assert_eq!(both(read(google.clone(), text)), (Some(8), 3), "{text}");
        }
        let twice = r#"{"generationConfig":{"candidateCount":1,"candidate_count":8}}"#;
        assert_eq!(both(read(google, twice)), (None, MOST_CANDIDATES));
    }

    #[test]
    fn what_has_more_than_its_bytes_is_known() {
        let has_more = |call: Call, body| Asked::read(&call, &Document::from(&body)).unwrap().has_more;
        assert!(has_more(Call::Responses, json!({"model": "m", "previous_response_id": "resp_1"})));
        assert!(!has_more(Call::Responses, json!({"model": "m", "previous_response_id": null})));
        let google = Call::Google { model: "g".into(), method: GoogleMethod::Generate };
        assert!(has_more(google.clone(), json!({"cached_content": "cachedContents/1"})));
        assert!(!has_more(google.clone(), json!({"contents": []})));
        assert!(has_more(google, json!({"contents": [{"parts": [{"fileData": {"fileUri": "files/1"}}]}]})));
        let said = |content| json!({"model": "m", "messages": [{"role": "user", "content": content}]});
        let document = json!([{"type": "document", "source": {"type": "file", "file_id": "file_1"}}]);
        assert!(has_more(Call::Messages, said(document)));
        assert!(!has_more(Call::Chat, said(json!("the \"file_id\": \"of a text\""))));
        let schema = json!({"properties": {"file_id": {"type": "string"}}, "required": ["file_id", "file_url"]});
        assert!(!has_more(Call::Chat, json!({"model": "m", "tools": [{"function": {"parameters": schema}}]})));
    }

    #[test]
    fn a_long_text_without_spaces_is_text() {
        let text = |body: &serde_json::Value| estimate(body.to_string().as_bytes());
        let long = "word,".repeat(200_000);
        assert!(text(&json!({"content": [{"type": "text", "text": long}]})) > 240_000);
        assert!(text(&json!({"source": {"type": "base64", "data": long}})) < 1700);
    }

    #[test]
    fn an_image_is_not_counted_by_its_bytes() {
        let text = json!({"text": "a ".repeat(2000)}).to_string();
        assert_eq!(estimate(text.as_bytes()), text.len() as u64 / 4 + 1);
        let image = json!({"url": format!("data:image/png;base64,{}", "A".repeat(1 << 20))}).to_string();
        assert!((1600..1700).contains(&estimate(image.as_bytes())));
    }
}
