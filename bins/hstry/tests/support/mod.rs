//! A real `hstry` in a folder of its own, ended with the test.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use bytes::Bytes;
use oqto_history::Client;
use oqto_history::model::{Append, Claim, Fence, NewConversation, NewEntry};

/// How long anything here may take.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);

pub(crate) struct Home {
    pub(crate) folder: tempfile::TempDir,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("data/hstry.db")
    }

    pub(crate) fn socket(&self) -> PathBuf {
        self.folder.path().join("run/hstry.sock")
    }

    /// A command with this home's places, named by the environment.
    pub(crate) fn command(&self) -> Command {
        self.through(env!("CARGO_BIN_EXE_hstry"))
    }

    /// The same, for another program that starts ours.
    #[expect(clippy::disallowed_methods, reason = "the test runs the real program")]
    pub(crate) fn through(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("HOME", self.folder.path())
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("TZ", "UTC")
            .env("OQTO_HSTRY_DB", self.database())
            .env("OQTO_HSTRY_SOCKET", self.socket())
            .stdin(Stdio::null());
        command
    }

    /// Runs to the end: exit code, stdout, stderr.
    pub(crate) fn run(&self, args: &[&str]) -> (i32, String, String) {
        let Output { status, stdout, stderr } = self.command().args(args).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (status.code().unwrap(), text(stdout), text(stderr))
    }

    /// Runs to the end and reads the envelope.
    pub(crate) fn json(&self, args: &[&str]) -> (i32, serde_json::Value) {
        let (code, stdout, _) = self.run(&[args, &["--json"]].concat());
        (code, serde_json::from_str(&stdout).unwrap())
    }

    pub(crate) async fn serve(&self) -> Service {
        self.serve_with(self.command().arg("serve")).await
    }

    pub(crate) async fn serve_with(&self, command: &mut Command) -> Service {
        let child = command.stderr(Stdio::null()).spawn().unwrap();
        let mut service = Service { child };
        let start = Instant::now();
        // Binding is the condition; asking again is how a socket is waited for.
        loop {
            let asked = async { Client::connect_unix(&self.socket()).await?.stats().await };
            if asked.await.is_ok() {
                return service;
            }
            assert!(service.child.try_wait().unwrap().is_none(), "the service ended");
            assert!(start.elapsed() < DEADLINE, "the service does not answer");
            tokio::task::yield_now().await;
        }
    }

    pub(crate) async fn client(&self) -> (Client, Fence) {
        let client = Client::connect_unix(&self.socket()).await.unwrap();
        let claimed = client.claim(Claim { writer: "runner".into(), ..Claim::default() }).await.unwrap();
        (client, Fence { writer: "runner".into(), epoch: claimed.epoch })
    }
}

/// A running service; killed when it goes out of scope.
pub(crate) struct Service {
    pub(crate) child: Child,
}

impl Service {
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits for its end.
    pub(crate) fn ended(mut self) {
        self.child.wait().unwrap();
    }

    /// Asks it to end; the clients of this process go on meanwhile, so that they can let go of it.
    pub(crate) async fn terminate(mut self) -> i32 {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
        tokio::task::spawn_blocking(move || self.child.wait().unwrap().code().unwrap()).await.unwrap()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) async fn create(client: &Client, fence: &Fence, id: &str) {
    client.create(fence, NewConversation { id: id.into(), ..NewConversation::default() }).await.unwrap();
}

pub(crate) fn say(conversation: &str, id: &str, text: &str) -> Append {
    let data = serde_json::json!({"message": {
        "id": "msg_01k00000000000000000000000", "role": "user", "parts": [{"type": "text", "text": text}],
        "created_at": 1_763_700_000_000_u64,
    }});
    let entry =
        NewEntry { id: id.into(), ts: 1_763_700_000_000, event: "message".into(), data: Bytes::from(data.to_string()) };
    Append { conversation: conversation.into(), entries: vec![entry], ..Append::default() }
}
