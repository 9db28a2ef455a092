//! What the gateway makes of foreign words: translations, policies, configurations, headers.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use bytes::Bytes;
use oqto_gateway::config::{Settings, check};
use oqto_gateway::policy::{About, Policy};
use oqto_gateway::quota::headers;
use oqto_gateway::translate::{self, Stream};
use oqto_gateway::wire::Api;
use oqto_gateway::wire::document::Document;
use oqto_gateway::wire::sse::Parser;
use serde_json::Value;

use crate::{pieces, text};

const WAYS: [(Api, Api); 2] = [(Api::Chat, Api::Messages), (Api::Messages, Api::Chat)];

/// A request or an answer as JSON, put into the other words: an object with turns that follow each other, or a reason.
///
/// # Panics
/// When that does not hold.
pub fn translated(data: &[u8]) {
    let Ok(value) = serde_json::from_slice::<Value>(data) else { return };
    for (from, to) in WAYS {
        match translate::request(from, to, &value) {
            Err(reason) => assert!(!reason.is_empty()),
            Ok(said) => {
                let turns = said["messages"].as_array();
                assert!(turns.is_some(), "{said}");
                let roles: Vec<_> = turns.into_iter().flatten().map(|turn| turn["role"].as_str()).collect();
                assert!(roles.iter().all(Option::is_some), "{said}");
                if to == Api::Messages {
                    assert!(roles.windows(2).all(|two| two[0] != two[1]), "{said}");
                    assert!(said["max_tokens"].as_u64() >= Some(1), "{said}");
                }
                // What was said in the other words can be read by who knows only those.
                let _ = translate::request(to, from, &said);
            }
        }
        if let Some(answer) = translate::answer(from, to, &value) {
            assert!(answer["usage"].is_object(), "{answer}");
        }
    }
}

/// The lengths of pieces and a stream, put into the other words: the same in any cut, every event JSON, blocks one at a
/// time, and one end at the most.
///
/// # Panics
/// When that does not hold.
pub fn translated_stream(data: &[u8]) {
    let Some((count, rest)) = data.split_first() else { return };
    let (cuts, stream) = rest.split_at(usize::from(count % 8).min(rest.len()));
    for (from, to) in WAYS {
        let whole = said(from, to, &[stream]);
        let cut = said(from, to, &pieces(stream, cuts));
        assert_eq!(timeless(&cut), timeless(&whole));
        let (mut open, mut ends) = (false, 0);
        for event in &whole {
            if event == b"[DONE]" {
                ends += 1;
                continue;
            }
            let event: Option<Value> = serde_json::from_slice(event).ok();
            assert!(event.is_some(), "an event is JSON");
            match event.as_ref().and_then(|event| event["type"].as_str()) {
                Some("content_block_start") => assert!(!std::mem::replace(&mut open, true), "a block is open"),
                Some("content_block_stop") => assert!(std::mem::replace(&mut open, false), "no block is open"),
                Some("content_block_delta") => assert!(open, "no block is open"),
                Some("message_stop") => ends += 1,
                _ => {}
            }
        }
        assert!(ends <= 1, "{ends} ends");
    }
}

fn said(from: Api, to: Api, chunks: &[&[u8]]) -> Vec<Vec<u8>> {
    let mut stream = Stream::new(from, to, true);
    let mut out: Vec<u8> = chunks.iter().flat_map(|chunk| stream.feed(chunk)).collect();
    out.extend(stream.finish());
    let mut events = Vec::new();
    assert_eq!(Parser::default().feed(&out, &mut |event| events.push(event.data.to_vec())), Ok(()));
    events
}

/// The events without the time at which they were made.
fn timeless(events: &[Vec<u8>]) -> Vec<Value> {
    let read = |event: &Vec<u8>| {
        let mut value: Value = serde_json::from_slice(event).unwrap_or_default();
        if let Some(created) = value.get_mut("created") {
            *created = Value::Null;
        }
        value
    };
    events.iter().map(read).collect()
}

/// A policy as TOML and a request, with a NUL between them: what is left out is left out once, and no remote file and no
/// hosted tool of a form that is known is left.
///
/// # Panics
/// When that does not hold.
pub fn policy(data: &[u8]) {
    let Some(end) = data.iter().position(|byte| *byte == 0) else { return };
    let (rules, request) = (text(&data[..end]), Bytes::copy_from_slice(&data[end + 1..]));
    let Ok(policy) = toml::from_str::<Policy>(&rules) else { return };
    for api in [Api::Chat, Api::Responses, Api::Embeddings, Api::Messages, Api::Generate] {
        let about = About { api, key: "key_1", key_name: "ada", provider: "openai", model: "gpt-5" };
        let Ok(mut document) = Document::parse(request.clone()) else { return };
        let Ok(changes) = policy.apply(&mut document, about) else { continue };
        assert!(!changes.is_empty() || document.bytes() == request, "what nothing concerns keeps its bytes");
        let stripping = Policy { rules: Vec::new(), ..policy.clone() };
        let mut again = document.clone();
        let before = document.bytes();
        if policy.rules.is_empty() {
            assert_eq!(stripping.apply(&mut again, about), Ok(Vec::new()), "{}", text(&before));
            assert_eq!(again.bytes(), before);
        }
    }
}

/// A configuration: what is wrong with it is told in words, whatever it is.
///
/// # Panics
/// When it cannot be looked at.
pub fn config(data: &[u8]) {
    let Ok(settings) = toml::from_str::<Settings>(&text(data)) else { return };
    // What a variable holds is in no text of the configuration.
    for finding in check(&settings, &|name| (name == "KEY").then(|| "sk-of-a-variable".into())) {
        assert!(!finding.key.is_empty() && !finding.problem.is_empty());
        assert!(!finding.problem.contains("sk-of-a-variable"));
    }
    assert!(!format!("{settings:?}").contains("sk-of-a-variable"));
}

/// A status and headers of an answer: a bounded number of meters, each between empty and full.
///
/// # Panics
/// When that does not hold.
pub fn answer_headers(data: &[u8]) {
    let Some((status, rest)) = data.split_first() else { return };
    let mut found = HeaderMap::new();
    for line in rest.split(|byte| *byte == b'\n') {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { continue };
        let name = HeaderName::from_bytes(&line[..colon]);
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(line[colon + 1..].trim_ascii())) {
            found.append(name, value);
        }
    }
    let status = StatusCode::from_u16(200 + u16::from(*status)).unwrap_or(StatusCode::OK);
    let Some(reading) = headers::read(status, &found, 1_700_000_000_000) else { return };
    assert!(reading.meters.len() <= headers::MOST_METERS);
    for meter in &reading.meters {
        assert!(meter.left().is_none_or(|left| (0.0..=1.0).contains(&left)), "{meter:?}");
    }
}

/// Requests and answers of both APIs.
#[must_use]
pub fn requests() -> Vec<Vec<u8>> {
    [
        r#"{"model":"m","max_tokens":9,"temperature":1.5,"stop":["a"],"messages":[{"role":"system","content":"s"},{"role":"user","content":[{"type":"text","text":"é"},{"type":"image_url","image_url":{"url":"data:image/png;base64,QQ=="}}]},{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}}]},{"role":"tool","tool_call_id":"c","content":"out"}],"tools":[{"type":"function","function":{"name":"f","parameters":{}}}],"tool_choice":{"type":"function","function":{"name":"f"}},"reasoning_effort":"low"}"#,
        r#"{"model":"m","max_tokens":9,"system":[{"type":"text","text":"s"}],"stop_sequences":["a"],"thinking":{"type":"enabled","budget_tokens":2048},"messages":[{"role":"user","content":"x"},{"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"s"},{"type":"tool_use","id":"c","name":"f","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"c","content":[{"type":"text","text":"o"}],"is_error":true},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"QQ=="}}]}],"tools":[{"name":"f","input_schema":{}}],"tool_choice":{"type":"any","disable_parallel_tool_use":true}}"#,
        r#"{"id":"m","type":"message","model":"m","content":[{"type":"thinking","thinking":"t"},{"type":"text","text":"x"},{"type":"tool_use","id":"c","name":"f","input":{"a":1}}],"stop_reason":"tool_use","usage":{"input_tokens":1,"cache_read_input_tokens":2,"output_tokens":3}}"#,
        r#"{"id":"c","model":"m","choices":[{"message":{"content":"x","reasoning_content":"t","tool_calls":[{"id":"c","function":{"name":"f","arguments":"{"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":9,"completion_tokens":2,"prompt_tokens_details":{"cached_tokens":4}}}"#,
    ]
    .map(|text| text.as_bytes().to_vec())
    .into()
}

/// Streams of both APIs, with cuts before them.
#[must_use]
pub fn streams() -> Vec<Vec<u8>> {
    let chat = [
        r#"{"choices":[{"delta":{"reasoning_content":"t","content":"é"},"finish_reason":null}]}"#,
        r#"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{"}},{"index":1,"id":"b","function":{"name":"g","arguments":"{}"}}]}}]}"#,
        r#"{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"}"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":9,"completion_tokens":2}}"#,
        "[DONE]",
    ];
    let messages = [
        r#"{"type":"message_start","message":{"id":"m","model":"m","usage":{"input_tokens":9,"output_tokens":1}}}"#,
        r#"{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"c","name":"f","input":{}}}"#,
        r#"{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{}"}}"#,
        r#"{"type":"content_block_stop","index":0}"#,
        r#"{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":7}}"#,
        r#"{"type":"message_stop"}"#,
    ];
    let failed = [r#"{"type":"error","error":{"message":"x"}}"#, r#"{"error":{"message":"x"}}"#];
    let framed = |events: &[&str], end: &str| -> Vec<u8> {
        let text: String = events.iter().map(|event| format!("data: {event}{end}{end}")).collect();
        [&[3, 1, 9, 30], text.as_bytes()].concat()
    };
    vec![framed(&chat, "\n"), framed(&messages, "\r\n"), framed(&failed, "\r"), framed(&[chat[0], messages[5]], "\n")]
}

/// Policies with requests.
#[must_use]
pub fn policies() -> Vec<Vec<u8>> {
    let far = r#"{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x.example"}},{"type":"image","source":{"type":"url","url":"u"}}]}],"tools":[{"type":"web_search"},{"googleSearch":{}},{"type":"function","function":{"name":"f"}}],"tool_choice":{"type":"web_search"},"max_tokens":9}"#;
    let responses = r#"{"input":[{"type":"input_file","file_url":"https://x"},{"content":[{"image\u005furl":"x"}]}]}"#;
    let google = r#"{"contents":[{"parts":[{"fileData":{"fileUri":"gs://x"}}]}],"tools":[{"googleSearch":{},"functionDeclarations":[]}]}"#;
    [
        ("", far),
        ("", responses),
        ("", google),
        ("allow_hosted_tools = ['web_*']\n[[rules]]\nremove = ['a']\nset = {b = 1}\ncap = {max_tokens = 5}\ndefault = {c = 'x'}", far),
        ("rules = [{key = 'a*', deny = 'no'}]", far),
    ]
    .map(|(rules, request)| format!("{rules}\0{request}").into_bytes())
    .into()
}

/// Configurations.
#[must_use]
pub fn configs() -> Vec<Vec<u8>> {
    [
        "[providers.openai]\napi_key = 'env:KEY'\n[providers.mine]\nkind = 'vllm'\nbase_url = 'http://127.0.0.1:8000/v1'\nmodels = [{id = 'q', cost = {input = 1, output = 2}}]",
        "aliases = {fast = ['openai/a', 'x/b']}\n[providers.azure]\nbase_url = 'https://x.example/openai/v1'\napi_key = 'sk-planted'\nheaders = {x-a = 'b'}",
        "[server]\nlisten = '127.0.0.1:0'\nadmin_key = 'env:KEY'\nmax_body_mib = 1\n[upstream]\nretries = 9\n[providers.scripted]",
        "[providers.anthropic]\naccounts = [{label = 'a', api_key = 'env:KEY', weight = 2}, {label = 'a', api_key = 'x'}]\n[policy]\nrules = [{deny = 'x'}]",
    ]
    .map(|text| text.as_bytes().to_vec())
    .into()
}

/// Headers of every provider.
#[must_use]
pub fn header_lines() -> Vec<Vec<u8>> {
    [
        "x-ratelimit-limit-requests: 60\nx-ratelimit-remaining-requests: 59\nx-ratelimit-reset-requests: 1m12.5s\nx-ratelimit-limit-tokens: 150000\nx-ratelimit-remaining-tokens: 149984\nx-ratelimit-reset-tokens: 6ms",
        "anthropic-ratelimit-requests-limit: 50\nanthropic-ratelimit-requests-remaining: 49\nanthropic-ratelimit-requests-reset: 2026-11-21T12:00:00Z\nanthropic-ratelimit-input-tokens-limit: 1\nretry-after: 20",
        "anthropic-ratelimit-unified-5h-utilization: 0.5\nanthropic-ratelimit-unified-5h-reset: 1763700000\nanthropic-ratelimit-unified-status: allowed",
        "retry-after: Sat, 21 Nov 2026 12:00:00 GMT\nretry-after-ms: 250",
    ]
    .map(|text| [&[229], text.as_bytes()].concat())
    .into()
}
