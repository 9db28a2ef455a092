//! What deletions leave behind: nothing, in the end, and nobody waits for it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, reason = "the tables are looked at from outside")]

mod support;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use oqto_history::check::verify;
use oqto_history::model::{Blob, Fork, ForkRange};
use oqto_history::search::SearchQuery;
use oqto_history::{HistoryError, Reader};
use oqto_store::rusqlite::Connection;
use oqto_testkit::wait;
use support::{DEADLINE, World, append_to, entry, message};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How many rows a table has, as another process sees it.
fn rows(world: &World, table: &str) -> i64 {
    let db = Connection::open(world.database()).unwrap();
    db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
}

fn file_of(world: &World, blob: &Blob) -> PathBuf {
    world.folder.path().join("hstry.db.blobs").join(&blob.sha256[..2]).join(&blob.sha256)
}

fn make_older(world: &World, blob: &Blob, age: Duration) {
    let file = std::fs::File::options().write(true).open(file_of(world, blob)).unwrap();
    file.set_modified(SystemTime::now() - age).unwrap();
}

async fn put(world: &World, text: &'static str) -> Blob {
    world.client.put_blob(Bytes::from_static(text.as_bytes())).await.unwrap()
}

/// An entry that names a blob, as a message with an attachment does.
async fn name(world: &World, conversation: &str, id: &str, blob: &Blob) {
    let data = serde_json::json!({"message": {"id": id, "role": "user", "created_at": 1, "parts": [
        {"type": "attachment", "media": {"sha256": blob.sha256, "mime_type": "text/plain", "bytes": blob.bytes}},
    ]}});
    let append = append_to(conversation, vec![entry(id, "message", &data.to_string())]);
    world.client.append(&world.fence, append).await.unwrap();
}

async fn delete(world: &World, conversation: &str) {
    world.client.delete(&world.fence, conversation, None).await.unwrap();
}

async fn cleared(world: &World, conversations: i64) {
    let is_clear = || async { (rows(world, "conversation") == conversations).then_some(()) };
    wait::until("what was deleted is cleared up", DEADLINE, is_clear).await.unwrap();
}

async fn is_gone(world: &World, blob: &Blob) {
    let file = file_of(world, blob);
    wait::until("the blob is gone", DEADLINE, || async { (!file.exists()).then_some(()) }).await.unwrap();
}

/// The same database, served by a process that has stored nothing yet.
async fn restarted(world: World) -> World {
    World::start_in(world.stop().await).await
}

#[tokio::test]
async fn a_long_conversation_is_gone_at_once_and_cleared_up_afterwards() {
    let world = World::start().await;
    for id in ["ses_long", "ses_kept"] {
        world.create(id).await;
        for part in 0..9 {
            let entries = (0..250).map(|n| message(&format!("ent_{part}_{n}"), "user", "walrus")).collect();
            world.client.append(&world.fence, append_to(id, entries)).await.unwrap();
        }
    }
    let deleted = world.client.delete(&world.fence, "ses_long", None).await.unwrap();
    assert_eq!(deleted.entries, 2250);
    // Nobody sees it from here on, whatever is left of it.
    assert!(matches!(world.client.get("ses_long").await, Err(HistoryError::NotFound(_))));
    assert!(matches!(world.client.entries("ses_long", 0, 10).await, Err(HistoryError::NotFound(_))));
    let fork = Fork {
        source: "ses_long".into(),
        id: "ses_copy".into(),
        range: ForkRange::UpTo(1),
        parent_seq: None,
        values: Default::default(),
        entries: Vec::new(),
        outcome: None,
    };
    assert!(matches!(world.client.fork(&world.fence, fork).await, Err(HistoryError::NotFound(_))));
    let listed = world.client.list(Default::default()).await.unwrap();
    assert_eq!(listed.conversations.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["ses_kept"]);
    let stats = world.client.stats().await.unwrap();
    assert_eq!((stats.conversations, stats.entries), (1, 2250));
    assert!(verify(&world.database()).unwrap().is_clean(), "half cleared is not damaged");
    // Its id is free again.
    world.create("ses_long").await;
    assert_eq!(world.say("ses_long", "ent_new", "user", "again").await, 1);
    cleared(&world, 2).await;
    assert_eq!(rows(&world, "entry"), 2251);
    assert!(verify(&world.database()).unwrap().is_clean());
    assert_eq!(world.client.entries("ses_kept", 2249, 10).await.unwrap().entries.len(), 1);
}

#[tokio::test]
async fn what_a_service_did_not_finish_clearing_up_the_next_one_does() {
    let world = World::start().await;
    world.create("ses_long").await;
    for part in 0..20 {
        let entries = (0..250).map(|n| message(&format!("ent_{part}_{n}"), "user", "walrus")).collect();
        world.client.append(&world.fence, append_to("ses_long", entries)).await.unwrap();
    }
    delete(&world, "ses_long").await;
    let world = restarted(world).await;
    cleared(&world, 0).await;
    assert_eq!(rows(&world, "entry"), 0);
    let found = world.client.search(SearchQuery { query: "walrus".into(), ..SearchQuery::default() }).await.unwrap();
    assert_eq!(found.hits, []);
    assert!(verify(&world.database()).unwrap().is_clean());
}

#[tokio::test]
async fn what_was_deleted_is_not_found_and_leaves_the_index() {
    let world = World::start().await;
    for id in ["ses_gone", "ses_kept"] {
        world.create(id).await;
        world.say(id, "ent_1", "user", "the walrus sings").await;
    }
    let walrus = || SearchQuery { query: "walrus".into(), ..SearchQuery::default() };
    let both = || async { (world.client.search(walrus()).await.ok()?.hits.len() == 2).then_some(()) };
    wait::until("both are found", DEADLINE, both).await.unwrap();
    delete(&world, "ses_gone").await;
    let found = world.client.search(walrus()).await.unwrap();
    assert_eq!(found.hits.iter().map(|hit| hit.conversation.as_str()).collect::<Vec<_>>(), ["ses_kept"]);
    let index = world.folder.path().join("hstry.db.search");
    let left = || async {
        let db = Connection::open(&index).ok()?;
        let left: i64 = db.query_row("SELECT count(*) FROM doc", [], |row| row.get(0)).ok()?;
        (left == 1).then_some(())
    };
    wait::until("the index forgets it", DEADLINE, left).await.unwrap();
}

#[tokio::test]
async fn a_blob_goes_with_the_last_conversation_that_names_it() {
    let world = World::start().await;
    for id in ["ses_a", "ses_b"] {
        world.create(id).await;
    }
    let (shared, own) = (put(&world, "shared").await, put(&world, "own").await);
    name(&world, "ses_a", "ent_1", &shared).await;
    name(&world, "ses_a", "ent_2", &own).await;
    // A fork names what its entries name.
    let fork = Fork {
        source: "ses_a".into(),
        id: "ses_fork".into(),
        range: ForkRange::Exactly(vec![1]),
        parent_seq: None,
        values: Default::default(),
        entries: Vec::new(),
        outcome: None,
    };
    world.client.fork(&world.fence, fork).await.unwrap();
    for blob in [&shared, &own] {
        make_older(&world, blob, Duration::from_secs(3600));
    }
    let world = restarted(world).await;
    delete(&world, "ses_a").await;
    is_gone(&world, &own).await;
    cleared(&world, 2).await;
    assert_eq!(world.client.get_blob(&shared.sha256).await.unwrap(), "shared");
    delete(&world, "ses_fork").await;
    is_gone(&world, &shared).await;
    assert_eq!(rows(&world, "blob_ref"), 0);
}

#[tokio::test]
async fn a_blob_that_was_just_stored_waits_for_its_entry() {
    let world = World::start().await;
    for id in ["ses_a", "ses_b"] {
        world.create(id).await;
    }
    let (again, old) = (put(&world, "stored again").await, put(&world, "old").await);
    for blob in [&again, &old] {
        name(&world, "ses_a", &format!("ent_{}", &blob.sha256[..8]), blob).await;
        make_older(&world, blob, DAY);
    }
    let world = restarted(world).await;
    // Stored again just before its only conversation goes: somebody is about to name it.
    put(&world, "stored again").await;
    make_older(&world, &again, DAY);
    delete(&world, "ses_a").await;
    is_gone(&world, &old).await;
    assert_eq!(world.client.get_blob(&again.sha256).await.unwrap(), "stored again");
    name(&world, "ses_b", "ent_1", &again).await;
    assert!(verify(&world.database()).unwrap().is_clean());
}

#[tokio::test]
async fn an_upload_that_no_prompt_followed_goes_after_a_day() {
    let world = World::start().await;
    let (old, young) = (put(&world, "yesterday").await, put(&world, "an hour ago").await);
    make_older(&world, &old, DAY + Duration::from_secs(60));
    make_older(&world, &young, Duration::from_secs(3600));
    let broken = world.folder.path().join("hstry.db.blobs/new/half");
    std::fs::write(&broken, "half").unwrap();
    let file = std::fs::File::options().write(true).open(&broken).unwrap();
    file.set_modified(SystemTime::now() - 2 * DAY).unwrap();
    let world = restarted(world).await;
    is_gone(&world, &old).await;
    wait::until("what broke off is gone", DEADLINE, || async { (!broken.exists()).then_some(()) }).await.unwrap();
    assert_eq!(world.client.get_blob(&young.sha256).await.unwrap(), "an hour ago");
}

/// A database of before blobs were noted: what its entries name is noted when it is opened.
#[tokio::test]
async fn blobs_of_an_older_database_are_known_too() {
    let world = World::start().await;
    for id in ["ses_a", "ses_b"] {
        world.create(id).await;
    }
    let (kept, lost) = (put(&world, "kept").await, put(&world, "lost").await);
    name(&world, "ses_a", "ent_1", &kept).await;
    name(&world, "ses_a", "ent_2", &lost).await;
    name(&world, "ses_b", "ent_1", &kept).await;
    for blob in [&kept, &lost] {
        make_older(&world, blob, DAY);
    }
    let folder = world.stop().await;
    let db = Connection::open(folder.path().join("hstry.db")).unwrap();
    db.execute_batch(
        "DROP TABLE blob_ref; DROP TABLE blob_scan; DROP INDEX conversation_deleted; PRAGMA user_version = 1;",
    )
    .unwrap();
    drop(db);
    let world = World::start_in(Arc::clone(&folder)).await;
    assert_eq!(rows(&world, "blob_ref"), 3);
    delete(&world, "ses_a").await;
    is_gone(&world, &lost).await;
    assert_eq!(world.client.get_blob(&kept.sha256).await.unwrap(), "kept");
    let reader = Reader::open(&world.database()).unwrap();
    assert_eq!(reader.get("ses_b").await.unwrap().head, 1);
}
