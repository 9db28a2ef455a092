//! A child's life from start to release.

use oqto_process::spec::Reason;
use oqto_process::{Exit, HolderState, Kind, StartError, StdinEnd, inspect};

use crate::bench::*;

#[tokio::test]
async fn output_exit_and_end_are_in_order() {
    let mut bench = Bench::sh("echo out; echo err >&2; exit 7");
    let meta = bench.start().await;
    let (holder, mut records) = bench.attach(1, 0).await;
    let all = to_end(&mut records).await;
    indexes_are_gap_free(&all, 0);
    assert_eq!(all[0].kind, Kind::Start { pid: meta.child_pid.cast_unsigned() });
    assert_eq!((stdout(&all), stderr(&all)), (b"out\n".to_vec(), b"err\n".to_vec()));
    assert_eq!(exit(&all), Some(Exit::Code(7)));
    assert_eq!(all.last().map(|record| &record.kind), Some(&Kind::End { leftovers: 0 }));
    assert!(matches!(inspect(&bench.dir()), Ok(HolderState::Exited(meta)) if meta.exit == Some(Exit::Code(7))));
    holder.release().await.expect("released");
    assert!(records.next().await.is_none(), "a release ends the records without an error");
    until_gone(meta.holder_pid);
    assert_eq!(inspect(&bench.dir()).expect("a state"), HolderState::Absent);
    assert!(!bench.dir().exists());
}

#[tokio::test]
async fn a_child_that_exits_at_once_is_seen_whole() {
    let mut bench = Bench::new(vec!["/bin/true".into()]);
    let (_holder, mut records) = bench.up().await;
    assert_eq!(exit(&to_end(&mut records).await), Some(Exit::Code(0)));
}

#[tokio::test]
async fn sends_are_journalled_before_the_child_sees_them_and_only_once() {
    let mut bench = Bench::new(vec!["cat".into()]);
    let (holder, mut records) = bench.up().await;
    let first = holder.send("one", b"hello\n".to_vec()).await.expect("sent");
    let again = holder.send("one", b"hello\n".to_vec()).await.expect("known");
    assert_eq!((first.already, again.already, again.index), (false, true, first.index));
    holder.send("two", b"bye\n".to_vec()).await.expect("sent");
    holder.close_stdin().await.expect("closed");
    let refused = holder.send("three", b"late\n".to_vec()).await.expect_err("the input has ended");
    assert_eq!(refused.to_string(), "the child's standard input has ended");
    let all = to_end(&mut records).await;
    assert_eq!(stdout(&all), b"hello\nbye\n");
    let at = |wanted: &Kind| all.iter().position(|record| record.kind == *wanted).expect("such a record");
    let sent = at(&Kind::In { send_id: "one".into(), bytes: b"hello\n".to_vec() });
    let echoed = all.iter().position(|record| matches!(record.kind, Kind::Out(_))).expect("an echo");
    assert!(sent < echoed, "the send comes before its echo");
    assert_eq!(all[sent].index, first.index);
    at(&Kind::StdinClosed { by: StdinEnd::Client, unwritten: 0 });
    assert_eq!(exit(&all), Some(Exit::Code(0)));
}

#[tokio::test]
async fn signals_reach_the_child() {
    let mut bench = Bench::sh("trap 'echo usr1; exit 3' USR1; echo ready; while :; do sleep 0.01; done");
    let (holder, mut records) = bench.up().await;
    line(&mut records, "ready").await;
    holder.signal(10).await.expect("signalled");
    let all = to_end(&mut records).await;
    assert_eq!((stdout(&all), exit(&all)), (b"usr1\n".to_vec(), Some(Exit::Code(3))));
    assert!(all.iter().any(|record| record.kind == Kind::Signal { signal: 10 }));
    let late = holder.signal(10).await.expect_err("nobody is there");
    assert_eq!(late.to_string(), "the child has ended");
    assert_eq!(holder.signal(999).await.expect_err("no such signal").to_string(), "999 is no signal");
}

#[tokio::test]
async fn what_cannot_be_started_says_why_and_leaves_nothing() {
    let cases: [(&[&str], Reason); 5] = [
        (&["no-such-program"], Reason::NotFound),
        (&["/no/such/program"], Reason::NotFound),
        (&["/etc/passwd"], Reason::NotPermitted),
        (&["./relative"], Reason::BadSpec),
        (&[], Reason::BadSpec),
    ];
    for (argv, reason) in cases {
        let mut bench = Bench::new(argv.iter().map(ToString::to_string).collect());
        bench.spec.env = vec![("PATH".into(), "/usr/bin:/bin".into())];
        assert_eq!(refusal(&bench).await, reason, "{argv:?}");
        assert!(!bench.dir().exists());
    }
    let mut bench = Bench::sh("true");
    bench.spec.cwd = "/no/such/folder".into();
    assert_eq!(refusal(&bench).await, Reason::BadDirectory);
    let mut bench = Bench::sh("true");
    let script = bench.folder.path().join("script");
    std::fs::write(&script, "#!/no/such/interpreter\n").expect("a script");
    std::fs::set_permissions(&script, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("a mode");
    bench.spec.argv = vec![script.to_string_lossy().into_owned()];
    assert_eq!(refusal(&bench).await, Reason::NotFound, "its interpreter is missing");
    let mut control = Bench::sh("true");
    control.start().await;
    assert_eq!(refusal(&control).await, Reason::Exists, "a directory is used once");
    assert!(control.dir().exists(), "and the first holder keeps it");
}

async fn refusal(bench: &Bench) -> Reason {
    match oqto_process::start(std::path::Path::new(HOLD), &bench.spec).await {
        Err(StartError::Child(failure)) => failure.reason,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

#[tokio::test]
async fn a_binary_that_is_no_holder_is_told_apart() {
    let bench = Bench::sh("true");
    let missing = oqto_process::start(std::path::Path::new("/no/such/holder"), &bench.spec).await;
    assert!(matches!(missing, Err(StartError::Holder { .. })), "{missing:?}");
    let other = oqto_process::start(std::path::Path::new("/bin/true"), &bench.spec).await;
    assert!(matches!(other, Err(StartError::NoReport { .. })), "{other:?}");
}
