//! What passes through, byte by byte and connection by connection, and what may be on its way at once.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};

use crate::support::{Provider, SURELY, Say, Step, World, config};

/// A provider that is only a socket.
struct Socket {
    listener: TcpListener,
    address: SocketAddr,
}

impl Socket {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        Self { listener, address }
    }

    fn config(&self, more: &str) -> String {
        format!(
            "{more}\n[providers.box]\nkind = 'vllm'\nbase_url = 'http://{}/v1'\nmodels = [{{id = 'm'}}]\n",
            self.address
        )
    }

    async fn accept(&self) -> TcpStream {
        tokio::time::timeout(SURELY, self.listener.accept()).await.expect("a connection").unwrap().0
    }
}

/// Reads one request to its end.
async fn request(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut held = Vec::new();
    loop {
        if let Some(end) = memchr::memmem::find(&held, b"\r\n\r\n").map(|at| at + 4) {
            let head = String::from_utf8_lossy(&held[..end]).to_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
            if held.len() >= end + length.unwrap_or(0) {
                return Some(held);
            }
        }
        if stream.read_buf(&mut held).await.unwrap_or(0) == 0 {
            return None;
        }
    }
}

fn asking(text: &str) -> serde_json::Value {
    json!({"model": "box/m", "stream": true, "messages": [{"role": "user", "content": text}]})
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_that_takes_nothing_makes_the_provider_wait_and_no_memory_grow() {
    const ALL: usize = 512 << 20;
    let socket = Socket::start().await;
    let world = World::start(&socket.config("server = {send_timeout_seconds = 1}")).await;
    let key = world.any_key().await;
    let auth = [("x-api-key", key.expose().to_owned())];
    let client = world.begin("POST", "/v1/chat/completions", &auth, asking("x").to_string().as_bytes()).await;
    let mut provider = socket.accept().await;
    request(&mut provider).await.unwrap();
    provider.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n").await.unwrap();
    let event = format!("data: {}\n\n", "x".repeat(64 << 10));
    let writing = async {
        let mut written = 0;
        while written < ALL && provider.write_all(event.as_bytes()).await.is_ok() {
            written += event.len();
        }
        written
    };
    // It ends when the gateway has waited long enough for its client, and leaves the provider.
    let written = tokio::time::timeout(SURELY, writing).await.expect("the gateway gives up");
    assert!(written < 64 << 20, "{} MiB were taken of the provider with nobody reading", written >> 20);
    drop(client);
    assert_eq!(world.settled(1).await[0].outcome, "interrupted");
}

#[tokio::test]
async fn a_connection_is_used_again_and_one_that_was_closed_is_not_missed() {
    let socket = Socket::start().await;
    let world = World::start(&socket.config("")).await;
    let key = world.any_key().await;
    let (count, counted) = (Arc::new(AtomicUsize::new(0)), watch::channel(0_usize));
    let (connections, (closed, mut is_closed)) = (Arc::clone(&count), counted);
    tokio::spawn(async move {
        loop {
            let Ok((mut stream, _)) = socket.listener.accept().await else { return };
            connections.fetch_add(1, Ordering::SeqCst);
            // Two answers a connection.
            for _ in 0..2 {
                if request(&mut stream).await.is_none() {
                    break;
                }
                let answer = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
                let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: ";
                let text = format!("{head}{}\r\n\r\n{answer}", answer.len());
                stream.write_all(text.as_bytes()).await.unwrap();
            }
            drop(stream);
            closed.send_modify(|closed| *closed += 1);
        }
    });
    // One client on one connection, and so on one thread of the gateway.
    let mut client = TcpStream::connect(world.address).await.unwrap();
    let body = asking("x").to_string();
    let head = format!("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nx-api-key: {}\r\n", key.expose());
    let asks = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
    for (asked, connections) in [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3)] {
        client.write_all(asks.as_bytes()).await.unwrap();
        let mut heard = Vec::new();
        while !heard.ends_with(b"\r\n0\r\n\r\n") {
            let read = tokio::time::timeout(SURELY, client.read_buf(&mut heard)).await.expect("an answer").unwrap();
            assert_ne!(read, 0, "{}", String::from_utf8_lossy(&heard));
        }
        assert!(heard.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&heard));
        assert_eq!(count.load(Ordering::SeqCst), connections, "after {asked} requests");
        let over = is_closed.wait_for(|closed| *closed == asked / 2);
        tokio::time::timeout(SURELY, over).await.expect("it is closed after two").unwrap();
    }
    let rows = world.settled(5).await;
    assert!(rows.iter().all(|row| row.outcome == "done"), "{rows:?}");
}

#[tokio::test]
async fn every_event_goes_on_before_the_next_one_comes() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let key = world.any_key().await;
    let (gates, mut steps) = ((0..20).map(|_| Arc::new(Notify::new())).collect::<Vec<_>>(), Vec::new());
    for (number, gate) in gates.iter().enumerate() {
        let text = json!({"choices": [{"index": 0, "delta": {"content": format!("word-{number};")}}]});
        steps.push(Step::Send(format!("data: {text}\n\n").into()));
        steps.push(Step::Wait(Arc::clone(gate)));
    }
    let usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":20}}\n\ndata: [DONE]\n\n";
    steps.push(Step::Send(usage.into()));
    provider.says([Say::steps(steps)]);
    let body = json!({"model": "gpt-5-mini", "stream": true, "messages": []}).to_string();
    let auth = [("x-api-key", key.expose().to_owned())];
    let mut client = world.begin("POST", "/v1/chat/completions", &auth, body.as_bytes()).await;
    for (number, gate) in gates.iter().enumerate() {
        client.until(&format!("word-{number};")).await;
        gate.notify_one();
    }
    let heard = client.rest().await;
    assert!(heard.whole && heard.text().ends_with("data: [DONE]\n\n") && !heard.text().contains("usage"));
    assert_eq!(world.settled(1).await[0].usage.output, 20);
}

#[tokio::test]
async fn bodies_on_their_way_have_a_sum() {
    let socket = Socket::start().await;
    let world = World::start(&socket.config("server = {max_body_mib = 1, max_bodies_mib = 1}")).await;
    let key = world.any_key().await;
    let large = asking(&"x".repeat(700 << 10));
    let auth = [("x-api-key", key.expose().to_owned())];
    let first = world.begin("POST", "/v1/chat/completions", &auth, large.to_string().as_bytes()).await;
    let mut thinking = socket.accept().await;
    request(&mut thinking).await.unwrap();
    let refused = world.post("/v1/chat/completions", &key, &large).await;
    assert_eq!((refused.status, refused.header("retry-after")), (503, Some("1")), "{}", refused.text());
    assert_eq!(refused.json()["error"]["code"], "no_room");
    // A small one has room, and so has the large one when the first has gone.
    let small = world.begin("POST", "/v1/chat/completions", &auth, asking("x").to_string().as_bytes()).await;
    request(&mut socket.accept().await).await.unwrap();
    drop((first, small));
    world.settled(2).await;
    let _third = world.begin("POST", "/v1/chat/completions", &auth, large.to_string().as_bytes()).await;
    request(&mut socket.accept().await).await.unwrap();
}

#[tokio::test]
async fn a_day_has_so_many_requests_across_restarts() {
    let provider = Provider::start().await;
    let toml = config(&provider, "");
    let world = World::start(&toml).await;
    provider.says([Say::json(&json!({"choices": [], "usage": {"prompt_tokens": 1, "completion_tokens": 1}}))]);
    let key = world.key(json!({"permissions": {"rpd_limit": 2}})).await;
    let body = json!({"model": "gpt-5-mini", "messages": []});
    assert_eq!(world.post("/v1/chat/completions", &key, &body).await.status, 200);
    let world = World::at(world.stop().await, &toml).await;
    assert_eq!(world.post("/v1/chat/completions", &key, &body).await.status, 200);
    let refused = world.post("/v1/chat/completions", &key, &body).await;
    assert_eq!(refused.status, 429, "{}", refused.text());
    assert!(refused.text().contains("requests of this day"), "{}", refused.text());
    let after: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=86_401).contains(&after));
}
