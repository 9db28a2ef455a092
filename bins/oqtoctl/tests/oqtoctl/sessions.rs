//! Status, the life of a session, the history, and where no server is.

use crate::world::World;
use oqto_testkit::pi::Generation;

#[tokio::test(flavor = "multi_thread")]
async fn the_life_of_a_session() {
    let world = World::serving().await;
    let empty = world.ctl(&["session", "list"]).await;
    assert_eq!(empty.seen(), (0, "", "no sessions yet; begin one: oqtoctl ask @@main \"…\"\n"));

    let asked = world.ctl(&["ask", "@@main", "fake:text hello"]).await;
    assert_eq!(asked.seen(), (0, "hello\n", "new session ses_ID in ~\n"));

    let list = world.ctl(&["session", "list"]).await;
    let cells: Vec<&str> = list.out.trim_end().split('\t').collect();
    assert_eq!((cells[0], cells[1], cells[3], cells[4]), ("ses_ID", "idle", "~", "fake:text hello"), "{list:?}");
    assert!(cells[2] == "now" || cells[2].ends_with("s ago"), "{list:?}");

    let got = world.ctl(&["session", "get", "hello", "--json"]).await.ok();
    let session = &got["session"];
    assert_eq!((session["state"].as_str(), session["last_turn"].as_str()), (Some("idle"), Some("done")));
    assert!(session["updated_at"].as_u64().is_some_and(|time| time > 1_700_000_000_000), "exact times: {got}");

    let id = world.only_session().await;
    let stopped = world.ctl(&["session", "stop", &id]).await;
    assert_eq!(stopped.seen(), (0, "stopped ses_ID\n", ""));
    world.until_state("stopped").await;
    let resumed = world.ctl(&["session", "resume", &id, "--json"]).await.ok();
    assert_eq!(resumed["session"]["state"], "idle");

    let refused = world.ctl(&["session", "delete", &id]).await;
    let hint = "error: nobody can be asked whether to delete the session here\n  \
                hint: oqtoctl session delete ses_ID --yes\n";
    assert_eq!(refused.seen(), (2, "", hint));
    assert_eq!(world.list().await.len(), 1);
    let deleted = world.ctl(&["session", "delete", &id, "--yes"]).await;
    assert_eq!(deleted.seen(), (0, "deleted ses_ID\n", ""));
    assert_eq!(world.list().await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn stopping_says_what_it_ended() {
    let world = World::serving().await;
    world.ctl(&["ask", "@@main", "fake:text warm"]).await;
    let left = world.ctl(&["ask", "@@main", "fake:hang", "--timeout", "1"]).await;
    assert_eq!(left.code, 124, "{left:?}");
    let stopped = world.ctl(&["session", "stop", "fake:text warm"]).await;
    assert_eq!(stopped.seen(), (0, "stopped ses_ID\n  the turn that ran was ended\n", ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn status_tells_server_runner_and_sessions() {
    let world = World::serving().await;
    world.ctl(&["ask", "@@main", "fake:text hello"]).await;
    let status = world.ctl(&["status", "--json"]).await.ok();
    assert_eq!(status["server"]["address"], "ADDRESS");
    assert_eq!(status["runners"], serde_json::json!([{"name": "local", "state": "connected"}]));
    assert_eq!(status["sessions"], serde_json::json!({"total": 1, "by_state": {"idle": 1}, "open_questions": 0}));
    assert_eq!(status["demo"], false);
    let shown = world.ctl(&["status"]).await;
    let lines: Vec<&str> = shown.out.lines().collect();
    assert!(lines[0].starts_with("server\tup ") && lines[0].contains("\tADDRESS, version 0.1.0, pid "), "{shown:?}");
    assert_eq!(&lines[1..], ["runner local\tconnected\t", "sessions\t1\t1 idle"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_and_ambiguous_sessions() {
    let world = World::serving().await;
    let nowhere = "ses_00000000000000000000000000";
    for unknown in [nowhere, "nothing like it"] {
        let missing = world.ctl(&["session", "get", unknown]).await;
        assert_eq!(missing.code, 3, "{missing:?}");
        assert!(missing.err.ends_with("hint: see which there are: oqtoctl session list\n"), "{missing:?}");
    }
    let envelope = world.ctl(&["--json", "session", "stop", nowhere]).await;
    let error: serde_json::Value = serde_json::from_str(&envelope.out).unwrap();
    assert_eq!((envelope.code, error["error"]["code"].as_str()), (3, Some("not_found")));

    for folder in ["a", "b"] {
        std::fs::create_dir(world.home.work().join(folder)).unwrap();
        let asked = world.ctl(&["ask", "@@main", "fake:text same title", "--workspace", folder]).await;
        assert_eq!(asked.code, 0, "{asked:?}");
    }
    let several = world.ctl(&["session", "stop", "fake:text same title"]).await;
    let candidate = "    ses_ID  idle  fake:text same title\n";
    let said =
        format!("error: 2 sessions fit fake:text same title:\n{candidate}{candidate}  hint: write more of the id\n");
    assert_eq!(several.seen(), (1, "", said.as_str()));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_is_found_by_title_and_by_what_was_said() {
    let world = World::serving().await;
    world.ctl(&["ask", "@@main", "First words\nfake:text the quokka smiles"]).await;
    let found = oqto_testkit::wait::until("the index to catch up", crate::world::DEADLINE, || async {
        let found = world.ctl(&["sessions", "quokka", "--json"]).await;
        (found.code == 0 && found.ok()["messages"].as_array().is_some_and(|hits| hits.len() == 2)).then_some(found)
    });
    let found = found.await.unwrap().ok();
    let roles: Vec<&str> =
        found["messages"].as_array().unwrap().iter().filter_map(|hit| hit["role"].as_str()).collect();
    assert!(roles.contains(&"assistant") && roles.contains(&"user"), "{found}");
    let shown = world.ctl(&["sessions", "quokka"]).await;
    assert!(shown.out.contains("\tFirst words\tassistant: the quokka smiles\n"), "{shown:?}");
    let by_title = world.ctl(&["sessions", "first", "words"]).await;
    assert!(by_title.out.contains("\tFirst words\tidle in ~\n"), "{by_title:?}");
    let nothing = world.ctl(&["sessions", "wombat"]).await;
    assert_eq!(nothing.seen(), (3, "", "nothing was found\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_server() {
    let world = World::new(Generation::V087).await;
    let said = "error: no server of yours is running here\n  \
                because: nobody listens on ROOT/run/oqto/admin.sock\n  hint: start it: oqto serve\n";
    for arguments in [&["status"][..], &["session", "list"], &["sessions", "x"], &["ask", "@@main", "x"]] {
        assert_eq!(world.ctl(arguments).await.seen(), (69, "", said), "{arguments:?}");
    }
    let envelope = world.ctl(&["status", "--json"]).await;
    let error: serde_json::Value = serde_json::from_str(&envelope.out).unwrap();
    assert_eq!((envelope.code, error["error"]["code"].as_str()), (69, Some("unreachable")));
}

#[tokio::test(flavor = "multi_thread")]
async fn over_http_with_a_credential() {
    let world = World::serving().await;
    let mut token = world.program("oqto");
    let token = world
        .ran(
            {
                token.arg("token");
                token
            },
            "",
        )
        .await
        .out;
    let over_http = |arguments: &[&str], token: &str| {
        let mut command = world.program("oqtoctl");
        command.args(arguments).env("OQTO_SERVER", &world.address);
        if !token.is_empty() {
            command.env("OQTO_TOKEN", token);
        }
        command
    };
    // The admin socket is out of reach, so that nothing can have come over it.
    let without_socket = |mut command: tokio::process::Command| {
        command.env("OQTO_ADMIN_SOCKET", "/nowhere/admin.sock");
        command
    };
    let asked = over_http(&["ask", "@@main", "fake:text over http", "--stream"], token.trim());
    let asked = world.ran(without_socket(asked), "").await;
    assert_eq!(asked.seen(), (0, "over http\n", "new session ses_ID in ~\n"));
    let listed = world.ran(without_socket(over_http(&["session", "list"], token.trim())), "").await;
    assert!(listed.out.ends_with("\tfake:text over http\n"), "{listed:?}");

    let wrong = world.ran(over_http(&["status"], "wrong"), "").await;
    assert_eq!(wrong.code, 77, "{wrong:?}");
    assert!(wrong.err.contains("hint: a credential comes from the server: oqto token"), "{wrong:?}");
    let none = world.ran(over_http(&["status"], ""), "").await;
    assert_eq!(none.code, 77, "{none:?}");
    assert!(none.err.starts_with("error: ADDRESS wants a credential\n"), "{none:?}");
}
