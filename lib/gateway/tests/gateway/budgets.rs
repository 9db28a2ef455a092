//! Budgets and rates: through every road, at once, and over a restart.

use std::sync::Arc;

use futures_util::future::{join, join_all};
use oqto_gateway::money::Money;
use serde_json::{Value, json};
use tokio::sync::{Notify, Semaphore};

use crate::support::{Provider, SURELY, Say, Step, World, config};

/// A hundred written tokens of a model that costs 2 dollars for a million of them, and a prompt of nothing.
fn answer() -> Value {
    json!({"choices": [{"message": {"content": "x"}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 0, "completion_tokens": 100}})
}

fn body() -> Value {
    json!({"model": "gpt-5-mini", "max_completion_tokens": 100, "messages": []})
}

#[tokio::test]
async fn requests_at_once_never_spend_more_than_the_budget() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    // Ten answers cost 0.002 dollars.
    let key = world.key(json!({"permissions": {"max_budget_usd": 0.0021}})).await;
    // No answer is given before all have asked: one that comes when it is alone may cost more than what is left.
    let gates: [Arc<Notify>; 10] = std::array::from_fn(|_| Arc::default());
    let whole = Say::json(&answer());
    let held = gates
        .iter()
        .map(|gate| Say { steps: [vec![Step::Wait(Arc::clone(gate))], whole.steps.clone()].concat(), ..whole.clone() });
    provider.says(held.chain([whole.clone()]));
    let (world, refused) = (&world, &Semaphore::new(0));
    let (key, body) = (&key, body());
    let body = &body;
    let asking = (0..60).map(|_| async move {
        let status = world.post("/v1/chat/completions", key, body).await.status;
        refused.add_permits(usize::from(status != 200));
        status
    });
    let answering = async {
        let _all = tokio::time::timeout(SURELY, refused.acquire_many(50)).await.expect("refusals").unwrap();
        gates.iter().for_each(|gate| gate.notify_one());
    };
    let (heard, ()) = join(join_all(asking), answering).await;
    let count = |status: u16| heard.iter().filter(|heard| **heard == status).count();
    assert_eq!((count(200), count(429)), (10, 50), "{heard:?}");
    let spent: Money = world.rows().await.iter().filter_map(|row| row.cost_usd).sum();
    assert_eq!(spent, Money::from_usd(0.002));
    // Those that had to wait come back one after the other, until nothing is left.
    let mut last = 0;
    for _ in 0..12 {
        last = world.post("/v1/chat/completions", key, body).await.status;
    }
    assert_eq!(last, 402);
    let spent: Money = world.rows().await.iter().filter_map(|row| row.cost_usd).sum();
    assert!(spent > Money::from_usd(0.0019) && spent < Money::from_usd(0.0023), "{spent}");
}

/// A way to ask for a hundred tokens, of a dollar a hundred thousand: a path, a body, and whether the client stays to the
/// end.
fn ways() -> Vec<(&'static str, Value, bool)> {
    let said = |text: &str| json!([{"role": "user", "content": text}]);
    let (count, slow) = ("fake:count 100", "fake:slow 100");
    let parts =
        |text: &str| json!({"contents": [{"parts": [{"text": text}]}], "generationConfig": {"maxOutputTokens": 100}});
    let of = |mut body: Value, stream: bool| {
        body["model"] = json!("scripted/demo");
        body["stream"] = json!(stream);
        body
    };
    let chat = |text: &str| json!({"max_tokens": 100, "messages": said(text)});
    vec![
        ("/v1/chat/completions", of(chat(count), false), true),
        ("/v1/chat/completions", of(chat(count), true), true),
        ("/v1/chat/completions", of(chat(slow), true), false),
        ("/v1/messages", of(chat(count), false), true),
        ("/v1/messages", of(chat(count), true), true),
        ("/v1/messages", of(chat(slow), true), false),
        ("/v1/responses", of(json!({"max_output_tokens": 100, "input": count}), false), true),
        ("/v1/responses", of(json!({"max_output_tokens": 100, "input": slow}), true), false),
        ("/v1beta/models/scripted/demo:generateContent", parts(count), true),
        ("/v1beta/models/scripted/demo:streamGenerateContent?alt=sse", parts(slow), false),
        ("/v1beta/models/scripted/demo:streamGenerateContent", parts(count), true),
        // Put into other words: this provider speaks messages alone.
        ("/other/v1/chat/completions", of(chat(count), true), true),
    ]
}

#[tokio::test]
async fn every_road_and_every_end_at_once_stays_within_the_budget() {
    let model = "models = [{id = 'demo', cost = {input = 0, output = 10}}, {id = 'scripted/demo', cost = {input = 0, output = 10}}]";
    let other = format!("[providers.other]\nkind = 'scripted'\napis = ['messages']\n{model}\n");
    let world = World::start(&format!("[providers.scripted]\n{model}\n{other}")).await;
    let budget = Money::from_usd(0.0125);
    let key = world.key(json!({"name": "k", "permissions": {"max_budget_usd": 0.0125}})).await;
    let (world, key) = (&world, &key);
    let one = async |(path, body, stays): (&str, Value, bool)| {
        let auth = [("authorization", format!("Bearer {}", key.expose()))];
        let mut client = world.begin("POST", path, &auth, body.to_string().as_bytes()).await;
        if stays {
            return client.rest().await.status;
        }
        // A refusal has no such words, and an answer has them before its end; responses say `"error":null`.
        let refused = client.until_either("chunk2", "\"error\":{").await;
        if refused { client.rest().await.status } else { 200 }
    };
    let all = ways().into_iter().cycle().take(96);
    let heard = join_all(all.map(one)).await;
    let count = |status: u16| heard.iter().filter(|heard| **heard == status).count();
    let (good, wait, over) = (count(200), count(429), count(402));
    assert_eq!(good + wait + over, 96, "{heard:?}");
    assert!(good >= 6 && wait + over > 0, "{good} answers, {wait} waits, {over} refusals");
    let spent = |rows: &[oqto_gateway::book::UsageRow]| rows.iter().filter_map(|row| row.cost_usd).sum::<Money>();
    let rows = world.settled(good).await;
    assert_eq!(rows.len(), good, "what was refused is not in the book");
    // One that happens to be alone may cost what is left and more; several at once never do.
    let one = Money::from_usd(0.001);
    assert!(spent(&rows) <= budget + one, "{} after {good} answers", spent(&rows));
    assert!(rows.iter().any(|row| row.outcome == "interrupted") && rows.iter().any(|row| row.outcome == "done"));
    // Nothing is set aside any more: what is left can be used, to the last answer that fits.
    let (path, body, _) = ways().swap_remove(1);
    let mut more = 0;
    while world.post(path, key, &body).await.status == 200 {
        more += 1;
    }
    let rows = world.settled(good + more).await;
    assert!(spent(&rows) > Money::from_usd(0.0115) && spent(&rows) <= budget + one, "{}", spent(&rows));
    let named = world.gateway.book.find_key("k").unwrap();
    assert_eq!(world.gateway.book.info(&named).await.unwrap().usage.total_spend_usd, spent(&rows));
}

#[tokio::test]
async fn every_road_passes_the_same_gate() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.key(json!({"permissions": {"max_budget_tokens": 0}})).await;
    for (path, body) in [
        ("/v1/chat/completions", json!({"model": "gpt-5-mini"})),
        ("/openai/v1/chat/completions", json!({"model": "anything-new", "stream": true})),
        ("/v1/responses", json!({"model": "gpt-5-mini"})),
        ("/v1/embeddings", json!({"model": "openai/text-embedding-3-small"})),
        ("/v1/messages", json!({"model": "claude-haiku-4-5"})),
        ("/v1/chat/completions", json!({"model": "claude-haiku-4-5", "messages": []})),
        ("/v1beta/models/gemini-2.5-flash:generateContent", json!({})),
        ("/v1beta/models/gemini-2.5-flash:streamGenerateContent", json!({})),
        ("/google/v1beta/models/gemini-2.5-flash:embedContent", json!({})),
    ] {
        assert_eq!(world.post(path, &key, &body).await.status, 402, "{path}");
    }
    assert_eq!(provider.asked().len(), 0);
    assert_eq!(world.rows().await.len(), 0);
}

#[tokio::test]
async fn a_model_without_a_price_is_refused_to_a_budget_in_dollars() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    provider.says([Say::json(&answer())]);
    let unpriced = json!({"model": "openai/brand-new", "messages": []});
    let key = world.key(json!({"permissions": {"max_budget_usd": 5}})).await;
    let heard = world.post("/v1/chat/completions", &key, &unpriced).await;
    assert_eq!((heard.status, &heard.json()["error"]["code"]), (403, &json!("no_price")));
    let tokens = world.key(json!({"permissions": {"max_budget_tokens": 50_000}})).await;
    assert_eq!(world.post("/v1/chat/completions", &tokens, &unpriced).await.status, 200);
    assert_eq!(world.rows().await[0].cost_usd, None);
}

#[tokio::test]
async fn rates_hold_and_say_when_to_come_back() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.key(json!({"permissions": {"rpm_limit": 2}})).await;
    provider.says([Say::json(&answer())]);
    for _ in 0..2 {
        assert_eq!(world.post("/v1/chat/completions", &key, &body()).await.status, 200);
    }
    let heard = world.post("/v1/chat/completions", &key, &body()).await;
    assert_eq!((heard.status, &heard.json()["error"]["code"]), (429, &json!("rate_limited")));
    let after: u64 = heard.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&after));
    // A restart forgives nothing.
    let toml = config(&provider, "");
    let world = World::at(world.stop().await, &toml).await;
    assert_eq!(world.post("/v1/chat/completions", &key, &body()).await.status, 429);
}

#[tokio::test]
async fn a_budget_outlives_the_gateway() {
    let provider = Provider::start().await;
    let toml = config(&provider, "");
    let world = World::start(&toml).await;
    let key = world.key(json!({"permissions": {"max_budget_usd": 0.0004, "budget_window": "monthly"}})).await;
    provider.says([Say::json(&answer())]);
    for _ in 0..2 {
        assert_eq!(world.post("/v1/chat/completions", &key, &body()).await.status, 200);
    }
    let world = World::at(world.stop().await, &toml).await;
    let heard = world.post("/v1/chat/completions", &key, &body()).await;
    assert_eq!(heard.status, 402);
    assert!(heard.header("retry-after").is_some(), "a month ends");
}

#[tokio::test]
async fn what_is_reserved_comes_back_however_a_request_ends() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "upstream = {retries = 0}")).await;
    let key = world.key(json!({"permissions": {"max_budget_usd": 0.0005}})).await;
    // Each reserves almost all of it.
    let body = json!({"model": "gpt-5-mini", "max_completion_tokens": 200, "messages": [], "stream": true});
    provider.says([Say::error(500, &json!({"error": {"message": "no"}}))]);
    assert_eq!(world.post("/v1/chat/completions", &key, &body).await.status, 500);
    provider.says([Say::steps(vec![Step::Break])]);
    world.post("/v1/chat/completions", &key, &body).await;
    let go = Arc::new(Notify::new());
    provider.says([Say::steps(vec![Step::Wait(go.clone()), Step::Send("data: [DONE]\n\n".into())])]);
    let auth = [("x-api-key", key.expose().to_owned())];
    let client = world.begin("POST", "/v1/chat/completions", &auth, body.to_string().as_bytes()).await;
    provider.answering(1).await;
    let second = world.post("/v1/chat/completions", &key, &body).await;
    assert_eq!((second.status, second.json()["error"]["code"].as_str()), (429, Some("budget_reserved")));
    drop(client);
    provider.answering(0).await;
    world.settled(3).await;
    provider.says([Say::json(&answer())]);
    assert_eq!(world.post("/v1/chat/completions", &key, &body).await.status, 200);
}
