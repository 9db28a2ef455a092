//! `byt sync` with real remotes on disk.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod ground;

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use ground::Home;
use oqto_issues::{NewIssue, Patch, Store};

const EVENTS: &str = ".trx/events.jsonl";
const MEMORIES: &str = ".mmry/mmry.jsonl";

/// A remote with one commit, and a clone of it.
fn remote_and_clone(home: &Home) -> (PathBuf, PathBuf) {
    let seed = home.repository("seed");
    let remote = home.path("remote.git");
    home.git(home.path("code").parent().unwrap(), &["clone", "-q", "--bare", seed.to_str().unwrap(), "remote.git"]);
    (remote, clone(home, "one"))
}

fn clone(home: &Home, name: &str) -> PathBuf {
    home.git(&home.path("code"), &["clone", "-q", home.path("remote.git").to_str().unwrap(), name]);
    home.path("code").join(name)
}

fn add(clone: &Path, file: &str, lines: &[&str]) {
    let path = clone.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let before = fs::read_to_string(&path).unwrap_or_default();
    fs::write(path, before + &lines.iter().map(|line| format!("{line}\n")).collect::<String>()).unwrap();
}

/// The lines of a file of the remote's branch.
fn there(home: &Home, file: &str) -> BTreeSet<String> {
    home.says(&home.path("remote.git"), &["show", &format!("main:{file}")]).lines().map(ToOwned::to_owned).collect()
}

fn set(lines: &[&str]) -> BTreeSet<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

#[test]
fn what_one_pushes_another_pulls_and_nothing_else_is_touched() {
    let home = Home::new();
    let (remote, one) = remote_and_clone(&home);
    let two = clone(&home, "two");
    add(&one, EVENTS, &["{\"id\":\"a\"}", "{\"id\":\"ü 日本\"}"]);
    add(&one, MEMORIES, &["{\"id\":\"m\"}"]);
    fs::write(one.join("staged"), "x").unwrap();
    home.git(&one, &["add", "staged"]);
    fs::write(one.join("README.md"), "changed").unwrap();
    let index = fs::read(one.join(".git/index")).unwrap();
    let head = home.says(&one, &["rev-parse", "HEAD"]);
    let status = home.says(&one, &["status", "--porcelain"]);

    let (code, apart) = home.json_in(&one, &["sync", "status"]);
    assert_eq!((code, apart["ok"][0]["files"][1]["ahead"].as_u64()), (0, Some(2)), "{apart}");
    let (code, sent) = home.json_in(&one, &["sync", "push", "-m", "from a test"]);
    assert_eq!((code, sent["ok"][0]["changed"].as_bool()), (0, Some(true)), "{sent}");
    assert_eq!(there(&home, EVENTS), set(&["{\"id\":\"a\"}", "{\"id\":\"ü 日本\"}"]));
    let changed = home.says(&remote, &["diff", "--name-only", "main~1", "main"]);
    assert_eq!(changed, format!("{MEMORIES}\n{EVENTS}"), "only these");
    assert_eq!(home.says(&remote, &["log", "-1", "--format=%s", "main"]), "from a test");
    assert_eq!(fs::read(one.join(".git/index")).unwrap(), index, "the index is as it was");
    assert_eq!(home.says(&one, &["rev-parse", "HEAD"]), head);
    assert_eq!(home.says(&one, &["status", "--porcelain"]), status);
    assert_eq!(home.says(&one, &["for-each-ref", "refs/oqto"]), "", "nothing is left over");

    let (code, again) = home.json_in(&one, &["sync", "push"]);
    assert_eq!((code, again["ok"][0]["changed"].as_bool()), (0, Some(false)), "nothing to do is a success: {again}");
    let (code, taken) = home.json_in(&two, &["sync", "pull"]);
    assert_eq!((code, taken["ok"][0]["files"].as_array().unwrap().len()), (0, 2), "{taken}");
    assert_eq!(fs::read(two.join(EVENTS)).unwrap(), fs::read(one.join(EVENTS)).unwrap());
    assert_eq!(home.says(&two, &["status", "--porcelain"]), "?? .mmry/\n?? .trx/");
    let (_, stdout, _) = home.run_in(&two, &["sync", "pull"], std::env::var_os("PATH").unwrap());
    assert_eq!(stdout, "two\t\tnothing to do\n");
}

#[test]
fn ten_push_at_once_and_nothing_is_lost() {
    let home = Home::new();
    remote_and_clone(&home);
    let clones: Vec<_> = (0..10).map(|n| clone(&home, &format!("clone-{n}"))).collect();
    let mut expected = BTreeSet::new();
    for (n, clone) in clones.iter().enumerate() {
        let lines: Vec<String> = (0..3).map(|line| format!("{{\"id\":\"{n}-{line}\"}}")).collect();
        add(clone, EVENTS, &lines.iter().map(String::as_str).collect::<Vec<_>>());
        expected.extend(lines);
    }
    let start = |clone: &PathBuf| {
        let mut byt = home.byt(clone);
        byt.args(["sync", "push", "--timeout", "300", "--json"]).stdout(Stdio::piped()).stderr(Stdio::piped());
        byt.spawn().unwrap()
    };
    let running: Vec<_> = clones.iter().map(start).collect();
    for child in running {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
    assert_eq!(there(&home, EVENTS), expected);
}

#[test]
fn a_remote_that_moves_between_fetch_and_push_is_tried_again() {
    let home = Home::new();
    let (_, one) = remote_and_clone(&home);
    let two = clone(&home, "two");
    add(&two, EVENTS, &["{\"id\":\"theirs\"}"]);
    add(&one, EVENTS, &["{\"id\":\"ours\"}"]);
    // The hook runs after the fetch: the other one is faster, once.
    let hook = one.join(".git/hooks/pre-push");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    let script = format!(
        "#!/bin/sh\n[ -e '{0}/moved' ] && exit 0\ntouch '{0}/moved'\nunset GIT_DIR\ncd '{1}' && exec '{2}' sync push\n",
        one.join(".git").display(),
        two.display(),
        env!("CARGO_BIN_EXE_byt"),
    );
    fs::write(&hook, script).unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    let (code, sent) = home.json_in(&one, &["sync", "push"]);
    assert_eq!((code, sent["ok"][0]["attempts"].as_u64()), (0, Some(2)), "{sent}");
    assert_eq!(there(&home, EVENTS), set(&["{\"id\":\"theirs\"}", "{\"id\":\"ours\"}"]));
}

#[test]
fn a_hook_of_the_remote_may_refuse() {
    let home = Home::new();
    let (remote, one) = remote_and_clone(&home);
    add(&one, EVENTS, &["{\"id\":\"a\"}"]);
    let hook = remote.join("hooks/pre-receive");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, "#!/bin/sh\necho 'the branch is protected'\nexit 1\n").unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    let (code, refused) = home.json_in(&one, &["sync", "push"]);
    let message = refused["error"]["message"].as_str().unwrap();
    assert_eq!((code, refused["error"]["code"].as_str()), (77, Some("not_permitted")), "{refused}");
    assert!(message.contains("the branch is protected"), "{message}");
    fs::remove_file(&hook).unwrap();
    assert_eq!(home.json_in(&one, &["sync", "push"]).0, 0, "the control");
}

#[test]
fn remotes_that_are_not_there_or_do_not_answer_are_told_apart() {
    let home = Home::new();
    let alone = home.repository("alone");
    add(&alone, EVENTS, &["{\"id\":\"a\"}"]);
    let (code, none) = home.json_in(&alone, &["sync", "push"]);
    assert_eq!((code, none["error"]["hint"].as_str()), (3, Some("git remote add origin URL")), "{none}");
    let (code, gone) = home.json_in(&alone, &["sync", "push", "--remote", "/no/such/repository"]);
    assert_eq!((code, gone["error"]["code"].as_str()), (3, Some("not_found")), "{gone}");
    // Nobody listens at the port of a service that no system has any more.
    let url = "git://127.0.0.1:1/x.git";
    let (code, closed) = home.json_in(&alone, &["sync", "push", "--remote", url]);
    assert_eq!((code, closed["error"]["code"].as_str()), (69, Some("unreachable")), "{closed}");
    // Somebody listens and never says a word.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("git://127.0.0.1:{}/x.git", silent.local_addr().unwrap().port());
    let start = Instant::now();
    let (code, late) = home.json_in(&alone, &["sync", "push", "--remote", &url, "--timeout", "1"]);
    assert_eq!((code, late["error"]["code"].as_str()), (124, Some("timed_out")), "{late}");
    assert!(start.elapsed() < Duration::from_secs(60), "it gave up");
    let (code, branch) = home.json_in(&alone, &["sync", "push", "--branch", "-x", "--remote", "."]);
    assert_eq!((code, branch["error"]["code"].as_str()), (2, Some("invalid_params")), "{branch}");
}

#[test]
fn unknown_content_is_kept_and_what_cannot_be_joined_is_left() {
    let home = Home::new();
    let (_, one) = remote_and_clone(&home);
    let two = clone(&home, "two");
    let unknown = ["{\"id\":\"a\",\"of\":\"a newer version\"}", "not JSON at all", "<<<<<<< HEAD", "{\"id\":\"c\"}"];
    add(&two, EVENTS, &unknown);
    add(&two, MEMORIES, &["version https://git-lfs.github.com/spec/v1", "oid sha256:0"]);
    home.git(&two, &["add", ".trx", ".mmry"]);
    home.git(&two, &["commit", "-q", "-m", "theirs"]);
    home.git(&two, &["push", "-q"]);
    add(&one, EVENTS, &["{\"id\":\"b\"}", "=======", "{\"id\":\"b2\"}"]);
    add(&one, MEMORIES, &["{\"id\":\"m\"}"]);
    let (code, sent) = home.json_in(&one, &["sync", "push"]);
    assert_eq!(code, 1, "{sent}");
    let conflict = &sent["ok"][0]["conflicts"][0];
    assert_eq!(conflict["path"], MEMORIES);
    assert!(conflict["why"].as_str().unwrap().contains("no line that is a JSON object"), "{conflict}");
    let text = home.says(&home.path("remote.git"), &["show", &format!("main:{EVENTS}")]);
    assert_eq!(
        text,
        format!("{}\n{{\"id\":\"b\"}}\n{{\"id\":\"b2\"}}", unknown.join("\n")),
        "byte for byte, then ours"
    );
    assert!(there(&home, MEMORIES).contains("oid sha256:0"), "it is left as it is");
    let (code, taken) = home.json_in(&one, &["sync", "pull"]);
    assert_eq!((code, taken["ok"][0]["changed"].as_bool()), (1, Some(true)), "{taken}");
    let here = fs::read_to_string(one.join(EVENTS)).unwrap();
    assert!(here.ends_with("{\"id\":\"a\",\"of\":\"a newer version\"}\nnot JSON at all\n{\"id\":\"c\"}\n"), "{here}");
}

#[test]
fn secrets_behind_links_and_ignored_files_are_not_sent() {
    let home = Home::new();
    let (remote, one) = remote_and_clone(&home);
    fs::write(home.path("secret"), "{\"password\":1}\n").unwrap();
    fs::create_dir(one.join(".trx")).unwrap();
    std::os::unix::fs::symlink(home.path("secret"), one.join(EVENTS)).unwrap();
    add(&one, ".trx/issues.jsonl", &["{\"id\":\"i\",\"updated_at\":\"2026-01-01T00:00:00Z\"}"]);
    fs::write(one.join(".gitignore"), ".mmry/\n").unwrap();
    add(&one, MEMORIES, &["{\"id\":\"private\"}"]);
    let (code, sent) = home.json_in(&one, &["sync", "push"]);
    assert_eq!((code, sent["ok"][0]["ignored"][0].as_str()), (1, Some(MEMORIES)), "{sent}");
    assert_eq!(sent["ok"][0]["conflicts"][0]["why"], "it is no ordinary file here");
    let files = home.says(&remote, &["ls-tree", "-r", "--name-only", "main"]);
    assert!(files.contains(".trx/issues.jsonl") && !files.contains("mmry") && !files.contains("events"), "{files}");
    // The other way round: a link that the remote has is not followed, and not replaced.
    fs::remove_file(one.join(EVENTS)).unwrap();
    let two = clone(&home, "two");
    std::os::unix::fs::symlink(home.path("secret"), two.join(EVENTS)).unwrap();
    home.git(&two, &["add", ".trx"]);
    home.git(&two, &["commit", "-q", "-m", "a link"]);
    home.git(&two, &["push", "-q"]);
    add(&one, EVENTS, &["{\"id\":\"a\"}"]);
    for verb in ["push", "pull"] {
        let (code, left) = home.json_in(&one, &["sync", verb]);
        assert_eq!((code, left["ok"][0]["conflicts"][0]["path"].as_str()), (1, Some(EVENTS)), "{left}");
    }
    assert_eq!(fs::read_to_string(home.path("secret")).unwrap(), "{\"password\":1}\n");
}

#[test]
fn a_pipeline_may_stand_off_a_branch_in_a_shallow_clone_or_a_bare_one() {
    let home = Home::new();
    let (remote, one) = remote_and_clone(&home);
    fs::write(one.join("more"), "x").unwrap();
    home.git(&one, &["add", "more"]);
    home.git(&one, &["commit", "-q", "-m", "second"]);
    home.git(&one, &["push", "-q"]);
    let url = format!("file://{}", remote.display());
    home.git(&home.path("code"), &["clone", "-q", "--depth=1", &url, "shallow"]);
    let shallow = home.path("code/shallow");
    home.git(&shallow, &["checkout", "-q", "--detach"]);
    add(&shallow, EVENTS, &["{\"id\":\"shallow\"}"]);
    let (code, sent) = home.json_in(&shallow, &["sync", "push"]);
    assert_eq!((code, sent["ok"][0]["branch"].as_str()), (0, Some("main")), "{sent}");
    assert_eq!(home.says(&remote, &["rev-list", "--count", "main"]), "3", "the whole history is there");

    home.git(&home.path("code"), &["clone", "-q", "--bare", &url, "bare.git"]);
    let bare = home.path("code/bare.git");
    let (code, idle) = home.json_in(&bare, &["sync", "push"]);
    assert_eq!((code, idle["ok"][0]["changed"].as_bool()), (0, Some(false)), "{idle}");
    let (code, refused) = home.json_in(&bare, &["sync", "pull"]);
    assert_eq!((code, refused["error"]["code"].as_str()), (1, Some("unsupported")), "{refused}");

    home.git(&one, &["checkout", "-q", "-b", "topic"]);
    add(&one, EVENTS, &["{\"id\":\"topic\"}"]);
    let (code, missing) = home.json_in(&one, &["sync", "push"]);
    assert_eq!((code, missing["error"]["code"].as_str()), (3, Some("not_found")), "{missing}");
    assert_eq!(home.json_in(&one, &["sync", "push", "--branch", "data", "--create"]).0, 0);
    assert_eq!(home.says(&remote, &["ls-tree", "-r", "--name-only", "data"]), EVENTS, "nothing else");
    let (code, all) = home.json_in(&home.path("code"), &["sync", "push", "--all", "--branch", "main"]);
    let failed: Vec<_> = all["ok"].as_array().unwrap().iter().filter(|row| row.get("error").is_some()).collect();
    assert_eq!((code, failed.len()), (3, 1), "only the one without a remote fails: {all}");
    assert_eq!(there(&home, EVENTS), set(&["{\"id\":\"shallow\"}", "{\"id\":\"topic\"}"]));
}

#[test]
fn of_a_small_file_the_side_that_changed_it_counts() {
    let home = Home::new();
    let (_, one) = remote_and_clone(&home);
    add(&one, ".trx/config.toml", &["prefix = \"a\""]);
    assert_eq!(home.json_in(&one, &["sync", "push"]).0, 0);
    let two = clone(&home, "two");
    fs::write(two.join(".trx/config.toml"), "prefix = \"b\"\n").unwrap();
    assert_eq!(home.json_in(&two, &["sync", "push"]).0, 0, "the remote has what the commit here has");
    assert_eq!(there(&home, ".trx/config.toml"), set(&["prefix = \"b\""]));
    let three = clone(&home, "three");
    fs::write(three.join(".trx/config.toml"), "prefix = \"c\"\n").unwrap();
    fs::write(two.join(".trx/config.toml"), "prefix = \"d\"\n").unwrap();
    assert_eq!(home.json_in(&three, &["sync", "push"]).0, 0);
    let (code, both) = home.json_in(&two, &["sync", "push"]);
    assert_eq!(code, 1, "{both}");
    assert_eq!(both["ok"][0]["conflicts"][0]["why"], "both sides changed it; settle it with git");
    assert_eq!(there(&home, ".trx/config.toml"), set(&["prefix = \"c\""]), "neither is lost");
}

#[test]
fn issues_of_two_clones_are_the_same_after_both_pushed_and_pulled() {
    let home = Home::new();
    let (_, one) = remote_and_clone(&home);
    let mut first = Store::init(&one, "app").unwrap();
    let shared = first.create(NewIssue::titled("shared")).unwrap();
    assert_eq!(home.json_in(&one, &["sync", "push"]).0, 0);
    let two = clone(&home, "two");
    let mut second = Store::open(&two.join(".trx")).unwrap();
    // Both change the same issue in different fields, and each makes one of its own.
    first.update(&shared, &Patch { title: Some("renamed – 日本".into()), ..Patch::default() }).unwrap();
    first.create(NewIssue::titled("of one")).unwrap();
    second.close(std::slice::from_ref(&shared), Some("done")).unwrap();
    second.create(NewIssue::titled("of two")).unwrap();
    for clone in [&one, &two, &one] {
        for verb in ["push", "pull"] {
            let (code, done) = home.json_in(clone, &["sync", verb]);
            assert_eq!((code, &done["ok"][0]["conflicts"]), (0, &serde_json::json!([])), "{done}");
        }
    }
    let lines = |folder: &Path| {
        let store = Store::open(&folder.join(".trx")).unwrap();
        assert!(store.damage().unwrap().is_empty());
        store.lines().unwrap()
    };
    let (ours, theirs) = (lines(&one), lines(&two));
    assert_eq!(ours, theirs);
    assert_eq!(ours.len(), 3);
    assert!(ours.iter().any(|line| line.contains("renamed – 日本") && line.contains("\"closed\"")), "{ours:?}");
    // Looking at the stores wrote nothing that would have to be carried again.
    for clone in [&one, &two] {
        let (_, apart) = home.json_in(clone, &["sync", "status"]);
        assert_eq!(apart["ok"][0]["files"], serde_json::json!([]), "{apart}");
    }
}

#[test]
fn the_branch_goes_along_where_it_stood_at_the_same_commit() {
    let home = Home::new();
    let (remote, one) = remote_and_clone(&home);
    add(&one, EVENTS, &["{\"id\":\"a\"}"]);
    fs::write(one.join("staged"), "x").unwrap();
    home.git(&one, &["add", "staged"]);
    let (code, sent) = home.json_in(&one, &["sync", "push", "--follow"]);
    assert_eq!((code, sent["ok"][0]["followed"].as_bool()), (0, Some(true)), "{sent}");
    assert_eq!(home.says(&one, &["rev-parse", "HEAD"]), home.says(&remote, &["rev-parse", "main"]));
    assert_eq!(home.says(&one, &["status", "--porcelain"]), "A  staged", "what was staged still is, and nothing else");
    // The branch has a commit of its own: it stays.
    home.git(&one, &["commit", "-q", "-m", "own"]);
    add(&one, EVENTS, &["{\"id\":\"b\"}"]);
    let head = home.says(&one, &["rev-parse", "HEAD"]);
    let (code, sent) = home.json_in(&one, &["sync", "push", "--follow"]);
    assert_eq!((code, sent["ok"][0]["followed"].as_bool()), (0, Some(false)), "{sent}");
    assert_eq!(home.says(&one, &["rev-parse", "HEAD"]), head);
    // Something of our files is staged: it stays, too.
    let two = clone(&home, "two");
    add(&two, EVENTS, &["{\"id\":\"c\"}"]);
    home.git(&two, &["add", ".trx"]);
    let staged = home.says(&two, &["diff", "--cached"]);
    let (_, sent) = home.json_in(&two, &["sync", "push", "--follow"]);
    assert_eq!(sent["ok"][0]["followed"].as_bool(), Some(false), "{sent}");
    assert_eq!(home.says(&two, &["diff", "--cached"]), staged);
}
