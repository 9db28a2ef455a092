//! The log: numbered without a gap, idempotent, read as it was written.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use bytes::Bytes;
use oqto_history::HistoryError;
use oqto_history::model::{
    Append, Checkpoint, ConversationPatch, Fork, ForkRange, ListFilter, NewConversation, Outcome,
};
use support::{World, append_to, entry, message};
use tokio_stream::StreamExt;

#[tokio::test]
async fn what_is_appended_is_read_back_byte_for_byte() {
    let world = World::start().await;
    world.create("ses_1").await;
    let data = "{\"message\" : {\"b\":1,  \"a\":\"\\u00fc\"}}";
    let appended = world
        .client
        .append(&world.fence, append_to("ses_1", vec![entry("e1", "message", data), entry("e2", "turn.ended", "{}")]))
        .await
        .unwrap();
    assert_eq!(
        appended.entries.iter().map(|entry| (entry.seq, entry.existed)).collect::<Vec<_>>(),
        [(1, false), (2, false)]
    );
    let page = world.client.entries("ses_1", 0, 0).await.unwrap();
    assert_eq!((page.head, page.entries.len()), (2, 2));
    assert_eq!(page.entries[0].data, Bytes::from(data));
    assert_eq!((page.entries[0].id.as_str(), page.entries[0].event.as_str()), ("e1", "message"));
    assert_eq!(page.entries[0].ts, 1_763_700_000_123);
    let conversation = world.client.get("ses_1").await.unwrap();
    assert_eq!((conversation.head, conversation.message_count), (2, 1));
    world.stop().await;
}

#[tokio::test]
async fn the_first_append_of_an_id_wins() {
    let world = World::start().await;
    world.create("ses_1").await;
    world.say("ses_1", "e1", "user", "first").await;
    let again = append_to(
        "ses_1",
        vec![message("e0", "user", "new"), message("e1", "user", "second"), message("e0", "user", "twice")],
    );
    let appended = world.client.append(&world.fence, again).await.unwrap();
    let numbers: Vec<_> = appended.entries.iter().map(|entry| (entry.id.as_str(), entry.seq, entry.existed)).collect();
    assert_eq!(numbers, [("e0", 2, false), ("e1", 1, true), ("e0", 2, true)]);
    let page = world.client.entries("ses_1", 0, 0).await.unwrap();
    assert_eq!(page.entries.len(), 2);
    assert_eq!(page.entries[0].data, message("e1", "user", "first").data);
    world.stop().await;
}

#[tokio::test]
async fn a_command_sent_twice_returns_its_first_outcome_and_does_nothing() {
    let world = World::start().await;
    world.create("ses_1").await;
    let command = |id: &str, reply: &str| Append {
        entries: vec![message(id, "user", "hello")],
        outcome: Some(Outcome { client_id: "c1".into(), reply: Bytes::copy_from_slice(reply.as_bytes()) }),
        ..append_to("ses_1", Vec::new())
    };
    let first = world.client.append(&world.fence, command("e1", "{\"seq\":1}")).await.unwrap();
    assert_eq!((first.head, first.repeated), (1, None));
    let second = world.client.append(&world.fence, command("e2", "{\"seq\":2}")).await.unwrap();
    assert_eq!((second.head, second.repeated), (1, Some(Bytes::from("{\"seq\":1}"))));
    assert!(second.entries.is_empty());
    let retried = world.client.append(&world.fence, command("e1", "{\"seq\":1}")).await.unwrap();
    assert_eq!(retried.entries[0].seq, 1);
    assert_eq!(world.client.outcome("c1").await.unwrap(), Some(Bytes::from("{\"seq\":1}")));
    assert_eq!(world.client.outcome("c2").await.unwrap(), None);
    world.stop().await;
}

#[tokio::test]
async fn checkpoint_metadata_and_entries_change_together_or_not_at_all() {
    let world = World::start().await;
    world.create("ses_1").await;
    let checkpoint = Checkpoint { position: 77, state: Bytes::from_static(b"\x00\xffstate") };
    let patch =
        ConversationPatch { title: Some("A title".into()), native_id: Some("pi-1".into()), ..Default::default() };
    let good = Append {
        entries: vec![message("e1", "user", "hi")],
        checkpoint: Some(checkpoint.clone()),
        patch: Some(patch),
        ..append_to("ses_1", Vec::new())
    };
    world.client.append(&world.fence, good.clone()).await.unwrap();
    let bad = Append {
        entries: vec![message("e2", "user", "hi")],
        checkpoint: Some(Checkpoint { position: u64::MAX, ..checkpoint.clone() }),
        patch: Some(ConversationPatch { title: Some("Never".into()), ..Default::default() }),
        ..good
    };
    let error = world.client.append(&world.fence, bad).await.unwrap_err();
    assert!(matches!(&error, HistoryError::Invalid(text) if text.contains("checkpoint")), "{error:?}");
    let conversation = world.client.get("ses_1").await.unwrap();
    assert_eq!((conversation.title.as_str(), conversation.native_id.as_deref()), ("A title", Some("pi-1")));
    assert_eq!(conversation.head, 1);
    assert_eq!(world.client.checkpoint("ses_1").await.unwrap(), Some(checkpoint));
    world.stop().await;
}

#[tokio::test]
async fn pages_forwards_and_backwards_meet_without_gap_or_overlap() {
    let world = World::start().await;
    world.create("ses_1").await;
    let entries = (1..=57_u32)
        .map(|number| {
            let id = format!("e{number}");
            if number % 3 == 0 { entry(&id, "turn.ended", "{}") } else { message(&id, "user", &id) }
        })
        .collect();
    world.client.append(&world.fence, append_to("ses_1", entries)).await.unwrap();
    let mut forwards = Vec::new();
    while forwards.len() < 57 {
        let after = forwards.last().copied().unwrap_or(0);
        let page = world.client.entries("ses_1", after, 10).await.unwrap();
        assert!(!page.entries.is_empty());
        forwards.extend(page.entries.iter().map(|entry| entry.seq));
    }
    assert_eq!(forwards, (1..=57).collect::<Vec<_>>());
    let (mut backwards, mut before, mut more) = (Vec::new(), None, true);
    while more {
        let page = world.client.messages("ses_1", before, 7).await.unwrap();
        more = page.more;
        before = page.entries.first().map(|entry| entry.seq);
        backwards.splice(0..0, page.entries.iter().map(|entry| entry.seq));
    }
    assert_eq!(backwards, (1..=57).filter(|seq| seq % 3 != 0).collect::<Vec<_>>());
    world.stop().await;
}

#[tokio::test]
async fn a_page_is_bounded_by_its_size_too() {
    let world = World::start().await;
    world.create("ses_1").await;
    let large = "x".repeat(700_000);
    for number in 1..=4 {
        world.say("ses_1", &format!("e{number}"), "user", &large).await;
    }
    assert_eq!(world.client.entries("ses_1", 0, 0).await.unwrap().entries.len(), 1);
    let page = world.client.messages("ses_1", None, 0).await.unwrap();
    assert_eq!((page.entries.len(), page.entries[0].seq, page.more), (1, 4, true));
    world.stop().await;
}

#[tokio::test]
async fn a_follower_sees_what_is_there_and_what_comes_once_each() {
    let world = World::start().await;
    world.create("ses_1").await;
    for number in 1..=3 {
        world.say("ses_1", &format!("e{number}"), "user", "hi").await;
    }
    let mut tail = world.client.tail("ses_1", 1).await.unwrap();
    let mut seen = Vec::new();
    for number in 4..=40 {
        world.say("ses_1", &format!("e{number}"), "user", "hi").await;
    }
    while seen.len() < 39 {
        let page = tail.next().await.unwrap().unwrap();
        seen.extend(page.entries.iter().map(|entry| entry.seq));
    }
    assert_eq!(seen, (2..=40).collect::<Vec<_>>());
    world.client.delete(&world.fence, "ses_1", None).await.unwrap();
    assert!(matches!(tail.next().await, Some(Err(HistoryError::NotFound(_)))));
    let mut past = world.client.tail("ses_2", 5).await.unwrap();
    assert!(matches!(past.next().await, Some(Err(HistoryError::NotFound(_)))));
    world.create("ses_2").await;
    let mut past = world.client.tail("ses_2", 5).await.unwrap();
    assert!(matches!(past.next().await, Some(Err(HistoryError::LogReplaced(_)))));
    world.stop().await;
}

#[tokio::test]
async fn a_fork_copies_the_chosen_entries_and_either_can_be_deleted() {
    let world = World::start().await;
    world.create("ses_1").await;
    for number in 1..=6 {
        world.say("ses_1", &format!("e{number}"), "user", &format!("text {number}")).await;
    }
    let fork = Fork {
        source: "ses_1".into(),
        id: "ses_2".into(),
        range: ForkRange::Exactly(vec![1, 2, 5]),
        parent_seq: None,
        values: ConversationPatch { title: Some("Fork".into()), ..Default::default() },
        entries: vec![entry("f", "session.forked", "{}")],
        outcome: None,
    };
    let made = world.client.fork(&world.fence, fork.clone()).await.unwrap().conversation.unwrap();
    assert_eq!(
        (made.head, made.message_count, made.parent.as_deref(), made.parent_seq),
        (4, 3, Some("ses_1"), Some(5))
    );
    let source = world.client.entries("ses_1", 0, 0).await.unwrap();
    world.client.delete(&world.fence, "ses_1", None).await.unwrap();
    let copies = world.client.entries("ses_2", 0, 0).await.unwrap();
    assert_eq!(copies.entries.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert_eq!(copies.entries[2].data, source.entries[4].data);
    assert_ne!(copies.entries[2].id, source.entries[4].id);
    assert_ne!(copies.log, source.log);
    let gone = world.client.fork(&world.fence, Fork { id: "ses_3".into(), ..fork.clone() }).await.unwrap_err();
    assert!(matches!(gone, HistoryError::NotFound(_)));
    let past = Fork { source: "ses_2".into(), id: "ses_3".into(), range: ForkRange::UpTo(9), ..fork };
    assert!(matches!(world.client.fork(&world.fence, past).await, Err(HistoryError::Invalid(_))));
    world.stop().await;
}

#[tokio::test]
async fn lists_are_paged_filtered_and_newest_first() {
    let world = World::start().await;
    for number in 0..25_i64 {
        let values = ConversationPatch {
            workspace: Some(format!("/w{}", number % 2)),
            harness: Some("pi".into()),
            ..Default::default()
        };
        let created_at = Some(1000 + number / 2);
        let new = NewConversation { id: format!("ses_{number:02}"), values, created_at, ..Default::default() };
        world.client.create(&world.fence, new).await.unwrap();
    }
    let (mut ids, mut cursor) = (Vec::new(), None);
    loop {
        let page = world.client.list(ListFilter { limit: 4, cursor, ..Default::default() }).await.unwrap();
        ids.extend(page.conversations.into_iter().map(|conversation| conversation.id));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    let expected: Vec<_> = (0..25).rev().map(|number| format!("ses_{number:02}")).collect();
    assert_eq!(ids, expected);
    let filter = ListFilter { workspace: Some("/w1".into()), after: Some(1010), ..Default::default() };
    let page = world.client.list(filter).await.unwrap();
    assert_eq!(page.conversations.iter().map(|found| found.id.as_str()).collect::<Vec<_>>(), ["ses_23", "ses_21"]);
    let wrong = ListFilter { cursor: Some("1; DROP".into()), ..Default::default() };
    assert!(matches!(world.client.list(wrong).await, Err(HistoryError::Invalid(_))));
    world.stop().await;
}

#[tokio::test]
async fn bad_input_is_refused_with_its_reason() {
    let world = World::start().await;
    world.create("ses_1").await;
    let refused = |error: HistoryError, word: &str| {
        assert!(matches!(&error, HistoryError::Invalid(text) if text.contains(word)), "{error:?}");
    };
    let try_append = async |entries| world.client.append(&world.fence, append_to("ses_1", entries)).await.unwrap_err();
    refused(try_append(vec![entry("e1", "message", "{not json")]).await, "not JSON");
    refused(try_append(vec![entry("", "message", "{}")]).await, "id of an entry is empty");
    refused(try_append(vec![entry("e\u{7}", "message", "{}")]).await, "control character");
    refused(try_append(vec![entry("e1", "", "{}")]).await, "event of an entry is empty");
    let twice = NewConversation {
        id: "ses_2".into(),
        entries: vec![entry("a", "x-a", "{}"), entry("a", "x-a", "{}")],
        ..Default::default()
    };
    refused(world.client.create(&world.fence, twice).await.unwrap_err(), "same id");
    let patch = ConversationPatch { metadata: Some("[]".into()), ..Default::default() };
    refused(world.client.update(&world.fence, "ses_1", patch, None).await.unwrap_err(), "not a JSON object");
    assert!(matches!(
        world.client.append(&world.fence, append_to("ses_9", Vec::new())).await,
        Err(HistoryError::NotFound(text)) if text.contains("ses_9")
    ));
    let same = NewConversation { id: "ses_1".into(), ..Default::default() };
    assert!(matches!(world.client.create(&world.fence, same).await, Err(HistoryError::AlreadyExists(_))));
    assert_eq!(world.client.get("ses_1").await.unwrap().head, 0);
    world.stop().await;
}

#[tokio::test]
async fn blobs_are_kept_once_and_served_only_when_whole() {
    let world = World::start().await;
    let bytes = Bytes::from((0..700_000_u32).map(|number| (number % 251) as u8).collect::<Vec<_>>());
    let blob = world.client.put_blob(bytes.clone()).await.unwrap();
    assert_eq!(blob.bytes, 700_000);
    assert_eq!(world.client.put_blob(bytes.clone()).await.unwrap(), blob);
    assert_eq!(world.client.get_blob(&blob.sha256).await.unwrap(), bytes);
    assert_eq!(world.client.stats().await.unwrap().blob_bytes, 700_000);
    let missing = "0".repeat(64);
    assert!(matches!(world.client.get_blob(&missing).await, Err(HistoryError::NotFound(_))));
    assert!(matches!(world.client.get_blob("../../etc/passwd").await, Err(HistoryError::Invalid(_))));
    let file = world.folder.path().join("hstry.db.blobs").join(&blob.sha256[..2]).join(&blob.sha256);
    let mut damaged = bytes.to_vec();
    damaged[350_000] ^= 4;
    std::fs::write(&file, damaged).unwrap();
    assert!(matches!(world.client.get_blob(&blob.sha256).await, Err(HistoryError::Corrupt(_))));
    world.stop().await;
}
