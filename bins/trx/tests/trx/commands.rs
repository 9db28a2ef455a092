//! What agents do all day, many at once, with bad lines and in two clones.

use serde_json::{Value, json};

use crate::home::{Home, ended, git};

/// As many processes at once as a busy workspace has.
const AT_ONCE: usize = 40;

#[test]
fn nothing_of_many_at_once_is_lost() {
    let home = Home::new();
    let parent = home.create(&["parent"]);
    let children: Vec<_> =
        (0..AT_ONCE).map(|_| home.start("one", &["create", "child 🚀", "--parent", &parent])).collect();
    let mut ids: Vec<String> = children
        .into_iter()
        .map(|child| {
            let (code, made) = ended(child);
            assert_eq!(code, 0, "{made}");
            made["ok"]["id"].as_str().unwrap().to_owned()
        })
        .collect();
    let number = |id: &String| id[parent.len() + 1..].split('-').next().unwrap().parse::<usize>().unwrap();
    ids.sort_by_key(number);
    assert_eq!(
        ids.iter().map(number).collect::<Vec<_>>(),
        (1..=AT_ONCE).collect::<Vec<_>>(),
        "without gaps or repeats"
    );
    let shown = home.text(&["list"]);
    assert!(shown.contains(&format!("{}.1\t", &parent[..6])), "the letters of a child are not needed: {shown}");
    let target = home.create(&["waits for all of them"]);
    let edges: Vec<_> = ids.iter().map(|id| home.start("one", &["dep", "block", &target, "--by", id])).collect();
    for edge in edges {
        let (code, value) = ended(edge);
        assert_eq!(code, 0, "{value}");
    }
    let shown = home.ok("one", &["show", &target]);
    assert_eq!(shown["dependencies"].as_array().unwrap().len(), AT_ONCE, "{shown}");
}

#[test]
fn ready_is_what_can_be_begun() {
    let home = Home::new();
    let (first, second) = (home.create(&["first", "-p", "1"]), home.create(&["second", "-p", "3"]));
    let child = home.create(&["child", "--parent", &first, "-p", "0"]);
    assert_eq!(home.ready(), [child.clone(), first.clone(), second.clone()]);
    home.ok("one", &["dep", "block", &first, "--by", &second]);
    assert_eq!(home.ready(), std::slice::from_ref(&second), "who waits, and the children of who waits, are not ready");
    let (code, refused) = home.run("one", &["dep", "block", &second, "--by", &first]);
    assert_eq!((code, refused["error"]["code"].as_str()), (2, Some("invalid_params")), "{refused}");
    assert!(refused["error"]["message"].as_str().unwrap().contains('→'), "the cycle is shown: {refused}");
    home.ok("one", &["close", &second, "-r", "done"]);
    assert_eq!(home.ready(), [child, first]);
    let reopened = home.ok("one", &["reopen", &second]);
    let shown = home.ok("one", &["show", &second]);
    assert_eq!((&shown["closed_at"], &shown["close_reason"]), (&Value::Null, &Value::Null), "{reopened}");
    let (code, missing) = home.run("one", &["show", "t-nosuchissue"]);
    assert_eq!((code, missing["error"]["code"].as_str()), (3, Some("not_found")), "{missing}");
}

#[test]
fn a_bad_line_is_named_and_the_rest_works_and_unknown_fields_stay() {
    let home = Home::new();
    let id = home.create(&["kept"]);
    let theirs = json!({"id": "t-old1", "title": "from an older program", "status": "open", "priority": 2,
        "issue_type": "bug", "created_at": "2026-01-02T03:04:05Z", "updated_at": "2026-01-02T03:04:05Z", "x_of_ours": [1, {"a": "ü"}]});
    let text = std::fs::read_to_string(home.file("issues.jsonl")).unwrap();
    std::fs::write(home.file("issues.jsonl"), format!("{text}<<<<<<< ours\n{theirs}\nnonsense\n>>>>>>> theirs\n"))
        .unwrap();
    let listed = home.ok("one", &["list"]);
    assert_eq!(listed.as_array().unwrap().len(), 2, "{listed}");
    home.ok("one", &["update", "t-old1", "--title", "another title"]);
    home.ok("one", &["sync"]);
    let text = std::fs::read_to_string(home.file("issues.jsonl")).unwrap();
    let line = text.lines().find(|line| line.contains("t-old1")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(line).unwrap()["x_of_ours"], theirs["x_of_ours"]);
    assert!(text.contains(&id));
}

#[test]
fn two_clones_join_by_plain_git_and_agree() {
    let home = Home::new();
    let id = home.create(&["shared"]);
    let one = home.dir().join("one");
    git(&one, &["add", "-A"]);
    git(&one, &["commit", "-q", "-m", "issues"]);
    git(home.dir(), &["clone", "-q", "one", "two"]);
    home.ok("one", &["update", &id, "--title", "a title of one"]);
    home.ok("two", &["update", &id, "-p", "0"]);
    for number in 0..10 {
        home.ok("one", &["create", &format!("one {number}")]);
        home.ok("two", &["create", &format!("two {number}")]);
    }
    for clone in ["one", "two"] {
        home.ok(clone, &["sync"]);
    }
    let two = home.dir().join("two");
    git(&two, &["fetch", "-q"]);
    git(&one, &["fetch", "-q", "../two", "main:theirs"]);
    git(&two, &["merge", "-q", "--no-edit", "origin/main"]);
    git(&one, &["merge", "-q", "--no-edit", "theirs"]);
    let (ours, theirs) = (home.ok("one", &["list"]), home.ok("two", &["list"]));
    assert_eq!(ours.as_array().unwrap().len(), 21);
    assert_eq!(ours, theirs);
    let shown = home.ok("one", &["show", &id]);
    assert_eq!((shown["title"].as_str(), shown["priority"].as_i64()), (Some("a title of one"), Some(0)));
}
