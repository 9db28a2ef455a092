//! Storage that fails: a full disk, and a database that another process has locked. What was acknowledged is kept, what
//! cannot be kept is refused with a way out, and everything goes on once there is room.

use std::path::Path;
use std::process::{Command, Stdio};

use oqto_e2e::reader::Reader;
use oqto_e2e::session::Session;
use oqto_e2e::world::World;
use oqto_e2e::{DEADLINE, Outcome};
use oqto_protocol::entry::TurnEnd;
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::message::Role;
use oqto_store::rusqlite::{Connection, OpenFlags};
use oqto_testkit::pi::Generation;
use oqto_testkit::wait;
use serde_json::{Value, json};

/// Tells a test that it runs in a mount namespace of its own.
const INSIDE: &str = "OQTO_TEST_INSIDE";

/// Runs this test again in a mount namespace of its own, unless this is that run already.
fn inside(test: &str) -> Outcome<bool> {
    if std::env::var_os(INSIDE).is_some() {
        return Ok(true);
    }
    let own = std::env::current_exe()?;
    let flags = if rustix::process::geteuid().is_root() { "-m" } else { "-rm" };
    #[expect(clippy::disallowed_methods, reason = "the test is the starter here")]
    let mut command = Command::new("unshare");
    command.args([flags, "--propagation", "private"]).arg(own).args(["--exact", test, "--nocapture"]);
    let ran = command.env(INSIDE, "1").stdin(Stdio::null()).output()?;
    let said = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    if ran.status.success() && said.contains("1 passed") { Ok(false) } else { Err(said.into()) }
}

/// Puts a small disk where `folder` is.
fn small_disk(folder: &Path) -> Outcome {
    std::fs::create_dir_all(folder)?;
    #[expect(clippy::disallowed_methods, reason = "the test prepares its own file system")]
    let mut mount = Command::new("mount");
    let status = mount.args(["-t", "tmpfs", "-o", "size=24m,mode=700", "tmpfs"]).arg(folder).status()?;
    if status.success() { Ok(()) } else { Err(format!("mount: {status}").into()) }
}

/// Fills the disk to the last byte.
fn fill(ballast: &Path) -> Outcome {
    use std::io::Write as _;
    let mut file = std::fs::File::create(ballast)?;
    for size in [1 << 20, 4096, 1] {
        let piece = vec![7_u8; size];
        while file.write_all(&piece).is_ok() {}
    }
    Ok(())
}

async fn refused(session: &mut Session, prompt: &Value) -> Outcome<WireError> {
    let asked = session.client.ask("prompt", Some(session.id), prompt.clone()).await?;
    asked.err().ok_or_else(|| "it was not refused".into())
}

fn said(session: &Session) -> Vec<String> {
    let users = session.messages().into_iter().filter(|message| message.role == Role::User);
    users.map(|message| oqto_e2e::session::text(&message)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_refuses_and_goes_on_when_there_is_room() -> Outcome {
    if !inside("a_full_disk_refuses_and_goes_on_when_there_is_room")? {
        return Ok(());
    }
    let mut world = World::new(Generation::V087).await?;
    // The history and the journals on one disk, as on most machines.
    small_disk(&world.home.data())?;
    std::fs::remove_dir(world.home.state())?;
    std::os::unix::fs::symlink(world.home.data(), world.home.state())?;
    world.start_runner().await?;
    let ballast = world.home.data().join("ballast");
    let mut session = world.session().await?;
    session.ends("fake:text before", TurnEnd::Done).await?;

    fill(&ballast)?;
    // Larger than what the file system has left in blocks that are its own already.
    let prompt = json!({"text": format!("{}\nfake:text after", "x".repeat(400_000)), "client_id": "full"});
    let error = refused(&mut session, &prompt).await?;
    assert_eq!((error.code, error.retryable), (ErrorKind::DiskFull, true), "{error:?}");
    assert!(error.message.contains("no space is left"), "{error:?}");
    assert_eq!(error.hint.as_deref(), Some("make room, then try again: df -h"));
    let script = json!({"cmd": "prompt", "session": session.id, "params": prompt});
    let ran = run(&world, &["--stdio"], &format!("{script}\n")).await?;
    assert!(ran.0 == Some(75) && ran.1.contains("\"code\":\"disk_full\""), "{ran:?}");

    std::fs::remove_file(&ballast)?;
    // What was refused with a key is said once, however often it is tried.
    session.call("prompt", prompt).await?;
    assert_eq!(session.turns(2).await?, [TurnEnd::Done; 2]);
    assert_eq!((session.answers(), said(&session).len()), (words(&["before", "after"]), 2));
    session.agrees_with(world.client().await?).await
}

/// The disk fills up in the middle of an answer: the agent is held up, and goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_waits_while_the_disk_is_full() -> Outcome {
    if !inside("an_answer_waits_while_the_disk_is_full")? {
        return Ok(());
    }
    let mut world = World::new(Generation::V087).await?;
    small_disk(&world.home.data())?;
    std::fs::remove_dir(world.home.state())?;
    std::os::unix::fs::symlink(world.home.data(), world.home.state())?;
    world.start_runner().await?;
    let ballast = world.home.data().join("ballast");
    let mut session = world.session().await?;
    session.prompt("fake:slow 60").await?;
    session.until("some text", |reader| reader.live > 5).await?;
    fill(&ballast)?;
    let holders = world.find("oqto-hold").len();
    assert_eq!((holders, world.pis().len()), (1, 1), "nobody dies of it");
    // Nothing can be waited for that would say that it waits; the runner answers meanwhile.
    for _ in 0..20 {
        session.call("session.get", json!({})).await?;
    }
    std::fs::remove_file(&ballast)?;
    assert_eq!(session.turns(1).await?, [TurnEnd::Done]);
    let whole: Vec<_> = (1..=60).map(|n| format!("chunk{n}")).collect();
    assert_eq!(session.answers(), [whole.join(" ")]);
    session.agrees_with(world.client().await?).await
}

fn words(all: &[&str]) -> Vec<String> {
    all.iter().map(|one| (*one).to_owned()).collect()
}

async fn run(world: &World, arguments: &[&str], input: &str) -> Outcome<(Option<i32>, String, String)> {
    use tokio::io::AsyncWriteExt as _;
    let mut runner = world.program("oqto-runner")?;
    runner.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = runner.spawn()?;
    child.stdin.take().ok_or("no stdin")?.write_all(input.as_bytes()).await?;
    let ran = tokio::time::timeout(DEADLINE, child.wait_with_output()).await??;
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Ok((ran.status.code(), text(ran.stdout), text(ran.stderr)))
}

fn database(world: &World) -> Outcome<Connection> {
    let path = world.home.data().join("oqto/hstry.db");
    let open = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_WRITE);
    open.map_err(|error| format!("{}: {error}", path.display()).into())
}

/// Another process writes to the history's file and takes its time: an answer waits, a prompt is refused in time, nothing is
/// lost, and both go on when it is done.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_database_refuses_and_goes_on() -> Outcome {
    let world = World::with_runner(Generation::V087).await?;
    let mut session = world.session().await?;
    session.ends("fake:text before", TurnEnd::Done).await?;
    let thief = database(&world)?;
    thief.execute_batch("BEGIN IMMEDIATE")?;
    let prompt = json!({"text": "fake:text after", "client_id": "locked"});
    let error = refused(&mut session, &prompt).await?;
    assert_eq!((error.code, error.retryable), (ErrorKind::Unavailable, true), "{error:?}");
    assert!(error.message.contains("locked") && error.hint.is_some(), "{error:?}");
    // Whoever comes now can read.
    let mut reader = Session::follow(world.client().await?, Reader::new(session.id)).await?;
    reader.until("the snapshot", Reader::caught_up).await?;
    assert_eq!(reader.answers(), ["before"]);
    thief.execute_batch("ROLLBACK")?;
    session.call("prompt", prompt).await?;
    assert_eq!(session.turns(2).await?, [TurnEnd::Done; 2]);
    assert_eq!(said(&session), ["fake:text before", "fake:text after"]);
    session.agrees_with(world.client().await?).await
}

/// Another process has the whole file for itself before the history service starts.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_runner_does_not_start_on_a_locked_database_and_says_so() -> Outcome {
    let mut world = World::with_runner(Generation::V087).await?;
    let mut session = world.session().await?;
    session.ends("fake:text before", TurnEnd::Done).await?;
    let reader = session.reader.clone();
    session.call("session.stop", json!({})).await?;
    world.kill_runner().await?;
    for one in world.find("hstry") {
        one.signal(rustix::process::Signal::KILL);
    }
    let gone = || async { world.find("hstry").is_empty().then_some(()) };
    wait::until("the history service has gone", DEADLINE, gone).await?;
    let thief = database(&world)?;
    thief.execute_batch(
        "PRAGMA locking_mode=EXCLUSIVE; BEGIN IMMEDIATE; CREATE TABLE thief (x); ROLLBACK; BEGIN EXCLUSIVE",
    )?;
    let (code, _, told) = run(&world, &["serve"], "").await?;
    assert_eq!(code, Some(69), "{told}");
    assert!(told.contains("locked") && told.contains("hint: "), "{told}");
    drop(thief);
    world.start_runner().await?;
    let mut session = Session::follow(world.client().await?, reader).await?;
    session.ends("fake:text after", TurnEnd::Done).await?;
    session.agrees_with(world.client().await?).await
}
