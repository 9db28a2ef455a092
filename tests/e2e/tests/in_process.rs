//! A real relay and a real runner in this process, joined by pipes in memory whose faults are scripted, in a time that the
//! test lets pass: hours of silence and hundreds of faults, in seconds.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use oqto_e2e::Outcome;
use oqto_e2e::client::Client;
use oqto_e2e::persistent::Persistent;
use oqto_e2e::process::inhabitants;
use oqto_e2e::reader::Reader;
use oqto_e2e::session::Session;
use oqto_kit::Tasks;
use oqto_protocol::entry::TurnEnd;
use oqto_protocol::error::WireError;
use oqto_relay::auth::{Allowed, Authenticator, SignIns};
use oqto_relay::runners::{Connect, Link, Runner, Runners};
use oqto_relay::{Parts, Relay, server};
use oqto_runner_core::config::RunnerConfig;
use oqto_runner_core::connection;
use oqto_runner_core::context::{Limits, Shared};
use oqto_runner_core::history::{History, ServiceAt};
use oqto_runner_core::server::{Settings, adopt, context};
use oqto_runner_core::trust::TrustStore;
use oqto_testkit::binaries;
use oqto_testkit::home::Home;
use oqto_testkit::net::{Fault, FaultAt, Faults, faulty_duplex};
use oqto_testkit::seed::Seed;
use oqto_wire::unix::Listener;
use oqto_wire::{HelloRule, pipes};
use rustix::process::Signal;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

/// How much of the test's time passes at once while real processes work.
const STEP: Duration = Duration::from_millis(20);

/// How long they get for it.
const WORK: Duration = Duration::from_millis(2);

/// Long, in the test's time.
const LONG: Duration = Duration::from_secs(3600);

/// What the next pipe between relay and runner suffers.
type Plan = Box<dyn FnMut() -> Faults + Send>;

/// Relay, runner and history, and how they are joined.
struct World {
    home: Home,
    runner: Shared,
    relay: Arc<Relay>,
    plan: Arc<Mutex<Plan>>,
    /// How many pipes the relay has opened.
    pipes: Arc<AtomicU64>,
    hstry: CancellationToken,
}

/// An error of the wire as one of a test.
#[expect(clippy::needless_pass_by_value, reason = "made for map_err")]
fn said(error: WireError) -> Box<dyn std::error::Error + Send + Sync> {
    format!("{error:?}").into()
}

impl World {
    async fn start(plan: impl FnMut() -> Faults + Send + 'static) -> Outcome<Self> {
        let home = Home::new()?;
        let hstry = history(&home).await?;
        let runner = runner(&home).await?;
        let (plan, pipes) = (Arc::new(Mutex::new(Box::new(plan) as Plan)), Arc::default());
        let joined = joined(runner.clone(), Arc::clone(&plan), Arc::clone(&pipes));
        let relay = relay(&home, Runner::new("local", joined))?;
        Ok(Self { home, runner, relay, plan, pipes, hstry })
    }

    /// A page, as the relay sees it.
    async fn page(&self) -> Outcome<Client> {
        Client::connect(&self.home.runtime().join("admin.sock")).await
    }

    /// Somebody with a pipe of their own to the runner, without faults.
    async fn beside(&self) -> Outcome<Client> {
        let (near, far) = tokio::io::duplex(1 << 20);
        let (source, sink) = pipes::halves(far);
        self.runner.tasks.spawn(connection::serve(self.runner.clone(), source, sink, HelloRule::Required));
        let (read, write) = tokio::io::split(near);
        Client::over(read, write).await
    }

    fn creating(&self) -> Value {
        json!({"harness": "pi", "workspace": self.home.work()})
    }

    fn no_more_faults(&self) {
        let mut plan = self.plan.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *plan = Box::new(Faults::default);
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.hstry.cancel();
        self.runner.shutdown.cancel();
        for _ in 0..3 {
            inhabitants(self.home.root()).iter().for_each(|one| one.signal(Signal::KILL));
        }
    }
}

async fn history(home: &Home) -> Outcome<CancellationToken> {
    let (stop, socket) = (CancellationToken::new(), home.runtime().join("h.sock"));
    let config = oqto_history::server::Config::new(home.data().join("hstry.db"));
    let (ready, is_ready) = oneshot::channel();
    let token = stop.clone();
    let task = tokio::spawn(async move {
        oqto_history::server::serve(&socket, config, token, || ready.send(()).unwrap_or_default()).await
    });
    match is_ready.await {
        Ok(()) => Ok(stop),
        Err(_) => Err(format!("the history service does not start: {:?}", task.await).into()),
    }
}

async fn runner(home: &Home) -> Outcome<Shared> {
    let state = home.state().join("runner");
    std::fs::create_dir_all(&state)?;
    let hstry = ServiceAt { socket: home.runtime().join("h.sock"), start: None, log: home.root().join("hstry.log") };
    let text = |words: (std::ffi::OsString, std::ffi::OsString)| {
        (words.0.to_string_lossy().into_owned(), words.1.to_string_lossy().into_owned())
    };
    let settings = Settings {
        software: "oqto-runner/test".into(),
        config: RunnerConfig { pi: vec![binaries::bin("fake_pi")?.display().to_string()], ..RunnerConfig::default() },
        state: state.clone(),
        hstry: hstry.clone(),
        hold_program: binaries::bin("oqto-hold")?,
        home: home.home(),
        gateway: None,
        environment: home.env().into_iter().map(text).collect(),
    };
    let trust = TrustStore::open(&state).map_err(said)?;
    let history = History::open(hstry, "rnr_test".into(), &state.join("claim.json")).await.map_err(said)?;
    let mut runner = context(settings, trust, history);
    let limits = Limits { park_after: Duration::ZERO, ..Limits::default() };
    Arc::get_mut(&mut runner).ok_or("the runner is shared already")?.limits = limits;
    adopt(&runner).await.map_err(said)?;
    Ok(runner)
}

/// Opens pipes in memory with the faults of the plan; the runner serves the far ends.
fn joined(runner: Shared, plan: Arc<Mutex<Plan>>, opened: Arc<AtomicU64>) -> Connect {
    Arc::new(move || {
        let faults = plan.lock().unwrap_or_else(std::sync::PoisonError::into_inner)();
        opened.fetch_add(1, Ordering::Relaxed);
        let (near, far, link) = faulty_duplex(16 << 10, faults);
        let (source, sink) = pipes::halves(far);
        runner.tasks.spawn(connection::serve(runner.clone(), source, sink, HelloRule::Required));
        let (read, write) = tokio::io::split(near);
        Box::pin(async move { Ok(Link::new(read, write, link)) })
    })
}

fn relay(home: &Home, runner: Arc<Runner>) -> Outcome<Arc<Relay>> {
    let parts = Parts {
        runners: Runners::new(vec![runner]),
        authenticator: Authenticator::single(SignIns::open(&home.state().join("sign-ins.json"))?, 1),
        allowed: Allowed::default(),
        address: "http://127.0.0.1:1".into(),
        version: "0.0.0".into(),
        demo: false,
    };
    let relay = Relay::new(parts, Tasks::new());
    server::serve_admin_socket(&relay, Listener::bind(&home.runtime().join("admin.sock"))?);
    Ok(relay)
}

/// From now on time passes only where the test says so.
struct Clock {
    /// While a thread works for the runtime its time does not run by itself.
    _held: std::sync::mpsc::Sender<()>,
}

impl Clock {
    fn hold() -> Self {
        let (held, work) = std::sync::mpsc::channel::<()>();
        // It ends when the sender is dropped.
        tokio::task::spawn_blocking(move || work.recv().is_ok());
        tokio::time::pause();
        Self { _held: held }
    }

    /// Lets time pass, in steps after which everybody who has something to do does it.
    async fn passes(&self, time: Duration, step: Duration) {
        for _ in 0..time.as_millis() / step.as_millis() {
            tokio::time::advance(step).await;
            for _ in 0..40 {
                tokio::task::yield_now().await;
            }
        }
    }

    /// Lets time pass quickly while something with real processes goes on.
    async fn runs_while<T>(&self, work: impl Future<Output = T>) -> T {
        let mut work = std::pin::pin!(work);
        loop {
            let moment = tokio::task::spawn_blocking(real_moment);
            tokio::select! {
                biased;
                done = &mut work => return done,
                _ = moment => tokio::time::advance(STEP).await,
            }
        }
    }
}

/// Gives real processes a moment: the test's own time stands still meanwhile.
#[expect(clippy::disallowed_methods, reason = "it is the clock of the test, not a condition")]
fn real_moment() {
    std::thread::sleep(WORK);
}

/// Ends at any byte, in any way: cut in either direction, silent though open, or late.
fn random(seed: &mut Seed) -> Faults {
    let (up, down) = (seed.within(150..1_500), seed.within(300..30_000));
    let one = |position, fault| vec![FaultAt { position, fault }];
    match seed.within(0..16) {
        0..7 => Faults::cut_up(up),
        7..14 => Faults::cut_down(down),
        14 => Faults { up: Vec::new(), down: one(down, Fault::Stop) },
        _ => {
            let late = seed.duration_below(Duration::from_secs(3));
            Faults { up: one(up, Fault::Delay(late)), down: one(down, Fault::Cut) }
        }
    }
}

#[tokio::test]
async fn a_hundred_pipes_that_fail_at_random_lose_and_double_nothing() -> Outcome {
    const PIPES: u64 = 100;
    let mut seed = Seed::new(31);
    let world = World::start(move || random(&mut seed)).await?;
    // It is made without haste: what a start may take is not the question here.
    let created = world.beside().await?.call("session.create", None, world.creating()).await?;
    let id = serde_json::from_value(created["session"]["id"].clone())?;
    let clock = Clock::hold();
    let admin = world.home.runtime().join("admin.sock");
    let door = move || {
        let admin = admin.clone();
        async move { Client::connect(&admin).await }
    };
    let mut person = clock.runs_while(Persistent::of(door, id, LONG)).await?;
    let mut turns = 0;
    while world.pipes.load(Ordering::Relaxed) < PIPES {
        turns += 1;
        clock.runs_while(person.prompt("words 150")).await?;
        clock.runs_while(person.settled(turns)).await?;
        person.session.check()?;
    }
    let whole: String = (0..150).map(|n| format!("word{n} ")).collect();
    assert_eq!(person.session.answers(), vec![whole; turns]);
    assert_eq!(oqto_e2e::session::ended(&person.session.reader), vec![TurnEnd::Done; turns]);
    world.no_more_faults();
    let fresh = world.beside().await?;
    clock.runs_while(person.until("the snapshot", Reader::caught_up)).await?;
    clock.runs_while(person.session.agrees_with(fresh)).await
}

#[tokio::test]
async fn an_hour_of_silence_loses_no_pipe() -> Outcome {
    let world = World::start(Faults::default).await?;
    let mut session = Session::create(world.page().await?, world.creating()).await?;
    session.ends("before", TurnEnd::Done).await?;
    let clock = Clock::hold();
    clock.passes(LONG, Duration::from_secs(1)).await;
    assert_eq!(world.relay.info().connections, 1);
    clock.runs_while(session.ends("after", TurnEnd::Done)).await?;
    assert_eq!(session.answers(), ["before", "after"]);
    assert_eq!(world.pipes.load(Ordering::Relaxed), 1, "it is the same pipe");
    clock.runs_while(session.agrees_with(world.beside().await?)).await
}

/// A pipe that goes silent in the middle of a conversation: said after some seconds, and what was asked on it is void.
/// Gives the conversation after it has gone on, which must have so many turns.
async fn falls_silent(faults: Faults, turns: usize) -> Outcome {
    let mut first = Some(faults);
    let world = World::start(move || first.take().unwrap_or_default()).await?;
    let mut session = Session::create(world.page().await?, world.creating()).await?;
    session.ends("before", TurnEnd::Done).await?;
    let clock = Clock::hold();
    let text = format!("{} then words 300", "x".repeat(5_000));
    session.client.send("prompt", Some(session.id), &json!({"text": text})).await?;
    let lost = clock.runs_while(session.client.until_lost(LONG)).await?;
    assert_eq!(lost, json!({"runner": "local", "pipe": 1}));
    clock.runs_while(session.client.until_event("runner.back", LONG)).await?;
    let Session { client, reader, .. } = session;
    let mut session = clock.runs_while(Session::follow(client, reader)).await?;
    let ended = |reader: &Reader| oqto_e2e::session::ended(reader).len() == turns && reader.caught_up();
    clock.runs_while(session.until_within("the end of the turn", LONG, ended)).await?;
    clock.runs_while(session.ends("after", TurnEnd::Done)).await?;
    assert_eq!(session.answers().len(), turns + 1);
    clock.runs_while(session.agrees_with(world.beside().await?)).await
}

fn stop(position: u64) -> Vec<FaultAt> {
    vec![FaultAt { position, fault: Fault::Stop }]
}

/// The prompt was heard: it is carried out once.
#[tokio::test]
async fn a_runner_that_is_not_heard_any_more_goes_on_and_is_heard_again() -> Outcome {
    falls_silent(Faults { up: Vec::new(), down: stop(16_000) }, 2).await
}

/// The prompt was swallowed on its way: it is not carried out, neither now nor later.
#[tokio::test]
async fn a_runner_that_hears_nothing_any_more_is_reached_anew() -> Outcome {
    falls_silent(Faults { up: stop(4_000), down: Vec::new() }, 1).await
}
