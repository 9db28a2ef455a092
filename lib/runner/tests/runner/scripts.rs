//! Scripts that speak through `stdio`: what they hear first, in what order, and the exit code; and a peer that has said all it
//! had to say and still listens.

use oqto_e2e::Outcome;
use oqto_runner_core::{connection, stdio};
use oqto_wire::greeting::{hello, read_hello, say_hello};
use oqto_wire::{HelloRule, pipes};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::support::{DEADLINE, World, said};

/// What a script printed, and how it ended.
struct Ran {
    frames: Vec<Value>,
    code: u8,
}

impl Ran {
    /// What each line is, in a word.
    fn kinds(&self) -> Vec<String> {
        let kind = |frame: &Value| {
            let name = frame["event"].as_str().map(str::to_owned);
            name.unwrap_or_else(|| format!("{}:{}", frame["id"].as_str().unwrap_or("?"), !frame["ok"].is_null()))
        };
        self.frames.iter().map(kind).collect()
    }

    fn place(&self, kind: &str) -> usize {
        self.kinds().iter().position(|one| one == kind).unwrap_or(usize::MAX)
    }
}

/// Runs a script against a runner of this process.
async fn script(world: &World, lines: &[Value]) -> Outcome<Ran> {
    let runner = world.runner()?;
    let ((mut from, mut to), far) = pipes::memory(1 << 20);
    runner.tasks.spawn(connection::serve(runner.clone(), far.0, far.1, HelloRule::Optional));
    say_hello(&mut to, hello("script/test", &[])).await?;
    let theirs = read_hello(&mut from).await?;
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let (printed, out) = tokio::io::duplex(64 << 20);
    let (mut input, mut output) = pipes::lines(text.as_bytes(), out);
    let code = tokio::time::timeout(DEADLINE, stdio::run(&mut input, &mut output, theirs, from, to)).await?;
    let code = code.map_err(said)?;
    drop(output);
    let mut text = String::new();
    let mut printed = printed;
    printed.read_to_string(&mut text).await?;
    Ok(Ran { frames: text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?, code })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_hears_hello_first_and_everything_in_the_order_it_happened() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let create = json!({"cmd": "session.create", "params": world.session_params()});
    let ran = script(&world, &[create, json!({"cmd": "prompt", "params": {"text": "said"}})]).await?;
    assert_eq!(ran.code, 0, "{:?}", ran.frames);
    let hello = &ran.frames[0];
    assert_eq!(
        (&hello["event"], &hello["data"]["protocol"], &hello["data"]["runner"]),
        (&json!("hello"), &json!(1), &json!("local"))
    );
    // Where following the session takes its time, what happened meanwhile comes before the snapshot.
    for order in [
        &["hello", "s1:true", "s1-subscribe:true", "session.created", "turn.started", "turn.ended"][..],
        &["session.created", "session.snapshot"],
        &["s1:true", "s2:true"],
    ] {
        let places: Vec<usize> = order.iter().map(|kind| ran.place(kind)).collect();
        assert!(places.is_sorted() && places.iter().all(|place| *place < ran.frames.len()), "{:?}", ran.kinds());
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_that_prompts_a_session_of_others_waits_for_its_turn_only() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let mut session = world.session().await?;
    // A turn that failed before is none of the script's.
    session.ends("exit 3", oqto_protocol::entry::TurnEnd::Crashed).await?;
    let prompt = json!({"session": session.id, "cmd": "prompt", "params": {"text": "words 50 200/s then done"}});
    let ran = script(&world, &[prompt]).await?;
    assert_eq!(ran.code, 0, "{:?}", ran.kinds());
    assert_eq!(ran.kinds().last().map(String::as_str), Some("turn.ended"));
    assert_eq!(ran.place("session.created"), usize::MAX, "the past of the session was not asked for");
    let failing = json!({"session": session.id, "cmd": "prompt", "params": {"text": "exit 4"}});
    assert_eq!(script(&world, &[failing]).await?.code, 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_abort_passes_a_command_that_is_not_answered_yet() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let create = json!({"cmd": "session.create", "params": world.session_params()});
    let abort = json!({"cmd": "abort", "params": {}});
    let ran = script(&world, &[create, json!({"cmd": "prompt", "params": {"text": "wait"}}), abort]).await?;
    let ended = ran.frames.iter().find(|frame| frame["event"] == "turn.ended");
    assert_eq!(ended.map(|frame| &frame["data"]["reason"]), Some(&json!("aborted")), "{:?}", ran.kinds());
    assert_eq!(ran.code, 0);
    Ok(())
}

/// `connect` passes the end of its input on: what was asked before is answered all the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_peer_that_has_ended_its_side_still_hears_the_answers() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let runner = world.runner()?;
    let (near, far) = tokio::io::duplex(1 << 20);
    let (source, sink) = pipes::halves(far);
    runner.tasks.spawn(connection::serve(runner.clone(), source, sink, HelloRule::Optional));
    let (mut read, mut write) = tokio::io::split(near);
    let create = json!({"id": "c", "cmd": "session.create", "params": world.session_params()});
    write.write_all(format!("{create}\n{{\"id\":\"l\",\"cmd\":\"session.list\"}}").as_bytes()).await?;
    write.shutdown().await?;
    let mut text = String::new();
    tokio::time::timeout(DEADLINE, read.read_to_string(&mut text)).await??;
    let frames: Vec<Value> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    for id in ["c", "l"] {
        assert!(frames.iter().any(|frame| frame["id"] == id && !frame["ok"].is_null()), "{id}: {frames:?}");
    }
    Ok(())
}
