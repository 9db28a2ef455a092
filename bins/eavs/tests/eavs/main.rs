//! `eavs` as it is run.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test that cannot go on fails, and starts what it tests"
)]

mod accounts;
mod clients;
mod commands;
mod crash;
mod hidden;
mod known;
mod pi;
mod real_pi;
mod reload;
mod service;
mod storage;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use oqto_testkit::home::Home;
use serde_json::Value;

/// How long anything may take that is sure to happen.
const SURELY: Duration = Duration::from_secs(60);

/// A home with a configuration.
struct Ground {
    home: Home,
}

impl Ground {
    fn new(config: &str) -> Self {
        let home = Home::new().unwrap();
        let ground = Self { home };
        ground.configure(config);
        ground
    }

    fn configure(&self, config: &str) {
        let folder = self.home.config().join("oqto");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("eavs.toml"), config).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_eavs"));
        command.args(arguments).env_clear().env("HOME", self.home.home());
        command.env("XDG_CONFIG_HOME", self.home.config()).env("XDG_DATA_HOME", self.home.data());
        command.env("XDG_RUNTIME_DIR", self.home.root().join("run")).stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// What it says on stdout when it succeeds.
    fn said(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    /// The same as JSON.
    fn json(&self, arguments: &[&str]) -> Value {
        let all: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        serde_json::from_str::<Value>(&self.said(&all)).unwrap()["ok"].clone()
    }

    /// Its exit code and the error that it tells in JSON.
    fn refused(&self, arguments: &[&str]) -> (Option<i32>, Value) {
        let all: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        let output = self.run(&all);
        let value: Value = serde_json::from_slice(&output.stdout).unwrap();
        (output.status.code(), value["error"].clone())
    }

    fn serve(&self) -> Service {
        self.serve_with(&["--listen", "127.0.0.1:0"])
    }

    fn serve_with(&self, flags: &[&str]) -> Service {
        let mut command = self.command(&[&["serve"], flags].concat());
        let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        let address = loop {
            line.clear();
            assert_ne!(said.read_line(&mut line).unwrap(), 0, "it ended without listening");
            if let Some(address) = line.trim_end().strip_prefix("listening on http://") {
                break address.parse().unwrap();
            }
        };
        Service { child, address, said }
    }
}

/// A service that runs; ended at the latest when it is dropped.
struct Service {
    child: Child,
    address: SocketAddr,
    said: BufReader<std::process::ChildStderr>,
}

impl Service {
    fn signal(&self, signal: rustix::process::Signal) {
        rustix::process::kill_process(rustix::process::Pid::from_child(&self.child), signal).unwrap();
    }

    /// Asks it to end, and waits for that. Gives its exit code.
    fn stop(mut self) -> Option<i32> {
        self.signal(rustix::process::Signal::TERM);
        self.child.wait().unwrap().code()
    }

    fn kill(mut self) {
        self.signal(rustix::process::Signal::KILL);
        self.child.wait().unwrap();
    }

    /// Waits until it says something on stderr.
    fn until_said(&mut self, text: &str) {
        let mut line = String::new();
        while !line.contains(text) {
            line.clear();
            assert_ne!(self.said.read_line(&mut line).unwrap(), 0, "it ended without saying {text:?}");
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a request, and gives all that is heard until the connection ends, however it does.
fn ask(address: SocketAddr, path: &str, key: &str, body: &Value) -> String {
    let body = body.to_string();
    let method = if body == "null" { "GET" } else { "POST" };
    let text = format!(
        "{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {key}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut heard = Vec::new();
    if let Ok(mut stream) = TcpStream::connect(address) {
        stream.set_read_timeout(Some(SURELY)).unwrap();
        let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.read_to_end(&mut heard).map(|_| ()));
    }
    String::from_utf8_lossy(&heard).into_owned()
}
