//! What a child and its holder are given, and what they are not.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;

use oqto_process::{Kind, procfs};

use crate::bench::*;

#[tokio::test]
async fn a_child_gets_exactly_its_environment_and_three_descriptors() {
    let mut bench = Bench::sh("env; ls /proc/self/fd; pwd; [ -t 0 ] || echo no-terminal");
    bench.spec.env.push(("SECRET_KEY".into(), "hush hush".into()));
    let (_holder, mut records) = bench.up().await;
    let text = String::from_utf8(stdout(&to_end(&mut records).await)).expect("text");
    let variables: Vec<&str> = text.lines().filter(|line| line.contains('=')).collect();
    let tag = format!("OQTO_HOLD={}", bench.spec.tag);
    for expected in ["PATH=/usr/bin:/bin", "SECRET_KEY=hush hush", tag.as_str()] {
        assert!(variables.contains(&expected), "{expected} in {variables:?}");
    }
    // The shell adds two or three of its own.
    let own = ["PATH=", "SECRET_KEY=", "OQTO_HOLD=", "PWD=", "SHLVL=", "_=", "OLDPWD="];
    assert!(variables.iter().all(|variable| own.iter().any(|name| variable.starts_with(name))), "{variables:?}");
    // The fourth is the folder that `ls` itself reads.
    assert!(text.contains("\n0\n1\n2\n3\n") && !text.contains("\n4\n"), "{text}");
    assert!(text.contains(&format!("\n{}\n", bench.folder.path().display())) && text.contains("no-terminal"));
}

#[tokio::test]
async fn a_child_begins_with_no_signal_blocked_or_ignored() {
    let mut bench = Bench::new(vec!["grep".into(), "-E".into(), "^Sig(Blk|Ign)".into(), "/proc/self/status".into()]);
    let (_holder, mut records) = bench.up().await;
    let text = String::from_utf8(stdout(&to_end(&mut records).await)).expect("text");
    let set = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name)).expect("a line");
        // Signals 32 and 33 belong to the C library, which lets nobody change them.
        u64::from_str_radix(line.trim(), 16).expect("a set") & !0x1_8000_0000
    };
    assert_eq!((set("SigBlk:"), set("SigIgn:")), (0, 0));
}

#[tokio::test]
async fn a_holder_keeps_no_secret_where_others_could_read_it() {
    let mut bench = Bench::sh("read line");
    bench.spec.env.push(("SECRET_KEY".into(), "hush hush".into()));
    let meta = bench.start().await;
    let proc = Path::new("/proc").join(meta.holder_pid.to_string());
    assert_eq!(std::fs::read(proc.join("environ")).expect("an environment"), b"");
    let command = std::fs::read(proc.join("cmdline")).expect("a command line");
    assert_eq!(command, b"oqto-hold\0serve\0");
    for entry in std::fs::read_dir(bench.dir()).expect("a folder") {
        let path = entry.expect("an entry").path();
        let metadata = path.symlink_metadata().expect("metadata");
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600, "{}", path.display());
        if metadata.is_file() {
            let bytes = std::fs::read(&path).expect("bytes");
            assert!(!bytes.windows(9).any(|window| window == b"hush hush"), "{}", path.display());
        }
    }
    assert_eq!(bench.dir().metadata().expect("metadata").permissions().mode() & 0o777, 0o700);
    let stat = procfs::stat(meta.child_pid).expect("the child");
    assert!(procfs::has_variable(stat.pid, "SECRET_KEY", "hush hush"), "the control: the child has it");
}

#[tokio::test]
async fn a_holder_is_nobodys_child_and_survives_its_starters_group() {
    let mut bench = Bench::new(vec!["cat".into()]);
    // A starter in a group of its own, as a shell would have it, that is killed with its whole group.
    let spec = serde_json::to_string(&bench.spec).expect("a spec");
    #[expect(clippy::disallowed_methods, reason = "the test is the starter here")]
    let mut starter = std::process::Command::new("/bin/sh");
    std::os::unix::process::CommandExt::process_group(&mut starter, 0);
    starter.args(["-c", &format!("{HOLD} | (read line; echo \"$line\"; exec sleep 1000)")]);
    starter.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut starter = starter.spawn().expect("a starter");
    std::io::Write::write_all(&mut starter.stdin.take().expect("a pipe"), spec.as_bytes()).expect("a spec");
    until("a holder", || bench.dir().join("meta.json").exists());
    let group = rustix::process::Pid::from_raw(starter.id().cast_signed()).expect("a pid");
    rustix::process::kill_process_group(group, rustix::process::Signal::KILL).expect("a killed group");
    starter.wait().expect("a dead starter");
    let (holder, mut records) = bench.attach(1, 0).await;
    holder.send("alive", b"alive\n".to_vec()).await.expect("sent");
    let seen = collect(&mut records, |record| matches!(record.kind, Kind::Out(_))).await;
    assert_eq!(stdout(&seen), b"alive\n");
    let meta = bench.adopt();
    let stat = procfs::stat(meta.holder_pid).expect("the holder");
    assert_ne!(stat.ppid, std::process::id().cast_signed());
    for descriptor in ["0", "1"] {
        let target = std::fs::read_link(format!("/proc/{}/fd/{descriptor}", meta.holder_pid)).expect("a descriptor");
        assert_eq!(target, Path::new("/dev/null"), "nothing of the starter stays open");
    }
}
