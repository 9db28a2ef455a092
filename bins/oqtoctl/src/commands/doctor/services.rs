//! The services: their sockets, and whether they answer.

use super::check::Check;
use super::programs::Reply;
use super::tool;
use crate::client::Client;
use crate::place;
use oqto_kit::{Dirs, Result, dirs};
use oqto_protocol::command::{Command, RunnerDetails};
use oqto_protocol::error::ErrorKind;
use oqto_protocol::live::Empty;
use oqto_protocol::relay::RelayInfo;
use oqto_wire::unix::{self, SocketError};
use serde::Deserialize;
use std::os::unix::fs::FileTypeExt as _;
use std::path::Path;
use std::time::Duration;
use tokio::net::UnixStream;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// How long a service may take to answer; the runner may look for its harness first.
const DEADLINE: Duration = Duration::from_secs(30);

/// What runs, as far as it answers.
#[derive(Debug, Default)]
pub(super) struct Running {
    /// Where the server listens.
    pub(super) address: Option<String>,
    /// Whether the server's agents talk to the demo model.
    pub(super) demo: bool,
    /// Whether a runner listens.
    pub(super) runner_is_up: bool,
    /// What the runner says.
    pub(super) details: Option<RunnerDetails>,
}

impl Running {
    /// Asks server and runner.
    pub(super) async fn find(dirs: &Dirs, checks: &mut Vec<Check>) -> Self {
        let mut running = Self::default();
        let server = socket("server", &dirs.admin_socket(), Idle::StartIt("oqto serve"), checks).await;
        if let Some(stream) = server {
            checks.push(running.ask_server(stream).await);
        }
        let runner = socket("runner", &dirs.runner_socket(), Idle::StartsByItself, checks).await;
        if let Some(stream) = runner {
            running.runner_is_up = true;
            checks.push(running.ask_runner(stream, &dirs.runner_state()).await);
        }
        running
    }

    async fn ask_server(&mut self, stream: UnixStream) -> Check {
        let asked = async {
            let client = greet(stream).await?;
            self.demo = client.hello().demo;
            client.system::<RelayInfo>("relay.info").await
        };
        match in_time(asked).await {
            Ok(info) => {
                let found = format!("{}, version {}, pid {}", info.address, info.version, info.pid);
                self.address = Some(info.address);
                of_our_version("server", &info.version, info.pid, found)
            }
            Err(why) => Check::fail("server", why, "stop it and start it again: oqto serve"),
        }
    }

    async fn ask_runner(&mut self, stream: UnixStream, state: &Path) -> Check {
        let asked = async { greet(stream).await?.call::<RunnerDetails>(&Command::RunnerInfo(Empty {})).await };
        match in_time(asked).await {
            Ok(details) => {
                let RunnerDetails { version, pid, epoch, state_dir, .. } = &details;
                let found = format!("version {version}, pid {pid}, start number {epoch}, state in {state_dir}");
                let check = of_our_version("runner", version, *pid, found);
                self.details = Some(details);
                check
            }
            Err(why) => {
                let log = state.parent().unwrap_or(state).join("oqto-runner.log");
                Check::fail("runner", why, format!("see why: tail {}", log.display()))
            }
        }
    }
}

async fn greet(stream: UnixStream) -> Result<Client> {
    let (source, sink) = unix::lines(stream);
    place::greet(source, sink).await.map(|(client, _events)| client)
}

async fn in_time<T>(asked: impl Future<Output = Result<T>>) -> Result<T, String> {
    match tokio::time::timeout(DEADLINE, asked).await {
        Ok(answered) => answered.map_err(|error| error.message()),
        Err(_) => Err(format!("it did not answer within {} s", DEADLINE.as_secs())),
    }
}

fn of_our_version(check: &str, version: &str, pid: u32, found: String) -> Check {
    if version == VERSION {
        return Check::ok(check, found);
    }
    let mend = format!("end the older one: kill {pid}; the next use starts version {VERSION}, and agents go on");
    Check::warn(check, found, mend)
}

/// What it means that nobody listens.
#[derive(Clone, Copy)]
enum Idle {
    /// Someone has to start it.
    StartIt(&'static str),
    /// It is started when it is needed.
    StartsByItself,
}

/// Connects to a socket; whether that is possible is the check.
async fn socket(service: &str, path: &Path, idle: Idle, checks: &mut Vec<Check>) -> Option<UnixStream> {
    let check = format!("socket of the {service}");
    let shown = path.display();
    let error = match unix::connect_speaking(path).await {
        Ok(stream) => {
            checks.push(Check::ok(check, format!("{shown}")));
            return Some(stream);
        }
        Err(error) => error,
    };
    let said = tool::chain(&error);
    checks.push(match error {
        SocketError::NobodyListens(_) => not_running(check, path, idle),
        SocketError::Silent { pid, .. } => Check::fail(check, said, silent(pid)),
        SocketError::PathTooLong(_) => Check::fail(check, said, "set XDG_RUNTIME_DIR to a folder with a shorter path"),
        SocketError::ForeignPeer { .. } => Check::fail(check, said, "set XDG_RUNTIME_DIR to a folder of your own"),
        SocketError::NotASocket(_) => not_a_socket(check, path),
        SocketError::OpenFolder(_) | SocketError::InUse(_) | SocketError::Io { .. } => {
            Check::fail(check, said, format!("ls -l {shown}"))
        }
    });
    None
}

/// A process that serves and does not speak is stopped, or hangs.
fn silent(pid: Option<i32>) -> String {
    pid.map_or_else(
        || "start another one, which takes over".to_owned(),
        |pid| format!("if it was stopped: kill -CONT {pid}"),
    )
}

fn not_a_socket(check: String, path: &Path) -> Check {
    let shown = path.display();
    Check::fail(check, format!("{shown} is in the way: it is not a socket"), format!("mv {shown} {shown}.old"))
}

fn not_running(check: String, path: &Path, idle: Idle) -> Check {
    let there = std::fs::symlink_metadata(path).ok();
    if there.as_ref().is_some_and(|there| !there.file_type().is_socket()) {
        return not_a_socket(check, path);
    }
    let stale = if there.is_some() { " (its socket was left behind; the next start replaces it)" } else { "" };
    match idle {
        Idle::StartIt(command) => Check::warn(check, format!("not running{stale}"), format!("start it: {command}")),
        Idle::StartsByItself => Check::ok(check, format!("not running, started when it is needed{stale}")),
    }
}

#[derive(Deserialize)]
struct Figures {
    conversations: u64,
    messages: u64,
    database_bytes: u64,
}

/// The history: whether its service listens, and whether its database can be read.
pub(super) async fn history(dirs: &Dirs) -> Vec<Check> {
    let mut checks = Vec::new();
    drop(socket("history", &dirs.hstry_socket(), Idle::StartsByItself, &mut checks).await);
    checks.extend(database(dirs).await);
    checks
}

async fn database(dirs: &Dirs) -> Option<Check> {
    let check = "history";
    let path = dirs.hstry_db();
    if !path.exists() {
        return Some(Check::ok(check, format!("none yet; it will be in {}", path.display())));
    }
    // Where the program is missing that has been told.
    let program = dirs::sibling("hstry").ok()?;
    let said = match tool::ask(&program, &["stats", "--json"], None).await {
        Ok(said) => said,
        Err(error) => return Some(Check::fail(check, error, "see for yourself: hstry stats")),
    };
    let by_hand = "look for damage: hstry verify";
    Some(match serde_json::from_str::<Reply<Figures>>(&said.out) {
        Ok(Reply { ok: Some(Figures { conversations, messages, database_bytes }), .. }) => Check::ok(
            check,
            format!(
                "{}, {}, {} KiB in {}",
                count(conversations, "session"),
                count(messages, "message"),
                database_bytes >> 10,
                path.display()
            ),
        ),
        Ok(Reply { error: Some(error), .. }) if error.code == ErrorKind::NewerVersion => {
            Check::fail(check, error.message, error.hint.unwrap_or_else(|| "install the newer version".to_owned()))
        }
        Ok(Reply { error: Some(error), .. }) => {
            Check::fail(check, error.message, error.hint.unwrap_or(by_hand.to_owned()))
        }
        Ok(Reply { ok: None, error: None }) | Err(_) => Check::fail(check, said.all(), by_hand),
    })
}

fn count(number: u64, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}
