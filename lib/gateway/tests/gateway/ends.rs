//! How answers end: whole, cut, left by their client, by the gateway's own end.

use std::sync::Arc;

use oqto_gateway::money::Money;
use serde_json::json;
use tokio::sync::Notify;

use crate::support::{Provider, Say, Step, World, config};

/// Two thousand bytes of answer, of which the usage would come at the end.
fn two_thousand() -> String {
    let chunk = |text: &str| format!("data: {}\n\n", json!({"choices": [{"index": 0, "delta": {"content": text}}]}));
    chunk(&"four".repeat(500))
}

fn streaming() -> serde_json::Value {
    json!({"model": "gpt-5-mini", "stream": true, "messages": [{"role": "user", "content": "x"}]})
}

#[tokio::test]
async fn a_client_that_goes_away_cancels_the_provider_and_leaves_its_use() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.any_key().await;
    provider.says([Say::steps(vec![Step::Send(two_thousand().into()), Step::Hang])]);
    let auth = [("x-api-key", key.expose().to_owned())];
    let mut client = world.begin("POST", "/v1/chat/completions", &auth, streaming().to_string().as_bytes()).await;
    client.until("fourfour").await;
    provider.answering(1).await;
    drop(client);
    provider.answering(0).await;
    let row = world.settled(1).await.pop().unwrap();
    assert_eq!((row.outcome.as_str(), row.estimated, row.usage.output), ("interrupted", true, 500));
    assert!(row.usage.input > 0 && row.cost_usd > Some(Money::ZERO));
}

#[tokio::test]
async fn a_client_that_goes_away_before_the_answer_cancels_too() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.any_key().await;
    provider.says([Say::steps(vec![Step::Hang])]);
    let auth = [("x-api-key", key.expose().to_owned())];
    let client = world.begin("POST", "/v1/chat/completions", &auth, streaming().to_string().as_bytes()).await;
    provider.answering(1).await;
    drop(client);
    provider.answering(0).await;
    let row = world.settled(1).await.pop().unwrap();
    assert_eq!((row.outcome.as_str(), row.estimated, row.usage.output), ("interrupted", true, 0));
}

#[tokio::test]
async fn an_answer_is_read_on_for_its_usage_where_that_is_wanted() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "upstream = {drain_seconds = 30}")).await;
    let key = world.any_key().await;
    let go = Arc::new(Notify::new());
    let usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":700}}\n\ndata: [DONE]\n\n";
    provider.says([Say::steps(vec![
        Step::Send(two_thousand().into()),
        Step::Wait(go.clone()),
        Step::Send(usage.into()),
    ])]);
    let auth = [("x-api-key", key.expose().to_owned())];
    let mut client = world.begin("POST", "/v1/chat/completions", &auth, streaming().to_string().as_bytes()).await;
    client.until("fourfour").await;
    drop(client);
    go.notify_one();
    let row = world.settled(1).await.pop().unwrap();
    assert_eq!((row.outcome.as_str(), row.estimated, row.usage.output), ("interrupted", false, 700));
}

#[tokio::test]
async fn a_stream_that_breaks_off_says_so_in_each_wire() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "upstream = {retries = 0}")).await;
    let key = world.any_key().await;
    for (path, body, said) in [
        ("/v1/chat/completions", streaming(), "data: {\"error\":{"),
        ("/v1/responses", streaming(), "event: error\ndata: {"),
        ("/v1/messages", json!({"model": "claude-haiku-4-5", "stream": true, "messages": []}), "event: error\ndata: {"),
        (
            "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
            json!({"contents": []}),
            "data: {\"error\":{",
        ),
    ] {
        let go = Arc::new(Notify::new());
        let steps = vec![Step::Send("data: {\"a\":1}\n\n".into()), Step::Wait(go.clone()), Step::Break];
        provider.says([Say::steps(steps)]);
        let auth = [("x-api-key", key.expose().to_owned())];
        let mut client = world.begin("POST", path, &auth, body.to_string().as_bytes()).await;
        client.until("\"a\":1").await;
        go.notify_one();
        let heard = client.rest().await;
        let text = heard.text();
        assert!(
            text.starts_with("data: {\"a\":1}\n\n") && text.contains(said) && text.contains("broke off"),
            "{path}: {text}"
        );
        assert!(heard.whole);
        let row = world.rows().await.pop().unwrap();
        assert_eq!((row.outcome.as_str(), row.estimated), ("failed", true), "{path}");
    }
    let before = provider.asked().len();
    assert_eq!(before, 4, "what has begun is never asked for again");
    assert!(provider.asked().last().unwrap().path.ends_with(":streamGenerateContent?alt=sse"));
}

#[tokio::test]
async fn an_object_that_breaks_off_is_cut_for_the_client_too() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.any_key().await;
    let go = Arc::new(Notify::new());
    let steps = vec![Step::Send("{\"choices\":".into()), Step::Wait(go.clone()), Step::Break];
    provider.says([Say { steps, ..Say::json(&json!({})) }]);
    let body = json!({"model": "gpt-5-mini", "messages": []}).to_string();
    let auth = [("x-api-key", key.expose().to_owned())];
    let mut client = world.begin("POST", "/v1/chat/completions", &auth, body.as_bytes()).await;
    client.until("choices").await;
    go.notify_one();
    let heard = client.rest().await;
    assert!(!heard.whole, "{heard:?}");
    assert_eq!(world.rows().await[0].outcome, "failed");
}

#[tokio::test]
async fn an_idle_stream_ends() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "upstream = {idle_timeout_seconds = 1}")).await;
    let key = world.any_key().await;
    provider.says([Say::steps(vec![Step::Send("data: {\"choices\":[]}\n\n".into()), Step::Hang])]);
    let heard = world.post("/v1/chat/completions", &key, &streaming()).await;
    assert!(heard.text().contains("provider_idle"), "{}", heard.text());
    provider.answering(0).await;
}

#[tokio::test]
async fn no_usage_at_all_is_guessed_and_marked() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.any_key().await;
    let end = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    provider.says([Say::events(&format!("{}{end}", two_thousand()))]);
    world.post("/v1/chat/completions", &key, &streaming()).await;
    let row = world.rows().await.pop().unwrap();
    assert_eq!((row.outcome.as_str(), row.estimated, row.usage.output), ("done", true, 500));
}

#[tokio::test]
async fn the_end_of_the_gateway_settles_what_is_on_its_way() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.any_key().await;
    provider.says([Say::steps(vec![Step::Send(two_thousand().into()), Step::Hang])]);
    let auth = [("x-api-key", key.expose().to_owned())];
    let mut client = world.begin("POST", "/v1/chat/completions", &auth, streaming().to_string().as_bytes()).await;
    client.until("fourfour").await;
    let toml = config(&provider, "");
    let folder = world.stop().await;
    assert!(!folder.path().join("s").exists(), "the socket is taken away");
    let world = World::at(folder, &toml).await;
    let row = world.rows().await.pop().unwrap();
    assert_eq!((row.outcome.as_str(), row.usage.output), ("interrupted", 500));
    provider.says([Say::json(&json!({"choices": [], "usage": {"prompt_tokens": 1, "completion_tokens": 1}}))]);
    let again = world.post("/v1/chat/completions", &key, &json!({"model": "gpt-5-mini", "messages": []})).await;
    assert_eq!(again.status, 200, "the key outlives the gateway");
}
