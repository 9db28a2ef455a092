//! Nothing where something should be, and too much of it.

use serde_json::json;

use crate::support::{Provider, Say, Step, World, config};

#[tokio::test]
async fn a_request_of_no_bytes_is_refused_in_each_wire() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.any_key().await;
    let auth = [("x-api-key", key.expose().to_owned())];
    for path in ["/v1/chat/completions", "/v1/responses", "/v1/embeddings", "/v1/messages", "/v1/messages/count_tokens"]
    {
        let heard = world.send("POST", path, &auth, b"").await;
        assert_eq!((heard.status, heard.json()["error"]["code"].as_str()), (400, Some("invalid_json")), "{path}");
    }
    let heard = world.send("POST", "/v1beta/models/gemini-2.5-flash:generateContent", &auth, b"").await;
    assert_eq!((heard.status, heard.json()["error"]["status"].as_str()), (400, Some("INVALID_ARGUMENT")));
    assert_eq!((provider.asked().len(), world.rows().await.len()), (0, 0));
}

#[tokio::test]
async fn an_answer_of_no_bytes_passes_natively_and_is_none_in_other_words() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "upstream = {retries = 0}")).await;
    let key = world.any_key().await;
    let nothing = Say { steps: Vec::new(), ..Say::json(&json!({})) };
    provider.says([nothing.clone()]);
    let chat = json!({"model": "gpt-5-mini", "messages": []});
    let heard = world.post("/v1/chat/completions", &key, &chat).await;
    assert_eq!((heard.status, heard.body.len(), heard.whole), (200, 0, true));
    provider.says([nothing]);
    let heard =
        world.post("/v1/messages", &key, &json!({"model": "gpt-5-mini", "max_tokens": 9, "messages": []})).await;
    assert_eq!((heard.status, heard.json()["error"]["code"].as_str()), (502, Some("provider_answer_unreadable")));
    provider.says([Say::steps(Vec::new())]);
    let body = json!({"model": "gpt-5-mini", "max_tokens": 9, "stream": true, "messages": []});
    let heard = world.post("/v1/messages", &key, &body).await;
    assert!(heard.text().contains("broke off") && !heard.text().contains("message_stop"), "{}", heard.text());
    let rows = world.settled(3).await;
    assert!(rows.iter().all(|row| row.estimated && row.usage.input > 0), "what was sent is charged: {rows:?}");
}

#[tokio::test]
async fn an_answer_packed_in_an_unknown_way_passes_and_is_guessed() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.any_key().await;
    for packing in ["br", "zstd"] {
        let packed: Vec<u8> = (0..200).map(|n| n as u8 ^ 0x5a).collect();
        let say = Say { steps: vec![Step::Send(packed.clone().into())], ..Say::json(&json!({})) };
        provider.says([say.with("content-encoding", packing)]);
        let body = json!({"model": "gpt-5-mini", "messages": []});
        let headers = [("x-api-key", key.expose().to_owned()), ("accept-encoding", format!("{packing}, gzip"))];
        let heard = world.send("POST", "/v1/chat/completions", &headers, body.to_string().as_bytes()).await;
        assert_eq!((heard.status, &heard.body, heard.header("content-encoding")), (200, &packed, Some(packing)));
        let asked = provider.asked().pop().unwrap();
        assert_eq!(asked.headers["accept-encoding"], "gzip", "a provider is not asked for what cannot be read");
    }
    let rows = world.settled(2).await;
    assert!(rows.iter().all(|row| row.estimated && row.usage.input > 0 && row.outcome == "done"), "{rows:?}");
}

#[tokio::test]
async fn headers_of_a_client_go_on_as_far_as_they_may() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.any_key().await;
    provider.says([Say::json(&json!({"type": "message", "content": [], "stop_reason": "end_turn",
        "usage": {"input_tokens": 1, "output_tokens": 1}}))]);
    let beta = "interleaved-thinking-2025-05-14,context-1m-2025-08-07";
    let headers = [
        ("x-api-key", key.expose().to_owned()),
        ("anthropic-beta", beta.to_owned()),
        ("anthropic-version", "2023-06-01".to_owned()),
        ("cookie", "a=b".to_owned()),
        ("x-forwarded-for", "10.0.0.1".to_owned()),
        ("x-large", "y".repeat(20_000)),
    ];
    let body = json!({"model": "claude-haiku-4-5", "max_tokens": 9, "messages": []}).to_string();
    assert_eq!(world.send("POST", "/v1/messages", &headers, body.as_bytes()).await.status, 200);
    let asked = provider.asked().pop().unwrap();
    assert_eq!(asked.headers["anthropic-beta"], beta);
    assert_eq!(asked.headers["anthropic-version"], "2023-06-01");
    for gone in ["cookie", "x-forwarded-for", "x-large"] {
        assert!(!asked.headers.contains_key(gone), "{gone}");
    }
}

#[tokio::test]
async fn an_event_without_an_end_passes_and_is_not_held() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.any_key().await;
    // Twenty MiB without a line end: more than an event may have.
    let chunk = Step::Send(vec![b'x'; 1 << 20].into());
    let steps: Vec<_> = [Step::Send("data: ".into())].into_iter().chain(vec![chunk; 20]).collect();
    for asked in [json!({"include_usage": true}), json!({"include_usage": false})] {
        provider.says([Say::steps(steps.clone())]);
        let body = json!({"model": "gpt-5-mini", "stream": true, "stream_options": asked, "messages": []});
        let heard = world.post("/v1/chat/completions", &key, &body).await;
        assert_eq!((heard.status, heard.body.len()), (200, 6 + (20 << 20)));
    }
    let rows = world.settled(2).await;
    assert!(rows.iter().all(|row| row.estimated && row.usage.input > 0), "{rows:?}");
}

#[tokio::test]
async fn a_model_is_named_in_a_google_body_as_the_provider_does() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.any_key().await;
    provider.says([Say::json(&json!({"embeddings": []}))]);
    let (ours, theirs) = ("models/google/gemini-embedding-001", "models/gemini-embedding-001");
    let body =
        |name: &str| json!({"model": name, "requests": [{"model": name, "content": {"parts": []}}, {"content": {}}]});
    let heard = world.post("/v1beta/models/google/gemini-embedding-001:batchEmbedContents", &key, &body(ours)).await;
    let asked = provider.asked().pop().unwrap();
    assert_eq!((heard.status, asked.json()), (200, body(theirs)));
    assert_eq!(asked.path, "/v1/models/gemini-embedding-001:batchEmbedContents");
    // What is named so already keeps its bytes.
    world.post("/v1beta/models/gemini-embedding-001:batchEmbedContents", &key, &body(theirs)).await;
    assert_eq!(provider.asked().pop().unwrap().body, body(theirs).to_string());
    let counting = json!({"generateContentRequest": {"model": "models/google/gemini-2.5-flash", "contents": []}});
    world.post("/v1beta/models/google/gemini-2.5-flash:countTokens", &key, &counting).await;
    assert_eq!(provider.asked().pop().unwrap().json()["generateContentRequest"]["model"], "models/gemini-2.5-flash");
}
