//! Lines piped into `oqto-runner --stdio`: scripting without an SDK, and its exit codes.

use std::process::Stdio;

use oqto_e2e::world::World;
use oqto_e2e::{DEADLINE, Outcome, both_generations};
use oqto_testkit::pi::Generation;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;

both_generations! {
    the_script_of_the_protocol_works,
    a_private_runner_leaves_nothing_running,
    a_question_nobody_can_answer_is_cancelled,
}

/// What a script printed, line by line, and how it ended.
struct Ran {
    frames: Vec<Value>,
    code: Option<i32>,
    stderr: String,
}

impl Ran {
    /// Texts of the assistant's messages, as the documented `jq` filter picks them.
    fn texts(&self) -> Vec<&str> {
        let messages =
            self.frames.iter().filter(|frame| frame["event"] == "message").map(|frame| &frame["data"]["message"]);
        let parts =
            messages.filter(|message| message["role"] == "assistant").filter_map(|message| message["parts"].as_array());
        parts.flatten().filter(|part| part["type"] == "text").filter_map(|part| part["text"].as_str()).collect()
    }

    fn error(&self) -> Option<&str> {
        self.frames.iter().find_map(|frame| frame["error"]["code"].as_str())
    }
}

async fn pipe(world: &World, args: &[&str], lines: &[Value]) -> Outcome<Ran> {
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    pipe_text(world, args, &text).await
}

async fn pipe_text(world: &World, args: &[&str], text: &str) -> Outcome<Ran> {
    let mut runner = world.program("oqto-runner")?;
    runner.arg("--stdio").args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = runner.spawn()?;
    let mut input = child.stdin.take().ok_or("no stdin")?;
    input.write_all(text.as_bytes()).await?;
    drop(input);
    let output = tokio::time::timeout(DEADLINE, child.wait_with_output()).await??;
    let frames = String::from_utf8(output.stdout)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    Ok(Ran { frames, code: output.status.code(), stderr: String::from_utf8_lossy(&output.stderr).into_owned() })
}

fn create() -> Value {
    json!({"cmd": "session.create", "params": {"harness": "pi", "workspace": "."}})
}

fn prompt(text: &str) -> Value {
    json!({"cmd": "prompt", "params": {"text": text}})
}

async fn the_script_of_the_protocol_works(generation: Generation) -> Outcome {
    let world = World::new(generation).await?;
    let script = [create(), prompt("fake:tool bash {\"command\":\"echo TODO\"}\nfake:text One TODO.")];
    let ran = pipe(&world, &[], &script).await?;
    assert_eq!((ran.code, ran.texts()), (Some(0), vec!["Calling a tool.", "One TODO."]), "{}", ran.stderr);
    Ok(())
}

async fn a_private_runner_leaves_nothing_running(generation: Generation) -> Outcome {
    let world = World::new(generation).await?;
    let state = world.home.root().join("private");
    let state = state.to_str().ok_or("the path is not text")?;
    let ran = pipe(&world, &["--state", state], &[create(), prompt("fake:text Alone.")]).await?;
    assert_eq!((ran.code, ran.texts()), (Some(0), vec!["Alone."]), "{}", ran.stderr);
    let nobody = || async { world.inhabitants().is_empty().then_some(()) };
    let waited = oqto_testkit::wait::until("everybody has gone", DEADLINE, nobody).await;
    waited.map_err(|error| format!("{error}: {:#?}", world.inhabitants()).into())
}

async fn a_question_nobody_can_answer_is_cancelled(generation: Generation) -> Outcome {
    let world = World::new(generation).await?;
    let extensions = world.home.pi_agent_dir().join("extensions");
    std::fs::create_dir_all(&extensions)?;
    std::fs::write(extensions.join("asking.ts"), include_str!("../fixtures/asking.ts"))?;
    let ran = pipe(&world, &[], &[create(), prompt("fake:tool bash {\"command\":\"echo careful\"}")]).await?;
    assert_eq!(ran.code, Some(75), "{}", ran.stderr);
    let resolved = ran.frames.iter().find(|frame| frame["event"] == "input.resolved");
    assert_eq!(resolved.map(|frame| frame["data"]["outcome"].clone()), Some(json!("cancelled")));
    Ok(())
}

/// Each wrong line: the code on the wire, and the exit code of the script.
#[tokio::test]
async fn what_is_wrong_is_said_with_its_code() -> Outcome {
    let world = World::new(Generation::V087).await?;
    let nowhere = json!({"cmd": "session.create", "params": {"harness": "pi", "workspace": "/nowhere/at/all"}});
    let unknown = json!({"cmd": "session.get", "session": "ses_01m7ysk8gxecp8tv81xh2kjymx"});
    let harness = json!({"cmd": "session.create", "params": {"harness": "none", "workspace": "."}});
    let sandbox = json!({"cmd": "session.create", "params": {"harness": "pi", "workspace": ".", "sandbox": {}}});
    let cases = [
        (format!("{nowhere}\n"), "workspace", 1),
        (format!("{unknown}\n"), "not_found", 3),
        (format!("{harness}\n"), "not_found", 3),
        (format!("{sandbox}\n"), "unsupported", 1),
        ("{\"cmd\":\"fly\"}\n".into(), "unknown_command", 2),
        ("{\"cmd\":\"prompt\",\"params\":{\"text\":\"hi\"}}\n".into(), "invalid_params", 2),
        ("{\"cmd\":\"session.create\",\"params\":{}}\n".into(), "invalid_params", 2),
        ("this is not JSON\n".into(), "malformed_frame", 1),
        ("{\"nothing\":1}\n".into(), "malformed_frame", 1),
    ];
    let mut wrong = Vec::new();
    for (line, code, exit) in cases {
        let ran = pipe_text(&world, &[], &line).await?;
        let event = ran.frames.iter().find(|frame| frame["event"] == "protocol.error");
        let said = ran.error().or_else(|| event.and_then(|frame| frame["data"]["error"]["code"].as_str()));
        if (said, ran.code) != (Some(code), Some(exit)) {
            wrong.push(format!("{line}: {said:?} and exit {:?}, not {code} and {exit}; {}", ran.code, ran.stderr));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

/// A harness that is missing, dies at once, prints garbage or says nothing is told apart.
#[tokio::test]
async fn a_harness_that_does_not_work_is_said() -> Outcome {
    let scripts = [
        ("missing", None, "install"),
        ("dies", Some("#!/bin/sh\necho 'no such option' >&2\nexit 5\n"), "no such option"),
        ("garbage", Some("#!/bin/sh\nwhile read -r line; do echo 'not json at all'; done\n"), ""),
    ];
    for (name, script, word) in scripts {
        let world = World::new(Generation::V087).await?;
        match script {
            Some(script) => drop(world.home.install_script("pi", script)?),
            None => std::fs::remove_file(world.home.bin().join("pi"))?,
        }
        let ran = pipe(&world, &[], &[create(), prompt("fake:text hello")]).await?;
        assert_ne!(ran.code, Some(0), "{name}: {:?}", ran.frames);
        let said = ran.frames.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        assert!(said.contains(word) && (said.contains("harness_") || said.contains("\"crashed\"")), "{name}: {said}");
    }
    Ok(())
}
