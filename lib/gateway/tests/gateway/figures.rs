//! Numbers for Prometheus, sums of what was used, single requests: as they are told to those who run the gateway.

use std::collections::BTreeMap;

use oqto_gateway::book::Limits;
use oqto_kit::Secret;
use serde_json::{Value, json};

use crate::support::{PLANTED, Provider, Say, World, config};

const ADMIN: &str = "server = {admin_key = 'admin-planted-key'}\nupstream = {retries = 0}\n";

fn admin() -> [(&'static str, String); 1] {
    [("authorization", "Bearer admin-planted-key".to_owned())]
}

fn answer() -> Say {
    Say::json(&json!({"choices": [], "usage": {"prompt_tokens": 1000, "completion_tokens": 10}}))
}

fn chat(text: &str) -> Value {
    json!({"model": "gpt-5-mini", "max_tokens": 20, "messages": [{"role": "user", "content": text}]})
}

async fn ask(world: &World, key: &Secret, text: &str) -> u16 {
    world.post("/v1/chat/completions", key, &chat(text)).await.status
}

async fn told(world: &World, path: &str) -> Value {
    let heard = world.get(path, &admin()).await;
    assert_eq!(heard.status, 200, "{path}: {}", heard.text());
    heard.json()
}

/// Reads the text format strictly: every sample by its name and labels.
fn samples(text: &str) -> BTreeMap<String, f64> {
    assert!(text.ends_with("# EOF\n"), "it is whole");
    let (mut families, mut found) = (Vec::new(), BTreeMap::new());
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            let (name, kind) = rest.split_once(' ').unwrap();
            assert!(["counter", "gauge", "histogram", "info"].contains(&kind), "{line}");
            assert!(!families.contains(&name), "{name} is there twice");
            families.push(name);
            continue;
        }
        if line.starts_with('#') {
            continue;
        }
        let (series, value) = line.rsplit_once(' ').unwrap();
        let name = series.split('{').next().unwrap();
        assert!(families.last().is_some_and(|family| name.starts_with(family)), "{line} is in another family");
        let quotes = series.replace("\\\"", "").matches('"').count();
        assert!(quotes % 2 == 0 && series.contains('{') == series.ends_with('}'), "{line}");
        assert_eq!(found.insert(series.to_owned(), value.parse().unwrap()), None, "{series} is there twice");
    }
    found
}

#[tokio::test]
async fn metrics_are_those_of_known_requests() {
    let provider = Provider::start().await;
    let world = World::start(&config(
        &provider,
        &format!("{ADMIN}aliases = {{fast = ['openai/gpt-5-mini', 'anthropic/claude-haiku-4-5']}}"),
    ))
    .await;
    let key = world.any_key().await;
    provider.says([answer(), answer(), Say::error(500, &json!({"error": {"message": "broken"}}))]);
    for status in [200, 200, 500] {
        assert_eq!(ask(&world, &key, "x").await, status);
    }
    let poor = world.key(json!({"permissions": {"max_budget_tokens": 1}})).await;
    assert_eq!(ask(&world, &poor, "a prompt of several words").await, 402);
    let message = json!({"content": [], "usage": {"input_tokens": 7, "output_tokens": 3}});
    provider.says([Say::error(503, &json!({})), Say::json(&message)]);
    let fast = json!({"model": "fast", "max_tokens": 5, "messages": [{"role": "user", "content": "x"}]});
    assert_eq!(world.post("/v1/chat/completions", &key, &fast).await.status, 200);
    world.settled(5).await;
    world.gateway.book.flush().await;
    let heard = world.get("/metrics", &admin()).await;
    assert_eq!(heard.header("content-type"), Some("application/openmetrics-text; version=1.0.0; charset=utf-8"));
    let found = samples(&heard.text());
    let mini = "provider=\"openai\",model=\"gpt-5-mini\"";
    for (series, value) in [
        (format!("eavs_requests_total{{{mini},api=\"chat\",status=\"2xx\",outcome=\"done\"}}"), 2.0),
        (format!("eavs_requests_total{{{mini},api=\"chat\",status=\"5xx\",outcome=\"refused\"}}"), 2.0),
        (format!("eavs_tokens_total{{{mini},kind=\"input\"}}"), 2000.0),
        (format!("eavs_tokens_total{{{mini},kind=\"output\"}}"), 20.0),
        (format!("eavs_cost_dollars_total{{{mini}}}"), 0.00054),
        (format!("eavs_first_byte_seconds_count{{{mini}}}"), 2.0),
        (format!("eavs_request_seconds_count{{{mini}}}"), 4.0),
        ("eavs_tokens_total{provider=\"anthropic\",model=\"claude-haiku-4-5\",kind=\"input\"}".to_owned(), 7.0),
        ("eavs_fallbacks_total{provider=\"anthropic\"}".to_owned(), 1.0),
        ("eavs_refusals_total{reason=\"budget_exceeded\"}".to_owned(), 1.0),
        ("eavs_in_flight{provider=\"openai\"}".to_owned(), 0.0),
        ("eavs_account_failures{provider=\"anthropic\",account=\"default\"}".to_owned(), 0.0),
        ("eavs_book_unwritten_requests".to_owned(), 0.0),
        ("eavs_keys".to_owned(), 2.0),
    ] {
        let told = found.get(&series).copied();
        assert!(told.is_some_and(|told| (told - value).abs() < 1e-9), "{series}: {told:?} instead of {value}");
    }
}

#[tokio::test]
async fn use_is_told_by_everything_that_it_can_be_grouped_by() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, ADMIN)).await;
    provider.says([answer()]);
    let red = world.key(json!({"name": "r", "owner": "ada", "session": "s1", "labels": {"team": "red"}})).await;
    let blue = world.key(json!({"owner": "bob", "labels": {"te am\"": "b", "team": "blue"}})).await;
    let plain = world.any_key().await;
    for key in [&red, &red, &blue, &plain] {
        assert_eq!(ask(&world, key, "x").await, 200);
    }
    world.settled(4).await;
    let groups = async |query: &str| -> Vec<(String, u64)> {
        let sums = told(&world, &format!("/admin/usage?{query}")).await;
        let sum = |sum: &Value| (sum["group"].as_str().unwrap().to_owned(), sum["requests"].as_u64().unwrap());
        sums.as_array().unwrap().iter().map(sum).collect()
    };
    let of = |pairs: &[(&str, u64)]| pairs.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect::<Vec<_>>();
    assert_eq!(groups("by=owner").await, of(&[("ada", 2), ("", 1), ("bob", 1)]));
    assert_eq!(groups("by=session").await, of(&[("", 2), ("s1", 2)]));
    assert_eq!(groups("by=label&label=team").await, of(&[("red", 2), ("", 1), ("blue", 1)]));
    assert_eq!(groups("by=label&label=te%20am%22").await, of(&[("", 3), ("b", 1)]));
    assert_eq!(groups("by=model").await, of(&[("openai/gpt-5-mini", 4)]));
    assert_eq!(groups("by=account").await, of(&[("openai/default", 4)]));
    assert_eq!(groups("by=outcome").await, of(&[("done", 4)]));
    assert_eq!(groups("by=provider&owner=ada").await, of(&[("openai", 2)]));
    assert_eq!(groups("by=provider&model=GPT-5&session=s1&account=default").await, of(&[("openai", 2)]));
    assert_eq!(groups("by=day&until=2020-01-01T00:00:00Z").await, of(&[]));
    assert_eq!(told(&world, "/admin/usage?by=key").await[0]["name"], "r");
    for wrong in ["by=label", "by=day&label=x", "by=nothing", "since=yesterday", "nonsense=1"] {
        let heard = world.get(&format!("/admin/usage?{wrong}"), &admin()).await;
        assert_eq!((heard.status, heard.json()["error"]["code"].as_str()), (400, Some("invalid_query")), "{wrong}");
    }
}

#[tokio::test]
async fn requests_are_found_and_waited_for() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, ADMIN)).await;
    let (one, two) = (world.key(json!({"name": "one"})).await, world.key(json!({"session": "s"})).await);
    provider.says([answer(), answer(), Say::error(400, &json!({"error": {"message": "too warm"}}))]);
    assert_eq!(ask(&world, &one, "x").await, 200);
    let last = world.settled(1).await[0].id;
    // What is not there yet is told as soon as it is.
    let path = format!("/admin/requests?after={last}&wait=30&session=s");
    let asked = admin();
    let waiting = world.get(&path, &asked);
    let asking = async {
        assert_eq!(ask(&world, &one, "another key's").await, 200);
        assert_eq!(ask(&world, &two, "x").await, 400);
    };
    let (heard, ()) = tokio::join!(waiting, asking);
    let found = heard.json();
    assert_eq!(found.as_array().map(Vec::len), Some(1), "{found}");
    assert_eq!((found[0]["outcome"].as_str(), found[0]["why"].as_str()), (Some("refused"), Some("openai: too warm")));
    let count = async |query: &str| told(&world, &format!("/admin/requests?{query}")).await.as_array().unwrap().len();
    assert_eq!(count("limit=1").await, 1);
    assert_eq!(count("errors=true").await, 1);
    assert_eq!(count("key=one").await, 2);
    assert_eq!(count("model=GPT-5-MINI&provider=openai").await, 3);
    assert_eq!(count("model=claude").await, 0);
    assert_eq!(count("after=999&wait=0").await, 0);
    let by_id = told(&world, &format!("/admin/requests/{}", found[0]["request"].as_str().unwrap())).await;
    assert_eq!((&by_id["id"], &by_id["said"]), (&found[0]["id"], &Value::Null), "what was said is not kept");
    let missing = world.get("/admin/requests/req_nothing", &admin()).await;
    assert_eq!((missing.status, missing.json()["error"]["code"].as_str()), (404, Some("request_not_found")));
    // A service that ends lets go of those who wait.
    let mut waiting = world.begin("GET", "/admin/requests?after=999&wait=30", &admin(), b"").await;
    world.stop().await;
    waiting.rest().await;
}

#[tokio::test]
async fn what_was_said_is_kept_only_where_it_is_wanted_and_without_secrets() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, &format!("{ADMIN}log = {{bodies = true, max_body_kib = 1}}"))).await;
    let key = world.any_key().await;
    let picture = "iVBORw0KGgo".repeat(400);
    let said = json!({"choices": [{"message": {"content": format!("you said {PLANTED}")}}], "usage": {"prompt_tokens": 1, "completion_tokens": 1}});
    provider.says([Say::json(&said)]);
    let text = format!("my key:\n{} and {PLANTED} {picture} {}", key.expose(), "word ".repeat(400));
    assert_eq!(ask(&world, &key, &text).await, 200);
    let stream = "data: {\"choices\":[{\"delta\":{\"content\":\"hello\"}}]}\n\ndata: [DONE]\n\n";
    provider.says([Say::events(stream)]);
    let mut streamed = chat("y");
    streamed["stream"] = true.into();
    assert_eq!(world.post("/v1/chat/completions", &key, &streamed).await.status, 200);
    let rows = world.settled(2).await;
    let kept = told(&world, &format!("/admin/requests/{}", rows[0].request)).await;
    let (sent, heard) = (kept["said"]["sent"].as_str().unwrap(), kept["said"]["heard"].as_str().unwrap());
    assert!(sent.contains("my key:\\n[hidden] and [hidden] [data: 3300 bytes] word"), "{sent}");
    assert!(heard.contains("you said [hidden]") && kept["said"]["cut"] == true, "{heard}");
    assert!(sent.len() <= 1024);
    let kept = told(&world, &format!("/admin/requests/{}", rows[1].id)).await;
    assert_eq!((kept["said"]["heard"].as_str(), kept["said"]["cut"].as_bool()), (Some(stream), Some(false)));
    let key = key.expose().to_owned();
    let folder = world.stop().await;
    for file in std::fs::read_dir(folder.path().join("data")).unwrap() {
        let text = String::from_utf8_lossy(&std::fs::read(file.unwrap().path()).unwrap()).into_owned();
        assert!(!text.contains(&key) && !text.contains(PLANTED) && !text.contains("iVBORw0KGgoiVBOR"));
    }
}

#[tokio::test]
async fn what_is_too_old_or_too_much_is_forgotten_and_sums_stay() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, &format!("{ADMIN}log = {{bodies = true}}"))).await;
    let key = world.key(json!({"name": "k"})).await;
    provider.says([answer()]);
    for _ in 0..5 {
        assert_eq!(ask(&world, &key, "x").await, 200);
    }
    let rows = world.settled(5).await;
    let all = Limits { requests_since_ms: 0, most_requests: 100, bodies_since_ms: 0, most_body_bytes: 1 << 20 };
    let book = &world.gateway.book;
    let tidied = async |limits: Limits| -> usize {
        let mut sum = 0;
        loop {
            match book.tidy(limits).await.unwrap() {
                0 => return sum,
                some => sum += some,
            }
        }
    };
    let bodies = async || {
        let mut count = 0;
        for row in &rows {
            count +=
                usize::from(book.request(&row.request).await.unwrap().is_some_and(|request| request.said.is_some()));
        }
        count
    };
    assert_eq!((tidied(all).await, bodies().await), (0, 5));
    let one = told(&world, &format!("/admin/requests/{}", rows[0].request)).await;
    let size = one["said"]["sent"].as_str().unwrap().len() + one["said"]["heard"].as_str().unwrap().len();
    assert_eq!(tidied(Limits { most_body_bytes: 2 * size as u64, ..all }).await, 3);
    assert_eq!(bodies().await, 2);
    assert!(book.request(&rows[0].request).await.unwrap().unwrap().said.is_none(), "the oldest went first");
    assert_eq!(tidied(Limits { bodies_since_ms: book.now_ms() + 1, ..all }).await, 2);
    assert_eq!(tidied(Limits { most_requests: 2, ..all }).await, 3);
    assert_eq!(world.rows().await.iter().map(|row| row.id).collect::<Vec<_>>(), [rows[3].id, rows[4].id]);
    assert_eq!(tidied(Limits { requests_since_ms: book.now_ms() + 1, ..all }).await, 2);
    assert_eq!(world.rows().await, []);
    assert_eq!(told(&world, "/admin/keys/k").await["usage"]["total_requests"], 5);
}

#[tokio::test]
async fn planted_secrets_are_in_no_figure() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, &format!("{ADMIN}log = {{bodies = true}}"))).await;
    let key = world.any_key().await;
    let leaky = |say: Say| {
        say.with("x-ratelimit-limit-tokens", PLANTED)
            .with("x-ratelimit-remaining-requests", "5")
            .with("anthropic-ratelimit-unified-status", PLANTED)
            .with("x-request-id", PLANTED)
    };
    let echo = json!({"error": {"message": format!("bad key {PLANTED} and {}", key.expose())}});
    provider.says([leaky(answer()), leaky(Say::error(429, &echo)), leaky(Say::error(401, &echo))]);
    for status in [200, 429, 502] {
        assert_eq!(ask(&world, &key, &format!("{PLANTED} {}", key.expose())).await, status);
    }
    world
        .post("/v1/chat/completions", &key, &json!({"model": format!("openai/{}", key.expose()), "messages": []}))
        .await;
    let rows = world.settled(3).await;
    let mut heard = Vec::new();
    let paths =
        ["/metrics", "/admin/quotas", "/admin/usage?by=model", "/admin/requests", "/admin/status", "/admin/keys"];
    for path in paths {
        heard.push((path.to_owned(), world.get(path, &admin()).await.text()));
    }
    for row in &rows {
        let path = format!("/admin/requests/{}", row.request);
        let text = world.get(&path, &admin()).await.text();
        heard.push((path, text));
    }
    assert!(heard.iter().any(|(_, text)| text.contains("\"remaining\":5")), "the search has something to find");
    assert!(heard.iter().any(|(_, text)| text.contains("bad key [hidden] and [hidden]")), "{heard:?}");
    for (path, text) in &heard {
        for secret in [PLANTED, "admin-planted-key"] {
            assert!(!text.contains(secret), "{path}: {text}");
        }
        // A key that somebody took for a model's name is nowhere but under that name in the book.
        let as_model = path.starts_with("/admin/requests") || path.contains("by=model");
        assert!(as_model || !text.contains(key.expose()), "{path}: {text}");
    }
}
