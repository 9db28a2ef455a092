//! Searching: words and code, best first, filtered before the limit.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use bytes::Bytes;
use oqto_history::HistoryError;
use oqto_history::model::{ConversationPatch, NewConversation, NewEntry};
use oqto_history::search::{SearchHit, SearchMode, SearchQuery};
use oqto_testkit::wait;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::json;
use support::{DEADLINE, World, append_to, message};

fn query(words: &str) -> SearchQuery {
    SearchQuery { query: words.into(), ..SearchQuery::default() }
}

/// The hits once the index has caught up: a search waits for it, but not for long.
async fn found(world: &World, query: SearchQuery) -> Vec<SearchHit> {
    let asked = || async {
        let page = world.client.search(query.clone()).await.unwrap();
        (page.indexed_to == page.position).then_some(page.hits)
    };
    wait::until("the index to catch up", DEADLINE, asked).await.unwrap()
}

async fn entries_of(world: &World, query: SearchQuery) -> Vec<String> {
    found(world, query).await.into_iter().map(|hit| hit.entry).collect()
}

fn anything() -> impl Strategy<Value = String> {
    prop_oneof![".{0,40}", "[a-z*\"():^+ {}-]{0,30}", "(AND|OR|NOT|NEAR| |\"|\\*|text:|a){0,8}"]
}

#[test]
fn whatever_is_typed_is_answered_or_refused_as_empty() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let world = runtime.block_on(async {
        let world = World::start().await;
        world.create("ses_1").await;
        world.say("ses_1", "e1", "user", "a text with aNear and NOT or \"quotes\" über 数据").await;
        world
    });
    let mut runner = TestRunner::new(proptest::test_runner::Config { cases: 400, ..Default::default() });
    let modes = prop_oneof![Just(SearchMode::Auto), Just(SearchMode::Natural), Just(SearchMode::Code)];
    let outcome = runner.run(&(anything(), modes), |(words, mode)| {
        let outcome = runtime.block_on(world.client.search(SearchQuery { mode, ..query(&words) }));
        let fine = matches!(outcome, Ok(_) | Err(HistoryError::EmptyQuery(_)));
        prop_assert!(fine, "{words:?}: {outcome:?}");
        Ok(())
    });
    runtime.block_on(world.stop());
    outcome.unwrap();
}

fn marked(hit: &SearchHit) -> Vec<&str> {
    hit.highlights.iter().map(|&(start, end)| &hit.snippet[start as usize..end as usize]).collect()
}

#[tokio::test]
async fn the_one_obviously_best_message_is_the_first_and_the_only_one_at_limit_one() {
    let world = World::start().await;
    world.create("ses_1").await;
    let filler = "some text about other animals in the zoo and what they eat all day long";
    let mut entries: Vec<NewEntry> = (0..100)
        .map(|number| message(&format!("e{number}"), "user", &format!("{filler} and one walrus {filler} {number}")))
        .collect();
    entries.insert(37, message("best", "user", "walrus walrus walrus"));
    world.client.append(&world.fence, append_to("ses_1", entries)).await.unwrap();
    for limit in [1, 5, 20] {
        let hits = found(&world, SearchQuery { limit, ..query("walrus") }).await;
        assert_eq!(hits.len(), limit as usize);
        assert_eq!(hits[0].entry, "best");
        assert!(hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
    }
    let hits = found(&world, SearchQuery { limit: 5, offset: 1, ..query("walrus") }).await;
    assert!(hits.iter().all(|hit| hit.entry != "best") && hits.len() == 5);
    world.stop().await;
}

#[tokio::test]
async fn words_are_found_in_any_form_and_beginnings_with_a_star() {
    let world = World::start().await;
    world.create("ses_1").await;
    for (id, text) in [
        ("run", "It was running slowly."),
        ("connect", "Three connections were lost"),
        ("cafe", "Das Café ist über die Straße"),
        ("code", "call WebSocket::openNow in lib/net_io/mod.rs please"),
        ("chinese", "请把数据库迁移到新版本"),
    ] {
        world.say("ses_1", id, "user", text).await;
    }
    for (words, expected) in [
        ("run", vec!["run"]),
        ("RUNS", vec!["run"]),
        ("connecti*", vec!["connect"]),
        ("runni*", vec!["run"]),
        ("slow* running", vec!["run"]),
        ("cafe", vec!["cafe"]),
        ("uber strasse", vec![]),
        ("über straße", vec!["cafe"]),
        ("websocket", vec!["code"]),
        ("socket", vec!["code"]),
        ("WebSock*", vec!["code"]),
        ("opennow", vec!["code"]),
        ("数据库", vec!["chinese"]),
        ("running zebra", vec![]),
    ] {
        let natural = SearchQuery { mode: SearchMode::Natural, ..query(words) };
        assert_eq!(entries_of(&world, natural).await, expected, "{words}");
    }
    let hits = found(&world, query("connecti*")).await;
    assert_eq!(marked(&hits[0]), ["connections"]);
    world.stop().await;
}

#[tokio::test]
async fn code_is_found_as_it_stands_side_by_side() {
    let world = World::start().await;
    world.create("ses_1").await;
    for (id, text) in [
        ("path", "see lib/net_io/mod.rs:12 for it"),
        ("apart", "the lib of io has net and a mod in rs"),
        ("method", "use tokio::sync::Mutex; then buffer.push_str(line)"),
        ("camel", "call parseHTTPRequest(input)"),
    ] {
        world.say("ses_1", id, "user", text).await;
    }
    for (words, expected) in [
        ("lib/net_io/mod.rs", vec!["path"]),
        ("net_io", vec!["path"]),
        ("lib/net*", vec!["path"]),
        ("tokio::sync", vec!["method"]),
        ("sync::Mutex", vec!["method"]),
        ("push_str", vec!["method"]),
        ("buffer.push_str", vec!["method"]),
        ("parseHTTPRequest", vec!["camel"]),
        ("parseHTTP*", vec!["camel"]),
        ("tokio::Mutex", vec![]),
    ] {
        assert_eq!(entries_of(&world, query(words)).await, expected, "{words}");
        let code = SearchQuery { mode: SearchMode::Code, ..query(words) };
        assert_eq!(entries_of(&world, code).await, expected, "{words} as code");
    }
    world.stop().await;
}

#[tokio::test]
async fn the_syntax_of_the_index_never_gets_through() {
    let world = World::start().await;
    world.create("ses_1").await;
    world.say("ses_1", "e1", "user", "not near and or text: \"quoted\" col umn").await;
    for words in [
        "\"",
        "\"\"\" OR *",
        "NOT",
        "a AND",
        "NEAR(text",
        "text:quoted",
        "^text",
        "{text}",
        "(text",
        "text + quoted",
        "\u{0}text",
        "-text",
        "col* umn*",
        "'; DROP TABLE words; --",
    ] {
        let outcome = world.client.search(query(words)).await;
        assert!(
            !matches!(&outcome, Err(error) if !matches!(error, HistoryError::EmptyQuery(_))),
            "{words}: {outcome:?}"
        );
    }
    assert_eq!(entries_of(&world, query("\"quoted\" NOT")).await, ["e1"]);
    for words in ["", "   ", "*", "::", "\"\" - *", "\u{0}"] {
        assert!(matches!(world.client.search(query(words)).await, Err(HistoryError::EmptyQuery(_))), "{words:?}");
    }
    let long = "word ".repeat(300);
    assert!(matches!(world.client.search(query(&long)).await, Err(HistoryError::Invalid(_))));
    world.stop().await;
}

type Change<'a> = &'a dyn Fn(&mut SearchQuery);

#[tokio::test]
async fn filters_apply_before_the_limit() {
    let world = World::start().await;
    for (number, workspace) in ["/a", "/b"].into_iter().enumerate() {
        let values = ConversationPatch {
            workspace: Some(workspace.into()),
            harness: Some(if number == 0 { "pi" } else { "opencode" }.into()),
            title: Some(format!("Title {workspace}")),
            ..Default::default()
        };
        let new = NewConversation { id: format!("ses{workspace}"), values, ..Default::default() };
        world.client.create(&world.fence, new).await.unwrap();
    }
    let mut many: Vec<NewEntry> = (0..30).map(|n| message(&format!("a{n}"), "user", "needle needle needle")).collect();
    many.push(NewEntry { ts: 5000, ..message("old", "user", "needle in old hay with many other words around it") });
    world.client.append(&world.fence, append_to("ses/a", many)).await.unwrap();
    let data = json!({"message": {"id": "msg_x", "role": "assistant", "model": "gpt-x", "parts": [
        {"type": "thinking", "text": "let me look"},
        {"type": "tool_call", "tool_call_id": "1", "name": "bash", "input": {"command": "grep needle hay.txt"}},
        {"type": "tool_result", "tool_call_id": "1", "output": "found nothing of the kind in this place"},
    ], "created_at": 1}});
    let tool = NewEntry { data: Bytes::from(data.to_string()), ..message("tool", "assistant", "") };
    world.client.append(&world.fence, append_to("ses/b", vec![tool])).await.unwrap();
    let one = |change: Change<'_>| {
        let mut query = SearchQuery { limit: 1, ..query("needle") };
        change(&mut query);
        query
    };
    let cases: [(&str, Change<'_>, &str); 6] = [
        ("workspace", &|query| query.workspace = Some("/b".into()), "tool"),
        ("harness", &|query| query.harness = Some("opencode".into()), "tool"),
        ("role", &|query| query.role = Some("assistant".into()), "tool"),
        ("model", &|query| query.model = Some("gpt-x".into()), "tool"),
        ("conversation", &|query| query.conversation = Some("ses/b".into()), "tool"),
        ("before", &|query| query.before = Some(5001), "old"),
    ];
    for (name, change, expected) in cases {
        assert_eq!(entries_of(&world, one(change)).await, [expected], "{name}");
    }
    let none = one(&|query| query.workspace = Some("/c".into()));
    assert!(entries_of(&world, none).await.is_empty());
    let hit = &found(&world, one(&|query| query.role = Some("assistant".into()))).await[0];
    let facts = (hit.title.as_str(), hit.workspace.as_str(), hit.harness.as_str(), hit.model.as_str());
    assert_eq!(facts, ("Title /b", "/b", "opencode", "gpt-x"));
    assert_eq!((hit.message.as_str(), hit.role.as_str(), hit.seq), ("msg_x", "assistant", 1));
    assert_eq!(marked(hit), ["needle"]);
    world.stop().await;
}

#[tokio::test]
async fn what_was_just_appended_is_found_and_what_was_deleted_is_not() {
    let world = World::start().await;
    world.create("ses_1").await;
    world.create("ses_2").await;
    for number in 0..20 {
        world.say("ses_1", &format!("a{number}"), "user", "walrus walrus").await;
        world.say("ses_2", &format!("b{number}"), "user", "one walrus among other animals").await;
        let hits = found(&world, SearchQuery { limit: 200, ..query("walrus") }).await;
        assert_eq!(hits.len(), 2 * (number + 1));
    }
    world.client.delete(&world.fence, "ses_1", None).await.unwrap();
    let hits = found(&world, SearchQuery { limit: 10, ..query("walrus") }).await;
    assert_eq!(hits.len(), 10);
    assert!(hits.iter().all(|hit| hit.conversation == "ses_2"));
    world.stop().await;
}

#[tokio::test]
async fn a_lost_or_foreign_index_is_made_again() {
    let world = World::start().await;
    world.create("ses_1").await;
    world.say("ses_1", "e1", "user", "walrus").await;
    assert_eq!(entries_of(&world, query("walrus")).await, ["e1"]);
    let mut folder = world.stop().await;
    let index = folder.path().join("hstry.db.search");
    for damage in
        [None, Some("this is no database at all, only a text that is long enough to be looked at ".repeat(20))]
    {
        match damage {
            None => std::fs::remove_file(&index).unwrap(),
            Some(text) => std::fs::write(&index, text).unwrap(),
        }
        let world = World::start_in(folder).await;
        assert_eq!(entries_of(&world, query("walrus")).await, ["e1"]);
        folder = world.stop().await;
    }
}
