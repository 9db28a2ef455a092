//! A thousand random cuts: five hundred between a client and the runner, five hundred between a page and the relay.

use std::time::Duration;

use oqto_e2e::client::Client;
use oqto_e2e::persistent::{Door, Persistent};
use oqto_e2e::world::World;
use oqto_e2e::{DEADLINE, Outcome};
use oqto_protocol::entry::TurnEnd;
use oqto_testkit::net::{ChaosProxy, Endpoint, Temper};
use oqto_testkit::pi::Generation;
use oqto_testkit::seed::Seed;
use serde_json::json;

const CUTS: u64 = 500;

/// Words of each answer: enough that several cuts fall into it.
const WORDS: usize = 300;

/// A client says little and is told much.
fn temper(seed: u64) -> Temper {
    Temper::Cutting { seed: Seed::new(seed), up: 30..900, down: 200..16_000 }
}

/// Talks until the proxy has cut often enough; every answer must be whole.
async fn talk<D: Door>(world: &World, proxy: &ChaosProxy, person: &mut Persistent<D>) -> Outcome {
    let mut turns = 0;
    while proxy.cuts() < CUTS {
        turns += 1;
        person.prompt(&format!("fake:count {WORDS}")).await?;
        person.settled(turns).await?;
        person.session.check()?;
    }
    let whole = (1..=WORDS).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
    let answers = person.session.answers();
    assert_eq!(answers.len(), turns, "an answer for each prompt");
    assert!(answers.iter().all(|answer| *answer == whole), "{answers:?}");
    assert_eq!(oqto_e2e::session::ended(&person.session.reader), vec![TurnEnd::Done; turns]);
    proxy.set_temper(Temper::Steady);
    person.until("the snapshot", oqto_e2e::reader::Reader::caught_up).await?;
    person.session.agrees_with(world.client().await?).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn between_a_client_and_the_runner() -> Outcome {
    let world = World::with_runner(Generation::V087).await?;
    let socket = world.home.root().join("proxy.sock");
    let proxy = ChaosProxy::start(Endpoint::Unix(socket.clone()), Endpoint::Unix(world.socket()), temper(11)).await?;
    let door = move || {
        let socket = socket.clone();
        async move { Client::connect(&socket).await }
    };
    let params = json!({"harness": "pi", "workspace": world.home.work()});
    let mut person = Persistent::create(door, params, DEADLINE).await?;
    talk(&world, &proxy, &mut person).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn between_a_page_and_the_relay() -> Outcome {
    let mut world = World::with_runner(Generation::V087).await?;
    let mut browser = world.start_relay().await?;
    let listen = Endpoint::Tcp(([127, 0, 0, 1], 0).into());
    let proxy = ChaosProxy::start(listen, Endpoint::Tcp(browser.server), temper(12)).await?;
    if let Endpoint::Tcp(address) = proxy.endpoint() {
        browser.through = *address;
    }
    let door = move || {
        let browser = browser.clone();
        // A cut may fall into the handshake and leave nobody to answer.
        async move { tokio::time::timeout(Duration::from_secs(5), browser.open()).await? }
    };
    let params = json!({"harness": "pi", "workspace": world.home.work()});
    let mut person = Persistent::create(door, params, DEADLINE).await?;
    talk(&world, &proxy, &mut person).await
}
