//! `kill -9` at seeded random moments: after every round the log is whole, and at the end every reader agrees with it.
//!
//! A failure names its seed; `OQTO_TEST_SEED` repeats it.

use std::collections::BTreeMap;
use std::time::Duration;

use oqto_e2e::client::Client;
use oqto_e2e::persistent::{Door, Persistent};
use oqto_e2e::process::Inhabitant;
use oqto_e2e::reader::Reader;
use oqto_e2e::session::Session;
use oqto_e2e::world::World;
use oqto_e2e::{DEADLINE, Outcome};
use oqto_protocol::entry::TurnEnd;
use oqto_protocol::message::Role;
use oqto_testkit::pi::Generation;
use oqto_testkit::seed::Seed;
use oqto_testkit::wait;
use rustix::process::Signal;
use serde_json::json;

/// Who is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Victim {
    Pi,
    Holder,
    Runner,
    History,
    Relay,
}

const SCRIPTS: [&str; 5] = [
    "fake:slow 8",
    "fake:count 400",
    "fake:think\nfake:tool bash {\"command\":\"echo a; sleep 0.4; echo b\"}\nfake:text done",
    "fake:tool write {\"path\":\"f.txt\",\"content\":\"x\"}\nfake:tool bash {\"command\":\"cat f.txt\"}",
    "fake:ptool bash {\"command\":\"sleep 0.3; echo one\"}\nfake:ptool bash {\"command\":\"echo two\"}\nfake:slow 3",
];

/// The latest moment of a kill after the prompt.
const LATEST: Duration = Duration::from_millis(1200);

fn seed(default: u64) -> u64 {
    std::env::var("OQTO_TEST_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(default)
}

async fn rounds(generation: Generation, first: u64, count: usize, victims: &[Victim]) -> Outcome {
    let first = seed(first);
    run(generation, first, count, victims).await.map_err(|error| format!("seed {first}: {error}").into())
}

async fn run(generation: Generation, first: u64, count: usize, victims: &[Victim]) -> Outcome {
    let mut world = World::with_runner(generation).await?;
    let mut seed = Seed::new(first);
    let params = json!({"harness": "pi", "workspace": world.home.work()});
    if victims.contains(&Victim::Relay) {
        let browser = world.start_relay().await?;
        let door = move || {
            let browser = browser.clone();
            async move { browser.open().await }
        };
        let mut person = Persistent::create(door, params, DEADLINE).await?;
        all(&mut world, &mut person, &mut seed, count, victims).await
    } else {
        let socket = world.socket();
        let door = move || {
            let socket = socket.clone();
            async move { Client::connect(&socket).await }
        };
        let mut person = Persistent::create(door, params, DEADLINE).await?;
        all(&mut world, &mut person, &mut seed, count, victims).await
    }
}

async fn all<D: Door>(
    world: &mut World,
    person: &mut Persistent<D>,
    seed: &mut Seed,
    count: usize,
    victims: &[Victim],
) -> Outcome {
    let mut keys = Vec::new();
    for round in 1..=count {
        let script = seed.pick(&SCRIPTS).ok_or("no script")?;
        let victim = *seed.pick(victims).ok_or("no victim")?;
        let moment = seed.duration_below(LATEST);
        match one(world, person, script, victim, moment, round).await {
            Ok(key) => keys.push(key),
            Err(error) => {
                let place = format!("round {round}, {victim:?} after {moment:?} of {script:?}");
                return Err(format!("{place}: {error}\na new reader sees: {}", look(world, person).await).into());
            }
        }
    }
    each_prompt_once(person, &keys)?;
    person.session.agrees_with(world.client().await?).await?;
    person.session.client = world.client().await?;
    person.session.call("session.stop", json!({})).await?;
    world.no_orphans(DEADLINE).await
}

/// What somebody who comes now is told.
async fn look<D: Door>(world: &World, person: &Persistent<D>) -> String {
    let looked = async {
        let mut fresh = Session::follow(world.client().await?, Reader::new(person.session.id)).await?;
        fresh.until("the snapshot", Reader::caught_up).await?;
        Outcome::Ok(fresh.dump())
    };
    looked.await.unwrap_or_else(|error| error.to_string())
}

async fn one<D: Door>(
    world: &mut World,
    person: &mut Persistent<D>,
    script: &str,
    victim: Victim,
    moment: Duration,
    round: usize,
) -> Outcome<String> {
    let key = person.prompt(script).await?;
    // Chance is the condition here: the kill comes at any moment of the turn, or after it.
    tokio::time::sleep(moment).await;
    strike(world, victim).await?;
    person.settled(round).await?;
    person.session.check()?;
    Ok(key)
}

async fn strike(world: &mut World, victim: Victim) -> Outcome {
    let kill = |all: Vec<Inhabitant>| all.iter().for_each(|one| one.signal(Signal::KILL));
    match victim {
        Victim::Pi => kill(world.pis()),
        Victim::Holder => kill(world.find("oqto-hold")),
        Victim::History => kill(world.find("hstry")),
        Victim::Runner => {
            world.kill_runner().await?;
            world.start_runner().await?;
        }
        Victim::Relay => {
            world.kill_relay().await?;
            world.start_relay().await?;
        }
    }
    Ok(())
}

/// Nothing a person sent is lost or doubled.
fn each_prompt_once<D: Door>(person: &Persistent<D>, keys: &[String]) -> Outcome {
    let mut kept: BTreeMap<String, u32> = keys.iter().map(|key| (key.clone(), 0)).collect();
    for message in person.session.messages().iter().filter(|message| message.role == Role::User) {
        let key = message.client_id.clone().ok_or_else(|| format!("a prompt without its key: {message:?}"))?;
        *kept.entry(key).or_default() += 1;
    }
    let wrong: Vec<_> = kept.iter().filter(|(_, count)| **count != 1).collect();
    if wrong.is_empty() { Ok(()) } else { Err(format!("prompts that are not in the log once: {wrong:?}").into()) }
}

macro_rules! chaos {
    ($($name:ident: $generation:ident, seed $seed:literal, $count:literal rounds, [$($victim:ident),*];)*) => {
        $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() -> Outcome {
            rounds(Generation::$generation, $seed, $count, &[$(Victim::$victim),*]).await
        })*
    };
}

chaos! {
    agents_die_073: V073, seed 1, 20 rounds, [Pi, Holder];
    agents_die_087: V087, seed 2, 40 rounds, [Pi, Holder];
    services_die_073: V073, seed 3, 20 rounds, [Runner, History];
    services_die_087: V087, seed 4, 60 rounds, [Runner, History];
    everything_dies_087: V087, seed 5, 60 rounds, [Pi, Holder, Runner, History, Relay];
}

/// The positive control: without a kill, the same rounds end well.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_dies() -> Outcome {
    let world = World::with_runner(Generation::V087).await?;
    let mut session = world.session().await?;
    for script in SCRIPTS {
        session.ends(script, TurnEnd::Done).await?;
    }
    let left = || async { world.find("sleep 0.").is_empty().then_some(()) };
    wait::until("the tools are gone", DEADLINE, left).await?;
    session.agrees_with(world.client().await?).await
}
