//! What comes from clients and model providers: requests, paths, streams of events, answers.

use bytes::Bytes;
use oqto_gateway::wire::document::Document;
use oqto_gateway::wire::request::{self, Asked};
use oqto_gateway::wire::sse::{Blocks, Parser};
use oqto_gateway::wire::tap::{Framing, Packing, Seen, Tap};
use oqto_gateway::wire::{Api, Call, Endpoint, usage};
use serde_json::json;

use crate::{pieces, text};

const APIS: [Api; 5] = [Api::Chat, Api::Responses, Api::Embeddings, Api::Messages, Api::Generate];

/// A path and a body. What is not changed keeps its bytes; what is changed can be read again, and only that differs.
///
/// # Panics
/// When that does not hold.
pub fn request(data: &[u8]) {
    let (path, body) = match data.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&data[..end], &data[end + 1..]),
        None => (data, &b""[..]),
    };
    if let Some(Endpoint::Call { provider, call }) = Endpoint::parse(&text(path)) {
        assert!(provider.is_none_or(|name| !name.chars().any(char::is_control)));
        let below = call.path("any model?");
        assert!(!below.contains(['?', '#', ' ']), "{below}");
    }
    assert!(request::estimate(body) >= 1);
    let bytes = Bytes::copy_from_slice(body);
    let Ok(mut document) = Document::parse(bytes.clone()) else { return };
    assert_eq!(document.bytes(), bytes);
    for call in [Call::Chat, Call::Responses, Call::Embeddings, Call::Messages, Call::CountTokens] {
        let asked = Asked::read(&call, &document);
        assert!(asked.is_none_or(|asked| asked.answers >= 1 && !asked.model.is_empty()));
    }
    let before: Vec<String> = document.names().map(String::from).collect();
    document.set("model", &json!("another"));
    let again = Document::parse(document.bytes());
    assert!(again.is_ok(), "it reads what it wrote");
    let Ok(again) = again else { return };
    assert_eq!(again.read::<String>("model").as_deref(), Some("another"));
    for name in before.iter().filter(|name| *name != "model") {
        assert_eq!(again.raw(name), document.raw(name), "{name}");
    }
}

/// The first byte says how many cuts follow, the rest is a stream: the same events and the same bytes in any cut.
///
/// # Panics
/// When that does not hold.
pub fn events(data: &[u8]) {
    let Some((cuts, stream)) = cut(data) else { return };
    let whole = parsed(&[stream]);
    let pieces = pieces(stream, cuts);
    assert_eq!(parsed(&pieces), whole);
    let mut blocks = Blocks::default();
    let mut joined = Vec::new();
    for piece in pieces {
        assert_eq!(blocks.feed(piece, &mut |block| joined.extend_from_slice(block)), Ok(()));
    }
    joined.extend(blocks.rest());
    assert_eq!(joined, stream);
}

fn parsed(chunks: &[&[u8]]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut parser = Parser::default();
    let mut events = Vec::new();
    for chunk in chunks {
        let each = &mut |event: oqto_gateway::wire::sse::Event<'_>| {
            events.push((event.name.to_vec(), event.data.to_vec()));
        };
        assert_eq!(parser.feed(chunk, each), Ok(()));
    }
    events
}

/// An answer in any API and framing, packed or not: the same is seen of it in any cut, and no count overflows.
///
/// # Panics
/// When that does not hold.
pub fn answer(data: &[u8]) {
    let Some((cuts, stream)) = cut(data) else { return };
    for api in APIS {
        let report = usage::read(api, stream);
        assert!(report.written <= stream.len() as u64);
        for framing in [Framing::Events, Framing::Json, Framing::Opaque] {
            for packing in [Packing::Plain, Packing::Gzip] {
                let whole = seen(api, framing, packing, &[stream]);
                assert_eq!(seen(api, framing, packing, &pieces(stream, cuts)), whole);
                let usage = whole.usage.map(usage::Partial::usage).unwrap_or_default();
                assert!(usage.total() >= usage.output);
            }
        }
    }
}

fn seen(api: Api, framing: Framing, packing: Packing, chunks: &[&[u8]]) -> Seen {
    let mut tap = Tap::new(api, framing, packing);
    chunks.iter().for_each(|chunk| tap.feed(chunk));
    tap.finish()
}

/// The lengths of the pieces, and what is cut into them.
fn cut(data: &[u8]) -> Option<(&[u8], &[u8])> {
    let (count, rest) = data.split_first()?;
    Some(rest.split_at(usize::from(count % 8).min(rest.len())))
}

/// Requests of every API, with their paths.
#[must_use]
pub fn requests() -> Vec<Vec<u8>> {
    let body = r#"{"model":"m","stream":true,"max_tokens":9,"n":2,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"é"}]}"#;
    let paths = [
        "/v1/chat/completions",
        "/box/v1/messages/count_tokens",
        "/v1beta/models/g%C3%A9:streamGenerateContent",
        "/openai/v1/responses",
    ];
    paths.iter().map(|path| format!("{path}\n{body}").into_bytes()).collect()
}

/// The ends of streams of every API, with cuts before them.
#[must_use]
pub fn streams() -> Vec<Vec<u8>> {
    let streams = [
        "data: {\"choices\":[{\"delta\":{\"content\":\"é\"},\"finish_reason\":\"stop\"}]}\r\n\r\ndata: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2,\"prompt_tokens_details\":{\"cached_tokens\":4}}}\r\n\r\ndata: [DONE]\r\n\r\n",
        ": c\nevent: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":9,\"cache_creation_input_tokens\":3,\"output_tokens\":1}}}\n\nevent: message_delta\ndata: {\"type\":\"message_delta\",\ndata: \"usage\":{\"output_tokens\":7}}\n\n",
        "event: response.completed\rdata: {\"type\":\"response.completed\",\"response\":{\"usage\":{\"input_tokens\":3,\"output_tokens\":2}}}\r\r",
        "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}]}}],\"usageMetadata\":{\"promptTokenCount\":5,\"candidatesTokenCount\":2,\"thoughtsTokenCount\":1}}\n\n",
    ];
    streams.iter().map(|stream| [&[3, 1, 9, 30], stream.as_bytes()].concat()).collect()
}
