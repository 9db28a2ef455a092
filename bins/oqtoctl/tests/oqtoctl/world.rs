//! A home with everything in it: model, Pi, server. And what a run of the program showed.

use oqto_testkit::demo::{self, Providers};
use oqto_testkit::home::Home;
use oqto_testkit::model::{Manner, ModelServer};
use oqto_testkit::pi::{Generation, Pi};
use oqto_testkit::{binaries, wait};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, Command};

/// How long anything may take.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);

/// What a run of the program showed, with everything that differs from run to run replaced by its name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// What it printed with `--json` when it succeeded.
    pub(crate) fn ok(&self) -> Value {
        let mut envelope: Value = serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"));
        assert_eq!(self.code, 0, "{self:?}");
        envelope["ok"].take()
    }

    /// All three as they are compared.
    pub(crate) fn seen(&self) -> (i32, &str, &str) {
        (self.code, &self.out, &self.err)
    }
}

pub(crate) struct World {
    pub(crate) home: Home,
    _model: ModelServer,
    server: Option<Child>,
    pub(crate) address: String,
}

impl World {
    /// A home with a Pi in it; nothing runs.
    pub(crate) async fn new(generation: Generation) -> Self {
        let home = Home::new().unwrap();
        let model = ModelServer::start(Manner::Scripted).await.unwrap();
        demo::write_agent_dir(&home.pi_agent_dir(), &model, Providers::Every).unwrap();
        Pi::find(generation).unwrap().install(&home).unwrap();
        Self { home, _model: model, server: None, address: String::new() }
    }

    /// The same with a server.
    pub(crate) async fn serving() -> Self {
        Self::serving_with(Generation::V087).await
    }

    pub(crate) async fn serving_with(generation: Generation) -> Self {
        let mut world = Self::new(generation).await;
        world.serve().await;
        world
    }

    /// Starts the server, and waits for its address.
    pub(crate) async fn serve(&mut self) {
        let mut command = self.program("oqto");
        command.args(["serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut server = command.spawn().unwrap();
        let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
        let first = tokio::time::timeout(DEADLINE, lines.next_line()).await.unwrap().unwrap().unwrap();
        self.address = first.split_whitespace().last().unwrap().to_owned();
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        self.server = Some(server);
    }

    /// Kills the server as it stands.
    pub(crate) async fn kill_server(&mut self) {
        let mut server = self.server.take().unwrap();
        server.kill().await.unwrap();
    }

    /// One of the programs in this home, in its `work` folder.
    #[expect(clippy::disallowed_methods, reason = "tests start the real programs")]
    pub(crate) fn program(&self, name: &str) -> Command {
        let path = match name {
            "oqtoctl" => PathBuf::from(env!("CARGO_BIN_EXE_oqtoctl")),
            _ => binaries::bin(name).unwrap(),
        };
        let mut command = Command::new(path);
        command.env_clear().envs(self.home.env()).env("OQTO_BIN_DIR", binaries::profile_dir());
        command.env("OQTO_LISTEN", "127.0.0.1:0").current_dir(self.home.work());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        command
    }

    /// Runs the program.
    pub(crate) async fn ctl(&self, arguments: &[&str]) -> Ran {
        let mut command = self.program("oqtoctl");
        command.args(arguments);
        self.ran(command, "").await
    }

    /// Runs a command to its end with a text on its stdin.
    pub(crate) async fn ran(&self, mut command: Command, stdin: &str) -> Ran {
        command.stdin(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(stdin.as_bytes()).await.unwrap();
        let output = tokio::time::timeout(DEADLINE, child.wait_with_output()).await.unwrap().unwrap();
        Ran {
            code: output.status.code().unwrap(),
            out: self.plain(&String::from_utf8(output.stdout).unwrap()),
            err: self.plain(&String::from_utf8(output.stderr).unwrap()),
        }
    }

    /// The id of the only session.
    pub(crate) async fn only_session(&self) -> String {
        self.list().await[0]["id"].as_str().unwrap().to_owned()
    }

    /// The sessions, with their real ids.
    pub(crate) async fn list(&self) -> Vec<Value> {
        let mut command = self.program("oqtoctl");
        command.args(["session", "list", "--json"]);
        let output = command.output().await.unwrap();
        let mut envelope: Value = serde_json::from_slice(&output.stdout).unwrap();
        serde_json::from_value(envelope["ok"]["sessions"].take()).unwrap()
    }

    /// Waits until the only session is in a state.
    pub(crate) async fn until_state(&self, state: &str) {
        let what = format!("the session to be {state}");
        let reached = || async { (self.list().await.first()?["state"] == state).then_some(()) };
        wait::until(&what, DEADLINE, reached).await.unwrap();
    }

    /// The process of the runner.
    pub(crate) fn runner(&self) -> Pid {
        let runners = inhabitants(self.home.root());
        runners.into_iter().find(|(_, program)| program == "oqto-runner").unwrap().0
    }

    /// Text without what differs from run to run.
    fn plain(&self, text: &str) -> String {
        let root = self.home.root().display().to_string();
        let text = text.replace(&root, "ROOT");
        let text = if self.address.is_empty() { text } else { text.replace(&self.address, "ADDRESS") };
        let pieces = text.split_inclusive(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'));
        pieces.map(without_id).collect()
    }
}

/// A word with the digits of an id left out.
fn without_id(word: &str) -> String {
    let (body, end) = match word.char_indices().next_back() {
        Some((place, letter)) if !letter.is_ascii_alphanumeric() => word.split_at(place),
        _ => (word, ""),
    };
    match body.split_once('_') {
        Some((prefix @ ("ses" | "trn" | "inp"), digits)) if digits.len() == 26 => format!("{prefix}_ID{end}"),
        _ => word.to_owned(),
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // Holders outlive their runner on purpose; a world takes everyone with it. Looking again finds those that were
        // being started.
        for _ in 0..3 {
            for (pid, _) in inhabitants(self.home.root()) {
                // One that has gone already is fine.
                let _ = kill_process(pid, Signal::KILL);
            }
        }
    }
}

/// Every process whose environment names the home: environments are inherited, so nobody gets away.
fn inhabitants(root: &Path) -> Vec<(Pid, String)> {
    let needle = root.as_os_str().as_encoded_bytes();
    let lives_here = |folder: &Path| {
        let environment = std::fs::read(folder.join("environ")).unwrap_or_default();
        environment.windows(needle.len()).any(|part| part == needle)
    };
    let folders = std::fs::read_dir("/proc").into_iter().flatten().flatten().map(|entry| entry.path());
    let pids = folders.filter_map(|folder| {
        let pid = folder.file_name()?.to_str()?.parse::<i32>().ok()?;
        let program = std::fs::read_link(folder.join("exe")).ok()?.file_name()?.to_string_lossy().into_owned();
        let ours = pid == std::process::id().cast_signed();
        (!ours && lives_here(&folder)).then_some((Pid::from_raw(pid)?, program))
    });
    pids.collect()
}
