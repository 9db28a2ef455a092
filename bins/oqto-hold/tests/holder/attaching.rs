//! Who is attached, from where, and that a client may vanish at any moment.

use std::io::{BufRead, Read, Write};
use std::os::unix::net::UnixStream;

use oqto_process::frames::{Call, Refusal, Request};
use oqto_process::{AttachError, CallError, Kind, Record, StreamError, attach, status};
use tokio::time::timeout;

use crate::again::{given, inner};
use crate::bench::*;

async fn refused(bench: &Bench, epoch: u64, from: u64) -> Refusal {
    match attach(&bench.dir(), epoch, from).await {
        Err(AttachError::Refused { refusal, .. }) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

#[tokio::test]
async fn a_later_epoch_fences_and_an_earlier_one_is_refused() {
    let mut bench = Bench::new(vec!["cat".into()]);
    let (old, mut old_records) = {
        bench.start().await;
        bench.attach(5, 0).await
    };
    old.send("old-1", b"a\n".to_vec()).await.expect("the control: the first client may send");
    assert_eq!(refused(&bench, 4, 0).await, Refusal::Epoch { current: 5 });
    old.send("old-2", b"b\n".to_vec()).await.expect("a refused one changes nothing");
    let (new, mut new_records) = bench.attach(6, 0).await;
    let end = loop {
        match old_records.next().await {
            Some(Ok(_)) => {}
            Some(Err(end)) => break end,
            None => panic!("a fenced client does not look released"),
        }
    };
    assert!(matches!(end, StreamError::Fenced { epoch: 6 }), "{end:?}");
    assert!(old_records.next().await.is_none());
    assert!(matches!(old.send("old-3", b"c\n".to_vec()).await, Err(CallError::Detached { .. })));
    new.send("new-1", b"d\n".to_vec()).await.expect("sent");
    new.close_stdin().await.expect("closed");
    let all = to_end(&mut new_records).await;
    assert_eq!(stdout(&all), b"a\nb\nd\n", "nothing of the fenced client came through");
    assert_eq!(refused(&bench, 5, 0).await, Refusal::Epoch { current: 6 });
}

#[tokio::test]
async fn a_client_of_the_same_epoch_replaces_its_own_lost_connection() {
    let mut bench = Bench::new(vec!["cat".into()]);
    let (_first, mut first_records) = bench.up().await;
    let (second, mut second_records) = bench.attach(1, 0).await;
    while let Some(Ok(_)) = first_records.next().await {}
    second.send("x", b"x\n".to_vec()).await.expect("sent");
    collect(&mut second_records, |record| matches!(record.kind, Kind::Out(_))).await;
}

#[tokio::test]
async fn every_position_gives_exactly_the_rest() {
    let mut bench = Bench::sh("i=0; while [ $i -lt 200 ]; do echo $i; i=$((i+1)); done");
    let (_holder, mut records) = bench.up().await;
    let all = to_end(&mut records).await;
    let next = all.len() as u64;
    for from in (0..next).step_by(7).chain([next - 1]) {
        let (_holder, mut records) = bench.attach(1, from).await;
        assert_eq!(to_end(&mut records).await, all[from as usize..]);
    }
    let (holder, mut records) = bench.attach(1, next).await;
    assert!(timeout(std::time::Duration::from_millis(50), records.next()).await.is_err(), "there is nothing more");
    assert_eq!(refused(&bench, 1, next + 1).await, Refusal::Position { first: 0, next });
    assert_eq!(holder.status().await.expect("a status").next, next, "a refused client fences nobody");
}

#[tokio::test]
async fn a_client_that_comes_and_goes_sees_each_record_once() {
    let mut bench = Bench::sh("i=0; while [ $i -lt 3000 ]; do echo line:$i; i=$((i+1)); done");
    bench.start().await;
    let mut all: Vec<Record> = Vec::new();
    let mut round = 0;
    while !all.last().is_some_and(is_end) {
        round += 1;
        let (_holder, mut records) = bench.attach(round, all.len() as u64).await;
        let stop = all.len() as u64 + round * 3;
        all.extend(collect(&mut records, |record| record.index >= stop || is_end(record)).await);
    }
    assert!(round > 1, "it did come back");
    indexes_are_gap_free(&all, 0);
    let expected: String = (0..3000).map(|number| format!("line:{number}\n")).collect();
    assert_eq!(String::from_utf8(stdout(&all)).expect("text"), expected);
}

#[test]
fn a_client_that_is_killed_disturbs_nobody() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    if let Some(given) = given() {
        return runtime.block_on(be_a_client(&given));
    }
    let mut bench = Bench::sh("i=0; while [ $i -lt 100000 ]; do echo line:$i; i=$((i+1)); done");
    let meta = runtime.block_on(bench.start());
    let mut seen = 0_u64;
    for round in 1..=12_u64 {
        let input = format!("{} {round} {seen}", bench.dir().display());
        let mut client =
            inner(&["env"], "attaching::a_client_that_is_killed_disturbs_nobody", &input).spawn().expect("a client");
        let lines = std::io::BufReader::new(client.stdout.take().expect("its output")).lines();
        for index in lines.filter_map(|line| line.ok()?.strip_prefix("seen:")?.parse::<u64>().ok()) {
            assert_eq!(index, seen, "each record once, across all clients");
            seen += 1;
            if index % (17 * round) == 16 {
                break;
            }
        }
        client.kill().expect("killed");
        client.wait().expect("a dead client");
        assert!(lives(meta.holder_pid));
    }
    assert!(seen >= 12);
    runtime.block_on(async {
        let (_holder, mut records) = bench.attach(100, 0).await;
        let all = to_end(&mut records).await;
        indexes_are_gap_free(&all, 0);
        let expected: String = (0..100_000).map(|number| format!("line:{number}\n")).collect();
        assert!(stdout(&all) == expected.as_bytes(), "the child went on as if nothing had happened");
    });
}

/// Attaches as it is told, says the number of each record, and has nothing else to do until it is killed.
async fn be_a_client(given: &str) {
    let mut words = given.rsplitn(3, ' ');
    let mut number = || words.next().and_then(|word| word.parse().ok()).expect("a number");
    let (from, epoch) = (number(), number());
    let dir = words.next().expect("a folder");
    println!();
    let (_holder, mut records) = attach(std::path::Path::new(dir), epoch, from).await.expect("an attachment");
    while let Some(Ok(record)) = records.next().await {
        println!("seen:{}", record.index);
    }
}

/// A client that can be cut anywhere: its own socket, spoken to by hand.
fn raw(bench: &Bench, epoch: u64) -> UnixStream {
    let mut stream = UnixStream::connect(bench.dir().join("hold.sock")).expect("a connection");
    let attach = Request::Attach { version: 1, epoch, from: 0, credit: u32::MAX };
    stream.write_all(&attach.encode()).expect("a request");
    let mut first = [0; 5];
    stream.read_exact(&mut first).expect("an answer");
    stream
}

#[tokio::test]
async fn half_a_send_of_a_client_that_dies_has_no_effect() {
    let mut bench = Bench::new(vec!["cat".into()]);
    bench.start().await;
    let send =
        Request::Call { id: 1, call: Call::Send { send_id: "half".into(), bytes: vec![b'h'; 200_000] } }.encode();
    for (round, cut) in [1, 4, 5, 6, 20, 70_000, send.len() - 1].into_iter().enumerate() {
        let mut stream = raw(&bench, round as u64 + 1);
        stream.write_all(&send[..cut]).expect("a part of a send");
        drop(stream);
    }
    let (holder, mut records) = bench.attach(100, 0).await;
    let mut whole = raw(&bench, 101);
    whole.write_all(&send).expect("a whole send");
    drop((holder, records));
    let (holder, rest) = bench.attach(102, 0).await;
    records = rest;
    let again = holder.send("half", vec![b'h'; 200_000]).await.expect("sent");
    holder.close_stdin().await.expect("closed");
    let all = to_end(&mut records).await;
    assert_eq!(stdout(&all).len(), 200_000, "the whole one took effect once, the halves never");
    assert!(again.already || all.iter().any(|record| record.index == again.index));
}

#[tokio::test]
async fn garbage_ends_only_the_connection_it_came_on() {
    let mut bench = Bench::new(vec!["cat".into()]);
    let (holder, _records) = bench.up().await;
    let garbage: [&[u8]; 5] =
        [b"GET / HTTP/1.1\r\n\r\n", &[0xff; 64], &[0; 64], &[255, 255, 255, 127, 1], &[4, 0, 0, 0, 200, 1, 2, 3, 4]];
    for bytes in garbage {
        let mut stream = UnixStream::connect(bench.dir().join("hold.sock")).expect("a connection");
        stream.write_all(bytes).expect("garbage");
        stream.set_read_timeout(Some(PATIENCE)).expect("a deadline");
        let mut answer = Vec::new();
        // The holder hangs up; with unread bytes that may look like a reset.
        let _ = stream.read_to_end(&mut answer);
        assert!(answer.len() < 200);
    }
    let not_attached = Request::Call { id: 7, call: Call::KillTree }.encode();
    let mut stream = UnixStream::connect(bench.dir().join("hold.sock")).expect("a connection");
    stream.write_all(&not_attached).expect("a request");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.contains("not_attached"), "{answer:?}");
    holder.send("fine", b"fine\n".to_vec()).await.expect("the attached client is not concerned");
}

#[tokio::test]
async fn a_status_takes_nothing_over() {
    let mut bench = Bench::new(vec!["cat".into()]);
    let (holder, _records) = bench.up().await;
    let seen = status(&bench.dir()).await.expect("a status");
    assert_eq!((seen.epoch, seen.exit, seen.stall), (1, None, None));
    holder.send("still", b"here\n".to_vec()).await.expect("sent");
    assert!(matches!(status(bench.folder.path()).await, Err(AttachError::Gone { .. })));
}

#[tokio::test]
async fn a_directory_with_a_very_long_name_works() {
    let mut bench = Bench::sh("echo far");
    bench.spec.dir = bench.folder.path().join("d".repeat(90)).join("e".repeat(90));
    let (holder, mut records) = bench.up().await;
    assert_eq!(stdout(&to_end(&mut records).await), b"far\n");
    holder.release().await.expect("released");
}

#[tokio::test]
async fn a_release_before_the_end_is_refused() {
    let mut bench = Bench::new(vec!["cat".into()]);
    let (holder, mut records) = bench.up().await;
    let error = holder.release().await.expect_err("the child lives");
    assert_eq!(error.to_string(), "the child's tree has not ended");
    holder.close_stdin().await.expect("closed");
    to_end(&mut records).await;
    holder.release().await.expect("the control: after the end it is done");
}

#[tokio::test]
async fn a_holder_nobody_collects_ends_by_itself_and_leaves_its_journal() {
    let mut bench = Bench::sh("echo done");
    bench.spec.linger_ms = 50;
    let meta = bench.start().await;
    until_gone(meta.holder_pid);
    let all: Vec<_> = oqto_process::journal::read(&bench.dir(), 0)
        .expect("a journal")
        .map(|record| record.expect("a record"))
        .collect();
    assert_eq!(stdout(&all), b"done\n");
    assert!(all.last().is_some_and(is_end));
}

#[tokio::test]
async fn a_holder_whose_directory_was_removed_ends_with_its_tree() {
    let mut running = Bench::sh("while :; do sleep 1; done");
    let mut ended = Bench::new(vec!["true".into()]);
    let (running_meta, ended_meta) = (running.start().await, ended.start().await);
    let (_holder, mut records) = ended.attach(1, 0).await;
    to_end(&mut records).await;
    std::fs::remove_dir_all(running.dir()).expect("removed");
    std::fs::remove_dir_all(ended.dir()).expect("removed");
    until_gone(running_meta.child_pid);
    until_gone(running_meta.holder_pid);
    until_gone(ended_meta.holder_pid);
    assert!(running_meta.cgroup.is_none_or(|group| !group.exists()));
}
