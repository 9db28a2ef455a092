//! What goes through: each wire native, bytes as they come, and every token in the book.

use std::io::Write as _;
use std::sync::Arc;

use crate::support::{PLANTED, Provider, Say, Step, World, config};
use oqto_gateway::money::Money;
use serde_json::{Value, json};
use tokio::sync::Notify;

fn chat(model: &str) -> Value {
    json!({"model": model, "messages": [{"role": "user", "content": "Grüße"}]})
}

/// Every wire with its path, its request, an answer with usage, and what it costs.
fn wires() -> Vec<(&'static str, &'static str, Value, Value, &'static str)> {
    vec![
        (
            "/v1/chat/completions",
            "/v1/chat/completions",
            json!({"model": "gpt-5-mini", "messages": [], "x_unknown": [1, 2.50, "\u{1F30D}"]}),
            json!({"choices": [{"message": {"content": "hi"}, "finish_reason": "stop"}],
                "usage": {"prompt_tokens": 1000, "completion_tokens": 100, "prompt_tokens_details": {"cached_tokens": 400}}}),
            "$0.000360",
        ),
        (
            "/openai/v1/responses",
            "/v1/responses",
            json!({"model": "gpt-5-mini", "input": "x"}),
            json!({"status": "completed", "output": [], "usage": {"input_tokens": 1000, "output_tokens": 100,
                "input_tokens_details": {"cached_tokens": 400}}}),
            "$0.000360",
        ),
        (
            "/v1/embeddings",
            "/v1/embeddings",
            json!({"model": "openai/text-embedding-3-small", "input": "x"}),
            json!({"data": [], "usage": {"prompt_tokens": 1000, "total_tokens": 1000}}),
            "$0.000020",
        ),
        (
            "/v1/messages",
            "/v1/messages",
            json!({"model": "claude-haiku-4-5", "max_tokens": 9, "messages": []}),
            json!({"type": "message", "content": [], "stop_reason": "end_turn", "usage": {"input_tokens": 1000,
                "cache_read_input_tokens": 20_000, "cache_creation_input_tokens": 400, "output_tokens": 50}}),
            "$0.003750",
        ),
        (
            "/v1beta/models/gemini-2.5-flash:generateContent",
            "/v1/models/gemini-2.5-flash:generateContent",
            json!({"contents": []}),
            json!({"candidates": [{"finishReason": "STOP"}], "usageMetadata": {"promptTokenCount": 1000,
                "cachedContentTokenCount": 400, "candidatesTokenCount": 60, "thoughtsTokenCount": 40}}),
            "",
        ),
    ]
}

#[tokio::test]
async fn every_wire_passes_as_it_is_and_costs_what_its_prices_say() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.any_key().await;
    for (path, asked_path, body, answer, cost) in wires() {
        provider.says([Say::json(&answer).with("set-cookie", "a=b").with("x-request-id", "up-1")]);
        let heard = world.post(path, &key, &body).await;
        assert_eq!((heard.status, heard.json()), (200, answer), "{path}");
        assert_eq!((heard.header("x-request-id"), heard.header("set-cookie")), (Some("up-1"), None));
        let asked = provider.asked().pop().unwrap();
        assert_eq!(asked.path, asked_path);
        let prefixed = body["model"].as_str().is_some_and(|model| model.contains('/'));
        if !prefixed {
            assert_eq!(asked.body, body.to_string().as_bytes(), "not a byte is changed");
        }
        let shown = format!("{:?}", asked.headers);
        assert!(!shown.contains(key.expose()), "the virtual key stays here");
        let sent: Vec<_> =
            asked.headers.values().filter(|value| value.to_str().unwrap_or("").contains(PLANTED)).collect();
        assert_eq!(sent.len(), 1, "the provider's key is sent once");
        let row = world.rows().await.pop().unwrap();
        assert_eq!((row.outcome.as_str(), row.estimated, row.status), ("done", false, 200), "{path}");
        if !cost.is_empty() {
            assert_eq!(row.cost_usd.map(|cost| cost.to_string()).as_deref(), Some(cost), "{path}");
        }
        assert_eq!(heard.header("x-eavs-request"), Some(row.request.as_str()));
    }
}

#[tokio::test]
async fn the_first_chunk_is_there_before_the_second_exists() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.any_key().await;
    for path in ["/v1/chat/completions", "/v1/messages"] {
        let model = if path.ends_with("messages") { "claude-haiku-4-5" } else { "gpt-5-mini" };
        let go = Arc::new(Notify::new());
        let first = "data: {\"type\":\"x\",\"choices\":[{\"delta\":{\"content\":\"one\"}}]}\n\n";
        provider.says([Say::steps(vec![
            Step::Send(first.into()),
            Step::Wait(go.clone()),
            Step::Send("data: two\n\n".into()),
        ])]);
        let body = json!({"model": model, "stream": true, "messages": []}).to_string();
        let auth = [("x-api-key", key.expose().to_owned())];
        let mut client = world.begin("POST", path, &auth, body.as_bytes()).await;
        client.until("one").await;
        assert!(!client.heard().contains("two"));
        go.notify_one();
        client.until("two").await;
    }
}

const CHAT_STREAM: &str = ": hello\r\n\r\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Grüße 🌍\"}}]}\r\n\r\ndata: {\"choices\":\r\ndata: [{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\r\n\r\ndata: {\"choices\":[],\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":100}}\r\n\r\ndata: [DONE]\r\n\r\n";

#[tokio::test]
async fn odd_framing_passes_byte_by_byte_and_is_counted() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.any_key().await;
    for size in [1, 3, 1000] {
        let steps = CHAT_STREAM.as_bytes().chunks(size).map(|chunk| Step::Send(chunk.to_vec().into())).collect();
        provider.says([Say::steps(steps)]);
        let mut body = chat("gpt-5-mini");
        body["stream"] = json!(true);
        body["stream_options"] = json!({"include_usage": true});
        let heard = world.post("/v1/chat/completions", &key, &body).await;
        assert_eq!(heard.text(), CHAT_STREAM);
        let row = world.rows().await.pop().unwrap();
        assert_eq!(
            (row.usage.input, row.usage.output, row.estimated, row.outcome.as_str()),
            (1000, 100, false, "done")
        );
    }
}

#[tokio::test]
async fn usage_that_nobody_asked_for_is_asked_for_and_hidden() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.any_key().await;
    provider.says([Say::events(CHAT_STREAM)]);
    let mut body = chat("gpt-5-mini");
    body["stream"] = json!(true);
    body["stream_options"] = json!({"include_obfuscation": false});
    let heard = world.post("/v1/chat/completions", &key, &body).await;
    let asked = provider.asked().pop().unwrap().json();
    assert_eq!(asked["stream_options"], json!({"include_obfuscation": false, "include_usage": true}));
    let (before, after) = CHAT_STREAM.split_once("data: {\"choices\":[],\"usage\"").unwrap();
    let after = after.split_once("\r\n\r\n").unwrap().1;
    assert_eq!(heard.text(), format!("{before}{after}"), "the other bytes are as they came");
    assert_eq!(world.rows().await.pop().unwrap().usage.output, 100);
}

#[tokio::test]
async fn packed_answers_pass_packed_and_are_counted() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.any_key().await;
    let answer = wires()[0].3.to_string();
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(answer.as_bytes()).unwrap();
    let packed = packer.finish().unwrap();
    let say = Say { steps: vec![Step::Send(packed.clone().into())], ..Say::json(&json!({})) };
    provider.says([say.with("content-encoding", "gzip")]);
    let headers = [("authorization", format!("bearer {}", key.expose())), ("accept-encoding", "gzip".to_owned())];
    let heard = world.send("POST", "/v1/chat/completions", &headers, chat("gpt-5-mini").to_string().as_bytes()).await;
    assert_eq!((&heard.body, heard.header("content-encoding")), (&packed, Some("gzip")));
    assert_eq!(provider.asked()[0].headers["accept-encoding"], "gzip");
    assert_eq!(world.rows().await[0].usage.output, 100);
}

#[tokio::test]
async fn chat_clients_and_message_models_understand_each_other() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.any_key().await;
    let message = json!({"id": "msg_1", "type": "message", "role": "assistant", "model": "claude-haiku-4-5",
        "content": [{"type": "text", "text": "Grüße"}], "stop_reason": "end_turn",
        "usage": {"input_tokens": 1000, "output_tokens": 100}});
    provider.says([Say::json(&message)]);
    let heard = world.post("/v1/chat/completions", &key, &chat("anthropic/claude-haiku-4-5")).await;
    assert_eq!(heard.json()["choices"][0]["message"]["content"], "Grüße");
    let asked = provider.asked().pop().unwrap();
    assert_eq!((asked.path.as_str(), asked.json()["model"].as_str()), ("/v1/messages", Some("claude-haiku-4-5")));

    provider.says([Say::events(CHAT_STREAM)]);
    let body = json!({"model": "gpt-5-mini", "max_tokens": 50, "stream": true, "messages": [{"role": "user", "content": "x"}]});
    let heard = world.post("/v1/messages", &key, &body).await;
    let text = heard.text();
    assert!(
        text.starts_with("event: message_start\n") && text.ends_with("data: {\"type\":\"message_stop\"}\n\n"),
        "{text}"
    );
    assert!(text.contains("Grüße 🌍"));
    let asked = provider.asked().pop().unwrap();
    assert_eq!((asked.path.as_str(), &asked.json()["max_completion_tokens"]), ("/v1/chat/completions", &json!(50)));
    let costs: Vec<_> = world.rows().await.iter().map(|row| row.cost_usd).collect();
    assert_eq!(costs, [Some(Money::from_usd(0.0015)), Some(Money::from_usd(0.00045))]);
}

#[tokio::test]
async fn counting_tokens_is_free_whatever_the_budget() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.key(json!({"permissions": {"max_budget_usd": 0.0}})).await;
    provider.says([Say::json(&json!({"input_tokens": 12}))]);
    let body = json!({"model": "claude-haiku-4-5", "messages": []});
    assert_eq!(world.post("/v1/messages/count_tokens", &key, &body).await.json()["input_tokens"], 12);
    assert_eq!(world.post("/v1/messages", &key, &body).await.status, 402, "asking is not");
    let rows = world.rows().await;
    assert_eq!((rows.len(), rows[0].cost_usd, rows[0].estimated), (1, Some(Money::ZERO), false));
}

#[tokio::test]
async fn models_are_listed_in_the_words_of_each_client() {
    let provider = Provider::start().await;
    let world = World::start(&config(
        &provider,
        "aliases = {fast = ['openai/gpt-5-mini'], near = ['google/gemini-2.5-flash', 'openai/gpt-5-mini']}",
    ))
    .await;
    let key = world.key(json!({"permissions": {"allowed_models": ["gpt-5-mini", "claude-haiku-4-5"]}})).await;
    let auth = ("x-api-key", key.expose().to_owned());
    let openai = world.get("/v1/models", std::slice::from_ref(&auth)).await.json();
    let ids: Vec<_> = openai["data"].as_array().unwrap().iter().map(|model| model["id"].clone()).collect();
    assert_eq!(ids, ["fast", "near", "anthropic/claude-haiku-4-5", "openai/gpt-5-mini"]);
    let anthropic = [auth.clone(), ("anthropic-version", "2023-06-01".to_owned())];
    let all = world.get("/v1/models", &anthropic).await.json();
    let ids: Vec<_> = all["data"].as_array().unwrap().iter().map(|model| model["id"].clone()).collect();
    assert_eq!(ids, ["fast", "near", "anthropic/claude-haiku-4-5", "openai/gpt-5-mini"]);
    assert_eq!((&all["first_id"], &all["last_id"]), (&ids[0], &ids[3]));
    let one = world.get("/v1/models/fast", &anthropic).await.json();
    assert_eq!((one["type"].as_str(), one["id"].as_str()), (Some("model"), Some("fast")));
    // Google's clients are answered by its models alone, and only a key that may ask them is told.
    let google = async |key: &oqto_kit::Secret| {
        let told = world.get("/v1beta/models", &[("x-goog-api-key", key.expose().to_owned())]).await.json();
        let named = |model: &Value| model["name"].as_str().unwrap().to_owned();
        told["models"]
            .as_array()
            .unwrap()
            .iter()
            .map(named)
            .filter(|name| !name.contains('/') || name.matches('/').count() == 1)
            .collect::<Vec<_>>()
    };
    assert_eq!(google(&key).await, Vec::<String>::new());
    let any = world.any_key().await;
    assert_eq!(google(&any).await, ["models/near"]);
    let near = world.get("/v1beta/models/near", &[("x-goog-api-key", any.expose().to_owned())]).await.json();
    assert_eq!((near["displayName"].as_str(), near["inputTokenLimit"].is_u64()), (Some("near"), true));
    let anthropic = world.get("/anthropic/v1/models", &anthropic).await.json();
    assert_eq!(
        (anthropic["data"][0]["id"].as_str(), anthropic["has_more"].as_bool()),
        (Some("claude-haiku-4-5"), Some(false))
    );
    let one = world.get("/v1/models/openai/gpt-5-mini", std::slice::from_ref(&auth)).await.json();
    assert_eq!(one["cost"]["cache_read"], 0.025);
    assert_eq!(world.get("/v1/models/openai/gpt-5", std::slice::from_ref(&auth)).await.status, 404, "not for this key");
    let details = world.get("/providers/detail", std::slice::from_ref(&auth)).await.json();
    assert_eq!(details[0]["pi_api"], "anthropic-messages");
    assert_eq!(details[0]["models"][0]["cost"]["cache_write"], 1.25);
}
