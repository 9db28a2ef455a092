//! Settings that change while requests are on their way: each group of them, all or none, and no request is lost.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

use axum::http::Method;
use oqto_gateway::config::Settings;
use oqto_kit::Secret;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use crate::support::{Client, Heard, PLANTED, Provider, SURELY, Say, Step, World, config};

const CHAT: &str = "/v1/chat/completions";

fn body() -> Value {
    json!({"model": "gpt-5-mini", "messages": []})
}

fn answer() -> Say {
    Say::json(&json!({"choices": [], "usage": {"prompt_tokens": 1, "completion_tokens": 1}}))
}

/// An answer that ends when the test says so.
fn held(go: &Arc<Notify>) -> Say {
    Say { steps: vec![Step::Wait(Arc::clone(go)), Step::Send("{}".into())], ..answer() }
}

impl World {
    fn take(&self, provider: &Provider, more: &str) {
        self.try_take(&config(provider, more)).unwrap();
    }

    fn try_take(&self, toml: &str) -> Result<(), String> {
        let mut settings: Settings = toml::from_str(toml).unwrap();
        settings.server.listen.set_port(0);
        self.gateway.reload(&settings, &|_| None).map_err(|error| error.to_string())
    }

    async fn ask(&self, key: &Secret) -> Client {
        self.begin("POST", CHAT, &auth(key), body().to_string().as_bytes()).await
    }

    /// Asks until the answer has this status.
    async fn until(&self, key: &Secret, body: &Value, status: u16) {
        let asking = async { while self.post(CHAT, key, body).await.status != status {} };
        tokio::time::timeout(SURELY, asking).await.unwrap_or_else(|_| panic!("waited for {status}"));
    }

    async fn code(&self, key: &Secret) -> (u16, Value) {
        let heard = self.post(CHAT, key, &body()).await;
        (heard.status, heard.json()["error"]["code"].clone())
    }
}

fn auth(key: &Secret) -> [(&'static str, String); 1] {
    [("x-api-key", key.expose().to_owned())]
}

async fn world(more: &str) -> (Provider, World, Secret) {
    let provider = Provider::start().await;
    provider.says([answer()]);
    let world = World::start(&config(&provider, more)).await;
    let key = world.any_key().await;
    (provider, world, key)
}

/// A connection that stays open from one request to the next.
struct Open(TcpStream);

impl Open {
    async fn to(world: &World) -> Self {
        let mut open = Self(TcpStream::connect(world.address).await.unwrap());
        open.0.write_all(b"GET /health HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
        assert!(open.head().await.starts_with("HTTP/1.1 200"));
        open
    }

    async fn begin(&mut self, key: &Secret, length: usize) {
        let key = key.expose();
        let head = format!("POST {CHAT} HTTP/1.1\r\nhost: x\r\nx-api-key: {key}\r\ncontent-length: {length}\r\n\r\n");
        self.0.write_all(head.as_bytes()).await.unwrap();
    }

    async fn head(&mut self) -> String {
        let reading = async {
            let mut heard = Vec::new();
            while !heard.ends_with(b"\r\n\r\n") {
                heard.push(self.0.read_u8().await.unwrap());
            }
            String::from_utf8(heard).unwrap()
        };
        tokio::time::timeout(SURELY, reading).await.expect("an answer")
    }
}

#[tokio::test]
async fn limits_of_bodies_change_on_connections_that_are_open() {
    let (provider, world, key) = world("server = {max_body_mib = 1, max_bodies_mib = 1}").await;
    let large = json!({"model": "gpt-5-mini", "messages": [], "user": "x".repeat(3 << 19)}).to_string();
    let send = async |length: usize| {
        let mut open = Open::to(&world).await;
        open.begin(&key, length).await;
        open
    };
    assert!(send(large.len()).await.head().await.starts_with("HTTP/1.1 413"));
    let mut waiting = Open::to(&world).await;
    world.take(&provider, "server = {max_body_mib = 2, max_bodies_mib = 2}");
    waiting.begin(&key, large.len()).await;
    // What is announced has its room at once: a second one has none, until there is more.
    let small = json!({"model": "gpt-5-mini", "messages": [], "user": "x".repeat(1 << 20)});
    world.until(&key, &small, 503).await;
    world.take(&provider, "server = {max_body_mib = 2, max_bodies_mib = 4}");
    assert_eq!(world.post(CHAT, &key, &small).await.status, 200);
    // Fewer again: what has room keeps it.
    world.take(&provider, "server = {max_body_mib = 2, max_bodies_mib = 2}");
    assert_eq!(world.post(CHAT, &key, &small).await.status, 503);
    waiting.0.write_all(large.as_bytes()).await.unwrap();
    assert!(waiting.head().await.starts_with("HTTP/1.1 200"));
    world.until(&key, &small, 200).await;
}

#[tokio::test]
async fn places_for_connections_grow_and_shrink() {
    let (provider, world, key) = world("server = {max_connections = 1}").await;
    let mut first = Open::to(&world).await;
    let second = tokio::spawn({
        let request = crate::support::request("GET", "/health", &[], b"");
        let address = world.address;
        async move {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(&request).await.unwrap();
            let mut heard = Vec::new();
            stream.read_to_end(&mut heard).await.map(|_| heard)
        }
    });
    // The first is served all the while, and so is the owner, whom nobody locks out; the second is not.
    let keys = world.door().await.ask(Method::GET, "/admin/keys", None).await.unwrap();
    assert_eq!(keys.as_array().map(Vec::len), Some(1), "{keys}");
    first.0.write_all(b"GET /health HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    first.head().await;
    assert!(!second.is_finished());
    world.take(&provider, "server = {max_connections = 3}");
    let heard = tokio::time::timeout(SURELY, second).await.expect("a place").unwrap().unwrap();
    assert!(heard.starts_with(b"HTTP/1.1 200"));
    let (third, fourth) = (Open::to(&world).await, Open::to(&world).await);
    world.take(&provider, "server = {max_connections = 1}");
    drop((first, third));
    drop(fourth);
    // Whoever is turned away by nothing but the number is served when there is a place again.
    assert_eq!(world.get("/health", &[]).await.status, 200);
    assert_eq!(world.code(&key).await.0, 200);
}

#[tokio::test]
async fn timeouts_towards_clients_change_on_connections_that_are_open() {
    let (provider, world, key) = world("").await;
    let (mut slow, mut deaf) = (Open::to(&world).await, Open::to(&world).await);
    world.take(&provider, "server = {receive_timeout_seconds = 1, send_timeout_seconds = 1}");
    let before = Instant::now();
    slow.begin(&key, 100).await;
    assert!(slow.head().await.starts_with("HTTP/1.1 408"));
    assert!(before.elapsed().as_millis() >= 1000);
    let chunk = format!("data: {}\n\n", "x".repeat(1 << 20));
    provider.says([Say::steps(vec![Step::Send(chunk.into()); 200])]);
    let text = json!({"model": "gpt-5-mini", "stream": true, "messages": []}).to_string();
    deaf.begin(&key, text.len()).await;
    deaf.0.write_all(text.as_bytes()).await.unwrap();
    provider.answering(1).await;
    provider.answering(0).await;
    assert_eq!(world.settled(1).await[0].outcome, "interrupted");
}

#[tokio::test]
async fn timeouts_towards_providers_count_for_the_requests_that_come_after() {
    let (provider, world, key) = world("upstream = {retries = 0}").await;
    let go = Arc::new(Notify::new());
    provider.says([held(&go), Say { steps: vec![Step::Hang], ..Say::events("") }]);
    let mut before = world.ask(&key).await;
    provider.answering(1).await;
    world.take(&provider, "upstream = {retries = 0, idle_timeout_seconds = 1}");
    // This one is let go after a second, that one goes on.
    let heard = world.post(CHAT, &key, &json!({"model": "gpt-5-mini", "stream": true, "messages": []})).await;
    assert!(heard.text().contains("provider_idle"), "{}", heard.text());
    go.notify_one();
    let heard: Heard = before.rest().await;
    assert_eq!((heard.status, heard.text().as_str(), heard.whole), (200, "{}", true));

    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let openai = |more: &str, scheme: &str| {
        let address = silent.local_addr().unwrap();
        format!("{more}\n[providers.openai]\nbase_url = '{scheme}://{address}/v1'\napi_key = '{PLANTED}'\n")
    };
    world.try_take(&openai("upstream = {retries = 0, answer_timeout_seconds = 1}", "http")).unwrap();
    assert_eq!(world.code(&key).await, (504, json!("provider_timeout")));
    // It takes the connection and says nothing, so that it cannot be encrypted.
    world.try_take(&openai("upstream = {retries = 0, connect_timeout_seconds = 1}", "https")).unwrap();
    let heard = world.post(CHAT, &key, &body()).await;
    assert_eq!((heard.status, &heard.json()["error"]["code"]), (502, &json!("provider_unreachable")));
    assert!(heard.text().contains("did not take the connection within 1 s"), "{}", heard.text());
}

#[tokio::test]
async fn retries_and_waits_change() {
    let (provider, world, key) = world("upstream = {retries = 0}").await;
    let overloaded = || Say::error(529, &json!({"error": {"message": "overloaded"}})).with("retry-after-ms", "1");
    provider.says([overloaded(), answer()]);
    assert_eq!(world.code(&key).await.0, 529);
    provider.says([overloaded(), overloaded(), answer()]);
    world.take(&provider, "upstream = {retries = 2}");
    assert_eq!(world.code(&key).await.0, 200);
    let later = || Say::error(529, &json!({"error": {"message": "overloaded"}})).with("retry-after", "2");
    provider.says([later(), answer()]);
    world.take(&provider, "upstream = {retries = 2, longest_wait_seconds = 1}");
    assert_eq!(world.code(&key).await.0, 529, "two seconds are too long");
    provider.says([answer()]);
    assert_eq!(world.rows().await.iter().filter(|row| row.outcome == "done").count(), 1);
}

#[tokio::test]
async fn an_answer_is_read_on_by_what_counted_when_it_began() {
    let (provider, world, key) = world("").await;
    let go = Arc::new(Notify::new());
    let usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":9}}\n\ndata: [DONE]\n\n";
    let begun = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";
    let steps = vec![Step::Send(begun.into()), Step::Wait(go.clone()), Step::Send(usage.into())];
    provider.says([Say::steps(steps)]);
    let text = json!({"model": "gpt-5-mini", "stream": true, "messages": []}).to_string();
    let mut old = world.begin("POST", CHAT, &auth(&key), text.as_bytes()).await;
    old.until("delta").await;
    world.take(&provider, "upstream = {drain_seconds = 30}");
    let mut new = world.begin("POST", CHAT, &auth(&key), text.as_bytes()).await;
    new.until("delta").await;
    drop(old);
    assert_eq!(world.settled(1).await[0].outcome, "interrupted");
    provider.answering(1).await;
    drop(new);
    go.notify_one();
    let rows = world.settled(2).await;
    assert!(
        rows.iter().any(|row| (row.usage.input, row.usage.output) == (7, 9)),
        "the newer one was read on: {rows:?}"
    );
}

#[tokio::test]
async fn the_admin_key_is_another_and_the_old_one_is_worth_nothing() {
    let (provider, world, _) = world("server = {admin_key = 'first-admin-key'}").await;
    let status = async |key: &str| world.get("/admin/status", &[("x-api-key", key.to_owned())]).await.status;
    assert_eq!((status("first-admin-key").await, status("second-admin-key").await), (200, 401));
    world.take(&provider, "server = {admin_key = 'second-admin-key'}");
    assert_eq!((status("first-admin-key").await, status("second-admin-key").await), (401, 200));
    let unset = world.try_take("server = {admin_key = 'env:NOT_SET'}\n[providers.scripted]\n").unwrap_err();
    assert!(unset.contains("server.admin_key"), "{unset}");
    assert_eq!(status("second-admin-key").await, 200, "what was stays");
    world.take(&provider, "");
    assert_eq!(status("second-admin-key").await, 403);
}

#[tokio::test]
async fn what_is_kept_changes() {
    let (provider, world, key) = world("").await;
    let said = async |world: &World| {
        let id = world.rows().await.last().unwrap().request.clone();
        world.gateway.book.request(&id).await.unwrap().unwrap().said.is_some()
    };
    assert_eq!(world.code(&key).await.0, 200);
    world.settled(1).await;
    assert!(!said(&world).await);
    world.take(&provider, "log = {bodies = true}");
    assert_eq!(world.code(&key).await.0, 200);
    world.settled(2).await;
    assert!(said(&world).await);
    world.take(&provider, "usage = {max_requests = 1}");
    assert_eq!(world.code(&key).await.0, 200);
    world.settled(3).await;
    assert!(!said(&world).await);
    while world.gateway.tidy().await.unwrap() > 0 {}
    assert_eq!(world.rows().await.len(), 1);
}

#[tokio::test]
async fn requests_on_their_way_count_where_a_provider_takes_only_so_many() {
    let provider = Provider::start().await;
    let toml = |most: u32| {
        format!(
            "[providers.box]\nkind = 'vllm'\nbase_url = '{}'\nmax_concurrent = {most}\nmodels = [{{id = 'm'}}]\n",
            provider.url()
        )
    };
    let world = World::start(&toml(1)).await;
    let key = world.any_key().await;
    let (one, two) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    provider.says([held(&one), held(&two), answer()]);
    let text = json!({"model": "m", "messages": []}).to_string();
    let mut first = world.begin("POST", CHAT, &auth(&key), text.as_bytes()).await;
    provider.answering(1).await;
    world.try_take(&toml(1)).unwrap();
    let mut second = world.begin("POST", CHAT, &auth(&key), text.as_bytes()).await;
    assert_eq!(world.get("/v1/models", &auth(&key)).await.status, 200);
    assert_eq!(provider.asked().len(), 1, "the first has the only place still");
    world.try_take(&toml(2)).unwrap();
    provider.answering(2).await;
    let mut third = world.begin("POST", CHAT, &auth(&key), text.as_bytes()).await;
    assert_eq!(world.get("/v1/models", &auth(&key)).await.status, 200);
    assert_eq!(provider.asked().len(), 2, "two have both places");
    one.notify_one();
    two.notify_one();
    for client in [&mut first, &mut second, &mut third] {
        let heard = client.rest().await;
        assert_eq!(heard.status, 200, "{}", heard.text());
    }
}

#[tokio::test]
async fn what_needs_a_new_start_is_named_until_it_is_as_it_was() {
    let (provider, world, key) = world("").await;
    let mut other: Settings = toml::from_str(&config(&provider, "upstream = {retries = 0}")).unwrap();
    other.server.listen = "127.0.0.1:1".parse().unwrap();
    world.gateway.reload(&other, &|_| None).unwrap();
    let problems = world.gateway.problems();
    let told: Vec<_> = problems.iter().map(|problem| (problem.what.as_str(), problem.detail.as_str())).collect();
    assert_eq!(
        told,
        [("server.listen", "it listens at 127.0.0.1:0 until it is started anew, and then at 127.0.0.1:1")]
    );
    assert_eq!(world.gateway.current().settings.upstream.retries, 0, "everything else is taken");
    assert_eq!(world.code(&key).await.0, 200);
    world.take(&provider, "");
    assert_eq!(world.gateway.problems(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_request_is_lost_while_settings_change() {
    let (provider, world, key) = world("").await;
    let (stop, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let asking = (0..8).map(|_| {
        let (stop, done, address) = (Arc::clone(&stop), Arc::clone(&done), world.address);
        let [(name, value)] = auth(&key);
        let request = crate::support::request("POST", CHAT, &[(name, value)], body().to_string().as_bytes());
        tokio::spawn(async move {
            while !stop.load(Ordering::Acquire) {
                let mut stream = TcpStream::connect(address).await.unwrap();
                stream.write_all(&request).await.unwrap();
                let mut heard = Vec::new();
                stream.read_to_end(&mut heard).await.unwrap();
                assert!(heard.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&heard));
                done.fetch_add(1, Ordering::AcqRel);
            }
        })
    });
    let asking: Vec<_> = asking.collect();
    let mut rounds = 0_u32;
    while rounds < 60 || done.load(Ordering::Acquire) < 300 {
        let more = format!(
            "server = {{max_connections = {}, max_body_mib = {}, max_bodies_mib = 40, admin_key = 'admin-{rounds}'}}\n\
             upstream = {{connect_timeout_seconds = {}, retries = {}}}\nlog = {{bodies = {}}}",
            1 + rounds % 9,
            1 + rounds % 5,
            5 + rounds % 5,
            rounds % 3,
            rounds.is_multiple_of(2)
        );
        world.take(&provider, &more);
        // Whatever is wrong takes nothing of it.
        let wrong = config(&provider, "server = {max_connections = 1, max_bodies_mib = 0}");
        assert!(world.try_take(&wrong).unwrap_err().contains("server.max_bodies_mib"));
        assert_eq!(world.gateway.current().settings.server.max_connections, 1 + rounds % 9);
        world.gateway.reload_accounts(&|_| None).unwrap();
        rounds += 1;
        tokio::task::yield_now().await;
    }
    stop.store(true, Ordering::Release);
    for task in asking {
        task.await.unwrap();
    }
    let asked = done.load(Ordering::Acquire);
    world.gateway.book.flush().await;
    let used = world.gateway.book.info(&world.gateway.book.authenticate(key.expose()).unwrap()).await.unwrap().usage;
    assert_eq!(usize::try_from(used.total_requests).unwrap(), asked);
    assert_eq!(provider.asked().len(), asked);
}
