//! A runner that hangs behind open connections: only its silence tells. The relay says so, and the page goes on with the
//! same runner when it wakes, or with its successor.

use std::time::{Duration, Instant};

use oqto_e2e::browser::Browser;
use oqto_e2e::client::Client;
use oqto_e2e::reader::Reader;
use oqto_e2e::session::Session;
use oqto_e2e::world::World;
use oqto_e2e::{DEADLINE, Outcome};
use oqto_protocol::entry::TurnEnd;
use oqto_testkit::pi::Generation;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use tokio::process::Child;

/// A page learns within this time that its runner hangs.
const NOTICED: Duration = Duration::from_secs(30);

const CHUNKS: u32 = 40;

fn streamed(reader: &Reader) -> String {
    let streaming = reader.fold.as_ref().and_then(|fold| fold.streaming.as_ref());
    streaming.map(|message| message.parts.iter().map(|part| part.text.clone()).collect()).unwrap_or_default()
}

fn whole() -> String {
    (1..=CHUNKS).map(|n| format!("chunk{n}")).collect::<Vec<_>>().join(" ")
}

fn signal(child: &Child, signal: Signal) -> Outcome {
    let pid = child.id().and_then(|pid| Pid::from_raw(pid.cast_signed())).ok_or("it has ended")?;
    Ok(kill_process(pid, signal)?)
}

/// A page in the middle of an answer, whose runner has just been stopped.
async fn stopped_behind(browser: &Browser, world: &mut World) -> Outcome<(Session, Child)> {
    let params = json!({"harness": "pi", "workspace": world.home.work()});
    let mut session = Session::create(browser.open().await?, params).await?;
    session.prompt(&format!("fake:slow {CHUNKS}")).await?;
    session.until("some text", |reader| streamed(reader).contains("chunk3 ")).await?;
    let runner = world.give_up_runner()?;
    signal(&runner, Signal::STOP)?;
    Ok((session, runner))
}

/// What a page is told about its runner, on a connection that stays open.
async fn lost(client: &mut Client) -> Outcome<Value> {
    let since = Instant::now();
    let lost = client.until_lost(NOTICED).await?;
    assert!(since.elapsed() > Duration::from_secs(5), "a runner is not given up for a moment's silence");
    Ok(lost)
}

/// Subscribes again on the same connection, as the page does, and follows to the end of the turn.
async fn goes_on(mut session: Session, world: &World) -> Outcome<Session> {
    session.client.until_event("runner.back", DEADLINE).await?;
    let Session { client, reader, .. } = session;
    let mut session = Session::follow(client, reader).await?;
    assert_eq!(session.turns(1).await?, [TurnEnd::Done]);
    assert_eq!(session.answers(), [whole()]);
    session.ends("fake:text in time", TurnEnd::Done).await?;
    session.agrees_with(world.client().await?).await?;
    Ok(session)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_is_told_of_a_runner_that_hangs_and_goes_on_with_its_successor() -> Outcome {
    let mut world = World::with_runner(Generation::V087).await?;
    let browser = world.start_relay().await?;
    let (mut session, mut old) = stopped_behind(&browser, &mut world).await?;
    assert_eq!(lost(&mut session.client).await?, json!({"runner": "local", "pipe": 1}));
    // What is asked meanwhile is refused at once, as something to try again.
    let refused = session.client.ask("prompt", Some(session.id), json!({"text": "fake:text too early"})).await?;
    let error = refused.err().ok_or("a runner that hangs took a prompt")?;
    assert!(
        error.retryable && error.message.contains("says nothing") || error.message.contains("said nothing"),
        "{error:?}"
    );
    let mut session = goes_on(session, &world).await?;

    signal(&old, Signal::CONT)?;
    let ended = tokio::time::timeout(DEADLINE, old.wait()).await.map_err(|_| "the old runner goes on")??;
    assert_eq!(ended.code(), Some(75), "{ended}");
    session.ends("fake:text alone", TurnEnd::Done).await?;
    session.agrees_with(world.client().await?).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_goes_on_with_a_runner_that_hung_for_a_while() -> Outcome {
    let mut world = World::with_runner(Generation::V087).await?;
    let browser = world.start_relay().await?;
    let (mut session, mut runner) = stopped_behind(&browser, &mut world).await?;
    lost(&mut session.client).await?;
    signal(&runner, Signal::CONT)?;
    goes_on(session, &world).await?;
    assert!(runner.try_wait()?.is_none(), "nobody took over");
    assert_eq!(world.find("oqto-runner").len(), 1);
    runner.start_kill()?;
    runner.wait().await?;
    Ok(())
}
