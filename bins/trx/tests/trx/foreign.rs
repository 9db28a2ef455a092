//! Programs that know only `issues.jsonl` and write whole issues: what they changed counts, and what they never saw stays.

use serde_json::{Value, json};

use crate::home::Home;

/// The line of an issue as the file has it last.
fn line(home: &Home, id: &str) -> Value {
    let text = std::fs::read_to_string(home.file("issues.jsonl")).unwrap();
    let mut lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.rfind(|line| line["id"] == id).unwrap()
}

fn later(mut line: Value, fields: &Value) -> Value {
    line["updated_at"] = json!("2199-01-01T00:00:00Z");
    line.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    line
}

#[test]
fn who_read_our_line_and_rewrote_it_changed_what_differs() {
    let home = Home::new();
    let id = home.create(&["first title", "-d", "text"]);
    home.ok("one", &["update", &id, "--title", "second title", "--label", "ui"]);
    let mut theirs = later(line(&home, &id), &json!({"title": "first title", "priority": 0}));
    theirs.as_object_mut().unwrap().remove("labels");
    std::fs::write(home.file("issues.jsonl"), format!("{theirs}\n")).unwrap();
    let shown = home.ok("one", &["show", &id]);
    assert_eq!(
        [&shown["title"], &shown["priority"], &shown["labels"], &shown["description"]],
        [&json!("first title"), &json!(0), &Value::Null, &json!("text")],
        "they may also put back what was there before"
    );
}

#[test]
fn an_old_line_that_a_merge_brings_reverts_nothing_with_or_without_an_index() {
    for with_index in [true, false] {
        let home = Home::new();
        let (id, other) = (home.create(&["first title"]), home.create(&["other"]));
        let base = line(&home, &id);
        home.ok("one", &["update", &id, "--title", "second title", "-d", "text", "--label", "ui"]);
        home.ok("one", &["close", &id, "-r", "done"]);
        // In another clone somebody changed the priority and added an edge, knowing nothing of this.
        let edge =
            json!({"issue_id": id, "depends_on_id": other, "type": "related", "created_at": "2026-01-01T00:00:00Z"});
        let theirs = later(base, &json!({"priority": 0, "notes": "their notes", "dependencies": [edge]}));
        let text = std::fs::read_to_string(home.file("issues.jsonl")).unwrap();
        std::fs::write(home.file("issues.jsonl"), format!("{theirs}\n{text}")).unwrap();
        if !with_index {
            std::fs::remove_dir_all(home.file(".index")).unwrap();
        }
        let shown = home.ok("one", &["show", &id]);
        for (field, value) in [
            ("title", json!("second title")),
            ("description", json!("text")),
            ("labels", json!(["ui"])),
            ("status", json!("closed")),
            ("close_reason", json!("done")),
            ("priority", json!(0)),
            ("notes", json!("their notes")),
            ("related", json!([other])),
        ] {
            assert_eq!(shown[field], value, "{field}, index: {with_index}: {shown}");
        }
        let events = home.ok("one", &["history", &id]).as_array().unwrap().len();
        std::fs::remove_dir_all(home.file(".index")).unwrap();
        assert_eq!(home.ok("one", &["show", &id]), shown, "read anew it is the same");
        assert_eq!(
            home.ok("one", &["history", &id]).as_array().unwrap().len(),
            events,
            "and nothing is taken in twice"
        );
    }
}

#[test]
fn an_older_line_still_brings_what_nobody_here_knew() {
    let home = Home::new();
    let id = home.create(&["title"]);
    let mut theirs = line(&home, &id);
    theirs["assignee"] = json!("bob");
    home.ok("one", &["update", &id, "--title", "later title"]);
    let text = std::fs::read_to_string(home.file("issues.jsonl")).unwrap();
    std::fs::write(home.file("issues.jsonl"), format!("{text}{theirs}\n")).unwrap();
    let shown = home.ok("one", &["show", &id]);
    assert_eq!((&shown["assignee"], &shown["title"]), (&json!("bob"), &json!("later title")));
}

#[test]
fn what_cannot_be_read_stays_in_the_file_and_a_torn_line_of_ours_goes() {
    let home = Home::new();
    let id = home.create(&["kept"]);
    let text = std::fs::read_to_string(home.file("issues.jsonl")).unwrap();
    let torn = &text[..text.len() / 2];
    std::fs::write(home.file("issues.jsonl"), format!("{text}{{\"id\":\"x\",\"half\":\n{torn}")).unwrap();
    let (code, checked) = home.run("one", &["doctor"]);
    let damage = checked["ok"]["damage"].as_array().unwrap();
    assert!(code == 1 && damage.len() == 1 && damage[0].as_str().unwrap().contains("issues.jsonl:2: "), "{checked}");
    home.ok("one", &["sync"]);
    let text = std::fs::read_to_string(home.file("issues.jsonl")).unwrap();
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(text.contains(&id) && text.contains("\"half\""));
    assert_eq!(home.run("one", &["doctor"]).0, 1, "it is still told");
}
