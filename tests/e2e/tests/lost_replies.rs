//! The history did what it was asked to, and its reply is lost on the way to the runner: nothing is made twice, and
//! nothing is left that nobody was told of.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;

use oqto_e2e::client::Client;
use oqto_e2e::session::Session;
use oqto_e2e::world::World;
use oqto_e2e::{DEADLINE, Outcome};
use oqto_protocol::entry::TurnEnd;
use oqto_testkit::pi::Generation;
use oqto_testkit::wait;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{UnixListener, UnixStream};
use tokio::process::Child;
use tokio::sync::watch;

/// What happens to what the service says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Replies {
    Pass,
    Lose,
}

/// Stands between the runner and the history service.
struct Between {
    replies: watch::Sender<Replies>,
    /// Counts the cuts; every open connection ends with one.
    cuts: Arc<watch::Sender<u64>>,
}

impl Between {
    fn start(listen: &Path, service: PathBuf) -> Outcome<Self> {
        let listener = UnixListener::bind(listen)?;
        let own = Self { replies: watch::Sender::new(Replies::Pass), cuts: Arc::new(watch::Sender::new(0)) };
        let (replies, cuts) = (own.replies.subscribe(), Arc::clone(&own.cuts));
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let Ok(far) = UnixStream::connect(&service).await else { continue };
                let (mut cut, replies) = (cuts.subscribe(), replies.clone());
                tokio::spawn(async move {
                    let ((up_from, up_to), (down_from, down_to)) = (near.into_split(), far.into_split());
                    tokio::select! {
                        () = carry(up_from, down_to, None) => {}
                        () = carry(down_from, up_to, Some(replies)) => {}
                        _ = cut.changed() => {}
                    }
                });
            }
        });
        Ok(own)
    }
}

async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, replies: Option<watch::Receiver<Replies>>) {
    let mut bytes = vec![0; 16 << 10];
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        let lost = replies.as_ref().is_some_and(|replies| *replies.borrow() == Replies::Lose);
        if !lost && to.write_all(&bytes[..count]).await.is_err() {
            return;
        }
    }
}

/// The history service, on its usual socket.
async fn history(world: &World) -> Outcome<Child> {
    let mut serve = world.program("hstry")?;
    let service = serve.arg("serve").stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let answers = || async { conversations(world).await.ok() };
    wait::until("the history service", DEADLINE, answers).await?;
    Ok(service)
}

/// The conversations that the service has, asked without anybody between.
async fn conversations(world: &World) -> Outcome<usize> {
    let listed = world.program("hstry")?.args(["list", "--json"]).output().await?;
    let listed: Value = serde_json::from_slice(&listed.stdout)?;
    Ok(listed["ok"]["conversations"].as_array().ok_or_else(|| format!("no list: {listed}"))?.len())
}

async fn runner(world: &World, socket: &Path) -> Outcome<Child> {
    let mut serve = world.program("oqto-runner")?;
    serve.arg("serve").env("OQTO_HSTRY_SOCKET", socket);
    let log = std::fs::File::options().create(true).append(true).open(world.runner_log())?;
    let runner = serve.stdout(Stdio::null()).stderr(log).spawn()?;
    wait::until("the runner's socket", DEADLINE, || async { world.client().await.ok().map(drop) }).await?;
    Ok(runner)
}

async fn listed(client: &mut Client) -> Outcome<usize> {
    let listed = client.call("session.list", None, json!({})).await?;
    Ok(listed["sessions"].as_array().ok_or("no list")?.len())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_whose_making_was_not_heard_of_is_made_once() -> Outcome {
    let world = World::new(Generation::V087).await?;
    let mut service = history(&world).await?;
    let socket = world.home.runtime().join("between.sock");
    let between = Between::start(&socket, world.home.runtime().join("oqto/hstry.sock"))?;
    let mut first = runner(&world, &socket).await?;
    let mut client = world.client().await?;
    // What is looked up once has been looked up: the next thing that the history is asked for is the session.
    client.call("runner.info", None, json!({})).await?;
    assert_eq!(conversations(&world).await?, 0);

    between.replies.send_replace(Replies::Lose);
    let params = json!({"harness": "pi", "workspace": world.home.work()});
    let asked = client.send("session.create", None, &params).await?;
    let made = || async { conversations(&world).await.ok().filter(|count| *count == 1) };
    wait::until("the conversation", DEADLINE, made).await?;
    between.replies.send_replace(Replies::Pass);
    between.cuts.send_modify(|cuts| *cuts += 1);

    let reply = loop {
        let frame = client.event(DEADLINE).await?;
        if frame.id.as_deref() == Some(&asked) {
            break frame;
        }
    };
    let created: Value = reply.ok.ok_or_else(|| format!("refused: {:?}", reply.error))?.decode()?;
    let id = serde_json::from_value(created["session"]["id"].clone())?;
    assert_eq!((listed(&mut client).await?, conversations(&world).await?), (1, 1));
    let mut session = Session::follow(client, oqto_e2e::reader::Reader::new(id)).await?;
    session.ends("fake:text the only one", TurnEnd::Done).await?;

    // The next runner knows of no other either.
    first.start_kill()?;
    first.wait().await?;
    let mut second = runner(&world, &socket).await?;
    let mut client = world.client().await?;
    assert_eq!((listed(&mut client).await?, conversations(&world).await?), (1, 1));
    session.client = client;
    session.reader.subscribe(&mut session.client).await?;
    session.agrees_with(world.client().await?).await?;
    for child in [&mut second, &mut service] {
        child.start_kill()?;
        child.wait().await?;
    }
    Ok(())
}
