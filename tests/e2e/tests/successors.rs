//! Two runners: one that is stopped while another takes over, and two that start at once.

use std::process::Stdio;

use oqto_e2e::client::Client;
use oqto_e2e::process::Inhabitant;
use oqto_e2e::reader::Reader;
use oqto_e2e::session::Session;
use oqto_e2e::world::World;
use oqto_e2e::{DEADLINE, Outcome};
use oqto_protocol::entry::TurnEnd;
use oqto_protocol::message::Role;
use oqto_testkit::pi::Generation;
use oqto_testkit::wait;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Child;

/// The exit code of a runner that finds itself succeeded.
const TRY_AGAIN: i32 = 75;

/// How somebody comes to a runner that does not move.
enum Way {
    Serve,
    Connect,
    Stdio,
    Relay,
}

fn streamed(reader: &Reader) -> String {
    let streaming = reader.fold.as_ref().and_then(|fold| fold.streaming.as_ref());
    streaming.map(|message| message.parts.iter().map(|part| part.text.clone()).collect()).unwrap_or_default()
}

async fn talking(world: &World, chunks: u32) -> Outcome<Session> {
    let mut session = world.session().await?;
    session.prompt(&format!("fake:slow {chunks}")).await?;
    session.until("some text", |reader| streamed(reader).contains("chunk3 ")).await?;
    Ok(session)
}

fn whole(chunks: u32) -> String {
    (1..=chunks).map(|n| format!("chunk{n}")).collect::<Vec<_>>().join(" ")
}

fn signal(child: &Child, signal: Signal) -> Outcome {
    let pid = child.id().and_then(|pid| Pid::from_raw(pid.cast_signed())).ok_or("it has ended")?;
    Ok(kill_process(pid, signal)?)
}

fn runners(world: &World) -> Vec<Inhabitant> {
    world.inhabitants().into_iter().filter(|one| one.program == "oqto-runner").collect()
}

/// One who comes gets an answer. What must stay alive for it is given back.
async fn come(world: &mut World, way: &Way) -> Outcome<Option<Child>> {
    match way {
        Way::Serve => world.start_runner().await.map(|()| None),
        Way::Connect => {
            let mut connect = world.program("oqto-runner")?;
            let mut bridge = connect.arg("connect").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
            let (out, input) = (bridge.stdout.take().ok_or("no stdout")?, bridge.stdin.take().ok_or("no stdin")?);
            let listed = Client::over(out, input).await?.call("session.list", None, json!({})).await?;
            assert_eq!(listed["sessions"].as_array().map(Vec::len), Some(1));
            Ok(Some(bridge))
        }
        Way::Stdio => {
            let mut script = world.program("oqto-runner")?;
            let mut script = script.arg("--stdio").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
            script.stdin.take().ok_or("no stdin")?.write_all(b"{\"cmd\":\"session.list\"}\n").await?;
            let ran = tokio::time::timeout(DEADLINE, script.wait_with_output()).await??;
            let said = String::from_utf8(ran.stdout)?;
            assert!(ran.status.success() && said.contains("\"sessions\":[{"), "{}: {said}", ran.status);
            Ok(None)
        }
        Way::Relay => {
            let browser = world.start_relay().await?;
            let listed = browser.open().await?.call("session.list", None, json!({})).await?;
            assert_eq!(listed["sessions"].as_array().map(Vec::len), Some(1));
            Ok(None)
        }
    }
}

/// A runner is stopped in the middle of an answer; somebody comes, and its successor goes on. When it wakes it finds a
/// prompt that was sent to it, and must not write it.
async fn succeeded(way: Way) -> Outcome {
    let mut world = World::with_runner(Generation::V087).await?;
    let mut session = talking(&world, 60).await?;
    let mut old = world.give_up_runner()?;
    signal(&old, Signal::STOP)?;
    let asked = session.client.send("prompt", Some(session.id), &json!({"text": "fake:text too late"})).await?;
    let _kept = come(&mut world, &way).await?;
    let (mut late, reader) = (session.client, session.reader.clone());
    let mut session = Session::follow(world.client().await?, reader).await?;
    assert_eq!(session.turns(1).await?, [TurnEnd::Done]);
    assert_eq!(session.answers(), [whole(60)]);

    signal(&old, Signal::CONT)?;
    let ended = tokio::time::timeout(DEADLINE, old.wait()).await.map_err(|_| "the old runner goes on")??;
    assert_eq!(ended.code(), Some(TRY_AGAIN), "{ended}");
    let answered = loop {
        match late.event(DEADLINE).await {
            Ok(frame) if frame.id.as_deref() == Some(&asked) => break frame.error.is_none(),
            Ok(_) => {}
            Err(_) => break false,
        }
    };
    assert!(!answered, "nobody is told that it was written");
    session.ends("fake:text in time", TurnEnd::Done).await?;
    let users = session.messages().into_iter().filter(|message| message.role == Role::User);
    let said: Vec<_> = users.map(|message| oqto_e2e::session::text(&message)).collect();
    assert_eq!(said, ["fake:slow 60", "fake:text in time"]);
    session.agrees_with(world.client().await?).await?;
    session.call("session.stop", json!({})).await?;
    world.no_orphans(DEADLINE).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopped_runner_is_succeeded_by_one_that_is_started() -> Outcome {
    succeeded(Way::Serve).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopped_runner_is_succeeded_when_somebody_connects() -> Outcome {
    succeeded(Way::Connect).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopped_runner_is_succeeded_when_a_script_comes() -> Outcome {
    succeeded(Way::Stdio).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopped_runner_is_succeeded_when_a_page_opens() -> Outcome {
    succeeded(Way::Relay).await
}

/// A runner that nobody talks to and that has no agent learns of its successor all the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_idle_runner_whose_socket_was_taken_ends() -> Outcome {
    let mut world = World::with_runner(Generation::V087).await?;
    let mut old = world.give_up_runner()?;
    signal(&old, Signal::STOP)?;
    world.start_runner().await?;
    signal(&old, Signal::CONT)?;
    let ended = tokio::time::timeout(DEADLINE, old.wait()).await.map_err(|_| "the old runner goes on")??;
    assert_eq!(ended.code(), Some(TRY_AGAIN), "{ended}");
    assert!(std::fs::read_to_string(world.runner_log())?.contains("does not lead to this runner any more"));
    world.client().await.map(drop)
}

/// Starts two at once; gives the one that serves, and checks what the other says.
async fn two_at_once(world: &World) -> Outcome<Child> {
    let start = || -> Outcome<Child> {
        let mut serve = world.program("oqto-runner")?;
        Ok(serve.arg("serve").stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?)
    };
    let (mut one, mut two) = (start()?, start()?);
    let first = async {
        tokio::select! {
            status = one.wait() => (status, false),
            status = two.wait() => (status, true),
        }
    };
    let (status, one_serves) = tokio::time::timeout(DEADLINE, first).await.map_err(|_| "both go on")?;
    let (serves, other) = if one_serves { (one, two) } else { (two, one) };
    let said = String::from_utf8(other.wait_with_output().await?.stderr)?;
    assert!(status?.success() && said.contains("serves") && said.contains("already"), "{said}");
    Ok(serves)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_that_start_at_once_one_serves_and_no_session_is_doubled() -> Outcome {
    let mut world = World::with_runner(Generation::V087).await?;
    let session = talking(&world, 60).await?;
    let reader = session.reader.clone();
    world.kill_runner().await?;
    let mut serves = two_at_once(&world).await?;
    for _ in 0..5 {
        serves.start_kill()?;
        serves.wait().await?;
        serves = two_at_once(&world).await?;
    }
    // One that is stopped is succeeded by exactly one of two.
    signal(&serves, Signal::STOP)?;
    let mut old = serves;
    serves = two_at_once(&world).await?;
    signal(&old, Signal::CONT)?;
    let ended = tokio::time::timeout(DEADLINE, old.wait()).await.map_err(|_| "the old runner goes on")??;
    assert_eq!(ended.code(), Some(TRY_AGAIN), "{ended}");
    let alone = || async { (runners(&world).len() == 1).then_some(()) };
    wait::until("one runner", DEADLINE, alone).await?;

    let mut session = Session::follow(world.client().await?, reader).await?;
    assert_eq!(session.turns(1).await?, [TurnEnd::Done]);
    assert_eq!(session.answers(), [whole(60)]);
    assert_eq!((world.find("oqto-hold").len(), world.pis().len()), (1, 1));
    let listed = session.call("session.list", json!({})).await?;
    assert_eq!(listed["sessions"].as_array().map(Vec::len), Some(1));
    session.ends("fake:text alive", TurnEnd::Done).await?;
    session.agrees_with(world.client().await?).await?;
    serves.start_kill()?;
    serves.wait().await?;
    Ok(())
}
