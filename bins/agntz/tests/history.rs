//! `agntz search` over a history that a service has kept; the service is gone.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use bytes::Bytes;
use oqto_history::model::{Append, Claim, ConversationPatch, Fence, NewConversation, NewEntry};
use oqto_history::search::SearchQuery;
use oqto_history::server::{Config, Server};
use serde_json::json;
use support::{World, each};
use tokio_util::sync::CancellationToken;

const TIME: i64 = 1_763_700_000_000;

/// Two conversations, one of them about this workspace.
async fn filled(world: &World) {
    let database = world.home().join(".local/share/oqto/hstry.db");
    std::fs::create_dir_all(database.parent().unwrap()).unwrap();
    let stop = CancellationToken::new();
    let (client, task) = Server::open(Config::new(&database)).await.unwrap().in_memory(stop.clone()).await.unwrap();
    let claimed = client.claim(Claim { writer: "runner".into(), ..Claim::default() }).await.unwrap();
    let fence = Fence { writer: "runner".into(), epoch: claimed.epoch };
    let here = world.work().display().to_string();
    for (id, workspace, title) in [("ses_a", here.as_str(), "海象について"), ("ses_b", "/long/gone", "Tabs \u{1b}[2J")]
    {
        let values = ConversationPatch {
            workspace: Some(workspace.into()),
            title: Some(title.into()),
            ..ConversationPatch::default()
        };
        let new = NewConversation { id: id.into(), values, created_at: Some(1), ..NewConversation::default() };
        client.create(&fence, new).await.unwrap();
    }
    for (number, (conversation, role, text)) in [
        ("ses_a", "user", "one walrus, 海象, among many other animals that fill the text"),
        ("ses_a", "tool", "walrus walrus walrus"),
        ("ses_b", "assistant", "mind the walrus \u{1b}]0;evil\u{7}"),
    ]
    .into_iter()
    .enumerate()
    {
        let data = json!({"message": {
            "id": format!("msg_01k0000000000000000000000{number}"), "role": role,
            "parts": [{"type": "text", "text": text}], "created_at": TIME,
        }});
        let data = Bytes::from(data.to_string());
        let entry = NewEntry { id: format!("e{number}"), ts: TIME, event: "message".into(), data };
        let append = Append { conversation: conversation.into(), entries: vec![entry], ..Append::default() };
        client.append(&fence, append).await.unwrap();
    }
    // A search waits for the index, so that the file is complete without a service.
    client.search(SearchQuery { query: "walrus".into(), ..SearchQuery::default() }).await.unwrap();
    drop(client);
    stop.cancel();
    task.await.unwrap().unwrap();
}

#[tokio::test]
async fn what_was_said_here_is_found_and_tools_only_when_asked_for() {
    let world = World::new();
    filled(&world).await;
    let found = world.ok("pi", &["search", "walrus"]);
    assert_eq!(
        (each(&found["hits"], "conversation"), each(&found["hits"], "role")),
        (vec!["ses_a".into()], vec!["user".into()])
    );
    assert_eq!(
        (&found["hits"][0]["title"], &found["hits"][0]["at"]),
        (&json!("海象について"), &json!("2025-11-21T04:40:00Z"))
    );
    assert_eq!(world.ok("pi", &["search", "walrus", "--include-tools"])["hits"].as_array().unwrap().len(), 2);
    let all = world.ok("pi", &["search", "walrus", "--all-workspaces", "--limit", "9"]);
    assert_eq!(all["hits"].as_array().unwrap().len(), 2);
    let gone = world.ok("pi", &["search", "walrus", "-w", "/long/gone"]);
    assert_eq!(each(&gone["hits"], "conversation"), ["ses_b"], "a workspace may have gone since");
    assert_eq!(each(&world.ok("pi", &["search", "walrus", "--session", "ses_b"])["hits"], "role"), ["assistant"]);
    let nothing = world.run("pi", &["search", "zebra"]);
    assert_eq!((nothing.code, &nothing.json()["ok"]["hits"]), (Some(3), &json!([])));
    assert_eq!(world.run("pi", &["search", "walrus", "--days", "1"]).code, Some(3), "it was said long ago");
    assert_eq!(world.fails("pi", &["search", "*"]).0, 2);
    let told = support::Ran::of(world.acting("pi").args(["search", "mind", "--all-workspaces"]).output().unwrap());
    assert!(told.out.contains("Tabs \\u{1b}[2J") && !told.out.contains(['\u{1b}', '\u{7}']), "{told:?}");
    let doctor = world.ok("pi", &["doctor"]);
    assert!(
        doctor["checks"].as_array().unwrap().iter().any(|check| check["what"] == "history" && check["health"] == "ok")
    );
}
