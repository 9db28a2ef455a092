//! Each verb by itself: what it does, what it prints, and what programs get of it.

use serde_json::{Value, json};

use crate::home::{Home, git};

fn lines(values: &[Value]) -> Vec<u8> {
    values.iter().flat_map(|value| format!("{value}\n").into_bytes()).collect()
}

#[test]
fn issues_of_beads_come_over_and_what_has_no_word_here_is_kept_and_told() {
    let home = Home::new();
    let times = json!({"created_at": "2026-01-02T03:04:05Z", "updated_at": "2026-02-02T03:04:05Z"});
    let with = |more: Value| {
        let mut issue = times.clone();
        issue.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        issue
    };
    let beads = lines(&[
        with(json!({"id": "bd-a1", "title": "first", "status": "deferred", "priority": 1, "issue_type": "enhancement",
            "labels": ["ui"], "assignee": "ada", "notes": "n", "design": "kept", "created_by": "bob",
            "comments": [{"id": 7, "author": "eve", "text": "hm", "created_at": "2026-01-03T00:00:00Z"}]})),
        with(json!({"id": "bd-b2", "title": "second", "status": "open", "priority": 2, "issue_type": "task",
            "dependencies": [{"issue_id": "bd-b2", "depends_on_id": "bd-a1", "type": "waits-for", "created_at": "2026-01-02T03:04:05Z"}]})),
        json!("no issue"),
    ]);
    let (code, report) = home.fed(&["import", "-"], &beads);
    assert_eq!((code, &report["ok"]["imported"], &report["ok"]["skipped"]), (1, &json!(2), &json!(0)), "{report}");
    assert!(report["ok"]["damage"][0].as_str().unwrap().starts_with("standard input:3: "), "{report}");
    let changed = report["ok"]["changed"].to_string();
    for word in ["bd-a1", "deferred", "enhancement", "waits-for"] {
        assert!(changed.contains(word), "{word}: {changed}");
    }
    let first = home.ok("one", &["show", "t-a1"]);
    for (field, value) in [
        ("status", json!("blocked")),
        ("issue_type", json!("feature")),
        ("labels", json!(["ui"])),
        ("assignee", json!("ada")),
        ("notes", json!("n")),
        ("design", json!("kept")),
        ("created_by", json!("bob")),
        ("beads_status", json!("deferred")),
        ("beads_issue_type", json!("enhancement")),
        ("blocks", json!(["t-b2"])),
    ] {
        assert_eq!(first[field], value, "{field}: {first}");
    }
    assert_eq!(first["remarks"][0]["text"], "hm");
    assert_eq!(home.ok("one", &["show", "t-b2"])["blocked_by"], json!(["t-a1"]));
    let again = home.fed(&["import", "-"], &beads).1;
    assert_eq!((&again["ok"]["imported"], &again["ok"]["skipped"]), (&json!(0), &json!(2)));
}

#[test]
fn an_old_store_with_several_lines_an_issue_and_markers_comes_over() {
    let home = Home::new();
    let old = |title: &str, at: &str| {
        json!({"id": "trx-092h.1.10", "title": title, "status": "open", "priority": 2, "issue_type": "task",
            "created_at": "2026-01-02T03:04:05Z", "updated_at": at, "later_field": {"a": [1, "ü"]}})
    };
    let mut text = b"<<<<<<< HEAD\n".to_vec();
    text.extend(lines(&[old("newest", "2026-03-01T00:00:00Z"), old("older", "2026-02-01T00:00:00Z")]));
    text.extend(b">>>>>>> theirs\n");
    let path = home.dir().join("old.jsonl");
    std::fs::write(&path, text).unwrap();
    let (code, report) = home.run("one", &["import", path.to_str().unwrap()]);
    assert_eq!((code, &report["ok"]["imported"]), (1, &json!(1)), "the markers are told: {report}");
    assert_eq!(report["ok"]["damage"].as_array().unwrap().len(), 2);
    let shown = home.ok("one", &["show", "trx-092h.1.10"]);
    assert_eq!((&shown["title"], &shown["later_field"]), (&json!("newest"), &json!({"a": [1, "ü"]})));
}

#[test]
fn what_happened_is_told_by_history_and_log() {
    let home = Home::new();
    let (one, two) = (home.create(&["one"]), home.create(&["two"]));
    home.ok("one", &["update", &one, "-p", "0", "--label", "ui"]);
    home.ok("one", &["dep", "block", &one, "--by", &two]);
    home.ok("one", &["close", &one, &two, "-r", "done"]);
    let actions = |arguments: &[&str]| -> Vec<String> {
        let events = home.ok("one", arguments);
        events.as_array().unwrap().iter().map(|event| event["action"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(actions(&["history", &one]), ["created", "updated", "dep_added", "closed"]);
    assert_eq!(actions(&["history", &one, "--limit", "1"]), ["closed"]);
    assert_eq!(actions(&["log"]), ["created", "created", "updated", "dep_added", "closed", "closed"]);
    assert_eq!(actions(&["log", "--action", "closed", "--issue", &two]), ["closed"]);
    assert_eq!(actions(&["log", "--until", "2020-01-01"]), [""; 0]);
    assert_eq!(actions(&["log", "--since", "1h", "--limit", "2"]), ["closed", "closed"]);
    assert_eq!(actions(&["log", "--user", "nobody"]), [""; 0]);
    assert_eq!(actions(&["log", "--session", "-"]).len(), 6);
    let told = home.text(&["history", &one]);
    assert!(told.contains("priority=0") && told.contains("+ui") && told.contains("status=\"closed\""), "{told}");
}

#[test]
fn exports_are_what_they_say() {
    let home = Home::new();
    let id = home.create(&["a title", "-d", "its text", "--label", "ui"]);
    home.ok("one", &["comment", &id, "a remark"]);
    let done = home.create(&["closed one"]);
    home.ok("one", &["close", &done]);
    let markdown = home.text(&["export"]);
    for part in [&format!("## {id} a title"), "its text", "· ui", "a remark"] {
        assert!(markdown.contains(part), "{part}: {markdown}");
    }
    assert!(!markdown.contains("closed one") && home.text(&["export", "--all"]).contains("closed one"));
    let array: Value = serde_json::from_str(&home.text(&["export", "--format", "json", "--all"])).unwrap();
    assert_eq!(array, home.ok("one", &["list", "--all"]));
    assert_eq!(home.ok("one", &["export"]), home.ok("one", &["list"]));
    let jsonl = home.text(&["export", "--format", "jsonl"]);
    assert_eq!(jsonl, std::fs::read_to_string(home.file("issues.jsonl")).unwrap());
    assert_eq!(jsonl.lines().count(), 2);
    let path = home.dir().join("out.md");
    let said = home.ok("one", &["export", "-o", path.to_str().unwrap()]);
    assert_eq!((&said["issues"], std::fs::read_to_string(path).unwrap()), (&json!(1), markdown));
}

#[test]
fn labels_assignees_notes_and_parents_change_and_are_found() {
    let home = Home::new();
    let (id, parent) = (home.create(&["Größe der 箱"]), home.create(&["parent", "-t", "epic"]));
    home.ok("one", &["label", &id, "ui", "urgent"]);
    home.ok("one", &["label", &id, "--remove", "urgent"]);
    home.ok("one", &["assign", &id, "ada"]);
    home.ok("one", &["update", &id, "--notes", "hidden words", "--parent", &parent]);
    let ids = |arguments: &[&str]| -> Vec<String> {
        let found = home.ok("one", arguments);
        found.as_array().unwrap().iter().map(|issue| issue["id"].as_str().unwrap().to_owned()).collect()
    };
    for found in [
        ids(&["list", "--label", "ui"]),
        ids(&["list", "--assignee", "ada"]),
        ids(&["list", "--epic", &parent]),
        ids(&["search", "GRÖSSE DER 箱".to_lowercase().replace("ss", "ß").as_str()]),
        ids(&["search", "HIDDEN"]),
        ids(&["ready", "--label", "ui"]),
    ] {
        assert_eq!(found, std::slice::from_ref(&id));
    }
    assert_eq!(ids(&["list", "--label", "urgent"]).len(), 0);
    assert_eq!(home.run("one", &["search", "--", "--nothing"]), (3, json!({"ok": []})));
    assert_eq!(ids(&["list", "--type", "epic"]), std::slice::from_ref(&parent));
    home.ok("one", &["assign", &id, "--nobody"]);
    home.ok("one", &["update", &id, "--clear", "labels,parent,notes", "--label", "new"]);
    let shown = home.ok("one", &["show", &id]);
    assert_eq!(shown["labels"], json!(["new"]));
    for field in ["assignee", "parent", "notes"] {
        assert_eq!(shown[field], Value::Null, "{field}");
    }
    assert_eq!(ids(&["list", "--sort", "created", "--reverse"]), [parent, id]);
    assert_eq!(ids(&["list", "--created-after", "1h", "--limit", "1"]).len(), 1);
}

#[test]
fn what_is_closed_or_deleted_comes_back() {
    let home = Home::new();
    let (one, two) = (home.create(&["one"]), home.create(&["two"]));
    assert_eq!(home.ok("one", &["close", &one, &two, &one]).as_array().unwrap().len(), 2);
    home.ok("one", &["reopen", &one]);
    home.ok("one", &["delete", &one, "-r", "twice"]);
    assert_eq!(home.ok("one", &["list", "--all"])[0]["id"], two.as_str());
    let gone = home.ok("one", &["show", &one]);
    assert_eq!((&gone["status"], &gone["delete_reason"]), (&json!("tombstone"), &json!("twice")));
    assert_eq!(home.ok("one", &["list", "--status", "tombstone"])[0]["id"], one.as_str());
    home.ok("one", &["reopen", &one]);
    let back = home.ok("one", &["show", &one]);
    assert_eq!(
        (&back["status"], &back["delete_reason"], &back["deleted_at"]),
        (&json!("open"), &Value::Null, &Value::Null)
    );
}

#[test]
fn drawings_show_who_waits_for_whom_also_in_a_circle() {
    let home = Home::new();
    let epic = home.create(&["the <epic> & \"more\""]);
    let child = home.create(&["child", "--parent", &epic]);
    let other = home.create(&["other", "--blocked-by", &child]);
    let drawn = home.text(&["dep", "graph"]);
    assert!(drawn.contains("└─ ○") && drawn.contains("other  ← "), "{drawn}");
    let dot = home.text(&["dep", "graph", "--format", "dot"]);
    assert!(dot.starts_with("digraph") && dot.contains(&format!("\"{child}\" -> \"{other}\"")), "{dot}");
    let svg = home.text(&["dep", "graph", "--format", "svg"]);
    assert!(svg.contains("the &lt;epic&gt; &amp; &quot;more&quot;") && svg.ends_with("</svg>\n"), "{svg}");
    assert_eq!(svg.matches("<rect ").count(), 3);
    let tree = home.ok("one", &["dep", "tree", &epic]);
    assert_eq!(tree["children"][0]["id"], child.as_str());
    assert!(home.text(&["dep", "tree", &epic]).lines().count() == 2);
    // A circle that two clones made: it is shown, and nothing hangs.
    let circle = json!({"id": "evt_c", "issue_id": child, "action": "dep_added", "timestamp": "2026-01-01T00:00:00Z",
        "changes": [{"field": "dependencies", "add": [{"issue_id": child, "depends_on_id": other, "type": "blocks", "created_at": "2026-01-01T00:00:00Z"}]}]});
    let log = std::fs::read_to_string(home.file("events.jsonl")).unwrap();
    std::fs::write(home.file("events.jsonl"), format!("{log}{circle}\n")).unwrap();
    let value = home.ok("one", &["dep", "graph"]);
    assert_eq!(value["cycles"].as_array().unwrap().len(), 1, "{value}");
    for format in ["text", "dot", "svg"] {
        home.text(&["dep", "graph", "--format", format]);
    }
    assert!(home.ok("one", &["dep", "tree", &other]).to_string().contains("\"again\":true"));
    assert_eq!(home.ready(), [epic]);
    let (code, checked) = home.run("one", &["doctor"]);
    assert_eq!((code, checked["ok"]["cycles"].as_array().unwrap().len()), (1, 1));
    home.ok("one", &["dep", "unblock", &other, "--by", &child]);
    assert_eq!(home.run("one", &["doctor"]).0, 0);
}

#[test]
fn batches_come_as_an_array_or_as_lines_and_speak_of_themselves() {
    let home = Home::new();
    let array = r##"[{"title":"epic","issue_type":"epic"},{"title":"a","parent":"#1"},{"title":"b","parent":"#1","blocked_by":["#2"]}]"##;
    let (code, made) = home.fed(&["create-many", "-"], array.as_bytes());
    assert_eq!(code, 0, "{made}");
    let ids: Vec<&str> = made["ok"].as_array().unwrap().iter().map(|issue| issue["id"].as_str().unwrap()).collect();
    assert_eq!(home.ok("one", &["show", ids[2]])["blocked_by"], json!([ids[1]]));
    assert_eq!(home.ok("one", &["show", ids[0]])["children"].as_array().unwrap().len(), 2);
    let (code, counted) = home.fed(&["create-many", "--dry-run"], b"{\"title\":\"x\"}\n\n{\"title\":\"y\"}\n");
    assert_eq!((code, &counted["ok"]["would_create"]), (0, &json!(2)));
    let bad = [
        (r#"{"title":"fine"}"#.to_owned() + "\n{\"titel\":\"x\"}", "standard input:2"),
        (r##"[{"title":"fine"},{"title":"x","parent":"#7"}]"##.into(), "#7"),
        (r#"[{"title":"fine"},{"title":"x","priority":9}]"#.into(), "issue 2"),
        (r##"[{"title":"x","blocked_by":["#2"]},{"title":"y","blocked_by":["#1"]}]"##.into(), "→"),
    ];
    for (input, why) in bad {
        let (code, refused) = home.fed(&["create-many"], input.as_bytes());
        let message = refused["error"]["message"].as_str().unwrap();
        assert!(code == 2 && message.contains(why), "{input}: {code} {message}");
    }
    assert_eq!(home.ok("one", &["list"]).as_array().unwrap().len(), 3, "all or none");
}

#[test]
fn sync_commits_the_store_and_nothing_else() {
    let home = Home::new();
    home.create(&["first"]);
    let one = home.dir().join("one");
    std::fs::write(one.join("theirs.txt"), "x").unwrap();
    git(&one, &["add", "theirs.txt"]);
    let would = home.ok("one", &["sync", "--dry-run"]);
    assert!(would["changed"].to_string().contains(".trx/events.jsonl") && would["committed"] == false, "{would}");
    let done = home.ok("one", &["sync", "-m", "the issues"]);
    assert_eq!((&done["committed"], done["commit"].as_str().unwrap().len()), (&json!(true), 40));
    let ls = |arguments: &[&str]| git(&one, arguments);
    let committed = ls(&["show", "--name-only", "--format=%s", "HEAD"]);
    assert_eq!(
        committed.lines().collect::<Vec<_>>(),
        ["the issues", "", ".trx/.gitattributes", ".trx/config.toml", ".trx/events.jsonl", ".trx/issues.jsonl"]
    );
    assert_eq!(ls(&["diff", "--cached", "--name-only"]), "theirs.txt\n", "what was staged still is");
    let nothing = home.ok("one", &["sync"]);
    assert_eq!((&nothing["committed"], &nothing["commit"]), (&json!(false), &Value::Null));
    assert_eq!(home.text(&["sync"]), "nothing to do\n");
    std::fs::write(one.join(".git/hooks/pre-commit"), "#!/bin/sh\necho no today >&2\nexit 1\n").unwrap();
    std::fs::set_permissions(one.join(".git/hooks/pre-commit"), std::os::unix::fs::PermissionsExt::from_mode(0o755))
        .unwrap();
    home.create(&["second"]);
    let (code, said) = home.refused(&["sync"]);
    assert!(code == 1 && said.contains("no today"), "{code} {said}");
}

#[test]
fn settings_stats_and_the_driver_of_merges() {
    let home = Home::new();
    home.ok("one", &["config", "set", "prefix", "app"]);
    assert_eq!(home.ok("one", &["config", "get", "prefix"])["prefix"], "app");
    let id = home.create(&["of another prefix", "-t", "bug", "-p", "0"]);
    assert!(id.starts_with("app-"));
    home.create(&["second"]);
    let counts = home.ok("one", &["stats"]);
    assert_eq!((&counts["total"], &counts["ready"], &counts["kind"]["bug"]), (&json!(2), &json!(2), &json!(1)));
    let file = |name: &str, text: &str| {
        let path = home.dir().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (base, ours, theirs) = (file("base", "a\n"), file("ours", "a\nb\n"), file("theirs", "a\nc\n"));
    assert_eq!(home.run("one", &["merge-driver", &base, &ours, &theirs]).0, 0);
    assert_eq!(std::fs::read_to_string(ours).unwrap(), "a\nb\nc\n");
}

#[test]
fn lists_are_the_same_bytes_every_time_and_claims_run_out() {
    let home = Home::new();
    for number in 0..30 {
        home.create(&[&format!("same priority {number}")]);
    }
    for arguments in [&["list"][..], &["ready"], &["list", "--json"], &["ready", "--json"], &["dep", "graph"]] {
        assert_eq!(home.text(arguments), home.text(arguments));
    }
    let id = home.create(&["claimed", "-p", "0"]);
    home.ok("one", &["claim", &id, "--actor", "ada", "--ttl", "1h"]);
    assert_eq!(home.run("one", &["claim", &id, "--actor", "ada"]).0, 0, "again by the same");
    let (code, said) = home.refused(&["claim", &id, "--actor", "bob"]);
    assert!(code == 75 && said.contains("ada"), "{code} {said}");
    assert!(!home.ready().contains(&id));
    assert_eq!(home.refused(&["release", &id, "--actor", "bob"]).0, 75);
    home.ok("one", &["release", &id, "--actor", "ada"]);
    assert_eq!(home.ready()[0], id);
}
