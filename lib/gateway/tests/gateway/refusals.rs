//! What is refused, and in which words.

use serde_json::json;

use crate::support::{Provider, Say, World, config};

const CHAT: &str = "/v1/chat/completions";

#[tokio::test]
async fn nothing_but_health_is_answered_without_a_key() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "server = {admin_key = 'admin-planted-key'}")).await;
    assert_eq!(world.get("/health", &[]).await.status, 200);
    for (method, path) in [
        ("POST", "/v1/chat/completions"),
        ("POST", "/v1/messages"),
        ("POST", "/openai/v1/responses"),
        ("POST", "/v1/embeddings"),
        ("POST", "/v1beta/models/gemini-2.5-flash:generateContent"),
        ("GET", "/v1/models"),
        ("GET", "/providers"),
        ("GET", "/providers/detail"),
        ("GET", "/admin/keys"),
        ("POST", "/admin/keys"),
        ("GET", "/admin/usage"),
        ("GET", "/admin/quotas"),
        ("GET", "/admin/requests"),
        ("GET", "/admin/requests/1"),
        ("GET", "/admin/metrics"),
        ("GET", "/metrics"),
        ("GET", "/nothing"),
        ("GET", "/"),
        ("POST", "/health"),
    ] {
        let heard = world.send(method, path, &[], b"{}").await;
        assert_eq!(heard.status, 401, "{method} {path}");
        let wrong = [("authorization", "Bearer eavs_wrong".to_owned())];
        assert_eq!(world.send(method, path, &wrong, b"{}").await.status, 401, "{method} {path} with a wrong key");
    }
    let key = world.any_key().await;
    let shown = [("x-api-key", key.expose().to_owned())];
    let admin = [("authorization", "Bearer admin-planted-key".to_owned())];
    for path in ["/admin/keys", "/admin/usage", "/admin/quotas", "/admin/requests", "/admin/status", "/metrics"] {
        let heard = world.get(path, &shown).await;
        let code = heard.json()["error"]["code"].clone();
        assert_eq!((heard.status, code.as_str()), (403, Some("not_an_admin_key")), "{path}");
        assert_eq!(world.get(path, &admin).await.status, 200, "{path}");
    }
    assert_eq!(world.get(&format!("/v1/models?key={}", key.expose()), &[]).await.status, 401, "no key in an address");
    assert_eq!(world.get("/v1/models", &admin).await.status, 401, "the admin key is no virtual key");
    assert_eq!(world.get("/v1/models", &shown).await.status, 200);
    assert_eq!(provider.asked().len(), 0);
}

#[tokio::test]
async fn each_wire_is_refused_in_its_own_words() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let body = json!({"model": "m"}).to_string();
    let refused = async |path: &str| world.send("POST", path, &[], body.as_bytes()).await.json();
    assert_eq!(refused(CHAT).await["error"]["code"], "missing_api_key");
    let message = refused("/v1/messages").await;
    assert_eq!((&message["type"], &message["error"]["type"]), (&json!("error"), &json!("authentication_error")));
    let google = refused("/v1beta/models/x:generateContent").await;
    assert_eq!((&google["error"]["code"], &google["error"]["status"]), (&json!(401), &json!("UNAUTHENTICATED")));
}

#[tokio::test]
async fn requests_that_make_no_sense_are_told_why() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "server = {max_body_mib = 1}")).await;
    let key = world.key(json!({"permissions": {"blocked_models": ["gpt-5"]}})).await;
    let code = async |path: &str, body: &str| {
        let auth = [("x-api-key", key.expose().to_owned())];
        let heard = world.send("POST", path, &auth, body.as_bytes()).await;
        (heard.status, heard.json()["error"]["code"].as_str().unwrap_or_default().to_owned())
    };
    let is = |status: u16, code: &str| (status, code.to_owned());
    assert_eq!(code(CHAT, "not json").await, is(400, "invalid_json"));
    assert_eq!(code(CHAT, "{\"model\":\"a\",\"model\":\"b\"}").await, is(400, "invalid_json"));
    assert_eq!(code(CHAT, "{\"messages\":[]}").await, is(400, "model_missing"));
    assert_eq!(code(CHAT, "{\"model\":\"no-such\"}").await, is(404, "model_not_found"));
    assert_eq!(code("/nobody/v1/chat/completions", "{\"model\":\"x\"}").await, is(404, "provider_not_found"));
    assert_eq!(code(CHAT, "{\"model\":\"gpt-5\"}").await, is(403, "model_not_allowed"));
    assert_eq!(code("/anthropic/v1/responses", "{\"model\":\"x\"}").await, is(400, "api_not_supported"));
    assert_eq!(code("/v1/audio/speech", "{}").await, is(404, "path_not_found"));
    assert_eq!(code(CHAT, &"x".repeat((1 << 20) + 1)).await, is(413, "payload_too_large"));
    let auth = [("x-api-key", key.expose().to_owned())];
    assert_eq!(world.get(CHAT, &auth).await.status, 405);
    let packed = [auth[0].clone(), ("content-encoding", "gzip".to_owned())];
    assert_eq!(world.send("POST", CHAT, &packed, b"x").await.status, 415);
    assert_eq!(provider.asked().len(), 0, "nothing of it went on");
}

#[tokio::test]
async fn a_body_without_a_length_is_bounded_too() {
    use tokio::io::AsyncWriteExt as _;
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "server = {max_body_mib = 1}")).await;
    let key = world.any_key().await;
    let mut stream = tokio::net::TcpStream::connect(world.address).await.unwrap();
    let head =
        format!("POST {CHAT} HTTP/1.1\r\nhost: x\r\nx-api-key: {}\r\ntransfer-encoding: chunked\r\n\r\n", key.expose());
    stream.write_all(head.as_bytes()).await.unwrap();
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
    let mut sent = 0;
    // It is cut off somewhere; what matters is that it is, and the answer.
    while sent < 64 && stream.write_all(chunk.as_bytes()).await.is_ok() {
        sent += 1;
    }
    let mut heard = Vec::new();
    let _ = tokio::io::AsyncReadExt::read_to_end(&mut stream, &mut heard).await;
    let heard = String::from_utf8_lossy(&heard);
    assert!(heard.starts_with("HTTP/1.1 413") || heard.is_empty(), "{heard}");
    assert_eq!(provider.asked().len(), 0);
}

#[tokio::test]
async fn keys_end_when_they_are_revoked_or_their_time_is_over() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let refusal = async |key: &oqto_kit::Secret| {
        let heard = world.get("/v1/models", &[("x-api-key", key.expose().to_owned())]).await;
        heard.json()["error"]["code"].as_str().map(str::to_owned)
    };
    let key = world.key(json!({"name": "a"})).await;
    assert_eq!(refusal(&key).await, None);
    let named = world.gateway.book.find_key("a").unwrap();
    world.gateway.book.revoke(&named).await.unwrap();
    assert_eq!(refusal(&key).await.as_deref(), Some("revoked_api_key"));
    let old = world.key(json!({"expires_at": "2020-01-01T00:00:00Z"})).await;
    assert_eq!(refusal(&old).await.as_deref(), Some("expired_api_key"));
}

#[tokio::test]
async fn what_a_provider_refuses_is_told_in_its_words_and_costs_nothing() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.any_key().await;
    let refusal = json!({"error": {"message": "max_tokens is too large", "type": "invalid_request_error", "param": "max_tokens"}});
    provider.says([Say::error(400, &refusal)]);
    let heard = world.post(CHAT, &key, &json!({"model": "gpt-5-mini", "messages": []})).await;
    assert_eq!((heard.status, heard.json()), (400, refusal.clone()));
    assert_eq!(provider.asked().len(), 1, "the same question would get the same answer");
    let heard =
        world.post("/v1/messages", &key, &json!({"model": "openai/gpt-5-mini", "max_tokens": 9, "messages": []})).await;
    assert_eq!((heard.status, &heard.json()["error"]["message"]), (400, &json!("openai: max_tokens is too large")));
    let rows = world.rows().await;
    assert_eq!(
        rows.iter().map(|row| (row.outcome.as_str(), row.usage.total())).collect::<Vec<_>>(),
        [("refused", 0); 2]
    );
}

#[tokio::test]
async fn the_policy_holds_on_the_way_and_budgets_follow_it() {
    let provider = Provider::start().await;
    let policy = "[policy]\nrules = [{model = 'gpt-5', deny = 'too dear'}, {provider = 'openai', cap = {max_completion_tokens = 50}}]";
    let world = World::start(&config(&provider, policy)).await;
    // What may be written costs 0.0001 dollars after the cap, and 2 before.
    let key = world.key(json!({"permissions": {"max_budget_usd": 0.01}})).await;
    provider.says([Say::json(&json!({"choices": [], "usage": {"prompt_tokens": 1, "completion_tokens": 1}}))]);
    let body = json!({"model": "gpt-5-mini", "max_completion_tokens": 1_000_000, "messages": [{"role": "user", "content": [
        {"type": "image_url", "image_url": {"url": "http://169.254.169.254/latest"}}]}]});
    assert_eq!(world.post(CHAT, &key, &body).await.status, 200);
    let asked = provider.asked().pop().unwrap();
    assert_eq!(asked.json()["max_completion_tokens"], 50);
    assert!(!String::from_utf8_lossy(&asked.body).contains("169.254"));
    let heard = world.post(CHAT, &key, &json!({"model": "gpt-5", "messages": []})).await;
    assert_eq!((heard.status, heard.json()["error"]["message"].as_str()), (403, Some("too dear")));
    assert_eq!(provider.asked().len(), 1);
}
