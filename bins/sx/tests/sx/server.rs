//! A server on loopback that gives one scripted answer a connection.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::Value;

/// What goes back.
#[derive(Clone)]
pub(crate) struct Answer {
    bytes: Arc<Vec<u8>>,
    head: String,
    pace: Pace,
}

#[derive(Clone, Copy, PartialEq)]
enum Pace {
    Whole,
    /// The connection ends in the middle of the body.
    Cut,
    /// Nothing comes until the client has gone.
    Never,
}

impl Answer {
    pub(crate) fn json(value: &Value) -> Self {
        Self::status(200, "application/json", value.to_string().as_bytes())
    }

    pub(crate) fn status(status: u16, content_type: &str, body: &[u8]) -> Self {
        let head = format!("HTTP/1.1 {status} Said\r\nContent-Type: {content_type}\r\nConnection: close\r\n");
        Self { bytes: Arc::new(body.to_vec()), head, pace: Pace::Whole }
    }

    /// Bytes that are no HTTP.
    pub(crate) fn raw(bytes: &[u8]) -> Self {
        Self { bytes: Arc::new(bytes.to_vec()), head: String::new(), pace: Pace::Whole }
    }

    pub(crate) fn header(mut self, line: &str) -> Self {
        self.head.push_str(line);
        self.head.push_str("\r\n");
        self
    }

    pub(crate) fn gzip(mut self) -> Self {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(&self.bytes).unwrap();
        self.bytes = Arc::new(packer.finish().unwrap());
        self.header("Content-Encoding: gzip")
    }

    pub(crate) fn cut(self) -> Self {
        Self { pace: Pace::Cut, ..self }
    }

    pub(crate) fn slow(self) -> Self {
        Self { pace: Pace::Never, ..self }
    }

    fn send(&self, mut stream: TcpStream) {
        let mut bytes = Vec::new();
        if !self.head.is_empty() {
            bytes.extend_from_slice(format!("{}Content-Length: {}\r\n\r\n", self.head, self.bytes.len()).as_bytes());
        }
        match self.pace {
            Pace::Whole => bytes.extend_from_slice(&self.bytes),
            Pace::Cut => bytes.extend_from_slice(&self.bytes[..self.bytes.len() / 2]),
            Pace::Never => {
                // Ends when the client goes away, and at the latest here.
                stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
                let _ = stream.read(&mut [0]);
                return;
            }
        }
        // A client that has seen enough goes away.
        let _ = stream.write_all(&bytes);
    }
}

/// The server; it serves until the test's process ends.
pub(crate) struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Answers every request as `answer` says, which is given its head.
    pub(crate) fn start(answer: impl Fn(&str) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (kept, answer) = (Arc::clone(&asked), Arc::new(answer));
        thread::spawn(move || {
            for mut stream in listener.incoming().map_while(Result::ok) {
                let (kept, answer) = (Arc::clone(&kept), Arc::clone(&answer));
                thread::spawn(move || {
                    let head = head(&mut stream);
                    kept.lock().unwrap().push(head.clone());
                    answer(&head).send(stream);
                });
            }
        });
        Self { port, asked }
    }

    /// An address where nobody listens.
    pub(crate) fn closed() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The heads of the requests so far.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// Everything up to the empty line, and the body that its length names.
fn head(stream: &mut TcpStream) -> String {
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut bytes = Vec::new();
    let mut byte = [0];
    // A client that begins to encrypt sends no head.
    while !bytes.ends_with(b"\r\n\r\n") && bytes.first() != Some(&0x16) && stream.read(&mut byte).is_ok_and(|n| n == 1)
    {
        bytes.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&bytes).into_owned();
    let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    let _ = stream.read_exact(&mut body);
    head
}
