//! A runner in memory: answers with what it was asked, and does a few things on demand.

use bytes::Bytes;
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::frame::Routing;
use oqto_protocol::system::Hello;
use oqto_relay::runners::{Connect, Link, Runner};
use oqto_wire::greeting::{hello, read_hello, say_hello};
use oqto_wire::{Limits, LineReader, LineSource as _, LineWriter, Outgoing, Received, pump, queue};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::DuplexStream;
use tokio::sync::watch;

#[derive(Clone)]
pub(crate) struct FakeRunner {
    name: String,
    shared: Arc<Shared>,
}

struct Shared {
    runner: Mutex<Option<Arc<Runner>>>,
    /// Whether connections are accepted; turning it off ends those that are open.
    up: watch::Sender<bool>,
    lines: Mutex<Vec<Bytes>>,
    hellos: Mutex<Vec<Hello>>,
    sessions: Mutex<Vec<String>>,
    /// Bytes that a flood could hand over so far.
    flooded: AtomicUsize,
    /// How many connections were accepted.
    connections: AtomicUsize,
    /// The connections up to this one are open and dead.
    hung: AtomicUsize,
}

impl FakeRunner {
    pub(crate) fn new(name: &str) -> Self {
        let shared = Arc::new(Shared {
            runner: Mutex::default(),
            up: watch::Sender::new(true),
            lines: Mutex::default(),
            hellos: Mutex::default(),
            sessions: Mutex::default(),
            flooded: AtomicUsize::new(0),
            connections: AtomicUsize::new(0),
            hung: AtomicUsize::new(0),
        });
        let fake = Self { name: name.to_owned(), shared };
        *fake.shared.runner.lock().unwrap() = Some(Runner::new(name, fake.connect()));
        fake
    }

    pub(crate) fn runner(&self) -> Arc<Runner> {
        self.shared.runner.lock().unwrap().clone().unwrap()
    }

    pub(crate) fn up(&self) {
        self.shared.up.send_replace(true);
    }

    pub(crate) fn down(&self) {
        self.shared.up.send_replace(false);
    }

    /// From now on nothing is read or said on the connections that are open.
    pub(crate) fn hang(&self) {
        self.shared.hung.store(self.shared.connections.load(Ordering::Relaxed), Ordering::Relaxed);
    }

    /// Lines that came, as they came.
    pub(crate) fn lines(&self) -> Vec<Bytes> {
        self.shared.lines.lock().unwrap().clone()
    }

    pub(crate) fn hellos(&self) -> Vec<Hello> {
        self.shared.hellos.lock().unwrap().clone()
    }

    /// Bytes that a flood could hand over so far.
    pub(crate) fn flooded(&self) -> usize {
        self.shared.flooded.load(Ordering::Relaxed)
    }

    /// A session that this runner owns.
    pub(crate) fn owns(&self, session: &str) {
        self.shared.sessions.lock().unwrap().push(session.to_owned());
    }

    fn connect(&self) -> Connect {
        let shared = Arc::clone(&self.shared);
        let name = self.name.clone();
        Arc::new(move || {
            let (shared, name) = (Arc::clone(&shared), name.clone());
            Box::pin(async move {
                if !*shared.up.borrow() {
                    return Err(WireError::new(ErrorKind::Unreachable, format!("{name} is down")));
                }
                let (near, far) = tokio::io::duplex(16 * 1024);
                tokio::spawn(serve(shared, name, far));
                let (read, write) = tokio::io::split(near);
                Ok(Link::new(read, write, ()))
            })
        })
    }
}

async fn serve(shared: Arc<Shared>, name: String, stream: DuplexStream) {
    let mut up = shared.up.subscribe();
    let number = shared.connections.fetch_add(1, Ordering::Relaxed) + 1;
    let (read, write) = tokio::io::split(stream);
    let (mut source, mut sink) = (LineReader::new(read), LineWriter::new(write));
    let mut ours = hello("fake-runner/1", &["agent"]);
    ours.runner = Some(name);
    let talking = async {
        say_hello(&mut sink, ours).await.ok()?;
        let theirs = read_hello(&mut source).await.ok()?;
        shared.hellos.lock().unwrap().push(theirs);
        let (outgoing, outbox) = queue(Limits { lines: 64, bytes: 64 * 1024 });
        let answering = async {
            while let Ok(Some(Received::Line(line))) = source.next_line().await {
                if number <= shared.hung.load(Ordering::Relaxed) {
                    std::future::pending::<()>().await;
                }
                shared.lines.lock().unwrap().push(line.clone());
                answer(&shared, &outgoing, &line).await?;
            }
            Some(())
        };
        tokio::select! {
            answered = answering => answered,
            _ = pump(outbox, sink) => None,
        }
    };
    tokio::select! {
        _ = talking => {}
        _ = up.wait_for(|up| !up) => {}
    }
}

/// `flood` sends events until nobody takes them; `say` sends its `params` as a line of its own; `mute` says nothing.
async fn answer(shared: &Arc<Shared>, outgoing: &Outgoing, line: &Bytes) -> Option<()> {
    let routing = Routing::parse(line).ok()?;
    let id = routing.id.as_deref().unwrap_or("none").to_owned();
    let session = routing.session.as_deref().unwrap_or_default().to_owned();
    match routing.cmd.as_deref() {
        Some("mute") => {}
        Some("flood") => {
            let (shared, outgoing) = (Arc::clone(shared), outgoing.clone());
            tokio::spawn(async move {
                let event = Bytes::from(format!(r#"{{"event":"flood","data":"{}"}}"#, "x".repeat(1000)));
                while outgoing.send(event.clone()).await.is_ok() {
                    shared.flooded.fetch_add(event.len(), Ordering::Relaxed);
                }
            });
        }
        Some("say") => {
            let frame: serde_json::Value = serde_json::from_slice(line).unwrap();
            outgoing.send(Bytes::from(frame["params"].as_str()?.to_owned())).await.ok()?;
        }
        Some("session.get" | "prompt") if !shared.sessions.lock().unwrap().contains(&session) => {
            let reply =
                format!(r#"{{"channel":"agent","id":"{id}","error":{{"code":"not_found","message":"no session"}}}}"#);
            outgoing.send(Bytes::from(reply)).await.ok()?;
        }
        Some("session.list") => {
            let rows: Vec<String> =
                shared.sessions.lock().unwrap().iter().map(|s| format!(r#"{{"id":"{s}"}}"#)).collect();
            let reply =
                format!(r#"{{"channel":"agent","id":"{id}","ok":{{"revision":1,"sessions":[{}]}}}}"#, rows.join(","));
            outgoing.send(Bytes::from(reply)).await.ok()?;
        }
        Some(cmd) => {
            let reply = format!(r#"{{"channel":"agent","id":"{id}","ok":{{"did":"{cmd}"}}}}"#);
            outgoing.send(Bytes::from(reply)).await.ok()?;
        }
        None => {}
    }
    Some(())
}
