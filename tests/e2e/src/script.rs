//! Lines piped into `oqto-runner --stdio`, and what came out.

use std::process::Stdio;

use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use crate::world::World;
use crate::{DEADLINE, Outcome};

/// What a script printed, line by line, and how it ended.
#[derive(Debug)]
pub struct Ran {
    /// Every line.
    pub frames: Vec<Value>,
    /// The exit code; `None` when a signal ended it.
    pub code: Option<i32>,
    /// What it said to people.
    pub stderr: String,
}

impl Ran {
    /// Texts of the assistant's messages, as the documented `jq` filter picks them.
    pub fn texts(&self) -> Vec<&str> {
        let messages =
            self.frames.iter().filter(|frame| frame["event"] == "message").map(|frame| &frame["data"]["message"]);
        let parts =
            messages.filter(|message| message["role"] == "assistant").filter_map(|message| message["parts"].as_array());
        parts.flatten().filter(|part| part["type"] == "text").filter_map(|part| part["text"].as_str()).collect()
    }

    /// The first error: of a reply, of the whole line, or of a turn.
    pub fn error(&self) -> Option<&Value> {
        let of = |frame: &'_ Value, path: &str| frame.pointer(path).filter(|error| error.is_object()).is_some();
        let paths = ["/error", "/data/error"];
        let found =
            self.frames.iter().find_map(|frame| paths.iter().find(|path| of(frame, path)).map(|path| (frame, path)));
        found.and_then(|(frame, path)| frame.pointer(path))
    }

    /// The code, the exit code and the hint of the first error.
    pub fn told(&self) -> (&str, Option<i32>, &str) {
        let word = |name: &str| self.error().and_then(|error| error[name].as_str()).unwrap_or_default();
        (word("code"), self.code, word("hint"))
    }

    /// What the first error says.
    pub fn said(&self) -> &str {
        self.error().and_then(|error| error["message"].as_str()).unwrap_or_default()
    }
}

/// Pipes frames into a script.
///
/// # Errors
/// When it does not end in time, or prints a line that is not JSON.
pub async fn pipe(world: &World, args: &[&str], lines: &[Value]) -> Outcome<Ran> {
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    pipe_bytes(world, args, text.as_bytes()).await
}

/// Pipes anything into a script.
///
/// # Errors
/// As [`pipe`].
pub async fn pipe_bytes(world: &World, args: &[&str], bytes: &[u8]) -> Outcome<Ran> {
    let mut runner = world.program("oqto-runner")?;
    runner.arg("--stdio").args(args);
    into(runner, bytes).await
}

/// Runs a command to its end with bytes on its stdin.
///
/// # Errors
/// As [`pipe`].
pub async fn into(mut command: Command, bytes: &[u8]) -> Outcome<Ran> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    let mut input = child.stdin.take().ok_or("no stdin")?;
    // It is fed while it is read: what it answers may be more than a pipe holds.
    let feeding = async {
        // One that has heard enough does not read the rest.
        let _gone = input.write_all(bytes).await;
        drop(input);
    };
    let ran = async { tokio::join!(feeding, child.wait_with_output()).1 };
    let output = tokio::time::timeout(DEADLINE, ran).await??;
    let frames = String::from_utf8(output.stdout)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    Ok(Ran { frames, code: output.status.code(), stderr: String::from_utf8_lossy(&output.stderr).into_owned() })
}

/// The request for a session where the script runs.
pub fn create() -> Value {
    json!({"cmd": "session.create", "params": {"harness": "pi", "workspace": "."}})
}

/// The request for a turn in the session made last.
pub fn prompt(text: &str) -> Value {
    json!({"cmd": "prompt", "params": {"text": text}})
}
