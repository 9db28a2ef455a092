//! The commands: what they print, their exit codes, and that none of them needs a service.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use oqto_history::model::{ConversationPatch, NewConversation};
use serde_json::Value;
use support::{Home, say};

/// A history with two conversations; the service is gone.
async fn filled() -> Home {
    let home = Home::new();
    let service = home.serve().await;
    let (client, fence) = home.client().await;
    for (id, workspace, title) in
        [("ses_a", "/home/dev/a", "About walruses"), ("ses_b", "/home/dev/b", "Tabs\tand \u{1b}[2J")]
    {
        let values = ConversationPatch {
            workspace: Some(workspace.into()),
            harness: Some("pi".into()),
            title: Some(title.into()),
            ..ConversationPatch::default()
        };
        let new = NewConversation { id: id.into(), values, created_at: Some(1), ..NewConversation::default() };
        client.create(&fence, new).await.unwrap();
    }
    for (conversation, id, text) in [
        ("ses_a", "e1", "one walrus among many other animals that are here only to fill the text"),
        ("ses_a", "e2", "walrus walrus walrus"),
        ("ses_b", "e3", "look at src/net_io.rs and \u{1b}]0;evil\u{7} mind the walrus"),
    ] {
        client.append(&fence, say(conversation, id, text)).await.unwrap();
    }
    // A search waits for the index, so that the file is complete without a service.
    client.search(oqto_history::search::SearchQuery { query: "walrus".into(), ..Default::default() }).await.unwrap();
    assert_eq!(service.terminate().await, 0);
    home
}

fn entries(found: &Value) -> Vec<&str> {
    found["ok"]["hits"].as_array().unwrap().iter().map(|hit| hit["entry"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn search_gives_the_best_first_with_filters_and_says_when_there_is_nothing() {
    let home = filled().await;
    let (code, found) = home.json(&["search", "walrus", "--limit", "1"]);
    assert_eq!((code, entries(&found)), (0, vec!["e2"]), "{found}");
    let (_, found) = home.json(&["search", "walrus", "--workspace", "/home/dev/b"]);
    assert_eq!(entries(&found), ["e3"]);
    let (_, found) = home.json(&["search", "net_io.rs", "--mode", "code"]);
    assert_eq!(entries(&found), ["e3"]);
    let (code, stdout, stderr) = home.run(&["search", "zebra"]);
    assert_eq!((code, stdout.as_str(), stderr.as_str()), (3, "", "nothing found\n"));
    let (code, error) = home.json(&["search", "*"]);
    assert_eq!((code, error["error"]["code"].as_str()), (2, Some("invalid_params")));
    let (code, stdout, _) = home.run(&["search", "mind", "walrus"]);
    assert_eq!(code, 0);
    assert!(stdout.starts_with("ses_b#1  user · 2025-11-21 04:40:00 · Tabs\\tand \\u{1b}[2J\n"), "{stdout}");
    assert!(!stdout.contains(['\u{1b}', '\u{7}']), "{stdout:?}");
}

#[tokio::test]
async fn list_show_and_stats_agree() {
    let home = filled().await;
    let (code, listed) = home.json(&["list"]);
    let ids: Vec<_> =
        listed["ok"]["conversations"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!((code, ids), (0, vec!["ses_b", "ses_a"]));
    let (_, page) = home.json(&["list", "--limit", "1"]);
    let next = page["ok"]["next"].as_str().unwrap();
    let (_, page) = home.json(&["list", "--limit", "1", "--cursor", next]);
    assert_eq!((page["ok"]["conversations"][0]["id"].as_str(), page["ok"]["next"].as_str()), (Some("ses_a"), None));
    let (code, stdout, _) = home.run(&["list", "--workspace", "/home/dev/b"]);
    assert_eq!((code, stdout.lines().count(), stdout.split('\t').count()), (0, 1, 6), "{stdout}");
    let (code, shown) = home.json(&["show", "ses_a"]);
    assert_eq!((code, shown["ok"]["entries"][1]["seq"].as_u64()), (0, Some(2)));
    assert_eq!(shown["ok"]["entries"][1]["data"]["message"]["parts"][0]["text"], "walrus walrus walrus");
    let (_, _, stderr) = home.run(&["show", "ses_zzz"]);
    assert!(stderr.contains("no conversation ses_zzz") && stderr.contains("hint: hstry list"), "{stderr}");
    let (code, error) = home.json(&["show", "ses_zzz"]);
    assert_eq!((code, error["error"]["code"].as_str()), (3, Some("not_found")));
    let (_, stats) = home.json(&["stats"]);
    let figures = ["conversations", "entries", "messages", "position", "indexed_to"]
        .map(|name| stats["ok"][name].as_u64().unwrap());
    assert_eq!(figures, [2, 3, 3, 3, 3]);
}

#[tokio::test]
async fn exports_hold_everything_as_lines_and_what_was_said_as_markdown() {
    let home = filled().await;
    let (code, lines, _) = home.run(&["export"]);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((code, lines.len()), (0, 5));
    assert_eq!(lines[2]["conversation"]["id"], "ses_a");
    assert_eq!((lines[3]["in"].as_str(), lines[3]["entry"]["id"].as_str()), (Some("ses_a"), Some("e1")));
    let (_, markdown, _) = home.run(&["export", "ses_a", "--format", "markdown"]);
    assert!(
        markdown.starts_with("# About walruses\n\nses_a · /home/dev/a · pi\n\n## User · 2025-11-21 04:40:00 · #1\n"),
        "{markdown}"
    );
    let file = home.folder.path().join("out.jsonl");
    let (code, report) = home.json(&["export", "--output", file.to_str().unwrap()]);
    assert_eq!((code, report["ok"]["conversations"].as_u64(), report["ok"]["entries"].as_u64()), (0, Some(2), Some(3)));
    assert_eq!(std::fs::read_to_string(file).unwrap().lines().count(), 5);
    let (code, error) = home.json(&["export"]);
    assert_eq!((code, error["error"]["code"].as_str()), (2, Some("invalid_params")));
    let (code, _) = home.json(&["export", "ses_zzz", "--output", "/dev/null"]);
    assert_eq!(code, 3);
}

#[tokio::test]
async fn verify_finds_a_flipped_bit_and_quarantine_moves_it_aside() {
    let home = filled().await;
    assert_eq!(home.run(&["verify"]).0, 0);
    let mut bytes = std::fs::read(home.database()).unwrap();
    let place = bytes.windows(13).position(|window| window == b"walrus walrus").unwrap();
    bytes[place] ^= 1;
    std::fs::write(home.database(), &bytes).unwrap();
    let (code, stdout, stderr) = home.run(&["verify"]);
    assert_eq!(code, 1);
    assert!(stdout.contains("entry row 2 (e2) does not have its checksum"), "{stdout}");
    assert!(stderr.contains("damaged in 1 places") && stderr.contains("hint: hstry verify --quarantine"), "{stderr}");
    assert_eq!(home.json(&["verify"]).0, 1);
    let (code, moved) = home.json(&["verify", "--quarantine"]);
    assert_eq!((code, moved["ok"]["quarantine"]["kept"].as_u64()), (0, Some(2)), "{moved}");
    let aside = moved["ok"]["quarantine"]["moved_to"].as_str().unwrap();
    assert_eq!(std::fs::read(aside).unwrap(), bytes);
    assert_eq!(home.run(&["verify"]).0, 0);
    let (_, shown) = home.json(&["show", "ses_a"]);
    assert_eq!(shown["ok"]["entries"][1]["event"], "x-damaged");
}

#[test]
fn without_a_history_every_reading_command_says_so() {
    let home = Home::new();
    for command in [&["list"][..], &["stats"], &["show", "ses_a"], &["search", "x"], &["export"], &["verify"]] {
        let (code, _, stderr) = home.run(command);
        assert_eq!(code, 3, "{command:?}: {stderr}");
        assert!(stderr.contains("there is no database") && stderr.contains("hint:"), "{command:?}: {stderr}");
    }
    assert!(!home.database().exists());
}

#[test]
fn wrong_usage_is_exit_code_2() {
    let home = Home::new();
    for command in [&["list", "--limit", "0"][..], &["list", "--after", "yesterday"], &["search"], &["nonsense"]] {
        let (code, error) = home.json(command);
        assert_eq!((code, error["error"]["code"].as_str()), (2, Some("invalid_params")), "{command:?}: {error}");
    }
}
