//! One log, one writer: a successor fences the one before, and a restored history is noticed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use oqto_history::HistoryError;
use oqto_history::model::{Append, Claim, ConversationPatch, Fence, NewConversation};
use support::{World, append_to, claim, message};

#[tokio::test]
async fn a_writer_that_wakes_after_its_successor_took_over_is_refused() {
    let world = World::start().await;
    world.create("ses_1").await;
    world.say("ses_1", "e1", "user", "before").await;
    let successor = claim(&world.client, "runner").await;
    assert!(successor.epoch > world.fence.epoch);
    let late = append_to("ses_1", vec![message("late", "user", "too late")]);
    let refused = |error: HistoryError| {
        assert!(matches!(&error, HistoryError::Fenced(text) if text.contains("took over")), "{error:?}");
    };
    refused(world.client.append(&world.fence, late.clone()).await.unwrap_err());
    let new = NewConversation { id: "ses_2".into(), ..Default::default() };
    refused(world.client.create(&world.fence, new).await.unwrap_err());
    refused(world.client.delete(&world.fence, "ses_1", None).await.unwrap_err());
    refused(world.client.update(&world.fence, "ses_1", ConversationPatch::default(), None).await.unwrap_err());
    assert_eq!(world.client.get("ses_1").await.unwrap().head, 1);
    // The same append by the successor goes through: it was the fence that refused it.
    assert_eq!(world.client.append(&successor, late).await.unwrap().head, 2);
    world.stop().await;
}

#[tokio::test]
async fn a_writer_changes_only_its_own_conversations_until_it_adopts_others() {
    let world = World::start().await;
    world.create("ses_1").await;
    let other = claim(&world.client, "other").await;
    let append = append_to("ses_1", vec![message("e1", "user", "hi")]);
    let error = world.client.append(&other, append.clone()).await.unwrap_err();
    assert!(matches!(&error, HistoryError::Fenced(text) if text.contains("belongs to writer runner")), "{error:?}");
    let adopting = Claim { writer: "other".into(), adopt: vec!["runner".into()], known: None };
    let claimed = world.client.claim(adopting).await.unwrap();
    let other = Fence { epoch: claimed.epoch, ..other };
    assert_eq!(world.client.append(&other, append.clone()).await.unwrap().head, 1);
    assert!(matches!(world.client.append(&world.fence, append).await, Err(HistoryError::Fenced(_))));
    world.stop().await;
}

#[tokio::test]
async fn an_epoch_that_nobody_claimed_is_refused() {
    let world = World::start().await;
    world.create("ses_1").await;
    for fence in [
        Fence { writer: "nobody".into(), epoch: 1 },
        Fence { epoch: world.fence.epoch + 1, ..world.fence.clone() },
        Fence { epoch: 0, ..world.fence.clone() },
    ] {
        let outcome = world.client.append(&fence, append_to("ses_1", Vec::new())).await;
        assert!(matches!(outcome, Err(HistoryError::Fenced(_))), "{outcome:?}");
    }
    world.stop().await;
}

/// A copy of the database as it is between two runs of the service.
fn copy(folder: &tempfile::TempDir, to: &str) {
    let database = folder.path().join("hstry.db");
    std::fs::copy(&database, folder.path().join(to)).unwrap();
}

fn restore(folder: &tempfile::TempDir, from: &str) {
    let database = folder.path().join("hstry.db");
    std::fs::copy(folder.path().join(from), &database).unwrap();
    for suffix in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(folder.path().join(format!("hstry.db{suffix}")));
    }
}

#[tokio::test]
async fn a_restored_older_history_has_a_new_lineage_and_new_logs() {
    let world = World::start().await;
    world.create("ses_1").await;
    world.say("ses_1", "e1", "user", "kept").await;
    let log = world.client.get("ses_1").await.unwrap().log;
    let lineage = world.client.stats().await.unwrap().lineage;
    let folder = world.stop().await;
    copy(&folder, "backup");

    // A restart alone changes neither.
    let world = World::start_in(folder).await;
    assert_eq!(world.client.get("ses_1").await.unwrap().log, log);
    assert_eq!(world.client.stats().await.unwrap().lineage, lineage);
    world.say("ses_1", "e2", "user", "lost by the restore").await;
    let folder = world.stop().await;
    restore(&folder, "backup");

    let world = World::start_in(folder).await;
    let restored = world.client.get("ses_1").await.unwrap();
    assert_eq!(restored.head, 1);
    assert_ne!(restored.log, log);
    assert_ne!(world.client.stats().await.unwrap().lineage, lineage);
    let append = Append { log: Some(log), ..append_to("ses_1", vec![message("e3", "user", "hi")]) };
    assert!(matches!(world.client.append(&world.fence, append.clone()).await, Err(HistoryError::LogReplaced(_))));
    let append = Append { log: Some(restored.log), ..append };
    assert_eq!(world.client.append(&world.fence, append).await.unwrap().head, 2);
    world.stop().await;
}

#[tokio::test]
async fn a_writer_that_remembers_more_than_the_history_notices_the_restore() {
    let world = World::start().await;
    world.create("ses_1").await;
    let folder = world.stop().await;
    copy(&folder, "backup");
    let world = World::start_in(folder).await;
    let claimed = world.client.claim(Claim { writer: "runner".into(), ..Default::default() }).await.unwrap();
    let remembered = Some((claimed.lineage.clone(), claimed.epoch));
    let log = world.client.get("ses_1").await.unwrap().log;
    let folder = world.stop().await;
    restore(&folder, "backup");
    // As if the note beside the database had been restored too.
    std::fs::remove_file(folder.path().join("hstry.db.lineage")).unwrap();

    let world = World::start_in(folder).await;
    assert_eq!(world.client.get("ses_1").await.unwrap().log, log);
    let claim = Claim { writer: "runner".into(), adopt: Vec::new(), known: remembered };
    let again = world.client.claim(claim).await.unwrap();
    assert!(again.restored && again.epoch > claimed.epoch && again.lineage != claimed.lineage, "{again:?}");
    assert_ne!(world.client.get("ses_1").await.unwrap().log, log);
    // The new lineage is remembered: the same claim is ordinary then.
    let claim = Claim { writer: "runner".into(), adopt: Vec::new(), known: Some((again.lineage.clone(), again.epoch)) };
    let third = world.client.claim(claim).await.unwrap();
    assert!(!third.restored && third.lineage == again.lineage && third.epoch > again.epoch, "{third:?}");
    world.stop().await;
}

#[tokio::test]
async fn a_database_that_is_replaced_under_the_service_ends_it() {
    let world = World::start().await;
    world.create("ses_1").await;
    let database = world.database();
    let aside = world.folder.path().join("aside");
    std::fs::copy(&database, &aside).unwrap();
    std::fs::rename(&aside, &database).unwrap();
    let append = append_to("ses_1", vec![message("e1", "user", "into the void")]);
    let error = world.client.append(&world.fence, append).await.unwrap_err();
    assert!(matches!(&error, HistoryError::Replaced(_) | HistoryError::Unavailable(_)), "{error:?}");
    assert!(error.retryable());
    assert!(matches!(world.outcome().await, Err(HistoryError::Replaced(_))));
}
