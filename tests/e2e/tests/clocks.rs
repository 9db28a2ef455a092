//! The wall clock jumps, as it does on laptops that wake and machines that are copied: by a year forward, by two back.
//! Order is a matter of numbers and deadlines of the steady clock, so nothing is lost, doubled, parked or timed out.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use oqto_e2e::reader::Reader;
use oqto_e2e::session::Session;
use oqto_e2e::world::World;
use oqto_e2e::{DEADLINE, Outcome};
use oqto_protocol::entry::TurnEnd;
use oqto_testkit::pi::Generation;
use oqto_testkit::wait;
use rustix::process::Signal;
use serde_json::{Value, json};
use tokio::process::Child;

const YEAR: i64 = 366 * 24 * 60 * 60;

/// A clock for the programs of a world.
struct Clock {
    library: PathBuf,
    file: PathBuf,
}

impl Clock {
    /// Builds it with the C compiler that SQLite was built with.
    fn make(folder: &Path) -> Outcome<Self> {
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/clock.c");
        let (library, file) = (folder.join("clock.so"), folder.join("clock"));
        #[expect(clippy::disallowed_methods, reason = "the test builds its own clock")]
        let mut compiler = Command::new("cc");
        let built = compiler.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(source).output()?;
        if !built.status.success() {
            return Err(String::from_utf8_lossy(&built.stderr).into());
        }
        let clock = Self { library, file };
        clock.moves(0)?;
        Ok(clock)
    }

    /// From now on it is so many seconds off.
    fn moves(&self, seconds: i64) -> Outcome {
        let fresh = self.file.with_extension("new");
        std::fs::write(&fresh, seconds.to_string())?;
        Ok(std::fs::rename(&fresh, &self.file)?)
    }
}

/// Starts a runner, and with it a history service, that live by the clock.
async fn runner(world: &World, clock: &Clock) -> Outcome<Child> {
    let mut serve = world.program("oqto-runner")?;
    serve.arg("serve").env("LD_PRELOAD", &clock.library).env("OQTO_TEST_CLOCK", &clock.file);
    let log = std::fs::File::options().create(true).append(true).open(world.runner_log())?;
    let runner = serve.stdout(Stdio::null()).stderr(log).spawn()?;
    wait::until("the runner's socket", DEADLINE, || async { world.client().await.ok().map(drop) }).await?;
    Ok(runner)
}

fn streamed(reader: &Reader, word: &str) -> bool {
    let streaming = reader.fold.as_ref().and_then(|fold| fold.streaming.as_ref());
    streaming.is_some_and(|message| message.parts.iter().any(|part| part.text.contains(word)))
}

fn times(session: &Session) -> Vec<u64> {
    session.reader.entries.iter().map(|entry| entry.ts).collect()
}

fn whole(chunks: u32) -> String {
    (1..=chunks).map(|n| format!("chunk{n}")).collect::<Vec<_>>().join(" ")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_jumps_loses_and_doubles_nothing() -> Outcome {
    let world = World::new(Generation::V087).await?;
    let clock = Clock::make(world.home.root())?;
    let mut first = runner(&world, &clock).await?;
    let mut session = world.session().await?;
    let key = |text: &str, key: &str| -> Value { json!({"text": text, "client_id": key}) };
    session.call("prompt", key("fake:slow 30", "one")).await?;
    session.until("some text", |reader| streamed(reader, "chunk3 ")).await?;
    clock.moves(YEAR)?;
    session.until("more text", |reader| streamed(reader, "chunk10 ")).await?;
    clock.moves(-YEAR)?;
    assert_eq!(session.turns(1).await?, [TurnEnd::Done]);
    assert_eq!(session.answers(), [whole(30)]);

    // The clock did jump: entries tell what it said, their numbers tell the order.
    clock.moves(YEAR)?;
    session.call("prompt", key("fake:text in a year", "two")).await?;
    assert_eq!(session.turns(2).await?, [TurnEnd::Done; 2]);
    clock.moves(-YEAR)?;
    session.ends("fake:text a year ago", TurnEnd::Done).await?;
    let told = times(&session);
    let (least, most) = (told.iter().min().ok_or("no entry")?, told.iter().max().ok_or("no entry")?);
    assert!(most - least > u64::try_from(YEAR)? * 1000, "{told:?}");

    // A key that was answered before the jump is still known, also by the next runner and the next history service.
    first.start_kill()?;
    first.wait().await?;
    world.find("hstry").iter().for_each(|one| one.signal(Signal::KILL));
    let gone = || async { world.find("hstry").is_empty().then_some(()) };
    wait::until("the history service has gone", DEADLINE, gone).await?;
    clock.moves(YEAR)?;
    let mut second = runner(&world, &clock).await?;
    let mut session = Session::follow(world.client().await?, session.reader).await?;
    for (text, name) in [("fake:slow 30", "one"), ("fake:text in a year", "two")] {
        session.call("prompt", key(text, name)).await?;
    }
    session.ends("fake:text at last", TurnEnd::Done).await?;
    assert_eq!(session.answers(), [whole(30), "in a year".into(), "a year ago".into(), "at last".into()]);
    let listed = session.call("session.list", json!({})).await?;
    assert_eq!(listed["sessions"][0]["state"], "idle");
    session.agrees_with(world.client().await?).await?;
    second.start_kill()?;
    second.wait().await?;
    Ok(())
}
