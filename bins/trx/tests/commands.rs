//! The commands as a person and many agents run them, on real files and with a real git.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

/// As many processes at once as a busy workspace has.
const AT_ONCE: usize = 40;

struct Home {
    folder: tempfile::TempDir,
}

#[expect(clippy::disallowed_methods, reason = "the test runs real programs")]
fn command(program: &str, dir: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(dir).env("GIT_CONFIG_GLOBAL", "/dev/null").stdin(Stdio::null());
    for name in ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"] {
        command.env(name, "ada@localhost");
    }
    for name in oqto_protocol::agent_context::VARIABLES {
        command.env_remove(name);
    }
    command
}

fn git(dir: &Path, arguments: &[&str]) {
    let output = command("git", dir).args(["-c", "init.defaultBranch=main"]).args(arguments).output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

impl Home {
    fn new() -> Self {
        let home = Self { folder: tempfile::tempdir().unwrap() };
        git(home.dir(), &["init", "-q", "one"]);
        home.ok("one", &["init", "--prefix", "t"]);
        home
    }

    fn dir(&self) -> &Path {
        self.folder.path()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.dir().join("one/.trx").join(name)
    }

    fn start(&self, dir: &str, arguments: &[&str]) -> Child {
        let mut trx = command(env!("CARGO_BIN_EXE_trx"), &self.dir().join(dir));
        trx.args(arguments).arg("--json").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Exit code, and what was printed: the value or the error.
    fn run(&self, dir: &str, arguments: &[&str]) -> (i32, Value) {
        ended(self.start(dir, arguments))
    }

    fn ok(&self, dir: &str, arguments: &[&str]) -> Value {
        let (code, value) = self.run(dir, arguments);
        assert_eq!(code, 0, "{arguments:?}: {value}");
        value["ok"].clone()
    }

    fn create(&self, arguments: &[&str]) -> String {
        let made = self.ok("one", &[&["create"], arguments].concat());
        made["id"].as_str().unwrap().to_owned()
    }

    fn ready(&self) -> Vec<String> {
        let ready = self.ok("one", &["ready"]);
        ready.as_array().unwrap().iter().map(|issue| issue["id"].as_str().unwrap().to_owned()).collect()
    }
}

fn ended(child: Child) -> (i32, Value) {
    let output = child.wait_with_output().unwrap();
    let said = if output.stdout.is_empty() { output.stderr } else { output.stdout };
    (output.status.code().unwrap(), serde_json::from_slice(&said).unwrap_or(Value::Null))
}

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
    let mut wanted: Vec<String> = (1..=AT_ONCE).map(|number| format!("{parent}.{number}")).collect();
    ids.sort();
    wanted.sort();
    assert_eq!(ids, wanted, "numbers without gaps or repeats");
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
