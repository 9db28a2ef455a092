//! The real service: killed, doubled, starved of disk, asked by others. Nothing that it acknowledged is ever lost.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use oqto_history::model::{Append, NewEntry};
use oqto_history::{Client, HistoryError};
use rustix::process::{Resource, Rlimit};
use support::{Home, create, say};

const WRITERS: usize = 50;

/// Appends until the service dies; what was acknowledged, with its number.
async fn write_until_killed(home: &Home, round: usize, kill_after: u64) -> BTreeMap<(usize, String), u64> {
    let service = home.serve().await;
    let (client, fence) = home.client().await;
    let acknowledged = Arc::new(AtomicU64::new(0));
    let mut writers = Vec::new();
    for writer in 0..WRITERS {
        let (client, fence, acknowledged) = (client.clone(), fence.clone(), Arc::clone(&acknowledged));
        writers.push(tokio::spawn(async move {
            let mut kept = Vec::new();
            for number in 0.. {
                let id = format!("r{round}w{writer}n{number}");
                let append = say(&format!("ses_{}", writer % 10), &id, &format!("text {number} of {writer}"));
                match client.append(&fence, append).await {
                    Ok(appended) => {
                        kept.push(((writer % 10, id), appended.entries[0].seq));
                        acknowledged.fetch_add(1, Ordering::Relaxed);
                    }
                    Err(error) => {
                        assert!(matches!(error, HistoryError::Unavailable(_)), "{error:?}");
                        break;
                    }
                }
            }
            kept
        }));
    }
    while acknowledged.load(Ordering::Relaxed) < kill_after {
        tokio::task::yield_now().await;
    }
    service.kill();
    let mut kept = BTreeMap::new();
    for writer in writers {
        kept.extend(writer.await.unwrap());
    }
    assert!(kept.len() as u64 >= kill_after);
    kept
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_during_fifty_writers_it_has_lost_nothing_that_it_acknowledged() {
    let home = Home::new();
    let service = home.serve().await;
    let (client, fence) = home.client().await;
    for conversation in 0..10 {
        create(&client, &fence, &format!("ses_{conversation}")).await;
    }
    assert_eq!(service.terminate().await, 0);
    let mut kept = BTreeMap::new();
    for (round, kill_after) in [50, 400, 173, 1000, 611].into_iter().enumerate() {
        kept.extend(write_until_killed(&home, round, kill_after).await);
    }
    let service = home.serve().await;
    let client = Client::connect_unix(&home.socket()).await.unwrap();
    let mut found = BTreeMap::new();
    for conversation in 0..10 {
        let id = format!("ses_{conversation}");
        let mut expected = 1;
        loop {
            let page = client.entries(&id, expected - 1, 1000).await.unwrap();
            if page.entries.is_empty() {
                assert_eq!(page.head, expected - 1);
                break;
            }
            for entry in page.entries {
                assert_eq!(entry.seq, expected, "{id} has a gap");
                expected += 1;
                assert_eq!(found.insert((conversation, entry.id), entry.seq), None, "{id} has an entry twice");
            }
        }
    }
    let lost: Vec<_> = kept.iter().filter(|(id, seq)| found.get(id) != Some(seq)).collect();
    assert!(lost.is_empty(), "{} of {} acknowledged entries are lost: {lost:?}", lost.len(), kept.len());
    assert_eq!(service.terminate().await, 0);
    let (code, report) = home.json(&["verify"]);
    assert_eq!((code, report["ok"]["damage"].as_array().unwrap().len()), (0, 0), "{report}");
}

#[tokio::test]
async fn a_client_goes_on_by_itself_when_the_service_was_started_anew() {
    let home = Home::new();
    let service = home.serve().await;
    let (client, fence) = home.client().await;
    create(&client, &fence, "ses_1").await;
    client.append(&fence, say("ses_1", "e1", "before")).await.unwrap();
    service.kill();
    let error = client.append(&fence, say("ses_1", "e2", "away")).await.unwrap_err();
    assert!(matches!(&error, HistoryError::Unavailable(_)) && error.retryable(), "{error:?}");
    // The dead service left its socket file behind: it is replaced.
    assert!(home.socket().exists());
    let service = home.serve().await;
    assert_eq!(client.append(&fence, say("ses_1", "e2", "again")).await.unwrap().head, 2);
    assert_eq!(service.terminate().await, 0);
    assert!(!home.socket().exists());
}

#[tokio::test]
async fn a_service_that_was_stopped_makes_nobody_wait_for_ever() {
    let home = Home::new();
    let service = home.serve().await;
    let (client, fence) = home.client().await;
    create(&client, &fence, "ses_1").await;
    let pid = rustix::process::Pid::from_child(&service.child);
    rustix::process::kill_process(pid, rustix::process::Signal::STOP).unwrap();
    let stopped = rustix::process::waitpid(Some(pid), rustix::process::WaitOptions::UNTRACED).unwrap();
    assert!(stopped.is_some_and(|(_, status)| status.stopped()));
    let hasty = client.clone().with_patience(std::time::Duration::from_millis(200));
    let error = hasty.append(&fence, say("ses_1", "e1", "hi")).await.unwrap_err();
    assert!(matches!(&error, HistoryError::Unavailable(_)) && error.retryable(), "{error:?}");
    rustix::process::kill_process(pid, rustix::process::Signal::CONT).unwrap();
    // Whether or not the first one got through, it is there once.
    assert_eq!(client.append(&fence, say("ses_1", "e1", "hi")).await.unwrap().head, 1);
    drop((client, hasty));
    assert_eq!(service.terminate().await, 0);
}

#[tokio::test]
async fn a_second_service_on_the_same_database_is_refused_unless_the_first_answers() {
    let home = Home::new();
    let service = home.serve().await;
    let (code, _, stderr) = home.run(&["serve"]);
    assert_eq!((code, stderr.as_str()), (0, "a service answers there already\n"));
    let elsewhere = home.folder.path().join("run/other.sock");
    let (code, stdout, _) = home.run(&["serve", "--json", "--socket", elsewhere.to_str().unwrap()]);
    let error: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((code, error["error"]["code"].as_str()), (75, Some("unavailable")), "{error}");
    assert!(error["error"]["message"].as_str().unwrap().contains("owned by another process"), "{error}");
    assert!(!elsewhere.exists());
    let other = home.folder.path().join("data/other.db");
    let (code, _, stderr) = home.run(&["serve", "--database", other.to_str().unwrap()]);
    assert_eq!(code, 1, "{stderr}");
    assert!(stderr.contains("another service answers on"), "{stderr}");
    assert_eq!(service.terminate().await, 0);
}

#[tokio::test]
async fn it_ends_when_nobody_needs_it() {
    let home = Home::new();
    let mut service = home.serve_with(home.command().args(["serve", "--idle-timeout", "1"])).await;
    let client = Client::connect_unix(&home.socket()).await.unwrap();
    client.stats().await.unwrap();
    drop(client);
    let code = tokio::task::spawn_blocking(move || service.child.wait().unwrap().code()).await.unwrap();
    assert_eq!(code, Some(0));
    assert!(!home.socket().exists());
}

#[tokio::test]
async fn socket_and_files_belong_to_the_user_alone() {
    let home = Home::new();
    let service = home.serve().await;
    let (client, fence) = home.client().await;
    create(&client, &fence, "ses_1").await;
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&home.socket()), 0o600);
    assert_eq!(mode(home.socket().parent().unwrap()), 0o700);
    assert_eq!(mode(home.database().parent().unwrap()), 0o700);
    for file in std::fs::read_dir(home.database().parent().unwrap()).unwrap() {
        let file = file.unwrap().path();
        assert_eq!(mode(&file) & 0o077, 0, "{}", file.display());
    }
    assert_eq!(service.terminate().await, 0);
}

/// What a thread is told that asks with a user's credentials.
fn asked_as(home: &Home, uid: Option<u32>) -> Result<(), HistoryError> {
    let socket = home.socket();
    let ask = move || {
        if let Some(uid) = uid {
            rustix::thread::set_thread_uid(rustix::process::Uid::from_raw(uid)).unwrap();
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async { Client::connect_unix(&socket).await?.stats().await.map(drop) })
    };
    std::thread::spawn(ask).join().unwrap()
}

/// Only root can become somebody else; for everybody else the test of the check itself shows the refusal.
#[tokio::test]
async fn another_user_is_refused_by_the_socket_itself() {
    let home = Home::new();
    let service = home.serve().await;
    // All file modes are opened up, so that only the credentials of the socket are left to refuse.
    for path in [home.folder.path(), home.socket().parent().unwrap(), &home.socket()] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o777)).unwrap();
    }
    if rustix::process::geteuid().is_root() {
        let error = asked_as(&home, Some(65534)).unwrap_err();
        assert!(matches!(&error, HistoryError::NotPermitted(text) if text.contains("from user 65534")), "{error:?}");
    }
    assert_eq!(asked_as(&home, None), Ok(()));
    assert_eq!(service.terminate().await, 0);
}

/// More than the file may grow to.
fn large(conversation: &str, id: &str) -> Append {
    let mut append = say(conversation, id, "");
    let text = "x".repeat(4 << 20);
    append.entries = vec![NewEntry { data: format!("{{\"text\":\"{text}\"}}").into(), ..append.entries.remove(0) }];
    append
}

#[tokio::test]
async fn after_a_failed_write_nothing_is_acknowledged_until_writing_works_again() {
    let home = Home::new();
    let mut shell = home.through("/bin/sh");
    // Ignored, the signal of a file that grows too large becomes an error of the write.
    shell.args(["-c", "trap '' XFSZ; exec \"$0\" serve", env!("CARGO_BIN_EXE_hstry")]);
    let service = home.serve_with(&mut shell).await;
    let (client, fence) = home.client().await;
    create(&client, &fence, "ses_1").await;
    client.append(&fence, say("ses_1", "e1", "kept")).await.unwrap();
    let pid = rustix::process::Pid::from_child(&service.child);
    let limit = |bytes| Rlimit { current: bytes, maximum: None };
    rustix::process::prlimit(Some(pid), Resource::Fsize, limit(Some(1 << 20))).unwrap();
    let error = client.append(&fence, large("ses_1", "e2")).await.unwrap_err();
    assert!(matches!(&error, HistoryError::Io(text) if text.contains("hstry.db")) && error.retryable(), "{error:?}");
    let seen = client.entries("ses_1", 0, 0).await.unwrap();
    assert_eq!((seen.head, seen.entries.len()), (1, 1));
    rustix::process::prlimit(Some(pid), Resource::Fsize, limit(None)).unwrap();
    let again = client.append(&fence, large("ses_1", "e2")).await.unwrap();
    assert_eq!((again.head, again.entries[0].existed), (2, false));
    service.kill();
    let (code, report) = home.json(&["verify"]);
    assert_eq!((code, report["ok"]["rows"].as_u64()), (0, Some(5)), "{report}");
}

#[tokio::test]
async fn a_newer_database_is_refused_and_left_as_it_is() {
    let home = Home::new();
    assert_eq!(home.serve().await.terminate().await, 0);
    let mut bytes = std::fs::read(home.database()).unwrap();
    // The version number in the header of the file.
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    std::fs::write(home.database(), &bytes).unwrap();
    for command in ["serve", "list", "stats", "verify"] {
        let (code, _, stderr) = home.run(&[command]);
        assert_eq!(code, 78, "{command}: {stderr}");
        assert!(stderr.contains("has version 99, this program knows up to ") && stderr.contains("hint:"), "{stderr}");
    }
    assert_eq!(std::fs::read(home.database()).unwrap(), bytes);
}

/// Runs the service on a disk of two megabytes where this process may make one.
#[tokio::test]
async fn a_full_disk_is_told_and_keeps_what_was_acknowledged() {
    let home = Home::new();
    let disk = home.database().parent().unwrap().to_path_buf();
    std::fs::create_dir_all(&disk).unwrap();
    let mut own = home.through("unshare");
    let script = "mount -t tmpfs -o size=2m none \"$1\" && exec \"$0\" serve";
    own.args(["--user", "--map-root-user", "--mount", "/bin/sh", "-c", script, env!("CARGO_BIN_EXE_hstry")]).arg(&disk);
    let service = home.serve_with(&mut own).await;
    let (client, fence) = home.client().await;
    create(&client, &fence, "ses_1").await;
    let mut kept = 0;
    let error = loop {
        let text = "x".repeat(20_000);
        match client.append(&fence, say("ses_1", &format!("e{kept}"), &text)).await {
            Ok(appended) => kept = appended.head,
            Err(error) => break error,
        }
        assert!(kept < 200, "the disk is never full");
    };
    assert!(
        matches!(&error, HistoryError::DiskFull(text) if text.contains("no space")) && error.retryable(),
        "{error:?}"
    );
    let mut read = 0;
    while read < kept {
        let page = client.entries("ses_1", read, 0).await.unwrap();
        assert_eq!(page.head, kept);
        read = page.entries.last().unwrap().seq;
    }
    assert_eq!(read, kept);
    drop(service);
}

#[tokio::test]
async fn after_a_failed_fsync_the_same_append_goes_through_and_is_there_once() {
    let home = Home::new();
    let mut traced = home.through("strace");
    // Every thread's thirtieth to thirty-second wait for the disk fails; only the writer gets that far.
    traced.args(["--follow-forks", "--quiet=all", "--output=/dev/null", "--trace=fsync,fdatasync"]);
    traced.args(["--inject=fsync,fdatasync:error=EIO:when=30..32"]);
    // Whatever happens to the tracer, the service does not outlive it.
    traced.args(["setpriv", "--pdeathsig", "KILL", env!("CARGO_BIN_EXE_hstry"), "serve"]);
    let service = home.serve_with(&mut traced).await;
    let (client, fence) = home.client().await;
    create(&client, &fence, "ses_1").await;
    let mut failures = 0;
    for number in 1..=60 {
        let append = say("ses_1", &format!("e{number}"), "text");
        let appended = loop {
            match client.append(&fence, append.clone()).await {
                Ok(appended) => break appended,
                Err(error) => {
                    assert!(matches!(&error, HistoryError::Io(_)) && error.retryable(), "{error:?}");
                    failures += 1;
                    assert!(failures < 20, "writing never works again");
                }
            }
        };
        assert_eq!((appended.head, appended.entries[0].seq), (number, number));
    }
    assert!(failures > 0, "no failure was injected");
    drop(client);
    // The tracer is our child, the service is its.
    let lock = std::fs::read_to_string(home.folder.path().join("data/hstry.db.lock")).unwrap();
    let pid = rustix::process::Pid::from_raw(lock.trim().parse().unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
    service.ended();
    let (code, stats) = home.json(&["stats"]);
    assert_eq!((code, stats["ok"]["entries"].as_u64()), (0, Some(60)));
    assert_eq!(home.run(&["verify"]).0, 0);
}
