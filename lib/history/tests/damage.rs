//! Flipped bits: every row that they change is found, nothing damaged is served, and nothing is dropped silently.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use oqto_history::check::{quarantine, verify};
use oqto_history::model::{Append, Checkpoint, Outcome};
use oqto_history::{HistoryError, Reader};
use oqto_store::rusqlite::types::Value;
use oqto_store::rusqlite::{self, Connection, OpenFlags};
use support::{World, append_to, entry, message};

const TABLES: [&str; 6] = ["identity", "writer", "conversation", "entry", "checkpoint", "outcome"];

/// A closed database with rows of every kind.
async fn filled() -> (Arc<tempfile::TempDir>, PathBuf) {
    let world = World::start().await;
    for conversation in 0..6 {
        let id = format!("ses_{conversation}");
        world.create(&id).await;
        for number in 0..25 {
            let text = format!("message {number} of {id}: {}", "words and more words ".repeat(1 + number % 40));
            let append = Append {
                checkpoint: Some(Checkpoint { position: number as u64, state: Bytes::from(vec![7; 300]) }),
                outcome: Some(Outcome { client_id: format!("{id}/{number}"), reply: Bytes::from("{\"seq\":1}") }),
                ..append_to(
                    &id,
                    vec![
                        message(&format!("e{number}"), "user", &text),
                        entry(&format!("t{number}"), "turn.ended", "{}"),
                    ],
                )
            };
            world.client.append(&world.fence, append).await.unwrap();
        }
    }
    let database = world.database();
    (world.stop().await, database)
}

fn open(database: &Path) -> rusqlite::Result<Connection> {
    Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)
}

/// Every row of every table, as far as it can be read.
fn rows(database: &Path) -> Option<Vec<Vec<Value>>> {
    let db = open(database).ok()?;
    let mut all = Vec::new();
    for table in TABLES {
        let mut statement = db.prepare(&format!("SELECT * FROM {table} NOT INDEXED")).ok()?;
        let columns = statement.column_count();
        let mut rows = statement.query([]).ok()?;
        while let Some(row) = rows.next().ok()? {
            let values = (0..columns).map(|column| row.get(column)).collect::<rusqlite::Result<_>>().ok()?;
            all.push(values);
        }
    }
    Some(all)
}

#[tokio::test]
async fn every_flip_that_changes_a_row_is_found_and_an_untouched_file_is_clean() {
    let (folder, database) = filled().await;
    let clean = verify(&database).unwrap();
    assert!(clean.is_clean() && clean.rows > 450, "{clean:?}");
    let whole = std::fs::read(&database).unwrap();
    let before = rows(&database).unwrap();
    let flipped = folder.path().join("flipped.db");
    let (mut changed, mut harmless) = (0, 0);
    // Every 251st byte, another bit each time: all kinds of pages, headers, cells and free space.
    for (count, place) in (0..whole.len()).step_by(251).enumerate() {
        let mut bytes = whole.clone();
        bytes[place] ^= 1 << (count % 8);
        std::fs::write(&flipped, bytes).unwrap();
        let same = rows(&flipped).as_ref() == Some(&before);
        let found = verify(&flipped).map_or(true, |report| !report.is_clean());
        if same {
            harmless += 1;
        } else {
            changed += 1;
            assert!(found, "bit {} of byte {place} changed a row and was not found", count % 8);
        }
    }
    assert!(changed > 250, "{changed} flips changed a row, {harmless} did not");
}

/// Flips one bit in the text of a message.
fn flip_text(database: &Path, needle: &str) {
    let mut bytes = std::fs::read(database).unwrap();
    let place = bytes.windows(needle.len()).position(|window| window == needle.as_bytes()).unwrap();
    bytes[place + 2] ^= 1;
    std::fs::write(database, bytes).unwrap();
}

#[tokio::test]
async fn a_damaged_entry_is_refused_by_name_and_the_others_are_served() {
    let (folder, database) = filled().await;
    flip_text(&database, "message 7 of ses_3");
    let world = World::start_in(folder).await;
    let error = world.client.entries("ses_3", 14, 1).await.unwrap_err();
    assert!(
        matches!(&error, HistoryError::Corrupt(text) if text.contains("entry 15") && text.contains("hstry verify")),
        "{error:?}"
    );
    assert_eq!(world.client.entries("ses_3", 15, 0).await.unwrap().entries.len(), 35);
    assert_eq!(world.client.entries("ses_2", 0, 0).await.unwrap().entries.len(), 50);
    // Damage in one conversation does not keep others, or even this one, from growing.
    world.say("ses_3", "new", "user", "goes on").await;
    let error = quarantine(&database, 1).unwrap_err();
    assert!(matches!(error, HistoryError::Owned(_)), "{error:?}");
    world.stop().await;
}

#[tokio::test]
async fn quarantine_keeps_the_damaged_file_and_goes_on_with_what_is_whole() {
    let (folder, database) = filled().await;
    let logs = Reader::open(&database).unwrap();
    let log = logs.get("ses_3").await.unwrap().log;
    drop(logs);
    flip_text(&database, "message 7 of ses_3");
    flip_text(&database, "message 9 of ses_4");
    let damaged = std::fs::read(&database).unwrap();
    let outcome = quarantine(&database, 1_763_700_000_000).unwrap();
    assert_eq!((outcome.kept, outcome.replaced, outcome.found.damage.len()), (298, 2, 2), "{outcome:?}");
    assert_eq!(std::fs::read(outcome.moved_to.unwrap()).unwrap(), damaged);
    assert!(verify(&database).unwrap().is_clean());

    let world = World::start_in(folder).await;
    let page = world.client.entries("ses_3", 0, 0).await.unwrap();
    assert_eq!(page.entries.iter().map(|entry| entry.seq).collect::<Vec<_>>(), (1..=50).collect::<Vec<_>>());
    assert_eq!(page.entries[14].event, "x-damaged");
    assert_ne!(page.log, log);
    assert_eq!(world.client.checkpoint("ses_3").await.unwrap().unwrap().position, 24);
    assert_eq!(world.client.outcome("ses_5/24").await.unwrap(), Some(Bytes::from("{\"seq\":1}")));
    assert_eq!(world.say("ses_3", "after", "user", "walrus goes on").await, 51);
    world.stop().await;
}

#[tokio::test]
async fn a_file_that_cannot_be_opened_at_all_is_moved_aside_too() {
    let (folder, database) = filled().await;
    let mut bytes = std::fs::read(&database).unwrap();
    bytes[..100].fill(0xaa);
    std::fs::write(&database, &bytes).unwrap();
    assert!(!verify(&database).unwrap().is_clean());
    let outcome = quarantine(&database, 5).unwrap();
    assert_eq!(std::fs::read(outcome.moved_to.as_ref().unwrap()).unwrap(), bytes);
    assert!(outcome.remarks.iter().any(|remark| remark.contains("nothing of it could be read")), "{outcome:?}");
    let world = World::start_in(folder).await;
    world.create("ses_0").await;
    world.stop().await;
}

#[tokio::test]
async fn whatever_bit_is_flipped_quarantine_ends_with_a_clean_database() {
    let (folder, database) = filled().await;
    let whole = std::fs::read(&database).unwrap();
    let trial = folder.path().join("trial.db");
    let mut kept_least = u64::MAX;
    for (count, place) in (0..whole.len()).step_by(9173).enumerate() {
        let mut bytes = whole.clone();
        bytes[place] ^= 1 << (count % 8);
        std::fs::write(&trial, bytes).unwrap();
        let stamp = i64::try_from(count).unwrap() + 1;
        let outcome = quarantine(&trial, stamp).unwrap();
        if outcome.moved_to.is_some() && place >= 100 {
            kept_least = kept_least.min(outcome.kept);
            let after = verify(&trial).unwrap();
            assert!(after.is_clean(), "byte {place}: {after:?}");
            // No conversation ends earlier than it did, unless its own row was hit.
            let total = outcome.kept + outcome.replaced;
            assert!(total >= 250, "byte {place}: {outcome:?}");
        }
        let _ = std::fs::remove_file(&trial);
    }
    assert!(kept_least >= 200, "{kept_least}");
}
