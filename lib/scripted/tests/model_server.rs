//! The model server over real HTTP, read byte by byte: what a harness sees.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use oqto_scripted::{Manner, ModelServer, Outcome};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const DEADLINE: Duration = Duration::from_secs(10);

async fn open(server: &ModelServer, path: &str, body: &Value) -> TcpStream {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let body = body.to_string();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer k\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
    stream
}

/// The status, and the body with its chunk framing taken off by keeping only lines with data.
async fn post(server: &ModelServer, path: &str, body: &Value) -> (u16, Vec<Value>) {
    let mut stream = open(server, path, body).await;
    let mut answer = String::new();
    tokio::time::timeout(DEADLINE, stream.read_to_string(&mut answer)).await.unwrap().unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    let data = |line: &str| {
        let line = line.strip_prefix("data: ").unwrap_or(line);
        line.starts_with('{').then(|| serde_json::from_str(line).unwrap())
    };
    (status, answer.lines().filter_map(data).collect())
}

fn chat(prompt: &str, stream: bool) -> Value {
    json!({"model": "any", "stream": stream, "messages": [{"role": "user", "content": prompt}]})
}

#[tokio::test]
async fn the_three_apis_stream_thinking_text_and_a_call() {
    let server = ModelServer::start(Manner::Scripted).await.unwrap();
    let prompt = "fake:think\nfake:tool bash {\"command\":\"ls\"}";
    let (status, chunks) = post(&server, "/v1/chat/completions", &chat(prompt, true)).await;
    let arguments: String = chunks
        .iter()
        .filter_map(|chunk| chunk["choices"][0]["delta"]["tool_calls"][0]["function"]["arguments"].as_str())
        .collect();
    assert_eq!((status, arguments.as_str()), (200, "{\"command\":\"ls\"}"));
    let finish = chunks.iter().find_map(|chunk| chunk["choices"][0]["finish_reason"].as_str());
    assert_eq!(finish, Some("tool_calls"));

    let body = json!({"model": "any", "stream": true, "messages": [{"role": "user", "content": prompt}]});
    let (_, events) = post(&server, "/v1/messages", &body).await;
    let kinds: Vec<_> = events.iter().filter_map(|event| event["content_block"]["type"].as_str()).collect();
    assert_eq!(kinds, ["thinking", "text", "tool_use"]);
    assert_eq!(events.last().map(|event| event["type"].clone()), Some(json!("message_stop")));

    let body = json!({"model": "any", "stream": true, "input": [{"role": "user", "content": [{"type": "input_text", "text": prompt}]}]});
    let (_, events) = post(&server, "/v1/responses", &body).await;
    let output = &events.last().unwrap()["response"]["output"];
    let kinds: Vec<_> = output.as_array().unwrap().iter().filter_map(|item| item["type"].as_str()).collect();
    assert_eq!(kinds, ["reasoning", "message", "function_call"]);
}

#[tokio::test]
async fn googles_api_streams_events_or_a_list_and_counts() {
    let server = ModelServer::start(Manner::Scripted).await.unwrap();
    let body = json!({"contents": [{"role": "user", "parts": [
        {"text": "fake:think\nfake:text done\nfake:ptool bash {\"command\":\"ls\"}"},
        {"inlineData": {"mimeType": "image/png", "data": "QQ=="}}]}]});
    let parts = |chunks: &[Value]| -> Vec<Value> {
        chunks.iter().flat_map(|chunk| chunk["candidates"][0]["content"]["parts"].as_array().unwrap().clone()).collect()
    };
    let (status, events) = post(&server, "/v1beta/models/demo:streamGenerateContent?alt=sse", &body).await;
    assert_eq!(status, 200);
    let said = parts(&events);
    assert!(said[0]["thought"] == true && said.iter().any(|part| part["functionCall"]["args"]["command"] == "ls"));
    let last = events.last().unwrap();
    assert_eq!(last["candidates"][0]["finishReason"], "STOP");
    let usage = &last["usageMetadata"];
    let sum =
        ["promptTokenCount", "candidatesTokenCount", "thoughtsTokenCount"].map(|name| usage[name].as_u64().unwrap());
    assert_eq!(sum.iter().sum::<u64>(), usage["totalTokenCount"].as_u64().unwrap());

    let mut stream = open(&server, "/v1beta/models/demo:streamGenerateContent", &body).await;
    let mut listed = String::new();
    tokio::time::timeout(DEADLINE, stream.read_to_string(&mut listed)).await.unwrap().unwrap();
    let objects: Vec<&str> = listed.lines().filter(|line| line.contains("\"candidates\"")).collect();
    assert_eq!((objects.len(), objects[0].starts_with("[{")), (events.len(), true));
    assert!(listed.contains("\r\n]\n"), "{listed}");

    let (_, whole) = post(&server, "/v1beta/models/demo:generateContent", &body).await;
    assert_eq!(parts(&whole).len(), 3);
    assert_eq!((&whole[0]["modelVersion"], whole[0]["usageMetadata"] == *usage), (&json!("demo"), true));
    let (_, counted) = post(&server, "/v1beta/models/demo:countTokens", &body).await;
    assert_eq!(counted[0]["totalTokens"], usage["promptTokenCount"]);
    let failing = json!({"contents": [{"parts": [{"text": "fake:error 429"}]}]});
    let (status, refused) = post(&server, "/v1beta/models/demo:generateContent", &failing).await;
    assert_eq!((status, &refused[0]["error"]["status"]), (429, &json!("RESOURCE_EXHAUSTED")));
    let records = server.log().records();
    assert_eq!((records[0].conversation.images, records[0].conversation.model.as_str()), (1, "demo"));
    assert!(records[0].conversation.stream && !records[2].conversation.stream);
}

#[tokio::test]
async fn embeddings_are_vectors_of_the_texts() {
    let server = ModelServer::start(Manner::Scripted).await.unwrap();
    let (status, openai) = post(&server, "/v1/embeddings", &json!({"model": "e", "input": ["a", "b"]})).await;
    assert_eq!((status, openai[0]["data"].as_array().map(Vec::len)), (200, Some(2)));
    assert!(openai[0]["usage"]["prompt_tokens"].as_u64() > Some(0));
    let content = json!({"content": {"parts": [{"text": "a"}]}});
    let (_, google) = post(&server, "/v1beta/models/e:embedContent", &content).await;
    assert_eq!(google[0]["embedding"]["values"], openai[0]["data"][0]["embedding"]);
}

#[tokio::test]
async fn without_streaming_the_answer_is_one_object() {
    let server = ModelServer::start(Manner::Scripted).await.unwrap();
    let (_, whole) = post(&server, "/chat/completions", &chat("fake:text plain words", false)).await;
    assert_eq!(whole[0]["choices"][0]["message"], json!({"role": "assistant", "content": "plain words"}));
    let (_, whole) = post(&server, "/v1/messages", &chat("fake:text plain words", false)).await;
    assert_eq!(whole[0]["content"], json!([{"type": "text", "text": "plain words"}]));
    let (_, whole) = post(&server, "/v1/messages/count_tokens", &chat("x", false)).await;
    assert!(whole[0]["input_tokens"].as_u64() > Some(0), "{whole:?}");
}

#[tokio::test]
async fn scripted_errors_and_bad_requests_have_their_status() {
    let server = ModelServer::start(Manner::Scripted).await.unwrap();
    let (status, body) = post(&server, "/v1/messages", &chat("fake:error 529 1", true)).await;
    assert_eq!((status, body[0]["error"]["message"].clone()), (529, json!("scripted error 529")));
    assert_eq!(post(&server, "/v1/messages", &chat("fake:error 529 1", true)).await.0, 200);
    assert_eq!(post(&server, "/v1/unheard-of", &json!({})).await.0, 404);
    let records = server.log().records();
    assert_eq!(
        records.iter().map(|record| record.outcome).collect::<Vec<_>>(),
        [Outcome::Refused(529), Outcome::Answered]
    );
    assert_eq!(records[0].credential.as_deref(), Some("Bearer k"));
}

#[tokio::test]
async fn a_client_that_leaves_is_noticed() {
    let server = ModelServer::start(Manner::Scripted).await.unwrap();
    let mut stream = open(&server, "/v1/chat/completions", &chat("fake:text half an answer\nfake:hang", true)).await;
    let mut seen = String::new();
    let mut buffer = [0; 1024];
    while !seen.contains("answer") {
        let count = tokio::time::timeout(DEADLINE, stream.read(&mut buffer)).await.unwrap().unwrap();
        seen.push_str(&String::from_utf8_lossy(&buffer[..count]));
    }
    assert_eq!(server.log().records()[0].outcome, Outcome::Open);
    drop(stream);
    let aborted = |records: &[oqto_scripted::RequestRecord]| records[0].outcome == Outcome::Aborted;
    server.log().until("the abort", DEADLINE, aborted).await.unwrap();
}

#[tokio::test]
async fn dropping_the_server_ends_an_answer_that_hangs() {
    let server = ModelServer::start(Manner::Tour).await.unwrap();
    let mut stream = open(&server, "/v1/chat/completions", &chat("fake:hang", true)).await;
    let mut first = [0; 64];
    stream.read_exact(&mut first).await.unwrap();
    drop(server);
    let mut rest = Vec::new();
    tokio::time::timeout(DEADLINE, stream.read_to_end(&mut rest)).await.expect("the connection ends").ok();
}
