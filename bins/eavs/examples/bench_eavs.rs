//! `cargo xtask bench eavs`: what the gateway adds, beside a direct connection to the same provider in the same run.
//!
//! Provider and clients are in this process, the gateway is another, and all of them share the machine. The provider
//! thinks for 20 ms where latency is measured, as real ones do for longer, and not at all where throughput is.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a bench that cannot go on fails, and starts what it measures"
)]

use std::io::BufRead as _;
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use oqto_testkit::binaries::bin;
use oqto_testkit::figure::{Figure, percentile};
use oqto_testkit::home::Home;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

const THINK: Duration = Duration::from_millis(20);
const AT_ONCE: usize = 16;
const STREAMS: usize = 1000;
const GAP: Duration = Duration::from_millis(10);
const CHUNKS: usize = 400;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(measure());
    runtime.shutdown_background();
}

async fn measure() {
    oqto_kit::limits::raise_open_files();
    let provider = provider().await;
    let home = Home::new().unwrap();
    let (gateway, started) = Gateway::start(&home, provider);
    let fine = Figure::new("start until it listens", started.as_secs_f64() * 1000.0, "ms");
    fine.at_most(50.0);
    Figure::new("memory when idle", gateway.rss_mib(), "MiB").at_most(20.0);
    let direct = Line { address: provider, key: "none".into() };
    let through = Line { address: gateway.address, key: gateway.key.clone() };
    latency(&direct, &through).await;
    first_byte(&direct, &through).await;
    throughput(&direct, &through).await;
    streams(&direct, &through, &gateway).await;
}

/// The gateway, in a process of its own.
struct Gateway {
    child: Child,
    address: SocketAddr,
    key: String,
}

impl Gateway {
    fn start(home: &Home, provider: SocketAddr) -> (Self, Duration) {
        let folder = home.config().join("oqto");
        std::fs::create_dir_all(&folder).unwrap();
        let models = "models = [{id = 'm', cost = {input = 1, output = 1}}]";
        let config = format!(
            "[providers.up]\nkind = 'openai_compatible'\nbase_url = 'http://{provider}/v1'\napi_key = 'k'\n{models}\n"
        );
        std::fs::write(folder.join("eavs.toml"), config).unwrap();
        let command = |arguments: &[&str]| {
            let mut command = Command::new(bin("eavs").unwrap());
            command
                .args(arguments)
                .env_clear()
                .env("HOME", home.home())
                .env("XDG_RUNTIME_DIR", home.root().join("run"));
            command.env("XDG_CONFIG_HOME", home.config()).env("XDG_DATA_HOME", home.data());
            command
        };
        let made = command(&["keys", "create", "--budget", "1000", "--quiet"]).output().unwrap();
        let key = String::from_utf8(made.stdout).unwrap().trim().to_owned();
        let begun = Instant::now();
        let mut child = command(&["serve", "--listen", "127.0.0.1:0"]).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        std::io::BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
        let started = begun.elapsed();
        let address = line.trim().strip_prefix("listening on http://").unwrap().parse().unwrap();
        (Self { child, address, key }, started)
    }

    fn rss_mib(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let kib = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse::<f64>().ok());
        kib.unwrap() / 1024.0
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A provider that thinks as long as the model's path asks it to.
async fn provider() -> SocketAddr {
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

const ANSWER: &str = r#"{"id":"x","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hello there, this is an answer."},"finish_reason":"stop"}],"usage":{"prompt_tokens":20,"completion_tokens":8,"total_tokens":28}}"#;
const LAST: &str = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: {\"choices\":[],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":8}}\n\ndata: [DONE]\n\n";

async fn serve(mut stream: TcpStream) {
    let mut held = Vec::new();
    while let Some(request) = message(&mut stream, &mut held).await {
        let asks = |word: &str| memchr_find(&request, word);
        if asks("think") {
            tokio::time::sleep(THINK).await;
        }
        let written = if asks("\"stream\":true") {
            stream_chunks(&mut stream, if asks("many") { CHUNKS } else { 1 }).await
        } else {
            let text = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{ANSWER}",
                ANSWER.len()
            );
            stream.write_all(text.as_bytes()).await
        };
        if written.is_err() {
            return;
        }
    }
}

async fn stream_chunks(stream: &mut TcpStream, count: usize) -> std::io::Result<()> {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).await?;
    let mut next = tokio::time::Instant::now();
    for _ in 0..count {
        // The moment of its sending is in each chunk.
        let data = format!("data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"@{:020}@\"}}}}]}}\n\n", now());
        stream.write_all(format!("{:x}\r\n{data}\r\n", data.len()).as_bytes()).await?;
        next += GAP;
        if count > 1 {
            tokio::time::sleep_until(next).await;
        }
    }
    stream.write_all(format!("{:x}\r\n{LAST}\r\n0\r\n\r\n", LAST.len()).as_bytes()).await
}

/// Nanoseconds since this program began to measure.
fn now() -> u64 {
    static BEGUN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    u64::try_from(BEGUN.get_or_init(Instant::now).elapsed().as_nanos()).unwrap()
}

fn memchr_find(text: &[u8], word: &str) -> bool {
    text.windows(word.len()).any(|part| part == word.as_bytes())
}

/// One message with a length, as bytes; nothing at the end of the connection.
async fn message(stream: &mut TcpStream, held: &mut Vec<u8>) -> Option<Vec<u8>> {
    loop {
        if let Some(end) = held.windows(4).position(|part| part == b"\r\n\r\n").map(|at| at + 4) {
            let head = String::from_utf8_lossy(&held[..end]).to_lowercase();
            let length =
                head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok()).unwrap_or(0);
            if held.len() >= end + length {
                return Some(held.drain(..end + length).collect());
            }
        }
        let mut buffer = [0; 8192];
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return None,
            Ok(count) => held.extend_from_slice(&buffer[..count]),
        }
    }
}

/// A way to the provider.
struct Line {
    address: SocketAddr,
    key: String,
}

impl Line {
    async fn open(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        stream
    }

    /// A request of about 2 KB whose prompt says what the provider does.
    fn request(&self, prompt: &str, more: &str) -> Vec<u8> {
        let filler = "some words of a prompt. ".repeat(80);
        let body = format!(
            "{{\"model\":\"m\",\"max_tokens\":100,{more}\"messages\":[{{\"role\":\"user\",\"content\":\"{prompt} {filler}\"}}]}}"
        );
        let head = format!(
            "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            self.key,
            body.len()
        );
        [head.into_bytes(), body.into_bytes()].concat()
    }
}

/// Asks once, and says how many milliseconds the whole answer took.
async fn asked(stream: &mut TcpStream, request: &[u8]) -> f64 {
    let begun = Instant::now();
    stream.write_all(request).await.unwrap();
    let answer = message(stream, &mut Vec::new()).await.unwrap();
    let took = begun.elapsed().as_secs_f64() * 1000.0;
    assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
    took
}

async fn latency(direct: &Line, through: &Line) {
    let one = |request: (Vec<u8>, Vec<u8>), mut streams: (TcpStream, TcpStream)| async move {
        let mut took = (Vec::new(), Vec::new());
        for _ in 0..250 {
            took.0.push(asked(&mut streams.0, &request.0).await);
            took.1.push(asked(&mut streams.1, &request.1).await);
        }
        took
    };
    let mut all = Vec::new();
    for _ in 0..AT_ONCE {
        let streams = (direct.open().await, through.open().await);
        let requests = (direct.request("think", ""), through.request("think", ""));
        all.push(tokio::spawn(one(requests, streams)));
    }
    let (mut plain, mut proxied) = (Vec::new(), Vec::new());
    for task in all {
        let (a, b) = task.await.unwrap();
        // The first few find no open connection.
        plain.extend_from_slice(&a[10..]);
        proxied.extend_from_slice(&b[10..]);
    }
    for (percent, limit) in [(50, 0.3), (99, 1.0)] {
        let (base, with) = (percentile(&mut plain, percent), percentile(&mut proxied, percent));
        Figure::new(format!("added latency, 16 at once, p{percent}"), with - base, "ms").beside(base).at_most(limit);
    }
}

async fn first_byte(direct: &Line, through: &Line) {
    let (mut plain, mut proxied) = (Vec::new(), Vec::new());
    for _ in 0..150 {
        for (line, took) in [(direct, &mut plain), (through, &mut proxied)] {
            let mut stream = line.open().await;
            let request = line.request("think", "\"stream\":true,");
            let begun = Instant::now();
            stream.write_all(&request).await.unwrap();
            let mut heard = Vec::new();
            while !memchr_find(&heard, "content\":\"@") {
                let mut buffer = [0; 4096];
                let count = stream.read(&mut buffer).await.unwrap();
                heard.extend_from_slice(&buffer[..count]);
            }
            took.push(begun.elapsed().as_secs_f64() * 1000.0);
        }
    }
    let (base, with) = (percentile(&mut plain, 50), percentile(&mut proxied, 50));
    Figure::new("added time to the first streamed byte, p50", with - base, "ms").beside(base).at_most(0.5);
}

async fn throughput(direct: &Line, through: &Line) {
    let mut rates = Vec::new();
    for line in [direct, through] {
        let mut tasks = Vec::new();
        let until = Instant::now() + Duration::from_secs(4);
        for _ in 0..AT_ONCE {
            let (mut stream, request) = (line.open().await, line.request("now", ""));
            tasks.push(tokio::spawn(async move {
                let mut count = 0_u32;
                while Instant::now() < until {
                    asked(&mut stream, &request).await;
                    count += 1;
                }
                count
            }));
        }
        let mut sum = 0;
        for task in tasks {
            sum += task.await.unwrap();
        }
        rates.push(f64::from(sum) / 4.0);
    }
    let (base, with) = (rates[0], rates[1]);
    Figure::new("small requests a second, all on this machine", with, "/s").beside(base).at_least(3000.0);
    Figure::new("small requests of those of a direct connection", with / base * 100.0, "%")
        .beside(100.0)
        .at_least(60.0);
}

/// Opens many streams, and says the delays of their chunks in milliseconds.
async fn delays(line: &Line) -> Vec<f64> {
    let mut tasks = Vec::new();
    for _ in 0..STREAMS {
        let (mut stream, request) = (line.open().await, line.request("many", "\"stream\":true,"));
        tasks.push(tokio::spawn(async move {
            stream.write_all(&request).await.unwrap();
            let (mut held, mut delays): (Vec<u8>, Vec<f64>) = (Vec::new(), Vec::new());
            while !memchr_find(&held, "[DONE]") {
                let mut buffer = [0; 4096];
                let count = stream.read(&mut buffer).await.unwrap();
                assert_ne!(count, 0, "{}", String::from_utf8_lossy(&held));
                let at = now();
                held.extend_from_slice(&buffer[..count]);
                while let Some(begin) = held.iter().position(|byte| *byte == b'@') {
                    let Some(stamp) = held.get(begin + 1..begin + 21) else { break };
                    let sent: u64 = String::from_utf8_lossy(stamp).parse().unwrap();
                    delays.push(at.saturating_sub(sent) as f64 / 1e6);
                    held.drain(..begin + 22.min(held.len() - begin));
                }
            }
            delays
        }));
    }
    let mut all = Vec::new();
    for task in tasks {
        let delays = task.await.unwrap();
        // The first second is that of opening a thousand connections.
        all.extend_from_slice(&delays[CHUNKS / 4..]);
    }
    all
}

async fn streams(direct: &Line, through: &Line, gateway: &Gateway) {
    let mut plain = delays(direct).await;
    let mut proxied = delays(through).await;
    let base = percentile(&mut plain, 99);
    let name = "delay of a chunk, 1,000 streams of 100 a second, p99";
    Figure::new(name, percentile(&mut proxied, 99), "ms").beside(base).at_most(20.0);
    Figure::new("memory after 1,000 streams", gateway.rss_mib(), "MiB").at_most(120.0);
}
