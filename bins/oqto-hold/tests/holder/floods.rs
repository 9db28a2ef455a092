//! Too much of everything: output, input, slow readers, full journals.

use std::io::Write;
use std::os::unix::net::UnixStream;
use std::path::Path;

use oqto_process::frames::{FailureCode, Request, Stall};
use oqto_process::{CallError, Exit, Kind, Limit, StdinEnd};

use crate::bench::*;

/// KiB of memory that were ever resident in `pid`.
fn peak(pid: i32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("a status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

/// What `seq 1 count` prints.
fn numbers(count: u32) -> Vec<u8> {
    let mut text = Vec::new();
    for number in 1..=count {
        writeln!(text, "{number}").expect("memory");
    }
    text
}

#[tokio::test]
async fn a_client_that_stops_reading_costs_no_memory_and_loses_nothing() {
    let mut bench = Bench::sh("seq 1 6500000");
    let meta = bench.start().await;
    let before = peak(meta.holder_pid);
    let (_holder, mut records) = bench.attach(1, 0).await;
    let first = next(&mut records).await;
    // All the credit in the world, and never a read.
    let mut deaf = UnixStream::connect(bench.dir().join("hold.sock")).expect("a connection");
    let attach = Request::Attach { version: 1, epoch: 2, from: 0, credit: u32::MAX };
    deaf.write_all(&attach.encode()).expect("a request");
    until("the flood to be over", || {
        Path::new(&bench.dir()).join("meta.json").exists() && {
            matches!(oqto_process::inspect(&bench.dir()), Ok(oqto_process::HolderState::Exited(_)))
        }
    });
    let grown = peak(meta.holder_pid) - before;
    assert!(grown < 1024, "50 MB of output cost {grown} KiB of memory");
    let (_holder, mut records) = bench.attach(3, 0).await;
    let all = to_end(&mut records).await;
    assert_eq!(all[0], first);
    indexes_are_gap_free(&all, 0);
    assert!(stdout(&all) == numbers(6_500_000), "every byte of it is there");
    assert!(peak(meta.holder_pid) - before < 1024, "reading it cost no memory either");
}

#[tokio::test]
async fn a_client_without_credit_still_gets_its_answers() {
    let mut bench = Bench::sh("seq 1 1000000; cat >/dev/null");
    let (holder, mut records) = bench.up().await;
    // Nobody takes a record; far more than the window waits.
    until("much more than the window", || {
        bench.dir().join("journal-00000000000000000000.seg").metadata().is_ok_and(|file| file.len() > 3 << 20)
    });
    for round in 0..100 {
        holder.send(&format!("s{round}"), vec![b'x'; 1000]).await.expect("sent");
    }
    holder.close_stdin().await.expect("closed");
    assert!(stdout(&to_end(&mut records).await) == numbers(1_000_000));
}

#[tokio::test]
async fn a_full_journal_stops_the_child_until_it_is_trimmed() {
    let limit = 1 << 20;
    let mut bench = Bench::sh("seq 1 1500000");
    bench.spec.journal_limit = limit;
    let (holder, mut records) = bench.up().await;
    let mut told = holder.stall();
    told.wait_for(|stall| *stall == Some(Stall::Limit)).await.expect("a stall is told");
    let (mut all, mut largest, mut stalls) = (Vec::new(), 0, 0);
    while !all.last().is_some_and(is_end) {
        let status = holder.status().await.expect("a status");
        largest = largest.max(status.journal_bytes);
        if status.stall.is_none() && status.exit.is_none() {
            continue;
        }
        stalls += u32::from(status.stall == Some(Stall::Limit));
        while (all.len() as u64) < status.next {
            all.push(next(&mut records).await);
        }
        holder.trim(all.len() as u64).await.expect("trimmed");
    }
    assert!(stalls >= 8, "the limit was reached {stalls} times");
    assert!(largest < limit + (80 << 10), "{largest} bytes in a journal of {limit}");
    indexes_are_gap_free(&all, 0);
    assert!(stdout(&all) == numbers(1_500_000));
}

#[tokio::test]
async fn a_trimmed_record_is_gone_and_says_so() {
    let mut bench = Bench::sh("seq 1 300000; read line");
    bench.spec.journal_limit = 1 << 30;
    let (holder, mut records) = bench.up().await;
    let mut all =
        collect(&mut records, |record| matches!(&record.kind, Kind::Out(bytes) if bytes.ends_with(b"\n300000\n")))
            .await;
    let next = all.len() as u64;
    holder.trim(next).await.expect("trimmed");
    let status = holder.status().await.expect("a status");
    assert!(status.first > 0 && status.first <= next, "{status:?}");
    let below = oqto_process::attach(&bench.dir(), 1, status.first - 1).await;
    assert!(matches!(below, Err(oqto_process::AttachError::Refused { .. })), "{below:?}");
    drop((holder, records));
    let (holder, mut records) = bench.attach(2, next).await;
    holder.send("go", b"\n".to_vec()).await.expect("sent");
    all.extend(to_end(&mut records).await);
    indexes_are_gap_free(&all, 0);
}

#[tokio::test]
async fn a_line_of_three_hundred_megabytes_passes_whole() {
    let length = 300_000_000_usize;
    let mut bench = Bench::sh(&format!("head -c {length} /dev/zero | tr '\\0' x; echo"));
    let meta = bench.start().await;
    let before = peak(meta.holder_pid);
    let (_holder, mut records) = bench.attach(1, 0).await;
    let (mut seen, mut index) = (0, 0);
    loop {
        let record = next(&mut records).await;
        assert_eq!(record.index, index);
        index += 1;
        match &record.kind {
            Kind::Out(bytes) => {
                let line_end = usize::from(seen + bytes.len() > length);
                assert!(bytes[..bytes.len() - line_end].iter().all(|byte| *byte == b'x'));
                seen += bytes.len();
            }
            Kind::Exit(exit) => assert_eq!(*exit, Exit::Code(0)),
            Kind::Start { .. } | Kind::OutClosed | Kind::ErrClosed | Kind::End { .. } => {}
            Kind::Err(_)
            | Kind::In { .. }
            | Kind::StdinClosed { .. }
            | Kind::Resize { .. }
            | Kind::Signal { .. }
            | Kind::KillTree => panic!("nobody did that: {record:?}"),
        }
        if is_end(&record) {
            break;
        }
    }
    assert_eq!(seen, length + 1);
    assert!(peak(meta.holder_pid) - before < 1024);
}

#[tokio::test]
async fn a_child_that_never_reads_keeps_nobody_waiting() {
    let mut bench = Bench::sh("echo ready; exec sleep 1000");
    let (holder, mut records) = bench.up().await;
    line(&mut records, "ready").await;
    for round in 0..7 {
        holder.send(&format!("s{round}"), vec![b'x'; 9 << 20]).await.expect("journalled, and it waits");
    }
    let busy = holder.send("more", vec![b'x'; 9 << 20]).await.expect_err("too much waits");
    assert!(matches!(&busy, CallError::Refused(failure) if failure.code == FailureCode::Busy), "{busy:?}");
    let waiting = holder.status().await.expect("the holder answers").stdin_waiting;
    assert!(waiting > 62 << 20 && waiting < 63 << 20, "{waiting} bytes wait");
    holder.kill_tree().await.expect("asked");
    let all = to_end(&mut records).await;
    assert!(all.iter().any(|record| record.kind == Kind::StdinClosed { by: StdinEnd::Child, unwritten: waiting }));
}

#[tokio::test]
async fn a_child_that_closes_its_input_is_noticed() {
    let mut bench = Bench::sh("exec <&-; echo ready; exec sleep 1000");
    let (holder, mut records) = bench.up().await;
    line(&mut records, "ready").await;
    holder.send("lost", b"lost\n".to_vec()).await.expect("journalled");
    collect(&mut records, |record| record.kind == Kind::StdinClosed { by: StdinEnd::Child, unwritten: 5 }).await;
    let closed = holder.send("later", b"later\n".to_vec()).await.expect_err("nobody reads");
    assert!(matches!(&closed, CallError::Refused(failure) if failure.code == FailureCode::StdinClosed), "{closed:?}");
}

#[tokio::test]
async fn a_large_send_arrives_whole_while_the_child_talks_back() {
    let mut bench = Bench::new(vec!["cat".into()]);
    let (holder, mut records) = bench.up().await;
    let text = numbers(3_000_000);
    let sender = holder.clone();
    let copy = text.clone();
    let sending = tokio::spawn(async move {
        sender.send("large", copy).await.expect("sent");
        sender.close_stdin().await.expect("closed");
    });
    let all = to_end(&mut records).await;
    sending.await.expect("sent");
    assert!(stdout(&all) == text);
    assert!(all.iter().any(|record| matches!(&record.kind, Kind::In { bytes, .. } if *bytes == text)));
}

#[tokio::test]
async fn limits_reach_the_child() {
    let mut bench = Bench::sh("ulimit -n; ulimit -c");
    bench.spec.limits = vec![Limit::OpenFiles(77), Limit::CoreSize(0)];
    let (_holder, mut records) = bench.up().await;
    assert_eq!(stdout(&to_end(&mut records).await), b"77\n0\n");
}
