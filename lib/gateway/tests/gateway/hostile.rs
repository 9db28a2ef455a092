//! Clients and providers that want more than they may have.

use oqto_gateway::money::Money;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::support::{Heard, Provider, SURELY, Say, Step, World, config};

fn usage(read: &str, written: &str) -> Say {
    let answer = format!(
        r#"{{"choices":[{{"message":{{"content":"12345678"}},"finish_reason":"stop"}}],"usage":{{"prompt_tokens":{read},"completion_tokens":{written}}}}}"#
    );
    Say { steps: vec![Step::Send(answer.into())], ..Say::json(&json!({})) }
}

fn chat() -> Value {
    json!({"model": "gpt-5-mini", "messages": [{"role": "user", "content": "x"}]})
}

async fn raw(world: &World, path: &str, key: &oqto_kit::Secret, body: &str) -> Heard {
    world.send("POST", path, &[("x-api-key", key.expose().to_owned())], body.as_bytes()).await
}

fn code(heard: &Heard) -> String {
    heard.json()["error"]["code"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn counts_that_no_model_reaches_stop_one_key_and_not_the_book() {
    let provider = Provider::start().await;
    let toml = config(&provider, "");
    let world = World::start(&toml).await;
    let hit = world.key(json!({"name": "hit", "permissions": {"max_budget_usd": 5, "tpm_limit": 1000}})).await;
    let other = world.key(json!({"name": "other"})).await;
    let most = u64::MAX.to_string();
    provider.says([usage(&most, &most)]);
    assert_eq!(world.post("/v1/chat/completions", &hit, &chat()).await.status, 200);
    assert_eq!(code(&world.post("/v1/chat/completions", &hit, &chat()).await), "budget_exceeded");
    provider.says([usage(&most, &most)]);
    let free = world.any_key().await;
    for _ in 0..12 {
        assert_eq!(world.post("/v1/chat/completions", &free, &chat()).await.status, 200);
    }
    provider.says([usage("1", "1")]);
    assert_eq!(world.post("/v1/chat/completions", &other, &chat()).await.status, 200);
    world.settled(14).await;
    let world = World::at(world.stop().await, &toml).await;
    assert_eq!(code(&world.post("/v1/chat/completions", &hit, &chat()).await), "budget_exceeded");
    assert_eq!(world.post("/v1/chat/completions", &other, &chat()).await.status, 200);
    let key = world.gateway.book.find_key("hit").unwrap();
    assert!(world.gateway.book.info(&key).await.unwrap().usage.total_spend_usd > Money::from_usd(5.0));
}

#[tokio::test]
async fn counts_that_are_none_are_guessed_from_what_was_written() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.any_key().await;
    for (said, output, estimated) in [("-5", 2, true), ("null", 2, true), ("\"x\"", 2, true), ("7.0", 7, false)] {
        provider.says([usage("-1", said)]);
        world.post("/v1/chat/completions", &key, &chat()).await;
        let row = world.rows().await.pop().unwrap();
        assert_eq!((row.usage.output, row.estimated), (output, estimated), "{said}");
    }
    // An answer in a form that was not announced, and one that was cut.
    let long = "word ".repeat(400);
    provider
        .says([Say { steps: vec![Step::Send(long.clone().into())], ..Say::json(&json!({})) }
            .with("content-encoding", "br")]);
    world.post("/v1/chat/completions", &key, &chat()).await;
    assert_eq!(world.rows().await.pop().unwrap().usage.output, 500);
    let cut = format!("{{\"choices\":[{{\"message\":{{\"content\":\"{long}");
    provider.says([Say { steps: vec![Step::Send(cut.into())], ..Say::json(&json!({})) }]);
    world.post("/v1/chat/completions", &key, &chat()).await;
    let row = world.rows().await.pop().unwrap();
    assert!(row.estimated && row.usage.output > 500, "{row:?}");
}

#[tokio::test]
async fn fields_that_others_read_otherwise_do_not_pass() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.key(json!({"permissions": {"allowed_models": ["gpt-5-mini"]}})).await;
    provider.says([usage("1", "1")]);
    for body in [
        r#"{"model":"gpt-5-mini","model":"gpt-5","messages":[]}"#,
        r#"{"model":"gpt-5-mini","mod\u0065l":"gpt-5","messages":[]}"#,
        r#"{"model":"gpt-5-mini","Model":"gpt-5","messages":[]}"#,
        "\u{feff}{\"model\":\"gpt-5-mini\",\"messages\":[]}",
        r#"{"model":"gpt-5-mini","messages":[]}{"model":"gpt-5"}"#,
        r#"[{"model":"gpt-5-mini","messages":[]}]"#,
    ] {
        let heard = raw(&world, "/v1/chat/completions", &key, body).await;
        assert_eq!((heard.status, code(&heard).as_str()), (400, "invalid_json"), "{body}");
    }
    assert_eq!(
        code(&raw(&world, "/v1/chat/completions", &key, r#"{"model":"gpt-5","messages":[]}"#).await),
        "model_not_allowed"
    );
    assert_eq!(provider.asked().len(), 0);
    // Others that may answer instead do not reach the provider.
    let body = r#"{"model":"gpt-5-mini","models":["gpt-5"],"messages":[]}"#;
    assert_eq!(raw(&world, "/v1/chat/completions", &key, body).await.status, 200);
    assert_eq!(provider.asked()[0].json(), json!({"model": "gpt-5-mini", "messages": []}));
}

#[tokio::test]
async fn a_body_of_many_fields_holds_nobody_up() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.any_key().await;
    let many: Vec<String> = (0..200_000).map(|n| format!("\"f{n}\":0")).collect();
    let heard = raw(&world, "/v1/chat/completions", &key, &format!("{{{}}}", many.join(","))).await;
    assert_eq!((heard.status, code(&heard).as_str()), (400, "invalid_json"));
}

#[tokio::test]
async fn a_model_with_steps_in_it_is_in_no_address() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.key(json!({"permissions": {"allowed_models": ["gemini-2.5-flash*"]}})).await;
    provider.says([Say::json(&json!({}))]);
    for model in [
        "gemini-2.5-flash%2f%2e%2e%2fgemini-2.5-pro",
        "gemini-2.5-flash%2F..%2Fgemini-2.5-pro",
        "gemini-2.5-flash%2f%2f..",
    ] {
        let heard = raw(&world, &format!("/v1beta/models/google%2f{model}:generateContent"), &key, "{}").await;
        assert_eq!(heard.status, 400, "{model}: {}", heard.text());
        assert!(heard.text().contains("model_invalid"), "{}", heard.text());
    }
    for path in [
        "//v1/chat/completions",
        "/v1/%2e%2e/chat/completions",
        "/v1/chat/completions;x",
        "/v1;/chat/completions",
        "/V1/chat/completions",
        "/admin%2fkeys",
        "//admin/keys",
        "/v1/../admin/keys",
    ] {
        let heard = raw(&world, path, &key, &chat().to_string()).await;
        assert!(matches!(heard.status, 400 | 404), "{path}: {}", heard.status);
    }
    assert_eq!(provider.asked().len(), 0);
    assert_eq!(world.rows().await.iter().filter(|row| row.outcome != "refused").count(), 0);
}

#[tokio::test]
async fn rules_hold_in_the_words_of_the_provider_too() {
    let provider = Provider::start().await;
    let rules = "policy = {rules = [{provider = 'anthropic', cap = {max_tokens = 100}}, \
                 {provider = 'openai', cap = {max_tokens = 100}, remove = ['reasoning_effort']}]}";
    let world = World::start(&config(&provider, rules)).await;
    let key = world.any_key().await;
    provider.says([Say::json(&json!({"type": "message", "content": [], "stop_reason": "end_turn", "usage": {"input_tokens": 1, "output_tokens": 1}}))]);
    let body = json!({"model": "claude-haiku-4-5", "max_completion_tokens": 50_000, "messages": [{"role": "user", "content": "x"}]});
    assert_eq!(world.post("/v1/chat/completions", &key, &body).await.status, 200);
    assert_eq!(provider.asked()[0].json()["max_tokens"], 100);
    provider.says([usage("1", "1")]);
    let body = json!({"model": "gpt-5-mini", "max_tokens": 50_000, "thinking": {"type": "enabled", "budget_tokens": 9000},
        "messages": [{"role": "user", "content": "x"}]});
    assert_eq!(world.post("/v1/messages", &key, &body).await.status, 200);
    let sent = provider.asked()[1].json();
    assert_eq!((&sent["max_completion_tokens"], sent.get("reasoning_effort")), (&json!(100), None), "{sent}");
}

#[tokio::test]
async fn a_response_that_nobody_counts_is_refused() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.key(json!({"permissions": {"max_budget_usd": 1}})).await;
    provider.says([Say::json(&json!({"object": "response", "status": "queued", "usage": null}))]);
    let body = json!({"model": "gpt-5-mini", "input": "x", "background": true});
    let heard = world.post("/v1/responses", &key, &body).await;
    assert_eq!((heard.status, code(&heard).as_str()), (403, "policy_violation"), "{}", heard.text());
    assert_eq!(provider.asked().len(), 0);
}

#[tokio::test]
async fn a_model_without_end_is_refused_and_not_kept() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.any_key().await;
    provider.says([Say::error(404, &json!({"error": {"message": "no such model"}}))]);
    let ask = async |length: usize| {
        let model = format!("openai/{}", "m".repeat(length - 7));
        let heard = world.post("/v1/chat/completions", &key, &json!({"model": model, "messages": []})).await;
        (heard.status, heard.body.len() < 1000)
    };
    assert_eq!(ask(1 << 20).await, (400, true));
    assert_eq!(ask(513).await, (400, true));
    assert_eq!(provider.asked().len(), 0);
    assert_eq!(ask(512).await, (404, true), "the provider was asked");
    assert_eq!(world.rows().await.len(), 1);
}

#[tokio::test]
async fn a_body_has_one_length() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.any_key().await;
    provider.says([usage("1", "1")]);
    let body = chat().to_string();
    let chunked = format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    let head = |lines: &str| {
        format!(
            "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-api-key: {}\r\n{lines}\r\n",
            key.expose()
        )
    };
    for lines in [
        "content-length: 4\r\ncontent-length: 400\r\n".to_owned(),
        "content-length: 4, 400\r\n".to_owned(),
        "content-length: +4\r\n".to_owned(),
        "transfer-encoding: chunked, identity\r\n".to_owned(),
        "transfer-encoding: xchunked\r\n".to_owned(),
        "x-folded: a\r\n transfer-encoding: chunked\r\n".to_owned(),
        "transfer-encoding : chunked\r\n".to_owned(),
    ] {
        let mut stream = tokio::net::TcpStream::connect(world.address).await.unwrap();
        stream.write_all(format!("{}{chunked}", head(&lines)).as_bytes()).await.unwrap();
        let mut heard = Vec::new();
        let _ = tokio::time::timeout(SURELY, stream.read_to_end(&mut heard)).await.expect("it is let go");
        let heard = String::from_utf8_lossy(&heard);
        assert!(heard.is_empty() || heard.starts_with("HTTP/1.1 400"), "{lines}: {heard}");
        assert_eq!(
            heard.matches("HTTP/1.1").count(),
            usize::from(!heard.is_empty()),
            "{lines}: one request, one answer"
        );
    }
    assert_eq!(provider.asked().len(), 0);
    let mut stream = tokio::net::TcpStream::connect(world.address).await.unwrap();
    stream.write_all(format!("{}{chunked}", head("transfer-encoding: chunked\r\n")).as_bytes()).await.unwrap();
    let mut heard = String::new();
    stream.read_to_string(&mut heard).await.unwrap();
    assert!(heard.starts_with("HTTP/1.1 200"), "one that is clear is served: {heard}");
}

#[tokio::test]
async fn what_a_provider_keeps_is_reserved_as_if_it_were_sent() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    // The context of the model costs about 0.1 dollars.
    let key = world.key(json!({"permissions": {"max_budget_usd": 0.15}})).await;
    let said = json!({"object": "response", "status": "completed", "output": [], "usage": {"input_tokens": 1, "output_tokens": 1}});
    let go = std::sync::Arc::new(tokio::sync::Notify::new());
    let wait =
        Say { steps: vec![Step::Wait(go.clone()), Step::Send(said.to_string().into())], ..Say::json(&json!({})) };
    provider.says([wait, Say::json(&said)]);
    let body = |more: Value| {
        let mut body = json!({"model": "gpt-5-mini", "input": "x", "max_output_tokens": 100});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let kept = body(json!({"previous_response_id": "resp_1"}));
    let auth = [("x-api-key", key.expose().to_owned())];
    let mut first = world.begin("POST", "/v1/responses", &auth, kept.to_string().as_bytes()).await;
    provider.answering(1).await;
    let second = world.post("/v1/responses", &key, &kept).await;
    assert_eq!((second.status, code(&second).as_str()), (429, "budget_reserved"));
    assert_eq!(world.post("/v1/responses", &key, &body(json!({}))).await.status, 200, "one that says all goes");
    go.notify_one();
    assert_eq!(first.rest().await.status, 200);
    assert_eq!(world.post("/v1/responses", &key, &kept).await.status, 200);
}
