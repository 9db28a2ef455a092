//! The writer: groups, savepoints, order, and what happens when the disk or another process is in the way.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};

use oqto_store::error::StoreError;
use oqto_store::lock::{OwnerLock, beside};
use oqto_store::open::{self, Durability};
use oqto_store::readers::Readers;
use oqto_store::rusqlite::{Connection, params};
use oqto_store::schema::{Migration, Schema};
use oqto_store::writer::Writer;

const NOTES: Migration =
    Migration { name: "notes", sql: "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;" };
const MARKS: Migration = Migration { name: "marks", sql: "ALTER TABLE note ADD COLUMN mark TEXT;" };
const HALF: Migration = Migration { name: "half", sql: "CREATE TABLE half (a); CREATE TABLE note (a);" };

static SCHEMA: Schema = Schema { application_id: 0x6f71_7400, migrations: &[NOTES] };
static NEXT: Schema = Schema { application_id: 0x6f71_7400, migrations: &[NOTES, MARKS] };
static BROKEN: Schema = Schema { application_id: 0x6f71_7400, migrations: &[NOTES, HALF] };
static OTHER: Schema = Schema { application_id: 0x0bad_0bad, migrations: &[NOTES] };

fn insert(db: &Connection, id: i64, text: &str) -> Result<i64, StoreError> {
    db.execute("INSERT INTO note (id, text) VALUES (?1, ?2)", params![id, text])?;
    Ok(id)
}

fn ids(path: &Path) -> Vec<i64> {
    let db = open::read_only(path, &SCHEMA).unwrap();
    let mut statement = db.prepare("SELECT id FROM note ORDER BY id").unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

/// Waits at a barrier on a thread that may block.
async fn wait(barrier: &Arc<Barrier>) {
    let barrier = Arc::clone(barrier);
    tokio::task::spawn_blocking(move || barrier.wait()).await.unwrap();
}

#[tokio::test]
async fn a_failed_job_leaves_nothing_and_its_group_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let writer = Writer::open(&path, &SCHEMA).unwrap();
    let gate = Arc::new(Barrier::new(2));
    // The first job holds the transaction open until the others are in the queue behind it.
    let held = Arc::clone(&gate);
    let first = writer.run(move |db| {
        held.wait();
        held.wait();
        insert(db, 1, "first")
    });
    let failing = writer.run(|db| {
        insert(db, 2, "half")?;
        insert(db, 1, "the same id")
    });
    let panicking = writer.run(|db| -> Result<i64, StoreError> {
        insert(db, 3, "half")?;
        panic!("on purpose");
    });
    let good = writer.run(|db| insert(db, 4, "good"));
    // Polled in this order: when the gate opens, all four are in the queue.
    let gates = async {
        wait(&gate).await;
        wait(&gate).await;
    };
    let (first, failing, panicking, good, ()) = tokio::join!(biased; first, failing, panicking, good, gates);
    assert_eq!(first.unwrap(), 1);
    assert!(matches!(failing, Err(StoreError::Sqlite { .. })), "{failing:?}");
    assert!(matches!(panicking, Err(StoreError::Closed)), "{panicking:?}");
    assert_eq!(good.unwrap(), 4);
    assert_eq!(ids(&path), [1, 4]);
    writer.close().await;
}

#[tokio::test]
async fn what_is_answered_can_be_read_and_is_told_in_the_order_of_the_commits() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let writer = Writer::open(&path, &SCHEMA).unwrap();
    let readers = Readers::start(&path, 2, || open::read_only(&path, &SCHEMA)).unwrap();
    let told = Arc::new(AtomicUsize::new(0));
    let mut jobs = Vec::new();
    for id in 0..200_i64 {
        let (writer, readers, told) = (writer.clone(), readers.clone(), Arc::clone(&told));
        jobs.push(tokio::spawn(async move {
            let counted = Arc::clone(&told);
            let after = move |order: &i64| {
                assert_eq!(counted.fetch_add(1, Ordering::SeqCst), usize::try_from(*order).unwrap());
            };
            let job = move |db: &Connection| -> Result<i64, StoreError> {
                let order = db.query_row("SELECT count(*) FROM note", [], |row| row.get(0))?;
                insert(db, id, "x")?;
                Ok(order)
            };
            writer.run_then(job, after).await.unwrap();
            let seen = move |db: &mut Connection| -> Result<bool, StoreError> {
                Ok(db.query_row("SELECT count(*) FROM note WHERE id = ?1", [id], |row| row.get(0))?)
            };
            assert!(readers.run(seen).await.unwrap(), "note {id} was acknowledged and is not there");
        }));
    }
    for job in jobs {
        job.await.unwrap();
    }
    assert_eq!(told.load(Ordering::SeqCst), 200);
    readers.close().await;
    writer.close().await;
    let log = std::fs::metadata(beside(&path, "-wal")).map_or(0, |file| file.len());
    assert_eq!(log, 0, "closing leaves one whole file");
    assert!(matches!(writer.run(|db| insert(db, 999, "late")).await, Err(StoreError::Closed)));
}

#[tokio::test]
async fn a_full_disk_is_told_and_what_was_acknowledged_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let writer = Writer::open(&path, &SCHEMA).unwrap();
    writer.run(|db| insert(db, 1, "kept")).await.unwrap();
    let limit = |pages: i64| {
        move |db: &Connection| -> Result<i64, StoreError> {
            Ok(db.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |row| row.get(0))?)
        }
    };
    writer.run(limit(4)).await.unwrap();
    let large = "x".repeat(100_000);
    let text = large.clone();
    let outcome = writer.run(move |db| insert(db, 2, &text)).await;
    assert!(matches!(&outcome, Err(StoreError::DiskFull { .. })), "{outcome:?}");
    // Space again: the same job goes through.
    writer.run(limit(1_000_000)).await.unwrap();
    writer.run(move |db| insert(db, 2, &large)).await.unwrap();
    assert_eq!(ids(&path), [1, 2]);
}

#[tokio::test]
async fn a_lock_of_another_process_is_told_after_the_time_out_and_passes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let writer = Writer::open(&path, &SCHEMA).unwrap();
    let other = open::read_write(&path, &SCHEMA, Durability::Acknowledged).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let start = std::time::Instant::now();
    let outcome = writer.run(|db| insert(db, 1, "x")).await;
    assert!(matches!(&outcome, Err(StoreError::Locked { path: at }) if *at == path), "{outcome:?}");
    assert!(start.elapsed() >= open::BUSY_TIMEOUT && start.elapsed() < 2 * open::BUSY_TIMEOUT);
    other.execute_batch("ROLLBACK").unwrap();
    writer.run(|db| insert(db, 1, "x")).await.unwrap();
    assert_eq!(ids(&path), [1]);
}

#[test]
fn databases_of_newer_versions_and_other_programs_are_refused_and_left_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    drop(open::read_write(&path, &NEXT, Durability::Acknowledged).unwrap());
    let before = std::fs::read(&path).unwrap();
    for outcome in [open::read_write(&path, &SCHEMA, Durability::Acknowledged), open::read_only(&path, &SCHEMA)] {
        assert!(matches!(&outcome, Err(StoreError::NewerVersion { found: 2, known: 1, .. })), "{outcome:?}");
    }
    let outcome = open::read_write(&path, &OTHER, Durability::Acknowledged);
    assert!(matches!(outcome, Err(StoreError::Foreign { found: 0x6f71_7400, .. })), "{outcome:?}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
    let missing = folder.path().join("missing.db");
    assert!(matches!(open::read_only(&missing, &SCHEMA), Err(StoreError::Missing { .. })));
    assert!(!missing.exists());
}

#[test]
fn a_migration_happens_as_a_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    drop(open::read_write(&path, &SCHEMA, Durability::Acknowledged).unwrap());
    assert!(open::read_write(&path, &BROKEN, Durability::Acknowledged).is_err());
    let db = open::read_write(&path, &SCHEMA, Durability::Acknowledged).unwrap();
    let sql = "SELECT count(*) FROM sqlite_schema WHERE name = 'half'";
    assert_eq!(db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
    drop(db);
    let db = open::read_write(&path, &NEXT, Durability::Acknowledged).unwrap();
    db.execute("INSERT INTO note (id, text, mark) VALUES (1, 'a', 'b')", []).unwrap();
}

#[tokio::test]
async fn a_removed_file_is_noticed_before_anything_is_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let writer = Writer::open(&path, &SCHEMA).unwrap();
    writer.run(|db| insert(db, 1, "x")).await.unwrap();
    writer.check_file().unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(matches!(writer.run(|db| insert(db, 2, "x")).await, Err(StoreError::Replaced { .. })));
    assert!(matches!(writer.check_file(), Err(StoreError::Replaced { .. })));
}

#[test]
fn only_this_user_can_read_what_is_made() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let lock = OwnerLock::acquire(&path).unwrap();
    let db = open::read_write(&path, &SCHEMA, Durability::Acknowledged).unwrap();
    insert(&db, 1, "x").unwrap();
    for file in [path.clone(), beside(&path, "-wal"), beside(&path, "-shm"), lock.path().to_path_buf()] {
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", file.display());
    }
}
