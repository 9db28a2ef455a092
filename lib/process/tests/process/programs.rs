//! Programs that are not held.

use std::path::Path;
use std::time::{Duration, Instant};

use oqto_process::helper::{Bounds, Environment, Helper, HelperError, detached, piped, run};
use oqto_process::procfs;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};

const BOUNDS: Bounds = Bounds { deadline: Duration::from_secs(30), output: 1 << 20 };

fn sh(script: &str) -> Helper {
    Helper::new("/bin/sh").args(["-c", script])
}

fn lives(pid: i32) -> bool {
    procfs::stat(pid).is_some_and(|stat| !stat.is_zombie())
}

fn until(what: &str, mut condition: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !condition() {
        assert!(Instant::now() < deadline, "waited in vain for {what}");
        std::thread::park_timeout(Duration::from_millis(5));
    }
}

fn pid_in(path: &Path) -> i32 {
    until("a pid file", || std::fs::read_to_string(path).is_ok_and(|text| text.ends_with('\n')));
    std::fs::read_to_string(path).expect("a pid file").trim().parse().expect("a pid")
}

#[tokio::test]
async fn a_program_runs_to_its_end() {
    let helper = sh("cat; echo err >&2; pwd; echo $ONLY; exit 3").cwd("/usr");
    let helper = helper.environment(Environment::Exactly(vec![("ONLY".into(), "this".into())]));
    let output = run(&helper, b"in\n", BOUNDS).await.expect("an output");
    assert_eq!(output.status.code(), Some(3));
    assert_eq!((output.stdout.as_slice(), output.stderr.as_slice()), (&b"in\n/usr\nthis\n"[..], &b"err\n"[..]));
}

#[tokio::test]
async fn a_program_that_does_not_read_much_input_is_no_failure() {
    let output = run(&sh("exec <&-; echo fine"), &vec![b'x'; 1 << 20], BOUNDS).await.expect("an output");
    assert_eq!(output.stdout, b"fine\n");
}

#[tokio::test]
async fn a_deadline_ends_the_whole_tree() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("pid");
    let script =
        format!("setsid sh -c 'trap \"\" TERM; echo $$ > {}; while :; do sleep 1; done' & wait", file.display());
    let bounds = Bounds { deadline: Duration::from_millis(700), ..BOUNDS };
    let error = run(&sh(&script), b"", bounds).await.expect_err("too slow");
    assert!(matches!(error, HelperError::Deadline { .. }), "{error:?}");
    let pid = pid_in(&file);
    assert!(!lives(pid));
    let control = run(&sh("sleep 0.05; echo done"), b"", bounds).await.expect("quick enough");
    assert_eq!(control.stdout, b"done\n");
}

#[tokio::test]
async fn what_a_finished_program_leaves_behind_keeps_nobody_waiting() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("pid");
    let script =
        format!("sh -c 'echo $$ > {}; exec sleep 1000' & while ! [ -s {0} ]; do :; done; echo done", file.display());
    let output = run(&sh(&script), b"", BOUNDS).await.expect("an output");
    assert_eq!(output.stdout, b"done\n");
    assert!(!lives(pid_in(&file)), "it held the output open, and was ended");
}

#[tokio::test]
async fn too_much_output_ends_it() {
    let bounds = Bounds { output: 1000, ..BOUNDS };
    let error = run(&sh("while :; do echo more; done"), b"", bounds).await.expect_err("too much");
    assert!(matches!(error, HelperError::TooMuch { limit: 1000, .. }), "{error:?}");
    let exact = run(&sh("head -c 1000 /dev/zero"), b"", bounds).await.expect("exactly as much as allowed");
    assert_eq!(exact.stdout.len(), 1000);
}

#[tokio::test]
async fn a_missing_program_is_named() {
    let error = run(&Helper::new("/no/such/program"), b"", BOUNDS).await.expect_err("missing");
    assert_eq!(error.to_string(), "/no/such/program cannot be started");
}

#[tokio::test]
async fn a_piped_program_talks_and_dies_with_its_handle() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("pid");
    let script = format!("setsid sh -c 'echo $$ > {}; exec sleep 1000' & exec cat", file.display());
    let mut program = piped(&sh(&script)).expect("a program");
    let mut stdin = program.stdin.take().expect("its input");
    let mut stdout = BufReader::new(program.stdout.take().expect("its output"));
    stdin.write_all(b"hello\n").await.expect("written");
    let mut said = String::new();
    stdout.read_line(&mut said).await.expect("read");
    assert_eq!(said, "hello\n");
    let (pid, away) = (program.pid().expect("a pid").cast_signed(), pid_in(&file));
    assert!(lives(pid) && lives(away), "the control");
    drop(program);
    until("the program and its tree to be gone", || !lives(pid) && !lives(away));
    assert_eq!(stdout.read(&mut [0; 8]).await.expect("an end"), 0);
}

#[tokio::test]
async fn a_piped_program_that_ends_says_how() {
    let mut program = piped(&sh("exit 4")).expect("a program");
    assert_eq!(program.exited().await.expect("a status").code(), Some(4));
    let other = piped(&sh("exec sleep 1000")).expect("a program");
    let status = other.end().await.expect("a status");
    assert_eq!(std::os::unix::process::ExitStatusExt::signal(&status), Some(9));
}

#[tokio::test]
async fn a_detached_daemon_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, log) = (folder.path().join("pid"), folder.path().join("log"));
    let script = format!("echo started; echo trouble >&2; echo $$ > {}; exec sleep 1000", file.display());
    let daemon = detached(&sh(&script), &log).expect("a daemon");
    let pid = daemon.pid().expect("a pid").cast_signed();
    assert_eq!(pid_in(&file), pid);
    drop(daemon);
    assert!(lives(pid), "it outlives its handle");
    assert_eq!(std::fs::read_to_string(&log).expect("a log"), "started\ntrouble\n");
    let session = std::fs::read_to_string(format!("/proc/{pid}/stat")).expect("a stat");
    let leader = session.rsplit(") ").next().and_then(|rest| rest.split(' ').nth(3)?.parse().ok());
    assert_eq!(leader, Some(pid), "it leads a session of its own");
    let handle = oqto_process::tree::Handle::open(&procfs::stat(pid).expect("the daemon")).expect("a handle");
    handle.signal(rustix::process::Signal::KILL).expect("killed");
    until("the daemon to be gone", || !lives(pid));
}

#[tokio::test]
async fn a_daemon_that_fails_early_can_be_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("log");
    let mut daemon = detached(&sh("echo no >&2; exit 78"), &log).expect("a daemon");
    assert_eq!(daemon.exited().await.expect("a status").code(), Some(78));
    let nowhere = detached(&sh("true"), &folder.path().join("missing/log")).expect_err("no folder for the log");
    assert!(matches!(nowhere, HelperError::Spawn { .. }));
}
