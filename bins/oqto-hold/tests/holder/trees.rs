//! Nothing of a tree stays, however it tried to get away.

use std::time::{Duration, Instant};

use oqto_process::{Containment, Exit, HolderState, Kind, cgroup, inspect, journal, procfs, sweep, sweep_holder};

use crate::bench::*;

/// Leaves a process behind that is in a session of its own, has no living parent, and ignores being asked to end. It
/// prints `away:<pid>`.
const AWAY: &str = "setsid sh -c '(trap \"\" TERM HUP INT; echo away:$(exec sh -c \"echo \\$PPID\"); exec >&- 2>&-; while :; do sleep 1; done) & exit' </dev/null; ";

async fn away(records: &mut oqto_process::Records) -> i32 {
    let pid = line(records, "away:").await.parse().expect("a pid");
    assert!(lives(pid), "the control: it did get away");
    pid
}

#[tokio::test]
async fn what_outlives_the_child_is_ended_before_the_end_is_said() {
    let mut bench = Bench::sh(&format!("{AWAY} read line; exit 5"));
    let (holder, mut records) = bench.up().await;
    let pid = away(&mut records).await;
    let status = holder.status().await.expect("a status");
    assert!(status.others.iter().any(|other| other.pid == pid), "the status names it: {status:?}");
    holder.send("go", b"\n".to_vec()).await.expect("sent");
    let all = to_end(&mut records).await;
    assert_eq!(exit(&all), Some(Exit::Code(5)));
    assert!(!lives(pid));
    assert!(matches!(all.last().map(|record| &record.kind), Some(Kind::End { leftovers: 1.. })), "{all:?}");
}

#[tokio::test]
async fn descent_alone_finds_a_process_without_tag_and_parent() {
    let mut bench = Bench::sh(&format!("env -i PATH=/usr/bin:/bin {}; read line", AWAY.trim_end_matches("; ")));
    bench.spec.containment = Containment::Descent;
    let meta = bench.start().await;
    assert_eq!(meta.cgroup, None);
    let (holder, mut records) = bench.attach(1, 0).await;
    let pid = away(&mut records).await;
    assert!(!procfs::has_variable(pid, "OQTO_HOLD", &meta.tag), "the control: it dropped its tag");
    holder.close_stdin().await.expect("closed");
    to_end(&mut records).await;
    assert!(!lives(pid));
}

#[tokio::test]
async fn kill_tree_ends_a_child_that_does_not_want_to() {
    let mut bench = Bench::sh(&format!("trap '' TERM HUP INT; {AWAY} while :; do sleep 1; done"));
    let (holder, mut records) = bench.up().await;
    let pid = away(&mut records).await;
    let asked = Instant::now();
    holder.kill_tree().await.expect("asked");
    let all = to_end(&mut records).await;
    assert_eq!(exit(&all), Some(Exit::Signal(9)));
    assert!(!lives(pid));
    assert!(asked.elapsed() >= Duration::from_millis(bench.spec.grace_ms), "it had its grace");
    assert_eq!(all.iter().filter(|record| record.kind == Kind::KillTree).count(), 1);
}

#[tokio::test]
async fn kill_tree_is_quick_with_a_tree_that_obeys() {
    let mut bench = Bench::sh("echo ready; sleep 1000 & sleep 1000 & wait");
    bench.spec.grace_ms = 30_000;
    let (holder, mut records) = bench.up().await;
    line(&mut records, "ready").await;
    let asked = Instant::now();
    holder.kill_tree().await.expect("asked");
    to_end(&mut records).await;
    assert!(asked.elapsed() < Duration::from_secs(10), "nobody waited for the grace to pass");
}

#[tokio::test]
async fn a_killed_holder_leaves_a_whole_journal_and_a_sweep_finds_its_tree() {
    for round in 0..8 {
        let mut bench = Bench::sh(&format!("{AWAY} i=0; while :; do i=$((i+1)); echo line:$i; done"));
        let meta = bench.start().await;
        let (_holder, mut records) = bench.attach(1, 0).await;
        let pid = away(&mut records).await;
        let mut seen = collect(&mut records, |record| record.index > 50 + round * 37).await;
        kill(meta.holder_pid);
        let lost = loop {
            match records.next().await {
                Some(Ok(record)) => seen.push(record),
                Some(Err(error)) => break error,
                None => panic!("a killed holder does not look released"),
            }
        };
        assert!(matches!(lost, oqto_process::StreamError::Lost { .. }), "{lost:?}");
        until_gone(meta.holder_pid);
        until_gone(meta.child_pid);
        assert!(matches!(inspect(&bench.dir()), Ok(HolderState::Dead(dead)) if dead == meta));
        assert!(lives(pid), "the control: it outlived child and holder");
        sweep_holder(&meta).expect("a sweep");
        assert!(!lives(pid));
        let all: Vec<_> =
            journal::read(&bench.dir(), 0).expect("a journal").collect::<Result<_, _>>().expect("records");
        indexes_are_gap_free(&all, 0);
        for record in &seen {
            assert_eq!(&all[record.index as usize], record, "what was passed on is in the journal");
        }
        assert!(exit(&all).is_none());
        let text = String::from_utf8(stdout(&all)).expect("text");
        let numbers: Vec<u32> = text.lines().filter_map(|line| line.strip_prefix("line:")?.parse().ok()).collect();
        assert!(
            numbers.iter().enumerate().all(|(at, number)| *number == at as u32 + 1),
            "no line is missing or doubled"
        );
    }
}

#[tokio::test]
async fn a_group_ends_what_dropped_its_tag_even_after_the_holder() {
    let probe = cgroup::create(&format!("probe-{}", std::process::id()));
    let can = probe.as_ref().is_some_and(|group| cgroup::end(group).is_ok());
    let mut bench = Bench::sh(&format!("env -i PATH=/usr/bin:/bin {}; read line", AWAY.trim_end_matches("; ")));
    let meta = bench.start().await;
    assert_eq!(meta.cgroup.is_some(), can, "a group is used exactly where one can be made");
    let (_holder, mut records) = bench.attach(1, 0).await;
    let pid = away(&mut records).await;
    kill(meta.holder_pid);
    until_gone(meta.holder_pid);
    sweep_holder(&meta).expect("a sweep");
    match &meta.cgroup {
        Some(group) => {
            assert!(!lives(pid));
            assert!(!group.exists(), "and the group is removed");
        }
        // Without groups this is the one thing that gets away; it ends with the test.
        None => kill(pid),
    }
}

#[tokio::test]
async fn a_sweep_touches_nothing_else() {
    let mut swept = Bench::sh(AWAY);
    swept.spec.linger_ms = 60_000;
    let mut other = Bench::sh("echo ready; read line");
    let (_other_holder, mut other_records) = other.up().await;
    line(&mut other_records, "ready").await;
    let other_meta = inspect(&other.dir()).expect("a state");
    assert_eq!(sweep(&swept.spec.tag).expect("a sweep").killed, 0, "nothing carries this tag");
    assert_eq!(sweep("").expect("a sweep").killed, 0, "an empty tag means nobody");
    assert_eq!(inspect(&other.dir()).expect("a state"), other_meta, "the other one lives on");
    let HolderState::Running(meta) = other_meta else { panic!("the other one runs") };
    assert_eq!(sweep_holder(&meta).expect("a sweep").killed, 0, "a living holder's tree is not swept");
    assert!(lives(meta.child_pid));
    assert!(sweep(&meta.tag).expect("a sweep").killed >= 1, "the control: by its tag it is");
    assert_eq!(exit(&to_end(&mut other_records).await), Some(Exit::Signal(9)));
}

#[tokio::test]
async fn another_boot_or_a_reused_pid_is_a_dead_holder() {
    let mut bench = Bench::sh("read line");
    let meta = bench.start().await;
    assert!(matches!(inspect(&bench.dir()), Ok(HolderState::Running(_))), "the control");
    let path = bench.dir().join("meta.json");
    let written = std::fs::read_to_string(&path).expect("a description");
    for changed in [
        written.replace(&meta.boot_id, "00000000-0000-0000-0000-000000000000"),
        written.replace(&format!("\"holder_start\":{}", meta.holder_start), "\"holder_start\":1"),
    ] {
        assert_ne!(changed, written);
        std::fs::write(&path, changed).expect("written");
        assert!(matches!(inspect(&bench.dir()), Ok(HolderState::Dead(_))));
    }
    std::fs::write(&path, "{").expect("written");
    assert!(inspect(&bench.dir()).is_err());
}

#[tokio::test]
async fn a_holder_that_is_told_to_end_ends_its_tree_and_leaves_its_journal() {
    let mut bench = Bench::sh("echo ready; while :; do sleep 1; done");
    let meta = bench.start().await;
    let (_holder, mut records) = bench.attach(1, 0).await;
    line(&mut records, "ready").await;
    let pid = rustix::process::Pid::from_raw(meta.holder_pid).expect("a pid");
    for ignored in [rustix::process::Signal::HUP, rustix::process::Signal::QUIT] {
        rustix::process::kill_process(pid, ignored).expect("signalled");
    }
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).expect("signalled");
    assert_eq!(exit(&to_end(&mut records).await), Some(Exit::Signal(15)));
    until_gone(meta.holder_pid);
    let all: Vec<_> = journal::read(&bench.dir(), 0).expect("a journal").collect::<Result<_, _>>().expect("records");
    assert!(all.last().is_some_and(is_end));
}
