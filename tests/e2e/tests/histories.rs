//! The history under a runner is another one than before: an older copy that was restored, one that a newer version wrote.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use oqto_e2e::reader::Reader;
use oqto_e2e::script::pipe;
use oqto_e2e::session::Session;
use oqto_e2e::world::World;
use oqto_e2e::{DEADLINE, Outcome};
use oqto_protocol::entry::TurnEnd;
use oqto_store::rusqlite::{Connection, OpenFlags};
use oqto_testkit::pi::Generation;
use oqto_testkit::wait;
use rustix::process::Signal;
use serde_json::json;

/// Ends runner and history as they stand, so that the files can be changed.
async fn everybody_ends(world: &mut World) -> Outcome {
    world.kill_runner().await?;
    world.find("hstry").iter().for_each(|one| one.signal(Signal::KILL));
    let gone = || async { world.find("hstry").is_empty().then_some(()) };
    Ok(wait::until("the history service has gone", DEADLINE, gone).await?)
}

fn files(world: &World) -> PathBuf {
    world.home.data().join("oqto")
}

fn copy(from: &Path, to: &Path) -> Outcome {
    if to.exists() {
        std::fs::remove_dir_all(to)?;
    }
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}

/// What was said after the copy was made is gone; nobody mixes it with what is said then.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restored_older_history_is_read_anew_by_everybody() -> Outcome {
    let mut world = World::with_runner(Generation::V087).await?;
    let mut session = world.session().await?;
    session.ends("fake:text one", TurnEnd::Done).await?;
    session.call("session.stop", json!({})).await?;
    session.until("the end of the process", |reader| !reader.payloads("session.closed").is_empty()).await?;
    everybody_ends(&mut world).await?;
    let kept = world.home.root().join("kept");
    copy(&files(&world), &kept)?;

    world.start_runner().await?;
    let mut session = Session::follow(world.client().await?, session.reader).await?;
    session.ends("fake:text two", TurnEnd::Done).await?;
    assert_eq!(session.answers(), ["one", "two"]);
    let (before, log) = (session.reader.seq(), session.reader.log);
    session.call("session.stop", json!({})).await?;
    everybody_ends(&mut world).await?;
    copy(&kept, &files(&world))?;

    world.start_runner().await?;
    let mut session = Session::follow(world.client().await?, session.reader).await?;
    session.until("the snapshot", Reader::caught_up).await?;
    assert_eq!(session.answers(), ["one"]);
    assert!(session.reader.log != log && session.reader.seq() < before, "the same numbers mean something else now");
    session.ends("fake:text three", TurnEnd::Done).await?;
    assert_eq!(session.answers(), ["one", "three"]);
    session.agrees_with(world.client().await?).await
}

/// It is refused, told with a way out, and left as it is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_history_of_a_newer_version_is_refused_and_left_as_it_is() -> Outcome {
    let mut world = World::with_runner(Generation::V087).await?;
    let mut session = world.session().await?;
    session.ends("fake:text before", TurnEnd::Done).await?;
    session.call("session.stop", json!({})).await?;
    everybody_ends(&mut world).await?;
    let (kept, file) = (world.home.root().join("kept"), files(&world).join("hstry.db"));
    copy(&files(&world), &kept)?;
    // What is in the log beside the file goes into it first; then its header is given the number of another version.
    let database = Connection::open_with_flags(&file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()))?;
    drop(database);
    let mut bytes = std::fs::read(&file)?;
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    std::fs::write(&file, &bytes)?;

    let served = world.program("oqto-runner")?.arg("serve").stdout(Stdio::null()).stderr(Stdio::piped()).output();
    let served = tokio::time::timeout(DEADLINE, served).await??;
    let told = String::from_utf8_lossy(&served.stderr).into_owned();
    assert!(served.status.code().is_some_and(|code| [69, 78].contains(&code)), "{}: {told}", served.status);
    assert!(told.contains("version 99") && told.contains("hint: "), "{told}");
    let script = pipe(&world, &[], &[json!({"cmd": "session.list"})]).await?;
    assert!(script.code.is_some_and(|code| [69, 78].contains(&code)), "{script:?}");
    assert!(script.stderr.contains("version 99") || script.said().contains("version 99"), "{script:?}");
    assert_eq!(std::fs::read(&file)?, bytes);

    copy(&kept, &files(&world))?;
    world.start_runner().await?;
    let mut session = Session::follow(world.client().await?, session.reader).await?;
    session.ends("fake:text after", TurnEnd::Done).await?;
    assert_eq!(session.answers(), ["before", "after"]);
    session.agrees_with(world.client().await?).await
}
