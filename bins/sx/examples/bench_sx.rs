//! Measures what `sx` adds to the answer of an instance: beside a program that only fetches the same bytes.
//!
//! `cargo xtask bench sx` builds the program as it is shipped and runs this.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use oqto_testkit::figure::{Figure, percentile};
use serde_json::json;

type Failure = Box<dyn std::error::Error + Send + Sync>;

const ROUNDS: usize = 60;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    if let (Some("fetch"), Some(url)) = (arguments.next().as_deref(), arguments.next()) {
        return fetch(&url);
    }
    let program = oqto_testkit::binaries::bin("sx")?;
    let own = std::env::current_exe()?;
    let address = serve()?;
    let url = format!("http://{address}");
    let home = tempfile::tempdir()?;
    let (mut help, mut bare, mut found) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        help.push(timed(|| run(&program, &["--help"], home.path()))?);
        bare.push(timed(|| run(&own, &["fetch", &format!("{url}/search?q=x&format=json")], home.path()))?);
        found.push(timed(|| run(&program, &["x", "--json", "--searxng-url", &url], home.path()))?);
    }
    let (bare, found) = (percentile(&mut bare, 50), percentile(&mut found, 50));
    Figure::new("sx --help", percentile(&mut help, 50), "ms").at_most(3.0);
    Figure::new("sx, 20 results as JSON, beside a bare fetch of them", found, "ms").beside(bare).at_most(bare + 5.0);
    let mut most = 0.0_f64;
    for _ in 0..ROUNDS {
        // It is looked at from outside, and a run is short.
        most = most.max(peak(&program, &url, home.path())?);
    }
    Figure::new("memory of sx at a search", most, "MB").at_most(15.0);
    Figure::new("size of sx", std::fs::metadata(&program)?.len() as f64 / 1e6, "MB").at_most(6.0);
    Ok(())
}

/// Milliseconds.
fn timed(work: impl FnOnce() -> Result<(), Failure>) -> Result<f64, Failure> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed().as_secs_f64() * 1e3)
}

fn run(program: &Path, arguments: &[&str], home: &Path) -> Result<(), Failure> {
    let output = command(program, home).args(arguments).stdin(Stdio::null()).output()?;
    if output.status.success() { Ok(()) } else { Err(format!("{arguments:?}: {output:?}").into()) }
}

#[expect(clippy::disallowed_methods, reason = "a bench starts what it measures")]
fn command(program: &Path, home: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear().env("HOME", home);
    command
}

/// The yardstick: a program that sends the same question with the same library and reads the answer, nothing else.
fn fetch(url: &str) -> Result<(), Failure> {
    let body = ureq::get(url).header("accept", "application/json").call()?.body_mut().read_to_vec()?;
    std::io::stdout().write_all(&body)?;
    Ok(())
}

/// The most memory that a search needs (MB), looked at until it ends.
fn peak(program: &Path, url: &str, home: &Path) -> Result<f64, Failure> {
    let arguments = ["x", "--json", "--searxng-url", url];
    let mut child = command(program, home).args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0.0_f64;
    while child.try_wait()?.is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
        most = line.and_then(|kilobytes| kilobytes.parse().ok()).unwrap_or(0.0_f64).max(most);
    }
    Ok(most * 1024.0 / 1e6)
}

/// An instance that answers at once with a page of twenty results; its address.
fn serve() -> Result<std::net::SocketAddr, Failure> {
    let one = |n: usize| {
        json!({"title": format!("Result {n} of an ordinary search"), "url": format!("https://example.org/{n}"),
            "content": "Words that a page begins with, as long as they are in practice. ".repeat(4),
            "engine": "duckduckgo", "engines": ["duckduckgo", "brave", "google"], "score": 1.5, "category": "general",
            "parsed_url": ["https", "example.org", format!("/{n}"), "", "", ""], "positions": [n], "template": "default.html"})
    };
    let body = json!({"query": "x", "number_of_results": 0, "results": (1..=20).map(one).collect::<Vec<_>>(),
        "answers": [], "corrections": [], "infoboxes": [], "suggestions": ["more"], "unresponsive_engines": []});
    let body = body.to_string();
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            // A client that goes away early is its own affair.
            let _ = reply(stream, answer.as_bytes());
        }
    });
    Ok(address)
}

fn reply(mut stream: TcpStream, answer: &[u8]) -> std::io::Result<()> {
    let mut head = Vec::new();
    let mut bytes = [0; 4096];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut bytes)? {
            0 => return Ok(()),
            count => head.extend_from_slice(bytes.get(..count).unwrap_or_default()),
        }
    }
    stream.write_all(answer)
}
