//! A gateway in this process, and a provider that says what the test wants.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response, StatusCode};
use futures_util::stream;
use oqto_gateway::book::{Clock, UsageRow, system_clock};
use oqto_gateway::config::Settings;
use oqto_gateway::gateway::Gateway;
use oqto_gateway::keys::terms::Terms;
use oqto_gateway::server::{Door, Listeners, Lock, serve};
use oqto_kit::{Secret, Tasks};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

/// The provider's key in every test: nobody else may ever see it.
pub(crate) const PLANTED: &str = "sk-planted-0123456789abcdef";

/// How long anything may take that is sure to happen.
pub(crate) const SURELY: Duration = Duration::from_secs(30);

/// One thing that the provider does with an answer.
#[derive(Clone)]
pub(crate) enum Step {
    /// Sends bytes.
    Send(Bytes),
    /// Waits until the test says so.
    Wait(Arc<Notify>),
    /// Breaks the connection.
    Break,
    /// Sends nothing more.
    Hang,
}

/// An answer of the provider.
#[derive(Clone)]
pub(crate) struct Say {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) steps: Vec<Step>,
}

impl Say {
    pub(crate) fn json(value: &Value) -> Self {
        Self::of(200, "application/json", vec![Step::Send(value.to_string().into())])
    }

    pub(crate) fn error(status: u16, value: &Value) -> Self {
        Self::of(status, "application/json", vec![Step::Send(value.to_string().into())])
    }

    pub(crate) fn events(text: &str) -> Self {
        Self::steps(vec![Step::Send(text.to_owned().into())])
    }

    pub(crate) fn steps(steps: Vec<Step>) -> Self {
        Self::of(200, "text/event-stream", steps)
    }

    fn of(status: u16, kind: &str, steps: Vec<Step>) -> Self {
        Self { status, headers: vec![("content-type", kind.to_owned())], steps }
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

/// What the provider was asked.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Asked {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

#[derive(Default)]
struct Script {
    next: Mutex<VecDeque<Say>>,
    last: Mutex<Option<Say>>,
    asked: Mutex<Vec<Asked>>,
}

/// A provider on a loopback port.
#[derive(Clone)]
pub(crate) struct Provider {
    pub(crate) address: SocketAddr,
    script: Arc<Script>,
    open: watch::Receiver<usize>,
}

struct Open(watch::Sender<usize>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.send_modify(|open| *open -= 1);
    }
}

impl Provider {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let script = Arc::new(Script::default());
        let (count, open) = watch::channel(0);
        let state = (Arc::clone(&script), count);
        let router = axum::Router::new().fallback(handle).with_state(state);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, script, open }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// The answers to come, in order; the last is given to everybody after.
    pub(crate) fn says(&self, answers: impl IntoIterator<Item = Say>) {
        let mut answers: VecDeque<_> = answers.into_iter().collect();
        *self.script.last.lock().unwrap() = answers.back().cloned();
        answers.pop_back();
        *self.script.next.lock().unwrap() = answers;
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.script.asked.lock().unwrap().clone()
    }

    /// Waits until so many answers are on their way.
    pub(crate) async fn answering(&self, count: usize) {
        let mut open = self.open.clone();
        let reached = open.wait_for(|open| *open == count);
        tokio::time::timeout(SURELY, reached).await.expect("answers on their way").unwrap();
    }
}

async fn handle(
    State((script, count)): State<(Arc<Script>, watch::Sender<usize>)>,
    request: Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let path = parts.uri.to_string();
    script.asked.lock().unwrap().push(Asked { path, headers: parts.headers, body });
    let next = script.next.lock().unwrap().pop_front();
    let say = next.or_else(|| script.last.lock().unwrap().clone()).expect("the provider has an answer");
    count.send_modify(|open| *open += 1);
    let open = Open(count);
    let steps = stream::unfold((say.steps.into_iter(), open), async |(mut steps, open)| {
        loop {
            match steps.next()? {
                Step::Send(bytes) => return Some((Ok(bytes), (steps, open))),
                Step::Wait(notify) => notify.notified().await,
                Step::Break => return Some((Err(std::io::Error::other("broken")), (steps, open))),
                Step::Hang => std::future::pending::<()>().await,
            }
        }
    });
    let mut response = Response::new(Body::from_stream(steps));
    *response.status_mut() = StatusCode::from_u16(say.status).unwrap();
    for (name, value) in say.headers {
        response.headers_mut().insert(name, value.parse().unwrap());
    }
    response
}

/// A gateway on a loopback port.
pub(crate) struct World {
    pub(crate) gateway: Arc<Gateway>,
    pub(crate) address: SocketAddr,
    pub(crate) folder: tempfile::TempDir,
    tasks: Tasks,
    serving: JoinHandle<()>,
}

/// The configuration with the providers `openai`, `anthropic` and `google` at one place.
pub(crate) fn config(provider: &Provider, more: &str) -> String {
    let one = |name: &str| format!("[providers.{name}]\nbase_url = '{}'\napi_key = '{PLANTED}'\n", provider.url());
    format!("{more}\n{}{}{}", one("openai"), one("anthropic"), one("google"))
}

impl World {
    pub(crate) async fn start(toml: &str) -> Self {
        Self::at(tempfile::tempdir().unwrap(), toml).await
    }

    pub(crate) async fn at(folder: tempfile::TempDir, toml: &str) -> Self {
        Self::clocked(folder, toml, system_clock()).await
    }

    /// With a clock of the test's own.
    pub(crate) async fn clocked(folder: tempfile::TempDir, toml: &str, clock: Clock) -> Self {
        let mut settings: Settings = toml::from_str(toml).unwrap();
        settings.server.listen = SocketAddr::from(([127, 0, 0, 1], 0));
        let tasks = Tasks::new();
        let database = folder.path().join("data/eavs.db");
        let gateway = Gateway::open(settings, &database, clock, &|_| None, tasks.clone()).await.unwrap();
        let listen = gateway.current().settings.server.listen;
        let listeners = Listeners::bind(listen, &folder.path().join("s")).await.unwrap();
        let address = listeners.address();
        let served = Arc::clone(&gateway);
        let serving = tokio::spawn(async move { serve(&served, listeners).await });
        Self { gateway, address, folder, tasks, serving }
    }

    pub(crate) fn socket(&self) -> PathBuf {
        self.folder.path().join("s")
    }

    /// The door of this user's commands, through the admin socket.
    pub(crate) async fn door(&self) -> Door {
        let database = self.folder.path().join("data/eavs.db");
        Door::open(&self.socket(), &database, Lock::Left, Settings::default, &|_| None).await.unwrap()
    }

    /// Ends the gateway, and gives the folder with its files.
    pub(crate) async fn stop(self) -> tempfile::TempDir {
        self.tasks.token().cancel();
        tokio::time::timeout(SURELY, self.serving).await.expect("it ends").unwrap();
        self.folder
    }

    /// A key with these terms.
    pub(crate) async fn key(&self, terms: Value) -> Secret {
        let terms: Terms = serde_json::from_value(terms).unwrap();
        self.gateway.book.make_key(terms).await.unwrap().secret
    }

    /// A key that may do everything.
    pub(crate) async fn any_key(&self) -> Secret {
        self.key(json!({})).await
    }

    /// Every request in the book, the oldest first.
    pub(crate) async fn rows(&self) -> Vec<UsageRow> {
        let mut rows = self.gateway.book.requests(None, 1000).await.unwrap();
        rows.reverse();
        rows
    }

    /// Waits until so many requests are in the book.
    pub(crate) async fn settled(&self, count: usize) -> Vec<UsageRow> {
        let waiting = async {
            loop {
                let rows = self.rows().await;
                if rows.len() >= count {
                    return rows;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(SURELY, waiting).await.expect("requests in the book")
    }

    pub(crate) async fn post(&self, path: &str, key: &Secret, body: &Value) -> Heard {
        let headers = [("authorization", format!("Bearer {}", key.expose()))];
        self.send("POST", path, &headers, body.to_string().as_bytes()).await
    }

    pub(crate) async fn get(&self, path: &str, headers: &[(&str, String)]) -> Heard {
        self.send("GET", path, headers, b"").await
    }

    pub(crate) async fn send(&self, method: &str, path: &str, headers: &[(&str, String)], body: &[u8]) -> Heard {
        let mut client = self.begin(method, path, headers, body).await;
        client.rest().await
    }

    /// Sends a request, and leaves the answer to be read.
    pub(crate) async fn begin(&self, method: &str, path: &str, headers: &[(&str, String)], body: &[u8]) -> Client {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(&request(method, path, headers, body)).await.unwrap();
        Client { stream, heard: Vec::new() }
    }
}

/// The bytes of a request.
pub(crate) fn request(method: &str, path: &str, headers: &[(&str, String)], body: &[u8]) -> Vec<u8> {
    let mut text =
        format!("{method} {path} HTTP/1.1\r\nhost: eavs\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    [text.as_bytes(), body].concat()
}

/// A connection with an answer on its way.
pub(crate) struct Client {
    pub(crate) stream: TcpStream,
    heard: Vec<u8>,
}

impl Client {
    /// Reads until a text was heard.
    pub(crate) async fn until(&mut self, text: &str) {
        let reading = async {
            while memchr::memmem::find(&self.heard, text.as_bytes()).is_none() {
                let mut buffer = [0; 4096];
                let count = self.stream.read(&mut buffer).await.unwrap();
                assert_ne!(count, 0, "{text:?} was not in {:?}", String::from_utf8_lossy(&self.heard));
                self.heard.extend_from_slice(&buffer[..count]);
            }
        };
        tokio::time::timeout(SURELY, reading).await.unwrap_or_else(|_| panic!("waited for {text:?}"));
    }

    /// Reads until one of two texts was heard; says whether it was the second.
    pub(crate) async fn until_either(&mut self, one: &str, other: &str) -> bool {
        let reading = async {
            loop {
                let has = |text: &str| memchr::memmem::find(&self.heard, text.as_bytes()).is_some();
                match (has(one), has(other)) {
                    (true, _) => return false,
                    (false, true) => return true,
                    (false, false) => {}
                }
                let mut buffer = [0; 4096];
                let count = self.stream.read(&mut buffer).await.unwrap();
                assert_ne!(count, 0, "neither {one:?} nor {other:?} in {:?}", String::from_utf8_lossy(&self.heard));
                self.heard.extend_from_slice(&buffer[..count]);
            }
        };
        tokio::time::timeout(SURELY, reading).await.unwrap_or_else(|_| panic!("waited for {one:?} or {other:?}"))
    }

    pub(crate) fn heard(&self) -> String {
        String::from_utf8_lossy(&self.heard).into_owned()
    }

    /// Reads to the end of the connection.
    pub(crate) async fn rest(&mut self) -> Heard {
        let mut heard = std::mem::take(&mut self.heard);
        let ended = tokio::time::timeout(SURELY, self.stream.read_to_end(&mut heard)).await.expect("the answer ends");
        Heard::read(&heard, ended.is_ok())
    }
}

/// An answer as a client hears it.
#[derive(Debug)]
pub(crate) struct Heard {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
    /// Whether it came to its end.
    pub(crate) whole: bool,
}

impl Heard {
    fn read(bytes: &[u8], ended: bool) -> Self {
        let end = memchr::memmem::find(bytes, b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        let chunked = head.contains("transfer-encoding: chunked");
        let (body, whole) = if chunked { unchunked(&bytes[end..]) } else { (bytes[end..].to_vec(), ended) };
        Self { status, head, body, whole: whole && ended }
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{} {}", self.head, self.text()))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

fn unchunked(mut rest: &[u8]) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    loop {
        let Some(line) = memchr::memmem::find(rest, b"\r\n") else { return (body, false) };
        let Ok(size) = usize::from_str_radix(&String::from_utf8_lossy(&rest[..line]), 16) else { return (body, false) };
        if size == 0 {
            return (body, true);
        }
        let Some(chunk) = rest.get(line + 2..line + 2 + size) else { return (body, false) };
        body.extend_from_slice(chunk);
        rest = rest.get(line + 4 + size..).unwrap_or_default();
    }
}
