//! Every call against the real git, in repositories of the test's own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::Command;

use oqto_repo::commit::{Committed, Identity};
use oqto_repo::history::commit_times;
use oqto_repo::network::Pushed;
use oqto_repo::snapshot::Blob;
use oqto_repo::status::Untracked;
use oqto_repo::{Git, GitError, locate, loose};

struct Ground {
    folder: tempfile::TempDir,
}

fn by() -> Identity {
    Identity { name: "Tester".into(), email: "tester@localhost".into() }
}

#[expect(clippy::disallowed_methods, reason = "the test arranges with the real program")]
fn sh(dir: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=Ada", "-c", "user.email=ada@localhost", "-c", "init.defaultBranch=main"])
        .args(arguments)
        .current_dir(dir)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

impl Ground {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A repository with one commit of `a`.
    fn repository(&self, name: &str) -> Git {
        let path = self.path(name);
        std::fs::create_dir(&path).unwrap();
        sh(&path, &["init", "-q"]);
        write(&path, "a", "one\n");
        sh(&path, &["add", "a"]);
        sh(&path, &["commit", "-q", "-m", "first"]);
        Git::at(path).unwrap()
    }

    /// A bare repository that two clones share.
    fn shared(&self) -> (Git, Git) {
        let first = self.repository("first");
        sh(self.folder.path(), &["init", "-q", "--bare", "remote.git"]);
        sh(first.dir(), &["remote", "add", "origin", "../remote.git"]);
        sh(first.dir(), &["push", "-q", "-u", "origin", "main"]);
        sh(self.folder.path(), &["clone", "-q", "remote.git", "second"]);
        (first, Git::at(self.path("second")).unwrap())
    }
}

fn write(dir: &Path, name: &str, content: &str) {
    let path = dir.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, content).unwrap();
}

#[test]
fn only_named_paths_are_committed() {
    let ground = Ground::new();
    let git = ground.repository("r");
    let paths = [".trx"];
    assert_eq!(git.commit_paths(&paths, "sync", &by()).unwrap(), Committed::Nothing);
    write(git.dir(), "staged", "mine\n");
    write(git.dir(), ".trx/ünïcode *.jsonl", "{}\n");
    sh(git.dir(), &["add", "staged"]);
    let Committed::Commit(oid) = git.commit_paths(&paths, "sync", &by()).unwrap() else { panic!("a commit") };
    let files: Vec<_> = git.files_of(&oid, &paths).unwrap().into_iter().map(|blob| blob.path).collect();
    assert_eq!(files, [Path::new(".trx/ünïcode *.jsonl")]);
    assert_eq!(git.staged_files().unwrap(), [Path::new("staged")], "what was staged still is");
    assert_eq!(git.commit_paths(&paths, "sync", &by()).unwrap(), Committed::Nothing);
    std::fs::remove_file(git.dir().join(".trx/ünïcode *.jsonl")).unwrap();
    assert_ne!(git.commit_paths(&paths, "gone", &by()).unwrap(), Committed::Nothing);
}

#[test]
fn a_hook_may_refuse_and_says_why() {
    use std::os::unix::fs::PermissionsExt as _;
    let ground = Ground::new();
    let git = ground.repository("r");
    let hook = git.dir().join(".git/hooks/pre-commit");
    std::fs::create_dir_all(hook.parent().unwrap()).unwrap();
    std::fs::write(&hook, "#!/bin/sh\necho not today >&2; exit 1\n").unwrap();
    std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o755)).unwrap();
    write(git.dir(), "b", "two\n");
    let refused = git.commit_paths(&["b"], "no", &by()).unwrap_err();
    assert!(matches!(&refused, GitError::Failed { said, .. } if said.contains("not today")), "{refused:?}");
    std::fs::remove_file(hook).unwrap();
    assert_ne!(git.commit_paths(&["b"], "yes", &by()).unwrap(), Committed::Nothing, "the control");
}

#[test]
fn status_names_branch_upstream_and_files() {
    let ground = Ground::new();
    let (git, second) = ground.shared();
    write(second.dir(), "b", "two\n");
    second.commit_paths(&["b"], "second", &by()).unwrap();
    sh(second.dir(), &["push", "-q"]);
    sh(git.dir(), &["fetch", "-q"]);
    write(git.dir(), "a", "changed\n");
    write(git.dir(), "日本\nline", "new\n");
    let status = git.status(Untracked::Normal).unwrap();
    assert_eq!(status.head.branch.as_deref(), Some("main"));
    assert_eq!((status.head.upstream.as_deref(), status.head.ahead_behind), (Some("origin/main"), Some((0, 1))));
    let counts = status.counts();
    assert_eq!((counts.unstaged, counts.untracked), (1, 1));
    assert_eq!(git.status(Untracked::No).unwrap().counts().untracked, 0);
    sh(git.dir(), &["checkout", "-q", "--detach"]);
    assert_eq!(git.status(Untracked::No).unwrap().head.branch, None);
}

#[test]
fn a_place_is_found_without_git() {
    let ground = Ground::new();
    let git = ground.repository("r");
    let deep = git.dir().join("x/y");
    std::fs::create_dir_all(&deep).unwrap();
    let place = locate(&deep).unwrap();
    assert_eq!((place.root(), place.is_linked()), (git.dir(), false));
    assert_eq!(git.beside(&deep).top_level().unwrap(), git.dir().canonicalize().unwrap());
    sh(git.dir(), &["worktree", "add", "-q", "../linked"]);
    let linked = locate(&ground.path("linked")).unwrap();
    assert!(linked.is_linked());
    assert_eq!(linked.common_dir, git.dir().join(".git").canonicalize().unwrap());
    sh(ground.folder.path(), &["init", "-q", "--bare", "bare.git"]);
    assert_eq!(locate(&ground.path("bare.git")).unwrap().work_tree, None);
    assert_eq!(locate(ground.folder.path()), None);
    let outside = Git::at(ground.folder.path()).unwrap().branch().unwrap_err();
    assert!(matches!(outside, GitError::NotARepository { .. }), "{outside:?}");
    let missing = Git::at(ground.path("nowhere")).unwrap().branch().unwrap_err();
    assert!(matches!(missing, GitError::NotARepository { .. }), "{missing:?}");
}

#[test]
fn a_snapshot_touches_neither_work_tree_nor_index_nor_branch() {
    let ground = Ground::new();
    let git = ground.repository("r");
    write(git.dir(), "staged", "mine\n");
    sh(git.dir(), &["add", "staged"]);
    let head = git.commit_named("HEAD").unwrap().unwrap();
    let blob = Blob { path: ".mmry/mmry.jsonl".into(), oid: git.store(b"{\"a\":1}\n").unwrap() };
    let made = git.commit_on(Some(&head), std::slice::from_ref(&blob), "memories\n", &by()).unwrap();
    assert_eq!(git.commit_named("HEAD").unwrap().unwrap(), head);
    assert_eq!(git.staged_files().unwrap(), [Path::new("staged")]);
    assert_eq!(git.changed_between(&head, &made).unwrap(), [Path::new(".mmry/mmry.jsonl")]);
    assert_eq!(git.content(&blob.oid).unwrap(), b"{\"a\":1}\n");
    assert!(git.is_ancestor(&head, &made).unwrap() && !git.is_ancestor(&made, &head).unwrap());
    git.set_index_files(std::slice::from_ref(&blob)).unwrap();
    assert_eq!(git.index_files(&[".mmry"]).unwrap(), [blob]);
    assert!(!git.move_ref("refs/heads/main", &made, &head, "wrong start").unwrap());
    assert!(git.move_ref("refs/heads/main", &head, &made, "sync").unwrap());
    let first = git.commit_on(None, &git.index_files(&[".mmry"]).unwrap(), "alone\n", &by()).unwrap();
    assert_eq!(git.files_of::<&str>(&first, &[]).unwrap().len(), 1);
}

#[test]
fn a_push_is_done_moved_or_refused() {
    let ground = Ground::new();
    let (git, second) = ground.shared();
    let base = git.fetch_branch("origin", "main").unwrap().unwrap();
    assert_eq!(git.fetch_branch("origin", "no-such").unwrap(), None);
    assert_eq!(sh(git.dir(), &["for-each-ref", "refs/oqto"]), "", "nothing is left behind");
    let commit = |git: &Git, name: &str| {
        let blob = Blob { path: name.into(), oid: git.store(name.as_bytes()).unwrap() };
        git.commit_on(Some(&base), &[blob], name, &by()).unwrap()
    };
    let (ours, theirs) = (commit(&git, "ours"), commit(&second, "theirs"));
    assert_eq!(second.push_commit("origin", &theirs, "main").unwrap(), Pushed::Done);
    assert_eq!(git.push_commit("origin", &ours, "main").unwrap(), Pushed::Moved);
    assert_eq!(git.remote_branches("origin").unwrap(), [("main".to_owned(), theirs)]);
    assert_eq!(git.remote_default_branch("origin").unwrap().as_deref(), Some("main"));
    sh(&ground.path("remote.git"), &["config", "receive.denyDeletes", "true"]);
    let hook = ground.path("remote.git/hooks/pre-receive");
    std::fs::create_dir_all(hook.parent().unwrap()).unwrap();
    std::fs::write(&hook, "#!/bin/sh\necho not on a Friday >&2; exit 1\n").unwrap();
    std::fs::set_permissions(&hook, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let next = git.fetch_branch("origin", "main").unwrap().unwrap();
    let blob = Blob { path: "ours".into(), oid: git.store(b"ours").unwrap() };
    let again = git.commit_on(Some(&next), &[blob], "again", &by()).unwrap();
    let Pushed::Refused { why } = git.push_commit("origin", &again, "main").unwrap() else { panic!("refused") };
    assert!(why.contains("hook declined") && why.contains("not on a Friday"), "{why}");
    std::fs::remove_file(hook).unwrap();
    assert_eq!(git.push_commit("origin", &again, "main").unwrap(), Pushed::Done, "the control");
}

#[test]
fn a_remote_that_is_not_there_is_named_so() {
    let ground = Ground::new();
    let git = ground.repository("r");
    let gone = git.remote_branches("/no/such/remote.git").unwrap_err();
    assert!(matches!(gone, GitError::NoRemote { .. }), "{gone:?}");
    let closed = git.remote_branches("http://127.0.0.1:9/x.git").unwrap_err();
    assert!(matches!(closed, GitError::Unreachable { .. }), "{closed:?}");
    assert_eq!(git.default_remote().unwrap(), None);
    sh(git.dir(), &["remote", "add", "hub", "https://ada:secret@host.example/x.git"]);
    assert_eq!(git.remotes().unwrap()[0].url, "https://host.example/x.git");
    assert_eq!(git.default_remote().unwrap().as_deref(), Some("hub"));
}

#[test]
fn history_tags_and_ages() {
    let ground = Ground::new();
    let git = ground.repository("r");
    let other = ground.repository("with:colon");
    sh(git.dir(), &["tag", "-a", "v1.0.0", "-m", "one"]);
    write(git.dir(), "b", "two\n");
    git.commit_paths(&["b"], "feat: two\n\nBREAKING CHANGE: all", &by()).unwrap();
    let log = git.log(Some("v1.0.0"), "HEAD", 10).unwrap();
    assert_eq!(log.len(), 1);
    assert_eq!((log[0].subject.as_str(), log[0].body.as_str()), ("feat: two", "BREAKING CHANGE: all"));
    let root = git.root_commit().unwrap().unwrap();
    assert_eq!(git.tags().unwrap()[0].commit, root, "an annotated tag is followed to its commit");
    assert_eq!(git.tags_within("HEAD").unwrap(), ["v1.0.0"]);
    let (head, theirs) = (git.last_commit().unwrap().unwrap(), other.last_commit().unwrap().unwrap());
    let wanted =
        [(git.dir().join(".git/objects"), head.oid.clone()), (other.dir().join(".git/objects"), theirs.oid.clone())];
    let times = commit_times(&git, &wanted).unwrap();
    assert_eq!((times[&head.oid], times[&theirs.oid]), (head.time, theirs.time));
}

#[test]
fn the_age_of_a_commit_in_a_file_of_its_own_needs_no_git() {
    let ground = Ground::new();
    let git = ground.repository("r");
    let head = git.last_commit().unwrap().unwrap();
    let objects = git.dir().join(".git/objects");
    assert_eq!(loose::commit_time(&objects, &head.oid), Some(head.time));
    let blob = git.store(b"no commit\ncommitter a <b> 1 +0000\n").unwrap();
    assert_eq!(loose::commit_time(&objects, &blob), None, "a blob is no commit");
    let file = objects.join(&head.oid.as_str()[..2]).join(&head.oid.as_str()[2..]);
    let whole = std::fs::read(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    std::fs::write(&file, &whole[..whole.len() / 3]).unwrap();
    assert_eq!(loose::commit_time(&objects, &head.oid), None, "a damaged one is left to git");
    std::fs::write(&file, whole).unwrap();
    sh(git.dir(), &["gc", "-q"]);
    assert_eq!(loose::commit_time(&objects, &head.oid), None, "a packed one is left to git");
    assert_eq!(commit_times(&git, &[(objects, head.oid.clone())]).unwrap()[&head.oid], head.time);
}

#[test]
fn a_clone_is_shallow_and_runs_nothing() {
    let ground = Ground::new();
    let git = ground.repository("template");
    let url = format!("file://{}", git.dir().display());
    git.beside(ground.folder.path()).clone_newest(&url, None, &ground.path("copy")).unwrap();
    assert_eq!(std::fs::read_to_string(ground.path("copy/a")).unwrap(), "one\n");
    assert!(locate(&ground.path("copy")).unwrap().is_shallow() || git.last_commit().unwrap().is_some());
    let new = git.beside(ground.path("copy"));
    assert_eq!(new.branch().unwrap().as_deref(), Some("main"));
}
