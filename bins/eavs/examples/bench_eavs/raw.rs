//! A provider and clients that do as little as can be done: raw sockets, no parser.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use memchr::memmem::find;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

const ANSWER: &str = r#"{"id":"x","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hello there, this is an answer."},"finish_reason":"stop"}],"usage":{"prompt_tokens":20,"completion_tokens":8,"total_tokens":28}}"#;
const FIRST: &str = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"first\"}}]}\n\n";
pub(crate) const LAST: &str = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: {\"choices\":[],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":8}}\n\ndata: [DONE]\n\n";
pub(crate) const STREAM: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";

/// What a model takes for the next word.
const NEXT: Duration = Duration::from_millis(5);

/// A part of a chunked body.
pub(crate) fn chunk(text: &str) -> String {
    format!("{:x}\r\n{text}\r\n", text.len())
}

/// A provider that thinks as many milliseconds as the prompt says.
pub(crate) async fn provider() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            stream.set_nodelay(true).unwrap();
            tokio::spawn(serve(stream));
        }
    });
    address
}

async fn serve(mut stream: TcpStream) {
    let mut held = Vec::new();
    while let Some(request) = message(&mut stream, &mut held).await {
        let thinks = find(&request, b"think ").map(|at| number(&request[at + 6..]));
        if let Some(think) = thinks.filter(|think| *think > 0) {
            tokio::time::sleep(Duration::from_millis(think)).await;
        }
        let text = if find(&request, b"\"stream\":true").is_some() {
            format!("{STREAM}{}", chunk(FIRST))
        } else {
            let length = ANSWER.len();
            format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{ANSWER}")
        };
        let streams = text.starts_with(STREAM);
        let mut written = stream.write_all(text.as_bytes()).await;
        if streams && written.is_ok() {
            tokio::time::sleep(NEXT).await;
            written = stream.write_all(format!("{}0\r\n\r\n", chunk(LAST)).as_bytes()).await;
        }
        if written.is_err() {
            return;
        }
    }
}

fn number(text: &[u8]) -> u64 {
    text.iter().map_while(|byte| char::from(*byte).to_digit(10)).fold(0, |sum, digit| sum * 10 + u64::from(digit))
}

/// One message with a length, as bytes; nothing at the end of the connection.
pub(crate) async fn message(stream: &mut TcpStream, held: &mut Vec<u8>) -> Option<Vec<u8>> {
    loop {
        if let Some(length) = whole(held) {
            return Some(held.drain(..length).collect());
        }
        let mut buffer = [0; 8192];
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return None,
            Ok(count) => held.extend_from_slice(&buffer[..count]),
        }
    }
}

/// How long the first message is, once it is there.
pub(crate) fn whole(held: &[u8]) -> Option<usize> {
    let end = find(held, b"\r\n\r\n")? + 4;
    let head = held[..end].to_ascii_lowercase();
    let length = find(&head, b"content-length: ").map_or(0, |at| number(&head[at + 16..]) as usize);
    (held.len() >= end + length).then_some(end + length)
}

/// A way to a provider.
#[derive(Clone)]
pub(crate) struct Way {
    pub(crate) address: SocketAddr,
    pub(crate) key: String,
    pub(crate) model: String,
}

impl Way {
    /// The direct one.
    pub(crate) fn to(address: SocketAddr) -> Self {
        Self { address, key: "none".to_owned(), model: "m".to_owned() }
    }

    pub(crate) async fn open(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        stream
    }

    /// The body of a request of about 2 KB.
    pub(crate) fn body(&self, prompt: &str, more: &str) -> String {
        let filler = "some words of a prompt. ".repeat(80);
        format!(
            "{{\"model\":\"{}\",\"max_tokens\":100,{more}\"messages\":[{{\"role\":\"user\",\"content\":\"{prompt} {filler}\"}}]}}",
            self.model
        )
    }

    /// The whole request.
    pub(crate) fn request(&self, prompt: &str, more: &str) -> Vec<u8> {
        let (body, key) = (self.body(prompt, more), &self.key);
        let head = format!(
            "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        [head.into_bytes(), body.into_bytes()].concat()
    }
}

/// Asks once, and says how many milliseconds the whole answer took.
pub(crate) async fn asked(stream: &mut TcpStream, request: &[u8]) -> f64 {
    let begun = Instant::now();
    stream.write_all(request).await.unwrap();
    let answer = message(stream, &mut Vec::new()).await.unwrap();
    let took = begun.elapsed().as_secs_f64() * 1000.0;
    assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
    took
}
