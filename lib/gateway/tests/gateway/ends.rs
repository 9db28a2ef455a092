//! How answers end: whole, cut, left by their client, by the gateway's own end.

use std::sync::Arc;

use oqto_gateway::money::Money;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::{Notify, mpsc};

use crate::support::{Provider, SURELY, Say, Step, World, config};

/// How a stream ends that says what it used.
const USAGE: &str =
    "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":700}}\n\ndata: [DONE]\n\n";

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
    provider.says([Say::steps(vec![
        Step::Send(two_thousand().into()),
        Step::Wait(go.clone()),
        Step::Send(USAGE.into()),
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
async fn no_more_answers_go_on_without_their_clients_than_there_may_be_clients() {
    let provider = Provider::start().await;
    let more = "server = {max_connections = 1}\nupstream = {drain_seconds = 30}";
    let world = World::start(&config(&provider, more)).await;
    let key = world.any_key().await;
    let go = Arc::new(Notify::new());
    let waits = |go: &Arc<Notify>| {
        Say::steps(vec![Step::Send(two_thousand().into()), Step::Wait(go.clone()), Step::Send(USAGE.into())])
    };
    provider.says([waits(&go), waits(&Arc::default())]);
    let auth = [("x-api-key", key.expose().to_owned())];
    for _ in 0..2 {
        let mut client = world.begin("POST", "/v1/chat/completions", &auth, streaming().to_string().as_bytes()).await;
        client.until("fourfour").await;
    }
    let second = world.settled(1).await.pop().unwrap();
    assert_eq!((second.outcome.as_str(), second.estimated), ("interrupted", true));
    go.notify_one();
    let rows = world.settled(2).await;
    let first = rows.iter().find(|row| row.request != second.request).unwrap();
    assert_eq!((first.outcome.as_str(), first.estimated, first.usage.output), ("interrupted", false, 700));
}

/// A provider that says when it was asked, and answers when it is told to.
async fn patient_provider(answers: Vec<String>) -> (String, mpsc::UnboundedReceiver<()>, Arc<Notify>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    let (asked, when_asked) = mpsc::unbounded_channel();
    let go = Arc::new(Notify::new());
    let told = go.clone();
    tokio::spawn(async move {
        for answer in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut heard = Vec::new();
            while !heard.ends_with(b"}") {
                assert_ne!(stream.read_buf(&mut heard).await.unwrap(), 0);
            }
            asked.send(()).unwrap();
            told.notified().await;
            // A gateway that did not wait is not there to be told.
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    (url, when_asked, go)
}

fn told(status: &str, body: &serde_json::Value) -> String {
    let body = body.to_string();
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}

/// A client asks, and goes away once the provider was asked, which is seen: there is room for one connection, and another
/// one is served.
async fn leave_unanswered(world: &World, model: &str, asked: &mut mpsc::UnboundedReceiver<()>) {
    let key = world.any_key().await;
    let body = json!({"model": model, "messages": []}).to_string();
    let auth = [("x-api-key", key.expose().to_owned())];
    let client = world.begin("POST", "/v1/chat/completions", &auth, body.as_bytes()).await;
    tokio::time::timeout(SURELY, asked.recv()).await.unwrap().unwrap();
    drop(client);
    assert_eq!(world.get("/health", &[]).await.status, 200);
}

#[tokio::test]
async fn an_answer_that_had_not_begun_is_waited_for_where_use_is_wanted() {
    let whole = json!({"choices": [], "usage": {"prompt_tokens": 10, "completion_tokens": 700}});
    let (url, mut asked, go) = patient_provider(vec![told("200 OK", &whole)]).await;
    let toml = format!(
        "server = {{max_connections = 1}}\nupstream = {{drain_seconds = 30}}\n[providers.openai]\nbase_url = '{url}'\napi_key = 'sk-1234567890'"
    );
    let world = World::start(&toml).await;
    leave_unanswered(&world, "gpt-5-mini", &mut asked).await;
    go.notify_one();
    let row = world.settled(1).await.pop().unwrap();
    assert_eq!((row.estimated, row.usage.input, row.usage.output), (false, 10, 700));
}

#[tokio::test]
async fn nothing_is_asked_again_for_a_client_that_went_away() {
    let busy = told("503 Service Unavailable", &json!({"error": {"message": "busy"}}));
    let (url, mut asked, go) = patient_provider(vec![busy.clone(), busy]).await;
    let toml = format!(
        "server = {{max_connections = 1}}\nupstream = {{drain_seconds = 30, retries = 2}}\naliases = {{both = ['openai/gpt-5-mini', 'groq/x']}}\n\
         [providers.openai]\nbase_url = '{url}'\napi_key = 'sk-1234567890'\n[providers.groq]\nbase_url = '{url}'\napi_key = 'sk-1234567890'"
    );
    let world = World::start(&toml).await;
    leave_unanswered(&world, "both", &mut asked).await;
    go.notify_one();
    let row = world.settled(1).await.pop().unwrap();
    assert_eq!((row.outcome.as_str(), row.usage.total()), ("refused", 0));
    world.stop().await;
    assert!(asked.try_recv().is_err(), "nobody was asked a second time");
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
