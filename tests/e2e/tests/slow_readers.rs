//! Pages that do not read: one that stops, and one whose network vanishes. They cost bounded memory, hold nobody up, are
//! let go, and lose nothing.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use oqto_e2e::browser::Browser;
use oqto_e2e::client::Client;
use oqto_e2e::process::Inhabitant;
use oqto_e2e::reader::Reader;
use oqto_e2e::session::Session;
use oqto_e2e::world::World;
use oqto_e2e::{DEADLINE, Outcome};
use oqto_protocol::entry::TurnEnd;
use oqto_testkit::pi::Generation;
use oqto_testkit::wait;
use serde_json::{Value, json};

/// A page that does not answer is let go within this time.
const LET_GO: Duration = Duration::from_secs(40);

/// Bytes of one answer of the agent.
const ANSWER: usize = 400_000;

/// How often the page that does not read asks for it: 160 MB in all.
const QUESTIONS: usize = 400;

/// What may wait for a page that does not read, in each program: queues, buffers, and what memory allocators keep.
const AT_MOST: u64 = 48 << 20;

async fn page(browser: &Browser, world: &World) -> Outcome<Session> {
    let params = json!({"harness": "pi", "workspace": world.home.work()});
    Session::create(browser.open().await?, params).await
}

/// How many connections the relay has, besides the one that asks.
async fn connections(admin: &mut Client) -> Outcome<u64> {
    admin.send_line(r#"{"channel":"system","id":"info","cmd":"relay.info"}"#).await?;
    loop {
        let frame = admin.event(DEADLINE).await?;
        if frame.id.as_deref() == Some("info") {
            let info: Value = frame.ok.ok_or("relay.info was refused")?.decode()?;
            return Ok(info["connections"].as_u64().ok_or("no number")? - 1);
        }
    }
}

/// Waits until the relay has so many connections; `look` is called each time.
async fn until_connections(admin: &mut Client, wanted: u64, mut look: impl FnMut()) -> Outcome {
    let end = Instant::now() + LET_GO;
    loop {
        let now = connections(admin).await?;
        look();
        if now == wanted {
            return Ok(());
        }
        if Instant::now() > end {
            return Err(format!("after {LET_GO:?} the relay has {now} connections, not {wanted}").into());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The relay and the runner.
fn programs(world: &World) -> Outcome<[Inhabitant; 2]> {
    let all = world.inhabitants();
    let of = |name: &str| all.iter().find(|one| one.program == name).cloned().ok_or_else(|| format!("no {name}"));
    Ok([of("oqto")?, of("oqto-runner")?])
}

fn memory(programs: &[Inhabitant; 2]) -> [u64; 2] {
    [programs[0].memory(), programs[1].memory()]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_stops_reading_costs_little_and_is_let_go() -> Outcome {
    let mut world = World::with_runner(Generation::V087).await?;
    let browser = world.start_relay().await?;
    let mut slow = page(&browser, &world).await?;
    slow.ends(&format!("fake:text {}", "x".repeat(ANSWER)), TurnEnd::Done).await?;
    let mut quick = Session::follow(browser.open().await?, Reader::new(slow.id)).await?;
    quick.ends("fake:text second", TurnEnd::Done).await?;
    // Everything that is used once has been used: what comes now is for the page that does not read.
    let programs = programs(&world)?;
    let before = memory(&programs);
    for _ in 0..QUESTIONS {
        slow.client.send("get_messages", Some(slow.id), &json!({"limit": 50})).await?;
    }
    let mut most = before;
    let mut admin = Client::connect(&world.admin_socket()).await?;
    for n in 0..5 {
        quick.ends(&format!("fake:text while it does not read {n}"), TurnEnd::Done).await?;
    }
    until_connections(&mut admin, 1, || {
        let now = memory(&programs);
        most = [most[0].max(now[0]), most[1].max(now[1])];
    })
    .await?;
    assert!(before.iter().all(|bytes| *bytes > 0), "nothing is measured");
    let grown = [most[0] - before[0], most[1] - before[1]];
    assert!(grown.iter().all(|grown| *grown < AT_MOST), "relay and runner grew by {grown:?} bytes");

    let mut back = Session::follow(browser.open().await?, slow.reader).await?;
    back.until("the snapshot", Reader::caught_up).await?;
    assert_eq!(back.answers().len(), 7);
    back.agrees_with(world.client().await?).await?;
    quick.agrees_with(world.client().await?).await
}

/// It stops for less than that: the same connection goes on, deltas may be left out, entries never.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_reads_late_is_told_everything() -> Outcome {
    let mut world = World::with_runner(Generation::V087).await?;
    let browser = world.start_relay().await?;
    let mut late = page(&browser, &world).await?;
    let mut quick = Session::follow(browser.open().await?, Reader::new(late.id)).await?;
    for _ in 0..3 {
        quick.ends("fake:count 6000", TurnEnd::Done).await?;
    }
    assert_eq!(late.turns(3).await?, [TurnEnd::Done; 3]);
    assert_eq!(late.answers(), quick.answers());
    late.agrees_with(world.client().await?).await?;
    quick.agrees_with(world.client().await?).await
}

/// Tells a test that it runs in a network of its own.
const INSIDE: &str = "OQTO_TEST_INSIDE";

/// Runs this test again in a network of its own, unless this is that run already.
fn inside(test: &str) -> Outcome<bool> {
    if std::env::var_os(INSIDE).is_some() {
        return Ok(true);
    }
    let own = std::env::current_exe()?;
    let flags = if rustix::process::geteuid().is_root() { "-n" } else { "-rn" };
    #[expect(clippy::disallowed_methods, reason = "the test is the starter here")]
    let mut command = Command::new("unshare");
    command.arg(flags).arg(own).args(["--exact", test, "--nocapture"]);
    let ran = command.env(INSIDE, "1").stdin(Stdio::null()).output()?;
    let said = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    if ran.status.success() && said.contains("1 passed") { Ok(false) } else { Err(said.into()) }
}

/// The loopback interface of this network, switched by a program of its own: the tools for it are not everywhere.
struct Network {
    switch: std::path::PathBuf,
}

impl Network {
    fn make(folder: &Path) -> Outcome<Self> {
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/network.c");
        let switch = folder.join("network");
        #[expect(clippy::disallowed_methods, reason = "the test builds its own switch")]
        let built = Command::new("cc").args(["-O1", "-o"]).arg(&switch).arg(source).output()?;
        if !built.status.success() {
            return Err(String::from_utf8_lossy(&built.stderr).into());
        }
        Ok(Self { switch })
    }

    fn is(&self, state: &str) -> Outcome {
        #[expect(clippy::disallowed_methods, reason = "the test prepares its own network")]
        let ran = Command::new(&self.switch).arg(state).output()?;
        if ran.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&ran.stderr).into()) }
    }
}

/// The laptop is closed, the train goes into a tunnel: nothing arrives any more, and nobody says that it ended.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_whose_network_vanishes_is_let_go_and_comes_back_by_its_number() -> Outcome {
    if !inside("a_page_whose_network_vanishes_is_let_go_and_comes_back_by_its_number")? {
        return Ok(());
    }
    let folder = oqto_testkit::home::Home::new()?;
    let network = Network::make(folder.root())?;
    network.is("up")?;
    let mut world = World::with_runner(Generation::V087).await?;
    let browser = world.start_relay().await?;
    let mut away = page(&browser, &world).await?;
    away.ends("fake:text before", TurnEnd::Done).await?;
    let mut admin = Client::connect(&world.admin_socket()).await?;
    assert_eq!(connections(&mut admin).await?, 1);

    network.is("down")?;
    let mut here = Session::follow(world.client().await?, Reader::new(away.id)).await?;
    for n in 0..20 {
        here.call("session.rename", json!({"title": format!("title {n}")})).await?;
    }
    here.until("the last title", |reader| reader.payloads("session.renamed").len() == 20).await?;
    until_connections(&mut admin, 0, || ()).await?;
    network.is("up")?;

    let reader = away.reader;
    let seen = reader.seq();
    let opened = || async { browser.open().await.ok() };
    let client = wait::until("a way back", DEADLINE, opened).await?;
    let mut back = Session::follow(client, reader).await?;
    back.until("the snapshot", Reader::caught_up).await?;
    assert_eq!(back.reader.seq(), seen + 20);
    back.ends("fake:text after", TurnEnd::Done).await?;
    back.agrees_with(world.client().await?).await
}
